import { beforeEach, describe, expect, it } from 'vitest';
import { configMaps, events } from '../api/resources.js';
import type { ConfigMap, Event } from '../api/types.js';
import { MemoryClient } from '../../test/fakes/memory-client.js';
import { RecordingLog } from '../../test/fakes/recording-log.js';
import { VirtualClock } from '../../test/fakes/virtual-clock.js';
import { EventExpiry } from './event-expiry.js';
import { ClientEventRecorder } from './event-recorder.js';

let clock: VirtualClock;
let client: MemoryClient;
let recorder: ClientEventRecorder;
let about: ConfigMap;

beforeEach(async () => {
  clock = new VirtualClock();
  client = await MemoryClient.create({ clock });
  recorder = new ClientEventRecorder({ client, clock, log: new RecordingLog() });
  about = await client.create(configMaps, { metadata: { name: 'web', namespace: 'shop' } });
});
const all = (): readonly Event[] => client.list(events);
const record = (message: string, reason = 'Pulled'): void => recorder.record(configMaps, about, 'Normal', reason, message, 'kedge-test');

describe('the event recorder', () => {
  it('writes an event about an object, next to it', async () => {
    record('Image pulled');
    await recorder.flush();
    expect(all()).toMatchObject([{
      metadata: { namespace: 'shop' }, involvedObject: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'web', uid: about.metadata.uid },
      type: 'Normal', reason: 'Pulled', message: 'Image pulled', count: 1, source: { component: 'kedge-test' }, firstTimestamp: '2026-01-01T00:00:00Z',
    }]);
    expect(all()[0]?.metadata.name).toMatch(/^web\.[0-9a-f]+$/);
  });

  it('counts what happens again', async () => {
    record('Image pulled');
    await recorder.flush();
    await clock.advance(60_000);
    record('Image pulled');
    record('Image pulled');
    await recorder.flush();
    expect(all()).toMatchObject([{ count: 3, firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:01:00Z' }]);
  });

  it('combines similar events once there are ten', async () => {
    for (let index = 0; index < 15; index += 1) record(`layer ${index}`);
    await recorder.flush();
    expect(all()).toHaveLength(11);
    expect(all().filter(({ message }) => message?.startsWith('(combined from similar events): '))).toMatchObject([{ count: 5, message: '(combined from similar events): layer 14' }]);
  });

  it('silences an object that makes too many, and hears it again later', async () => {
    for (let index = 0; index < 100; index += 1) record('again');
    await recorder.flush();
    expect(all()).toMatchObject([{ count: 25 }]);
    await clock.advance(300_000);
    record('again');
    await recorder.flush();
    expect(all()).toMatchObject([{ count: 26 }]);
  });

  it('begins anew when its event expired meanwhile', async () => {
    const expiry = new EventExpiry({ client, clock, log: new RecordingLog() });
    await expiry.start();
    record('Image pulled');
    await recorder.flush();
    await clock.advance(3_600_000);
    expect(all()).toHaveLength(1);
    await clock.advance(300_000);
    expect(all()).toHaveLength(0);
    record('Image pulled');
    await recorder.flush();
    expect(all()).toMatchObject([{ count: 2 }]);
    await expiry.stop();
    expect(clock.timers).toBe(0);
  });
});
