// Checks of ExampleScenario, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("ContactDetail"))(o,c);
let t4=(o,c)=>(t4=R.link("UsageContext"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("ExampleScenario.actor"))(o,c);
let t7=(o,c)=>(t7=R.link("ExampleScenario.instance"))(o,c);
let t8=(o,c)=>(t8=R.link("ExampleScenario.process"))(o,c);
let t9=(o,c)=>(t9=R.link("ExampleScenario.instance.version"))(o,c);
let t10=(o,c)=>(t10=R.link("ExampleScenario.instance.containedInstance"))(o,c);
let t11=(o,c)=>(t11=R.link("ExampleScenario.process.step"))(o,c);
let t12=(o,c)=>(t12=R.link("ExampleScenario.process.step.operation"))(o,c);
let t13=(o,c)=>(t13=R.link("ExampleScenario.process.step.alternative"))(o,c);
const k0="ExampleScenario";
const k1=R.constraints("ExampleScenario");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k8=R.accepts("dateTime");
const k9=R.accepts("markdown");
const k10=R.accepts("canonical");
const k11="ExampleScenario.actor";
const k12=R.codes("http://hl7.org/fhir/ValueSet/examplescenario-actor-type");
const k13="ExampleScenario.instance";
const k14=R.codes("http://hl7.org/fhir/ValueSet/resource-types");
const k15="ExampleScenario.instance.version";
const k16="ExampleScenario.instance.containedInstance";
const k17="ExampleScenario.process";
const k18="ExampleScenario.process.step";
const k19="ExampleScenario.process.step.operation";
const k20="ExampleScenario.process.step.alternative";
return{
"ExampleScenario":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){p3=v;other(c,o,p,v,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="actor"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k7.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="process"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}if(p==="instance"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="workflow"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k10(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="_workflow"){other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"ExampleScenario.actor":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="type"){b0|=2;if(!k12.has(v))bad(c,o,p,k11);continue;}if(p==="name"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=2;}other(c,o,p,v,k11);continue;}if(p==="_name"){other(c,o,p,v,k11);continue;}break;
case 7:if(p==="actorId"){b0|=1;if(!k6(v))bad(c,o,p,k11);continue;}break;
case 8:if(p==="_actorId"){if(o["actorId"]===undefined){b0|=1;}other(c,o,p,v,k11);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&3)!==3)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"ExampleScenario.instance":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="name"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 7:if(p==="version"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="resourceId"){b0|=1;if(!k6(v))bad(c,o,p,k13);continue;}break;
case 11:if(p==="_resourceId"){if(o["resourceId"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}if(p==="description"){if(!k9(v))bad(c,o,p,k13);continue;}break;
case 12:if(p==="resourceType"){b0|=2;if(!k14.has(v))bad(c,o,p,k13);continue;}if(p==="_description"){other(c,o,p,v,k13);continue;}break;
case 13:if(p==="_resourceType"){if(o["resourceType"]===undefined){b0|=2;}other(c,o,p,v,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="containedInstance"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k13);}if((b0&3)!==3)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"ExampleScenario.instance.version":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="versionId"){b0|=1;if(!k6(v))bad(c,o,p,k15);continue;}break;
case 10:if(p==="_versionId"){if(o["versionId"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}break;
case 11:if(p==="description"){b0|=2;if(!k9(v))bad(c,o,p,k15);continue;}break;
case 12:if(p==="_description"){if(o["description"]===undefined){b0|=2;}other(c,o,p,v,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&3)!==3)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"ExampleScenario.instance.containedInstance":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="versionId"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 10:if(p==="resourceId"){b0|=1;if(!k6(v))bad(c,o,p,k16);continue;}if(p==="_versionId"){other(c,o,p,v,k16);continue;}break;
case 11:if(p==="_resourceId"){if(o["resourceId"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"ExampleScenario.process":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="step"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="title"){b0|=1;if(!k6(v))bad(c,o,p,k17);continue;}break;
case 6:if(p==="_title"){if(o["title"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k17);continue;}break;
case 13:if(p==="preConditions"){if(!k9(v))bad(c,o,p,k17);continue;}break;
case 14:if(p==="_preConditions"){other(c,o,p,v,k17);continue;}if(p==="postConditions"){if(!k9(v))bad(c,o,p,k17);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"ExampleScenario.process.step":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k18);continue;}break;
case 5:if(p==="pause"){if(!(typeof v==="boolean"))bad(c,o,p,k18);continue;}break;
case 7:if(p==="process"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="operation"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="alternative"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"ExampleScenario.process.step.operation":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="type"){if(!k6(v))bad(c,o,p,k19);continue;}if(p==="name"){if(!k6(v))bad(c,o,p,k19);continue;}break;
case 6:if(p==="number"){b0|=1;if(!k6(v))bad(c,o,p,k19);continue;}break;
case 7:if(p==="_number"){if(o["number"]===undefined){b0|=1;}other(c,o,p,v,k19);continue;}if(p==="request"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="receiver"){if(!k6(v))bad(c,o,p,k19);continue;}if(p==="response"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="initiator"){if(!k6(v))bad(c,o,p,k19);continue;}if(p==="_receiver"){other(c,o,p,v,k19);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k19);continue;}break;
case 14:if(p==="receiverActive"){if(!(typeof v==="boolean"))bad(c,o,p,k19);continue;}break;
case 15:if(p==="initiatorActive"){if(!(typeof v==="boolean"))bad(c,o,p,k19);continue;}if(p==="_receiverActive"){other(c,o,p,v,k19);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if((b0&1)!==1)missing(c,o,k19);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"ExampleScenario.process.step.alternative":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k20);continue;}break;
case 4:if(p==="step"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="title"){b0|=1;if(!k6(v))bad(c,o,p,k20);continue;}break;
case 6:if(p==="_title"){if(o["title"]===undefined){b0|=1;}other(c,o,p,v,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k20);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&1)!==1)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;}
};
