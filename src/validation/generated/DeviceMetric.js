// Checks of DeviceMetric, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Timing"))(o,c);
let t6=(o,c)=>(t6=R.link("DeviceMetric.calibration"))(o,c);
const k0="DeviceMetric";
const k1=R.constraints("DeviceMetric");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["Device"]);
const k6=R.codes("http://hl7.org/fhir/ValueSet/metric-operational-status");
const k7=R.codes("http://hl7.org/fhir/ValueSet/metric-color");
const k8=R.codes("http://hl7.org/fhir/ValueSet/metric-category");
const k9=R.accepts("canonical");
const k10="DeviceMetric.calibration";
const k11=R.accepts("string");
const k12=R.codes("http://hl7.org/fhir/ValueSet/metric-calibration-type");
const k13=R.codes("http://hl7.org/fhir/ValueSet/metric-calibration-state");
const k14=R.accepts("instant");
return{
"DeviceMetric":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="unit"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="color"){if(!k7.has(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="source"){const m=c.count;t4(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}if(p==="parent"){const m=c.count;t4(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}if(p==="_color"){other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){b0|=2;if(!k8.has(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_category"){if(o["category"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="calibration"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="operationalStatus"){if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="measurementPeriod"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"DeviceMetric.calibration":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k10);continue;}break;
case 4:if(p==="type"){if(!k12.has(v))bad(c,o,p,k10);continue;}if(p==="time"){if(!k14(v))bad(c,o,p,k10);continue;}break;
case 5:if(p==="_type"){other(c,o,p,v,k10);continue;}if(p==="state"){if(!k13.has(v))bad(c,o,p,k10);continue;}if(p==="_time"){other(c,o,p,v,k10);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k10);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;}
};
