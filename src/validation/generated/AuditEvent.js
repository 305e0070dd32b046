// Checks of AuditEvent, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Coding"))(o,c);
let t3=(o,c)=>(t3=R.link("Period"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("AuditEvent.agent"))(o,c);
let t6=(o,c)=>(t6=R.link("AuditEvent.source"))(o,c);
let t7=(o,c)=>(t7=R.link("AuditEvent.entity"))(o,c);
let t8=(o,c)=>(t8=R.link("Reference"))(o,c);
let t9=(o,c)=>(t9=R.link("AuditEvent.agent.network"))(o,c);
let t10=(o,c)=>(t10=R.link("AuditEvent.entity.detail"))(o,c);
const k0="AuditEvent";
const k1=R.constraints("AuditEvent");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/audit-event-action");
const k6=R.accepts("instant");
const k7=R.codes("http://hl7.org/fhir/ValueSet/audit-event-outcome");
const k8=R.accepts("string");
const k9=R.accepts("canonical");
const k10="AuditEvent.agent";
const k11=R.targets(["PractitionerRole","Practitioner","Organization","Device","Patient","RelatedPerson"]);
const k12=R.targets(["Location"]);
const k13="AuditEvent.agent.network";
const k14=R.codes("http://hl7.org/fhir/ValueSet/network-type");
const k15="AuditEvent.source";
const k16="AuditEvent.entity";
const k17=R.constraints("AuditEvent.entity");
const k18=R.accepts("base64Binary");
const k19="AuditEvent.entity.detail";
return{
"AuditEvent":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="agent"){b0|=4;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="action"){if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="period"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="source"){b0|=8;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="entity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="subtype"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_action"){other(c,o,p,v,k0);continue;}if(p==="outcome"){if(!k7.has(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="recorded"){b0|=2;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_outcome"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_recorded"){if(o["recorded"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 11:if(p==="outcomeDesc"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_outcomeDesc"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="purposeOfEvent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&15)!==15)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"AuditEvent.agent":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k10);continue;}break;
case 3:if(p==="who"){const m=c.count;t8(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="type"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="role"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="name"){if(!k8(v))bad(c,o,p,k10);continue;}break;
case 5:if(p==="altId"){if(!k8(v))bad(c,o,p,k10);continue;}if(p==="_name"){other(c,o,p,v,k10);continue;}if(p==="media"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="_altId"){other(c,o,p,v,k10);continue;}if(p==="policy"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k3(v[i]))badItem(c,o,p,v,i,k10);}continue;}break;
case 7:if(p==="_policy"){other(c,o,p,v,k10);continue;}if(p==="network"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="location"){const m=c.count;t8(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="requestor"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k10);continue;}break;
case 10:if(p==="_requestor"){if(o["requestor"]===undefined){b0|=1;}other(c,o,p,v,k10);continue;}break;
case 12:if(p==="purposeOfUse"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k10);}if((b0&1)!==1)missing(c,o,k10);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"AuditEvent.agent.network":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="type"){if(!k14.has(v))bad(c,o,p,k13);continue;}break;
case 7:if(p==="address"){if(!k8(v))bad(c,o,p,k13);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"AuditEvent.source":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="site"){if(!k8(v))bad(c,o,p,k15);continue;}if(p==="type"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="observer"){b0|=1;const m=c.count;t8(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"AuditEvent.entity":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,p0,p1,p2,p3;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="what"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="role"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){p0=v;if(!k8(v))bad(c,o,p,k16);continue;}break;
case 5:if(p==="_name"){p1=v;other(c,o,p,v,k16);continue;}if(p==="query"){p2=v;if(!k18(v))bad(c,o,p,k16);continue;}break;
case 6:if(p==="_query"){p3=v;other(c,o,p,v,k16);continue;}if(p==="detail"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="lifecycle"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="description"){if(!k8(v))bad(c,o,p,k16);continue;}break;
case 13:if(p==="securityLabel"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);if(c.faults!==f)check(c,o,k17);else{if(!((!(p0!==undefined||p1!==undefined)||!(p2!==undefined||p3!==undefined))))fails(c,o,k17[0]);}c.depth--;},
"AuditEvent.entity.detail":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k8(v))bad(c,o,p,k19);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k19);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="valueString"){if((b0&2)!==0)doubled(c,"valueString",k19);b0|=2;if(!k8(v))bad(c,o,p,k19);continue;}break;
case 12:if(p==="_valueString"){if(o["valueString"]===undefined){if((b0&2)!==0)doubled(c,"valueString",k19);b0|=2;}other(c,o,p,v,k19);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="valueBase64Binary"){if((b0&2)!==0)doubled(c,"valueBase64Binary",k19);b0|=2;if(!k18(v))bad(c,o,p,k19);continue;}break;
case 18:if(p==="_valueBase64Binary"){if(o["valueBase64Binary"]===undefined){if((b0&2)!==0)doubled(c,"valueBase64Binary",k19);b0|=2;}other(c,o,p,v,k19);continue;}break;}other(c,o,p,v,k19);}if((b0&3)!==3)missing(c,o,k19);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;}
};
