// Checks of SubstancePolymer, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("CodeableConcept"))(o,c);
let t3=(o,c)=>(t3=R.link("SubstancePolymer.monomerSet"))(o,c);
let t4=(o,c)=>(t4=R.link("SubstancePolymer.repeat"))(o,c);
let t5=(o,c)=>(t5=R.link("SubstancePolymer.monomerSet.startingMaterial"))(o,c);
let t6=(o,c)=>(t6=R.link("SubstanceAmount"))(o,c);
let t7=(o,c)=>(t7=R.link("SubstancePolymer.repeat.repeatUnit"))(o,c);
let t8=(o,c)=>(t8=R.link("SubstancePolymer.repeat.repeatUnit.degreeOfPolymerisation"))(o,c);
let t9=(o,c)=>(t9=R.link("SubstancePolymer.repeat.repeatUnit.structuralRepresentation"))(o,c);
let t10=(o,c)=>(t10=R.link("Attachment"))(o,c);
const k0="SubstancePolymer";
const k1=R.constraints("SubstancePolymer");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("string");
const k6=R.accepts("canonical");
const k7="SubstancePolymer.monomerSet";
const k8="SubstancePolymer.monomerSet.startingMaterial";
const k9="SubstancePolymer.repeat";
const k10=R.accepts("integer");
const k11="SubstancePolymer.repeat.repeatUnit";
const k12="SubstancePolymer.repeat.repeatUnit.degreeOfPolymerisation";
const k13="SubstancePolymer.repeat.repeatUnit.structuralRepresentation";
return{
"SubstancePolymer":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="class"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="repeat"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="geometry"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="monomerSet"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="modification"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_modification"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 21:if(p==="copolymerConnectivity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"SubstancePolymer.monomerSet":(o,c)=>{if(isWrong(c,o,k7))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k7);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="ratioType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="startingMaterial"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k7);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k7);c.depth--;},
"SubstancePolymer.monomerSet.startingMaterial":(o,c)=>{if(isWrong(c,o,k8))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k8);continue;}break;
case 4:if(p==="type"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="amount"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="material"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="isDefining"){if(!(typeof v==="boolean"))bad(c,o,p,k8);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k8);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k8);c.depth--;},
"SubstancePolymer.repeat":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k9);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="repeatUnit"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 13:if(p==="numberOfUnits"){if(!k10(v,o,p))bad(c,o,p,k9);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 20:if(p==="repeatUnitAmountType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 23:if(p==="averageMolecularFormula"){if(!k5(v))bad(c,o,p,k9);continue;}break;}other(c,o,p,v,k9);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"SubstancePolymer.repeat.repeatUnit":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k11);continue;}break;
case 6:if(p==="amount"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="repeatUnit"){if(!k5(v))bad(c,o,p,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 22:if(p==="degreeOfPolymerisation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 24:if(p==="structuralRepresentation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 27:if(p==="orientationOfPolymerisation"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k11);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"SubstancePolymer.repeat.repeatUnit.degreeOfPolymerisation":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 6:if(p==="degree"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="amount"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"SubstancePolymer.repeat.repeatUnit.structuralRepresentation":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="type"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="attachment"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 14:if(p==="representation"){if(!k5(v))bad(c,o,p,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;}
};
