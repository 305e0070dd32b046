// Checks of Timing, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Timing.repeat"))(o,c);
let t1=(o,c)=>(t1=R.link("CodeableConcept"))(o,c);
let t2=(o,c)=>(t2=R.link("Duration"))(o,c);
let t3=(o,c)=>(t3=R.link("Range"))(o,c);
let t4=(o,c)=>(t4=R.link("Period"))(o,c);
const k0="Timing";
const k1=R.accepts("string");
const k2=R.accepts("dateTime");
const k3="Timing.repeat";
const k4=R.constraints("Timing.repeat");
const k5=R.expression("Timing.repeat","duration >= 0");
const k6=R.expression("Timing.repeat","period >= 0");
const k7=R.expression("Timing.repeat","(when in ('C' | 'CM' | 'CD' | 'CV')).not()");
const k8=(c,o,p0,p1,p2,p3,p4,p5,p6,p7)=>{if(!((!(p0!==undefined||p1!==undefined)||(p2!==undefined||p3!==undefined))))fails(c,o,k4[0]);if(!((!(p4!==undefined||p5!==undefined)||(p6!==undefined||p7!==undefined))))fails(c,o,k4[1]);if(!((!(p0!==undefined||p1!==undefined)||(p0!==undefined&&(p0===0?holds(c,k5,o):p0>=0)))))fails(c,o,k4[2]);if(!((!(p4!==undefined||p5!==undefined)||(p4!==undefined&&(p4===0?holds(c,k6,o):p4>=0)))))fails(c,o,k4[3]);};
const k9=(c,o,p8,p9,p4,p5,p10,p11,p0,p1,p12,p13,p14,p15,p16,p17,p19,p18)=>{if(!((!(p8!==undefined||p9!==undefined)||(p4!==undefined||p5!==undefined))))fails(c,o,k4[4]);if(!((!(p10!==undefined||p11!==undefined)||(p0!==undefined||p1!==undefined))))fails(c,o,k4[5]);if(!((!(p12!==undefined||p13!==undefined)||(p14!==undefined||p15!==undefined))))fails(c,o,k4[6]);if(!((!(p16!==undefined||p17!==undefined)||((p19!==undefined||p18!==undefined)&&holds(c,k7,o)))))fails(c,o,k4[7]);};
const k10=(c,o,p21,p20,p19,p18)=>{if(!((!(p21!==undefined||p20!==undefined)||!(p19!==undefined||p18!==undefined))))fails(c,o,k4[8]);};
const k11=R.accepts("positiveInt");
const k12=R.accepts("decimal");
const k13=R.codes("http://hl7.org/fhir/ValueSet/units-of-time");
const k14=R.codes("http://hl7.org/fhir/ValueSet/days-of-week");
const k15=R.accepts("time");
const k16=R.codes("http://hl7.org/fhir/ValueSet/event-timing");
const k17=R.accepts("unsignedInt");
return{
"Timing":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="code"){const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="event"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k2(v[i]))badItem(c,o,p,v,i,k0);}continue;}break;
case 6:if(p==="_event"){other(c,o,p,v,k0);continue;}if(p==="repeat"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;},
"Timing.repeat":(o,c)=>{if(isWrong(c,o,k3))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6,p7,p8,p9,p10,p11,p12,p13,p14,p15,p16,p17,p18,p19,p20,p21,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k3);continue;}break;
case 4:if(p==="when"){p19=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k16.has(v[i]))badItem(c,o,p,v,i,k3);}continue;}break;
case 5:if(p==="count"){p14=v;if(!k11(v,o,p))bad(c,o,p,k3);continue;}if(p==="_when"){p18=v;other(c,o,p,v,k3);continue;}break;
case 6:if(p==="_count"){p15=v;other(c,o,p,v,k3);continue;}if(p==="period"){p4=v;if(!k12(v))bad(c,o,p,k3);continue;}if(p==="offset"){p16=v;if(!k17(v,o,p))bad(c,o,p,k3);continue;}break;
case 7:if(p==="_period"){p5=v;other(c,o,p,v,k3);continue;}if(p==="_offset"){p17=v;other(c,o,p,v,k3);continue;}break;
case 8:if(p==="countMax"){p12=v;if(!k11(v,o,p))bad(c,o,p,k3);continue;}if(p==="duration"){p0=v;if(!k12(v))bad(c,o,p,k3);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_countMax"){p13=v;other(c,o,p,v,k3);continue;}if(p==="_duration"){p1=v;other(c,o,p,v,k3);continue;}if(p==="frequency"){if(!k11(v,o,p))bad(c,o,p,k3);continue;}if(p==="periodMax"){p8=v;if(!k12(v))bad(c,o,p,k3);continue;}if(p==="dayOfWeek"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k14.has(v[i]))badItem(c,o,p,v,i,k3);}continue;}if(p==="timeOfDay"){p21=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k15(v[i]))badItem(c,o,p,v,i,k3);}continue;}break;
case 10:if(p==="_frequency"){other(c,o,p,v,k3);continue;}if(p==="_periodMax"){p9=v;other(c,o,p,v,k3);continue;}if(p==="periodUnit"){p6=v;if(!k13.has(v))bad(c,o,p,k3);continue;}if(p==="_dayOfWeek"){other(c,o,p,v,k3);continue;}if(p==="_timeOfDay"){p20=v;other(c,o,p,v,k3);continue;}break;
case 11:if(p==="boundsRange"){if((b0&1)!==0)doubled(c,"boundsRange",k3);b0|=1;const m=c.count;t3(v,c);if(c.count!==m)at(c,m,"bounds");continue;}if(p==="durationMax"){p10=v;if(!k12(v))bad(c,o,p,k3);continue;}if(p==="_periodUnit"){p7=v;other(c,o,p,v,k3);continue;}break;
case 12:if(p==="boundsPeriod"){if((b0&1)!==0)doubled(c,"boundsPeriod",k3);b0|=1;const m=c.count;t4(v,c);if(c.count!==m)at(c,m,"bounds");continue;}if(p==="_durationMax"){p11=v;other(c,o,p,v,k3);continue;}if(p==="durationUnit"){p2=v;if(!k13.has(v))bad(c,o,p,k3);continue;}if(p==="frequencyMax"){if(!k11(v,o,p))bad(c,o,p,k3);continue;}break;
case 13:if(p==="_durationUnit"){p3=v;other(c,o,p,v,k3);continue;}if(p==="_frequencyMax"){other(c,o,p,v,k3);continue;}break;
case 14:if(p==="boundsDuration"){if((b0&1)!==0)doubled(c,"boundsDuration",k3);b0|=1;const m=c.count;t2(v,c);if(c.count!==m)at(c,m,"bounds");continue;}break;}other(c,o,p,v,k3);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k3);if(c.faults!==f)check(c,o,k4);else{k8(c,o,p0,p1,p2,p3,p4,p5,p6,p7);k9(c,o,p8,p9,p4,p5,p10,p11,p0,p1,p12,p13,p14,p15,p16,p17,p19,p18);k10(c,o,p21,p20,p19,p18);}c.depth--;}
};
