// Checks of RelatedArtifact, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Attachment"))(o,c);
const k0="RelatedArtifact";
const k1=R.accepts("string");
const k2=R.codes("http://hl7.org/fhir/ValueSet/related-artifact-type");
const k3=R.accepts("markdown");
const k4=R.accepts("url");
const k5=R.accepts("canonical");
return{
"RelatedArtifact":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k2.has(v))bad(c,o,p,k0);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="label"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="display"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="_display"){other(c,o,p,v,k0);continue;}if(p==="citation"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="document"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="resource"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_citation"){other(c,o,p,v,k0);continue;}if(p==="_resource"){other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
