// Checks of Device, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("Device.udiCarrier"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("Device.deviceName"))(o,c);
let t7=(o,c)=>(t7=R.link("Device.specialization"))(o,c);
let t8=(o,c)=>(t8=R.link("Device.version"))(o,c);
let t9=(o,c)=>(t9=R.link("Device.property"))(o,c);
let t10=(o,c)=>(t10=R.link("ContactPoint"))(o,c);
let t11=(o,c)=>(t11=R.link("Annotation"))(o,c);
let t12=(o,c)=>(t12=R.link("Quantity"))(o,c);
const k0="Device";
const k1=R.constraints("Device");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.targets(["DeviceDefinition"]);
const k6=R.codes("http://hl7.org/fhir/ValueSet/device-status");
const k7=R.accepts("string");
const k8=R.accepts("dateTime");
const k9=R.targets(["Patient"]);
const k10=R.targets(["Organization"]);
const k11=R.targets(["Location"]);
const k12=R.targets(["Device"]);
const k13=R.accepts("canonical");
const k14="Device.udiCarrier";
const k15=R.accepts("base64Binary");
const k16=R.codes("http://hl7.org/fhir/ValueSet/udi-entry-type");
const k17="Device.deviceName";
const k18=R.codes("http://hl7.org/fhir/ValueSet/device-nametype");
const k19="Device.specialization";
const k20="Device.version";
const k21="Device.property";
return{
"Device":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="owner"){const m=c.count;t3(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="safety"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="parent"){const m=c.count;t3(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){other(c,o,p,v,k0);continue;}if(p==="version"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="patient"){const m=c.count;t3(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="property"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="location"){const m=c.count;t3(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="lotNumber"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="definition"){const m=c.count;t3(v,c);if(!k5.accepts(c,v))wrongTarget(c,v,k5);if(c.count!==m)at(c,m,p);continue;}if(p==="udiCarrier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_lotNumber"){other(c,o,p,v,k0);continue;}if(p==="deviceName"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="partNumber"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="modelNumber"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_partNumber"){other(c,o,p,v,k0);continue;}break;
case 12:if(p==="statusReason"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="manufacturer"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="serialNumber"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_modelNumber"){other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_manufacturer"){other(c,o,p,v,k0);continue;}if(p==="_serialNumber"){other(c,o,p,v,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="expirationDate"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="specialization"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 15:if(p==="manufactureDate"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="_expirationDate"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="distinctIdentifier"){if(!k7(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Device.udiCarrier":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 6:if(p==="issuer"){if(!k3(v))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="entryType"){if(!k16.has(v))bad(c,o,p,k14);continue;}break;
case 10:if(p==="carrierHRF"){if(!k7(v))bad(c,o,p,k14);continue;}if(p==="_entryType"){other(c,o,p,v,k14);continue;}break;
case 11:if(p==="carrierAIDC"){if(!k15(v))bad(c,o,p,k14);continue;}if(p==="_carrierHRF"){other(c,o,p,v,k14);continue;}break;
case 12:if(p==="jurisdiction"){if(!k3(v))bad(c,o,p,k14);continue;}if(p==="_carrierAIDC"){other(c,o,p,v,k14);continue;}break;
case 16:if(p==="deviceIdentifier"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_deviceIdentifier"){other(c,o,p,v,k14);continue;}break;}other(c,o,p,v,k14);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"Device.deviceName":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k7(v))bad(c,o,p,k17);continue;}if(p==="type"){b0|=2;if(!k18.has(v))bad(c,o,p,k17);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}if(p==="_type"){if(o["type"]===undefined){b0|=2;}other(c,o,p,v,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&3)!==3)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"Device.specialization":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k19);continue;}break;
case 7:if(p==="version"){if(!k7(v))bad(c,o,p,k19);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="systemType"){b0|=1;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if((b0&1)!==1)missing(c,o,k19);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"Device.version":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k20);continue;}break;
case 4:if(p==="type"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){b0|=1;if(!k7(v))bad(c,o,p,k20);continue;}break;
case 6:if(p==="_value"){if(o["value"]===undefined){b0|=1;}other(c,o,p,v,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="component"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&1)!==1)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"Device.property":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k21);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="valueCode"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 13:if(p==="valueQuantity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if((b0&1)!==1)missing(c,o,k21);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;}
};
