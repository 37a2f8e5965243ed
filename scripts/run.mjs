// Runs a TypeScript file of this repository: `node scripts/run.mjs bench/store.ts [args…]`.
// Bundled to a temporary file first, because Node cannot strip decorators (see docs/adr/0002).
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [entry, ...rest] = process.argv.slice(2);
if (!entry) { console.error('usage: node scripts/run.mjs <file.ts> [arguments…]'); process.exit(2); }
const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const outdir = mkdtempSync(join(root, 'node_modules', '.kedge-run-'));
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));
await build({ entryPoints: [resolve(entry)], outfile: join(outdir, 'main.mjs'), bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', conditions: ['source'], sourcemap: 'inline', logLevel: 'warning' });
process.argv = [process.argv[0], resolve(entry), ...rest];
await import(pathToFileURL(join(outdir, 'main.mjs')).href);
