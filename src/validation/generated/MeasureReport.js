// Checks of MeasureReport, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("Period"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("MeasureReport.group"))(o,c);
let t7=(o,c)=>(t7=R.link("MeasureReport.group.population"))(o,c);
let t8=(o,c)=>(t8=R.link("Quantity"))(o,c);
let t9=(o,c)=>(t9=R.link("MeasureReport.group.stratifier"))(o,c);
let t10=(o,c)=>(t10=R.link("MeasureReport.group.stratifier.stratum"))(o,c);
let t11=(o,c)=>(t11=R.link("MeasureReport.group.stratifier.stratum.component"))(o,c);
let t12=(o,c)=>(t12=R.link("MeasureReport.group.stratifier.stratum.population"))(o,c);
const k0="MeasureReport";
const k1=R.constraints("MeasureReport");
const k2=(c,o,p1,p2,p3,p4)=>{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if(!((((p2!==undefined||p3!==undefined)&&p2!=="data-collection")||p4===undefined)))fails(c,o,k1[4]);};
const k3=(c,o,p4)=>{if(!(!(p4!==undefined&&p4.some(x1=>(x1.stratifier!==undefined&&x1.stratifier.some(x2=>(x2.stratum!==undefined&&x2.stratum.some(x3=>!((x3.value!==undefined&&x3.component===undefined)||(x3.value===undefined&&x3.component!==undefined))))))))))fails(c,o,k1[5]);};
const k4=R.accepts("id");
const k5=R.accepts("uri");
const k6=R.accepts("code");
const k7=R.codes("http://hl7.org/fhir/ValueSet/measure-report-status");
const k8=R.codes("http://hl7.org/fhir/ValueSet/measure-report-type");
const k9=R.accepts("canonical");
const k10=R.targets(["Patient","Practitioner","PractitionerRole","Location","Device","RelatedPerson","Group"]);
const k11=R.accepts("dateTime");
const k12=R.targets(["Practitioner","PractitionerRole","Location","Organization"]);
const k13="MeasureReport.group";
const k14=R.accepts("string");
const k15="MeasureReport.group.population";
const k16=R.accepts("integer");
const k17=R.targets(["List"]);
const k18="MeasureReport.group.stratifier";
const k19="MeasureReport.group.stratifier.stratum";
const k20="MeasureReport.group.stratifier.stratum.component";
const k21="MeasureReport.group.stratifier.stratum.population";
return{
"MeasureReport":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){p2=v;b0|=2;if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_type"){p3=v;if(o["type"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="group"){p4=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="status"){b0|=1;if(!k7.has(v))bad(c,o,p,k0);continue;}if(p==="period"){b0|=8;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="measure"){b0|=4;if(!k9(v))bad(c,o,p,k0);continue;}if(p==="subject"){const m=c.count;t3(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_measure"){if(o["measure"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="reporter"){const m=c.count;t3(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="evaluatedResource"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 19:if(p==="improvementNotation"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;}other(c,o,p,v,k0);}if((b0&15)!==15)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{k2(c,o,p1,p2,p3,p4);k3(c,o,p4);}c.depth--;},
"MeasureReport.group":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="code"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="population"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="stratifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="measureScore"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"MeasureReport.group.population":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="code"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="count"){if(!k16(v,o,p))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 14:if(p==="subjectResults"){const m=c.count;t3(v,c);if(!k17.accepts(c,v))wrongTarget(c,v,k17);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"MeasureReport.group.stratifier":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k18);continue;}break;
case 4:if(p==="code"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="stratum"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"MeasureReport.group.stratifier.stratum":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k19);continue;}break;
case 5:if(p==="value"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="component"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="population"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="measureScore"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;},
"MeasureReport.group.stratifier.stratum.component":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k20);continue;}break;
case 4:if(p==="code"){b0|=1;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){b0|=2;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&3)!==3)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"MeasureReport.group.stratifier.stratum.population":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k14(v))bad(c,o,p,k21);continue;}break;
case 4:if(p==="code"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="count"){if(!k16(v,o,p))bad(c,o,p,k21);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 14:if(p==="subjectResults"){const m=c.count;t3(v,c);if(!k17.accepts(c,v))wrongTarget(c,v,k17);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;}
};
