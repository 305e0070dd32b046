// Checks of SpecimenDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("SpecimenDefinition.typeTested"))(o,c);
let t5=(o,c)=>(t5=R.link("SpecimenDefinition.typeTested.container"))(o,c);
let t6=(o,c)=>(t6=R.link("Duration"))(o,c);
let t7=(o,c)=>(t7=R.link("SpecimenDefinition.typeTested.handling"))(o,c);
let t8=(o,c)=>(t8=R.link("Quantity"))(o,c);
let t9=(o,c)=>(t9=R.link("SpecimenDefinition.typeTested.container.additive"))(o,c);
let t10=(o,c)=>(t10=R.link("Reference"))(o,c);
let t11=(o,c)=>(t11=R.link("Range"))(o,c);
const k0="SpecimenDefinition";
const k1=R.constraints("SpecimenDefinition");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("string");
const k6=R.accepts("canonical");
const k7="SpecimenDefinition.typeTested";
const k8=R.codes("http://hl7.org/fhir/ValueSet/specimen-contained-preference");
const k9="SpecimenDefinition.typeTested.container";
const k10="SpecimenDefinition.typeTested.container.additive";
const k11=R.targets(["Substance"]);
const k12="SpecimenDefinition.typeTested.handling";
return{
"SpecimenDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="timeAspect"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="collection"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="typeTested"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="typeCollected"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="patientPreparation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"SpecimenDefinition.typeTested":(o,c)=>{if(isWrong(c,o,k7))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k7);continue;}break;
case 4:if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="handling"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="isDerived"){if(!(typeof v==="boolean"))bad(c,o,p,k7);continue;}if(p==="container"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="_isDerived"){other(c,o,p,v,k7);continue;}if(p==="preference"){b0|=1;if(!k8.has(v))bad(c,o,p,k7);continue;}break;
case 11:if(p==="_preference"){if(o["preference"]===undefined){b0|=1;}other(c,o,p,v,k7);continue;}if(p==="requirement"){if(!k5(v))bad(c,o,p,k7);continue;}break;
case 13:if(p==="retentionTime"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="rejectionCriterion"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k7);}if((b0&1)!==1)missing(c,o,k7);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k7);c.depth--;},
"SpecimenDefinition.typeTested.container":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k9);continue;}break;
case 3:if(p==="cap"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="material"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="capacity"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="additive"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k5(v))bad(c,o,p,k9);continue;}if(p==="preparation"){if(!k5(v))bad(c,o,p,k9);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="minimumVolumeString"){if((b0&1)!==0)doubled(c,"minimumVolumeString",k9);b0|=1;if(!k5(v))bad(c,o,p,k9);continue;}break;
case 20:if(p==="_minimumVolumeString"){if(o["minimumVolumeString"]===undefined){if((b0&1)!==0)doubled(c,"minimumVolumeString",k9);b0|=1;}other(c,o,p,v,k9);continue;}break;
case 21:if(p==="minimumVolumeQuantity"){if((b0&1)!==0)doubled(c,"minimumVolumeQuantity",k9);b0|=1;const m=c.count;t8(v,c);if(c.count!==m)at(c,m,"minimumVolume");continue;}break;}other(c,o,p,v,k9);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"SpecimenDefinition.typeTested.container.additive":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k10);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="additiveReference"){if((b0&1)!==0)doubled(c,"additiveReference",k10);b0|=1;const m=c.count;t10(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,"additive");continue;}break;
case 23:if(p==="additiveCodeableConcept"){if((b0&1)!==0)doubled(c,"additiveCodeableConcept",k10);b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"additive");continue;}break;}other(c,o,p,v,k10);}if((b0&1)!==1)missing(c,o,k10);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"SpecimenDefinition.typeTested.handling":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="maxDuration"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="instruction"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 16:if(p==="temperatureRange"){const m=c.count;t11(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 20:if(p==="temperatureQualifier"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;}
};
