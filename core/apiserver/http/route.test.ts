import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRoute } from './route.js';

describe('parseRoute', () => {
  it.each([
    ['/api', { kind: 'core-versions' }],
    ['/apis/', { kind: 'groups' }],
    ['/apis/apps', { kind: 'group', group: 'apps' }],
    ['/api/v1', { kind: 'resources', group: '', version: 'v1' }],
    ['/apis/apps/v1', { kind: 'resources', group: 'apps', version: 'v1' }],
    ['/api/v1/pods', { kind: 'resource', group: '', version: 'v1', plural: 'pods' }],
    ['/api/v1/nodes/n1/status', { kind: 'resource', group: '', version: 'v1', plural: 'nodes', name: 'n1', subresource: 'status' }],
    ['/api/v1/namespaces', { kind: 'resource', group: '', version: 'v1', plural: 'namespaces' }],
    ['/api/v1/namespaces/x', { kind: 'resource', group: '', version: 'v1', plural: 'namespaces', name: 'x' }],
    ['/api/v1/namespaces/x/finalize', { kind: 'resource', group: '', version: 'v1', plural: 'namespaces', name: 'x', subresource: 'finalize' }],
    ['/api/v1/namespaces/x/pods', { kind: 'resource', group: '', version: 'v1', namespace: 'x', plural: 'pods' }],
    ['/api/v1/namespaces/x/pods/p/log', { kind: 'resource', group: '', version: 'v1', namespace: 'x', plural: 'pods', name: 'p', subresource: 'log' }],
    ['/apis/apps/v1/namespaces/x/deployments/d/scale', { kind: 'resource', group: 'apps', version: 'v1', namespace: 'x', plural: 'deployments', name: 'd', subresource: 'scale' }],
    ['/openapi/v3', { kind: 'openapi-v3' }],
    ['/openapi/v3/apis/apps/v1', { kind: 'openapi-v3-document', path: 'apis/apps/v1' }],
    ['/', { kind: 'index' }],
    ['/readyz', { kind: 'health', check: 'readyz' }],
  ])('%s', (path, route) => { expect(parseRoute(path)).toEqual(route); });

  it.each([
    '/api/v1/namespaces/../secrets', '/api/v1/namespaces/x/pods/..', '/api/v1/namespaces/x/pods/%2e%2e', '/api/v1/namespaces/x/pods/a%2fb', '//api/v1',
    '/api/v1//pods', '/api/v1/pods/%00', '/api/v1/pods/%', '/api/v1/pods/%ff', 'api/v1', 'https://elsewhere/api/v1', '/api/v1/namespaces/x/pods/p/log/more', '/constructor', '/__proto__',
  ])('%s names nothing', (path) => { expect(parseRoute(path)).toEqual({ kind: 'unknown' }); });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.webPath()), (path) => { parseRoute(path); }));
  });
});
