// Checks of MedicationKnowledge, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("CodeableConcept"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("Quantity"))(o,c);
let t5=(o,c)=>(t5=R.link("MedicationKnowledge.relatedMedicationKnowledge"))(o,c);
let t6=(o,c)=>(t6=R.link("MedicationKnowledge.monograph"))(o,c);
let t7=(o,c)=>(t7=R.link("MedicationKnowledge.ingredient"))(o,c);
let t8=(o,c)=>(t8=R.link("MedicationKnowledge.cost"))(o,c);
let t9=(o,c)=>(t9=R.link("MedicationKnowledge.monitoringProgram"))(o,c);
let t10=(o,c)=>(t10=R.link("MedicationKnowledge.administrationGuidelines"))(o,c);
let t11=(o,c)=>(t11=R.link("MedicationKnowledge.medicineClassification"))(o,c);
let t12=(o,c)=>(t12=R.link("MedicationKnowledge.packaging"))(o,c);
let t13=(o,c)=>(t13=R.link("MedicationKnowledge.drugCharacteristic"))(o,c);
let t14=(o,c)=>(t14=R.link("MedicationKnowledge.regulatory"))(o,c);
let t15=(o,c)=>(t15=R.link("MedicationKnowledge.kinetics"))(o,c);
let t16=(o,c)=>(t16=R.link("Ratio"))(o,c);
let t17=(o,c)=>(t17=R.link("Money"))(o,c);
let t18=(o,c)=>(t18=R.link("MedicationKnowledge.administrationGuidelines.dosage"))(o,c);
let t19=(o,c)=>(t19=R.link("MedicationKnowledge.administrationGuidelines.patientCharacteristics"))(o,c);
let t20=(o,c)=>(t20=R.link("Dosage"))(o,c);
let t21=(o,c)=>(t21=R.link("MedicationKnowledge.regulatory.substitution"))(o,c);
let t22=(o,c)=>(t22=R.link("MedicationKnowledge.regulatory.schedule"))(o,c);
let t23=(o,c)=>(t23=R.link("MedicationKnowledge.regulatory.maxDispense"))(o,c);
let t24=(o,c)=>(t24=R.link("Duration"))(o,c);
const k0="MedicationKnowledge";
const k1=R.constraints("MedicationKnowledge");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/medicationknowledge-status");
const k6=R.targets(["Organization"]);
const k7=R.accepts("string");
const k8=R.targets(["Medication"]);
const k9=R.accepts("markdown");
const k10=R.targets(["DetectedIssue"]);
const k11=R.accepts("canonical");
const k12="MedicationKnowledge.relatedMedicationKnowledge";
const k13=R.targets(["MedicationKnowledge"]);
const k14="MedicationKnowledge.monograph";
const k15=R.targets(["DocumentReference","Media"]);
const k16="MedicationKnowledge.ingredient";
const k17=R.targets(["Substance"]);
const k18="MedicationKnowledge.cost";
const k19="MedicationKnowledge.monitoringProgram";
const k20="MedicationKnowledge.administrationGuidelines";
const k21=R.targets(["ObservationDefinition"]);
const k22="MedicationKnowledge.administrationGuidelines.dosage";
const k23="MedicationKnowledge.administrationGuidelines.patientCharacteristics";
const k24="MedicationKnowledge.medicineClassification";
const k25="MedicationKnowledge.packaging";
const k26="MedicationKnowledge.drugCharacteristic";
const k27=R.accepts("base64Binary");
const k28="MedicationKnowledge.regulatory";
const k29="MedicationKnowledge.regulatory.substitution";
const k30="MedicationKnowledge.regulatory.schedule";
const k31="MedicationKnowledge.regulatory.maxDispense";
const k32="MedicationKnowledge.kinetics";
return{
"MedicationKnowledge":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="code"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="cost"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="amount"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){other(c,o,p,v,k0);continue;}if(p==="synonym"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="doseForm"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_synonym"){other(c,o,p,v,k0);continue;}if(p==="kinetics"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t15(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="monograph"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="packaging"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="ingredient"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="regulatory"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t14(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="productType"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="manufacturer"){const m=c.count;t3(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="intendedRoute"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="contraindication"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k10.accepts(c,v[i]))wrongTarget(c,v[i],k10);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="monitoringProgram"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 18:if(p==="drugCharacteristic"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 20:if(p==="associatedMedication"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k8.accepts(c,v[i]))wrongTarget(c,v[i],k8);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 22:if(p==="preparationInstruction"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="medicineClassification"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 24:if(p==="administrationGuidelines"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 26:if(p==="relatedMedicationKnowledge"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"MedicationKnowledge.relatedMedicationKnowledge":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){b0|=2;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k13.accepts(c,v[i]))wrongTarget(c,v[i],k13);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if((b0&3)!==3)missing(c,o,k12);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"MedicationKnowledge.monograph":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="type"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="source"){const m=c.count;t3(v,c);if(!k15.accepts(c,v))wrongTarget(c,v,k15);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"MedicationKnowledge.ingredient":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k16);continue;}break;
case 8:if(p==="isActive"){if(!(typeof v==="boolean"))bad(c,o,p,k16);continue;}if(p==="strength"){const m=c.count;t16(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_isActive"){other(c,o,p,v,k16);continue;}break;
case 13:if(p==="itemReference"){if((b0&1)!==0)doubled(c,"itemReference",k16);b0|=1;const m=c.count;t3(v,c);if(!k17.accepts(c,v))wrongTarget(c,v,k17);if(c.count!==m)at(c,m,"item");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="itemCodeableConcept"){if((b0&1)!==0)doubled(c,"itemCodeableConcept",k16);b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"item");continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"MedicationKnowledge.cost":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k18);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="cost"){b0|=2;const m=c.count;t17(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="source"){if(!k7(v))bad(c,o,p,k18);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if((b0&3)!==3)missing(c,o,k18);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"MedicationKnowledge.monitoringProgram":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="type"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){if(!k7(v))bad(c,o,p,k19);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"MedicationKnowledge.administrationGuidelines":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k20);continue;}break;
case 6:if(p==="dosage"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t18(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="indicationReference"){if((b0&1)!==0)doubled(c,"indicationReference",k20);b0|=1;const m=c.count;t3(v,c);if(!k21.accepts(c,v))wrongTarget(c,v,k21);if(c.count!==m)at(c,m,"indication");continue;}break;
case 22:if(p==="patientCharacteristics"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t19(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 25:if(p==="indicationCodeableConcept"){if((b0&1)!==0)doubled(c,"indicationCodeableConcept",k20);b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"indication");continue;}break;}other(c,o,p,v,k20);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"MedicationKnowledge.administrationGuidelines.dosage":(o,c)=>{if(isWrong(c,o,k22))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k22);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="dosage"){b0|=2;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t20(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k22);}if((b0&3)!==3)missing(c,o,k22);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k22);c.depth--;},
"MedicationKnowledge.administrationGuidelines.patientCharacteristics":(o,c)=>{if(isWrong(c,o,k23))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k23);continue;}break;
case 5:if(p==="value"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k23);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 22:if(p==="characteristicQuantity"){if((b0&1)!==0)doubled(c,"characteristicQuantity",k23);b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,"characteristic");continue;}break;
case 29:if(p==="characteristicCodeableConcept"){if((b0&1)!==0)doubled(c,"characteristicCodeableConcept",k23);b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"characteristic");continue;}break;}other(c,o,p,v,k23);}if((b0&1)!==1)missing(c,o,k23);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k23);c.depth--;},
"MedicationKnowledge.medicineClassification":(o,c)=>{if(isWrong(c,o,k24))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k24);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 14:if(p==="classification"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k24);}if((b0&1)!==1)missing(c,o,k24);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k24);c.depth--;},
"MedicationKnowledge.packaging":(o,c)=>{if(isWrong(c,o,k25))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k25);continue;}break;
case 4:if(p==="type"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="quantity"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k25);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k25);c.depth--;},
"MedicationKnowledge.drugCharacteristic":(o,c)=>{if(isWrong(c,o,k26))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k26);continue;}break;
case 4:if(p==="type"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="valueString"){if((b0&1)!==0)doubled(c,"valueString",k26);b0|=1;if(!k7(v))bad(c,o,p,k26);continue;}break;
case 12:if(p==="_valueString"){if(o["valueString"]===undefined){if((b0&1)!==0)doubled(c,"valueString",k26);b0|=1;}other(c,o,p,v,k26);continue;}break;
case 13:if(p==="valueQuantity"){if((b0&1)!==0)doubled(c,"valueQuantity",k26);b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,"value");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="valueBase64Binary"){if((b0&1)!==0)doubled(c,"valueBase64Binary",k26);b0|=1;if(!k27(v))bad(c,o,p,k26);continue;}break;
case 18:if(p==="_valueBase64Binary"){if(o["valueBase64Binary"]===undefined){if((b0&1)!==0)doubled(c,"valueBase64Binary",k26);b0|=1;}other(c,o,p,v,k26);continue;}break;
case 20:if(p==="valueCodeableConcept"){if((b0&1)!==0)doubled(c,"valueCodeableConcept",k26);b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"value");continue;}break;}other(c,o,p,v,k26);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k26);c.depth--;},
"MedicationKnowledge.regulatory":(o,c)=>{if(isWrong(c,o,k28))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k28);continue;}break;
case 8:if(p==="schedule"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t22(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="maxDispense"){const m=c.count;t23(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="substitution"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t21(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 19:if(p==="regulatoryAuthority"){b0|=1;const m=c.count;t3(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k28);}if((b0&1)!==1)missing(c,o,k28);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k28);c.depth--;},
"MedicationKnowledge.regulatory.substitution":(o,c)=>{if(isWrong(c,o,k29))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k29);continue;}break;
case 4:if(p==="type"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="allowed"){b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k29);continue;}break;
case 8:if(p==="_allowed"){if(o["allowed"]===undefined){b0|=2;}other(c,o,p,v,k29);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k29);}if((b0&3)!==3)missing(c,o,k29);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k29);c.depth--;},
"MedicationKnowledge.regulatory.schedule":(o,c)=>{if(isWrong(c,o,k30))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k30);continue;}break;
case 8:if(p==="schedule"){b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k30);}if((b0&1)!==1)missing(c,o,k30);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k30);c.depth--;},
"MedicationKnowledge.regulatory.maxDispense":(o,c)=>{if(isWrong(c,o,k31))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k31);continue;}break;
case 6:if(p==="period"){const m=c.count;t24(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="quantity"){b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k31);}if((b0&1)!==1)missing(c,o,k31);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k31);c.depth--;},
"MedicationKnowledge.kinetics":(o,c)=>{if(isWrong(c,o,k32))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k32);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="lethalDose50"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 14:if(p==="areaUnderCurve"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="halfLifePeriod"){const m=c.count;t24(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k32);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k32);c.depth--;}
};
