// Checks of Ratio, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Quantity"))(o,c);
const k0="Ratio";
const k1=R.constraints("Ratio");
const k2=R.accepts("string");
return{
"Ratio":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){p2=v;extensions(c,v,p);continue;}if(p==="numerator"){p0=v;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="denominator"){p1=v;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(c.faults!==f)check(c,o,k1);else{if(!((((p0===undefined&&p1===undefined)||(p0!==undefined&&p1!==undefined))&&(p0!==undefined||p2!==undefined))))fails(c,o,k1[0]);}c.depth--;}
};
