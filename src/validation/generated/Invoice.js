// Checks of Invoice, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Invoice.participant"))(o,c);
let t6=(o,c)=>(t6=R.link("Invoice.lineItem"))(o,c);
let t7=(o,c)=>(t7=R.link("Invoice.lineItem.priceComponent"))(o,c);
let t8=(o,c)=>(t8=R.link("Money"))(o,c);
let t9=(o,c)=>(t9=R.link("Annotation"))(o,c);
const k0="Invoice";
const k1=R.constraints("Invoice");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/invoice-status");
const k6=R.accepts("string");
const k7=R.targets(["Patient","Group"]);
const k8=R.targets(["Organization","Patient","RelatedPerson"]);
const k9=R.accepts("dateTime");
const k10=R.targets(["Organization"]);
const k11=R.targets(["Account"]);
const k12=R.accepts("markdown");
const k13=R.accepts("canonical");
const k14="Invoice.participant";
const k15=R.targets(["Practitioner","Organization","Patient","PractitionerRole","Device","RelatedPerson"]);
const k16="Invoice.lineItem";
const k17=R.accepts("positiveInt");
const k18=R.targets(["ChargeItem"]);
const k19="Invoice.lineItem.priceComponent";
const k20=R.codes("http://hl7.org/fhir/ValueSet/invoice-priceComponentType");
const k21=R.accepts("decimal");
return{
"Invoice":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="issuer"){const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="account"){const m=c.count;t4(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="lineItem"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="totalNet"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="recipient"){const m=c.count;t4(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="totalGross"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="participant"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="paymentTerms"){if(!k12(v))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_paymentTerms"){other(c,o,p,v,k0);continue;}break;
case 15:if(p==="cancelledReason"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="totalPriceComponent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Invoice.participant":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="role"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="actor"){b0|=1;const m=c.count;t4(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"Invoice.lineItem":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 8:if(p==="sequence"){if(!k17(v,o,p))bad(c,o,p,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_sequence"){other(c,o,p,v,k16);continue;}break;
case 14:if(p==="priceComponent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="chargeItemReference"){if((b0&1)!==0)doubled(c,"chargeItemReference",k16);b0|=1;const m=c.count;t4(v,c);if(!k18.accepts(c,v))wrongTarget(c,v,k18);if(c.count!==m)at(c,m,"chargeItem");continue;}break;
case 25:if(p==="chargeItemCodeableConcept"){if((b0&1)!==0)doubled(c,"chargeItemCodeableConcept",k16);b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"chargeItem");continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"Invoice.lineItem.priceComponent":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k20.has(v))bad(c,o,p,k19);continue;}if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k19);continue;}break;
case 6:if(p==="factor"){if(!k21(v))bad(c,o,p,k19);continue;}if(p==="amount"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if((b0&1)!==1)missing(c,o,k19);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;}
};
