/** The body of a Bundle entry's request: its resource, or for a patch the document inside a Binary. https://hl7.org/fhir/R4/http.html#patch */
import { parseJson, printJson } from '../../fhir/json.ts';
import { refusal } from '../../fhir/outcome.ts';
import { isObject, type Resource } from '../../fhir/resource.ts';
import type { RequestBody } from '../interaction.ts';

const nothing = Buffer.alloc(0);

const missing = (): never => {
  throw refusal('required', 'This request needs a resource: give it in entry.resource.', { status: 400 });
};

/** The body of an entry without resource. */
export const noBody: RequestBody = { contentType: '', bytes: nothing, resource: missing, json: missing };

/** An entry.resource; nothing is printed unless someone asks for the bytes. */
export class ResourceBody implements RequestBody {
  readonly contentType = 'application/fhir+json';
  readonly #resource: Resource;

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  get bytes(): Buffer {
    return Buffer.from(printJson(this.#resource));
  }

  resource(): Resource {
    return this.#resource;
  }

  json(): unknown {
    return this.#resource;
  }
}

/** What a Binary carries, as if it had been sent by itself. Throws 400 when it carries nothing readable. */
export function binaryBody(binary: Resource): RequestBody {
  const { contentType, data } = binary;
  if (typeof contentType !== 'string' || typeof data !== 'string')
    throw refusal('required', 'A Binary that carries a patch needs contentType and data (base64).', { status: 400, expression: 'Binary' });
  const bytes = Buffer.from(data, 'base64');
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  return { contentType: type, bytes, json: () => parseJson(bytes.toString('utf8')), resource: () => readResource(type, bytes) };
}

function readResource(contentType: string, bytes: Buffer): Resource {
  if (!contentType.endsWith('json'))
    throw refusal('not-supported', `Inside a Binary a FHIRPath Patch must be JSON, not ${contentType.slice(0, 64)}.`, { status: 415 });
  const value = parseJson(bytes.toString('utf8'));
  if (!isObject(value) || typeof value['resourceType'] !== 'string') throw refusal('structure', 'The Binary does not hold a resource.');
  return value as Resource;
}
