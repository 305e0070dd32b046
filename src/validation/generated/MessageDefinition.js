// Checks of MessageDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("ContactDetail"))(o,c);
let t4=(o,c)=>(t4=R.link("UsageContext"))(o,c);
let t5=(o,c)=>(t5=R.link("CodeableConcept"))(o,c);
let t6=(o,c)=>(t6=R.link("Coding"))(o,c);
let t7=(o,c)=>(t7=R.link("MessageDefinition.focus"))(o,c);
let t8=(o,c)=>(t8=R.link("MessageDefinition.allowedResponse"))(o,c);
const k0="MessageDefinition";
const k1=R.constraints("MessageDefinition");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.accepts("canonical");
const k8=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k9=R.accepts("dateTime");
const k10=R.accepts("markdown");
const k11=R.codes("http://hl7.org/fhir/ValueSet/message-significance-category");
const k12=R.codes("http://hl7.org/fhir/ValueSet/messageheader-response-request");
const k13="MessageDefinition.focus";
const k14=R.constraints("MessageDefinition.focus");
const k15=R.codes("http://hl7.org/fhir/ValueSet/resource-types");
const k16=R.accepts("unsignedInt");
const k17="MessageDefinition.allowedResponse";
return{
"MessageDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="date"){b0|=2;if(!k9(v))bad(c,o,p,k0);continue;}if(p==="base"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){p3=v;other(c,o,p,v,k0);continue;}if(p==="title"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_date"){if(o["date"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="_base"){other(c,o,p,v,k0);continue;}if(p==="focus"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="graph"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=1;if(!k8.has(v))bad(c,o,p,k0);continue;}if(p==="parent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="_graph"){other(c,o,p,v,k0);continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="purpose"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="_parent"){other(c,o,p,v,k0);continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="replaces"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k0);}continue;}if(p==="_purpose"){other(c,o,p,v,k0);continue;}if(p==="eventUri"){if((b0&4)!==0)doubled(c,"eventUri",k0);b0|=4;if(!k4(v))bad(c,o,p,k0);continue;}if(p==="category"){if(!k11.has(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_replaces"){other(c,o,p,v,k0);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="_eventUri"){if(o["eventUri"]===undefined){if((b0&4)!==0)doubled(c,"eventUri",k0);b0|=4;}other(c,o,p,v,k0);continue;}if(p==="_category"){other(c,o,p,v,k0);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}break;
case 11:if(p==="description"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="eventCoding"){if((b0&4)!==0)doubled(c,"eventCoding",k0);b0|=4;const m=c.count;t6(v,c);if(c.count!==m)at(c,m,"event");continue;}break;
case 12:if(p==="experimental"){if(!(typeof v==="boolean"))bad(c,o,p,k0);continue;}if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_experimental"){other(c,o,p,v,k0);continue;}break;
case 15:if(p==="allowedResponse"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 16:if(p==="responseRequired"){if(!k12.has(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_responseRequired"){other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"MessageDefinition.focus":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 3:if(p==="min"){b0|=2;if(!k16(v,o,p))bad(c,o,p,k13);continue;}if(p==="max"){p0=v;if(!k6(v))bad(c,o,p,k13);continue;}break;
case 4:if(p==="code"){b0|=1;if(!k15.has(v))bad(c,o,p,k13);continue;}if(p==="_min"){if(o["min"]===undefined){b0|=2;}other(c,o,p,v,k13);continue;}if(p==="_max"){p1=v;other(c,o,p,v,k13);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=1;}other(c,o,p,v,k13);continue;}break;
case 7:if(p==="profile"){if(!k7(v))bad(c,o,p,k13);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k13);}if((b0&3)!==3)missing(c,o,k13);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);if(c.faults!==f)check(c,o,k14);else{if(!((p0==="*"||integer(p0)>0)))fails(c,o,k14[0]);}c.depth--;},
"MessageDefinition.allowedResponse":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k17);continue;}break;
case 7:if(p==="message"){b0|=1;if(!k7(v))bad(c,o,p,k17);continue;}break;
case 8:if(p==="_message"){if(o["message"]===undefined){b0|=1;}other(c,o,p,v,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="situation"){if(!k10(v))bad(c,o,p,k17);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if((b0&1)!==1)missing(c,o,k17);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;}
};
