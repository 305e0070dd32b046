// Checks of PaymentReconciliation, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Period"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Money"))(o,c);
let t6=(o,c)=>(t6=R.link("PaymentReconciliation.detail"))(o,c);
let t7=(o,c)=>(t7=R.link("CodeableConcept"))(o,c);
let t8=(o,c)=>(t8=R.link("PaymentReconciliation.processNote"))(o,c);
const k0="PaymentReconciliation";
const k1=R.constraints("PaymentReconciliation");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/fm-status");
const k6=R.accepts("dateTime");
const k7=R.targets(["Organization"]);
const k8=R.targets(["Task"]);
const k9=R.targets(["Practitioner","PractitionerRole","Organization"]);
const k10=R.codes("http://hl7.org/fhir/ValueSet/remittance-outcome");
const k11=R.accepts("string");
const k12=R.accepts("date");
const k13=R.accepts("canonical");
const k14="PaymentReconciliation.detail";
const k15=R.targets(["PractitionerRole"]);
const k16="PaymentReconciliation.processNote";
const k17=R.codes("http://hl7.org/fhir/ValueSet/note-type");
return{
"PaymentReconciliation":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="period"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="detail"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="created"){b0|=2;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="request"){const m=c.count;t4(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}if(p==="outcome"){if(!k10.has(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_created"){if(o["created"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_outcome"){other(c,o,p,v,k0);continue;}if(p==="formCode"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="requestor"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="disposition"){if(!k11(v))bad(c,o,p,k0);continue;}if(p==="paymentDate"){b0|=4;if(!k12(v))bad(c,o,p,k0);continue;}if(p==="processNote"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="_disposition"){other(c,o,p,v,k0);continue;}if(p==="_paymentDate"){if(o["paymentDate"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="paymentIssuer"){const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="paymentAmount"){b0|=8;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="paymentIdentifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if((b0&15)!==15)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"PaymentReconciliation.detail":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k12(v))bad(c,o,p,k14);continue;}break;
case 5:if(p==="_date"){other(c,o,p,v,k14);continue;}if(p==="payee"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="amount"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="request"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="response"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="submitter"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="predecessor"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="responsible"){const m=c.count;t4(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"PaymentReconciliation.processNote":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="type"){if(!k17.has(v))bad(c,o,p,k16);continue;}if(p==="text"){if(!k11(v))bad(c,o,p,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;}
};
