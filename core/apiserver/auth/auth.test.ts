import { describe, expect, it } from 'vitest';
import { NodeCrypto } from '../../machinery/system/node-crypto.js';
import { parseRoute } from '../http/route.js';
import { authenticate } from './authenticate.js';
import { authorize } from './authorize.js';

const crypto = new NodeCrypto();
const tokens = [{ token: 'secret', user: { name: 'admin', groups: ['system:masters'] } }];
const subject = (fields: object) => fields as { C: string; ST: string; L: string; O: string; OU: string; CN: string };

describe('authenticate', () => {
  it('reads CN and every O of a certificate', () => {
    expect(authenticate({ subject: subject({ CN: 'ann', O: ['a', 'b'] }) }, tokens, crypto)).toEqual({ name: 'ann', groups: ['a', 'b', 'system:authenticated'] });
    expect(authenticate({ subject: subject({ CN: 'ann', O: 'a' }) }, tokens, crypto).groups).toEqual(['a', 'system:authenticated']);
  });

  it('knows a token', () => {
    expect(authenticate({ authorization: 'Bearer secret' }, tokens, crypto).name).toBe('admin');
    expect(authenticate({ authorization: 'bearer secret' }, tokens, crypto).name).toBe('admin');
  });

  it.each(['Bearer wrong', 'Bearer ', 'Basic YTpi', 'Bearer secret secret', 'secret', `Bearer ${'x'.repeat(9000)}`])('refuses %.30s', (authorization) => {
    expect(() => authenticate({ authorization }, tokens, crypto)).toThrow(expect.objectContaining({ reason: 'Unauthorized' }));
  });

  it('takes no credentials for nobody', () => {
    expect(authenticate({}, tokens, crypto).name).toBe('system:anonymous');
  });
});

describe('authorize', () => {
  const allowed = (name: string, groups: readonly string[], path: string, verb = 'list'): void => { authorize({ user: { name, groups }, verb, path, route: parseRoute(path) }); };

  it('lets masters do everything and anyone ask how the server is', () => {
    allowed('admin', ['system:masters'], '/api/v1/secrets');
    allowed('system:anonymous', [], '/readyz');
    allowed('system:anonymous', [], '/version');
  });

  it('refuses the rest in Kubernetes\' words', () => {
    expect(() => { allowed('u', [], '/api/v1/namespaces/default/pods'); }).toThrow('pods is forbidden: User "u" cannot list resource "pods" in API group "" in the namespace "default"');
    expect(() => { allowed('u', [], '/apis/apps/v1/deployments'); }).toThrow('deployments.apps is forbidden: User "u" cannot list resource "deployments" in API group "apps" at the cluster scope');
    expect(() => { allowed('u', [], '/api', 'get'); }).toThrow('forbidden: User "u" cannot get path "/api"');
    expect(() => { allowed('system:anonymous', [], '/api/v1/pods'); }).toThrow(expect.objectContaining({ reason: 'Unauthorized' }));
  });
});
