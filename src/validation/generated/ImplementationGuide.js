// Checks of ImplementationGuide, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("ContactDetail"))(o,c);
let t3=(o,c)=>(t3=R.link("UsageContext"))(o,c);
let t4=(o,c)=>(t4=R.link("CodeableConcept"))(o,c);
let t5=(o,c)=>(t5=R.link("ImplementationGuide.dependsOn"))(o,c);
let t6=(o,c)=>(t6=R.link("ImplementationGuide.global"))(o,c);
let t7=(o,c)=>(t7=R.link("ImplementationGuide.definition"))(o,c);
let t8=(o,c)=>(t8=R.link("ImplementationGuide.manifest"))(o,c);
let t9=(o,c)=>(t9=R.link("ImplementationGuide.definition.grouping"))(o,c);
let t10=(o,c)=>(t10=R.link("ImplementationGuide.definition.resource"))(o,c);
let t11=(o,c)=>(t11=R.link("ImplementationGuide.definition.page"))(o,c);
let t12=(o,c)=>(t12=R.link("ImplementationGuide.definition.parameter"))(o,c);
let t13=(o,c)=>(t13=R.link("ImplementationGuide.definition.template"))(o,c);
let t14=(o,c)=>(t14=R.link("Reference"))(o,c);
let t15=(o,c)=>(t15=R.link("ImplementationGuide.manifest.resource"))(o,c);
let t16=(o,c)=>(t16=R.link("ImplementationGuide.manifest.page"))(o,c);
const k0="ImplementationGuide";
const k1=R.constraints("ImplementationGuide");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.expression("ImplementationGuide","definition.resource.fhirVersion.all(%context.fhirVersion contains $this)");
const k4=R.accepts("id");
const k5=R.accepts("uri");
const k6=R.accepts("code");
const k7=R.accepts("string");
const k8=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k9=R.accepts("dateTime");
const k10=R.accepts("markdown");
const k11=R.codes("http://hl7.org/fhir/ValueSet/spdx-license");
const k12=R.codes("http://hl7.org/fhir/ValueSet/FHIR-version");
const k13=R.accepts("canonical");
const k14="ImplementationGuide.dependsOn";
const k15="ImplementationGuide.global";
const k16=R.codes("http://hl7.org/fhir/ValueSet/resource-types");
const k17="ImplementationGuide.definition";
const k18=R.constraints("ImplementationGuide.definition");
const k19=R.expression("ImplementationGuide.definition","resource.groupingId.all(%context.grouping.id contains $this)");
const k20="ImplementationGuide.definition.grouping";
const k21="ImplementationGuide.definition.resource";
const k22="ImplementationGuide.definition.page";
const k23=R.accepts("url");
const k24=R.targets(["Binary"]);
const k25=R.codes("http://hl7.org/fhir/ValueSet/guide-page-generation");
const k26="ImplementationGuide.definition.parameter";
const k27=R.codes("http://hl7.org/fhir/ValueSet/guide-parameter-code");
const k28="ImplementationGuide.definition.template";
const k29="ImplementationGuide.manifest";
const k30="ImplementationGuide.manifest.resource";
const k31="ImplementationGuide.manifest.page";
return{
"ImplementationGuide":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){b0|=1;if(!k5(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){if(o["url"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;b0|=2;if(!k7(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k9(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){p3=v;if(o["name"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="title"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=4;if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="global"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="version"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="license"){if(!k11.has(v))bad(c,o,p,k0);continue;}break;
case 8:if(p==="language"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="_license"){other(c,o,p,v,k0);continue;}if(p==="manifest"){const m=c.count;t8(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k7(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="packageId"){b0|=8;if(!k4(v))bad(c,o,p,k0);continue;}if(p==="dependsOn"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}if(p==="_packageId"){if(o["packageId"]===undefined){b0|=8;}other(c,o,p,v,k0);continue;}if(p==="definition"){p4=v;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="description"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="fhirVersion"){b0|=16;if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k12.has(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_fhirVersion"){if(o["fhirVersion"]===undefined){b0|=16;}other(c,o,p,v,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&31)!==31)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);if(!(holds(c,k3,o)))fails(c,o,k1[5]);}c.depth--;},
"ImplementationGuide.dependsOn":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 3:if(p==="uri"){b0|=1;if(!k13(v))bad(c,o,p,k14);continue;}break;
case 4:if(p==="_uri"){if(o["uri"]===undefined){b0|=1;}other(c,o,p,v,k14);continue;}break;
case 7:if(p==="version"){if(!k7(v))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="packageId"){if(!k4(v))bad(c,o,p,k14);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k14);}if((b0&1)!==1)missing(c,o,k14);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);c.depth--;},
"ImplementationGuide.global":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k16.has(v))bad(c,o,p,k15);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k15);continue;}break;
case 7:if(p==="profile"){b0|=2;if(!k13(v))bad(c,o,p,k15);continue;}break;
case 8:if(p==="_profile"){if(o["profile"]===undefined){b0|=2;}other(c,o,p,v,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k15);}if((b0&3)!==3)missing(c,o,k15);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"ImplementationGuide.definition":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,p0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="page"){const m=c.count;t11(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="grouping"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resource"){p0=v;b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t10(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="template"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="parameter"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);if(c.faults!==f)check(c,o,k18);else{if(!(holds(c,k19,o)))fails(c,o,k18[0]);}c.depth--;},
"ImplementationGuide.definition.grouping":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k20);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k7(v))bad(c,o,p,k20);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k7(v))bad(c,o,p,k20);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&1)!==1)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"ImplementationGuide.definition.resource":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k21);continue;}break;
case 4:if(p==="name"){if(!k7(v))bad(c,o,p,k21);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){b0|=1;const m=c.count;t14(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="groupingId"){if(!k4(v))bad(c,o,p,k21);continue;}break;
case 11:if(p==="fhirVersion"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k12.has(v[i]))badItem(c,o,p,v,i,k21);}continue;}if(p==="description"){if(!k7(v))bad(c,o,p,k21);continue;}if(p==="_groupingId"){other(c,o,p,v,k21);continue;}break;
case 14:if(p==="exampleBoolean"){if((b0&2)!==0)doubled(c,"exampleBoolean",k21);b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k21);continue;}break;
case 15:if(p==="_exampleBoolean"){if(o["exampleBoolean"]===undefined){if((b0&2)!==0)doubled(c,"exampleBoolean",k21);b0|=2;}other(c,o,p,v,k21);continue;}break;
case 16:if(p==="exampleCanonical"){if((b0&2)!==0)doubled(c,"exampleCanonical",k21);b0|=2;if(!k13(v))bad(c,o,p,k21);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_exampleCanonical"){if(o["exampleCanonical"]===undefined){if((b0&2)!==0)doubled(c,"exampleCanonical",k21);b0|=2;}other(c,o,p,v,k21);continue;}break;}other(c,o,p,v,k21);}if((b0&1)!==1)missing(c,o,k21);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;},
"ImplementationGuide.definition.page":(o,c)=>{if(isWrong(c,o,k22))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k22);continue;}break;
case 4:if(p==="page"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t11(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="title"){b0|=2;if(!k7(v))bad(c,o,p,k22);continue;}break;
case 6:if(p==="_title"){if(o["title"]===undefined){b0|=2;}other(c,o,p,v,k22);continue;}break;
case 7:if(p==="nameUrl"){if((b0&1)!==0)doubled(c,"nameUrl",k22);b0|=1;if(!k23(v))bad(c,o,p,k22);continue;}break;
case 8:if(p==="_nameUrl"){if(o["nameUrl"]===undefined){if((b0&1)!==0)doubled(c,"nameUrl",k22);b0|=1;}other(c,o,p,v,k22);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 10:if(p==="generation"){b0|=4;if(!k25.has(v))bad(c,o,p,k22);continue;}break;
case 11:if(p==="_generation"){if(o["generation"]===undefined){b0|=4;}other(c,o,p,v,k22);continue;}break;
case 13:if(p==="nameReference"){if((b0&1)!==0)doubled(c,"nameReference",k22);b0|=1;const m=c.count;t14(v,c);if(!k24.accepts(c,v))wrongTarget(c,v,k24);if(c.count!==m)at(c,m,"name");continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k22);}if((b0&7)!==7)missing(c,o,k22);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k22);c.depth--;},
"ImplementationGuide.definition.parameter":(o,c)=>{if(isWrong(c,o,k26))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k26);continue;}break;
case 4:if(p==="code"){b0|=1;if(!k27.has(v))bad(c,o,p,k26);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=1;}other(c,o,p,v,k26);continue;}if(p==="value"){b0|=2;if(!k7(v))bad(c,o,p,k26);continue;}break;
case 6:if(p==="_value"){if(o["value"]===undefined){b0|=2;}other(c,o,p,v,k26);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k26);}if((b0&3)!==3)missing(c,o,k26);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k26);c.depth--;},
"ImplementationGuide.definition.template":(o,c)=>{if(isWrong(c,o,k28))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k28);continue;}break;
case 4:if(p==="code"){b0|=1;if(!k6(v))bad(c,o,p,k28);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=1;}other(c,o,p,v,k28);continue;}if(p==="scope"){if(!k7(v))bad(c,o,p,k28);continue;}break;
case 6:if(p==="source"){b0|=2;if(!k7(v))bad(c,o,p,k28);continue;}if(p==="_scope"){other(c,o,p,v,k28);continue;}break;
case 7:if(p==="_source"){if(o["source"]===undefined){b0|=2;}other(c,o,p,v,k28);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k28);}if((b0&3)!==3)missing(c,o,k28);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k28);c.depth--;},
"ImplementationGuide.manifest":(o,c)=>{if(isWrong(c,o,k29))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k29);continue;}break;
case 4:if(p==="page"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t16(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="image"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k29);}continue;}if(p==="other"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k29);}continue;}break;
case 8:if(p==="resource"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t15(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="rendering"){if(!k23(v))bad(c,o,p,k29);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k29);}if((b0&1)!==1)missing(c,o,k29);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k29);c.depth--;},
"ImplementationGuide.manifest.resource":(o,c)=>{if(isWrong(c,o,k30))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k30);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="reference"){b0|=1;const m=c.count;t14(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 12:if(p==="relativePath"){if(!k23(v))bad(c,o,p,k30);continue;}break;
case 14:if(p==="exampleBoolean"){if((b0&2)!==0)doubled(c,"exampleBoolean",k30);b0|=2;if(!(typeof v==="boolean"))bad(c,o,p,k30);continue;}break;
case 15:if(p==="_exampleBoolean"){if(o["exampleBoolean"]===undefined){if((b0&2)!==0)doubled(c,"exampleBoolean",k30);b0|=2;}other(c,o,p,v,k30);continue;}break;
case 16:if(p==="exampleCanonical"){if((b0&2)!==0)doubled(c,"exampleCanonical",k30);b0|=2;if(!k13(v))bad(c,o,p,k30);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_exampleCanonical"){if(o["exampleCanonical"]===undefined){if((b0&2)!==0)doubled(c,"exampleCanonical",k30);b0|=2;}other(c,o,p,v,k30);continue;}break;}other(c,o,p,v,k30);}if((b0&1)!==1)missing(c,o,k30);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k30);c.depth--;},
"ImplementationGuide.manifest.page":(o,c)=>{if(isWrong(c,o,k31))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k31);continue;}break;
case 4:if(p==="name"){b0|=1;if(!k7(v))bad(c,o,p,k31);continue;}break;
case 5:if(p==="_name"){if(o["name"]===undefined){b0|=1;}other(c,o,p,v,k31);continue;}if(p==="title"){if(!k7(v))bad(c,o,p,k31);continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k31);continue;}if(p==="anchor"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k31);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k31);}if((b0&1)!==1)missing(c,o,k31);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k31);c.depth--;}
};
