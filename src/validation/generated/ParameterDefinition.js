// Checks of ParameterDefinition, made by scripts/generate.ts from the definitions of FHIR.
"use strict";
const{areDistinct,at,atItem,bad,badDefinition,badItem,check,contained,containedRules,doubled,evaluate,extension,extensions,fails,hasAny,hasDistinctCodes,hasDistinctEntries,holds,integer,isBelowRoot,isContained,isList,isPlainPath,isReference,isWrong,lengthOf,missing,order,other,referenceType,resource,thin,wrongTarget}=R;
const k0="ParameterDefinition";
const k1=R.accepts("string");
const k2=R.accepts("code");
const k3=R.codes("http://hl7.org/fhir/ValueSet/operation-parameter-use");
const k4=R.accepts("integer");
const k5=R.codes("http://hl7.org/fhir/ValueSet/all-types");
const k6=R.accepts("canonical");
return{
"ParameterDefinition":(o,c)=>{if(isWrong(c,o,k0))return;const f=c.faults;let k=0,b0=0;for(const p in o){const v=o[p];k++;switch(p.length){case 2:if(p==="id"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 3:if(p==="use"){b0|=1;if(!k3.has(v))bad(c,o,p,k0);continue;}if(p==="min"){if(!k4(v,o,p))bad(c,o,p,k0);continue;}if(p==="max"){if(!k1(v))bad(c,o,p,k0);continue;}break;
case 4:if(p==="name"){if(!k2(v))bad(c,o,p,k0);continue;}if(p==="_use"){if(o["use"]===undefined){b0|=1;}other(c,o,p,v,k0);continue;}if(p==="_min"){other(c,o,p,v,k0);continue;}if(p==="_max"){other(c,o,p,v,k0);continue;}if(p==="type"){b0|=2;if(!k5.has(v))bad(c,o,p,k0);continue;}break;
case 5:if(p==="_name"){other(c,o,p,v,k0);continue;}if(p==="_type"){if(o["type"]===undefined){b0|=2;}other(c,o,p,v,k0);continue;}break;
case 7:if(p==="profile"){if(!k6(v))bad(c,o,p,k0);continue;}break;
case 9:if(p==="extension"){extensions(c,v,p);continue;}break;
case 13:if(p==="documentation"){if(!k1(v))bad(c,o,p,k0);continue;}break;}other(c,o,p,v,k0);}if((b0&3)!==3)missing(c,o,k0);if(k<2&&(k===0||o.id!==undefined))thin(c,k,k0);c.depth--;}
};
