import type { NodeStatus, PodSpec, PodStatus, Event } from '../api/types.js';

/**
 * Messages of wire contract v1, as they are after decoding. `docs/reference/mqtt.md` is their public description.
 * Epoch: a master's incarnation of the truth (changes when the store is new or restored); 1-64 characters.
 */

/** One pod in the manifest. The part `hash` holds everything that its siblings share. */
export interface ManifestPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly hash: string;
  /** Set when the pod is being deleted: seconds it may take from `SIGTERM` to `SIGKILL`. */
  readonly stop?: number;
}

/** A ConfigMap or Secret that some pod here needs. */
export interface ManifestObject {
  readonly namespace: string;
  readonly name: string;
  readonly hash: string;
}

/** `node/<node>/desired`: all this node should do. Newer is a higher `revision` of the same epoch, or another epoch. */
export interface Manifest {
  readonly v: 1;
  readonly node: string;
  readonly epoch: string;
  readonly revision: number;
  readonly pods: readonly ManifestPod[];
  readonly configs: readonly ManifestObject[];
  readonly secrets: readonly ManifestObject[];
  /** Place of the Ed25519 signature (base64) over the canonical bytes; see mqtt.md, "Signing". */
  readonly signature?: string;
}

/** Part of kind `pod`: shared by all pods of one template, byte for byte. `spec` carries no node name and no scheduling fields. */
export interface PodPart {
  readonly kind: 'pod';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}
export interface ConfigPart { readonly kind: 'config'; readonly data: Readonly<Record<string, string>>; readonly binaryData: Readonly<Record<string, string>> }
/** `data` is base64 as in the API. Sealing to the node's key comes with enrolment. */
export interface SecretPart { readonly kind: 'secret'; readonly type: string; readonly data: Readonly<Record<string, string>> }
export type Part = PodPart | ConfigPart | SecretPart;

/** `node/<node>/presence`; the last will is the same with `online: false`. */
export interface Presence {
  readonly v: 1;
  readonly online: boolean;
  /** New for each connection; a will of an older session is ignored. */
  readonly session: string;
  /** Agent version. */
  readonly version: string;
}

/** `node/<node>/status` */
export interface NodeReport {
  readonly v: 1;
  readonly session: string;
  /** Rises within a session. */
  readonly seq: number;
  /** What the node has durably accepted. */
  readonly observed: { readonly epoch: string; readonly revision: number };
  readonly labels: Readonly<Record<string, string>>;
  /** Runtimes that are loaded and reachable; `runtimeClassName` values. First is the default. */
  readonly runtimes: readonly string[];
  /** Encodings this node reads: 0 plain, 1 deflate, 2 deflate with dictionary 1. */
  readonly codecs: readonly number[];
  readonly status: NodeStatus;
}

/** `node/<node>/pod/<uid>`. An empty payload means: gone from this node, and nothing of it is left. */
export interface PodReport {
  readonly v: 1;
  readonly session: string;
  readonly seq: number;
  readonly namespace: string;
  readonly name: string;
  readonly status: PodStatus;
}

/** `node/<node>/event` */
export interface EventReport {
  readonly v: 1;
  readonly events: readonly Pick<Event, 'involvedObject' | 'reason' | 'message' | 'type' | 'count' | 'firstTimestamp' | 'lastTimestamp' | 'source'>[];
}

/** `master/announce` */
export interface Announce {
  readonly v: 1;
  readonly epoch: string;
  /** New for each run of a master: nodes answer a change by sending all they have reported. */
  readonly session: string;
  /** RFC 3339; a hint for nodes with a dead clock. */
  readonly time: string;
  /** Ed25519 public keys (PEM) that sign manifests. */
  readonly keys: readonly string[];
}

/** Payload of a stream's `open` frame. */
export interface LogsRequest {
  readonly kind: 'logs';
  readonly uid: string;
  readonly container: string;
  readonly previous: boolean;
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly tailLines?: number;
  /** ms since 1970. */
  readonly since?: number;
  readonly limitBytes?: number;
}
export type StreamRequest = LogsRequest;
