// Checks of Binary, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Reference"))(o,c);
const k0="Binary";
const k1=R.accepts("id");
const k2=R.accepts("uri");
const k3=R.accepts("code");
const k4=R.accepts("base64Binary");
const k5=R.accepts("canonical");
return{
"Binary":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="data"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="contentType"){b0|=1;if(!k3(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_contentType"){if(o["contentType"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="securityContext"){const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);c.depth--;}
};
