// Checks of Duration, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
const k0="Duration";
const k1=R.constraints("Duration");
const k2=R.accepts("string");
const k3=R.accepts("decimal");
const k4=R.codes("http://hl7.org/fhir/ValueSet/quantity-comparator");
const k5=R.accepts("uri");
const k6=R.accepts("code");
return{
"Duration":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="unit"){if(!k2(v))bad(c,o,p,k0);continue;}if(p==="code"){p0=v;if(!k6(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="value"){p4=v;if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_unit"){other(c,o,p,v,k0);continue;}if(p==="_code"){p1=v;other(c,o,p,v,k0);continue;}break;
case 6:if(p==="_value"){p5=v;other(c,o,p,v,k0);continue;}if(p==="system"){p2=v;if(!k5(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_system"){p3=v;other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="comparator"){if(!k4.has(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(c.faults!==f)check(c,o,k1);else{if(!((!(p0!==undefined||p1!==undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k1[0]);if(!((!(p0!==undefined||p1!==undefined)||(p2==="http://unitsofmeasure.org"&&(p4!==undefined||p5!==undefined)))))fails(c,o,k1[1]);}c.depth--;}
};
