// Checks of BiologicallyDerivedProduct, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("BiologicallyDerivedProduct.collection"))(o,c);
let t6=(o,c)=>(t6=R.link("BiologicallyDerivedProduct.processing"))(o,c);
let t7=(o,c)=>(t7=R.link("BiologicallyDerivedProduct.manipulation"))(o,c);
let t8=(o,c)=>(t8=R.link("BiologicallyDerivedProduct.storage"))(o,c);
let t9=(o,c)=>(t9=R.link("Period"))(o,c);
const k0="BiologicallyDerivedProduct";
const k1=R.constraints("BiologicallyDerivedProduct");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/product-category");
const k6=R.codes("http://hl7.org/fhir/ValueSet/product-status");
const k7=R.targets(["ServiceRequest"]);
const k8=R.accepts("integer");
const k9=R.targets(["BiologicallyDerivedProduct"]);
const k10=R.accepts("canonical");
const k11="BiologicallyDerivedProduct.collection";
const k12=R.accepts("string");
const k13=R.targets(["Practitioner","PractitionerRole"]);
const k14=R.targets(["Patient","Organization"]);
const k15=R.accepts("dateTime");
const k16="BiologicallyDerivedProduct.processing";
const k17=R.targets(["Substance"]);
const k18="BiologicallyDerivedProduct.manipulation";
const k19="BiologicallyDerivedProduct.storage";
const k20=R.accepts("decimal");
const k21=R.codes("http://hl7.org/fhir/ValueSet/product-storage-scale");
return{
"BiologicallyDerivedProduct":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="parent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k9.accepts(c,v[i]))wrongTarget(c,v[i],k9);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="_status"){other(c,o,p,v,k0);continue;}if(p==="request"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k7.accepts(c,v[i]))wrongTarget(c,v[i],k7);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="storage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="quantity"){if(!k8(v,o,p))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_quantity"){other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="collection"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="processing"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="productCode"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="manipulation"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="productCategory"){if(!k5.has(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"BiologicallyDerivedProduct.collection":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k11);continue;}break;
case 6:if(p==="source"){const m=c.count;t4(v,c);if(!k14.accepts(c,v))wrongTarget(c,v,k14);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="collector"){const m=c.count;t4(v,c);if(!k13.accepts(c,v))wrongTarget(c,v,k13);if(c.count!==m)at(c,m,p);continue;}break;
case 15:if(p==="collectedPeriod"){if((b0&1)!==0)doubled(c,"collectedPeriod",k11);b0|=1;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,"collected");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="collectedDateTime"){if((b0&1)!==0)doubled(c,"collectedDateTime",k11);b0|=1;if(!k15(v))bad(c,o,p,k11);continue;}break;
case 18:if(p==="_collectedDateTime"){if(o["collectedDateTime"]===undefined){if((b0&1)!==0)doubled(c,"collectedDateTime",k11);b0|=1;}other(c,o,p,v,k11);continue;}break;}other(c,o,p,v,k11);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"BiologicallyDerivedProduct.processing":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k16);continue;}break;
case 8:if(p==="additive"){const m=c.count;t4(v,c);if(!k17.accepts(c,v))wrongTarget(c,v,k17);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="procedure"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="timePeriod"){if((b0&1)!==0)doubled(c,"timePeriod",k16);b0|=1;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,"time");continue;}break;
case 11:if(p==="description"){if(!k12(v))bad(c,o,p,k16);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k16);continue;}if(p==="timeDateTime"){if((b0&1)!==0)doubled(c,"timeDateTime",k16);b0|=1;if(!k15(v))bad(c,o,p,k16);continue;}break;
case 13:if(p==="_timeDateTime"){if(o["timeDateTime"]===undefined){if((b0&1)!==0)doubled(c,"timeDateTime",k16);b0|=1;}other(c,o,p,v,k16);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"BiologicallyDerivedProduct.manipulation":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k18);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="timePeriod"){if((b0&1)!==0)doubled(c,"timePeriod",k18);b0|=1;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,"time");continue;}break;
case 11:if(p==="description"){if(!k12(v))bad(c,o,p,k18);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k18);continue;}if(p==="timeDateTime"){if((b0&1)!==0)doubled(c,"timeDateTime",k18);b0|=1;if(!k15(v))bad(c,o,p,k18);continue;}break;
case 13:if(p==="_timeDateTime"){if(o["timeDateTime"]===undefined){if((b0&1)!==0)doubled(c,"timeDateTime",k18);b0|=1;}other(c,o,p,v,k18);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"BiologicallyDerivedProduct.storage":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k19);continue;}break;
case 5:if(p==="scale"){if(!k21.has(v))bad(c,o,p,k19);continue;}break;
case 8:if(p==="duration"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k12(v))bad(c,o,p,k19);continue;}if(p==="temperature"){if(!k20(v))bad(c,o,p,k19);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;}
};
