// Checks of Medication, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Ratio"))(o,c);
let t6=(o,c)=>(t6=R.link("Medication.ingredient"))(o,c);
let t7=(o,c)=>(t7=R.link("Medication.batch"))(o,c);
const k0="Medication";
const k1=R.constraints("Medication");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/medication-status");
const k6=R.targets(["Organization"]);
const k7=R.accepts("canonical");
const k8="Medication.ingredient";
const k9=R.accepts("string");
const k10=R.targets(["Substance","Medication"]);
const k11="Medication.batch";
const k12=R.accepts("dateTime");
return{
"Medication":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="form"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="batch"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="amount"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="ingredient"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="manufacturer"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Medication.ingredient":(o,c)=>{if(isWrong(c,o,k8))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k8);continue;}break;
case 8:if(p==="isActive"){if(!(typeof v==="boolean"))bad(c,o,p,k8);continue;}if(p==="strength"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_isActive"){other(c,o,p,v,k8);continue;}break;
case 13:if(p==="itemReference"){if((b0&1)!==0)doubled(c,"itemReference",k8);b0|=1;const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,"item");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="itemCodeableConcept"){if((b0&1)!==0)doubled(c,"itemCodeableConcept",k8);b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"item");continue;}break;}other(c,o,p,v,k8);}if((b0&1)!==1)missing(c,o,k8);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k8);c.depth--;},
"Medication.batch":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k11);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="lotNumber"){if(!k9(v))bad(c,o,p,k11);continue;}break;
case 14:if(p==="expirationDate"){if(!k12(v))bad(c,o,p,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;}
};
