import type { Subscription } from './subscription.js';
import { token, type Token } from './token.js';

/** The pod a sandbox or container belongs to; becomes engine labels `kedge.dev/…`, by which an agent that restarts finds its own again. */
export interface PodIdentity {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
}

export interface PublishedPort {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly hostIP?: string;
}

/** A pod's network identity, which its containers join. */
export interface SandboxSpec {
  readonly pod: PodIdentity;
  /** Counts rebuilds; a new sandbox of the same pod has a higher one. */
  readonly attempt: number;
  readonly hostname: string;
  readonly hostNetwork: boolean;
  readonly ports: readonly PublishedPort[];
  readonly hostAliases: readonly { readonly ip: string; readonly hostnames: readonly string[] }[];
  readonly dns?: { readonly servers: readonly string[]; readonly searches: readonly string[]; readonly options: readonly string[] };
  readonly shareProcessNamespace: boolean;
}

export interface Mount { readonly hostPath: string; readonly containerPath: string; readonly readOnly: boolean }

export interface Limits {
  /** Thousandths of a core; undefined is unlimited. */
  readonly cpuMillis?: number;
  /** Relative weight under contention, from the CPU request in thousandths of a core. */
  readonly cpuRequestMillis?: number;
  readonly memoryBytes?: number;
  readonly pids?: number;
}

export interface ContainerUser { readonly uid?: number; readonly gid?: number; readonly groups?: readonly number[] }

export interface ContainerSecurity {
  readonly privileged: boolean;
  readonly readOnlyRootFilesystem: boolean;
  readonly allowPrivilegeEscalation: boolean;
  readonly addCapabilities: readonly string[];
  readonly dropCapabilities: readonly string[];
}

export interface ContainerSpec {
  readonly pod: PodIdentity;
  readonly sandboxId: string;
  /** Name within the pod. */
  readonly name: string;
  /** 0 for the first run, +1 for each restart: (pod, name, attempt) is unique and a repeated start of it is the same container. */
  readonly attempt: number;
  /** Opaque; comes back in {@link RuntimeContainer}. Says whether a running container is what the pod wants. */
  readonly specHash: string;
  readonly image: string;
  /** Replaces the image's entrypoint. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly workingDir?: string;
  readonly mounts: readonly Mount[];
  readonly limits: Limits;
  readonly user: ContainerUser;
  readonly security: ContainerSecurity;
  readonly stdin: boolean;
  readonly tty: boolean;
  /** The engine rotates at this size and keeps this many files. */
  readonly log: { readonly maxBytes: number; readonly maxFiles: number };
}

export interface RuntimeSandbox {
  readonly id: string;
  readonly pod: PodIdentity;
  readonly attempt: number;
  readonly running: boolean;
  readonly ip?: string;
  /** ms since 1970. */
  readonly createdAt: number;
}

export interface RuntimeContainer {
  readonly id: string;
  readonly pod: PodIdentity;
  readonly name: string;
  readonly attempt: number;
  readonly specHash: string;
  readonly state: 'created' | 'running' | 'exited';
  readonly image: string;
  readonly imageId: string;
  /** ms since 1970. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** Once exited: 0-255, 128 + n for signal n. 137 also for a container that vanished. */
  readonly exitCode?: number;
  readonly oomKilled?: boolean;
}

/** Everything of ours that the engine holds, whoever started it. */
export interface RuntimeState {
  readonly sandboxes: readonly RuntimeSandbox[];
  readonly containers: readonly RuntimeContainer[];
}

export interface LogQuery {
  readonly follow: boolean;
  readonly tailLines?: number;
  /** ms since 1970. */
  readonly since?: number;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr';
  /** RFC 3339 with nanoseconds where the engine knows, '' where it knows no time for this line. */
  readonly time: string;
  /** Without the line's end. */
  readonly text: Buffer;
  /** The line had no end: the container ended in the middle of it. */
  readonly partial?: boolean;
}

export interface LocalImage { readonly id: string; readonly digests: readonly string[]; readonly sizeBytes: number }

export interface ImageCredentials { readonly username: string; readonly password: string }

/** The engine's images. */
export interface ImageStore {
  find(reference: string): Promise<LocalImage | undefined>;
  /** Rejects with RuntimeError reason `ErrImagePull`, or `InvalidImageName`. */
  pull(reference: string, credentials?: ImageCredentials, signal?: AbortSignal): Promise<LocalImage>;
  list(): Promise<readonly (LocalImage & { readonly names: readonly string[] })[]>;
}

export interface RuntimeInfo {
  readonly version: string;
  /** As in NodeSystemInfo.containerRuntimeVersion: `docker://20.10.24`. */
  readonly description: string;
  readonly features: {
    readonly hostPort: boolean;
    readonly hostNetworkOnly: boolean;
    readonly cpuLimit: boolean;
    readonly memoryLimit: boolean;
    readonly exec: boolean;
  };
}

/**
 * Runs sandboxes and containers on this machine, and nothing else: pulling policy, restarts, order, probes and back-off are the agent's.
 * Never restarts a container by itself. All methods may be called concurrently for different pods, reject with {@link RuntimeError}, and
 * succeed when there is nothing left to do (stopping what is stopped, removing what is gone).
 */
export interface ContainerRuntime {
  /** `docker`: what `runtimeClassName` selects. */
  readonly name: string;
  readonly images: ImageStore;
  /** Rejects with reason `RuntimeUnavailable`, saying why and what to do. */
  info(): Promise<RuntimeInfo>;
  createSandbox(spec: SandboxSpec): Promise<RuntimeSandbox>;
  /** Kills and removes the sandbox and every container in it. */
  removeSandbox(id: string): Promise<void>;
  /** Creates and starts; resolves when the process runs. Does not pull. Rejects with `CreateContainerError`, `RunContainerError` (exit 126/127), `ErrImageNeverPull`. */
  startContainer(spec: ContainerSpec): Promise<RuntimeContainer>;
  /** TERM (or the image's stop signal), then KILL after `graceMs`. Resolves when it has exited. */
  stopContainer(id: string, graceMs: number): Promise<void>;
  removeContainer(id: string): Promise<void>;
  /** Of one pod, or of all. */
  list(podUid?: string): Promise<RuntimeState>;
  /** Calls back with the uid of a pod that changed behind our back, or undefined when anything may have (engine restarted, events lost). */
  watch(listener: (podUid: string | undefined) => void): Subscription;
  /** Ends at the end of the log, or when the container has exited and all is read (`follow`). Lines of stopped, not yet removed containers too. */
  logs(containerId: string, query: LogQuery, signal?: AbortSignal): AsyncIterable<LogLine>;
}
export const ContainerRuntime: Token<ContainerRuntime> = token<ContainerRuntime>('ContainerRuntime');

export type RuntimeErrorReason =
  | 'RuntimeUnavailable' | 'ErrImagePull' | 'InvalidImageName' | 'ErrImageNeverPull' | 'CreateContainerError' | 'RunContainerError' | 'CreatePodSandboxError' | 'NotSupported' | 'NotFound';

/** `reason` becomes the container's waiting reason, `message` its message. */
export class RuntimeError extends Error {
  override readonly name = 'RuntimeError';
  constructor(readonly reason: RuntimeErrorReason, message: string, readonly exitCode?: number) { super(message); }
}

/** Optional: run a command inside a container. Found by `isExecutor(runtime)`. */
export interface ContainerExecutor {
  exec(containerId: string, command: readonly string[], timeoutMs: number): Promise<{ readonly exitCode: number; readonly output: Buffer }>;
}
export const isExecutor = (runtime: object): runtime is ContainerExecutor => 'exec' in runtime && typeof runtime.exec === 'function';
