// Checks of ProdCharacteristic, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Quantity"))(o,c);
let t1=(o,c)=>(t1=R.link("Attachment"))(o,c);
let t2=(o,c)=>(t2=R.link("CodeableConcept"))(o,c);
const k0="ProdCharacteristic";
const k1=R.accepts("string");
return{
"ProdCharacteristic":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="width"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="depth"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="shape"){if(!k1(v))bad(c,o,p,k0);continue;}if(p==="color"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k1(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="image"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t1(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="height"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="weight"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_shape"){other(c,o,p,v,k0);continue;}if(p==="_color"){other(c,o,p,v,k0);continue;}break;
case 7:if(p==="imprint"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k1(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="scoring"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="nominalVolume"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="externalDiameter"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
