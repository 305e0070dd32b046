// Checks of TerminologyCapabilities, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("ContactDetail"))(o,c);
let t3=(o,c)=>(t3=R.link("UsageContext"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("TerminologyCapabilities.software"))(o,c);
let t6=(o,c)=>(t6=R.link("TerminologyCapabilities.implementation"))(o,c);
let t7=(o,c)=>(t7=R.link("TerminologyCapabilities.codeSystem"))(o,c);
let t8=(o,c)=>(t8=R.link("TerminologyCapabilities.expansion"))(o,c);
let t9=(o,c)=>(t9=R.link("TerminologyCapabilities.validateCode"))(o,c);
let t10=(o,c)=>(t10=R.link("TerminologyCapabilities.translation"))(o,c);
let t11=(o,c)=>(t11=R.link("TerminologyCapabilities.closure"))(o,c);
let t12=(o,c)=>(t12=R.link("TerminologyCapabilities.codeSystem.version"))(o,c);
let t13=(o,c)=>(t13=R.link("TerminologyCapabilities.codeSystem.version.filter"))(o,c);
let t14=(o,c)=>(t14=R.link("TerminologyCapabilities.expansion.parameter"))(o,c);
const k0="TerminologyCapabilities";
const k1=R.constraints("TerminologyCapabilities");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=(c,o,p1,p2,p3,p4,p5,p6,p7,p8,p9)=>{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);if(!(((((p4!==undefined||p5!==undefined)?1:0)+(p6!==undefined?1:0))+(p7!==undefined?1:0))>0))fails(c,o,k1[5]);if(!((((p8!==undefined||p9!==undefined)&&p8!=="instance")||p7!==undefined)))fails(c,o,k1[6]);};
const k4=(c,o,p8,p9,p7,p6)=>{if(!((((p8!==undefined||p9!==undefined)&&p8!=="capability")||(p7===undefined&&p6!==undefined))))fails(c,o,k1[7]);if(!((((p8!==undefined||p9!==undefined)&&p8!=="requirements")||(p7===undefined&&p6===undefined))))fails(c,o,k1[8]);};
const k5=R.accepts("id");
const k6=R.accepts("uri");
const k7=R.accepts("code");
const k8=R.accepts("string");
const k9=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k10=R.accepts("dateTime");
const k11=R.accepts("markdown");
const k12=R.codes("http://hl7.org/fhir/ValueSet/capability-statement-kind");
const k13=R.codes("http://hl7.org/fhir/ValueSet/code-search-support");
const k14=R.accepts("canonical");
const k15="TerminologyCapabilities.software";
const k16="TerminologyCapabilities.implementation";
const k17=R.accepts("url");
const k18="TerminologyCapabilities.codeSystem";
const k19=R.constraints("TerminologyCapabilities.codeSystem");
const k20="TerminologyCapabilities.codeSystem.version";
const k21="TerminologyCapabilities.codeSystem.version.filter";
const k22="TerminologyCapabilities.expansion";
const k23="TerminologyCapabilities.expansion.parameter";
const k24="TerminologyCapabilities.validateCode";
const k25="TerminologyCapabilities.translation";
const k26="TerminologyCapabilities.closure";
return{
"TerminologyCapabilities":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k5(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;if(!k8(v))bad(c,o,p,k0);continue;}if(p==="date"){b0|=2;if(!k10(v))bad(c,o,p,k0);continue;}if(p==="kind"){p8=v;b0|=4;if(!k12.has(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){p3=v;other(c,o,p,v,k0);continue;}if(p==="title"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="_date"){if(o["date"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_kind"){p9=v;if(o["kind"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=1;if(!k9.has(v))bad(c,o,p,k0);continue;}break;
case 7:if(p==="version"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k11(v))bad(c,o,p,k0);continue;}if(p==="closure"){const m=c.count;t11(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}if(p==="software"){p6=v;const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k11(v))bad(c,o,p,k0);continue;}if(p==="expansion"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}if(p==="lockedDate"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="codeSystem"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="codeSearch"){if(!k13.has(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="description"){p4=v;if(!k11(v))bad(c,o,p,k0);continue;}if(p==="_lockedDate"){other(c,o,p,v,k0);continue;}if(p==="_codeSearch"){other(c,o,p,v,k0);continue;}if(p==="translation"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){p5=v;other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="validateCode"){const m=c.count;t9(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="implementation"){p7=v;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{k3(c,o,p1,p2,p3,p4,p5,p6,p7,p8,p9);k4(c,o,p8,p9,p7,p6);}c.depth--;},
"TerminologyCapabilities.software":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k8(v))bad(c,o,p,k15);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}break;
case 7:if(p==="version"){if(!k8(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&1)!==1)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"TerminologyCapabilities.implementation":(o,c)=>{if(isWrong(c,o,k16))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k16);continue;}break;
case 3:if(p==="url"){if(!k17(v))bad(c,o,p,k16);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){b0|=1;if(!k8(v))bad(c,o,p,k16);continue;}break;
case 12:if(p==="_description"){if(o["description"]===undefined){b0|=1;}other(c,o,p,v,k16);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k16);}if((b0&1)!==1)missing(c,o,k16);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k16);c.depth--;},
"TerminologyCapabilities.codeSystem":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0,p0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k18);continue;}break;
case 3:if(p==="uri"){if(!k14(v))bad(c,o,p,k18);continue;}break;
case 7:if(p==="version"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="subsumption"){if(!(typeof v==="boolean"))bad(c,o,p,k18);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);if(c.faults!==f)check(c,o,k19);else{if(!(((p0?.length??0)<=1||!(p0!==undefined&&p0.some(x0=>!(x0.code!==undefined||x0._code!==undefined))))))fails(c,o,k19[0]);}c.depth--;},
"TerminologyCapabilities.codeSystem.version":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k20);continue;}break;
case 4:if(p==="code"){if(!k8(v))bad(c,o,p,k20);continue;}break;
case 6:if(p==="filter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k20);}continue;}if(p==="property"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k20);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="isDefault"){if(!(typeof v==="boolean"))bad(c,o,p,k20);continue;}if(p==="_language"){other(c,o,p,v,k20);continue;}if(p==="_property"){other(c,o,p,v,k20);continue;}break;
case 13:if(p==="compositional"){if(!(typeof v==="boolean"))bad(c,o,p,k20);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"TerminologyCapabilities.codeSystem.version.filter":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k21);continue;}if(p==="op"){b0|=2;if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k21);}continue;}break;
case 3:if(p==="_op"){if(o["op"]===undefined){b0|=2;}other(c,o,p,v,k21);continue;}break;
case 4:if(p==="code"){b0|=1;if(!k7(v))bad(c,o,p,k21);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=1;}other(c,o,p,v,k21);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if((b0&3)!==3)missing(c,o,k21);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;},
"TerminologyCapabilities.expansion":(o,c)=>{if(isWrong(c,o,k22))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k22);continue;}break;
case 6:if(p==="paging"){if(!(typeof v==="boolean"))bad(c,o,p,k22);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="parameter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t14(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="incomplete"){if(!(typeof v==="boolean"))bad(c,o,p,k22);continue;}if(p==="textFilter"){if(!k11(v))bad(c,o,p,k22);continue;}break;
case 12:if(p==="hierarchical"){if(!(typeof v==="boolean"))bad(c,o,p,k22);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k22);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k22);c.depth--;},
"TerminologyCapabilities.expansion.parameter":(o,c)=>{if(isWrong(c,o,k23))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k23);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k7(v))bad(c,o,p,k23);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k23);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="documentation"){if(!k8(v))bad(c,o,p,k23);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k23);}if((b0&1)!==1)missing(c,o,k23);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k23);c.depth--;},
"TerminologyCapabilities.validateCode":(o,c)=>{if(isWrong(c,o,k24))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k24);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="translations"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k24);continue;}break;
case 13:if(p==="_translations"){if(o["translations"]===undefined){b0|=1;}other(c,o,p,v,k24);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k24);}if((b0&1)!==1)missing(c,o,k24);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k24);c.depth--;},
"TerminologyCapabilities.translation":(o,c)=>{if(isWrong(c,o,k25))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k25);continue;}break;
case 8:if(p==="needsMap"){b0|=1;if(!(typeof v==="boolean"))bad(c,o,p,k25);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_needsMap"){if(o["needsMap"]===undefined){b0|=1;}other(c,o,p,v,k25);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k25);}if((b0&1)!==1)missing(c,o,k25);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k25);c.depth--;},
"TerminologyCapabilities.closure":(o,c)=>{if(isWrong(c,o,k26))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k8(v))bad(c,o,p,k26);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="translation"){if(!(typeof v==="boolean"))bad(c,o,p,k26);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k26);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k26);c.depth--;}
};
