// Checks of SubstanceAmount, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Quantity"))(o,c);
let t1=(o,c)=>(t1=R.link("Range"))(o,c);
let t2=(o,c)=>(t2=R.link("CodeableConcept"))(o,c);
let t3=(o,c)=>(t3=R.link("SubstanceAmount.referenceRange"))(o,c);
const k0="SubstanceAmount";
const k1=R.accepts("string");
const k2="SubstanceAmount.referenceRange";
return{
"SubstanceAmount":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="amountType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="amountText"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="amountRange"){if((b0&1)!==0)doubled(c,"amountRange",k0);b0|=1;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,"amount");continue;}if(p==="_amountText"){other(c,o,p,v,k0);continue;}break;
case 12:if(p==="amountString"){if((b0&1)!==0)doubled(c,"amountString",k0);b0|=1;if(!k1(v))bad(c,o,p,k0);continue;}break;
case 13:if(p==="_amountString"){if(o["amountString"]===undefined){if((b0&1)!==0)doubled(c,"amountString",k0);b0|=1;}other(c,o,p,v,k0);continue;}break;
case 14:if(p==="amountQuantity"){if((b0&1)!==0)doubled(c,"amountQuantity",k0);b0|=1;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,"amount");continue;}if(p==="referenceRange"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;},
"SubstanceAmount.referenceRange":(o,c)=>{if(isWrong(c,o,k2))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k2);continue;}break;
case 8:if(p==="lowLimit"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="highLimit"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k2);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k2);c.depth--;}
};
