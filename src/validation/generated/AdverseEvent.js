// Checks of AdverseEvent, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("AdverseEvent.suspectEntity"))(o,c);
let t6=(o,c)=>(t6=R.link("AdverseEvent.suspectEntity.causality"))(o,c);
const k0="AdverseEvent";
const k1=R.constraints("AdverseEvent");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/adverse-event-actuality");
const k6=R.targets(["Patient","Group","Practitioner","RelatedPerson"]);
const k7=R.targets(["Encounter"]);
const k8=R.accepts("dateTime");
const k9=R.targets(["Condition"]);
const k10=R.targets(["Location"]);
const k11=R.targets(["Patient","Practitioner","PractitionerRole","RelatedPerson"]);
const k12=R.targets(["Practitioner","PractitionerRole","Device"]);
const k13=R.targets(["Condition","Observation","AllergyIntolerance","FamilyMemberHistory","Immunization","Procedure","Media","DocumentReference"]);
const k14=R.targets(["DocumentReference"]);
const k15=R.targets(["ResearchStudy"]);
const k16=R.accepts("canonical");
const k17="AdverseEvent.suspectEntity";
const k18=R.accepts("string");
const k19=R.targets(["Immunization","Procedure","Substance","Medication","MedicationAdministration","MedicationStatement","Device"]);
const k20="AdverseEvent.suspectEntity.causality";
const k21=R.targets(["Practitioner","PractitionerRole"]);
return{
"AdverseEvent":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="event"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="study"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k15.accepts(c,v[i]))wrongTarget(c,v[i],k15);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="subject"){b0|=2;const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="outcome"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="detected"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="location"){const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}if(p==="severity"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="recorder"){const m=c.count;t4(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="actuality"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="encounter"){const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="_detected"){other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_actuality"){if(o["actuality"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}break;
case 11:if(p==="seriousness"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="contributor"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k12.accepts(c,v[i]))wrongTarget(c,v[i],k12);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="recordedDate"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_recordedDate"){other(c,o,p,v,k0);continue;}if(p==="suspectEntity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="referenceDocument"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k14.accepts(c,v[i]))wrongTarget(c,v[i],k14);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 18:if(p==="resultingCondition"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k9.accepts(c,v[i]))wrongTarget(c,v[i],k9);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 21:if(p==="subjectMedicalHistory"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k13.accepts(c,v[i]))wrongTarget(c,v[i],k13);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"AdverseEvent.suspectEntity":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k18(v))bad(c,o,p,k17);continue;}break;
case 8:if(p==="instance"){b0|=1;const m=c.count;t4(v,c);if(!k19.accepts(c,v))wrongTarget(c,v,k19);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="causality"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"AdverseEvent.suspectEntity.causality":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k18(v))bad(c,o,p,k20);continue;}break;
case 6:if(p==="author"){const m=c.count;t4(v,c);if(!k21.accepts(c,v))wrongTarget(c,v,k21);if(c.count!==m)at(c,m,p);continue;}if(p==="method"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="assessment"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="productRelatedness"){if(!k18(v))bad(c,o,p,k20);continue;}break;}other(c,o,p,v,k20);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;}
};
