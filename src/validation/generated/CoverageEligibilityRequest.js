// Checks of CoverageEligibilityRequest, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("Period"))(o,c);
let t6=(o,c)=>(t6=R.link("CoverageEligibilityRequest.supportingInfo"))(o,c);
let t7=(o,c)=>(t7=R.link("CoverageEligibilityRequest.insurance"))(o,c);
let t8=(o,c)=>(t8=R.link("CoverageEligibilityRequest.item"))(o,c);
let t9=(o,c)=>(t9=R.link("Quantity"))(o,c);
let t10=(o,c)=>(t10=R.link("Money"))(o,c);
let t11=(o,c)=>(t11=R.link("CoverageEligibilityRequest.item.diagnosis"))(o,c);
const k0="CoverageEligibilityRequest";
const k1=R.constraints("CoverageEligibilityRequest");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/fm-status");
const k6=R.codes("http://hl7.org/fhir/ValueSet/eligibilityrequest-purpose");
const k7=R.targets(["Patient"]);
const k8=R.accepts("date");
const k9=R.accepts("dateTime");
const k10=R.targets(["Practitioner","PractitionerRole"]);
const k11=R.targets(["Practitioner","PractitionerRole","Organization"]);
const k12=R.targets(["Organization"]);
const k13=R.targets(["Location"]);
const k14=R.accepts("canonical");
const k15="CoverageEligibilityRequest.supportingInfo";
const k16=R.accepts("string");
const k17=R.accepts("positiveInt");
const k18="CoverageEligibilityRequest.insurance";
const k19=R.targets(["Coverage"]);
const k20="CoverageEligibilityRequest.item";
const k21=R.targets(["Location","Organization"]);
const k22="CoverageEligibilityRequest.item.diagnosis";
const k23=R.targets(["Condition"]);
return{
"CoverageEligibilityRequest":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="item"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="purpose"){b0|=2;if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6.has(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="patient"){b0|=4;const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="created"){b0|=16;if(!k9(v))bad(c,o,p,k0);continue;}if(p==="enterer"){const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}if(p==="insurer"){b0|=32;const m=c.count;t4(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="priority"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_purpose"){if(o["purpose"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_created"){if(o["created"]===undefined){b0|=16;}other(c,o,p,v,k0);continue;}if(p==="provider"){const m=c.count;t4(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}if(p==="facility"){const m=c.count;t4(v,c);if(!k13.accepts(c,v))wrongTarget(c,v,k13);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="insurance"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="servicedDate"){if((b0&8)!==0)doubled(c,"servicedDate",k0);b0|=8;if(!k8(v))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_servicedDate"){if(o["servicedDate"]===undefined){if((b0&8)!==0)doubled(c,"servicedDate",k0);b0|=8;}other(c,o,p,v,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="servicedPeriod"){if((b0&8)!==0)doubled(c,"servicedPeriod",k0);b0|=8;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,"serviced");continue;}if(p==="supportingInfo"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&55)!==55)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"CoverageEligibilityRequest.supportingInfo":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k15);continue;}break;
case 8:if(p==="sequence"){b0|=1;if(!k17(v,o,p))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_sequence"){if(o["sequence"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}break;
case 11:if(p==="information"){b0|=2;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="appliesToAll"){if(!(typeof v==="boolean"))bad(c,o,p,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&3)!==3)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"CoverageEligibilityRequest.insurance":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k18);continue;}break;
case 5:if(p==="focal"){if(!(typeof v==="boolean"))bad(c,o,p,k18);continue;}break;
case 8:if(p==="coverage"){b0|=1;const m=c.count;t4(v,c);if(!k19.accepts(c,v))wrongTarget(c,v,k19);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="businessArrangement"){if(!k16(v))bad(c,o,p,k18);continue;}break;}other(c,o,p,v,k18);}if((b0&1)!==1)missing(c,o,k18);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"CoverageEligibilityRequest.item":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k20);continue;}break;
case 6:if(p==="detail"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="category"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="modifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="provider"){const m=c.count;t4(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}if(p==="quantity"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="facility"){const m=c.count;t4(v,c);if(!k21.accepts(c,v))wrongTarget(c,v,k21);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="unitPrice"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="diagnosis"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="productOrService"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 22:if(p==="supportingInfoSequence"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k17(v[i],v,i))badItem(c,o,p,v,i,k20);}continue;}break;}other(c,o,p,v,k20);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"CoverageEligibilityRequest.item.diagnosis":(o,c)=>{if(isWrong(c,o,k22))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k16(v))bad(c,o,p,k22);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="diagnosisReference"){if((b0&1)!==0)doubled(c,"diagnosisReference",k22);b0|=1;const m=c.count;t4(v,c);if(!k23.accepts(c,v))wrongTarget(c,v,k23);if(c.count!==m)at(c,m,"diagnosis");continue;}break;
case 24:if(p==="diagnosisCodeableConcept"){if((b0&1)!==0)doubled(c,"diagnosisCodeableConcept",k22);b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"diagnosis");continue;}break;}other(c,o,p,v,k22);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k22);c.depth--;}
};
