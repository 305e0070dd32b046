// Checks of Address, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Period"))(o,c);
const k0="Address";
const k1=R.accepts("string");
const k2=R.codes("http://hl7.org/fhir/ValueSet/address-use");
const k3=R.codes("http://hl7.org/fhir/ValueSet/address-type");
return{
"Address":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="use"){if(!k2.has(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="_use"){other(c,o,p,v,k0);continue;}if(p==="type"){if(!k3.has(v))bad(c,o,p,k0);continue;}if(p==="text"){if(!k1(v))bad(c,o,p,k0);continue;}if(p==="line"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k1(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="city"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_type"){other(c,o,p,v,k0);continue;}if(p==="_text"){other(c,o,p,v,k0);continue;}if(p==="_line"){other(c,o,p,v,k0);continue;}if(p==="_city"){other(c,o,p,v,k0);continue;}if(p==="state"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="_state"){other(c,o,p,v,k0);continue;}if(p==="period"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="country"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="district"){if(!k1(v))bad(c,o,p,k0);continue;}if(p==="_country"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_district"){other(c,o,p,v,k0);continue;}break;
case 10:if(p==="postalCode"){if(!k1(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
