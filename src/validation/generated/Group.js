// Checks of Group, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Group.characteristic"))(o,c);
let t6=(o,c)=>(t6=R.link("Group.member"))(o,c);
let t7=(o,c)=>(t7=R.link("Quantity"))(o,c);
let t8=(o,c)=>(t8=R.link("Range"))(o,c);
let t9=(o,c)=>(t9=R.link("Period"))(o,c);
const k0="Group";
const k1=R.constraints("Group");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/group-type");
const k6=R.accepts("string");
const k7=R.accepts("unsignedInt");
const k8=R.targets(["Organization","RelatedPerson","Practitioner","PractitionerRole"]);
const k9=R.accepts("canonical");
const k10="Group.characteristic";
const k11="Group.member";
const k12=R.targets(["Patient","Practitioner","PractitionerRole","Device","Medication","Substance","Group"]);
return{
"Group":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="code"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_name"){other(c,o,p,v,k0);continue;}break;
case 6:if(p==="active"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="actual"){p3=v;b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="member"){p2=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="_active"){other(c,o,p,v,k0);continue;}if(p==="_actual"){p4=v;if(o["actual"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="quantity"){if(!k7(v,o,p))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_quantity"){other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="managingEntity"){const m=c.count;t4(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}if(p==="characteristic"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if(!((p2===undefined||p3===true)))fails(c,o,k1[4]);}c.depth--;},
"Group.characteristic":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k10);continue;}break;
case 4:if(p==="code"){b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="exclude"){b0|=4;if(!(typeof v==="boolean"))bad(c,o,p,k10);continue;}break;
case 8:if(p==="_exclude"){if(o["exclude"]===undefined){b0|=4;}other(c,o,p,v,k10);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="valueRange"){if((b0&2)!==0)doubled(c,"valueRange",k10);b0|=2;const m=c.count;t8(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 12:if(p==="valueBoolean"){if((b0&2)!==0)doubled(c,"valueBoolean",k10);b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k10);continue;}break;
case 13:if(p==="_valueBoolean"){if(o["valueBoolean"]===undefined){if((b0&2)!==0)doubled(c,"valueBoolean",k10);b0|=2;}other(c,o,p,v,k10);continue;}if(p==="valueQuantity"){if((b0&2)!==0)doubled(c,"valueQuantity",k10);b0|=2;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 14:if(p==="valueReference"){if((b0&2)!==0)doubled(c,"valueReference",k10);b0|=2;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 20:if(p==="valueCodeableConcept"){if((b0&2)!==0)doubled(c,"valueCodeableConcept",k10);b0|=2;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"value");continue;}break;}other(c,o,p,v,k10);}if((b0&7)!==7)missing(c,o,k10);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"Group.member":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 6:if(p==="entity"){b0|=1;const m=c.count;t4(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}if(p==="period"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="inactive"){if(!(typeof v==="boolean"))bad(c,o,p,k11);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_inactive"){other(c,o,p,v,k11);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&1)!==1)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;}
};
