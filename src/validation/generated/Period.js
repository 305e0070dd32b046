// Checks of Period, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
const k0="Period";
const k1=R.constraints("Period");
const k2=R.accepts("string");
const k3=R.accepts("dateTime");
return{
"Period":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="end"){p2=v;if(!k3(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="_end"){p3=v;other(c,o,p,v,k0);continue;}break;
case 5:if(p==="start"){p0=v;if(!k3(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="_start"){p1=v;other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(c.faults!==f)check(c,o,k1);else{if(!((p0===undefined||p2===undefined||order(p0,p2,"dateTime","dateTime")<=0||!((order(p0,p2,"dateTime","dateTime")<=0||order(p0,p2,"dateTime","dateTime")>0)))))fails(c,o,k1[0]);}c.depth--;}
};
