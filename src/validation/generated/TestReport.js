// Checks of TestReport, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("TestReport.participant"))(o,c);
let t5=(o,c)=>(t5=R.link("TestReport.setup"))(o,c);
let t6=(o,c)=>(t6=R.link("TestReport.test"))(o,c);
let t7=(o,c)=>(t7=R.link("TestReport.teardown"))(o,c);
let t8=(o,c)=>(t8=R.link("TestReport.setup.action"))(o,c);
let t9=(o,c)=>(t9=R.link("TestReport.setup.action.operation"))(o,c);
let t10=(o,c)=>(t10=R.link("TestReport.setup.action.assert"))(o,c);
let t11=(o,c)=>(t11=R.link("TestReport.test.action"))(o,c);
let t12=(o,c)=>(t12=R.link("TestReport.teardown.action"))(o,c);
const k0="TestReport";
const k1=R.constraints("TestReport");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("string");
const k6=R.codes("http://hl7.org/fhir/ValueSet/report-status-codes");
const k7=R.targets(["TestScript"]);
const k8=R.codes("http://hl7.org/fhir/ValueSet/report-result-codes");
const k9=R.accepts("decimal");
const k10=R.accepts("dateTime");
const k11=R.accepts("canonical");
const k12="TestReport.participant";
const k13=R.codes("http://hl7.org/fhir/ValueSet/report-participant-type");
const k14="TestReport.setup";
const k15="TestReport.setup.action";
const k16=R.constraints("TestReport.setup.action");
const k17="TestReport.setup.action.operation";
const k18=R.codes("http://hl7.org/fhir/ValueSet/report-action-result-codes");
const k19=R.accepts("markdown");
const k20="TestReport.setup.action.assert";
const k21="TestReport.test";
const k22="TestReport.test.action";
const k23=R.constraints("TestReport.test.action");
const k24="TestReport.teardown";
const k25="TestReport.teardown.action";
return{
"TestReport":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="name"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="test"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_name"){other(c,o,p,v,k0);continue;}if(p==="score"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="setup"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k6.has(v))bad(c,o,p,k0);continue;}if(p==="result"){b0|=4;if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="_score"){other(c,o,p,v,k0);continue;}if(p==="tester"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="issued"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_result"){if(o["result"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="_tester"){other(c,o,p,v,k0);continue;}if(p==="_issued"){other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="teardown"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="identifier"){const m=c.count;t2(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="testScript"){b0|=2;const m=c.count;t3(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="participant"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"TestReport.participant":(o,c)=>{if(isWrong(c,o,k12))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 3:if(p==="uri"){b0|=2;if(!k3(v))bad(c,o,p,k12);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k13.has(v))bad(c,o,p,k12);continue;}if(p==="_uri"){if(o["uri"]===undefined){b0|=2;}other(c,o,p,v,k12);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k12);continue;}break;
case 7:if(p==="display"){if(!k5(v))bad(c,o,p,k12);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k12);}if((b0&3)!==3)missing(c,o,k12);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k12);c.depth--;},
"TestReport.setup":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k14);continue;}break;
case 6:if(p==="action"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"TestReport.setup.action":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k15);continue;}break;
case 6:if(p==="assert"){p1=v;const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="operation"){p0=v;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);if(c.faults!==f)check(c,o,k16);else{if(!(((p0!==undefined&&p1===undefined)||(p0===undefined&&p1!==undefined))))fails(c,o,k16[0]);}c.depth--;},
"TestReport.setup.action.operation":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k17);continue;}break;
case 6:if(p==="result"){b0|=1;if(!k18.has(v))bad(c,o,p,k17);continue;}if(p==="detail"){if(!k3(v))bad(c,o,p,k17);continue;}break;
case 7:if(p==="_result"){if(o["result"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}if(p==="message"){if(!k19(v))bad(c,o,p,k17);continue;}if(p==="_detail"){other(c,o,p,v,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"TestReport.setup.action.assert":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k20);continue;}break;
case 6:if(p==="result"){b0|=1;if(!k18.has(v))bad(c,o,p,k20);continue;}if(p==="detail"){if(!k5(v))bad(c,o,p,k20);continue;}break;
case 7:if(p==="_result"){if(o["result"]===undefined){b0|=1;}other(c,o,p,v,k20);continue;}if(p==="message"){if(!k19(v))bad(c,o,p,k20);continue;}if(p==="_detail"){other(c,o,p,v,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&1)!==1)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"TestReport.test":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k21);continue;}break;
case 4:if(p==="name"){if(!k5(v))bad(c,o,p,k21);continue;}break;
case 6:if(p==="action"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k5(v))bad(c,o,p,k21);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if((b0&1)!==1)missing(c,o,k21);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;},
"TestReport.test.action":(o,c)=>{if(isWrong(c,o,k22))return;const f=c.faults;let k=0,p0,p1;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k22);continue;}break;
case 6:if(p==="assert"){p1=v;const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="operation"){p0=v;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k22);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k22);if(c.faults!==f)check(c,o,k23);else{if(!(((p0!==undefined&&p1===undefined)||(p0===undefined&&p1!==undefined))))fails(c,o,k23[0]);}c.depth--;},
"TestReport.teardown":(o,c)=>{if(isWrong(c,o,k24))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k24);continue;}break;
case 6:if(p==="action"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k24);}if((b0&1)!==1)missing(c,o,k24);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k24);c.depth--;},
"TestReport.teardown.action":(o,c)=>{if(isWrong(c,o,k25))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k25);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="operation"){b0|=1;const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k25);}if((b0&1)!==1)missing(c,o,k25);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k25);c.depth--;}
};
