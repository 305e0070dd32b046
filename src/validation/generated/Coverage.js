// Checks of Coverage, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Period"))(o,c);
let t6=(o,c)=>(t6=R.link("Coverage.class"))(o,c);
let t7=(o,c)=>(t7=R.link("Coverage.costToBeneficiary"))(o,c);
let t8=(o,c)=>(t8=R.link("Quantity"))(o,c);
let t9=(o,c)=>(t9=R.link("Money"))(o,c);
let t10=(o,c)=>(t10=R.link("Coverage.costToBeneficiary.exception"))(o,c);
const k0="Coverage";
const k1=R.constraints("Coverage");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/fm-status");
const k6=R.targets(["Patient","RelatedPerson","Organization"]);
const k7=R.targets(["Patient","RelatedPerson"]);
const k8=R.accepts("string");
const k9=R.targets(["Patient"]);
const k10=R.targets(["Organization","Patient","RelatedPerson"]);
const k11=R.accepts("positiveInt");
const k12=R.targets(["Contract"]);
const k13=R.accepts("canonical");
const k14="Coverage.class";
const k15="Coverage.costToBeneficiary";
const k16="Coverage.costToBeneficiary.exception";
return{
"Coverage":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="payor"){b0|=4;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k10.accepts(c,v[i]))wrongTarget(c,v[i],k10);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="class"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="order"){if(!k11(v,o,p))bad(c,o,p,k0);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="period"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_order"){other(c,o,p,v,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="network"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_network"){other(c,o,p,v,k0);continue;}if(p==="contract"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(!k12.accepts(c,v[i]))wrongTarget(c,v[i],k12);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="dependent"){if(!k8(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="subscriber"){const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="_dependent"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="beneficiary"){b0|=2;const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="subrogation"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}break;
case 12:if(p==="policyHolder"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="subscriberId"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="relationship"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_subrogation"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_subscriberId"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="costToBeneficiary"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Coverage.class":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){if(!k8(v))bad(c,o,p,k14);continue;}break;
case 5:if(p==="value"){b0|=2;if(!k8(v))bad(c,o,p,k14);continue;}if(p==="_name"){other(c,o,p,v,k14);continue;}break;
case 6:if(p==="_value"){if(o["value"]===undefined){b0|=2;}other(c,o,p,v,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&3)!==3)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"Coverage.costToBeneficiary":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="exception"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="valueMoney"){if((b0&1)!==0)doubled(c,"valueMoney",k15);b0|=1;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 13:if(p==="valueQuantity"){if((b0&1)!==0)doubled(c,"valueQuantity",k15);b0|=1;const m=c.count;t8(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"Coverage.costToBeneficiary.exception":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="period"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;}
};
