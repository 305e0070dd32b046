// Checks of Annotation, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Reference"))(o,c);
const k0="Annotation";
const k1=R.accepts("string");
const k2=R.targets(["Practitioner","Patient","RelatedPerson","Organization"]);
const k3=R.accepts("dateTime");
const k4=R.accepts("markdown");
return{
"Annotation":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="time"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="text"){b0|=2;if(!k4(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_time"){other(c,o,p,v,k0);continue;}if(p==="_text"){if(o["text"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="authorString"){if((b0&1)!==0)doubled(c,"authorString",k0);b0|=1;if(!k1(v))bad(c,o,p,k0);continue;}break;
case 13:if(p==="_authorString"){if(o["authorString"]===undefined){if((b0&1)!==0)doubled(c,"authorString",k0);b0|=1;}other(c,o,p,v,k0);continue;}break;
case 15:if(p==="authorReference"){if((b0&1)!==0)doubled(c,"authorReference",k0);b0|=1;const m=c.count;t0(v,c);if(!k2.accepts(c,v))wrongTarget(c,v,k2);if(c.count!==m)at(c,m,"author");continue;}break;}other(c,o,p,v,k0);}if((b0&2)!==2)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
