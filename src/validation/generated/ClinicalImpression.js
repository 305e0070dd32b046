// Checks of ClinicalImpression, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Period"))(o,c);
let t6=(o,c)=>(t6=R.link("ClinicalImpression.investigation"))(o,c);
let t7=(o,c)=>(t7=R.link("ClinicalImpression.finding"))(o,c);
let t8=(o,c)=>(t8=R.link("Annotation"))(o,c);
const k0="ClinicalImpression";
const k1=R.constraints("ClinicalImpression");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/clinicalimpression-status");
const k6=R.accepts("string");
const k7=R.targets(["Patient","Group"]);
const k8=R.targets(["Encounter"]);
const k9=R.accepts("dateTime");
const k10=R.targets(["Practitioner","PractitionerRole"]);
const k11=R.targets(["ClinicalImpression"]);
const k12=R.targets(["Condition","AllergyIntolerance"]);
const k13=R.targets(["RiskAssessment"]);
const k14=R.accepts("canonical");
const k15="ClinicalImpression.investigation";
const k16=R.targets(["Observation","QuestionnaireResponse","FamilyMemberHistory","DiagnosticReport","RiskAssessment","ImagingStudy","Media"]);
const k17="ClinicalImpression.finding";
const k18=R.targets(["Condition","Observation","Media"]);
return{
"ClinicalImpression":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){b0|=2;const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="problem"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k12.accepts(c,v[i]))wrongTarget(c,v[i],k12);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="summary"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="finding"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="assessor"){const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}if(p==="previous"){const m=c.count;t4(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}if(p==="protocol"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k3(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="_summary"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="encounter"){const m=c.count;t4(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}if(p==="_protocol"){other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="statusReason"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="investigation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="supportingInfo"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 15:if(p==="effectivePeriod"){if((b0&4)!==0)doubled(c,"effectivePeriod",k0);b0|=4;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"effective");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="effectiveDateTime"){if((b0&4)!==0)doubled(c,"effectiveDateTime",k0);b0|=4;if(!k9(v))bad(c,o,p,k0);continue;}break;
case 18:if(p==="_effectiveDateTime"){if(o["effectiveDateTime"]===undefined){if((b0&4)!==0)doubled(c,"effectiveDateTime",k0);b0|=4;}other(c,o,p,v,k0);continue;}if(p==="prognosisReference"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k13.accepts(c,v[i]))wrongTarget(c,v[i],k13);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 24:if(p==="prognosisCodeableConcept"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"ClinicalImpression.investigation":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="code"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="item"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k16.accepts(c,v[i]))wrongTarget(c,v[i],k16);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"ClinicalImpression.finding":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k17);continue;}break;
case 5:if(p==="basis"){if(!k6(v))bad(c,o,p,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="itemReference"){const m=c.count;t4(v,c);if(!k18.accepts(c,v))wrongTarget(c,v,k18);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="itemCodeableConcept"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k17);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;}
};
