// Checks of UsageContext, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Coding"))(o,c);
let t1=(o,c)=>(t1=R.link("CodeableConcept"))(o,c);
let t2=(o,c)=>(t2=R.link("Quantity"))(o,c);
let t3=(o,c)=>(t3=R.link("Range"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
const k0="UsageContext";
const k1=R.accepts("string");
const k2=R.targets(["PlanDefinition","ResearchStudy","InsurancePlan","HealthcareService","Group","Location","Organization"]);
return{
"UsageContext":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="code"){b0|=1;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="valueRange"){if((b0&2)!==0)doubled(c,"valueRange",k0);b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 13:if(p==="valueQuantity"){if((b0&2)!==0)doubled(c,"valueQuantity",k0);b0|=2;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 14:if(p==="valueReference"){if((b0&2)!==0)doubled(c,"valueReference",k0);b0|=2;const m=c.count;t4(v,c);if(!k2.accepts(c,v))wrongTarget(c,v,k2);if(c.count!==m)at(c,m,"value");continue;}break;
case 20:if(p==="valueCodeableConcept"){if((b0&2)!==0)doubled(c,"valueCodeableConcept",k0);b0|=2;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,"value");continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
