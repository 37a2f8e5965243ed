// Builds everything that is shipped into dist/: one esbuild run with splitting, so that tokens and tsyringe are the same objects everywhere (docs/adr/0002).
import { build } from 'esbuild';
import { chmodSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Shipped file → source. What is not written yet is left out. */
function entryPoints() {
  const wanted = {
    kedge: 'cli/main.ts',
    master: 'core/main.ts',
    agent: 'agent/main.ts',
    api: 'core/api/index.ts',
    contracts: 'core/contracts/index.ts',
    conformance: 'test/conformance/index.ts',
  };
  const plugins = existsSync(join(root, 'plugins')) ? readdirSync(join(root, 'plugins'), { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  for (const { name } of plugins) wanted[`plugins/${name}`] = `plugins/${name}/plugin.ts`; // oci-cli and the like have none
  return Object.fromEntries(Object.entries(wanted).map(([name, path]) => [name, join(root, path)]).filter(([, path]) => existsSync(path)));
}

export async function buildAll() {
  const outdir = join(root, 'dist');
  // A build beside the old one, then swapped in: a Kedge that runs keeps its chunks until then, and a failed build leaves the old one.
  const fresh = join(root, `dist.${process.pid}`);
  try {
    await build({
      entryPoints: entryPoints(), outdir: fresh, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20',
      entryNames: '[dir]/[name]', chunkNames: 'chunks/[name]-[hash]', conditions: ['source'], tsconfig: join(root, 'tsconfig.json'),
      minifySyntax: true, minifyWhitespace: true, legalComments: 'linked', logLevel: 'warning', sourcemap: 'linked', sourcesContent: false,
      // mqtt.js brings copies of what Node has: 25 MB of resident memory on a small device.
      alias: { 'readable-stream': 'node:stream', buffer: 'node:buffer', 'buffer/': 'node:buffer', events: 'node:events', 'events/': 'node:events', process: 'node:process', 'process/': 'node:process' },
      external: ['vitest', 'fast-check'],
      banner: { js: "import{createRequire as __kedgeRequire}from'node:module';const require=__kedgeRequire(import.meta.url);" },
    });
    const command = join(fresh, 'kedge.js');
    if (existsSync(command)) chmodSync(command, 0o755);
    writeFileSync(join(fresh, '.built'), '');
    rmSync(outdir, { recursive: true, force: true });
    renameSync(fresh, outdir);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const before = performance.now();
  await buildAll();
  console.error(`built dist/ in ${((performance.now() - before) / 1000).toFixed(1)} s`);
}
