// Checks of DataRequirement, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("CodeableConcept"))(o,c);
let t1=(o,c)=>(t1=R.link("Reference"))(o,c);
let t2=(o,c)=>(t2=R.link("DataRequirement.codeFilter"))(o,c);
let t3=(o,c)=>(t3=R.link("DataRequirement.dateFilter"))(o,c);
let t4=(o,c)=>(t4=R.link("DataRequirement.sort"))(o,c);
let t5=(o,c)=>(t5=R.link("Coding"))(o,c);
let t6=(o,c)=>(t6=R.link("Period"))(o,c);
let t7=(o,c)=>(t7=R.link("Duration"))(o,c);
const k0="DataRequirement";
const k1=R.accepts("string");
const k2=R.codes("http://hl7.org/fhir/ValueSet/all-types");
const k3=R.accepts("canonical");
const k4=R.targets(["Group"]);
const k5=R.accepts("positiveInt");
const k6="DataRequirement.codeFilter";
const k7=R.constraints("DataRequirement.codeFilter");
const k8="DataRequirement.dateFilter";
const k9=R.constraints("DataRequirement.dateFilter");
const k10=R.accepts("dateTime");
const k11="DataRequirement.sort";
const k12=R.codes("http://hl7.org/fhir/ValueSet/sort-direction");
return{
"DataRequirement":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k2.has(v))bad(c,o,p,k0);continue;}if(p==="sort"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="limit"){if(!k5(v,o,p))bad(c,o,p,k0);continue;}break;
case 7:if(p==="profile"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k3(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="codeFilter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="dateFilter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="mustSupport"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k1(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 16:if(p==="subjectReference"){if((b0&2)!==0)doubled(c,"subjectReference",k0);b0|=2;const m=c.count;t1(v,c);if(!k4.accepts(c,v))wrongTarget(c,v,k4);if(c.count!==m)at(c,m,"subject");continue;}break;
case 22:if(p==="subjectCodeableConcept"){if((b0&2)!==0)doubled(c,"subjectCodeableConcept",k0);b0|=2;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,"subject");continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;},
"DataRequirement.codeFilter":(o,c)=>{if(isWrong(c,o,k6))return;const f=c.faults;let k=0,p0,p1,p2,p3;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k6);continue;}break;
case 4:if(p==="path"){p0=v;if(!k1(v))bad(c,o,p,k6);continue;}if(p==="code"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_path"){p1=v;other(c,o,p,v,k6);continue;}break;
case 8:if(p==="valueSet"){if(!k3(v))bad(c,o,p,k6);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_valueSet"){other(c,o,p,v,k6);continue;}break;
case 11:if(p==="searchParam"){p2=v;if(!k1(v))bad(c,o,p,k6);continue;}break;
case 12:if(p==="_searchParam"){p3=v;other(c,o,p,v,k6);continue;}break;}other(c,o,p,v,k6);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k6);if(c.faults!==f)check(c,o,k7);else{if(!((((p0!==undefined||p1!==undefined)&&!(p2!==undefined||p3!==undefined))||(!(p0!==undefined||p1!==undefined)&&(p2!==undefined||p3!==undefined)))))fails(c,o,k7[0]);}c.depth--;},
"DataRequirement.dateFilter":(o,c)=>{if(isWrong(c,o,k8))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k8);continue;}break;
case 4:if(p==="path"){p0=v;if(!k1(v))bad(c,o,p,k8);continue;}break;
case 5:if(p==="_path"){p1=v;other(c,o,p,v,k8);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="searchParam"){p2=v;if(!k1(v))bad(c,o,p,k8);continue;}if(p==="valuePeriod"){if((b0&1)!==0)doubled(c,"valuePeriod",k8);b0|=1;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 12:if(p==="_searchParam"){p3=v;other(c,o,p,v,k8);continue;}break;
case 13:if(p==="valueDateTime"){if((b0&1)!==0)doubled(c,"valueDateTime",k8);b0|=1;if(!k10(v))bad(c,o,p,k8);continue;}if(p==="valueDuration"){if((b0&1)!==0)doubled(c,"valueDuration",k8);b0|=1;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 14:if(p==="_valueDateTime"){if(o["valueDateTime"]===undefined){if((b0&1)!==0)doubled(c,"valueDateTime",k8);b0|=1;}other(c,o,p,v,k8);continue;}break;}other(c,o,p,v,k8);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k8);if(c.faults!==f)check(c,o,k9);else{if(!((((p0!==undefined||p1!==undefined)&&!(p2!==undefined||p3!==undefined))||(!(p0!==undefined||p1!==undefined)&&(p2!==undefined||p3!==undefined)))))fails(c,o,k9[0]);}c.depth--;},
"DataRequirement.sort":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k11);continue;}break;
case 4:if(p==="path"){b0|=1;if(!k1(v))bad(c,o,p,k11);continue;}break;
case 5:if(p==="_path"){if(o["path"]===undefined){b0|=1;}other(c,o,p,v,k11);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="direction"){b0|=2;if(!k12.has(v))bad(c,o,p,k11);continue;}break;
case 10:if(p==="_direction"){if(o["direction"]===undefined){b0|=2;}other(c,o,p,v,k11);continue;}break;}other(c,o,p,v,k11);}if((b0&3)!==3)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;}
};
