// Checks of TestScript, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("ContactDetail"))(o,c);
let t4=(o,c)=>(t4=R.link("UsageContext"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("TestScript.origin"))(o,c);
let t7=(o,c)=>(t7=R.link("TestScript.destination"))(o,c);
let t8=(o,c)=>(t8=R.link("TestScript.metadata"))(o,c);
let t9=(o,c)=>(t9=R.link("TestScript.fixture"))(o,c);
let t10=(o,c)=>(t10=R.link("Reference"))(o,c);
let t11=(o,c)=>(t11=R.link("TestScript.variable"))(o,c);
let t12=(o,c)=>(t12=R.link("TestScript.setup"))(o,c);
let t13=(o,c)=>(t13=R.link("TestScript.test"))(o,c);
let t14=(o,c)=>(t14=R.link("TestScript.teardown"))(o,c);
let t15=(o,c)=>(t15=R.link("Coding"))(o,c);
let t16=(o,c)=>(t16=R.link("TestScript.metadata.link"))(o,c);
let t17=(o,c)=>(t17=R.link("TestScript.metadata.capability"))(o,c);
let t18=(o,c)=>(t18=R.link("TestScript.setup.action"))(o,c);
let t19=(o,c)=>(t19=R.link("TestScript.setup.action.operation"))(o,c);
let t20=(o,c)=>(t20=R.link("TestScript.setup.action.assert"))(o,c);
let t21=(o,c)=>(t21=R.link("TestScript.setup.action.operation.requestHeader"))(o,c);
let t22=(o,c)=>(t22=R.link("TestScript.test.action"))(o,c);
let t23=(o,c)=>(t23=R.link("TestScript.teardown.action"))(o,c);
const k0="TestScript";
const k1=R.constraints("TestScript");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k8=R.accepts("dateTime");
const k9=R.accepts("markdown");
const k10=R.accepts("canonical");
const k11="TestScript.origin";
const k12=R.accepts("integer");
const k13="TestScript.destination";
const k14="TestScript.metadata";
const k15=R.constraints("TestScript.metadata");
const k16="TestScript.metadata.link";
const k17="TestScript.metadata.capability";
const k18="TestScript.fixture";
const k19="TestScript.variable";
const k20=R.constraints("TestScript.variable");
const k21="TestScript.setup";
const k22="TestScript.setup.action";
const k23=R.constraints("TestScript.setup.action");
const k24="TestScript.setup.action.operation";
const k25=R.constraints("TestScript.setup.action.operation");
const k26=R.codes("http://hl7.org/fhir/ValueSet/defined-types");
const k27=R.codes("http://hl7.org/fhir/ValueSet/http-operations");
const k28="TestScript.setup.action.operation.requestHeader";
const k29="TestScript.setup.action.assert";
const k30=R.constraints("TestScript.setup.action.assert");
const k31=(c,o,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12,p13,p14,p15,p16,p17,p18,p19,p20,p21,p22)=>{if(!((p0!==undefined||((((((((((((p1!==undefined||p2!==undefined)?1:0)+((p3!==undefined||p4!==undefined)?1:0))+((p5!==undefined||p6!==undefined)?1:0))+((p7!==undefined||p8!==undefined)?1:0))+((p9!==undefined||p10!==undefined)?1:0))+((p11!==undefined||p12!==undefined)?1:0))+((p13!==undefined||p14!==undefined)?1:0))+((p15!==undefined||p16!==undefined)?1:0))+((p17!==undefined||p18!==undefined)?1:0))+((p19!==undefined||p20!==undefined)?1:0))+((p21!==undefined||p22!==undefined)?1:0))<=1)))fails(c,o,k30[0]);};
const k32=(c,o,p23,p24,p25,p26,p27,p28)=>{if(!(((!(p23!==undefined||p24!==undefined)&&(!(p25!==undefined||p26!==undefined)&&!(p27!==undefined||p28!==undefined)))||(!(!(p23!==undefined||p24!==undefined))&&((p25!==undefined||p26!==undefined)||(p27!==undefined||p28!==undefined))))))fails(c,o,k30[1]);};
const k33=(c,o,p19,p20,p17,p18,p29,p30)=>{if(!(((!(p19!==undefined||p20!==undefined)&&!(p17!==undefined||p18!==undefined)&&p29==="request")||!(p29!==undefined||p30!==undefined)||p29==="response")))fails(c,o,k30[2]);};
const k34=R.codes("http://hl7.org/fhir/ValueSet/assert-direction-codes");
const k35=R.codes("http://hl7.org/fhir/ValueSet/assert-operator-codes");
const k36=R.codes("http://hl7.org/fhir/ValueSet/assert-response-code-types");
const k37="TestScript.test";
const k38="TestScript.test.action";
const k39=R.constraints("TestScript.test.action");
const k40=R.elementConstraints("TestScript.test.action","operation","TestScript.setup.action.operation");
const k41=R.elementConstraints("TestScript.test.action","assert","TestScript.setup.action.assert");
const k42="TestScript.teardown";
const k43="TestScript.teardown.action";
const k44=R.elementConstraints("TestScript.teardown.action","operation","TestScript.setup.action.operation");
return{
"TestScript":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){b0|=1;if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){if(o["url"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;b0|=2;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="test"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_name"){p3=v;if(o["name"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="title"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="setup"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=4;if(!k7.has(v))bad(c,o,p,k0);continue;}if(p==="origin"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="fixture"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="profile"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}if(p==="metadata"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="variable"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="teardown"){const m=c.count;t14(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k9(v))bad(c,o,p,k0);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="destination"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"TestScript.origin":(o,c)=>{if(isWrong(c,o,k11))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k11);continue;}break;
case 5:if(p==="index"){b0|=1;if(!k12(v,o,p))bad(c,o,p,k11);continue;}break;
case 6:if(p==="_index"){if(o["index"]===undefined){b0|=1;}other(c,o,p,v,k11);continue;}break;
case 7:if(p==="profile"){b0|=2;const m=c.count;t15(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k11);}if((b0&3)!==3)missing(c,o,k11);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k11);c.depth--;},
"TestScript.destination":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 5:if(p==="index"){b0|=1;if(!k12(v,o,p))bad(c,o,p,k13);continue;}break;
case 6:if(p==="_index"){if(o["index"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}break;
case 7:if(p==="profile"){b0|=2;const m=c.count;t15(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&3)!==3)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"TestScript.metadata":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,p0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="link"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t16(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="capability"){p0=v;b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t17(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);if(c.faults!==f)check(c,o,k15);else{if(!(((p0!==undefined&&p0.some(x0=>(x0.required!==undefined||x0._required!==undefined)))||(p0!==undefined&&p0.some(x1=>(x1.validated!==undefined||x1._validated!==undefined))))))fails(c,o,k15[0]);}c.depth--;},
"TestScript.metadata.link":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 3:if(p==="url"){b0|=1;if(!k4(v))bad(c,o,p,k16);continue;}break;
case 4:if(p==="_url"){if(o["url"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k16);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"TestScript.metadata.capability":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="link"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k4(v[i]))badItem(c,o,p,v,i,k17);}continue;}break;
case 6:if(p==="origin"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k12(v[i],v,i))badItem(c,o,p,v,i,k17);}continue;}break;
case 8:if(p==="required"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_required"){if(o["required"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}if(p==="validated"){b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k17);continue;}break;
case 10:if(p==="_validated"){if(o["validated"]===undefined){b0|=2;}other(c,o,p,v,k17);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k17);continue;}if(p==="destination"){if(!k12(v,o,p))bad(c,o,p,k17);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k17);continue;}if(p==="_destination"){other(c,o,p,v,k17);continue;}if(p==="capabilities"){b0|=4;if(!k10(v))bad(c,o,p,k17);continue;}break;
case 13:if(p==="_capabilities"){if(o["capabilities"]===undefined){b0|=4;}other(c,o,p,v,k17);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&7)!==7)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"TestScript.fixture":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k18);continue;}break;
case 8:if(p==="resource"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="autocreate"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k18);continue;}if(p==="autodelete"){b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k18);continue;}break;
case 11:if(p==="_autocreate"){if(o["autocreate"]===undefined){b0|=1;}other(c,o,p,v,k18);continue;}if(p==="_autodelete"){if(o["autodelete"]===undefined){b0|=2;}other(c,o,p,v,k18);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if((b0&3)!==3)missing(c,o,k18);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"TestScript.variable":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k6(v))bad(c,o,p,k19);continue;}if(p==="hint"){if(!k6(v))bad(c,o,p,k19);continue;}if(p==="path"){p4=v;if(!k6(v))bad(c,o,p,k19);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k19);continue;}if(p==="_hint"){other(c,o,p,v,k19);continue;}if(p==="_path"){p5=v;other(c,o,p,v,k19);continue;}break;
case 8:if(p==="sourceId"){if(!k3(v))bad(c,o,p,k19);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_sourceId"){other(c,o,p,v,k19);continue;}break;
case 10:if(p==="expression"){p0=v;if(!k6(v))bad(c,o,p,k19);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k19);continue;}if(p==="_expression"){p1=v;other(c,o,p,v,k19);continue;}if(p==="headerField"){p2=v;if(!k6(v))bad(c,o,p,k19);continue;}break;
case 12:if(p==="defaultValue"){if(!k6(v))bad(c,o,p,k19);continue;}if(p==="_description"){other(c,o,p,v,k19);continue;}if(p==="_headerField"){p3=v;other(c,o,p,v,k19);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if((b0&1)!==1)missing(c,o,k19);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);if(c.faults!==f)check(c,o,k20);else{if(!((!(p0!==undefined||p1!==undefined)||!(p2!==undefined||p3!==undefined)||!(p4!==undefined||p5!==undefined))))fails(c,o,k20[0]);}c.depth--;},
"TestScript.setup":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k21);continue;}break;
case 6:if(p==="action"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t18(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if((b0&1)!==1)missing(c,o,k21);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;},
"TestScript.setup.action":(o,c)=>{if(isWrong(c,o,k22))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k22);continue;}break;
case 6:if(p==="assert"){p1=v;const m=c.count;t20(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="operation"){p0=v;const m=c.count;t19(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k22);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k22);if(c.faults!==f)check(c,o,k23);else{if(!(((p0!==undefined&&p1===undefined)||(p0===undefined&&p1!==undefined))))fails(c,o,k23[0]);}c.depth--;},
"TestScript.setup.action.operation":(o,c)=>{if(isWrong(c,o,k24))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7,p8,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k24);continue;}break;
case 3:if(p==="url"){p4=v;if(!k6(v))bad(c,o,p,k24);continue;}break;
case 4:if(p==="type"){p8=v;const m=c.count;t15(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){p5=v;other(c,o,p,v,k24);continue;}break;
case 5:if(p==="label"){if(!k6(v))bad(c,o,p,k24);continue;}break;
case 6:if(p==="_label"){other(c,o,p,v,k24);continue;}if(p==="accept"){if(!k5(v))bad(c,o,p,k24);continue;}if(p==="method"){if(!k27.has(v))bad(c,o,p,k24);continue;}if(p==="origin"){if(!k12(v,o,p))bad(c,o,p,k24);continue;}if(p==="params"){p6=v;if(!k6(v))bad(c,o,p,k24);continue;}break;
case 7:if(p==="_accept"){other(c,o,p,v,k24);continue;}if(p==="_method"){other(c,o,p,v,k24);continue;}if(p==="_origin"){other(c,o,p,v,k24);continue;}if(p==="_params"){p7=v;other(c,o,p,v,k24);continue;}break;
case 8:if(p==="resource"){if(!k26.has(v))bad(c,o,p,k24);continue;}if(p==="sourceId"){p0=v;if(!k3(v))bad(c,o,p,k24);continue;}if(p==="targetId"){p2=v;if(!k3(v))bad(c,o,p,k24);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_resource"){other(c,o,p,v,k24);continue;}if(p==="requestId"){if(!k3(v))bad(c,o,p,k24);continue;}if(p==="_sourceId"){p1=v;other(c,o,p,v,k24);continue;}if(p==="_targetId"){p3=v;other(c,o,p,v,k24);continue;}break;
case 10:if(p==="_requestId"){other(c,o,p,v,k24);continue;}if(p==="responseId"){if(!k3(v))bad(c,o,p,k24);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k24);continue;}if(p==="contentType"){if(!k5(v))bad(c,o,p,k24);continue;}if(p==="destination"){if(!k12(v,o,p))bad(c,o,p,k24);continue;}if(p==="_responseId"){other(c,o,p,v,k24);continue;}break;
case 13:if(p==="requestHeader"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t21(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="encodeRequestUrl"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k24);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_encodeRequestUrl"){if(o["encodeRequestUrl"]===undefined){b0|=1;}other(c,o,p,v,k24);continue;}break;}other(c,o,p,v,k24);}if((b0&1)!==1)missing(c,o,k24);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k24);if(c.faults!==f)check(c,o,k25);else{if(!(((p0!==undefined||p1!==undefined)||((((p2!==undefined||p3!==undefined)?1:0)+((p4!==undefined||p5!==undefined)?1:0))+((p6!==undefined||p7!==undefined)?1:0))===1||(p8?.code==="capabilities"||p8?.code==="search"||p8?.code==="transaction"||p8?.code==="history"))))fails(c,o,k25[0]);}c.depth--;},
"TestScript.setup.action.operation.requestHeader":(o,c)=>{if(isWrong(c,o,k28))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k28);continue;}break;
case 5:if(p==="field"){b0|=1;if(!k6(v))bad(c,o,p,k28);continue;}if(p==="value"){b0|=2;if(!k6(v))bad(c,o,p,k28);continue;}break;
case 6:if(p==="_field"){if(o["field"]===undefined){b0|=1;}other(c,o,p,v,k28);continue;}if(p==="_value"){if(o["value"]===undefined){b0|=2;}other(c,o,p,v,k28);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k28);}if((b0&3)!==3)missing(c,o,k28);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k28);c.depth--;},
"TestScript.setup.action.assert":(o,c)=>{if(isWrong(c,o,k29))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12,p13,p14,p15,p16,p17,p18,p19,p20,p21,p22,p23,p24,p25,p26,p27,p28,p29,p30,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k29);continue;}break;
case 4:if(p==="path"){p11=v;if(!k6(v))bad(c,o,p,k29);continue;}break;
case 5:if(p==="label"){if(!k6(v))bad(c,o,p,k29);continue;}if(p==="_path"){p12=v;other(c,o,p,v,k29);continue;}if(p==="value"){if(!k6(v))bad(c,o,p,k29);continue;}break;
case 8:if(p==="operator"){if(!k35.has(v))bad(c,o,p,k29);continue;}if(p==="resource"){p15=v;if(!k26.has(v))bad(c,o,p,k29);continue;}if(p==="response"){p19=v;if(!k36.has(v))bad(c,o,p,k29);continue;}if(p==="sourceId"){if(!k3(v))bad(c,o,p,k29);continue;}break;
case 9:if(p==="extension"){p0=v;extensions(c,v,p);continue;}if(p==="direction"){p29=v;if(!k34.has(v))bad(c,o,p,k29);continue;}if(p==="minimumId"){p7=v;if(!k6(v))bad(c,o,p,k29);continue;}if(p==="_operator"){other(c,o,p,v,k29);continue;}if(p==="_resource"){p16=v;other(c,o,p,v,k29);continue;}if(p==="_response"){p20=v;other(c,o,p,v,k29);continue;}if(p==="_sourceId"){other(c,o,p,v,k29);continue;}break;
case 10:if(p==="_direction"){p30=v;other(c,o,p,v,k29);continue;}if(p==="expression"){p3=v;if(!k6(v))bad(c,o,p,k29);continue;}if(p==="_minimumId"){p8=v;other(c,o,p,v,k29);continue;}if(p==="requestURL"){if(!k6(v))bad(c,o,p,k29);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k29);continue;}if(p==="contentType"){p1=v;if(!k5(v))bad(c,o,p,k29);continue;}if(p==="_expression"){p4=v;other(c,o,p,v,k29);continue;}if(p==="headerField"){p5=v;if(!k6(v))bad(c,o,p,k29);continue;}if(p==="_requestURL"){other(c,o,p,v,k29);continue;}if(p==="warningOnly"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k29);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k29);continue;}if(p==="_contentType"){p2=v;other(c,o,p,v,k29);continue;}if(p==="_headerField"){p6=v;other(c,o,p,v,k29);continue;}if(p==="responseCode"){p17=v;if(!k6(v))bad(c,o,p,k29);continue;}if(p==="_warningOnly"){if(o["warningOnly"]===undefined){b0|=1;}other(c,o,p,v,k29);continue;}break;
case 13:if(p==="requestMethod"){p13=v;if(!k27.has(v))bad(c,o,p,k29);continue;}if(p==="_responseCode"){p18=v;other(c,o,p,v,k29);continue;}break;
case 14:if(p==="_requestMethod"){p14=v;other(c,o,p,v,k29);continue;}break;
case 15:if(p==="navigationLinks"){p9=v;if(!(typeof v==="boolean"))bad(c,o,p,k29);continue;}break;
case 16:if(p==="_navigationLinks"){p10=v;other(c,o,p,v,k29);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="compareToSourceId"){p23=v;if(!k6(v))bad(c,o,p,k29);continue;}if(p==="validateProfileId"){p21=v;if(!k3(v))bad(c,o,p,k29);continue;}break;
case 18:if(p==="_compareToSourceId"){p24=v;other(c,o,p,v,k29);continue;}if(p==="_validateProfileId"){p22=v;other(c,o,p,v,k29);continue;}break;
case 19:if(p==="compareToSourcePath"){p27=v;if(!k6(v))bad(c,o,p,k29);continue;}break;
case 20:if(p==="_compareToSourcePath"){p28=v;other(c,o,p,v,k29);continue;}break;
case 25:if(p==="compareToSourceExpression"){p25=v;if(!k6(v))bad(c,o,p,k29);continue;}break;
case 26:if(p==="_compareToSourceExpression"){p26=v;other(c,o,p,v,k29);continue;}break;}other(c,o,p,v,k29);}if((b0&1)!==1)missing(c,o,k29);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k29);if(c.faults!==f)check(c,o,k30);else{k31(c,o,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12,p13,p14,p15,p16,p17,p18,p19,p20,p21,p22);k32(c,o,p23,p24,p25,p26,p27,p28);k33(c,o,p19,p20,p17,p18,p29,p30);}c.depth--;},
"TestScript.test":(o,c)=>{if(isWrong(c,o,k37))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k37);continue;}break;
case 4:if(p==="name"){if(!k6(v))bad(c,o,p,k37);continue;}break;
case 6:if(p==="action"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t22(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k37);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k37);}if((b0&1)!==1)missing(c,o,k37);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k37);c.depth--;},
"TestScript.test.action":(o,c)=>{if(isWrong(c,o,k38))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k38);continue;}break;
case 6:if(p==="assert"){p1=v;const m=c.count;t20(v,c);if(c.count===m){if(!((v.extension!==undefined||((((((((((((v.contentType!==undefined||v._contentType!==undefined)?1:0)+((v.expression!==undefined||v._expression!==undefined)?1:0))+((v.headerField!==undefined||v._headerField!==undefined)?1:0))+((v.minimumId!==undefined||v._minimumId!==undefined)?1:0))+((v.navigationLinks!==undefined||v._navigationLinks!==undefined)?1:0))+((v.path!==undefined||v._path!==undefined)?1:0))+((v.requestMethod!==undefined||v._requestMethod!==undefined)?1:0))+((v.resource!==undefined||v._resource!==undefined)?1:0))+((v.responseCode!==undefined||v._responseCode!==undefined)?1:0))+((v.response!==undefined||v._response!==undefined)?1:0))+((v.validateProfileId!==undefined||v._validateProfileId!==undefined)?1:0))<=1)))fails(c,v,k41[0]);if(!(((!(v.compareToSourceId!==undefined||v._compareToSourceId!==undefined)&&(!(v.compareToSourceExpression!==undefined||v._compareToSourceExpression!==undefined)&&!(v.compareToSourcePath!==undefined||v._compareToSourcePath!==undefined)))||(!(!(v.compareToSourceId!==undefined||v._compareToSourceId!==undefined))&&((v.compareToSourceExpression!==undefined||v._compareToSourceExpression!==undefined)||(v.compareToSourcePath!==undefined||v._compareToSourcePath!==undefined))))))fails(c,v,k41[1]);if(!(((!(v.response!==undefined||v._response!==undefined)&&!(v.responseCode!==undefined||v._responseCode!==undefined)&&v.direction==="request")||!(v.direction!==undefined||v._direction!==undefined)||v.direction==="response")))fails(c,v,k41[2]);}if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="operation"){p0=v;const m=c.count;t19(v,c);if(c.count===m){if(!(((v.sourceId!==undefined||v._sourceId!==undefined)||((((v.targetId!==undefined||v._targetId!==undefined)?1:0)+((v.url!==undefined||v._url!==undefined)?1:0))+((v.params!==undefined||v._params!==undefined)?1:0))===1||(v.type?.code==="capabilities"||v.type?.code==="search"||v.type?.code==="transaction"||v.type?.code==="history"))))fails(c,v,k40[0]);}if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k38);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k38);if(c.faults!==f)check(c,o,k39);else{if(!(((p0!==undefined&&p1===undefined)||(p0===undefined&&p1!==undefined))))fails(c,o,k39[0]);}c.depth--;},
"TestScript.teardown":(o,c)=>{if(isWrong(c,o,k42))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k42);continue;}break;
case 6:if(p==="action"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t23(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k42);}if((b0&1)!==1)missing(c,o,k42);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k42);c.depth--;},
"TestScript.teardown.action":(o,c)=>{if(isWrong(c,o,k43))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k43);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="operation"){b0|=1;const m=c.count;t19(v,c);if(c.count===m){if(!(((v.sourceId!==undefined||v._sourceId!==undefined)||((((v.targetId!==undefined||v._targetId!==undefined)?1:0)+((v.url!==undefined||v._url!==undefined)?1:0))+((v.params!==undefined||v._params!==undefined)?1:0))===1||(v.type?.code==="capabilities"||v.type?.code==="search"||v.type?.code==="transaction"||v.type?.code==="history"))))fails(c,v,k44[0]);}if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k43);}if((b0&1)!==1)missing(c,o,k43);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k43);c.depth--;}
};
