/** The body of a request as interactions see it. https://hl7.org/fhir/R4/http.html#mime-type */
import { isUtf8 } from 'node:buffer';
import { refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { RequestBody } from '../interactions/interaction.ts';
import type { Formats } from './formats.ts';
import type { MediaType } from './media-type.ts';
import { bodyFormat, checkJson } from './negotiation.ts';

/** Text of a body; a byte order mark is dropped. */
export function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw refusal('structure', 'The body is not valid UTF-8.');
  const marked = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', marked ? 3 : 0);
}

export class Body implements RequestBody {
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly #media: MediaType;
  readonly #formats: Formats;
  readonly #isLater: boolean;
  #resource: Resource | undefined;

  constructor(media: MediaType, bytes: Buffer, formats: Formats, isLater = false) {
    this.contentType = media.type;
    this.bytes = bytes;
    this.#media = media;
    this.#formats = formats;
    this.#isLater = isLater;
  }

  resource(): Resource {
    this.#resource ??= this.#read();
    return this.#resource;
  }

  json(): unknown {
    checkJson(this.#media);
    return this.#formats.parseJson(this.#text());
  }

  #read(): Resource {
    if (this.bytes.length === 0) throw refusal('structure', 'The request has no body; a resource was expected.');
    const format = bodyFormat(this.#media, this.#isLater);
    return this.#formats.read(this.#text(), format);
  }

  #text(): string {
    if (this.bytes.length === 0) throw refusal('structure', 'The request has no body.');
    return textOf(this.bytes);
  }
}
