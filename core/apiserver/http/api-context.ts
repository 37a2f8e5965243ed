import type { Crypto, Log, PodLogs } from '../../contracts/index.js';
import type { TokenUser } from '../auth/authenticate.js';
import type { VerbContext } from '../verbs/context.js';
import type { EventEncoder } from '../watching/event-encoder.js';
import type { Schemas } from './schemas.js';
import type { OpenApiDocuments } from '../openapi/documents.js';

/** What answers requests; made once by `createApiServer`. */
export interface ApiContext {
  readonly verbs: VerbContext;
  readonly encoder: EventEncoder;
  readonly openApi: OpenApiDocuments;
  readonly schemas: Schemas;
  readonly podLogs: PodLogs;
  readonly log: Log;
  readonly crypto: Pick<Crypto, 'equal'>;
  readonly tokens: readonly TokenUser[];
  readonly version: ServerVersion;
  /** Long answers (watches, followed logs), so that a stop can end them. */
  readonly streams: Set<{ end(): void }>;
  /** Reasons why the server is not ready, by name; empty is ready. */
  readonly notReady: () => readonly string[];
}

/** k8s: apimachinery version.Info */
export interface ServerVersion {
  readonly major: string;
  readonly minor: string;
  /** Semantic version: clients parse it. */
  readonly gitVersion: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly buildDate: string;
  readonly goVersion: string;
  readonly compiler: string;
  readonly platform: string;
}
