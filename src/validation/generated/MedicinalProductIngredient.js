// Checks of MedicinalProductIngredient, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("MedicinalProductIngredient.specifiedSubstance"))(o,c);
let t6=(o,c)=>(t6=R.link("MedicinalProductIngredient.substance"))(o,c);
let t7=(o,c)=>(t7=R.link("MedicinalProductIngredient.specifiedSubstance.strength"))(o,c);
let t8=(o,c)=>(t8=R.link("Ratio"))(o,c);
let t9=(o,c)=>(t9=R.link("MedicinalProductIngredient.specifiedSubstance.strength.referenceStrength"))(o,c);
const k0="MedicinalProductIngredient";
const k1=R.constraints("MedicinalProductIngredient");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["Organization"]);
const k6=R.accepts("canonical");
const k7="MedicinalProductIngredient.specifiedSubstance";
const k8=R.accepts("string");
const k9="MedicinalProductIngredient.specifiedSubstance.strength";
const k10="MedicinalProductIngredient.specifiedSubstance.strength.referenceStrength";
const k11="MedicinalProductIngredient.substance";
return{
"MedicinalProductIngredient":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="role"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="substance"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="manufacturer"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k5.accepts(c,v[i]))wrongTarget(c,v[i],k5);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="specifiedSubstance"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 19:if(p==="allergenicIndicator"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"MedicinalProductIngredient.specifiedSubstance":(o,c)=>{if(isWrong(c,o,k7))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k7);continue;}break;
case 4:if(p==="code"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="group"){b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="strength"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 15:if(p==="confidentiality"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k7);}if((b0&3)!==3)missing(c,o,k7);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k7);c.depth--;},
"MedicinalProductIngredient.specifiedSubstance.strength":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k9);continue;}break;
case 7:if(p==="country"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="presentation"){b0|=1;const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 13:if(p==="concentration"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="measurementPoint"){if(!k8(v))bad(c,o,p,k9);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_measurementPoint"){other(c,o,p,v,k9);continue;}if(p==="referenceStrength"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 20:if(p==="presentationLowLimit"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 21:if(p==="concentrationLowLimit"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k9);}if((b0&1)!==1)missing(c,o,k9);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"MedicinalProductIngredient.specifiedSubstance.strength.referenceStrength":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k10);continue;}break;
case 7:if(p==="country"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="strength"){b0|=1;const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="substance"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="strengthLowLimit"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="measurementPoint"){if(!k8(v))bad(c,o,p,k10);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_measurementPoint"){other(c,o,p,v,k10);continue;}break;}other(c,o,p,v,k10);}if((b0&1)!==1)missing(c,o,k10);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"MedicinalProductIngredient.substance":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="code"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="strength"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&1)!==1)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;}
};
