// Checks of MedicinalProductAuthorization, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("Period"))(o,c);
let t6=(o,c)=>(t6=R.link("MedicinalProductAuthorization.jurisdictionalAuthorization"))(o,c);
let t7=(o,c)=>(t7=R.link("MedicinalProductAuthorization.procedure"))(o,c);
const k0="MedicinalProductAuthorization";
const k1=R.constraints("MedicinalProductAuthorization");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["MedicinalProduct","MedicinalProductPackaged"]);
const k6=R.accepts("dateTime");
const k7=R.targets(["Organization"]);
const k8=R.accepts("canonical");
const k9="MedicinalProductAuthorization.jurisdictionalAuthorization";
const k10=R.accepts("string");
const k11="MedicinalProductAuthorization.procedure";
return{
"MedicinalProductAuthorization":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="holder"){const m=c.count;t3(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="subject"){const m=c.count;t3(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}if(p==="country"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="regulator"){const m=c.count;t3(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="procedure"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="statusDate"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="legalBasis"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="_statusDate"){other(c,o,p,v,k0);continue;}if(p==="restoreDate"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_restoreDate"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="validityPeriod"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 21:if(p==="dataExclusivityPeriod"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 22:if(p==="internationalBirthDate"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 24:if(p==="dateOfFirstAuthorization"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 27:if(p==="jurisdictionalAuthorization"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"MedicinalProductAuthorization.jurisdictionalAuthorization":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k10(v))bad(c,o,p,k9);continue;}break;
case 7:if(p==="country"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 14:if(p==="validityPeriod"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="legalStatusOfSupply"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k9);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"MedicinalProductAuthorization.procedure":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k10(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="datePeriod"){if((b0&2)!==0)doubled(c,"datePeriod",k11);b0|=2;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"date");continue;}break;
case 11:if(p==="application"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="dateDateTime"){if((b0&2)!==0)doubled(c,"dateDateTime",k11);b0|=2;if(!k6(v))bad(c,o,p,k11);continue;}break;
case 13:if(p==="_dateDateTime"){if(o["dateDateTime"]===undefined){if((b0&2)!==0)doubled(c,"dateDateTime",k11);b0|=2;}other(c,o,p,v,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&1)!==1)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;}
};
