// Checks of Communication, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("Communication.payload"))(o,c);
let t6=(o,c)=>(t6=R.link("Annotation"))(o,c);
let t7=(o,c)=>(t7=R.link("Attachment"))(o,c);
const k0="Communication";
const k1=R.constraints("Communication");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("canonical");
const k6=R.targets(["Communication"]);
const k7=R.codes("http://hl7.org/fhir/ValueSet/event-status");
const k8=R.codes("http://hl7.org/fhir/ValueSet/request-priority");
const k9=R.targets(["Patient","Group"]);
const k10=R.targets(["Encounter"]);
const k11=R.accepts("dateTime");
const k12=R.targets(["Device","Organization","Patient","Practitioner","PractitionerRole","RelatedPerson","Group","CareTeam","HealthcareService"]);
const k13=R.targets(["Device","Organization","Patient","Practitioner","PractitionerRole","RelatedPerson","HealthcareService"]);
const k14=R.targets(["Condition","Observation","DiagnosticReport","DocumentReference"]);
const k15="Communication.payload";
const k16=R.accepts("string");
return{
"Communication":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="sent"){if(!k11(v))bad(c,o,p,k0);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="topic"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="about"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_sent"){other(c,o,p,v,k0);continue;}break;
case 6:if(p==="partOf"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="status"){b0|=1;if(!k7.has(v))bad(c,o,p,k0);continue;}if(p==="medium"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="sender"){const m=c.count;t3(v,c);if(!k13.accepts(c,v))wrongTarget(c,v,k13);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="basedOn"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){const m=c.count;t3(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="payload"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="priority"){if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="received"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_priority"){other(c,o,p,v,k0);continue;}if(p==="encounter"){const m=c.count;t3(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}if(p==="_received"){other(c,o,p,v,k0);continue;}if(p==="recipient"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k12.accepts(c,v[i]))wrongTarget(c,v[i],k12);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="reasonCode"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="inResponseTo"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k6.accepts(c,v[i]))wrongTarget(c,v[i],k6);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="statusReason"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="instantiatesUri"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k3(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="reasonReference"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k14.accepts(c,v[i]))wrongTarget(c,v[i],k14);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 21:if(p==="instantiatesCanonical"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Communication.payload":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="contentString"){if((b0&1)!==0)doubled(c,"contentString",k15);b0|=1;if(!k16(v))bad(c,o,p,k15);continue;}break;
case 14:if(p==="_contentString"){if(o["contentString"]===undefined){if((b0&1)!==0)doubled(c,"contentString",k15);b0|=1;}other(c,o,p,v,k15);continue;}break;
case 16:if(p==="contentReference"){if((b0&1)!==0)doubled(c,"contentReference",k15);b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"content");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="contentAttachment"){if((b0&1)!==0)doubled(c,"contentAttachment",k15);b0|=1;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,"content");continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;}
};
