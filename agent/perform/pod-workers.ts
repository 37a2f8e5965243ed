import { join } from 'node:path';
import type { PodStatus } from '../../core/api/types.js';
import type { Clock, ContainerRuntime, Disk, Log } from '../../core/contracts/index.js';
import { RuntimeError } from '../../core/contracts/container-runtime.js';
import type { Checkpoint } from '../checkpoint/checkpoint.js';
import type { Sources } from '../decide/environment.js';
import type { DesiredPod } from '../decide/pod.js';
import type { Machine } from '../node/machine.js';
import type { PodEvents } from '../node/pod-events.js';
import { PodProbes } from '../probes/pod-probes.js';
import type { HostFolders } from '../volumes/host-folders.js';
import { PodVolumes } from '../volumes/pod-volumes.js';
import { createExecutors, type StepExecutors } from './executors.js';
import type { Network } from './hooks.js';
import { lanes } from './lanes.js';
import { PodWorker } from './pod-worker.js';
import { missingRuntime } from './missing-runtime.js';

export interface PodWorkersOptions {
  readonly node: string;
  readonly folder: string;
  readonly runtimes: readonly ContainerRuntime[];
  readonly events: PodEvents;
  readonly checkpoint: Checkpoint;
  readonly clock: Clock;
  readonly disk: Disk;
  readonly log: Log;
  readonly folders: HostFolders;
  readonly network: Network;
  readonly machine: Machine;
  /** Undefined: nothing of the pod is left. */
  readonly report: (pod: DesiredPod, status: PodStatus | undefined) => void;
}

/** Measured on two cores: more at once gains less than a tenth. */
const startWidth = 4;
const pullWidth = 2;
/** A pod that is not in the manifest any more, and of which nobody knows how long it may take. */
const orphanGraceSeconds = 30;

interface Entry { readonly worker: PodWorker; readonly runtime: ContainerRuntime }

/** The workers of all pods here: those of the manifest, and those that still run although they are not in it. */
export class PodWorkers {
  readonly #options: PodWorkersOptions;
  readonly #workers = new Map<string, Entry>();
  readonly #executors: StepExecutors;
  readonly #volumes: PodVolumes;
  #gone: (() => void) | undefined;

  constructor(options: PodWorkersOptions) {
    this.#options = options;
    this.#volumes = new PodVolumes({ folder: join(options.folder, 'pods'), disk: options.disk, folders: options.folders });
    this.#executors = createExecutors({
      volumes: this.#volumes, events: options.events, hooks: { network: options.network, clock: options.clock },
      sourcesOf: (pod, podIP) => this.#sources(pod, podIP), startLane: lanes(startWidth), pullLane: lanes(pullWidth),
    });
  }

  /** These pods and no others. `certain`: the list is a manifest and not the lack of one, so that what else runs is an orphan. */
  async follow(pods: readonly DesiredPod[], certain: boolean): Promise<void> {
    const wanted = new Set(pods.map(({ uid }) => uid));
    for (const pod of pods) this.#set(pod);
    for (const [uid, { worker }] of this.#workers) {
      if (wanted.has(uid) || worker.pod.stop !== undefined) continue;
      worker.update({ ...worker.pod, stop: worker.pod.spec.terminationGracePeriodSeconds ?? orphanGraceSeconds });
    }
    for (const pod of pods) void this.#volumes.refresh(pod, this.#sources(pod, ''));
    if (certain) await this.#adoptOrphans(wanted);
  }

  wake(uid: string): void { this.#workers.get(uid)?.worker.wake(); }
  wakeAll(): void { for (const { worker } of this.#workers.values()) worker.wake(); }
  close(): void { for (const { worker } of this.#workers.values()) worker.close(); }

  runtimeOf(uid: string): { readonly pod: DesiredPod; readonly runtime: ContainerRuntime } | undefined {
    const entry = this.#workers.get(uid);
    return entry && { pod: entry.worker.pod, runtime: entry.runtime };
  }

  statuses(): readonly { readonly uid: string; readonly namespace: string; readonly name: string; readonly status: PodStatus }[] {
    return [...this.#workers.values()].flatMap(({ worker: { pod, status } }) => (status === undefined ? [] : [{ uid: pod.uid, namespace: pod.namespace, name: pod.name, status }]));
  }

  /** Stops every pod; resolves when nothing is left. */
  stopAll(): Promise<void> {
    for (const { worker } of this.#workers.values()) worker.update({ ...worker.pod, stop: Math.min(worker.pod.stop ?? 5, 5) });
    return new Promise((resolve) => {
      this.#gone = resolve;
      if (this.#workers.size === 0) resolve();
    });
  }

  #set(pod: DesiredPod): void {
    const known = this.#workers.get(pod.uid);
    if (known) { known.worker.update(pod); return; }
    const runtime = this.#runtimeFor(pod);
    const { clock, log, machine, network, events, report } = this.#options;
    const probes = new PodProbes({ clock, runtime, network, events, changed: () => { this.wake(pod.uid); } });
    const worker = new PodWorker(pod, {
      clock, log, runtime, executors: this.#executors, probes, hostIP: () => machine.address,
      report: (uid, status) => {
        report(worker.pod, status);
        if (status === undefined) this.#removed(uid);
      },
    });
    this.#workers.set(pod.uid, { worker, runtime });
    worker.wake();
  }

  #removed(uid: string): void {
    this.#workers.delete(uid);
    if (this.#workers.size === 0) this.#gone?.();
  }

  #runtimeFor({ spec: { runtimeClassName } }: DesiredPod): ContainerRuntime {
    const { runtimes } = this.#options;
    const found = runtimeClassName === undefined || runtimeClassName === '' ? runtimes[0] : runtimes.find(({ name }) => name === runtimeClassName);
    return found ?? missingRuntime(runtimeClassName ?? 'default', runtimes.map(({ name }) => name));
  }

  /** Containers of ours that no pod of the manifest owns: stopped gracefully. */
  async #adoptOrphans(wanted: ReadonlySet<string>): Promise<void> {
    for (const runtime of this.#options.runtimes) {
      const state = await runtime.list().catch((error: unknown) => {
        if (!(error instanceof RuntimeError)) throw error;
        return { sandboxes: [], containers: [] };
      });
      for (const { pod } of [...state.sandboxes, ...state.containers]) {
        if (wanted.has(pod.uid) || this.#workers.has(pod.uid)) continue;
        this.#options.log.info('orphan found', { pod: pod.name, namespace: pod.namespace, uid: pod.uid });
        this.#set({ ...pod, labels: {}, annotations: {}, stop: orphanGraceSeconds, spec: { containers: [], runtimeClassName: runtime.name } });
      }
    }
  }

  #sources(pod: DesiredPod, podIP: string): Sources {
    const { checkpoint, node, machine } = this.#options;
    const find = (list: 'configs' | 'secrets', name: string): string | undefined => checkpoint.manifest?.[list].find((one) => one.namespace === pod.namespace && one.name === name)?.hash;
    return {
      node, hostIP: machine.address, podIP,
      config: (name) => { const part = checkpoint.part(find('configs', name) ?? ''); return part?.kind === 'config' ? part : undefined; },
      secret: (name) => { const part = checkpoint.part(find('secrets', name) ?? ''); return part?.kind === 'secret' ? part : undefined; },
    };
  }
}

