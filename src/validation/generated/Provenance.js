// Checks of Provenance, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Reference"))(o,c);
let t3=(o,c)=>(t3=R.link("Period"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("Provenance.agent"))(o,c);
let t6=(o,c)=>(t6=R.link("Provenance.entity"))(o,c);
let t7=(o,c)=>(t7=R.link("Signature"))(o,c);
const k0="Provenance";
const k1=R.constraints("Provenance");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("dateTime");
const k6=R.accepts("instant");
const k7=R.targets(["Location"]);
const k8=R.accepts("canonical");
const k9="Provenance.agent";
const k10=R.accepts("string");
const k11=R.targets(["Practitioner","PractitionerRole","RelatedPerson","Patient","Device","Organization"]);
const k12="Provenance.entity";
const k13=R.codes("http://hl7.org/fhir/ValueSet/provenance-entity-role");
return{
"Provenance":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="agent"){b0|=8;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="target"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="policy"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k3(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="reason"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="entity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="recorded"){b0|=4;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="location"){const m=c.count;t2(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="activity"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_recorded"){if(o["recorded"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="signature"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="occurredPeriod"){if((b0&2)!==0)doubled(c,"occurredPeriod",k0);b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"occurred");continue;}break;
case 16:if(p==="occurredDateTime"){if((b0&2)!==0)doubled(c,"occurredDateTime",k0);b0|=2;if(!k5(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_occurredDateTime"){if(o["occurredDateTime"]===undefined){if((b0&2)!==0)doubled(c,"occurredDateTime",k0);b0|=2;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&13)!==13)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Provenance.agent":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k10(v))bad(c,o,p,k9);continue;}break;
case 3:if(p==="who"){b0|=1;const m=c.count;t2(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="type"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="role"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="onBehalfOf"){const m=c.count;t2(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k9);}if((b0&1)!==1)missing(c,o,k9);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"Provenance.entity":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k10(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="role"){b0|=1;if(!k13.has(v))bad(c,o,p,k12);continue;}if(p==="what"){b0|=2;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="_role"){if(o["role"]===undefined){b0|=1;}other(c,o,p,v,k12);continue;}if(p==="agent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if((b0&3)!==3)missing(c,o,k12);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;}
};
