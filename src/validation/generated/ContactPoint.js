// Checks of ContactPoint, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Period"))(o,c);
const k0="ContactPoint";
const k1=R.constraints("ContactPoint");
const k2=R.accepts("string");
const k3=R.codes("http://hl7.org/fhir/ValueSet/contact-point-system");
const k4=R.codes("http://hl7.org/fhir/ValueSet/contact-point-use");
const k5=R.accepts("positiveInt");
return{
"ContactPoint":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="use"){if(!k4.has(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="_use"){other(c,o,p,v,k0);continue;}if(p==="rank"){if(!k5(v,o,p))bad(c,o,p,k0);continue;}break;
case 5:if(p==="value"){p0=v;if(!k2(v))bad(c,o,p,k0);continue;}if(p==="_rank"){other(c,o,p,v,k0);continue;}break;
case 6:if(p==="system"){p2=v;if(!k3.has(v))bad(c,o,p,k0);continue;}if(p==="_value"){p1=v;other(c,o,p,v,k0);continue;}if(p==="period"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_system"){p3=v;other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(c.faults!==f)check(c,o,k1);else{if(!((!(p0!==undefined||p1!==undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k1[0]);}c.depth--;}
};
