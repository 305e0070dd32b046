// Checks of PractitionerRole, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Period"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("ContactPoint"))(o,c);
let t7=(o,c)=>(t7=R.link("PractitionerRole.availableTime"))(o,c);
let t8=(o,c)=>(t8=R.link("PractitionerRole.notAvailable"))(o,c);
const k0="PractitionerRole";
const k1=R.constraints("PractitionerRole");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["Practitioner"]);
const k6=R.targets(["Organization"]);
const k7=R.targets(["Location"]);
const k8=R.targets(["HealthcareService"]);
const k9=R.accepts("string");
const k10=R.targets(["Endpoint"]);
const k11=R.accepts("canonical");
const k12="PractitionerRole.availableTime";
const k13=R.codes("http://hl7.org/fhir/ValueSet/days-of-week");
const k14=R.accepts("time");
const k15="PractitionerRole.notAvailable";
return{
"PractitionerRole":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="code"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="active"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="period"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_active"){other(c,o,p,v,k0);continue;}if(p==="telecom"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="location"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k7.accepts(c,v[i]))wrongTarget(c,v[i],k7);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="endpoint"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k10.accepts(c,v[i]))wrongTarget(c,v[i],k10);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="specialty"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="practitioner"){const m=c.count;t4(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}if(p==="organization"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="notAvailable"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="availableTime"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="healthcareService"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 22:if(p==="availabilityExceptions"){if(!k9(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"PractitionerRole.availableTime":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k12);continue;}break;
case 6:if(p==="allDay"){if(!(typeof v==="boolean"))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="daysOfWeek"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k13.has(v[i]))badItem(c,o,p,v,i,k12);}continue;}break;
case 16:if(p==="availableEndTime"){if(!k14(v))bad(c,o,p,k12);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_availableEndTime"){other(c,o,p,v,k12);continue;}break;
case 18:if(p==="availableStartTime"){if(!k14(v))bad(c,o,p,k12);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"PractitionerRole.notAvailable":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k15);continue;}break;
case 6:if(p==="during"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){b0|=1;if(!k9(v))bad(c,o,p,k15);continue;}break;
case 12:if(p==="_description"){if(o["description"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;}
};
