// Checks of Composition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Composition.attester"))(o,c);
let t6=(o,c)=>(t6=R.link("Composition.relatesTo"))(o,c);
let t7=(o,c)=>(t7=R.link("Composition.event"))(o,c);
let t8=(o,c)=>(t8=R.link("Composition.section"))(o,c);
let t9=(o,c)=>(t9=R.link("Period"))(o,c);
const k0="Composition";
const k1=R.constraints("Composition");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/composition-status");
const k6=R.targets(["Encounter"]);
const k7=R.accepts("dateTime");
const k8=R.targets(["Practitioner","PractitionerRole","Device","Patient","RelatedPerson","Organization"]);
const k9=R.accepts("string");
const k10=R.codes("http://terminology.hl7.org/ValueSet/v3-ConfidentialityClassification");
const k11=R.targets(["Organization"]);
const k12=R.accepts("canonical");
const k13="Composition.attester";
const k14=R.codes("http://hl7.org/fhir/ValueSet/composition-attestation-mode");
const k15=R.targets(["Patient","RelatedPerson","Practitioner","PractitionerRole","Organization"]);
const k16="Composition.relatesTo";
const k17=R.codes("http://hl7.org/fhir/ValueSet/document-relationship-type");
const k18=R.targets(["Composition"]);
const k19="Composition.event";
const k20="Composition.section";
const k21=R.constraints("Composition.section");
const k22=R.codes("http://hl7.org/fhir/ValueSet/list-mode");
return{
"Composition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){b0|=4;if(!k7(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_date"){if(o["date"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="title"){b0|=16;if(!k9(v))bad(c,o,p,k0);continue;}if(p==="event"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="author"){b0|=8;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_title"){if(o["title"]===undefined){b0|=16;}other(c,o,p,v,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="section"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="attester"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="encounter"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="custodian"){const m=c.count;t4(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}if(p==="relatesTo"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="confidentiality"){if(!k10.has(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&31)!==31)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Composition.attester":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="mode"){b0|=1;if(!k14.has(v))bad(c,o,p,k13);continue;}if(p==="time"){if(!k7(v))bad(c,o,p,k13);continue;}break;
case 5:if(p==="_mode"){if(o["mode"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}if(p==="_time"){other(c,o,p,v,k13);continue;}if(p==="party"){const m=c.count;t4(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&1)!==1)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"Composition.relatesTo":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="code"){b0|=1;if(!k17.has(v))bad(c,o,p,k16);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 15:if(p==="targetReference"){if((b0&2)!==0)doubled(c,"targetReference",k16);b0|=2;const m=c.count;t4(v,c);if(!k18.accepts(c,v))wrongTarget(c,v,k18);if(c.count!==m)at(c,m,"target");continue;}break;
case 16:if(p==="targetIdentifier"){if((b0&2)!==0)doubled(c,"targetIdentifier",k16);b0|=2;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"target");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&3)!==3)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"Composition.event":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="code"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="detail"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"Composition.section":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,p0,p1,p2,p3;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k9(v))bad(c,o,p,k20);continue;}break;
case 4:if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p0=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="mode"){if(!k22.has(v))bad(c,o,p,k20);continue;}break;
case 5:if(p==="title"){if(!k9(v))bad(c,o,p,k20);continue;}if(p==="focus"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_mode"){other(c,o,p,v,k20);continue;}if(p==="entry"){p1=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k20);continue;}if(p==="author"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="section"){p2=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="orderedBy"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="emptyReason"){p3=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);if(c.faults!==f)check(c,o,k21);else{if(!((p0!==undefined||p1!==undefined||p2!==undefined)))fails(c,o,k21[0]);if(!((p3===undefined||p1===undefined)))fails(c,o,k21[1]);}c.depth--;}
};
