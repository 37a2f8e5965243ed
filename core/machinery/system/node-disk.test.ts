import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { diskCases } from '../../../test/conformance/disk.cases.js';
import { NodeDisk } from './node-disk.js';

const made: string[] = [];
afterAll(async () => { for (const folder of made) await rm(folder, { recursive: true, force: true }); });

diskCases('NodeDisk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-disk-'));
  made.push(folder);
  return { disk: new NodeDisk(), folder };
});
