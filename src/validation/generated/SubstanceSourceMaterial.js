// Checks of SubstanceSourceMaterial, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("CodeableConcept"))(o,c);
let t3=(o,c)=>(t3=R.link("Identifier"))(o,c);
let t4=(o,c)=>(t4=R.link("SubstanceSourceMaterial.fractionDescription"))(o,c);
let t5=(o,c)=>(t5=R.link("SubstanceSourceMaterial.organism"))(o,c);
let t6=(o,c)=>(t6=R.link("SubstanceSourceMaterial.partDescription"))(o,c);
let t7=(o,c)=>(t7=R.link("SubstanceSourceMaterial.organism.author"))(o,c);
let t8=(o,c)=>(t8=R.link("SubstanceSourceMaterial.organism.hybrid"))(o,c);
let t9=(o,c)=>(t9=R.link("SubstanceSourceMaterial.organism.organismGeneral"))(o,c);
const k0="SubstanceSourceMaterial";
const k1=R.constraints("SubstanceSourceMaterial");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("string");
const k6=R.accepts("canonical");
const k7="SubstanceSourceMaterial.fractionDescription";
const k8="SubstanceSourceMaterial.organism";
const k9="SubstanceSourceMaterial.organism.author";
const k10="SubstanceSourceMaterial.organism.hybrid";
const k11="SubstanceSourceMaterial.organism.organismGeneral";
const k12="SubstanceSourceMaterial.partDescription";
return{
"SubstanceSourceMaterial":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="organism"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="organismId"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="organismName"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_organismName"){other(c,o,p,v,k0);continue;}break;
case 15:if(p==="countryOfOrigin"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="partDescription"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="developmentStage"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="parentSubstanceId"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 18:if(p==="sourceMaterialType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 19:if(p==="sourceMaterialClass"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="sourceMaterialState"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="parentSubstanceName"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="fractionDescription"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 20:if(p==="_parentSubstanceName"){other(c,o,p,v,k0);continue;}if(p==="geographicalLocation"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"SubstanceSourceMaterial.fractionDescription":(o,c)=>{if(isWrong(c,o,k7))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k7);continue;}break;
case 8:if(p==="fraction"){if(!k5(v))bad(c,o,p,k7);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_fraction"){other(c,o,p,v,k7);continue;}break;
case 12:if(p==="materialType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k7);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k7);c.depth--;},
"SubstanceSourceMaterial.organism":(o,c)=>{if(isWrong(c,o,k8))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k8);continue;}break;
case 5:if(p==="genus"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="family"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="author"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="hybrid"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="species"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 15:if(p==="organismGeneral"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="intraspecificType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 24:if(p==="intraspecificDescription"){if(!k5(v))bad(c,o,p,k8);continue;}break;}other(c,o,p,v,k8);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k8);c.depth--;},
"SubstanceSourceMaterial.organism.author":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k9);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="authorType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="authorDescription"){if(!k5(v))bad(c,o,p,k9);continue;}break;}other(c,o,p,v,k9);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"SubstanceSourceMaterial.organism.hybrid":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k10);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="hybridType"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="maternalOrganismId"){if(!k5(v))bad(c,o,p,k10);continue;}if(p==="paternalOrganismId"){if(!k5(v))bad(c,o,p,k10);continue;}break;
case 20:if(p==="maternalOrganismName"){if(!k5(v))bad(c,o,p,k10);continue;}if(p==="paternalOrganismName"){if(!k5(v))bad(c,o,p,k10);continue;}break;}other(c,o,p,v,k10);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"SubstanceSourceMaterial.organism.organismGeneral":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k11);continue;}break;
case 5:if(p==="class"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="order"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="phylum"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="kingdom"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"SubstanceSourceMaterial.partDescription":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="part"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="partLocation"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;}
};
