// Checks of ImmunizationRecommendation, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("ImmunizationRecommendation.recommendation"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("ImmunizationRecommendation.recommendation.dateCriterion"))(o,c);
const k0="ImmunizationRecommendation";
const k1=R.constraints("ImmunizationRecommendation");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["Patient"]);
const k6=R.accepts("dateTime");
const k7=R.targets(["Organization"]);
const k8=R.accepts("canonical");
const k9="ImmunizationRecommendation.recommendation";
const k10=R.constraints("ImmunizationRecommendation.recommendation");
const k11=R.accepts("string");
const k12=R.accepts("positiveInt");
const k13=R.targets(["Immunization","ImmunizationEvaluation"]);
const k14="ImmunizationRecommendation.recommendation.dateCriterion";
return{
"ImmunizationRecommendation":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){b0|=2;if(!k6(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_date"){if(o["date"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 7:if(p==="patient"){b0|=1;const m=c.count;t3(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="authority"){const m=c.count;t3(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="recommendation"){b0|=4;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"ImmunizationRecommendation.recommendation":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k9);continue;}break;
case 6:if(p==="series"){if(!k11(v))bad(c,o,p,k9);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="vaccineCode"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="description"){if(!k11(v))bad(c,o,p,k9);continue;}break;
case 13:if(p==="targetDisease"){p1=v;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="dateCriterion"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 14:if(p==="forecastStatus"){b0|=1;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="forecastReason"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="doseNumberString"){if((b0&2)!==0)doubled(c,"doseNumberString",k9);b0|=2;if(!k11(v))bad(c,o,p,k9);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_doseNumberString"){if(o["doseNumberString"]===undefined){if((b0&2)!==0)doubled(c,"doseNumberString",k9);b0|=2;}other(c,o,p,v,k9);continue;}if(p==="seriesDosesString"){if((b0&4)!==0)doubled(c,"seriesDosesString",k9);b0|=4;if(!k11(v))bad(c,o,p,k9);continue;}break;
case 18:if(p==="_seriesDosesString"){if(o["seriesDosesString"]===undefined){if((b0&4)!==0)doubled(c,"seriesDosesString",k9);b0|=4;}other(c,o,p,v,k9);continue;}break;
case 21:if(p==="doseNumberPositiveInt"){if((b0&2)!==0)doubled(c,"doseNumberPositiveInt",k9);b0|=2;if(!k12(v,o,p))bad(c,o,p,k9);continue;}break;
case 22:if(p==="_doseNumberPositiveInt"){if(o["doseNumberPositiveInt"]===undefined){if((b0&2)!==0)doubled(c,"doseNumberPositiveInt",k9);b0|=2;}other(c,o,p,v,k9);continue;}if(p==="seriesDosesPositiveInt"){if((b0&4)!==0)doubled(c,"seriesDosesPositiveInt",k9);b0|=4;if(!k12(v,o,p))bad(c,o,p,k9);continue;}if(p==="supportingImmunization"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k13.accepts(c,v[i]))wrongTarget(c,v[i],k13);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 23:if(p==="_seriesDosesPositiveInt"){if(o["seriesDosesPositiveInt"]===undefined){if((b0&4)!==0)doubled(c,"seriesDosesPositiveInt",k9);b0|=4;}other(c,o,p,v,k9);continue;}break;
case 26:if(p==="contraindicatedVaccineCode"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 28:if(p==="supportingPatientInformation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k9);}if((b0&1)!==1)missing(c,o,k9);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);if(c.faults!==f)check(c,o,k10);else{if(!((p0!==undefined||p1!==undefined)))fails(c,o,k10[0]);}c.depth--;},
"ImmunizationRecommendation.recommendation.dateCriterion":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="code"){b0|=1;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){b0|=2;if(!k6(v))bad(c,o,p,k14);continue;}break;
case 6:if(p==="_value"){if(o["value"]===undefined){b0|=2;}other(c,o,p,v,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&3)!==3)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;}
};
