// Checks of TriggerDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Timing"))(o,c);
let t1=(o,c)=>(t1=R.link("Reference"))(o,c);
let t2=(o,c)=>(t2=R.link("DataRequirement"))(o,c);
let t3=(o,c)=>(t3=R.link("Expression"))(o,c);
const k0="TriggerDefinition";
const k1=R.constraints("TriggerDefinition");
const k2=(c,o,p0,p1,p2,p3,p4,p5,p6,p7)=>{if(!((p0===undefined||!(p1!==undefined||p2!==undefined||(p3!==undefined||p4!==undefined)||(p5!==undefined||p6!==undefined)))))fails(c,o,k1[0]);if(!((p7===undefined||p0!==undefined)))fails(c,o,k1[1]);};
const k3=(c,o,p8,p9,p10,p11,p1,p2,p3,p4,p5,p6,p0)=>{if(!(((((p8!==undefined||p9!==undefined)&&p8!=="named-event")||(p10!==undefined||p11!==undefined))&&(((p8!==undefined||p9!==undefined)&&p8!=="periodic")||(p1!==undefined||p2!==undefined||(p3!==undefined||p4!==undefined)||(p5!==undefined||p6!==undefined)))&&((p8!==undefined&&!p8.startsWith("data-"))||p0!==undefined))))fails(c,o,k1[2]);};
const k4=R.accepts("string");
const k5=R.codes("http://hl7.org/fhir/ValueSet/trigger-type");
const k6=R.targets(["Schedule"]);
const k7=R.accepts("date");
const k8=R.accepts("dateTime");
return{
"TriggerDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="type"){p8=v;b0|=1;if(!k5.has(v))bad(c,o,p,k0);continue;}if(p==="name"){p10=v;if(!k4(v))bad(c,o,p,k0);continue;}if(p==="data"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_type"){p9=v;if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_name"){p11=v;other(c,o,p,v,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="condition"){p7=v;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="timingDate"){p3=v;if((b0&2)!==0)doubled(c,"timingDate",k0);b0|=2;if(!k7(v))bad(c,o,p,k0);continue;}break;
case 11:if(p==="_timingDate"){p4=v;if(o["timingDate"]===undefined){if((b0&2)!==0)doubled(c,"timingDate",k0);b0|=2;}other(c,o,p,v,k0);continue;}break;
case 12:if(p==="timingTiming"){p1=v;if((b0&2)!==0)doubled(c,"timingTiming",k0);b0|=2;const m=c.count;t0(v,c);if(c.count!==m)at(c,m,"timing");continue;}break;
case 14:if(p==="timingDateTime"){p5=v;if((b0&2)!==0)doubled(c,"timingDateTime",k0);b0|=2;if(!k8(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="timingReference"){p2=v;if((b0&2)!==0)doubled(c,"timingReference",k0);b0|=2;const m=c.count;t1(v,c);if(!k6.accepts(c,v))wrongTarget(c,v,k6);if(c.count!==m)at(c,m,"timing");continue;}if(p==="_timingDateTime"){p6=v;if(o["timingDateTime"]===undefined){if((b0&2)!==0)doubled(c,"timingDateTime",k0);b0|=2;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);if(c.faults!==f)check(c,o,k1);else{k2(c,o,p0,p1,p2,p3,p4,p5,p6,p7);k3(c,o,p8,p9,p10,p11,p1,p2,p3,p4,p5,p6,p0);}c.depth--;}
};
