// Checks of Expression, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
const k0="Expression";
const k1=R.constraints("Expression");
const k2=R.accepts("string");
const k3=R.accepts("id");
const k4=R.accepts("code");
const k5=R.accepts("uri");
return{
"Expression":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="name"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){b0|=1;if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_language"){if(o["language"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="reference"){p2=v;if(!k5(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="expression"){p0=v;if(!k2(v))bad(c,o,p,k0);continue;}if(p==="_reference"){p3=v;other(c,o,p,v,k0);continue;}break;
case 11:if(p==="description"){if(!k2(v))bad(c,o,p,k0);continue;}if(p==="_expression"){p1=v;other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(c.faults!==f)check(c,o,k1);else{if(!(((p0!==undefined||p1!==undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k1[0]);}c.depth--;}
};
