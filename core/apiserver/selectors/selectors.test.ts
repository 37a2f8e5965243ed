import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KindDefinition } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';
import { pods } from '../../api/resources.js';
import { isStatusError } from '../../api/status-error.js';
import { matchesFields, parseFieldSelector } from './field-selector.js';
import { equalities, matchesLabels, parseLabelSelector } from './label-selector.js';
import { select } from './selection.js';

const kind = { resource: pods, fields: { 'spec.nodeName': (object: KubeObject) => (object as KubeObject & { spec: { nodeName?: string } }).spec.nodeName ?? '' } } as unknown as KindDefinition;
const pod = (name: string, labels: Record<string, string>, nodeName?: string): KubeObject => ({ metadata: { name, namespace: 'default', labels }, spec: { nodeName } }) as unknown as KubeObject;

describe('label selectors', () => {
  it.each([
    ['app=web', true], ['app==web', true], ['app!=web', false], ['app in (web, db)', true], ['app notin (web,db)', false], ['app', true], ['!app', false], ['tier!=x', true],
    ['tier notin (x)', true], ['tier', false], ['!tier', true], ['app=web,size>3', true], ['size<4', false], ['app=', false], ['', true], ['app in (web),!tier , size', true],
  ])('%s', (text, matches) => { expect(matchesLabels(parseLabelSelector(text), { app: 'web', size: '4' })).toBe(matches); });

  it.each(['=x', 'a=b c', 'a in (x', 'a in x', 'a in ((x))', ',', 'a=,,', '-a=b', 'a=b/c', 'a b', '!!a', 'a>b', `${'a'.repeat(64)}=b`, 'a\u0000=b'])('refuses %s', (text) => {
    expect(() => parseLabelSelector(text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
  });

  it('throws nothing but refusals', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      try { parseLabelSelector(text); } catch (error) { if (!isStatusError(error, 'BadRequest')) throw error; }
    }));
  });

  it('takes long input in its stride', () => {
    expect(() => parseLabelSelector(`${'a '.repeat(30_000)}in (`)).toThrow();
    expect(() => parseLabelSelector('a'.repeat(70_000))).toThrow(/too long/);
  });

  it('narrows by equal labels only', () => {
    expect(equalities(parseLabelSelector('a=b,c!=d,e in (f),g==h'))).toEqual({ a: 'b', g: 'h' });
  });
});

describe('field selectors', () => {
  it('compares with the empty value when a field is absent', () => {
    const object = pod('p', {});
    expect(matchesFields(parseFieldSelector('spec.nodeName=', kind), kind, object)).toBe(true);
    expect(matchesFields(parseFieldSelector('spec.nodeName!=n1,metadata.name=p', kind), kind, object)).toBe(true);
    expect(matchesFields(parseFieldSelector('metadata.namespace==other', kind), kind, object)).toBe(false);
  });

  it('refuses fields the kind does not offer', () => {
    expect(() => parseFieldSelector('spec.color=red', kind)).toThrow('field label not supported: spec.color');
    expect(() => parseFieldSelector('constructor=x', kind)).toThrow('field label not supported: constructor');
    expect(() => parseFieldSelector('nonsense', kind)).toThrow(/invalid selector/);
  });

  it('reads escapes', () => {
    expect(parseFieldSelector(String.raw`metadata.name=a\,b\=c`, kind)).toEqual([{ field: 'metadata.name', equal: true, value: 'a,b=c' }]);
  });
});

describe('select', () => {
  it('asks the indexes and still looks at each object', () => {
    const selection = select(kind, 'default', { labelSelector: 'app=web', fieldSelector: 'spec.nodeName=n1' });
    expect(selection.query).toEqual({ namespace: 'default', labels: { app: 'web' }, node: 'n1' });
    expect(selection.matches(pod('p', { app: 'web' }, 'n1'))).toBe(true);
    expect(selection.matches(pod('p', { app: 'web' }, 'n2'))).toBe(false);
  });
});
