import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let work: string;
let script: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'kedge-store-'));
  script = join(await mkdtemp(join(root, 'node_modules', '.kedge-test-')), 'writer.mjs');
  await build({ entryPoints: [join(root, 'test/system/store-writer.ts')], outfile: script, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', conditions: ['source'], logLevel: 'warning' });
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(work, { recursive: true, force: true });
  await rm(resolve(script, '..'), { recursive: true, force: true });
});

interface Life { readonly found: ReadonlyMap<string, number>; readonly revision: number; readonly acknowledged: ReadonlyMap<string, number>; readonly highest: number }

/** One life of the writer: killed -9 in the middle, once it has acknowledged `enough` writes. */
async function live(enough: number): Promise<Life> {
  const child = spawn(process.execPath, [script, join(work, 'data')], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const found = new Map<string, number>();
  const acknowledged = new Map<string, number>();
  let revision = 0;
  let highest = 0;
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, name = '', value, version] = line.split(' ');
    if (word === 'found') found.set(name, Number(value));
    if (word === 'ready') revision = Number(name);
    if (word !== 'acknowledged' || version === undefined) continue; // the last line may be cut
    acknowledged.set(name, Number(value));
    highest = Math.max(highest, Number(version));
    if ((count += 1) === enough) child.kill('SIGKILL');
  }
  return { found, revision, acknowledged, highest };
}

it('loses nothing acknowledged to kill -9 amid writes and compactions, again and again', async () => {
  const promised = new Map<string, number>();
  let highest = 0;
  for (const enough of [1, 100, 3000, 57, 2500]) {
    const { found, revision, acknowledged, highest: last } = await live(enough);
    for (const [name, value] of promised) expect(found.get(name) ?? 0, name).toBeGreaterThanOrEqual(value);
    expect(revision).toBeGreaterThanOrEqual(highest);
    for (const [name, value] of acknowledged) promised.set(name, value);
    highest = last;
  }
  expect(promised.size).toBe(20);
});

it('keeps a second process out of the folder, and says which one has it', async () => {
  const first = spawn(process.execPath, [script, join(work, 'shared')], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(first);
  for await (const line of createInterface({ input: first.stdout })) if (line.startsWith('ready')) break;
  const second = spawn(process.execPath, [script, join(work, 'shared')], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(second);
  let said = '';
  second.stderr.on('data', (text: Buffer) => { said += text.toString(); });
  expect(await new Promise((done) => { second.on('close', done); })).toBe(2);
  expect(said).toContain(`KD-1204: '${join(work, 'shared')}' is in use by process ${first.pid}.`);
});
