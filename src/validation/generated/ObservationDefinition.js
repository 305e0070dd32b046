// Checks of ObservationDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("CodeableConcept"))(o,c);
let t3=(o,c)=>(t3=R.link("Identifier"))(o,c);
let t4=(o,c)=>(t4=R.link("ObservationDefinition.quantitativeDetails"))(o,c);
let t5=(o,c)=>(t5=R.link("ObservationDefinition.qualifiedInterval"))(o,c);
let t6=(o,c)=>(t6=R.link("Reference"))(o,c);
let t7=(o,c)=>(t7=R.link("Range"))(o,c);
const k0="ObservationDefinition";
const k1=R.constraints("ObservationDefinition");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/permitted-data-type");
const k6=R.accepts("string");
const k7=R.targets(["ValueSet"]);
const k8=R.accepts("canonical");
const k9="ObservationDefinition.quantitativeDetails";
const k10=R.accepts("decimal");
const k11=R.accepts("integer");
const k12="ObservationDefinition.qualifiedInterval";
const k13=R.codes("http://hl7.org/fhir/ValueSet/observation-range-category");
const k14=R.codes("http://hl7.org/fhir/ValueSet/administrative-gender");
return{
"ObservationDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="code"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="method"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="permittedDataType"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5.has(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="qualifiedInterval"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 18:if(p==="_permittedDataType"){other(c,o,p,v,k0);continue;}if(p==="validCodedValueSet"){const m=c.count;t6(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 19:if(p==="preferredReportName"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="quantitativeDetails"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="normalCodedValueSet"){const m=c.count;t6(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 21:if(p==="abnormalCodedValueSet"){const m=c.count;t6(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="criticalCodedValueSet"){const m=c.count;t6(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 22:if(p==="multipleResultsAllowed"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"ObservationDefinition.quantitativeDetails":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k9);continue;}break;
case 4:if(p==="unit"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="customaryUnit"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 16:if(p==="conversionFactor"){if(!k10(v))bad(c,o,p,k9);continue;}if(p==="decimalPrecision"){if(!k11(v,o,p))bad(c,o,p,k9);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_conversionFactor"){other(c,o,p,v,k9);continue;}if(p==="_decimalPrecision"){other(c,o,p,v,k9);continue;}break;}other(c,o,p,v,k9);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"ObservationDefinition.qualifiedInterval":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 3:if(p==="age"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="range"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="gender"){if(!k14.has(v))bad(c,o,p,k12);continue;}break;
case 7:if(p==="context"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_gender"){other(c,o,p,v,k12);continue;}break;
case 8:if(p==="category"){if(!k13.has(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_category"){other(c,o,p,v,k12);continue;}if(p==="appliesTo"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="condition"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 14:if(p==="gestationalAge"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;}
};
