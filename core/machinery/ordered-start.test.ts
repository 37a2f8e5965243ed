import { expect, it } from 'vitest';
import { RecordingLog } from '../../test/fakes/recording-log.js';
import { OrderedStart, type NamedPart } from './ordered-start.js';

function recorded(happened: string[], name: string, fails?: 'start' | 'stop'): NamedPart {
  const step = (what: 'start' | 'stop') => async (): Promise<void> => {
    await Promise.resolve();
    happened.push(`${what} ${name}`);
    if (fails === what) throw new Error(`${name} does not ${what}`);
  };
  return { name, part: { start: step('start'), stop: step('stop') } };
}

it('starts in order and stops in reverse, once', async () => {
  const happened: string[] = [];
  const system = new OrderedStart([recorded(happened, 'a'), { name: 'nothing', part: {} }, recorded(happened, 'b')], new RecordingLog());
  await system.start();
  await Promise.all([system.stop(), system.stop()]);
  expect(happened).toEqual(['start a', 'start b', 'stop b', 'stop a']);
});

it('stops what was started when a start fails, and tells why', async () => {
  const happened: string[] = [];
  const system = new OrderedStart([recorded(happened, 'a'), recorded(happened, 'b', 'start'), recorded(happened, 'c')], new RecordingLog());
  await expect(system.start()).rejects.toThrow('b does not start');
  expect(happened).toEqual(['start a', 'start b', 'stop a']);
});

it('stops the others when one does not stop', async () => {
  const happened: string[] = [];
  const system = new OrderedStart([recorded(happened, 'a'), recorded(happened, 'b', 'stop')], new RecordingLog());
  await system.start();
  await expect(system.stop()).rejects.toThrow('b does not stop');
  expect(happened).toEqual(['start a', 'start b', 'stop b', 'stop a']);
});

it('can be stopped while it starts', async () => {
  const happened: string[] = [];
  const system = new OrderedStart([recorded(happened, 'a'), recorded(happened, 'b')], new RecordingLog());
  const starting = system.start();
  await system.stop();
  await starting;
  expect(happened).toEqual(['start a', 'stop a']);
});
