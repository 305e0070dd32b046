// Checks of Bundle, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Identifier"))(o,c);
let t2=(o,c)=>(t2=R.link("Bundle.link"))(o,c);
let t3=(o,c)=>(t3=R.link("Bundle.entry"))(o,c);
let t4=(o,c)=>(t4=R.link("Signature"))(o,c);
let t5=(o,c)=>(t5=R.link("Bundle.entry.search"))(o,c);
let t6=(o,c)=>(t6=R.link("Bundle.entry.request"))(o,c);
let t7=(o,c)=>(t7=R.link("Bundle.entry.response"))(o,c);
const k0="Bundle";
const k1=R.constraints("Bundle");
const k2=R.expression("Bundle","entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()");
const k3=R.expression("Bundle","entry.first().resource.is(Composition)");
const k4=R.expression("Bundle","entry.first().resource.is(MessageHeader)");
const k5=(c,o,p0,p1,p2,p4)=>{if(!((!(p0!==undefined||p1!==undefined)||p2==="searchset"||p2==="history")))fails(c,o,k1[0]);if(!((!(p4!==undefined&&p4.some(x0=>x0.search!==undefined))||p2==="searchset")))fails(c,o,k1[1]);};
const k6=(c,o,p4,p2,p3)=>{if(!(!((p4!==undefined&&p4.some(x1=>!(((x1.request!==undefined&&(p2==="batch"||p2==="transaction"||p2==="history"))||(x1.request===undefined&&(((p2!==undefined||p3!==undefined)&&p2!=="batch")&&((p2!==undefined||p3!==undefined)&&p2!=="transaction")&&((p2!==undefined||p3!==undefined)&&p2!=="history"))))))))))fails(c,o,k1[2]);};
const k7=(c,o,p4,p2,p3)=>{if(!(!((p4!==undefined&&p4.some(x2=>!(((x2.response!==undefined&&(p2==="batch-response"||p2==="transaction-response"||p2==="history"))||(x2.response===undefined&&(((p2!==undefined||p3!==undefined)&&p2!=="batch-response")&&((p2!==undefined||p3!==undefined)&&p2!=="transaction-response")&&((p2!==undefined||p3!==undefined)&&p2!=="history"))))))))))fails(c,o,k1[3]);};
const k8=(c,o,p2,p4,p3,p5,p6)=>{if(!((p2==="history"||(hasDistinctEntries(p4)??holds(c,k2,o)))))fails(c,o,k1[4]);if(!((((p2!==undefined||p3!==undefined)&&p2!=="document")||((p5?.system!==undefined||p5?._system!==undefined)&&(p5?.value!==undefined||p5?._value!==undefined)))))fails(c,o,k1[5]);if(!((((p2!==undefined||p3!==undefined)&&p2!=="document")||p6!==undefined)))fails(c,o,k1[6]);};
const k9=(c,o,p2,p3)=>{if(!((((p2!==undefined||p3!==undefined)&&p2!=="document")||holds(c,k3,o))))fails(c,o,k1[7]);if(!((((p2!==undefined||p3!==undefined)&&p2!=="message")||holds(c,k4,o))))fails(c,o,k1[8]);};
const k10=R.accepts("id");
const k11=R.accepts("uri");
const k12=R.accepts("code");
const k13=R.codes("http://hl7.org/fhir/ValueSet/bundle-type");
const k14=R.accepts("instant");
const k15=R.accepts("unsignedInt");
const k16=R.accepts("canonical");
const k17="Bundle.link";
const k18=R.accepts("string");
const k19="Bundle.entry";
const k20=R.constraints("Bundle.entry");
const k21="Bundle.entry.search";
const k22=R.codes("http://hl7.org/fhir/ValueSet/search-entry-mode");
const k23=R.accepts("decimal");
const k24="Bundle.entry.request";
const k25=R.codes("http://hl7.org/fhir/ValueSet/http-verb");
const k26="Bundle.entry.response";
return{
"Bundle":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){p2=v;b0|=1;if(!k13.has(v))bad(c,o,p,k0);continue;}if(p==="link"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_type"){p3=v;if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="total"){p0=v;if(!k15(v,o,p))bad(c,o,p,k0);continue;}if(p==="entry"){p4=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="_total"){p1=v;other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k12(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="timestamp"){p6=v;if(!k14(v))bad(c,o,p,k0);continue;}if(p==="signature"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){p5=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_timestamp"){p7=v;other(c,o,p,v,k0);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k11(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(c.faults!==f)check(c,o,k1);else{k5(c,o,p0,p1,p2,p4);k6(c,o,p4,p2,p3);k7(c,o,p4,p2,p3);k8(c,o,p2,p4,p3,p5,p6);k9(c,o,p2,p3);}c.depth--;},
"Bundle.link":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k18(v))bad(c,o,p,k17);continue;}break;
case 3:if(p==="url"){b0|=2;if(!k11(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="_url"){if(o["url"]===undefined){b0|=2;}other(c,o,p,v,k17);continue;}break;
case 8:if(p==="relation"){b0|=1;if(!k18(v))bad(c,o,p,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_relation"){if(o["relation"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&3)!==3)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"Bundle.entry":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k18(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="link"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="search"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="fullUrl"){p3=v;if(!k11(v))bad(c,o,p,k19);continue;}if(p==="request"){p1=v;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="_fullUrl"){p4=v;other(c,o,p,v,k19);continue;}if(p==="resource"){p0=v;const m=c.count;resource(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="response"){p2=v;const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);if(c.faults!==f)check(c,o,k20);else{if(!((p0!==undefined||p1!==undefined||p2!==undefined)))fails(c,o,k20[0]);if(!((!(p3!==undefined||p4!==undefined)||(p3!==undefined&&!p3.includes("/_history/")))))fails(c,o,k20[1]);}c.depth--;},
"Bundle.entry.search":(o,c)=>{if(isWrong(c,o,k21))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k18(v))bad(c,o,p,k21);continue;}break;
case 4:if(p==="mode"){if(!k22.has(v))bad(c,o,p,k21);continue;}break;
case 5:if(p==="_mode"){other(c,o,p,v,k21);continue;}if(p==="score"){if(!k23(v))bad(c,o,p,k21);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k21);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k21);c.depth--;},
"Bundle.entry.request":(o,c)=>{if(isWrong(c,o,k24))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k18(v))bad(c,o,p,k24);continue;}break;
case 3:if(p==="url"){b0|=2;if(!k11(v))bad(c,o,p,k24);continue;}break;
case 4:if(p==="_url"){if(o["url"]===undefined){b0|=2;}other(c,o,p,v,k24);continue;}break;
case 6:if(p==="method"){b0|=1;if(!k25.has(v))bad(c,o,p,k24);continue;}break;
case 7:if(p==="_method"){if(o["method"]===undefined){b0|=1;}other(c,o,p,v,k24);continue;}if(p==="ifMatch"){if(!k18(v))bad(c,o,p,k24);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="ifNoneMatch"){if(!k18(v))bad(c,o,p,k24);continue;}if(p==="ifNoneExist"){if(!k18(v))bad(c,o,p,k24);continue;}break;
case 15:if(p==="ifModifiedSince"){if(!k14(v))bad(c,o,p,k24);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k24);}if((b0&3)!==3)missing(c,o,k24);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k24);c.depth--;},
"Bundle.entry.response":(o,c)=>{if(isWrong(c,o,k26))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k18(v))bad(c,o,p,k26);continue;}break;
case 4:if(p==="etag"){if(!k18(v))bad(c,o,p,k26);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k18(v))bad(c,o,p,k26);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k26);continue;}if(p==="outcome"){const m=c.count;resource(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="location"){if(!k11(v))bad(c,o,p,k26);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_location"){other(c,o,p,v,k26);continue;}break;
case 12:if(p==="lastModified"){if(!k14(v))bad(c,o,p,k26);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k26);}if((b0&1)!==1)missing(c,o,k26);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k26);c.depth--;}
};
