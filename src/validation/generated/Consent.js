// Checks of Consent, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,holds,isList,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
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
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/consent-state-codes");
const k6=R.targets(["Patient"]);
const k7=R.accepts("dateTime");
const k8=R.targets(["Organization","Patient","Practitioner","RelatedPerson","PractitionerRole"]);
const k9=R.targets(["Organization"]);
const k10=R.targets(["Consent","DocumentReference","Contract","QuestionnaireResponse"]);
const k11=R.accepts("canonical");
const k12="Consent.policy";
const k13=R.accepts("string");
const k14="Consent.verification";
const k15=R.targets(["Patient","RelatedPerson"]);
const k16="Consent.provision";
const k17=R.codes("http://hl7.org/fhir/ValueSet/consent-provision-type");
const k18="Consent.provision.actor";
const k19=R.targets(["Device","Group","CareTeam","Organization","Patient","Practitioner","RelatedPerson","PractitionerRole"]);
const k20="Consent.provision.data";
const k21=R.codes("http://hl7.org/fhir/ValueSet/consent-data-meaning");
return{
"Consent":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="scope"){p5=v;b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="policy"){p2=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="patient"){p4=v;const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){b0|=4;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="dateTime"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_dateTime"){other(c,o,p,v,k0);continue;}if(p==="performer"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="provision"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="policyRule"){p3=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="organization"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k9.accepts(c,v[i]))wrongTarget(c,v[i],k9);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="verification"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="sourceReference"){if((b0&8)!==0)doubled(c,"sourceReference",k0);b0|=8;const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,"source");continue;}break;
case 16:if(p==="sourceAttachment"){if((b0&8)!==0)doubled(c,"sourceAttachment",k0);b0|=8;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"source");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if(!((p2!==undefined||p3!==undefined)))fails(c,o,k1[4]);if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x1=>(x1.system==="something"&&x1.code==="patient-privacy")))))))fails(c,o,k1[5]);if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x2=>(x2.system==="something"&&x2.code==="research")))))))fails(c,o,k1[6]);if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x3=>(x3.system==="something"&&x3.code==="adr")))))))fails(c,o,k1[7]);if(!((p4!==undefined||!((p5?.coding!==undefined&&p5?.coding.some(x4=>(x4.system==="something"&&x4.code==="treatment")))))))fails(c,o,k1[8]);}c.depth--;},
"Consent.policy":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k13(v))bad(c,o,p,k12);continue;}break;
case 3:if(p==="uri"){if(!k3(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="authority"){if(!k3(v))bad(c,o,p,k12);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"Consent.verification":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k13(v))bad(c,o,p,k14);continue;}break;
case 8:if(p==="verified"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_verified"){if(o["verified"]===undefined){b0|=1;}other(c,o,p,v,k14);continue;}break;
case 12:if(p==="verifiedWith"){const m=c.count;t4(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="verificationDate"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_verificationDate"){other(c,o,p,v,k14);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"Consent.provision":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k13(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="type"){if(!k17.has(v))bad(c,o,p,k16);continue;}if(p==="code"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="data"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_type"){other(c,o,p,v,k16);continue;}if(p==="actor"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="class"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="action"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="purpose"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="provision"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="dataPeriod"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 13:if(p==="securityLabel"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"Consent.provision.actor":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k13(v))bad(c,o,p,k18);continue;}break;
case 4:if(p==="role"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){b0|=2;const m=c.count;t4(v,c);if(!k19.accepts(c,v))wrongTarget(c,v,k19);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if((b0&3)!==3)missing(c,o,k18);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"Consent.provision.data":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k13(v))bad(c,o,p,k20);continue;}break;
case 7:if(p==="meaning"){b0|=1;if(!k21.has(v))bad(c,o,p,k20);continue;}break;
case 8:if(p==="_meaning"){if(o["meaning"]===undefined){b0|=1;}other(c,o,p,v,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){b0|=2;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&3)!==3)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;}
};
