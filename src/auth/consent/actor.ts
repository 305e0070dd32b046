/** Actors of provisions that are no resources: clients, by their ids. https://hl7.org/fhir/R4/references.html#logical */
import { hash64 } from '../../search/hash.ts';

/** System of the identifier by which a provision names a client: `{"identifier": {"system": "urn:anamnesis:client", "value": "my-app"}}`. */
export const clientSystem = 'urn:anamnesis:client';

export const clientActor = (id: string): string => hash64(`${clientSystem}|${id}`);
