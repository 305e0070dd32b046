// Checks of Consent, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Attachment"))(o,c);
let t6=(o,c)=>(t6=R.link("Consent.policy"))(o,c);
let t7=(o,c)=>(t7=R.link("Consent.verification"))(o,c);
let t8=(o,c)=>(t8=R.link("Consent.provision"))(o,c);
let t9=(o,c)=>(t9=R.link("Period"))(o,c);
let t10=(o,c)=>(t10=R.link("Consent.provision.actor"))(o,c);
let t11=(o,c)=>(t11=R.link("Coding"))(o,c);
let t12=(o,c)=>(t12=R.link("Consent.provision.data"))(o,c);
const k0="Consent";
const k1=R.constraints("Consent");
const k2=(c,o,p1,p2,p3,p4,p5)=>{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if(!((p2!==undefined||p3!==undefined)))fails(c,o,k1[4]);if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x1=>(x1.system==="something"&&x1.code==="patient-privacy")))))))fails(c,o,k1[5]);};
const k3=(c,o,p4,p5)=>{if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x2=>(x2.system==="something"&&x2.code==="research")))))))fails(c,o,k1[6]);if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x3=>(x3.system==="something"&&x3.code==="adr")))))))fails(c,o,k1[7]);};
const k4=(c,o,p4,p5)=>{if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x4=>(x4.system==="something"&&x4.code==="treatment")))))))fails(c,o,k1[8]);};
const k5=R.accepts("id");
const k6=R.accepts("uri");
const k7=R.accepts("code");
const k8=R.codes("http://hl7.org/fhir/ValueSet/consent-state-codes");
const k9=R.targets(["Patient"]);
const k10=R.accepts("dateTime");
const k11=R.targets(["Organization","Patient","Practitioner","RelatedPerson","PractitionerRole"]);
const k12=R.targets(["Organization"]);
const k13=R.targets(["Consent","DocumentReference","Contract","QuestionnaireResponse"]);
const k14=R.accepts("canonical");
const k15="Consent.policy";
const k16=R.accepts("string");
const k17="Consent.verification";
const k18=R.targets(["Patient","RelatedPerson"]);
const k19="Consent.provision";
const k20=R.codes("http://hl7.org/fhir/ValueSet/consent-provision-type");
const k21="Consent.provision.actor";
const k22=R.targets(["Device","Group","CareTeam","Organization","Patient","Practitioner","RelatedPerson","PractitionerRole"]);
const k23="Consent.provision.data";
const k24=R.codes("http://hl7.org/fhir/ValueSet/consent-data-meaning");
return{
"Consent":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="scope"){p5=v;b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="policy"){p2=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="patient"){p4=v;const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="category"){b0|=4;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="dateTime"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_dateTime"){other(c,o,p,v,k0);continue;}if(p==="performer"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k11.accepts(c,v[i]))wrongTarget(c,v[i],k11);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="provision"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="policyRule"){p3=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="organization"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k12.accepts(c,v[i]))wrongTarget(c,v[i],k12);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="verification"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="sourceReference"){if((b0&8)!==0)doubled(c,"sourceReference",k0);b0|=8;const m=c.count;t4(v,c);if(!k13.accepts(c,v))wrongTarget(c,v,k13);if(c.count!==m)at(c,m,"source");continue;}break;
case 16:if(p==="sourceAttachment"){if((b0&8)!==0)doubled(c,"sourceAttachment",k0);b0|=8;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"source");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{k2(c,o,p1,p2,p3,p4,p5);k3(c,o,p4,p5);k4(c,o,p4,p5);}c.depth--;},
"Consent.policy":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k15);continue;}break;
case 3:if(p==="uri"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="authority"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"Consent.verification":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k17);continue;}break;
case 8:if(p==="verified"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_verified"){if(o["verified"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}break;
case 12:if(p==="verifiedWith"){const m=c.count;t4(v,c);if(!k18.accepts(c,v))wrongTarget(c,v,k18);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="verificationDate"){if(!k10(v))bad(c,o,p,k17);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_verificationDate"){other(c,o,p,v,k17);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"Consent.provision":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="type"){if(!k20.has(v))bad(c,o,p,k19);continue;}if(p==="code"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="data"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_type"){other(c,o,p,v,k19);continue;}if(p==="actor"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="class"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="action"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="purpose"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="provision"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="dataPeriod"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 13:if(p==="securityLabel"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"Consent.provision.actor":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k21);continue;}break;
case 4:if(p==="role"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){b0|=2;const m=c.count;t4(v,c);if(!k22.accepts(c,v))wrongTarget(c,v,k22);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if((b0&3)!==3)missing(c,o,k21);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;},
"Consent.provision.data":(o,c)=>{if(isWrong(c,o,k23))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k23);continue;}break;
case 7:if(p==="meaning"){b0|=1;if(!k24.has(v))bad(c,o,p,k23);continue;}break;
case 8:if(p==="_meaning"){if(o["meaning"]===undefined){b0|=1;}other(c,o,p,v,k23);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){b0|=2;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k23);}if((b0&3)!==3)missing(c,o,k23);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k23);c.depth--;}
};
