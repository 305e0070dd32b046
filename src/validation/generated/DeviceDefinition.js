// Checks of DeviceDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("DeviceDefinition.udiDeviceIdentifier"))(o,c);
let t4=(o,c)=>(t4=R.link("Reference"))(o,c);
let t5=(o,c)=>(t5=R.link("DeviceDefinition.deviceName"))(o,c);
let t6=(o,c)=>(t6=R.link("CodeableConcept"))(o,c);
let t7=(o,c)=>(t7=R.link("DeviceDefinition.specialization"))(o,c);
let t8=(o,c)=>(t8=R.link("ProductShelfLife"))(o,c);
let t9=(o,c)=>(t9=R.link("ProdCharacteristic"))(o,c);
let t10=(o,c)=>(t10=R.link("DeviceDefinition.capability"))(o,c);
let t11=(o,c)=>(t11=R.link("DeviceDefinition.property"))(o,c);
let t12=(o,c)=>(t12=R.link("ContactPoint"))(o,c);
let t13=(o,c)=>(t13=R.link("Annotation"))(o,c);
let t14=(o,c)=>(t14=R.link("Quantity"))(o,c);
let t15=(o,c)=>(t15=R.link("DeviceDefinition.material"))(o,c);
const k0="DeviceDefinition";
const k1=R.constraints("DeviceDefinition");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("string");
const k6=R.targets(["Organization"]);
const k7=R.targets(["DeviceDefinition"]);
const k8=R.accepts("canonical");
const k9="DeviceDefinition.udiDeviceIdentifier";
const k10="DeviceDefinition.deviceName";
const k11=R.codes("http://hl7.org/fhir/ValueSet/device-nametype");
const k12="DeviceDefinition.specialization";
const k13="DeviceDefinition.capability";
const k14="DeviceDefinition.property";
const k15="DeviceDefinition.material";
return{
"DeviceDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="owner"){const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="safety"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="version"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="property"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="quantity"){const m=c.count;t14(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="material"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t15(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="deviceName"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="capability"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="modelNumber"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_modelNumber"){other(c,o,p,v,k0);continue;}if(p==="languageCode"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="parentDevice"){const m=c.count;t4(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="specialization"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="shelfLifeStorage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="onlineInformation"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 18:if(p==="manufacturerString"){if((b0&1)!==0)doubled(c,"manufacturerString",k0);b0|=1;if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_onlineInformation"){other(c,o,p,v,k0);continue;}break;
case 19:if(p==="udiDeviceIdentifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_manufacturerString"){if(o["manufacturerString"]===undefined){if((b0&1)!==0)doubled(c,"manufacturerString",k0);b0|=1;}other(c,o,p,v,k0);continue;}break;
case 21:if(p==="manufacturerReference"){if((b0&1)!==0)doubled(c,"manufacturerReference",k0);b0|=1;const m=c.count;t4(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,"manufacturer");continue;}break;
case 23:if(p==="physicalCharacteristics"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"DeviceDefinition.udiDeviceIdentifier":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k9);continue;}break;
case 6:if(p==="issuer"){b0|=2;if(!k3(v))bad(c,o,p,k9);continue;}break;
case 7:if(p==="_issuer"){if(o["issuer"]===undefined){b0|=2;}other(c,o,p,v,k9);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="jurisdiction"){b0|=4;if(!k3(v))bad(c,o,p,k9);continue;}break;
case 13:if(p==="_jurisdiction"){if(o["jurisdiction"]===undefined){b0|=4;}other(c,o,p,v,k9);continue;}break;
case 16:if(p==="deviceIdentifier"){b0|=1;if(!k5(v))bad(c,o,p,k9);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_deviceIdentifier"){if(o["deviceIdentifier"]===undefined){b0|=1;}other(c,o,p,v,k9);continue;}break;}other(c,o,p,v,k9);}if((b0&7)!==7)missing(c,o,k9);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;},
"DeviceDefinition.deviceName":(o,c)=>{if(isWrong(c,o,k10))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k10);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k5(v))bad(c,o,p,k10);continue;}if(p==="type"){b0|=2;if(!k11.has(v))bad(c,o,p,k10);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k10);continue;}if(p==="_type"){if(o["type"]===undefined){b0|=2;}other(c,o,p,v,k10);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k10);}if((b0&3)!==3)missing(c,o,k10);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k10);c.depth--;},
"DeviceDefinition.specialization":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 7:if(p==="version"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="systemType"){b0|=1;if(!k5(v))bad(c,o,p,k12);continue;}break;
case 11:if(p==="_systemType"){if(o["systemType"]===undefined){b0|=1;}other(c,o,p,v,k12);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if((b0&1)!==1)missing(c,o,k12);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"DeviceDefinition.capability":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&1)!==1)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"DeviceDefinition.property":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="valueCode"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 13:if(p==="valueQuantity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t14(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"DeviceDefinition.material":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="substance"){b0|=1;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="alternate"){if(!(typeof v==="boolean"))bad(c,o,p,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="allergenicIndicator"){if(!(typeof v==="boolean"))bad(c,o,p,k15);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;}
};
