// Checks of Meta, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Coding"))(o,c);
const k0="Meta";
const k1=R.accepts("string");
const k2=R.accepts("id");
const k3=R.accepts("instant");
const k4=R.accepts("uri");
const k5=R.accepts("canonical");
return{
"Meta":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="tag"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t0(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="source"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_source"){other(c,o,p,v,k0);continue;}if(p==="profile"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 8:if(p==="_profile"){other(c,o,p,v,k0);continue;}if(p==="security"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t0(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="versionId"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="lastUpdated"){if(!k3(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
