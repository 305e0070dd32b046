// Checks of Condition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,holds,isList,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Age"))(o,c);
let t6=(o,c)=>(t6=R.link("Period"))(o,c);
let t7=(o,c)=>(t7=R.link("Range"))(o,c);
let t8=(o,c)=>(t8=R.link("Condition.stage"))(o,c);
let t9=(o,c)=>(t9=R.link("Condition.evidence"))(o,c);
let t10=(o,c)=>(t10=R.link("Annotation"))(o,c);
const k0="Condition";
const k1=R.constraints("Condition");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["Patient","Group"]);
const k6=R.targets(["Encounter"]);
const k7=R.accepts("dateTime");
const k8=R.accepts("string");
const k9=R.targets(["Practitioner","PractitionerRole","Patient","RelatedPerson"]);
const k10=R.accepts("canonical");
const k11="Condition.stage";
const k12=R.constraints("Condition.stage");
const k13=R.targets(["ClinicalImpression","DiagnosticReport","Observation"]);
const k14="Condition.evidence";
const k15=R.constraints("Condition.evidence");
return{
"Condition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="stage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="subject"){b0|=1;const m=c.count;t4(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){p4=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="severity"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="bodySite"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="onsetAge"){if((b0&2)!==0)doubled(c,"onsetAge",k0);b0|=2;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"onset");continue;}if(p==="recorder"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="asserter"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="evidence"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="encounter"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="onsetRange"){if((b0&2)!==0)doubled(c,"onsetRange",k0);b0|=2;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,"onset");continue;}break;
case 11:if(p==="onsetPeriod"){if((b0&2)!==0)doubled(c,"onsetPeriod",k0);b0|=2;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,"onset");continue;}if(p==="onsetString"){if((b0&2)!==0)doubled(c,"onsetString",k0);b0|=2;if(!k8(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_onsetString"){if(o["onsetString"]===undefined){if((b0&2)!==0)doubled(c,"onsetString",k0);b0|=2;}other(c,o,p,v,k0);continue;}if(p==="abatementAge"){p7=v;if((b0&4)!==0)doubled(c,"abatementAge",k0);b0|=4;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"abatement");continue;}if(p==="recordedDate"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="onsetDateTime"){if((b0&2)!==0)doubled(c,"onsetDateTime",k0);b0|=2;if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_recordedDate"){other(c,o,p,v,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="clinicalStatus"){p2=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_onsetDateTime"){if(o["onsetDateTime"]===undefined){if((b0&2)!==0)doubled(c,"onsetDateTime",k0);b0|=2;}other(c,o,p,v,k0);continue;}if(p==="abatementRange"){p9=v;if((b0&4)!==0)doubled(c,"abatementRange",k0);b0|=4;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,"abatement");continue;}break;
case 15:if(p==="abatementPeriod"){p8=v;if((b0&4)!==0)doubled(c,"abatementPeriod",k0);b0|=4;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,"abatement");continue;}if(p==="abatementString"){p10=v;if((b0&4)!==0)doubled(c,"abatementString",k0);b0|=4;if(!k8(v))bad(c,o,p,k0);continue;}break;
case 16:if(p==="_abatementString"){p11=v;if(o["abatementString"]===undefined){if((b0&4)!==0)doubled(c,"abatementString",k0);b0|=4;}other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="abatementDateTime"){p5=v;if((b0&4)!==0)doubled(c,"abatementDateTime",k0);b0|=4;if(!k7(v))bad(c,o,p,k0);continue;}break;
case 18:if(p==="verificationStatus"){p3=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_abatementDateTime"){p6=v;if(o["abatementDateTime"]===undefined){if((b0&4)!==0)doubled(c,"abatementDateTime",k0);b0|=4;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((p2!==undefined||(p3?.coding!==undefined&&p3?.coding.some(x0=>(x0.system==="http://terminology.hl7.org/CodeSystem/condition-ver-status"&&x0.code==="entered-in-error")))||!((p4!==undefined&&p4.some(x1=>(x1.coding!==undefined&&x1.coding.some(x2=>(x2.system==="http://terminology.hl7.org/CodeSystem/condition-category"&&x2.code==="problem-list-item"))))))))))fails(c,o,k1[4]);if(!((!((p5!==undefined||p6!==undefined)||p7!==undefined||p8!==undefined||p9!==undefined||(p10!==undefined||p11!==undefined))||(p2?.coding!==undefined&&p2?.coding.some(x3=>(x3.system==="http://terminology.hl7.org/CodeSystem/condition-clinical"&&(x3.code==="resolved"||x3.code==="remission"||x3.code==="inactive")))))))fails(c,o,k1[5]);if(!((!((p3?.coding!==undefined&&p3?.coding.some(x4=>(x4.system==="http://terminology.hl7.org/CodeSystem/condition-ver-status"&&x4.code==="entered-in-error"))))||p2===undefined)))fails(c,o,k1[6]);}c.depth--;},
"Condition.stage":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="summary"){p0=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="assessment"){p1=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k13.accepts(c,v[i]))wrongTarget(c,v[i],k13);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);if(c.faults!==f)check(c,o,k12);else{if(!((p0!==undefined||p1!==undefined)))fails(c,o,k12[0]);}c.depth--;},
"Condition.evidence":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="code"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="detail"){p1=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);if(c.faults!==f)check(c,o,k15);else{if(!((p0!==undefined||p1!==undefined)))fails(c,o,k15[0]);}c.depth--;}
};
