// Checks of MessageHeader, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Coding"))(o,c);
let t3=(o,c)=>(t3=R.link("MessageHeader.destination"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("MessageHeader.source"))(o,c);
let t6=(o,c)=>(t6=R.link("CodeableConcept"))(o,c);
let t7=(o,c)=>(t7=R.link("MessageHeader.response"))(o,c);
let t8=(o,c)=>(t8=R.link("ContactPoint"))(o,c);
const k0="MessageHeader";
const k1=R.constraints("MessageHeader");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["Practitioner","PractitionerRole","Organization"]);
const k6=R.targets(["Practitioner","PractitionerRole"]);
const k7=R.accepts("canonical");
const k8="MessageHeader.destination";
const k9=R.accepts("string");
const k10=R.targets(["Device"]);
const k11=R.accepts("url");
const k12="MessageHeader.source";
const k13="MessageHeader.response";
const k14=R.codes("http://hl7.org/fhir/ValueSet/response-code");
const k15=R.targets(["OperationOutcome"]);
return{
"MessageHeader":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="focus"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="sender"){const m=c.count;t4(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}if(p==="author"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="source"){b0|=2;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="reason"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="enterer"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="eventUri"){if((b0&1)!==0)doubled(c,"eventUri",k0);b0|=1;if(!k3(v))bad(c,o,p,k0);continue;}if(p==="response"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_eventUri"){if(o["eventUri"]===undefined){if((b0&1)!==0)doubled(c,"eventUri",k0);b0|=1;}other(c,o,p,v,k0);continue;}break;
case 10:if(p==="definition"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="eventCoding"){if((b0&1)!==0)doubled(c,"eventCoding",k0);b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"event");continue;}if(p==="destination"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="responsible"){const m=c.count;t4(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}if(p==="_definition"){other(c,o,p,v,k0);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"MessageHeader.destination":(o,c)=>{if(isWrong(c,o,k8))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k8);continue;}break;
case 4:if(p==="name"){if(!k9(v))bad(c,o,p,k8);continue;}break;
case 6:if(p==="target"){const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="endpoint"){b0|=1;if(!k11(v))bad(c,o,p,k8);continue;}if(p==="receiver"){const m=c.count;t4(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_endpoint"){if(o["endpoint"]===undefined){b0|=1;}other(c,o,p,v,k8);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k8);}if((b0&1)!==1)missing(c,o,k8);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k8);c.depth--;},
"MessageHeader.source":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="name"){if(!k9(v))bad(c,o,p,k12);continue;}break;
case 7:if(p==="version"){if(!k9(v))bad(c,o,p,k12);continue;}if(p==="contact"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="software"){if(!k9(v))bad(c,o,p,k12);continue;}if(p==="_version"){other(c,o,p,v,k12);continue;}if(p==="endpoint"){b0|=1;if(!k11(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_software"){other(c,o,p,v,k12);continue;}if(p==="_endpoint"){if(o["endpoint"]===undefined){b0|=1;}other(c,o,p,v,k12);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if((b0&1)!==1)missing(c,o,k12);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"MessageHeader.response":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="code"){b0|=2;if(!k14.has(v))bad(c,o,p,k13);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=2;}other(c,o,p,v,k13);continue;}break;
case 7:if(p==="details"){const m=c.count;t4(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){b0|=1;if(!k2(v))bad(c,o,p,k13);continue;}break;
case 11:if(p==="_identifier"){if(o["identifier"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&3)!==3)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;}
};
