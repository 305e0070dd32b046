// Checks of MolecularSequence, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
let t0=(o,c)=>(t0=R.link("Meta"))(o,c);
let t1=(o,c)=>(t1=R.link("Narrative"))(o,c);
let t2=(o,c)=>(t2=R.link("Identifier"))(o,c);
let t3=(o,c)=>(t3=R.link("Reference"))(o,c);
let t4=(o,c)=>(t4=R.link("Quantity"))(o,c);
let t5=(o,c)=>(t5=R.link("MolecularSequence.referenceSeq"))(o,c);
let t6=(o,c)=>(t6=R.link("MolecularSequence.variant"))(o,c);
let t7=(o,c)=>(t7=R.link("MolecularSequence.quality"))(o,c);
let t8=(o,c)=>(t8=R.link("MolecularSequence.repository"))(o,c);
let t9=(o,c)=>(t9=R.link("MolecularSequence.structureVariant"))(o,c);
let t10=(o,c)=>(t10=R.link("CodeableConcept"))(o,c);
let t11=(o,c)=>(t11=R.link("MolecularSequence.quality.roc"))(o,c);
let t12=(o,c)=>(t12=R.link("MolecularSequence.structureVariant.outer"))(o,c);
let t13=(o,c)=>(t13=R.link("MolecularSequence.structureVariant.inner"))(o,c);
const k0="MolecularSequence";
const k1=R.constraints("MolecularSequence");
const k2=R.accepts("id");
const k3=R.accepts("uri");
const k4=R.accepts("code");
const k5=R.codes("http://hl7.org/fhir/ValueSet/sequence-type");
const k6=R.accepts("integer");
const k7=R.targets(["Patient"]);
const k8=R.targets(["Specimen"]);
const k9=R.targets(["Device"]);
const k10=R.targets(["Organization"]);
const k11=R.accepts("string");
const k12=R.targets(["MolecularSequence"]);
const k13=R.accepts("canonical");
const k14="MolecularSequence.referenceSeq";
const k15=R.constraints("MolecularSequence.referenceSeq");
const k16=R.codes("http://hl7.org/fhir/ValueSet/orientation-type");
const k17=R.codes("http://hl7.org/fhir/ValueSet/strand-type");
const k18="MolecularSequence.variant";
const k19=R.targets(["Observation"]);
const k20="MolecularSequence.quality";
const k21=R.codes("http://hl7.org/fhir/ValueSet/quality-type");
const k22=R.accepts("decimal");
const k23="MolecularSequence.quality.roc";
const k24="MolecularSequence.repository";
const k25=R.codes("http://hl7.org/fhir/ValueSet/repository-type");
const k26="MolecularSequence.structureVariant";
const k27="MolecularSequence.structureVariant.outer";
const k28="MolecularSequence.structureVariant.inner";
return{
"MolecularSequence":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,p0,p1,p2,p3,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k2(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="meta"){const m=c.count;t0(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="text"){p1=v;const m=c.count;t1(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="type"){if(!k5.has(v))bad(c,o,p,k0);continue;}break;
case 6:if(p==="device"){const m=c.count;t3(v,c);if(!k9.accepts(c,v))wrongTarget(c,v,k9);if(c.count!==m)at(c,m,p);continue;}break;
case 7:if(p==="patient"){const m=c.count;t3(v,c);if(!k7.accepts(c,v))wrongTarget(c,v,k7);if(c.count!==m)at(c,m,p);continue;}if(p==="variant"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t6(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="quality"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t7(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="pointer"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t3(v[i],c);if(!k12.accepts(c,v[i]))wrongTarget(c,v[i],k12);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 8:if(p==="language"){if(!k4(v))bad(c,o,p,k0);continue;}if(p==="specimen"){const m=c.count;t3(v,c);if(!k8.accepts(c,v))wrongTarget(c,v,k8);if(c.count!==m)at(c,m,p);continue;}if(p==="quantity"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 9:if(p==="_language"){other(c,o,p,v,k0);continue;}if(p==="contained"){p0=v;if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;contained(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="extension"){extensions(c,v,p);continue;}if(p==="performer"){const m=c.count;t3(v,c);if(!k10.accepts(c,v))wrongTarget(c,v,k10);if(c.count!==m)at(c,m,p);continue;}break;
case 10:if(p==="identifier"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t2(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}if(p==="repository"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t8(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 11:if(p==="observedSeq"){if(!k11(v))bad(c,o,p,k0);continue;}break;
case 12:if(p==="referenceSeq"){const m=c.count;t5(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_observedSeq"){other(c,o,p,v,k0);continue;}if(p==="readCoverage"){if(!k6(v,o,p))bad(c,o,p,k0);continue;}if(p==="resourceType"){continue;}break;
case 13:if(p==="implicitRules"){if(!k3(v))bad(c,o,p,k0);continue;}if(p==="_readCoverage"){other(c,o,p,v,k0);continue;}break;
case 16:if(p==="coordinateSystem"){p2=v;b0|=1;if(!k6(v,o,p))bad(c,o,p,k0);continue;}if(p==="structureVariant"){if(isList(c,v,p))for(let i=0;i<v.length;i++){const m=c.count;t9(v[i],c);if(c.count!==m)atItem(c,m,p,i);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}if(p==="_coordinateSystem"){p3=v;if(o["coordinateSystem"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&1)!==1)missing(c,o,k0);if(p0!==undefined)containedRules(c,o);if(c.faults!==f)check(c,o,k1);else{if((c.warnings&&!c.contained&&!(p1?.div!==undefined)))fails(c,o,k1[3]);if(!((p2===1||p2===0)))fails(c,o,k1[4]);}c.depth--;},
"MolecularSequence.referenceSeq":(o,c)=>{if(isWrong(c,o,k14))return;const f=c.faults;let k=0,p0,p1,p2,p3,p4,p5,p6;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k14);continue;}break;
case 6:if(p==="strand"){if(!k17.has(v))bad(c,o,p,k14);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="windowEnd"){if(!k6(v,o,p))bad(c,o,p,k14);continue;}break;
case 10:if(p==="chromosome"){p0=v;const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_windowEnd"){other(c,o,p,v,k14);continue;}break;
case 11:if(p==="genomeBuild"){p1=v;if(!k11(v))bad(c,o,p,k14);continue;}if(p==="orientation"){if(!k16.has(v))bad(c,o,p,k14);continue;}if(p==="windowStart"){if(!k6(v,o,p))bad(c,o,p,k14);continue;}break;
case 12:if(p==="_genomeBuild"){p2=v;other(c,o,p,v,k14);continue;}if(p==="_orientation"){other(c,o,p,v,k14);continue;}if(p==="_windowStart"){other(c,o,p,v,k14);continue;}break;
case 14:if(p==="referenceSeqId"){p3=v;const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;
case 18:if(p==="referenceSeqString"){p5=v;if(!k11(v))bad(c,o,p,k14);continue;}break;
case 19:if(p==="referenceSeqPointer"){p4=v;const m=c.count;t3(v,c);if(!k12.accepts(c,v))wrongTarget(c,v,k12);if(c.count!==m)at(c,m,p);continue;}if(p==="_referenceSeqString"){p6=v;other(c,o,p,v,k14);continue;}break;}other(c,o,p,v,k14);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k14);if(c.faults!==f)check(c,o,k15);else{if(!(((p0===undefined&&!(p1!==undefined||p2!==undefined))||(p0!==undefined&&(p1!==undefined||p2!==undefined)))))fails(c,o,k15[0]);if(!((((((p1!==undefined||p2!==undefined)?1:0)+(p3!==undefined?1:0))+(p4!==undefined?1:0))+((p5!==undefined||p6!==undefined)?1:0))===1))fails(c,o,k15[1]);}c.depth--;},
"MolecularSequence.variant":(o,c)=>{if(isWrong(c,o,k18))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k18);continue;}break;
case 3:if(p==="end"){if(!k6(v,o,p))bad(c,o,p,k18);continue;}break;
case 5:if(p==="start"){if(!k6(v,o,p))bad(c,o,p,k18);continue;}if(p==="cigar"){if(!k11(v))bad(c,o,p,k18);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 14:if(p==="observedAllele"){if(!k11(v))bad(c,o,p,k18);continue;}if(p==="variantPointer"){const m=c.count;t3(v,c);if(!k19.accepts(c,v))wrongTarget(c,v,k19);if(c.count!==m)at(c,m,p);continue;}break;
case 15:if(p==="_observedAllele"){other(c,o,p,v,k18);continue;}if(p==="referenceAllele"){if(!k11(v))bad(c,o,p,k18);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k18);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k18);c.depth--;},
"MolecularSequence.quality":(o,c)=>{if(isWrong(c,o,k20))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k20);continue;}break;
case 3:if(p==="end"){if(!k6(v,o,p))bad(c,o,p,k20);continue;}if(p==="roc"){const m=c.count;t11(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k21.has(v))bad(c,o,p,k20);continue;}if(p==="_end"){other(c,o,p,v,k20);continue;}if(p==="gtFP"){if(!k22(v))bad(c,o,p,k20);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k20);continue;}if(p==="start"){if(!k6(v,o,p))bad(c,o,p,k20);continue;}if(p==="score"){const m=c.count;t4(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="_gtFP"){other(c,o,p,v,k20);continue;}break;
case 6:if(p==="_start"){other(c,o,p,v,k20);continue;}if(p==="method"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="recall"){if(!k22(v))bad(c,o,p,k20);continue;}if(p==="fScore"){if(!k22(v))bad(c,o,p,k20);continue;}break;
case 7:if(p==="truthTP"){if(!k22(v))bad(c,o,p,k20);continue;}if(p==="queryTP"){if(!k22(v))bad(c,o,p,k20);continue;}if(p==="truthFN"){if(!k22(v))bad(c,o,p,k20);continue;}if(p==="queryFP"){if(!k22(v))bad(c,o,p,k20);continue;}if(p==="_recall"){other(c,o,p,v,k20);continue;}if(p==="_fScore"){other(c,o,p,v,k20);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="precision"){if(!k22(v))bad(c,o,p,k20);continue;}break;
case 16:if(p==="standardSequence"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k20);}if((b0&1)!==1)missing(c,o,k20);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k20);c.depth--;},
"MolecularSequence.quality.roc":(o,c)=>{if(isWrong(c,o,k23))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k23);continue;}break;
case 5:if(p==="score"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i],v,i))badItem(c,o,p,v,i,k23);}continue;}if(p==="numTP"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i],v,i))badItem(c,o,p,v,i,k23);}continue;}if(p==="numFP"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i],v,i))badItem(c,o,p,v,i,k23);}continue;}if(p==="numFN"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k6(v[i],v,i))badItem(c,o,p,v,i,k23);}continue;}break;
case 8:if(p==="fMeasure"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k22(v[i]))badItem(c,o,p,v,i,k23);}continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="precision"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k22(v[i]))badItem(c,o,p,v,i,k23);}continue;}if(p==="_fMeasure"){other(c,o,p,v,k23);continue;}break;
case 11:if(p==="sensitivity"){if(isList(c,v,p))for(let i=0;i<v.length;i++){if(!k22(v[i]))badItem(c,o,p,v,i,k23);}continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k23);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k23);c.depth--;},
"MolecularSequence.repository":(o,c)=>{if(isWrong(c,o,k24))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k24);continue;}break;
case 3:if(p==="url"){if(!k3(v))bad(c,o,p,k24);continue;}break;
case 4:if(p==="type"){b0|=1;if(!k25.has(v))bad(c,o,p,k24);continue;}if(p==="_url"){other(c,o,p,v,k24);continue;}if(p==="name"){if(!k11(v))bad(c,o,p,k24);continue;}break;
case 5:if(p==="_type"){if(o["type"]===undefined){b0|=1;}other(c,o,p,v,k24);continue;}if(p==="_name"){other(c,o,p,v,k24);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}if(p==="datasetId"){if(!k11(v))bad(c,o,p,k24);continue;}if(p==="readsetId"){if(!k11(v))bad(c,o,p,k24);continue;}break;
case 12:if(p==="variantsetId"){if(!k11(v))bad(c,o,p,k24);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k24);}if((b0&1)!==1)missing(c,o,k24);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k24);c.depth--;},
"MolecularSequence.structureVariant":(o,c)=>{if(isWrong(c,o,k26))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k26);continue;}break;
case 5:if(p==="exact"){if(!(typeof v==="boolean"))bad(c,o,p,k26);continue;}if(p==="outer"){const m=c.count;t12(v,c);if(c.count!==m)at(c,m,p);continue;}if(p==="inner"){const m=c.count;t13(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 6:if(p==="_exact"){other(c,o,p,v,k26);continue;}if(p==="length"){if(!k6(v,o,p))bad(c,o,p,k26);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 11:if(p==="variantType"){const m=c.count;t10(v,c);if(c.count!==m)at(c,m,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k26);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k26);c.depth--;},
"MolecularSequence.structureVariant.outer":(o,c)=>{if(isWrong(c,o,k27))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k27);continue;}break;
case 3:if(p==="end"){if(!k6(v,o,p))bad(c,o,p,k27);continue;}break;
case 5:if(p==="start"){if(!k6(v,o,p))bad(c,o,p,k27);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k27);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k27);c.depth--;},
"MolecularSequence.structureVariant.inner":(o,c)=>{if(isWrong(c,o,k28))return;const f=c.faults;let k=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k11(v))bad(c,o,p,k28);continue;}break;
case 3:if(p==="end"){if(!k6(v,o,p))bad(c,o,p,k28);continue;}break;
case 5:if(p==="start"){if(!k6(v,o,p))bad(c,o,p,k28);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 17:if(p==="modifierExtension"){extensions(c,v,p);continue;}break;}other(c,o,p,v,k28);}if(k<2&&(k===0||o.id!==undefined))thin(c,k,k28);c.depth--;}
};
