import type { Container, Probe } from '../../core/api/types.js';
import type { Clock, ContainerRuntime, RuntimeState, Timer } from '../../core/contracts/index.js';
import type { ProbeVerdict } from '../decide/plan-pod.js';
import { latest } from '../decide/plan-pod.js';
import type { DesiredPod } from '../decide/pod.js';
import type { PodEvents } from '../node/pod-events.js';
import { runHandler, type Network } from '../perform/hooks.js';
import { counted } from './threshold.js';

type Kind = 'startup' | 'readiness' | 'liveness';
interface Prober { readonly id: string; readonly kind: Kind; readonly timer: { current: Timer | undefined }; state: { ok: boolean; row: number; last: boolean | undefined }; stopped: boolean }

export interface PodProbesOptions { readonly clock: Clock; readonly runtime: ContainerRuntime; readonly network: Network; readonly events: PodEvents; readonly changed: () => void }

const probeOf = (container: Container, kind: Kind): Probe | undefined => container[`${kind}Probe`];

/** Runs the probes of one pod's running containers. Liveness and readiness wait for startup. */
export class PodProbes {
  readonly #options: PodProbesOptions;
  readonly #probers = new Map<string, Prober>();
  #pod: DesiredPod | undefined;
  #ip = '';

  constructor(options: PodProbesOptions) { this.#options = options; }

  /** Starts and stops probers as containers come and go. */
  follow(pod: DesiredPod, observed: RuntimeState): void {
    this.#pod = pod;
    this.#ip = observed.sandboxes.find(({ running }) => running)?.ip ?? '127.0.0.1';
    for (const container of this.#containers()) {
      const run = latest(observed, container.name);
      for (const kind of ['startup', 'readiness', 'liveness'] as const) {
        const key = `${container.name}/${kind}`;
        const probe = probeOf(container, kind);
        const known = this.#probers.get(key);
        if (run?.state !== 'running' || probe === undefined || pod.stop !== undefined) { this.#end(key); continue; }
        if (known?.id === run.id) continue;
        this.#end(key);
        this.#begin(key, { id: run.id, kind, timer: { current: undefined }, state: { ok: kind === 'liveness', row: 0, last: undefined }, stopped: false }, { container, probe });
      }
    }
  }

  verdicts(): ReadonlyMap<string, ProbeVerdict> {
    return new Map(this.#containers().map((container) => {
      const ok = (kind: Kind): boolean => this.#probers.get(`${container.name}/${kind}`)?.state.ok ?? probeOf(container, kind) === undefined;
      const [startup, liveness] = [this.#probers.get(`${container.name}/startup`), this.#probers.get(`${container.name}/liveness`)];
      const neverStarted = startup?.state.last === false && startup.state.row >= (container.startupProbe?.failureThreshold ?? 3);
      return [container.name, { started: ok('startup'), ready: ok('startup') && ok('readiness'), live: !(neverStarted || liveness?.state.ok === false) }] as const;
    }));
  }

  close(): void { for (const key of [...this.#probers.keys()]) this.#end(key); }

  #containers(): readonly Container[] { return this.#pod === undefined ? [] : [...this.#pod.spec.containers, ...(this.#pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')]; }

  #begin(key: string, prober: Prober, what: { readonly container: Container; readonly probe: Probe }): void {
    this.#probers.set(key, prober);
    this.#schedule(prober, what, (what.probe.initialDelaySeconds ?? 0) * 1000);
  }

  #end(key: string): void {
    const prober = this.#probers.get(key);
    if (prober === undefined) return;
    prober.stopped = true;
    prober.timer.current?.cancel();
    this.#probers.delete(key);
  }

  #schedule(prober: Prober, what: { readonly container: Container; readonly probe: Probe }, ms: number): void {
    prober.timer.current = this.#options.clock.after(ms, () => { void this.#probe(prober, what); }, true);
  }

  async #probe(prober: Prober, { container, probe }: { readonly container: Container; readonly probe: Probe }): Promise<void> {
    const { runtime, network, clock, events } = this.#options;
    const waitsForStartup = prober.kind !== 'startup' && this.#probers.get(`${container.name}/startup`)?.state.ok === false;
    if (!waitsForStartup) {
      const problem = await runHandler(probe, { network, clock, runtime, container, containerId: prober.id, podIP: this.#ip, timeoutMs: (probe.timeoutSeconds ?? 1) * 1000 }).then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)));
      if (prober.stopped || this.#pod === undefined) return;
      if (problem !== undefined) events.warning(this.#pod, container.name, 'Unhealthy', `${prober.kind[0]?.toUpperCase() ?? ''}${prober.kind.slice(1)} probe failed: ${problem}`);
      const before = prober.state;
      prober.state = counted(probe, before, problem === undefined);
      const gaveUp = prober.kind === 'startup' && problem !== undefined && prober.state.row === (probe.failureThreshold ?? 3);
      if (before.ok !== prober.state.ok || gaveUp) this.#options.changed();
      if (prober.kind === 'startup' && prober.state.ok) return;
    }
    if (!prober.stopped) this.#schedule(prober, { container, probe }, (probe.periodSeconds ?? 10) * 1000);
  }
}
