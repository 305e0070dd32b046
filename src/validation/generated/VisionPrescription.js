// Checks of VisionPrescription, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("VisionPrescription.lensSpecification"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("VisionPrescription.lensSpecification.prism"))(o,c);
let t7=(o,c)=>(t7=R.link("Quantity"))(o,c);
let t8=(o,c)=>(t8=R.link("Annotation"))(o,c);
const k0="VisionPrescription";
const k1=R.constraints("VisionPrescription");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/fm-status");
const k6=R.accepts("dateTime");
const k7=R.targets(["Patient"]);
const k8=R.targets(["Encounter"]);
const k9=R.targets(["Practitioner","PractitionerRole"]);
const k10=R.accepts("canonical");
const k11="VisionPrescription.lensSpecification";
const k12=R.accepts("string");
const k13=R.codes("http://hl7.org/fhir/ValueSet/vision-eye-codes");
const k14=R.accepts("decimal");
const k15=R.accepts("integer");
const k16="VisionPrescription.lensSpecification.prism";
const k17=R.codes("http://hl7.org/fhir/ValueSet/vision-base-codes");
return{
"VisionPrescription":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="created"){b0|=2;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="patient"){b0|=4;const m=c.count;t3(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_created"){if(o["created"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="encounter"){const m=c.count;t3(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="prescriber"){b0|=16;const m=c.count;t3(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="dateWritten"){b0|=8;if(!k6(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_dateWritten"){if(o["dateWritten"]===undefined){b0|=8;}other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="lensSpecification"){b0|=32;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&63)!==63)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"VisionPrescription.lensSpecification":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k11);continue;}break;
case 3:if(p==="eye"){b0|=2;if(!k13.has(v))bad(c,o,p,k11);continue;}if(p==="add"){if(!k14(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="_eye"){if(o["eye"]===undefined){b0|=2;}other(c,o,p,v,k11);continue;}if(p==="axis"){if(!k15(v,o,p))bad(c,o,p,k11);continue;}if(p==="_add"){other(c,o,p,v,k11);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_axis"){other(c,o,p,v,k11);continue;}if(p==="prism"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="power"){if(!k14(v))bad(c,o,p,k11);continue;}if(p==="color"){if(!k12(v))bad(c,o,p,k11);continue;}if(p==="brand"){if(!k12(v))bad(c,o,p,k11);continue;}break;
case 6:if(p==="sphere"){if(!k14(v))bad(c,o,p,k11);continue;}if(p==="_power"){other(c,o,p,v,k11);continue;}if(p==="_color"){other(c,o,p,v,k11);continue;}if(p==="_brand"){other(c,o,p,v,k11);continue;}break;
case 7:if(p==="product"){b0|=1;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_sphere"){other(c,o,p,v,k11);continue;}break;
case 8:if(p==="cylinder"){if(!k14(v))bad(c,o,p,k11);continue;}if(p==="diameter"){if(!k14(v))bad(c,o,p,k11);continue;}if(p==="duration"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_cylinder"){other(c,o,p,v,k11);continue;}if(p==="backCurve"){if(!k14(v))bad(c,o,p,k11);continue;}if(p==="_diameter"){other(c,o,p,v,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&3)!==3)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"VisionPrescription.lensSpecification.prism":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k12(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="base"){b0|=2;if(!k17.has(v))bad(c,o,p,k16);continue;}break;
case 5:if(p==="_base"){if(o["base"]===undefined){b0|=2;}other(c,o,p,v,k16);continue;}break;
case 6:if(p==="amount"){b0|=1;if(!k14(v))bad(c,o,p,k16);continue;}break;
case 7:if(p==="_amount"){if(o["amount"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&3)!==3)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;}
};
