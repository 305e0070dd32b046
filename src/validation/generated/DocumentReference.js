// Checks of DocumentReference, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("DocumentReference.relatesTo"))(o,c);
let t6=(o,c)=>(t6=R.link("DocumentReference.content"))(o,c);
let t7=(o,c)=>(t7=R.link("DocumentReference.context"))(o,c);
let t8=(o,c)=>(t8=R.link("Attachment"))(o,c);
let t9=(o,c)=>(t9=R.link("Coding"))(o,c);
let t10=(o,c)=>(t10=R.link("Period"))(o,c);
const k0="DocumentReference";
const k1=R.constraints("DocumentReference");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/document-reference-status");
const k6=R.codes("http://hl7.org/fhir/ValueSet/composition-status");
const k7=R.targets(["Patient","Practitioner","Group","Device"]);
const k8=R.accepts("instant");
const k9=R.targets(["Practitioner","PractitionerRole","Organization","Device","Patient","RelatedPerson"]);
const k10=R.targets(["Practitioner","PractitionerRole","Organization"]);
const k11=R.targets(["Organization"]);
const k12=R.accepts("string");
const k13=R.accepts("canonical");
const k14="DocumentReference.relatesTo";
const k15=R.codes("http://hl7.org/fhir/ValueSet/document-relationship-type");
const k16=R.targets(["DocumentReference"]);
const k17="DocumentReference.content";
const k18="DocumentReference.context";
const k19=R.targets(["Encounter","EpisodeOfCare"]);
const k20=R.targets(["Patient"]);
return{
"DocumentReference":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="author"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k9.accepts(c,v[i]))wrongTarget(c,v[i],k9);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="content"){b0|=2;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="context"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="docStatus"){if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="custodian"){const m=c.count;t4(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}if(p==="relatesTo"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_docStatus"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="description"){if(!k12(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="authenticator"){const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}if(p==="securityLabel"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="masterIdentifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"DocumentReference.relatesTo":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="code"){b0|=1;if(!k15.has(v))bad(c,o,p,k14);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=1;}other(c,o,p,v,k14);continue;}break;
case 6:if(p==="target"){b0|=2;const m=c.count;t4(v,c);if(!k16.accepts(c,v))wrongTarget(c,v,k16);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&3)!==3)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"DocumentReference.content":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k17);continue;}break;
case 6:if(p==="format"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="attachment"){b0|=1;const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"DocumentReference.context":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k18);continue;}break;
case 5:if(p==="event"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="period"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="related"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="encounter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k19.accepts(c,v[i]))wrongTarget(c,v[i],k19);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="facilityType"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 15:if(p==="practiceSetting"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="sourcePatientInfo"){const m=c.count;t4(v,c);if(!k20.accepts(c,v))wrongTarget(c,v,k20);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;}
};
