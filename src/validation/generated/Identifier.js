// Checks of Identifier, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("CodeableConcept"))(o,c);
let t1=(o,c)=>(t1=R.link("Period"))(o,c);
let t2=(o,c)=>(t2=R.link("Reference"))(o,c);
const k0="Identifier";
const k1=R.accepts("string");
const k2=R.codes("http://hl7.org/fhir/ValueSet/identifier-use");
const k3=R.accepts("uri");
const k4=R.targets(["Organization"]);
return{
"Identifier":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="use"){if(!k2.has(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="_use"){other(c,o,p,v,k0);continue;}if(p==="type"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="system"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_value"){other(c,o,p,v,k0);continue;}if(p==="period"){const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="assigner"){const m=c.count;t2(v,c);if(!k4.accepts(c,v))wrongTarget(c,v,k4);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
