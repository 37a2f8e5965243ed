import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStatusError } from '../../api/status-error.js';
import { codecFor } from './choose.js';
import { parseJson } from './json.js';
import { scanJson } from './json-scan.js';
import { parseYaml, yamlCodec } from './yaml.js';

const refusal = (message: string | RegExp): unknown => expect.objectContaining({ reason: 'BadRequest', message: expect.stringMatching(message) as string });

describe('JSON bodies', () => {
  it('names keys that stand twice by their path', () => {
    expect(parseJson('{"a":1,"spec":{"list":[{"x":1},{"x":1,"x":2}]},"a":2}').duplicates).toEqual(['spec.list[1].x', 'a']);
    expect(parseJson(String.raw`{"a\"":1,"a\"":2,"b":"a","c":["a","a"]}`).duplicates).toEqual(['a"']);
    expect(parseJson(String.raw`{"a":1,"\u0061":2}`).duplicates).toEqual(['a']);
  });

  it('finds none in what JSON.stringify writes, and the depth it has', () => {
    const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0);
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      expect(scanJson(JSON.stringify(value), 256)).toEqual({ depth: depthOf(value), duplicates: [] });
    }));
  });

  it('refuses deep nesting before it is built', () => {
    expect(() => parseJson('['.repeat(1_000_000))).toThrow(refusal(/max depth/));
    expect(() => parseJson(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`)).toThrow(refusal(/max depth/));
  });

  it('refuses what is not JSON and what is not UTF-8', () => {
    expect(() => parseJson('{"a":')).toThrow(refusal(/json parse error/));
    expect(() => codecFor('application/json').decode(Buffer.from([0x7b, 0x22, 0xff, 0xfe]))).toThrow(refusal(/UTF-8/));
  });

  it('keeps __proto__ a key like any other', () => {
    expect(Object.keys(parseJson('{"__proto__":{"a":1}}').value as object)).toEqual(['__proto__']);
  });
});

describe('YAML bodies', () => {
  it('reads YAML, and JSON under its name', async () => {
    expect((await parseYaml('a: 1\nb: [x, "2"]\nd: 2026-01-01\n')).value).toEqual({ a: 1, b: ['x', '2'], d: expect.anything() as unknown });
    expect((await parseYaml(' {"a": 1}')).value).toEqual({ a: 1 });
  });

  it('names duplicate keys', async () => {
    expect((await parseYaml('a: 1\nb: 2\na: 3\n')).duplicates).toEqual(['a']);
  });

  it.each([
    ['a: [', /yaml/], ['a: b: c', /yaml/], [`${'['.repeat(100_000)}`, /max depth/], [`a: ${'{b: '.repeat(300)}`, /depth|yaml/],
    [`a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]`, /alias/],
  ])('refuses %.20s', async (text, message) => {
    await expect(parseYaml(text)).rejects.toThrow(refusal(message));
  });

  it('refuses, and never breaks, on anything', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 60 }), async (text) => {
      try { await yamlCodec.decode(Buffer.from(text)); } catch (error) { if (!isStatusError(error, 'BadRequest')) throw error; }
    }));
  });
});

describe('codecFor', () => {
  it('takes no content type for JSON, as PUT …/scale comes', () => {
    expect(codecFor(undefined)).toBe(codecFor('application/json; charset=utf-8'));
  });

  it.each(['application/cbor', 'text/plain', 'constructor'])('refuses %s', (type) => {
    expect(() => codecFor(type)).toThrow(expect.objectContaining({ reason: 'UnsupportedMediaType' }));
  });

  it('has a seat for protobuf that says what to do instead', () => {
    expect(() => codecFor('application/vnd.kubernetes.protobuf').decode(Buffer.from('k8s\0'))).toThrow(/create -f/);
  });
});
