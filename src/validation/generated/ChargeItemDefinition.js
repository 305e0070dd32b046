// Checks of ChargeItemDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("ContactDetail"))(o,c);
let t4=(o,c)=>(t4=R.link("UsageContext"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("Period"))(o,c);
let t7=(o,c)=>(t7=R.link("Reference"))(o,c);
let t8=(o,c)=>(t8=R.link("ChargeItemDefinition.applicability"))(o,c);
let t9=(o,c)=>(t9=R.link("ChargeItemDefinition.propertyGroup"))(o,c);
let t10=(o,c)=>(t10=R.link("ChargeItemDefinition.propertyGroup.priceComponent"))(o,c);
let t11=(o,c)=>(t11=R.link("Money"))(o,c);
const k0="ChargeItemDefinition";
const k1=R.constraints("ChargeItemDefinition");
const k2=R.expression("ChargeItemDefinition","(name.exists()).not()");
const k3=R.expression("ChargeItemDefinition","name.matches('^[A-Z]([A-Za-z0-9_]){0,254}$')");
const k4=R.accepts("id");
const k5=R.accepts("uri");
const k6=R.accepts("code");
const k7=R.accepts("string");
const k8=R.accepts("canonical");
const k9=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k10=R.accepts("dateTime");
const k11=R.accepts("markdown");
const k12=R.accepts("date");
const k13=R.targets(["Medication","Substance","Device"]);
const k14="ChargeItemDefinition.applicability";
const k15="ChargeItemDefinition.propertyGroup";
const k16="ChargeItemDefinition.propertyGroup.priceComponent";
const k17=R.codes("http://hl7.org/fhir/ValueSet/invoice-priceComponentType");
const k18=R.accepts("decimal");
return{
"ChargeItemDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){b0|=1;if(!k5(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){if(o["url"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="date"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="code"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="title"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="partOf"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k8(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="status"){b0|=2;if(!k9.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="version"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_partOf"){other(c,o,p,v,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="replaces"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k8(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="instance"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k13.accepts(c,v[i]))wrongTarget(c,v[i],k13);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_replaces"){other(c,o,p,v,k0);continue;}if(p==="publisher"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="description"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="approvalDate"){if(!k12(v))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}if(p==="_approvalDate"){other(c,o,p,v,k0);continue;}if(p==="applicability"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="propertyGroup"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="derivedFromUri"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="lastReviewDate"){if(!k12(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="_derivedFromUri"){other(c,o,p,v,k0);continue;}if(p==="_lastReviewDate"){other(c,o,p,v,k0);continue;}if(p==="effectivePeriod"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((holds(c,k2,o)||holds(c,k3,o)))))fails(c,o,k1[4]);}c.depth--;},
"ChargeItemDefinition.applicability":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 8:if(p==="language"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_language"){other(c,o,p,v,k14);continue;}break;
case 10:if(p==="expression"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 11:if(p==="description"){if(!k7(v))bad(c,o,p,k14);continue;}if(p==="_expression"){other(c,o,p,v,k14);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"ChargeItemDefinition.propertyGroup":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="applicability"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 14:if(p==="priceComponent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"ChargeItemDefinition.propertyGroup.priceComponent":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k17.has(v))bad(c,o,p,k16);continue;}if(p==="code"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 6:if(p==="factor"){if(!k18(v))bad(c,o,p,k16);continue;}if(p==="amount"){const m=c.count;t11(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;}
};
