// Checks of DetectedIssue, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Period"))(o,c);
let t6=(o,c)=>(t6=R.link("DetectedIssue.evidence"))(o,c);
let t7=(o,c)=>(t7=R.link("DetectedIssue.mitigation"))(o,c);
const k0="DetectedIssue";
const k1=R.constraints("DetectedIssue");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/observation-status");
const k6=R.codes("http://hl7.org/fhir/ValueSet/detectedissue-severity");
const k7=R.targets(["Patient"]);
const k8=R.accepts("dateTime");
const k9=R.targets(["Practitioner","PractitionerRole","Device"]);
const k10=R.accepts("string");
const k11=R.accepts("canonical");
const k12="DetectedIssue.evidence";
const k13="DetectedIssue.mitigation";
const k14=R.targets(["Practitioner","PractitionerRole"]);
return{
"DetectedIssue":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="author"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="detail"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="patient"){const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="_detail"){other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="severity"){if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="evidence"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_severity"){other(c,o,p,v,k0);continue;}if(p==="reference"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="implicated"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_reference"){other(c,o,p,v,k0);continue;}if(p==="mitigation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 16:if(p==="identifiedPeriod"){if((b0&2)!==0)doubled(c,"identifiedPeriod",k0);b0|=2;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"identified");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="identifiedDateTime"){if((b0&2)!==0)doubled(c,"identifiedDateTime",k0);b0|=2;if(!k8(v))bad(c,o,p,k0);continue;}break;
case 19:if(p==="_identifiedDateTime"){if(o["identifiedDateTime"]===undefined){if((b0&2)!==0)doubled(c,"identifiedDateTime",k0);b0|=2;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"DetectedIssue.evidence":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k10(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="code"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="detail"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"DetectedIssue.mitigation":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k10(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="date"){if(!k8(v))bad(c,o,p,k13);continue;}break;
case 6:if(p==="action"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="author"){const m=c.count;t4(v,c);if(!k14.accepts(c,v))wrongTarget(c,v,k14);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&1)!==1)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;}
};
