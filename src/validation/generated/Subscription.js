// Checks of Subscription, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("ContactPoint"))(o,c);
let t3=(o,c)=>(t3=R.link("Subscription.channel"))(o,c);
const k0="Subscription";
const k1=R.constraints("Subscription");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/subscription-status");
const k6=R.accepts("instant");
const k7=R.accepts("string");
const k8=R.accepts("canonical");
const k9="Subscription.channel";
const k10=R.codes("http://hl7.org/fhir/ValueSet/subscription-channel-type");
const k11=R.accepts("url");
return{
"Subscription":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="end"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_end"){other(c,o,p,v,k0);continue;}break;
case 5:if(p==="error"){if(!k7(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="status"){b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="reason"){b0|=2;if(!k7(v))bad(c,o,p,k0);continue;}if(p==="_error"){other(c,o,p,v,k0);continue;}break;
case 7:if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_reason"){if(o["reason"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}if(p==="channel"){b0|=8;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="criteria"){b0|=4;if(!k7(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="_criteria"){if(o["criteria"]===undefined){b0|=4;}other(c,o,p,v,k0);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&15)!==15)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"Subscription.channel":(o,c)=>{if(isWrong(c,o,k9))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k9);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k10.has(v))bad(c,o,p,k9);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k9);continue;}break;
case 6:if(p==="header"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k9);}continue;}break;
case 7:if(p==="payload"){if(!k4(v))bad(c,o,p,k9);continue;}if(p==="_header"){other(c,o,p,v,k9);continue;}break;
case 8:if(p==="endpoint"){if(!k11(v))bad(c,o,p,k9);continue;}if(p==="_payload"){other(c,o,p,v,k9);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_endpoint"){other(c,o,p,v,k9);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k9);}if((b0&1)!==1)missing(c,o,k9);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k9);c.depth--;}
};
