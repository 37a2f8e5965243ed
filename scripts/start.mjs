// `npm start -- …` is `kedge up …`, built first when the sources are newer.
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = ['core', 'agent', 'broker', 'plugins', 'cli', 'test/conformance', 'scripts/build.mjs', 'package-lock.json'];

const modified = (path) => statSync(path, { throwIfNoEntry: false });

function isNewer(path, than) {
  const found = modified(path);
  if (found === undefined) return false;
  if (!found.isDirectory()) return !path.endsWith('.test.ts') && found.mtimeMs > than;
  // A folder's own time tells of files that came and went.
  return found.mtimeMs > than || readdirSync(path).some((name) => isNewer(join(path, name), than));
}

const built = modified(join(root, 'dist/.built'))?.mtimeMs ?? 0;
if (built === 0 || sources.some((path) => isNewer(join(root, path), built))) {
  console.error('Building (once, a few seconds) …');
  const { buildAll } = await import('./build.mjs');
  await buildAll();
}
process.argv.splice(1, 1, join(root, 'dist/kedge.js'), 'up');
await import('../dist/kedge.js');
