// Checks of SampledData, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Quantity"))(o,c);
const k0="SampledData";
const k1=R.accepts("string");
const k2=R.accepts("decimal");
const k3=R.accepts("positiveInt");
return{
"SampledData":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="data"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="origin"){b0|=1;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="period"){b0|=2;if(!k2(v))bad(c,o,p,k0);continue;}if(p==="factor"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_period"){if(o["period"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_factor"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="lowerLimit"){if(!k2(v))bad(c,o,p,k0);continue;}if(p==="upperLimit"){if(!k2(v))bad(c,o,p,k0);continue;}if(p==="dimensions"){b0|=4;if(!k3(v,o,p))bad(c,o,p,k0);continue;}break;
case 11:if(p==="_lowerLimit"){other(c,o,p,v,k0);continue;}if(p==="_upperLimit"){other(c,o,p,v,k0);continue;}if(p==="_dimensions"){if(o["dimensions"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
