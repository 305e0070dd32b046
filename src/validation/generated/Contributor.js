// Checks of Contributor, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("ContactDetail"))(o,c);
const k0="Contributor";
const k1=R.accepts("string");
const k2=R.codes("http://hl7.org/fhir/ValueSet/contributor-type");
return{
"Contributor":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k2.has(v))bad(c,o,p,k0);continue;}if(p==="name"){b0|=2;if(!k1(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_name"){if(o["name"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 7:if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t0(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
