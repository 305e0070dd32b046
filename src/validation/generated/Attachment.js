// Checks of Attachment, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
const k0="Attachment";
const k1=R.constraints("Attachment");
const k2=R.accepts("string");
const k3=R.accepts("code");
const k4=R.accepts("base64Binary");
const k5=R.accepts("url");
const k6=R.accepts("unsignedInt");
const k7=R.accepts("dateTime");
return{
"Attachment":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="url"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="data"){p0=v;if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="size"){if(!k6(v,o,p))bad(c,o,p,k0);continue;}if(p==="hash"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_data"){p1=v;other(c,o,p,v,k0);continue;}if(p==="_size"){other(c,o,p,v,k0);continue;}if(p==="_hash"){other(c,o,p,v,k0);continue;}if(p==="title"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="creation"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="_creation"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="contentType"){p2=v;if(!k3(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_contentType"){p3=v;other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(c.faults!==f)check(c,o,k1);else{if(!((!(p0!==undefined||p1!==undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k1[0]);}c.depth--;}
};
