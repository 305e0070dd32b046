// Checks of NamingSystem, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("ContactDetail"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("UsageContext"))(o,c);
let t5=(o,c)=>(t5=R.link("NamingSystem.uniqueId"))(o,c);
let t6=(o,c)=>(t6=R.link("Period"))(o,c);
const k0="NamingSystem";
const k1=R.constraints("NamingSystem");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.expression("NamingSystem","uniqueId.where(preferred = true).select(type).isDistinct()");
const k4=R.accepts("id");
const k5=R.accepts("uri");
const k6=R.accepts("code");
const k7=R.accepts("string");
const k8=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k9=R.codes("http://hl7.org/fhir/ValueSet/namingsystem-type");
const k10=R.accepts("dateTime");
const k11=R.accepts("markdown");
const k12=R.accepts("canonical");
const k13="NamingSystem.uniqueId";
const k14=R.codes("http://hl7.org/fhir/ValueSet/namingsystem-identifier-type");
return{
"NamingSystem":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){p2=v;b0|=1;if(!k7(v))bad(c,o,p,k0);continue;}if(p==="kind"){p4=v;b0|=4;if(!k9.has(v))bad(c,o,p,k0);continue;}if(p==="date"){b0|=8;if(!k10(v))bad(c,o,p,k0);continue;}if(p==="type"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="_name"){p3=v;if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_kind"){p5=v;if(o["kind"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="_date"){if(o["date"]===undefined){b0|=8;}other(c,o,p,v,k0);continue;}if(p==="usage"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="status"){b0|=2;if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="_usage"){other(c,o,p,v,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="uniqueId"){p6=v;b0|=16;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="responsible"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="description"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_responsible"){other(c,o,p,v,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&31)!==31)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);if(!((((p4!==undefined||p5!==undefined)&&p4!=="root")||!((p6!==undefined&&p6.some(x0=>!(((x0.type!==undefined||x0._type!==undefined)&&x0.type!=="uuid"))))))))fails(c,o,k1[5]);if(!(holds(c,k3,o)))fails(c,o,k1[6]);}c.depth--;},
"NamingSystem.uniqueId":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k14.has(v))bad(c,o,p,k13);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}if(p==="value"){b0|=2;if(!k7(v))bad(c,o,p,k13);continue;}break;
case 6:if(p==="_value"){if(o["value"]===undefined){b0|=2;}other(c,o,p,v,k13);continue;}if(p==="period"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="comment"){if(!k7(v))bad(c,o,p,k13);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="preferred"){if(!(typeof v==="boolean"))bad(c,o,p,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&3)!==3)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;}
};
