// Checks of VerificationResult, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Reference"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Timing"))(o,c);
let t5=(o,c)=>(t5=R.link("VerificationResult.primarySource"))(o,c);
let t6=(o,c)=>(t6=R.link("VerificationResult.attestation"))(o,c);
let t7=(o,c)=>(t7=R.link("VerificationResult.validator"))(o,c);
let t8=(o,c)=>(t8=R.link("Signature"))(o,c);
const k0="VerificationResult";
const k1=R.constraints("VerificationResult");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("string");
const k6=R.codes("http://hl7.org/fhir/ValueSet/verificationresult-status");
const k7=R.accepts("dateTime");
const k8=R.accepts("date");
const k9=R.accepts("canonical");
const k10="VerificationResult.primarySource";
const k11=R.targets(["Organization","Practitioner","PractitionerRole"]);
const k12="VerificationResult.attestation";
const k13=R.targets(["Practitioner","PractitionerRole","Organization"]);
const k14="VerificationResult.validator";
const k15=R.targets(["Organization"]);
return{
"VerificationResult":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="need"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="target"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="status"){b0|=1;if(!k6.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="frequency"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="validator"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="statusDate"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="_statusDate"){other(c,o,p,v,k0);continue;}if(p==="attestation"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="lastPerformed"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="nextScheduled"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="failureAction"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="primarySource"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="targetLocation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="validationType"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_lastPerformed"){other(c,o,p,v,k0);continue;}if(p==="_nextScheduled"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="validationProcess"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"VerificationResult.primarySource":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k10);continue;}break;
case 3:if(p==="who"){const m=c.count;t2(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="type"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 14:if(p==="validationDate"){if(!k7(v))bad(c,o,p,k10);continue;}if(p==="canPushUpdates"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="validationStatus"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="pushTypeAvailable"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 19:if(p==="communicationMethod"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k10);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"VerificationResult.attestation":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 3:if(p==="who"){const m=c.count;t2(v,c);if(!k13.accepts(c,v))wrongTarget(c,v,k13);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="date"){if(!k8(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="onBehalfOf"){const m=c.count;t2(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 14:if(p==="proxySignature"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 15:if(p==="sourceSignature"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="communicationMethod"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 24:if(p==="proxyIdentityCertificate"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 25:if(p==="sourceIdentityCertificate"){if(!k5(v))bad(c,o,p,k12);continue;}if(p==="_proxyIdentityCertificate"){other(c,o,p,v,k12);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"VerificationResult.validator":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="organization"){b0|=1;const m=c.count;t2(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="identityCertificate"){if(!k5(v))bad(c,o,p,k14);continue;}break;
case 20:if(p==="_identityCertificate"){other(c,o,p,v,k14);continue;}if(p==="attestationSignature"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;}
};
