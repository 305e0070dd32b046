// Checks of ProductShelfLife, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Identifier"))(o,c);
let t1=(o,c)=>(t1=R.link("CodeableConcept"))(o,c);
let t2=(o,c)=>(t2=R.link("Quantity"))(o,c);
const k0="ProductShelfLife";
const k1=R.accepts("string");
return{
"ProductShelfLife":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="period"){b0|=2;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 28:if(p==="specialPrecautionsForStorage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t1(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
