// Checks of Account, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Period"))(o,c);
let t6=(o,c)=>(t6=R.link("Account.coverage"))(o,c);
let t7=(o,c)=>(t7=R.link("Account.guarantor"))(o,c);
const k0="Account";
const k1=R.constraints("Account");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/account-status");
const k6=R.accepts("string");
const k7=R.targets(["Patient","Device","Practitioner","PractitionerRole","Location","HealthcareService","Organization"]);
const k8=R.targets(["Organization"]);
const k9=R.targets(["Account"]);
const k10=R.accepts("canonical");
const k11="Account.coverage";
const k12=R.targets(["Coverage"]);
const k13=R.accepts("positiveInt");
const k14="Account.guarantor";
const k15=R.targets(["Patient","RelatedPerson","Organization"]);
return{
"Account":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){other(c,o,p,v,k0);continue;}if(p==="owner"){const m=c.count;t4(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="partOf"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k7.accepts(c,v[i]))wrongTarget(c,v[i],k7);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="coverage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="guarantor"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="servicePeriod"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Account.coverage":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 8:if(p==="coverage"){b0|=1;const m=c.count;t4(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}if(p==="priority"){if(!k13(v,o,p))bad(c,o,p,k11);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_priority"){other(c,o,p,v,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&1)!==1)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"Account.guarantor":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k14);continue;}break;
case 5:if(p==="party"){b0|=1;const m=c.count;t4(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="onHold"){if(!(typeof v==="boolean"))bad(c,o,p,k14);continue;}if(p==="period"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;}
};
