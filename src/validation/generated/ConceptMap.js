// Checks of ConceptMap, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("ContactDetail"))(o,c);
let t4=(o,c)=>(t4=R.link("UsageContext"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("ConceptMap.group"))(o,c);
let t7=(o,c)=>(t7=R.link("ConceptMap.group.element"))(o,c);
let t8=(o,c)=>(t8=R.link("ConceptMap.group.unmapped"))(o,c);
let t9=(o,c)=>(t9=R.link("ConceptMap.group.element.target"))(o,c);
let t10=(o,c)=>(t10=R.link("ConceptMap.group.element.target.dependsOn"))(o,c);
const k0="ConceptMap";
const k1=R.constraints("ConceptMap");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k8=R.accepts("dateTime");
const k9=R.accepts("markdown");
const k10=R.accepts("canonical");
const k11="ConceptMap.group";
const k12="ConceptMap.group.element";
const k13="ConceptMap.group.element.target";
const k14=R.constraints("ConceptMap.group.element.target");
const k15=R.codes("http://hl7.org/fhir/ValueSet/concept-map-equivalence");
const k16="ConceptMap.group.element.target.dependsOn";
const k17="ConceptMap.group.unmapped";
const k18=R.constraints("ConceptMap.group.unmapped");
const k19=R.codes("http://hl7.org/fhir/ValueSet/conceptmap-unmapped-mode");
return{
"ConceptMap":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){p3=v;other(c,o,p,v,k0);continue;}if(p==="title"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="group"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=1;if(!k7.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k9(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="sourceUri"){if((b0&2)!==0)doubled(c,"sourceUri",k0);b0|=2;if(!k4(v))bad(c,o,p,k0);continue;}if(p==="targetUri"){if((b0&4)!==0)doubled(c,"targetUri",k0);b0|=4;if(!k4(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}if(p==="_sourceUri"){if(o["sourceUri"]===undefined){if((b0&2)!==0)doubled(c,"sourceUri",k0);b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_targetUri"){if(o["targetUri"]===undefined){if((b0&4)!==0)doubled(c,"targetUri",k0);b0|=4;}other(c,o,p,v,k0);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 15:if(p==="sourceCanonical"){if((b0&2)!==0)doubled(c,"sourceCanonical",k0);b0|=2;if(!k10(v))bad(c,o,p,k0);continue;}if(p==="targetCanonical"){if((b0&4)!==0)doubled(c,"targetCanonical",k0);b0|=4;if(!k10(v))bad(c,o,p,k0);continue;}break;
case 16:if(p==="_sourceCanonical"){if(o["sourceCanonical"]===undefined){if((b0&2)!==0)doubled(c,"sourceCanonical",k0);b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_targetCanonical"){if(o["targetCanonical"]===undefined){if((b0&4)!==0)doubled(c,"targetCanonical",k0);b0|=4;}other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"ConceptMap.group":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 6:if(p==="source"){if(!k4(v))bad(c,o,p,k11);continue;}if(p==="target"){if(!k4(v))bad(c,o,p,k11);continue;}break;
case 7:if(p==="_source"){other(c,o,p,v,k11);continue;}if(p==="_target"){other(c,o,p,v,k11);continue;}if(p==="element"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="unmapped"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="sourceVersion"){if(!k6(v))bad(c,o,p,k11);continue;}if(p==="targetVersion"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&1)!==1)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"ConceptMap.group.element":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="code"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 6:if(p==="target"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="display"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"ConceptMap.group.element.target":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="code"){if(!k5(v))bad(c,o,p,k13);continue;}break;
case 7:if(p==="display"){if(!k6(v))bad(c,o,p,k13);continue;}if(p==="comment"){p0=v;if(!k6(v))bad(c,o,p,k13);continue;}if(p==="product"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="_display"){other(c,o,p,v,k13);continue;}if(p==="_comment"){p1=v;other(c,o,p,v,k13);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="dependsOn"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="equivalence"){p2=v;b0|=1;if(!k15.has(v))bad(c,o,p,k13);continue;}break;
case 12:if(p==="_equivalence"){p3=v;if(o["equivalence"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&1)!==1)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);if(c.faults!==f)check(c,o,k14);else{if(!(((p0!==undefined||p1!==undefined)||!(p2!==undefined||p3!==undefined)||(((p2!==undefined||p3!==undefined)&&p2!=="narrower")&&((p2!==undefined||p3!==undefined)&&p2!=="inexact")))))fails(c,o,k14[0]);}c.depth--;},
"ConceptMap.group.element.target.dependsOn":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 5:if(p==="value"){b0|=2;if(!k6(v))bad(c,o,p,k16);continue;}break;
case 6:if(p==="system"){if(!k10(v))bad(c,o,p,k16);continue;}if(p==="_value"){if(o["value"]===undefined){b0|=2;}other(c,o,p,v,k16);continue;}break;
case 7:if(p==="_system"){other(c,o,p,v,k16);continue;}if(p==="display"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 8:if(p==="property"){b0|=1;if(!k4(v))bad(c,o,p,k16);continue;}if(p==="_display"){other(c,o,p,v,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_property"){if(o["property"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&3)!==3)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"ConceptMap.group.unmapped":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k17);continue;}break;
case 3:if(p==="url"){p4=v;if(!k10(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="mode"){p0=v;b0|=1;if(!k19.has(v))bad(c,o,p,k17);continue;}if(p==="code"){p2=v;if(!k5(v))bad(c,o,p,k17);continue;}if(p==="_url"){p5=v;other(c,o,p,v,k17);continue;}break;
case 5:if(p==="_mode"){p1=v;if(o["mode"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}if(p==="_code"){p3=v;other(c,o,p,v,k17);continue;}break;
case 7:if(p==="display"){if(!k6(v))bad(c,o,p,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);if(c.faults!==f)check(c,o,k18);else{if(!((((p0!==undefined||p1!==undefined)&&p0!=="fixed")||(p2!==undefined||p3!==undefined))))fails(c,o,k18[0]);if(!((((p0!==undefined||p1!==undefined)&&p0!=="other-map")||(p4!==undefined||p5!==undefined))))fails(c,o,k18[1]);}c.depth--;}
};
