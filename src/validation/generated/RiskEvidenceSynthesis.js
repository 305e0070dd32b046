// Checks of RiskEvidenceSynthesis, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("ContactDetail"))(o,c);
let t4=(o,c)=>(t4=R.link("Annotation"))(o,c);
let t5=(o,c)=>(t5=R.link("UsageContext"))(o,c);
let t6=(o,c)=>(t6=R.link("CodeableConcept"))(o,c);
let t7=(o,c)=>(t7=R.link("Period"))(o,c);
let t8=(o,c)=>(t8=R.link("RelatedArtifact"))(o,c);
let t9=(o,c)=>(t9=R.link("Reference"))(o,c);
let t10=(o,c)=>(t10=R.link("RiskEvidenceSynthesis.sampleSize"))(o,c);
let t11=(o,c)=>(t11=R.link("RiskEvidenceSynthesis.riskEstimate"))(o,c);
let t12=(o,c)=>(t12=R.link("RiskEvidenceSynthesis.certainty"))(o,c);
let t13=(o,c)=>(t13=R.link("RiskEvidenceSynthesis.riskEstimate.precisionEstimate"))(o,c);
let t14=(o,c)=>(t14=R.link("RiskEvidenceSynthesis.certainty.certaintySubcomponent"))(o,c);
const k0="RiskEvidenceSynthesis";
const k1=R.constraints("RiskEvidenceSynthesis");
const k2=R.pattern("^[A-Z]([A-Za-z0-9_]){0,254}$");
const k3=R.accepts("id");
const k4=R.accepts("uri");
const k5=R.accepts("code");
const k6=R.accepts("string");
const k7=R.codes("http://hl7.org/fhir/ValueSet/publication-status");
const k8=R.accepts("dateTime");
const k9=R.accepts("markdown");
const k10=R.accepts("date");
const k11=R.targets(["EvidenceVariable"]);
const k12=R.accepts("canonical");
const k13="RiskEvidenceSynthesis.sampleSize";
const k14=R.accepts("integer");
const k15="RiskEvidenceSynthesis.riskEstimate";
const k16=R.accepts("decimal");
const k17="RiskEvidenceSynthesis.riskEstimate.precisionEstimate";
const k18="RiskEvidenceSynthesis.certainty";
const k19="RiskEvidenceSynthesis.certainty.certaintySubcomponent";
return{
"RiskEvidenceSynthesis":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k3(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="_id"){other(c,o,p,v,k0);continue;}if(p==="url"){if(!k4(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_url"){other(c,o,p,v,k0);continue;}if(p==="name"){p2=v;if(!k6(v))bad(c,o,p,k0);continue;}if(p==="date"){if(!k8(v))bad(c,o,p,k0);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 5:if(p==="_name"){p3=v;other(c,o,p,v,k0);continue;}if(p==="title"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_date"){other(c,o,p,v,k0);continue;}if(p==="topic"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="_title"){other(c,o,p,v,k0);continue;}if(p==="status"){b0|=1;if(!k7.has(v))bad(c,o,p,k0);continue;}if(p==="author"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="editor"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 7:if(p==="version"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="_status"){if(o["status"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="contact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="outcome"){b0|=4;const m=c.count;t9(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 8:if(p==="language"){if(!k5(v))bad(c,o,p,k0);continue;}if(p==="_version"){other(c,o,p,v,k0);continue;}if(p==="reviewer"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="endorser"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="exposure"){const m=c.count;t9(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="publisher"){if(!k6(v))bad(c,o,p,k0);continue;}if(p==="copyright"){if(!k9(v))bad(c,o,p,k0);continue;}if(p==="studyType"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="certainty"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t12(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_publisher"){other(c,o,p,v,k0);continue;}if(p==="useContext"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t5(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="_copyright"){other(c,o,p,v,k0);continue;}if(p==="population"){b0|=2;const m=c.count;t9(v,c);if(!k11.accepts(c,v))wrongTarget(c,v,k11);if(c.count!==m)at(c,m,p);continue;}if(p==="sampleSize"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 11:if(p==="description"){if(!k9(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="_description"){other(c,o,p,v,k0);continue;}if(p==="jurisdiction"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="approvalDate"){if(!k10(v))bad(c,o,p,k0);continue;}if(p==="riskEstimate"){const m=c.count;t11(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="_approvalDate"){other(c,o,p,v,k0);continue;}if(p==="synthesisType"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 14:if(p==="_implicitRules"){other(c,o,p,v,k0);continue;}if(p==="lastReviewDate"){if(!k10(v))bad(c,o,p,k0);continue;}break;
case 15:if(p==="_lastReviewDate"){other(c,o,p,v,k0);continue;}if(p==="effectivePeriod"){const m=c.count;t7(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="relatedArtifact"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k0);}if((b0&7)!==7)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if((c.warnings&&!((!(p2!==undefined||p3!==undefined)||(p2!==undefined&&k2(p2)===true)))))fails(c,o,k1[4]);}c.depth--;},
"RiskEvidenceSynthesis.sampleSize":(o,c)=>{if(isWrong(c,o,k13))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k13);continue;}break;
case 15:if(p==="numberOfStudies"){if(!k14(v,o,p))bad(c,o,p,k13);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 20:if(p==="numberOfParticipants"){if(!k14(v,o,p))bad(c,o,p,k13);continue;}break;}other(c,o,p,v,k13);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k13);c.depth--;},
"RiskEvidenceSynthesis.riskEstimate":(o,c)=>{if(isWrong(c,o,k15))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 4:if(p==="type"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 5:if(p==="value"){if(!k16(v))bad(c,o,p,k15);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="description"){if(!k6(v))bad(c,o,p,k15);continue;}break;
case 13:if(p==="unitOfMeasure"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 14:if(p==="numeratorCount"){if(!k14(v,o,p))bad(c,o,p,k15);continue;}break;
case 16:if(p==="denominatorCount"){if(!k14(v,o,p))bad(c,o,p,k15);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_denominatorCount"){other(c,o,p,v,k15);continue;}if(p==="precisionEstimate"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t13(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k15);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k15);c.depth--;},
"RiskEvidenceSynthesis.riskEstimate.precisionEstimate":(o,c)=>{if(isWrong(c,o,k17))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k17);continue;}if(p==="to"){if(!k16(v))bad(c,o,p,k17);continue;}break;
case 4:if(p==="type"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="from"){if(!k16(v))bad(c,o,p,k17);continue;}break;
case 5:if(p==="level"){if(!k16(v))bad(c,o,p,k17);continue;}if(p==="_from"){other(c,o,p,v,k17);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k17);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k17);c.depth--;},
"RiskEvidenceSynthesis.certainty":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k18);continue;}break;
case 4:if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="rating"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 21:if(p==="certaintySubcomponent"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t14(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"RiskEvidenceSynthesis.certainty.certaintySubcomponent":(o,c)=>{if(isWrong(c,o,k19))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k6(v))bad(c,o,p,k19);continue;}break;
case 4:if(p==="type"){const m=c.count;t6(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="note"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t4(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 6:if(p==="rating"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k19);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k19);c.depth--;}
};
