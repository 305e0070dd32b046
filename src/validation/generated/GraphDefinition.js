// Checks of GraphDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("ContactDetail"))(o,c);
let t3=(o,c)=>(t3=R.link("UsageContext"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("GraphDefinition.link"))(o,c);
let t6=(o,c)=>(t6=R.link("GraphDefinition.link.target"))(o,c);
let t7=(o,c)=>(t7=R.link("GraphDefinition.link.target.compartment"))(o,c);
const k0="GraphDefinition";
const k1=R.constraints("GraphDefinition");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k8=R.accepts("dateTime");
const k9=R.accepts("markdown");
const k10=R.codes("http://hl7.org/fhir/ValueSet/resource-types");
const k11=R.accepts("canonical");
const k12="GraphDefinition.link";
const k13=R.accepts("integer");
const k14="GraphDefinition.link.target";
const k15="GraphDefinition.link.target.compartment";
const k16=R.codes("http://hl7.org/fhir/ValueSet/graph-compartment-use");
const k17=R.codes("http://hl7.org/fhir/ValueSet/compartment-type");
const k18=R.codes("http://hl7.org/fhir/ValueSet/graph-compartment-rule");
return{
"GraphDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;b0|=1;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="link"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_name"){p3=v;if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="start"){b0|=4;if(!k10.has(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="status"){b0|=2;if(!k7.has(v))bad(c,o,p,k0);continue;}if(p==="_start"){if(o["start"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="profile"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}if(p==="_profile"){other(c,o,p,v,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"GraphDefinition.link":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 3:if(p==="min"){if(!k13(v,o,p))bad(c,o,p,k12);continue;}if(p==="max"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="path"){if(!k6(v))bad(c,o,p,k12);continue;}if(p==="_min"){other(c,o,p,v,k12);continue;}if(p==="_max"){other(c,o,p,v,k12);continue;}break;
case 6:if(p==="target"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="sliceName"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k12);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"GraphDefinition.link.target":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k10.has(v))bad(c,o,p,k14);continue;}if(p==="link"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k14);continue;}break;
case 6:if(p==="params"){if(!k6(v))bad(c,o,p,k14);continue;}break;
case 7:if(p==="_params"){other(c,o,p,v,k14);continue;}if(p==="profile"){if(!k11(v))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="compartment"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"GraphDefinition.link.target.compartment":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 3:if(p==="use"){b0|=1;if(!k16.has(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="_use"){if(o["use"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}if(p==="code"){b0|=2;if(!k17.has(v))bad(c,o,p,k15);continue;}if(p==="rule"){b0|=4;if(!k18.has(v))bad(c,o,p,k15);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=2;}other(c,o,p,v,k15);continue;}if(p==="_rule"){if(o["rule"]===undefined){b0|=4;}other(c,o,p,v,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="expression"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 11:if(p==="_expression"){other(c,o,p,v,k15);continue;}if(p==="description"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&7)!==7)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;}
};
