// Checks of InsurancePlan, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Period"))(o,c);
let t5=(o,c)=>(t5=R.link("Reference"))(o,c);
let t6=(o,c)=>(t6=R.link("InsurancePlan.contact"))(o,c);
let t7=(o,c)=>(t7=R.link("InsurancePlan.coverage"))(o,c);
let t8=(o,c)=>(t8=R.link("InsurancePlan.plan"))(o,c);
let t9=(o,c)=>(t9=R.link("HumanName"))(o,c);
let t10=(o,c)=>(t10=R.link("ContactPoint"))(o,c);
let t11=(o,c)=>(t11=R.link("Address"))(o,c);
let t12=(o,c)=>(t12=R.link("InsurancePlan.coverage.benefit"))(o,c);
let t13=(o,c)=>(t13=R.link("InsurancePlan.coverage.benefit.limit"))(o,c);
let t14=(o,c)=>(t14=R.link("Quantity"))(o,c);
let t15=(o,c)=>(t15=R.link("InsurancePlan.plan.generalCost"))(o,c);
let t16=(o,c)=>(t16=R.link("InsurancePlan.plan.specificCost"))(o,c);
let t17=(o,c)=>(t17=R.link("Money"))(o,c);
let t18=(o,c)=>(t18=R.link("InsurancePlan.plan.specificCost.benefit"))(o,c);
let t19=(o,c)=>(t19=R.link("InsurancePlan.plan.specificCost.benefit.cost"))(o,c);
const k0="InsurancePlan";
const k1=R.constraints("InsurancePlan");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k6=R.accepts("string");
const k7=R.targets(["Organization"]);
const k8=R.targets(["Location"]);
const k9=R.targets(["Endpoint"]);
const k10=R.accepts("canonical");
const k11="InsurancePlan.contact";
const k12="InsurancePlan.coverage";
const k13="InsurancePlan.coverage.benefit";
const k14="InsurancePlan.coverage.benefit.limit";
const k15="InsurancePlan.plan";
const k16="InsurancePlan.plan.generalCost";
const k17=R.accepts("positiveInt");
const k18="InsurancePlan.plan.specificCost";
const k19="InsurancePlan.plan.specificCost.benefit";
const k20="InsurancePlan.plan.specificCost.benefit.cost";
return{
"InsurancePlan":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="name"){p3=v;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="plan"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_name"){p4=v;other(c,o,p,v,k0);continue;}if(p==="alias"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 6:if(p==="status"){if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="_alias"){other(c,o,p,v,k0);continue;}if(p==="period"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){other(c,o,p,v,k0);continue;}if(p==="ownedBy"){const m=c.count;t5(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="network"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(!k7.accepts(c,v[i]))wrongTarget(c,v[i],k7);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="endpoint"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(!k9.accepts(c,v[i]))wrongTarget(c,v[i],k9);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="coverage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){p2=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="coverageArea"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="administeredBy"){const m=c.count;t5(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if(!(((p2?.length??0)+((p3!==undefined||p4!==undefined)?1:0))>0))fails(c,o,k1[4]);}c.depth--;},
"InsurancePlan.contact":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="name"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="purpose"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="telecom"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="address"){const m=c.count;t11(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"InsurancePlan.coverage":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="network"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(!k7.accepts(c,v[i]))wrongTarget(c,v[i],k7);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="benefit"){b0|=2;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if((b0&3)!==3)missing(c,o,k12);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"InsurancePlan.coverage.benefit":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="limit"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="requirement"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&1)!==1)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"InsurancePlan.coverage.benefit.limit":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){const m=c.count;t14(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"InsurancePlan.plan":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="network"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(!k7.accepts(c,v[i]))wrongTarget(c,v[i],k7);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="generalCost"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t15(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="coverageArea"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="specificCost"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t16(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"InsurancePlan.plan.generalCost":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="cost"){const m=c.count;t17(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="comment"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="groupSize"){if(!k17(v,o,p))bad(c,o,p,k16);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"InsurancePlan.plan.specificCost":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k18);continue;}break;
case 7:if(p==="benefit"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t18(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="category"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if((b0&1)!==1)missing(c,o,k18);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"InsurancePlan.plan.specificCost.benefit":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="cost"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t19(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if((b0&1)!==1)missing(c,o,k19);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"InsurancePlan.plan.specificCost.benefit.cost":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k20);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){const m=c.count;t14(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="qualifiers"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 13:if(p==="applicability"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&1)!==1)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;}
};
