// Checks of NutritionOrder, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("NutritionOrder.oralDiet"))(o,c);
let t6=(o,c)=>(t6=R.link("NutritionOrder.supplement"))(o,c);
let t7=(o,c)=>(t7=R.link("NutritionOrder.enteralFormula"))(o,c);
let t8=(o,c)=>(t8=R.link("Annotation"))(o,c);
let t9=(o,c)=>(t9=R.link("Timing"))(o,c);
let t10=(o,c)=>(t10=R.link("NutritionOrder.oralDiet.nutrient"))(o,c);
let t11=(o,c)=>(t11=R.link("NutritionOrder.oralDiet.texture"))(o,c);
let t12=(o,c)=>(t12=R.link("Quantity"))(o,c);
let t13=(o,c)=>(t13=R.link("NutritionOrder.enteralFormula.administration"))(o,c);
let t14=(o,c)=>(t14=R.link("Ratio"))(o,c);
const k0="NutritionOrder";
const k1=R.constraints("NutritionOrder");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("canonical");
const k6=R.codes("http://hl7.org/fhir/ValueSet/request-status");
const k7=R.codes("http://hl7.org/fhir/ValueSet/request-intent");
const k8=R.targets(["Patient"]);
const k9=R.targets(["Encounter"]);
const k10=R.accepts("dateTime");
const k11=R.targets(["Practitioner","PractitionerRole"]);
const k12=R.targets(["AllergyIntolerance"]);
const k13="NutritionOrder.oralDiet";
const k14=R.accepts("string");
const k15="NutritionOrder.oralDiet.nutrient";
const k16="NutritionOrder.oralDiet.texture";
const k17="NutritionOrder.supplement";
const k18="NutritionOrder.enteralFormula";
const k19="NutritionOrder.enteralFormula.administration";
return{
"NutritionOrder":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="intent"){b0|=2;if(!k7.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_intent"){if(o["intent"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="patient"){b0|=4;const m=c.count;t3(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}if(p==="orderer"){const m=c.count;t3(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="dateTime"){b0|=8;if(!k10(v))bad(c,o,p,k0);continue;}if(p==="oralDiet"){p2=v;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="encounter"){const m=c.count;t3(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}if(p==="_dateTime"){if(o["dateTime"]===undefined){b0|=8;}other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="supplement"){p3=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="instantiates"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k3(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_instantiates"){other(c,o,p,v,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="enteralFormula"){p4=v;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 15:if(p==="instantiatesUri"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k3(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="allergyIntolerance"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k12.accepts(c,v[i]))wrongTarget(c,v[i],k12);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 19:if(p==="excludeFoodModifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 21:if(p==="instantiatesCanonical"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k5(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 22:if(p==="_instantiatesCanonical"){other(c,o,p,v,k0);continue;}if(p==="foodPreferenceModifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k0);}if((b0&15)!==15)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((p2!==undefined||p3!==undefined||p4!==undefined))))fails(c,o,k1[4]);}c.depth--;},
"NutritionOrder.oralDiet":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="type"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="texture"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="schedule"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="nutrient"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="instruction"){if(!k14(v))bad(c,o,p,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 20:if(p==="fluidConsistencyType"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k13);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"NutritionOrder.oralDiet.nutrient":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k15);continue;}break;
case 6:if(p==="amount"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="modifier"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"NutritionOrder.oralDiet.texture":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k16);continue;}break;
case 8:if(p==="modifier"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="foodType"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"NutritionOrder.supplement":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="type"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="schedule"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="quantity"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="productName"){if(!k14(v))bad(c,o,p,k17);continue;}if(p==="instruction"){if(!k14(v))bad(c,o,p,k17);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"NutritionOrder.enteralFormula":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k18);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="additiveType"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 14:if(p==="caloricDensity"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="administration"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 15:if(p==="baseFormulaType"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="maxVolumeToDeliver"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 19:if(p==="additiveProductName"){if(!k14(v))bad(c,o,p,k18);continue;}break;
case 21:if(p==="routeofAdministration"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 22:if(p==="baseFormulaProductName"){if(!k14(v))bad(c,o,p,k18);continue;}break;
case 25:if(p==="administrationInstruction"){if(!k14(v))bad(c,o,p,k18);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"NutritionOrder.enteralFormula.administration":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k19);continue;}break;
case 8:if(p==="schedule"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="quantity"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="rateRatio"){if((b0&1)!==0)doubled(c,"rateRatio",k19);b0|=1;const m=c.count;t14(v,c);if(c.count!==m)at(c,m,"rate");continue;}break;
case 12:if(p==="rateQuantity"){if((b0&1)!==0)doubled(c,"rateQuantity",k19);b0|=1;const m=c.count;t12(v,c);if(c.count!==m)at(c,m,"rate");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;}
};
