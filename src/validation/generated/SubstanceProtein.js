// Checks of SubstanceProtein, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("CodeableConcept"))(o,c);
let t3=(o,c)=>(t3=R.link("SubstanceProtein.subunit"))(o,c);
let t4=(o,c)=>(t4=R.link("Attachment"))(o,c);
let t5=(o,c)=>(t5=R.link("Identifier"))(o,c);
const k0="SubstanceProtein";
const k1=R.constraints("SubstanceProtein");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("integer");
const k6=R.accepts("string");
const k7=R.accepts("canonical");
const k8="SubstanceProtein.subunit";
return{
"SubstanceProtein":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="subunit"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="sequenceType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 16:if(p==="numberOfSubunits"){if(!k5(v,o,p))bad(c,o,p,k0);continue;}if(p==="disulfideLinkage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_numberOfSubunits"){other(c,o,p,v,k0);continue;}if(p==="_disulfideLinkage"){other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"SubstanceProtein.subunit":(o,c)=>{if(isWrong(c,o,k8))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k8);continue;}break;
case 6:if(p==="length"){if(!k5(v,o,p))bad(c,o,p,k8);continue;}break;
case 7:if(p==="subunit"){if(!k5(v,o,p))bad(c,o,p,k8);continue;}if(p==="_length"){other(c,o,p,v,k8);continue;}break;
case 8:if(p==="_subunit"){other(c,o,p,v,k8);continue;}if(p==="sequence"){if(!k6(v))bad(c,o,p,k8);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_sequence"){other(c,o,p,v,k8);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="sequenceAttachment"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 21:if(p==="nTerminalModification"){if(!k6(v))bad(c,o,p,k8);continue;}if(p==="cTerminalModification"){if(!k6(v))bad(c,o,p,k8);continue;}break;
case 23:if(p==="nTerminalModificationId"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="cTerminalModificationId"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k8);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k8);c.depth--;}
};
