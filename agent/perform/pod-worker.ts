import type { PodStatus } from '../../core/api/types.js';
import type { Clock, ContainerRuntime, Log, RuntimeState, Timer } from '../../core/contracts/index.js';
import { canonicalJson } from '../../core/api/template-hash.js';
import { containerHash } from '../decide/container-spec.js';
import { latest, planPod, type PodView } from '../decide/plan-pod.js';
import { podStatus } from '../decide/pod-status.js';
import { noMemory, type ContainerMemory, type DesiredPod, type PodMemory } from '../decide/pod.js';
import type { Step } from '../decide/step.js';
import type { PodProbes } from '../probes/pod-probes.js';
import { describeFailure, type StepContext, type StepExecutors } from './executors.js';

export interface PodWorkerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly runtime: ContainerRuntime;
  readonly hostIP: () => string;
  readonly executors: StepExecutors;
  readonly probes: PodProbes;
  /** A status to be reported; undefined when nothing of the pod is left. */
  readonly report: (uid: string, status: PodStatus | undefined) => void;
  readonly previous?: PodStatus;
}

/** One worker a pod: look, plan, perform, report, until there is nothing to do. Level-triggered: whoever wakes it says nothing of why. */
export class PodWorker {
  readonly #options: PodWorkerOptions;
  #pod: DesiredPod;
  #memory: PodMemory;
  #status: PodStatus | undefined;
  #running = false;
  #again = false;
  #closed = false;
  #timer: Timer | undefined;
  #abort: AbortController | undefined;

  constructor(pod: DesiredPod, options: PodWorkerOptions) {
    this.#pod = pod;
    this.#options = options;
    this.#status = options.previous;
    this.#memory = { sandbox: -1, containers: {}, startedAt: Date.parse(options.previous?.startTime ?? '') || options.clock.now() };
  }

  get pod(): DesiredPod { return this.#pod; }
  get status(): PodStatus | undefined { return this.#status; }

  /** The wish has changed. A stop that has become shorter interrupts the one under way. */
  update(pod: DesiredPod): void {
    if (pod.stop !== undefined && (this.#pod.stop === undefined || pod.stop < this.#pod.stop)) this.#abort?.abort();
    this.#pod = pod;
    this.wake();
  }

  wake(): void {
    if (this.#closed) return;
    if (this.#running) { this.#again = true; return; }
    this.#running = true;
    void this.#run().finally(() => { this.#running = false; if (this.#again) this.wake(); });
  }

  /** Leaves everything running: another agent, or this one after a restart, will adopt it. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#options.probes.close();
  }

  async #run(): Promise<void> {
    this.#timer?.cancel();
    try {
      do {
        this.#again = false;
        const done = await this.#turn();
        if (done) return;
      } while (this.#again && !this.#closed);
    } catch (error) {
      this.#options.log.warn('pod not worked', { pod: this.#pod.name, namespace: this.#pod.namespace, error: String(error) });
      this.#sleep(5000);
    }
  }

  /** True when nothing is to be done before somebody wakes us. */
  async #turn(): Promise<boolean> {
    const observed = await this.#options.runtime.list(this.#pod.uid);
    this.#remember(observed);
    const view = this.#view(observed);
    this.#options.probes.follow(this.#pod, observed);
    const steps = planPod(view);
    this.#report(view, steps);
    const work = steps.filter(({ kind }) => kind !== 'wait');
    if (work.length === 0) {
      const waits = steps.flatMap((step) => (step.kind === 'wait' ? [step.ms] : []));
      if (waits.length > 0) this.#sleep(Math.min(...waits));
      return true;
    }
    if (work.some(({ kind }) => kind === 'forget')) { await this.#forget(); return true; }
    await this.#perform(work, observed);
    this.#again = true;
    return this.#closed;
  }

  #view(observed: RuntimeState): PodView {
    return { pod: this.#pod, observed, memory: this.#memory, probes: this.#options.probes.verdicts(), hashOf: containerHash, now: this.#options.clock.now() };
  }

  async #perform(steps: readonly Step[], observed: RuntimeState): Promise<void> {
    this.#abort = new AbortController();
    const context: StepContext = { pod: this.#pod, runtime: this.#options.runtime, observed, signal: this.#abort.signal };
    // Pulls come before the stops they are for; everything else of one plan may go side by side.
    const pulls = steps.filter(({ kind }) => kind === 'pullImage');
    const pulled = await Promise.all(pulls.map((step) => this.#step(step, context)));
    if (pulled.includes(false)) return;
    await Promise.all(steps.filter(({ kind }) => kind !== 'pullImage').map((step) => this.#step(step, context)));
  }

  async #step(step: Step, context: StepContext): Promise<boolean> {
    try {
      await (this.#options.executors[step.kind] as (step: Step, context: StepContext) => Promise<void>)(step, context);
      this.#succeeded(step);
      return true;
    } catch (error) {
      if (context.signal.aborted) return false;
      this.#failed(step, error);
      return false;
    }
  }

  #succeeded(step: Step): void {
    if (step.kind === 'startContainer') this.#set(step.container, { attempt: step.attempt, crashes: step.crashes });
    else if (step.kind === 'createSandbox') { const { failure: _failure, ...memory } = this.#memory; this.#memory = { ...memory, sandbox: step.attempt }; }
    else if (step.kind === 'failPod') this.#memory = { ...this.#memory, failed: { reason: step.reason, message: step.message } };
  }

  #failed(step: Step, error: unknown): void {
    const now = this.#options.clock.now();
    this.#options.log.debug('step failed', { pod: this.#pod.name, step: step.kind, error: String(error) });
    if (step.kind === 'startContainer' || step.kind === 'pullImage') {
      const known = this.#memory.containers[step.container] ?? noMemory;
      this.#set(step.container, { ...known, failure: describeFailure(error, known.failure, now) });
    } else if (step.kind === 'createSandbox') this.#memory = { ...this.#memory, failure: describeFailure(error, this.#memory.failure, now) };
    else this.#sleep(1000);
  }

  #set(container: string, memory: ContainerMemory): void { this.#memory = { ...this.#memory, containers: { ...this.#memory.containers, [container]: memory } }; }

  /** Attempts only rise, also when their containers have gone with a sandbox. */
  #remember(observed: RuntimeState): void {
    for (const { attempt } of observed.sandboxes) if (attempt > this.#memory.sandbox) this.#memory = { ...this.#memory, sandbox: attempt };
    for (const { name } of observed.containers) {
      const known = this.#memory.containers[name] ?? noMemory;
      const attempt = latest(observed, name)?.attempt ?? -1;
      if (attempt > known.attempt) this.#set(name, { ...known, attempt, crashes: known.attempt === -1 ? attempt : known.crashes });
    }
  }

  #report(view: PodView, steps: readonly Step[]): void {
    if (steps.some(({ kind }) => kind === 'forget')) return;
    const context = { runtime: this.#options.runtime.name, hostIP: this.#options.hostIP(), previous: this.#status, messages: new Map<string, string>() };
    const status = podStatus(view, context);
    if (canonicalJson(status) === canonicalJson(this.#status ?? {})) return;
    this.#status = status;
    this.#options.report(this.#pod.uid, status);
  }

  async #forget(): Promise<void> {
    await this.#step({ kind: 'forget' }, { pod: this.#pod, runtime: this.#options.runtime, observed: { sandboxes: [], containers: [] }, signal: new AbortController().signal });
    this.close();
    this.#options.report(this.#pod.uid, undefined);
  }

  #sleep(ms: number): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.after(Math.max(1, ms), () => { this.wake(); }, true);
  }
}

