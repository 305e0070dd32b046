// Checks of Dosage, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("CodeableConcept"))(o,c);
let t1=(o,c)=>(t1=R.link("Timing"))(o,c);
let t2=(o,c)=>(t2=R.link("Dosage.doseAndRate"))(o,c);
let t3=(o,c)=>(t3=R.link("Ratio"))(o,c);
let t4=(o,c)=>(t4=R.link("Quantity"))(o,c);
let t5=(o,c)=>(t5=R.link("Range"))(o,c);
const k0="Dosage";
const k1=R.accepts("string");
const k2=R.accepts("integer");
const k3="Dosage.doseAndRate";
return{
"Dosage":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="text"){if(!k1(v))bad(c,o,p,k0);continue;}if(p==="site"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="_text"){other(c,o,p,v,k0);continue;}if(p==="route"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="timing"){const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="method"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="sequence"){if(!k2(v,o,p))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_sequence"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="doseAndRate"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 15:if(p==="asNeededBoolean"){if((b0&1)!==0)doubled(c,"asNeededBoolean",k0);b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}break;
case 16:if(p==="_asNeededBoolean"){if(o["asNeededBoolean"]===undefined){if((b0&1)!==0)doubled(c,"asNeededBoolean",k0);b0|=1;}other(c,o,p,v,k0);continue;}if(p==="maxDosePerPeriod"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="patientInstruction"){if(!k1(v))bad(c,o,p,k0);continue;}if(p==="maxDosePerLifetime"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 21:if(p==="additionalInstruction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t0(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 23:if(p==="asNeededCodeableConcept"){if((b0&1)!==0)doubled(c,"asNeededCodeableConcept",k0);b0|=1;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,"asNeeded");continue;}break;
case 24:if(p==="maxDosePerAdministration"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;},
"Dosage.doseAndRate":(o,c)=>{if(isWrong(c,o,k3))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k3);continue;}break;
case 4:if(p==="type"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="doseRange"){if((b0&1)!==0)doubled(c,"doseRange",k3);b0|=1;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"dose");continue;}if(p==="rateRatio"){if((b0&2)!==0)doubled(c,"rateRatio",k3);b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"rate");continue;}if(p==="rateRange"){if((b0&2)!==0)doubled(c,"rateRange",k3);b0|=2;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"rate");continue;}break;
case 12:if(p==="doseQuantity"){if((b0&1)!==0)doubled(c,"doseQuantity",k3);b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,"dose");continue;}if(p==="rateQuantity"){if((b0&2)!==0)doubled(c,"rateQuantity",k3);b0|=2;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,"rate");continue;}break;}other(c,o,p,v,k3);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k3);c.depth--;}
};
