/** Names of requests for logs, metrics and traces: few, fixed, and never with an id in them. https://hl7.org/fhir/R4/http.html#summary */

export interface RouteName {
  /** FHIR's word for the interaction, such as `read` or `search-type`. */
  readonly interaction: string;
  /** `GET [type]/[id]` */
  readonly pattern: string;
}

const interactions: Readonly<Record<string, string>> = {
  'GET metadata': 'capabilities',
  'POST ': 'transaction',
  'GET ': 'search-system',
  'POST _search': 'search-system',
  'GET _history': 'history-system',
  'GET [type]': 'search-type',
  'POST [type]/_search': 'search-type',
  'GET [type]/_history': 'history-type',
  'POST [type]': 'create',
  'PUT [type]': 'update-conditional',
  'PATCH [type]': 'patch-conditional',
  'DELETE [type]': 'delete-conditional',
  'GET [type]/[id]': 'read',
  'PUT [type]/[id]': 'update',
  'PATCH [type]/[id]': 'patch',
  'DELETE [type]/[id]': 'delete',
  'GET [type]/[id]/_history': 'history-instance',
  'GET [type]/[id]/_history/[vid]': 'vread',
  'GET [type]/[id]/[type]': 'search-compartment',
  'POST [type]/[id]/[type]/_search': 'search-compartment',
  'GET [operation]': 'operation',
  'POST [operation]': 'operation',
  'GET [type]/[operation]': 'operation',
  'POST [type]/[operation]': 'operation',
  'GET [type]/[id]/[operation]': 'operation',
  'POST [type]/[id]/[operation]': 'operation',
  'GET _job': 'operation',
  'GET _job/[id]': 'operation',
  'DELETE _job/[id]': 'operation',
  'GET _job/[id]/[file]': 'operation',
};

const names = new Map<string, RouteName>();
for (const [pattern, interaction] of Object.entries(interactions)) {
  names.set(pattern, { interaction, pattern });
  if (pattern.startsWith('GET ')) names.set(pattern.replace('GET', 'HEAD'), { interaction, pattern: pattern.replace('GET', 'HEAD') });
}

export const otherRoute: RouteName = { interaction: 'other', pattern: '[other]' };

const word = (segment: string, otherwise: string): string =>
  segment.startsWith('$') ? '[operation]' : segment === '_history' || segment === '_search' ? segment : otherwise;

function shape(path: readonly string[]): string {
  const [first = '', second = '', third = ''] = path;
  if (first === '_job') return ['_job', '_job/[id]', '_job/[id]/[file]'][path.length - 1] ?? '[other]';
  switch (path.length) {
    case 0:
      return '';
    case 1:
      return first === 'metadata' ? first : word(first, '[type]');
    case 2:
      return `[type]/${word(second, '[id]')}`;
    case 3:
      return `[type]/[id]/${word(third, '[type]')}`;
    default:
      return path.length > 4 ? '[other]' : third === '_history' ? '[type]/[id]/_history/[vid]' : '[type]/[id]/[type]/_search';
  }
}

export const routeName = (method: string, path: readonly string[]): RouteName => names.get(`${method} ${shape(path)}`) ?? otherRoute;
