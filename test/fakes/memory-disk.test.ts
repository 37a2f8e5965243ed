import { expect, it } from 'vitest';
import { diskCases } from '../conformance/disk.cases.js';
import { MemoryDisk } from './memory-disk.js';
import { settle } from './virtual-clock.js';

diskCases('MemoryDisk', async () => ({ disk: new MemoryDisk(), folder: '/data' }));

it('loses what was not synced when the power goes', async () => {
  const disk = new MemoryDisk();
  const file = await disk.append('/log');
  await file.append(Buffer.from('safe'));
  await file.sync();
  await file.append(Buffer.from('lost'));
  expect(disk.afterPowerCut().peek('/log')?.toString()).toBe('safe');
  expect(disk.afterPowerCut(2).peek('/log')?.toString()).toBe('safelo');
  expect(disk.afterKill().peek('/log')?.toString()).toBe('safelost');
});

it('writes short when full, then says so', async () => {
  const disk = new MemoryDisk();
  disk.free = 3;
  const file = await disk.append('/log');
  await expect(file.append(Buffer.from('abcdef'))).rejects.toMatchObject({ code: 'ENOSPC' });
  expect(disk.peek('/log')?.toString()).toBe('abc');
});

it('never answers once the power is gone', async () => {
  const disk = new MemoryDisk();
  disk.killAfter(4);
  let answered = false;
  void disk.append('/log').then((file) => file.append(Buffer.from('abcdef'))).finally(() => { answered = true; });
  await settle();
  expect([answered, disk.dead, disk.peek('/log')?.length]).toEqual([false, true, 2]);
});
