// Checks of Location, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Coding"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("ContactPoint"))(o,c);
let t6=(o,c)=>(t6=R.link("Address"))(o,c);
let t7=(o,c)=>(t7=R.link("Location.position"))(o,c);
let t8=(o,c)=>(t8=R.link("Reference"))(o,c);
let t9=(o,c)=>(t9=R.link("Location.hoursOfOperation"))(o,c);
const k0="Location";
const k1=R.constraints("Location");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/location-status");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/location-mode");
const k8=R.targets(["Organization"]);
const k9=R.targets(["Location"]);
const k10=R.targets(["Endpoint"]);
const k11=R.accepts("canonical");
const k12="Location.position";
const k13=R.accepts("decimal");
const k14="Location.hoursOfOperation";
const k15=R.codes("http://hl7.org/fhir/ValueSet/days-of-week");
const k16=R.accepts("time");
return{
"Location":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="mode"){if(!k7.has(v))bad(c,o,p,k0);continue;}if(p==="type"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_name"){other(c,o,p,v,k0);continue;}if(p==="alias"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="_mode"){other(c,o,p,v,k0);continue;}break;
case 6:if(p==="status"){if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="_alias"){other(c,o,p,v,k0);continue;}if(p==="partOf"){const m=c.count;t8(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){other(c,o,p,v,k0);continue;}if(p==="telecom"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="address"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="position"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="endpoint"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(!k10.accepts(c,v[i]))wrongTarget(c,v[i],k10);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="physicalType"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 16:if(p==="hoursOfOperation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="operationalStatus"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 20:if(p==="managingOrganization"){const m=c.count;t8(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}break;
case 22:if(p==="availabilityExceptions"){if(!k6(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Location.position":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 8:if(p==="latitude"){b0|=2;if(!k13(v))bad(c,o,p,k12);continue;}if(p==="altitude"){if(!k13(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="longitude"){b0|=1;if(!k13(v))bad(c,o,p,k12);continue;}if(p==="_latitude"){if(o["latitude"]===undefined){b0|=2;}other(c,o,p,v,k12);continue;}if(p==="_altitude"){other(c,o,p,v,k12);continue;}break;
case 10:if(p==="_longitude"){if(o["longitude"]===undefined){b0|=1;}other(c,o,p,v,k12);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if((b0&3)!==3)missing(c,o,k12);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"Location.hoursOfOperation":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k14);continue;}break;
case 6:if(p==="allDay"){if(!(typeof v==="boolean"))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="daysOfWeek"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k15.has(v[i]))badItem(c,o,p,v,i,k14);}continue;}break;
case 11:if(p==="_daysOfWeek"){other(c,o,p,v,k14);continue;}if(p==="openingTime"){if(!k16(v))bad(c,o,p,k14);continue;}if(p==="closingTime"){if(!k16(v))bad(c,o,p,k14);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;}
};
