// Checks of ImmunizationEvaluation, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
const k0="ImmunizationEvaluation";
const k1=R.constraints("ImmunizationEvaluation");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/immunization-evaluation-status");
const k6=R.targets(["Patient"]);
const k7=R.accepts("dateTime");
const k8=R.targets(["Organization"]);
const k9=R.targets(["Immunization"]);
const k10=R.accepts("string");
const k11=R.accepts("positiveInt");
const k12=R.accepts("canonical");
return{
"ImmunizationEvaluation":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="series"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="patient"){b0|=2;const m=c.count;t3(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="_series"){other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="authority"){const m=c.count;t3(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="doseStatus"){b0|=16;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="description"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="targetDisease"){b0|=4;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="doseStatusReason"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="doseNumberString"){if((b0&32)!==0)doubled(c,"doseNumberString",k0);b0|=32;if(!k10(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="immunizationEvent"){b0|=8;const m=c.count;t3(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="_doseNumberString"){if(o["doseNumberString"]===undefined){if((b0&32)!==0)doubled(c,"doseNumberString",k0);b0|=32;}other(c,o,p,v,k0);continue;}if(p==="seriesDosesString"){if((b0&64)!==0)doubled(c,"seriesDosesString",k0);b0|=64;if(!k10(v))bad(c,o,p,k0);continue;}break;
case 18:if(p==="_seriesDosesString"){if(o["seriesDosesString"]===undefined){if((b0&64)!==0)doubled(c,"seriesDosesString",k0);b0|=64;}other(c,o,p,v,k0);continue;}break;
case 21:if(p==="doseNumberPositiveInt"){if((b0&32)!==0)doubled(c,"doseNumberPositiveInt",k0);b0|=32;if(!k11(v,o,p))bad(c,o,p,k0);continue;}break;
case 22:if(p==="_doseNumberPositiveInt"){if(o["doseNumberPositiveInt"]===undefined){if((b0&32)!==0)doubled(c,"doseNumberPositiveInt",k0);b0|=32;}other(c,o,p,v,k0);continue;}if(p==="seriesDosesPositiveInt"){if((b0&64)!==0)doubled(c,"seriesDosesPositiveInt",k0);b0|=64;if(!k11(v,o,p))bad(c,o,p,k0);continue;}break;
case 23:if(p==="_seriesDosesPositiveInt"){if(o["seriesDosesPositiveInt"]===undefined){if((b0&64)!==0)doubled(c,"seriesDosesPositiveInt",k0);b0|=64;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&31)!==31)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;}
};
