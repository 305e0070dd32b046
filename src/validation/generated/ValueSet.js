// Checks of ValueSet, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("ContactDetail"))(o,c);
let t4=(o,c)=>(t4=R.link("UsageContext"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("ValueSet.compose"))(o,c);
let t7=(o,c)=>(t7=R.link("ValueSet.expansion"))(o,c);
let t8=(o,c)=>(t8=R.link("ValueSet.compose.include"))(o,c);
let t9=(o,c)=>(t9=R.link("ValueSet.compose.include.concept"))(o,c);
let t10=(o,c)=>(t10=R.link("ValueSet.compose.include.filter"))(o,c);
let t11=(o,c)=>(t11=R.link("ValueSet.compose.include.concept.designation"))(o,c);
let t12=(o,c)=>(t12=R.link("Coding"))(o,c);
let t13=(o,c)=>(t13=R.link("ValueSet.expansion.parameter"))(o,c);
let t14=(o,c)=>(t14=R.link("ValueSet.expansion.contains"))(o,c);
const k0="ValueSet";
const k1=R.constraints("ValueSet");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k8=R.accepts("dateTime");
const k9=R.accepts("markdown");
const k10=R.accepts("canonical");
const k11="ValueSet.compose";
const k12=R.accepts("date");
const k13="ValueSet.compose.include";
const k14=R.constraints("ValueSet.compose.include");
const k15="ValueSet.compose.include.concept";
const k16="ValueSet.compose.include.concept.designation";
const k17="ValueSet.compose.include.filter";
const k18=R.codes("http://hl7.org/fhir/ValueSet/filter-operator");
const k19="ValueSet.expansion";
const k20=R.accepts("integer");
const k21="ValueSet.expansion.parameter";
const k22=R.accepts("decimal");
const k23="ValueSet.expansion.contains";
const k24=R.constraints("ValueSet.expansion.contains");
return{
"ValueSet":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){p3=v;other(c,o,p,v,k0);continue;}if(p==="title"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=1;if(!k7.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="compose"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="immutable"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="expansion"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_immutable"){other(c,o,p,v,k0);continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"ValueSet.compose":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 7:if(p==="include"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="exclude"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="inactive"){if(!(typeof v==="boolean"))bad(c,o,p,k11);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_inactive"){other(c,o,p,v,k11);continue;}break;
case 10:if(p==="lockedDate"){if(!k12(v))bad(c,o,p,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&1)!==1)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"ValueSet.compose.include":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 6:if(p==="system"){p2=v;if(!k4(v))bad(c,o,p,k13);continue;}if(p==="filter"){p5=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="_system"){p3=v;other(c,o,p,v,k13);continue;}if(p==="version"){if(!k6(v))bad(c,o,p,k13);continue;}if(p==="concept"){p4=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="_version"){other(c,o,p,v,k13);continue;}if(p==="valueSet"){p1=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k10(v[i]))badItem(c,o,p,v,i,k13);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_valueSet"){p0=v;other(c,o,p,v,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);if(c.faults!==f)check(c,o,k14);else{if(!(((p1!==undefined||p0!==undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k14[0]);if(!(((p4===undefined&&p5===undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k14[1]);if(!((p4===undefined||p5===undefined)))fails(c,o,k14[2]);}c.depth--;},
"ValueSet.compose.include.concept":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="code"){b0|=1;if(!k5(v))bad(c,o,p,k15);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}break;
case 7:if(p==="display"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="designation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"ValueSet.compose.include.concept.designation":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 3:if(p==="use"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){b0|=1;if(!k6(v))bad(c,o,p,k16);continue;}break;
case 6:if(p==="_value"){if(o["value"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_language"){other(c,o,p,v,k16);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"ValueSet.compose.include.filter":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k17);continue;}if(p==="op"){b0|=2;if(!k18.has(v))bad(c,o,p,k17);continue;}break;
case 3:if(p==="_op"){if(o["op"]===undefined){b0|=2;}other(c,o,p,v,k17);continue;}break;
case 5:if(p==="value"){b0|=4;if(!k6(v))bad(c,o,p,k17);continue;}break;
case 6:if(p==="_value"){if(o["value"]===undefined){b0|=4;}other(c,o,p,v,k17);continue;}break;
case 8:if(p==="property"){b0|=1;if(!k5(v))bad(c,o,p,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_property"){if(o["property"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&7)!==7)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"ValueSet.expansion":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k19);continue;}break;
case 5:if(p==="total"){if(!k20(v,o,p))bad(c,o,p,k19);continue;}break;
case 6:if(p==="_total"){other(c,o,p,v,k19);continue;}if(p==="offset"){if(!k20(v,o,p))bad(c,o,p,k19);continue;}break;
case 8:if(p==="contains"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t14(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="timestamp"){b0|=1;if(!k8(v))bad(c,o,p,k19);continue;}if(p==="parameter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(!k4(v))bad(c,o,p,k19);continue;}if(p==="_timestamp"){if(o["timestamp"]===undefined){b0|=1;}other(c,o,p,v,k19);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if((b0&1)!==1)missing(c,o,k19);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"ValueSet.expansion.parameter":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k21);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k6(v))bad(c,o,p,k21);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k21);continue;}break;
case 8:if(p==="valueUri"){if((b0&2)!==0)doubled(c,"valueUri",k21);b0|=2;if(!k4(v))bad(c,o,p,k21);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_valueUri"){if(o["valueUri"]===undefined){if((b0&2)!==0)doubled(c,"valueUri",k21);b0|=2;}other(c,o,p,v,k21);continue;}if(p==="valueCode"){if((b0&2)!==0)doubled(c,"valueCode",k21);b0|=2;if(!k5(v))bad(c,o,p,k21);continue;}break;
case 10:if(p==="_valueCode"){if(o["valueCode"]===undefined){if((b0&2)!==0)doubled(c,"valueCode",k21);b0|=2;}other(c,o,p,v,k21);continue;}break;
case 11:if(p==="valueString"){if((b0&2)!==0)doubled(c,"valueString",k21);b0|=2;if(!k6(v))bad(c,o,p,k21);continue;}break;
case 12:if(p==="_valueString"){if(o["valueString"]===undefined){if((b0&2)!==0)doubled(c,"valueString",k21);b0|=2;}other(c,o,p,v,k21);continue;}if(p==="valueBoolean"){if((b0&2)!==0)doubled(c,"valueBoolean",k21);b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k21);continue;}if(p==="valueInteger"){if((b0&2)!==0)doubled(c,"valueInteger",k21);b0|=2;if(!k20(v,o,p))bad(c,o,p,k21);continue;}if(p==="valueDecimal"){if((b0&2)!==0)doubled(c,"valueDecimal",k21);b0|=2;if(!k22(v))bad(c,o,p,k21);continue;}break;
case 13:if(p==="_valueBoolean"){if(o["valueBoolean"]===undefined){if((b0&2)!==0)doubled(c,"valueBoolean",k21);b0|=2;}other(c,o,p,v,k21);continue;}if(p==="_valueInteger"){if(o["valueInteger"]===undefined){if((b0&2)!==0)doubled(c,"valueInteger",k21);b0|=2;}other(c,o,p,v,k21);continue;}if(p==="_valueDecimal"){if(o["valueDecimal"]===undefined){if((b0&2)!==0)doubled(c,"valueDecimal",k21);b0|=2;}other(c,o,p,v,k21);continue;}if(p==="valueDateTime"){if((b0&2)!==0)doubled(c,"valueDateTime",k21);b0|=2;if(!k8(v))bad(c,o,p,k21);continue;}break;
case 14:if(p==="_valueDateTime"){if(o["valueDateTime"]===undefined){if((b0&2)!==0)doubled(c,"valueDateTime",k21);b0|=2;}other(c,o,p,v,k21);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if((b0&1)!==1)missing(c,o,k21);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;},
"ValueSet.expansion.contains":(o,c)=>{if(isWrong(c,o,k23))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k23);continue;}break;
case 4:if(p==="code"){p0=v;if(!k5(v))bad(c,o,p,k23);continue;}break;
case 5:if(p==="_code"){p1=v;other(c,o,p,v,k23);continue;}break;
case 6:if(p==="system"){p6=v;if(!k4(v))bad(c,o,p,k23);continue;}break;
case 7:if(p==="_system"){p7=v;other(c,o,p,v,k23);continue;}if(p==="version"){if(!k6(v))bad(c,o,p,k23);continue;}if(p==="display"){p2=v;if(!k6(v))bad(c,o,p,k23);continue;}break;
case 8:if(p==="abstract"){p4=v;if(!(typeof v==="boolean"))bad(c,o,p,k23);continue;}if(p==="inactive"){if(!(typeof v==="boolean"))bad(c,o,p,k23);continue;}if(p==="_version"){other(c,o,p,v,k23);continue;}if(p==="_display"){p3=v;other(c,o,p,v,k23);continue;}if(p==="contains"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t14(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_abstract"){p5=v;other(c,o,p,v,k23);continue;}if(p==="_inactive"){other(c,o,p,v,k23);continue;}break;
case 11:if(p==="designation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k23);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k23);if(c.faults!==f)check(c,o,k24);else{if(!(((p0!==undefined||p1!==undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k24[0]);if(!(((p0!==undefined||p1!==undefined)||p4===true)))fails(c,o,k24[1]);if(!((!(p0!==undefined||p1!==undefined)||(p6!==undefined||p7!==undefined))))fails(c,o,k24[2]);}c.depth--;}
};
