/** The hook: what an interaction works with, for a client that chose a shape or names a study by the type of one. */
import type { Principal } from '../auth/principal.ts';
import { refusal } from '../fhir/outcome.ts';
import type { FhirRequest, Services } from '../interactions/interaction.ts';
import { chosenShape } from './shape-name.ts';
import { type ShapedContext, shapedRepository } from './shaped-repository.ts';
import { widened } from './shaped-search.ts';
import type { StudyShape } from './study-shape.ts';

/** `services` is what the request is to work with; `plain` is the same without a trail, for looking up names. */
export type Shaped = (services: Services, plain: Services, request: FhirRequest) => Services;

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Whether a study may be meant by the name of another type, or brought in another shape. */
function mayConcern({ method, path }: FhirRequest): boolean {
  const [type = '', id = ''] = path;
  if (id === '_search') return false;
  if (reads.has(method)) return id !== '' && (type === 'Procedure' || type === 'Basic');
  return type === '' || type === 'Procedure' || type === 'Basic' || type === 'GenomicStudy';
}

function wantsXml({ query, headers }: FhirRequest): boolean {
  const asked = query.find(([parameter, value]) => parameter === '_format' && value !== '')?.[1] ?? headers['accept'] ?? '';
  return asked.includes('xml') && !asked.includes('json');
}

const notAsXml = (): Error =>
  refusal('not-supported', "The incubator's shape of a genomic study is written as JSON only: XML needs a definition of its elements.", {
    status: 406,
  });

export function shapedServices(context: ShapedContext): Shaped {
  const { shapes } = context;
  const under = (shape: StudyShape, services: Services, plain: Services): Services => ({
    ...services,
    ...(shape.name === 'native' ? {} : { widened: (scope, pairs) => widened(shape, scope, pairs) }),
    repository: (principal: Principal) => {
      const own = { ...context, definitions: services.definitions };
      return shapedRepository(own, shape, services.repository(principal), plain.repository(principal));
    },
  });
  return (services, plain, request) => {
    const { prefer } = request.headers;
    const { version } = request;
    const name = chosenShape({ prefer, version, registered: request.principal.genomicStudy });
    if (name === 'incubator' && wantsXml(request)) throw notAsXml();
    return name === 'native' && !mayConcern(request) ? services : under(shapes.of(name), services, plain);
  };
}
