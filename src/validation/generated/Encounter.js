// Checks of Encounter, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Encounter.statusHistory"))(o,c);
let t4=(o,c)=>(t4=R.link("Coding"))(o,c);
let t5=(o,c)=>(t5=R.link("Encounter.classHistory"))(o,c);
let t6=(o,c)=>(t6=R.link("CodeableConcept"))(o,c);
let t7=(o,c)=>(t7=R.link("Reference"))(o,c);
let t8=(o,c)=>(t8=R.link("Encounter.participant"))(o,c);
let t9=(o,c)=>(t9=R.link("Period"))(o,c);
let t10=(o,c)=>(t10=R.link("Duration"))(o,c);
let t11=(o,c)=>(t11=R.link("Encounter.diagnosis"))(o,c);
let t12=(o,c)=>(t12=R.link("Encounter.hospitalization"))(o,c);
let t13=(o,c)=>(t13=R.link("Encounter.location"))(o,c);
const k0="Encounter";
const k1=R.constraints("Encounter");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/encounter-status");
const k6=R.targets(["Patient","Group"]);
const k7=R.targets(["EpisodeOfCare"]);
const k8=R.targets(["ServiceRequest"]);
const k9=R.targets(["Appointment"]);
const k10=R.targets(["Condition","Procedure","Observation","ImmunizationRecommendation"]);
const k11=R.targets(["Account"]);
const k12=R.targets(["Organization"]);
const k13=R.targets(["Encounter"]);
const k14=R.accepts("canonical");
const k15="Encounter.statusHistory";
const k16=R.accepts("string");
const k17="Encounter.classHistory";
const k18="Encounter.participant";
const k19=R.targets(["Practitioner","PractitionerRole","RelatedPerson"]);
const k20="Encounter.diagnosis";
const k21=R.targets(["Condition","Procedure"]);
const k22=R.accepts("positiveInt");
const k23="Encounter.hospitalization";
const k24=R.targets(["Location","Organization"]);
const k25="Encounter.location";
const k26=R.targets(["Location"]);
const k27=R.codes("http://hl7.org/fhir/ValueSet/encounter-location-status");
return{
"Encounter":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="class"){b0|=2;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="length"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="partOf"){const m=c.count;t7(v,c);if(!k13.accepts(c,v))wrongTarget(c,v,k13);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){const m=c.count;t7(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="basedOn"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="account"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k11.accepts(c,v[i]))wrongTarget(c,v[i],k11);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="priority"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="location"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="diagnosis"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="reasonCode"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="serviceType"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="participant"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="appointment"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k9.accepts(c,v[i]))wrongTarget(c,v[i],k9);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="classHistory"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="statusHistory"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="episodeOfCare"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k7.accepts(c,v[i]))wrongTarget(c,v[i],k7);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 15:if(p==="reasonReference"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k10.accepts(c,v[i]))wrongTarget(c,v[i],k10);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="hospitalization"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="serviceProvider"){const m=c.count;t7(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Encounter.statusHistory":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k15);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k15);continue;}if(p==="period"){b0|=2;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&3)!==3)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"Encounter.classHistory":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k17);continue;}break;
case 5:if(p==="class"){b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="period"){b0|=2;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&3)!==3)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"Encounter.participant":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k18);continue;}break;
case 4:if(p==="type"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="individual"){const m=c.count;t7(v,c);if(!k19.accepts(c,v))wrongTarget(c,v,k19);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"Encounter.diagnosis":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k20);continue;}break;
case 3:if(p==="use"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="rank"){if(!k22(v,o,p))bad(c,o,p,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="condition"){b0|=1;const m=c.count;t7(v,c);if(!k21.accepts(c,v))wrongTarget(c,v,k21);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&1)!==1)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"Encounter.hospitalization":(o,c)=>{if(isWrong(c,o,k23))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k23);continue;}break;
case 6:if(p==="origin"){const m=c.count;t7(v,c);if(!k24.accepts(c,v))wrongTarget(c,v,k24);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="admitSource"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="reAdmission"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="destination"){const m=c.count;t7(v,c);if(!k24.accepts(c,v))wrongTarget(c,v,k24);if(c.count!==m)at(c,m,p);continue;}break;
case 14:if(p==="dietPreference"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 15:if(p==="specialCourtesy"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="specialArrangement"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 20:if(p==="dischargeDisposition"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 22:if(p==="preAdmissionIdentifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k23);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k23);c.depth--;},
"Encounter.location":(o,c)=>{if(isWrong(c,o,k25))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k25);continue;}break;
case 6:if(p==="status"){if(!k27.has(v))bad(c,o,p,k25);continue;}if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="location"){b0|=1;const m=c.count;t7(v,c);if(!k26.accepts(c,v))wrongTarget(c,v,k26);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="physicalType"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k25);}if((b0&1)!==1)missing(c,o,k25);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k25);c.depth--;}
};
