// Checks of List, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Annotation"))(o,c);
let t6=(o,c)=>(t6=R.link("List.entry"))(o,c);
const k0="List";
const k1=R.constraints("List");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/list-status");
const k6=R.codes("http://hl7.org/fhir/ValueSet/list-mode");
const k7=R.accepts("string");
const k8=R.targets(["Patient","Group","Device","Location"]);
const k9=R.targets(["Encounter"]);
const k10=R.accepts("dateTime");
const k11=R.targets(["Practitioner","PractitionerRole","Patient","Device"]);
const k12=R.accepts("canonical");
const k13="List.entry";
return{
"List":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="mode"){p4=v;b0|=2;if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_mode"){p5=v;if(o["mode"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="title"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="entry"){p3=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="source"){const m=c.count;t4(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="subject"){const m=c.count;t4(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="encounter"){const m=c.count;t4(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="orderedBy"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="emptyReason"){p2=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if(!((p2===undefined||p3===undefined)))fails(c,o,k1[4]);if(!((p4==="changes"||!(p3!==undefined&&p3.some(x1=>(x1.deleted!==undefined||x1._deleted!==undefined))))))fails(c,o,k1[5]);if(!((p4==="working"||!(p3!==undefined&&p3.some(x2=>(x2.date!==undefined||x2._date!==undefined))))))fails(c,o,k1[6]);}c.depth--;},
"List.entry":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="flag"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="date"){if(!k10(v))bad(c,o,p,k13);continue;}if(p==="item"){b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="deleted"){if(!(typeof v==="boolean"))bad(c,o,p,k13);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&1)!==1)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;}
};
