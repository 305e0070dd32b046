// Checks of OperationOutcome, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("OperationOutcome.issue"))(o,c);
let t3=(o,c)=>(t3=R.link("CodeableConcept"))(o,c);
const k0="OperationOutcome";
const k1=R.constraints("OperationOutcome");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.accepts("canonical");
const k6="OperationOutcome.issue";
const k7=R.accepts("string");
const k8=R.codes("http://hl7.org/fhir/ValueSet/issue-severity");
const k9=R.codes("http://hl7.org/fhir/ValueSet/issue-type");
return{
"OperationOutcome":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="issue"){b0|=1;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}break;
case 12:if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);}c.depth--;},
"OperationOutcome.issue":(o,c)=>{if(isWrong(c,o,k6))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k7(v))bad(c,o,p,k6);continue;}break;
case 4:if(p==="code"){b0|=2;if(!k9.has(v))bad(c,o,p,k6);continue;}break;
case 5:if(p==="_code"){if(o["code"]===undefined){b0|=2;}other(c,o,p,v,k6);continue;}break;
case 7:if(p==="details"){const m=c.count;t3(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="severity"){b0|=1;if(!k8.has(v))bad(c,o,p,k6);continue;}if(p==="location"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k6);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="_severity"){if(o["severity"]===undefined){b0|=1;}other(c,o,p,v,k6);continue;}if(p==="_location"){other(c,o,p,v,k6);continue;}break;
case 10:if(p==="expression"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k7(v[i]))badItem(c,o,p,v,i,k6);}continue;}break;
case 11:if(p==="diagnostics"){if(!k7(v))bad(c,o,p,k6);continue;}if(p==="_expression"){other(c,o,p,v,k6);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k6);}if((b0&3)!==3)missing(c,o,k6);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k6);c.depth--;}
};
