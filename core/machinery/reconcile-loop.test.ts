import { expect, it } from 'vitest';
import { configMaps } from '../api/resources.js';
import { TerminalError, watching, type Controller, type ReconcileResult } from '../contracts/controller.js';
import { MemoryClient } from '../../test/fakes/memory-client.js';
import { RecordingLog } from '../../test/fakes/recording-log.js';
import { VirtualClock } from '../../test/fakes/virtual-clock.js';
import { ReconcileLoop } from './reconcile-loop.js';

async function looping(reconcile: (key: string, time: number) => ReconcileResult | void): Promise<{
  readonly clock: VirtualClock; readonly client: MemoryClient; readonly log: RecordingLog; readonly calls: [string, number][]; readonly loop: ReconcileLoop;
}> {
  const clock = new VirtualClock();
  const client = await MemoryClient.create({ clock });
  const log = new RecordingLog();
  const calls: [string, number][] = [];
  const controller: Controller = {
    name: 'test', watches: [watching(configMaps, ({ object }) => [object.metadata.name])],
    reconcile: async (key) => { calls.push([key, clock.monotonic()]); return reconcile(key, calls.length); },
  };
  const loop = new ReconcileLoop({ controller, client, clock, log });
  await client.create(configMaps, { metadata: { name: 'early' } });
  await loop.start();
  return { clock, client, log, calls, loop };
}

it('reconciles what was there, and what changes', async () => {
  const { client, clock, calls, loop } = await looping(() => undefined);
  await clock.advance(0);
  await client.create(configMaps, { metadata: { name: 'late' } });
  await clock.advance(0);
  expect(calls.map(([key]) => key)).toEqual(['early', 'late']);
  await loop.stop();
  await client.delete(configMaps, { namespace: 'default', name: 'late' });
  await clock.advance(1000);
  expect(calls).toHaveLength(2);
});

it('retries a failure later and later, and starts afresh after a success', async () => {
  const { clock, calls, log } = await looping((_, time) => { if (time <= 3 || time === 5) throw new Error('no'); return time === 4 ? { requeueAfterMs: 1000 } : undefined; });
  await clock.advance(10_000);
  expect(calls.map(([, at]) => at)).toEqual([0, 5, 15, 35, 1035, 1040]);
  expect(log.at('warn')).toHaveLength(4);
});

it('does not retry what would not help, and says so once', async () => {
  const { clock, calls, log } = await looping(() => { throw new TerminalError('never'); });
  await clock.advance(10_000_000);
  expect(calls).toHaveLength(1);
  expect(log.at('error').map(({ fields }) => [fields['controller'], fields['key']])).toEqual([['test', 'early']]);
});
