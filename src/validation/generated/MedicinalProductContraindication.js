// Checks of MedicinalProductContraindication, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Reference"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("MedicinalProductContraindication.otherTherapy"))(o,c);
let t5=(o,c)=>(t5=R.link("Population"))(o,c);
const k0="MedicinalProductContraindication";
const k1=R.constraints("MedicinalProductContraindication");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["MedicinalProduct","Medication"]);
const k6=R.targets(["MedicinalProductIndication"]);
const k7=R.accepts("canonical");
const k8="MedicinalProductContraindication.otherTherapy";
const k9=R.accepts("string");
const k10=R.targets(["MedicinalProduct","Medication","Substance","SubstanceSpecification"]);
return{
"MedicinalProductContraindication":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="subject"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(!k5.accepts(c,v[i]))wrongTarget(c,v[i],k5);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="disease"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="population"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="comorbidity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="otherTherapy"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="diseaseStatus"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 21:if(p==="therapeuticIndication"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(!k6.accepts(c,v[i]))wrongTarget(c,v[i],k6);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"MedicinalProductContraindication.otherTherapy":(o,c)=>{if(isWrong(c,o,k8))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k8);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="medicationReference"){if((b0&2)!==0)doubled(c,"medicationReference",k8);b0|=2;const m=c.count;t2(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,"medication");continue;}break;
case 23:if(p==="therapyRelationshipType"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 25:if(p==="medicationCodeableConcept"){if((b0&2)!==0)doubled(c,"medicationCodeableConcept",k8);b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"medication");continue;}break;}other(c,o,p,v,k8);}if((b0&3)!==3)missing(c,o,k8);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k8);c.depth--;}
};
