// Checks of OperationDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("ContactDetail"))(o,c);
let t3=(o,c)=>(t3=R.link("UsageContext"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("OperationDefinition.parameter"))(o,c);
let t6=(o,c)=>(t6=R.link("OperationDefinition.overload"))(o,c);
let t7=(o,c)=>(t7=R.link("OperationDefinition.parameter.binding"))(o,c);
let t8=(o,c)=>(t8=R.link("OperationDefinition.parameter.referencedFrom"))(o,c);
const k0="OperationDefinition";
const k1=R.constraints("OperationDefinition");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k8=R.codes("http://hl7.org/fhir/ValueSet/operation-kind");
const k9=R.accepts("dateTime");
const k10=R.accepts("markdown");
const k11=R.accepts("canonical");
const k12=R.codes("http://hl7.org/fhir/ValueSet/resource-types");
const k13="OperationDefinition.parameter";
const k14=R.constraints("OperationDefinition.parameter");
const k15=R.expression("OperationDefinition.parameter","type.memberOf('http://hl7.org/fhir/ValueSet/resource-types')");
const k16=R.codes("http://hl7.org/fhir/ValueSet/operation-parameter-use");
const k17=R.accepts("integer");
const k18=R.codes("http://hl7.org/fhir/ValueSet/all-types");
const k19=R.codes("http://hl7.org/fhir/ValueSet/search-param-type");
const k20="OperationDefinition.parameter.binding";
const k21=R.codes("http://hl7.org/fhir/ValueSet/binding-strength");
const k22="OperationDefinition.parameter.referencedFrom";
const k23="OperationDefinition.overload";
return{
"OperationDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;b0|=1;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="kind"){b0|=4;if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="code"){b0|=8;if(!k5(v))bad(c,o,p,k0);continue;}if(p==="base"){if(!k11(v))bad(c,o,p,k0);continue;}if(p==="type"){b0|=32;if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){p3=v;if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="title"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_kind"){if(o["kind"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="_code"){if(o["code"]===undefined){b0|=8;}other(c,o,p,v,k0);continue;}if(p==="_base"){other(c,o,p,v,k0);continue;}if(p==="_type"){if(o["type"]===undefined){b0|=32;}other(c,o,p,v,k0);continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=2;if(!k7.has(v))bad(c,o,p,k0);continue;}if(p==="system"){b0|=16;if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="comment"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="_system"){if(o["system"]===undefined){b0|=16;}other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}if(p==="_comment"){other(c,o,p,v,k0);continue;}if(p==="resource"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k12.has(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="instance"){b0|=64;if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="overload"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_resource"){other(c,o,p,v,k0);continue;}if(p==="_instance"){if(o["instance"]===undefined){b0|=64;}other(c,o,p,v,k0);continue;}if(p==="parameter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="description"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="affectsState"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="inputProfile"){if(!k11(v))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}if(p==="_affectsState"){other(c,o,p,v,k0);continue;}if(p==="_inputProfile"){other(c,o,p,v,k0);continue;}if(p==="outputProfile"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&127)!==127)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"OperationDefinition.parameter":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 3:if(p==="use"){b0|=2;if(!k16.has(v))bad(c,o,p,k13);continue;}if(p==="min"){b0|=4;if(!k17(v,o,p))bad(c,o,p,k13);continue;}if(p==="max"){b0|=8;if(!k6(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k5(v))bad(c,o,p,k13);continue;}if(p==="_use"){if(o["use"]===undefined){b0|=2;}other(c,o,p,v,k13);continue;}if(p==="_min"){if(o["min"]===undefined){b0|=4;}other(c,o,p,v,k13);continue;}if(p==="_max"){if(o["max"]===undefined){b0|=8;}other(c,o,p,v,k13);continue;}if(p==="type"){p0=v;if(!k18.has(v))bad(c,o,p,k13);continue;}if(p==="part"){p2=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}if(p==="_type"){p1=v;other(c,o,p,v,k13);continue;}break;
case 7:if(p==="binding"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="searchType"){p3=v;if(!k19.has(v))bad(c,o,p,k13);continue;}break;
case 11:if(p==="_searchType"){p4=v;other(c,o,p,v,k13);continue;}break;
case 13:if(p==="documentation"){if(!k6(v))bad(c,o,p,k13);continue;}if(p==="targetProfile"){p6=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k11(v[i]))badItem(c,o,p,v,i,k13);}continue;}break;
case 14:if(p==="_documentation"){other(c,o,p,v,k13);continue;}if(p==="_targetProfile"){p5=v;other(c,o,p,v,k13);continue;}if(p==="referencedFrom"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&15)!==15)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);if(c.faults!==f)check(c,o,k14);else{if(!(((p0!==undefined||p1!==undefined)||p2!==undefined)))fails(c,o,k14[0]);if(!((!(p3!==undefined||p4!==undefined)||p0==="string")))fails(c,o,k14[1]);if(!((!(p6!==undefined||p5!==undefined)||(p0==="Reference"||p0==="canonical"||holds(c,k15,o)))))fails(c,o,k14[2]);}c.depth--;},
"OperationDefinition.parameter.binding":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k20);continue;}break;
case 8:if(p==="strength"){b0|=1;if(!k21.has(v))bad(c,o,p,k20);continue;}if(p==="valueSet"){b0|=2;if(!k11(v))bad(c,o,p,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_strength"){if(o["strength"]===undefined){b0|=1;}other(c,o,p,v,k20);continue;}if(p==="_valueSet"){if(o["valueSet"]===undefined){b0|=2;}other(c,o,p,v,k20);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&3)!==3)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"OperationDefinition.parameter.referencedFrom":(o,c)=>{if(isWrong(c,o,k22))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k22);continue;}break;
case 6:if(p==="source"){b0|=1;if(!k6(v))bad(c,o,p,k22);continue;}break;
case 7:if(p==="_source"){if(o["source"]===undefined){b0|=1;}other(c,o,p,v,k22);continue;}break;
case 8:if(p==="sourceId"){if(!k6(v))bad(c,o,p,k22);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_sourceId"){other(c,o,p,v,k22);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k22);}if((b0&1)!==1)missing(c,o,k22);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k22);c.depth--;},
"OperationDefinition.overload":(o,c)=>{if(isWrong(c,o,k23))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k23);continue;}break;
case 7:if(p==="comment"){if(!k6(v))bad(c,o,p,k23);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="parameterName"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i]))badItem(c,o,p,v,i,k23);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k23);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k23);c.depth--;}
};
