/** What a path is about. Whether such a group or resource is served is decided later. */
export type Route =
  | { readonly kind: 'resource'; readonly group: string; readonly version: string; readonly plural: string; readonly namespace?: string; readonly name?: string; readonly subresource?: string }
  | { readonly kind: 'core-versions' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'resources'; readonly group: string; readonly version: string }
  | { readonly kind: 'openapi-v2' }
  | { readonly kind: 'openapi-v3' }
  | { readonly kind: 'openapi-v3-document'; readonly path: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'health'; readonly check: 'healthz' | 'livez' | 'readyz' }
  | { readonly kind: 'index' }
  | { readonly kind: 'unknown' };

export type ResourceRoute = Extract<Route, { kind: 'resource' }>;

const unknown: Route = { kind: 'unknown' };
const fixed: Readonly<Record<string, Route>> = {
  '': { kind: 'index' },
  api: { kind: 'core-versions' },
  apis: { kind: 'groups' },
  version: { kind: 'version' },
  'openapi/v2': { kind: 'openapi-v2' },
  'openapi/v3': { kind: 'openapi-v3' },
  healthz: { kind: 'health', check: 'healthz' },
  livez: { kind: 'health', check: 'livez' },
  readyz: { kind: 'health', check: 'readyz' },
};
/** Subresources of namespaces: `/api/v1/namespaces/x/status` is not a list of things called `status`. */
const ofNamespaces: ReadonlySet<string> = new Set(['status', 'finalize']);

/** Reads the path of a request target. Path tricks (`..`, `%2f`, `//`, NUL) name nothing. Never throws. */
export function parseRoute(path: string): Route {
  const segments = decodeSegments(path);
  if (segments === undefined) return unknown;
  const joined = segments.join('/');
  const known = Object.hasOwn(fixed, joined) ? fixed[joined] : undefined;
  if (known !== undefined) return known;
  const [first, second, third, ...rest] = segments;
  if (first === 'openapi' && second === 'v3' && third !== undefined) return { kind: 'openapi-v3-document', path: [third, ...rest].join('/') };
  if (first === 'api' && second !== undefined) return parseGroupVersion('', second, segments.slice(2));
  if (first !== 'apis' || second === undefined) return unknown;
  return third === undefined ? { kind: 'group', group: second } : parseGroupVersion(second, third, rest);
}

function decodeSegments(path: string): readonly string[] | undefined {
  if (!path.startsWith('/') || path.length > 8192) return undefined;
  if (path === '/') return [];
  const trimmed = path.endsWith('/') ? path.slice(1, -1) : path.slice(1);
  const segments: string[] = [];
  for (const raw of trimmed.split('/')) {
    const segment = decodeSegment(raw);
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  return segments;
}

function decodeSegment(raw: string): string | undefined {
  try {
    const segment = decodeURIComponent(raw);
    // eslint-disable-next-line no-control-regex
    return segment === '' || segment === '.' || segment === '..' || /[/\\\u0000-\u001f\u007f]/.test(segment) ? undefined : segment;
  } catch {
    return undefined;
  }
}

function parseGroupVersion(group: string, version: string, rest: readonly string[]): Route {
  if (rest.length === 0) return { kind: 'resources', group, version };
  const [first, namespace, third] = rest;
  if (first === 'namespaces' && namespace !== undefined && third !== undefined && !(rest.length === 3 && ofNamespaces.has(third))) {
    return parseResource({ group, version, namespace }, rest.slice(2));
  }
  return parseResource({ group, version }, rest);
}

function parseResource(where: { readonly group: string; readonly version: string; readonly namespace?: string }, rest: readonly string[]): Route {
  const [plural, name, subresource, ...more] = rest;
  if (plural === undefined || more.length > 0) return unknown;
  return { kind: 'resource', ...where, plural, ...(name === undefined ? {} : { name }), ...(subresource === undefined ? {} : { subresource }) };
}
