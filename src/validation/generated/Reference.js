// Checks of Reference, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Identifier"))(o,c);
const k0="Reference";
const k1=R.constraints("Reference");
const k2=R.expression("Reference","reference.substring(1) in %rootResource.contained.id");
const k3=R.expression("Reference","%rootResource != %resource");
const k4=R.accepts("string");
const k5=R.accepts("uri");
return{
"Reference":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="type"){p0=v;if(!k5(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="display"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){p1=v;if(!isReference(c,v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="_reference"){p2=v;other(c,o,p,v,k0);continue;}if(p==="identifier"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(p0!==undefined)referenceType(c,o);if(c.faults!==f)check(c,o,k1);else{if(!((p1===undefined||((p1!==undefined&&!p1.startsWith("#"))||(isContained(c,p1)??holds(c,k2,o))||(p1==="#"&&(c.contained??holds(c,k3,o)))))))fails(c,o,k1[0]);}c.depth--;}
};
