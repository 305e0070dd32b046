// Checks of Signature, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Coding"))(o,c);
let t1=(o,c)=>(t1=R.link("Reference"))(o,c);
const k0="Signature";
const k1=R.accepts("string");
const k2=R.accepts("instant");
const k3=R.targets(["Practitioner","PractitionerRole","RelatedPerson","Patient","Device","Organization"]);
const k4=R.accepts("code");
const k5=R.accepts("base64Binary");
return{
"Signature":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="who"){b0|=4;const m=c.count;t1(v,c);if(!k3.accepts(c,v))wrongTarget(c,v,k3);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="type"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t0(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="when"){b0|=2;if(!k2(v))bad(c,o,p,k0);continue;}if(p==="data"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_when"){if(o["when"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_data"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="sigFormat"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="onBehalfOf"){const m=c.count;t1(v,c);if(!k3.accepts(c,v))wrongTarget(c,v,k3);if(c.count!==m)at(c,m,p);continue;}if(p==="_sigFormat"){other(c,o,p,v,k0);continue;}break;
case 12:if(p==="targetFormat"){if(!k4(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
