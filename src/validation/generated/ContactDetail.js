// Checks of ContactDetail, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("ContactPoint"))(o,c);
const k0="ContactDetail";
const k1=R.accepts("string");
return{
"ContactDetail":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="name"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="telecom"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t0(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
