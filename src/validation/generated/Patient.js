// Checks of Patient, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("HumanName"))(o,c);
let t4=(o,c)=>(t4=R.link("ContactPoint"))(o,c);
let t5=(o,c)=>(t5=R.link("Address"))(o,c);
let t6=(o,c)=>(t6=R.link("CodeableConcept"))(o,c);
let t7=(o,c)=>(t7=R.link("Attachment"))(o,c);
let t8=(o,c)=>(t8=R.link("Patient.contact"))(o,c);
let t9=(o,c)=>(t9=R.link("Patient.communication"))(o,c);
let t10=(o,c)=>(t10=R.link("Reference"))(o,c);
let t11=(o,c)=>(t11=R.link("Patient.link"))(o,c);
let t12=(o,c)=>(t12=R.link("Period"))(o,c);
const k0="Patient";
const k1=R.constraints("Patient");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/administrative-gender");
const k6=R.accepts("date");
const k7=R.accepts("dateTime");
const k8=R.accepts("integer");
const k9=R.targets(["Organization","Practitioner","PractitionerRole"]);
const k10=R.targets(["Organization"]);
const k11=R.accepts("canonical");
const k12="Patient.contact";
const k13=R.constraints("Patient.contact");
const k14=R.accepts("string");
const k15="Patient.communication";
const k16="Patient.link";
const k17=R.targets(["Patient","RelatedPerson"]);
const k18=R.codes("http://hl7.org/fhir/ValueSet/link-type");
return{
"Patient":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="link"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="photo"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="active"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="gender"){if(!k5.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_active"){other(c,o,p,v,k0);continue;}if(p==="telecom"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_gender"){other(c,o,p,v,k0);continue;}if(p==="address"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="birthDate"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_birthDate"){other(c,o,p,v,k0);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="maritalStatus"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="communication"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 15:if(p==="deceasedBoolean"){if((b0&1)!==0)doubled(c,"deceasedBoolean",k0);b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}break;
case 16:if(p==="_deceasedBoolean"){if(o["deceasedBoolean"]===undefined){if((b0&1)!==0)doubled(c,"deceasedBoolean",k0);b0|=1;}other(c,o,p,v,k0);continue;}if(p==="deceasedDateTime"){if((b0&1)!==0)doubled(c,"deceasedDateTime",k0);b0|=1;if(!k7(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_deceasedDateTime"){if(o["deceasedDateTime"]===undefined){if((b0&1)!==0)doubled(c,"deceasedDateTime",k0);b0|=1;}other(c,o,p,v,k0);continue;}break;
case 19:if(p==="generalPractitioner"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(!k9.accepts(c,v[i]))wrongTarget(c,v[i],k9);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 20:if(p==="multipleBirthBoolean"){if((b0&2)!==0)doubled(c,"multipleBirthBoolean",k0);b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="multipleBirthInteger"){if((b0&2)!==0)doubled(c,"multipleBirthInteger",k0);b0|=2;if(!k8(v,o,p))bad(c,o,p,k0);continue;}if(p==="managingOrganization"){const m=c.count;t10(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}break;
case 21:if(p==="_multipleBirthBoolean"){if(o["multipleBirthBoolean"]===undefined){if((b0&2)!==0)doubled(c,"multipleBirthBoolean",k0);b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_multipleBirthInteger"){if(o["multipleBirthInteger"]===undefined){if((b0&2)!==0)doubled(c,"multipleBirthInteger",k0);b0|=2;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Patient.contact":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,p0,p1,p2,p3;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="name"){p0=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="gender"){if(!k5.has(v))bad(c,o,p,k12);continue;}if(p==="period"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="telecom"){p1=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="address"){p2=v;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_gender"){other(c,o,p,v,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="relationship"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="organization"){p3=v;const m=c.count;t10(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);if(c.faults!==f)check(c,o,k13);else{if(!((p0!==undefined||p1!==undefined||p2!==undefined||p3!==undefined)))fails(c,o,k13[0]);}c.depth--;},
"Patient.communication":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k15);continue;}break;
case 8:if(p==="language"){b0|=1;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="preferred"){if(!(typeof v==="boolean"))bad(c,o,p,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"Patient.link":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="type"){b0|=2;if(!k18.has(v))bad(c,o,p,k16);continue;}break;
case 5:if(p==="other"){b0|=1;const m=c.count;t10(v,c);if(!k17.accepts(c,v))wrongTarget(c,v,k17);if(c.count!==m)at(c,m,p);continue;}if(p==="_type"){if(o["type"]===undefined){b0|=2;}other(c,o,p,v,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&3)!==3)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;}
};
