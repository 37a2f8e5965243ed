import type { Container, PodSpec } from '../../core/api/types.js';

/** A pod as its manifest entry and its part describe it. */
export interface DesiredPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /** Set when the pod is to go: seconds from TERM to KILL. */
  readonly stop?: number;
}

/** Why a container does not run although it should; until when it is left alone. */
export interface Failure { readonly reason: string; readonly message: string; readonly until: number; readonly attempts: number }

/** What a worker remembers of one container between decisions. Nothing of it must survive a restart of the agent: the engine knows the rest. */
export interface ContainerMemory {
  /** Highest attempt ever seen, also of containers that were removed with their sandbox. */
  readonly attempt: number;
  /** Restarts in a row that did not last; decides the back-off. */
  readonly crashes: number;
  readonly failure?: Failure;
}

export interface PodMemory {
  /** Highest sandbox attempt ever seen. */
  readonly sandbox: number;
  readonly containers: Readonly<Record<string, ContainerMemory>>;
  /** The pod as a whole cannot run: why. Final. */
  readonly failed?: { readonly reason: string; readonly message: string };
  /** The sandbox cannot be made, for now. */
  readonly failure?: Failure;
  /** ms since 1970: when the agent first worked on it. */
  readonly startedAt: number;
}

export const noMemory: ContainerMemory = { attempt: -1, crashes: 0 };

/** An init container that goes on running. k8s: concepts/workloads/pods/sidecar-containers */
export const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always';
