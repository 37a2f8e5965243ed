import { describe, expect, it } from 'vitest';
import { aggregatedContentType, wantsAggregated } from '../discovery/aggregated.js';
import { contentTypeOf, negotiate, parseAccept } from './negotiate.js';

describe('negotiate', () => {
  it('takes the first clause it can serve, as kubectl get sends it', () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';
    expect(negotiate(accept)).toEqual({ encoding: 'json', as: 'Table' });
    expect(contentTypeOf(negotiate(accept), true)).toBe('application/json;as=Table;g=meta.k8s.io;v=v1');
  });

  it('falls through tables of a version it does not know', () => {
    expect(negotiate('application/json;as=Table;v=v1beta1;g=meta.k8s.io, application/json')).toEqual({ encoding: 'json' });
  });

  it.each([undefined, '', '*/*', 'application/vnd.kubernetes.protobuf,application/json', 'application/vnd.kubernetes.protobuf, */*', 'application/json, */*;q=0.8'])('answers %s in JSON', (accept) => {
    expect(negotiate(accept)).toEqual({ encoding: 'json' });
  });

  it('refuses what it cannot write', () => {
    expect(() => negotiate('application/vnd.kubernetes.protobuf')).toThrow(expect.objectContaining({ reason: 'NotAcceptable' }));
    expect(() => negotiate('application/json;as=Table;v=v9;g=meta.k8s.io')).toThrow(expect.objectContaining({ reason: 'NotAcceptable' }));
  });
});

describe('wantsAggregated', () => {
  const clause = (version: string): string => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;

  it('prefers v2, accepts v2beta1, and leaves plain JSON to the legacy documents', () => {
    expect(wantsAggregated(parseAccept(`${clause('v2')},${clause('v2beta1')},application/json`))).toBe('v2');
    expect(wantsAggregated(parseAccept(`${clause('v2beta1')},application/json`))).toBe('v2beta1');
    expect(wantsAggregated(parseAccept('application/json, */*'))).toBeUndefined();
    expect(wantsAggregated(parseAccept(''))).toBeUndefined();
    expect(aggregatedContentType('v2')).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
  });
});
