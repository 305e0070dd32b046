// Checks of SubstanceReferenceInformation, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("SubstanceReferenceInformation.gene"))(o,c);
let t3=(o,c)=>(t3=R.link("SubstanceReferenceInformation.geneElement"))(o,c);
let t4=(o,c)=>(t4=R.link("SubstanceReferenceInformation.classification"))(o,c);
let t5=(o,c)=>(t5=R.link("SubstanceReferenceInformation.target"))(o,c);
let t6=(o,c)=>(t6=R.link("CodeableConcept"))(o,c);
let t7=(o,c)=>(t7=R.link("Reference"))(o,c);
let t8=(o,c)=>(t8=R.link("Identifier"))(o,c);
let t9=(o,c)=>(t9=R.link("Quantity"))(o,c);
let t10=(o,c)=>(t10=R.link("Range"))(o,c);
const k0="SubstanceReferenceInformation";
const k1=R.constraints("SubstanceReferenceInformation");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("string");
const k6=R.accepts("canonical");
const k7="SubstanceReferenceInformation.gene";
const k8=R.targets(["DocumentReference"]);
const k9="SubstanceReferenceInformation.geneElement";
const k10="SubstanceReferenceInformation.classification";
const k11="SubstanceReferenceInformation.target";
return{
"SubstanceReferenceInformation":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="gene"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="target"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="comment"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_comment"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="geneElement"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="classification"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"SubstanceReferenceInformation.gene":(o,c)=>{if(isWrong(c,o,k7))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k7);continue;}break;
case 4:if(p==="gene"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="source"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="geneSequenceOrigin"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k7);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k7);c.depth--;},
"SubstanceReferenceInformation.geneElement":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k9);continue;}break;
case 4:if(p==="type"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="source"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="element"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k9);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"SubstanceReferenceInformation.classification":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k10);continue;}break;
case 6:if(p==="domain"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="source"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="subtype"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 14:if(p==="classification"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k10);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"SubstanceReferenceInformation.target":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="type"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="target"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="source"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="organism"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="amountType"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="interaction"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="amountRange"){if((b0&1)!==0)doubled(c,"amountRange",k11);b0|=1;const m=c.count;t10(v,c);if(c.count!==m)at(c,m,"amount");continue;}break;
case 12:if(p==="organismType"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="amountString"){if((b0&1)!==0)doubled(c,"amountString",k11);b0|=1;if(!k5(v))bad(c,o,p,k11);continue;}break;
case 13:if(p==="_amountString"){if(o["amountString"]===undefined){if((b0&1)!==0)doubled(c,"amountString",k11);b0|=1;}other(c,o,p,v,k11);continue;}break;
case 14:if(p==="amountQuantity"){if((b0&1)!==0)doubled(c,"amountQuantity",k11);b0|=1;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,"amount");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;}
};
