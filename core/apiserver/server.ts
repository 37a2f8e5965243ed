import type { AddressInfo } from 'node:net';
import type { Clock, Crypto, Lifecycle, Log, ObjectStore, PodLogs, Random } from '../contracts/index.js';
import type { TokenUser } from './auth/authenticate.js';
import type { ApiContext, ServerVersion } from './http/api-context.js';
import { Listener, type ListenOptions, type TlsFiles } from './http/listener.js';
import { Schemas } from './http/schemas.js';
import type { Kinds } from './kinds.js';
import { LocalClient } from './local-client.js';
import { OpenApiDocuments, type WriteDocument } from './openapi/documents.js';
import { EventEncoder } from './watching/event-encoder.js';

export interface ApiServerOptions {
  readonly store: ObjectStore;
  readonly kinds: Kinds;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly crypto: Pick<Crypto, 'equal' | 'sha256'>;
  readonly podLogs: PodLogs;
  readonly tls: TlsFiles;
  readonly listen: ListenOptions;
  /** Bearer tokens that are known from the start. */
  readonly tokens?: readonly TokenUser[];
  /** Of Kedge, `0.1.0`; becomes the build part of the version that clients see. */
  readonly version?: string;
  /** Names of what is not ready yet, for /readyz. */
  readonly notReady?: () => readonly string[];
}

export interface ApiServer extends Lifecycle {
  /** The API without the network; works before `start`. */
  readonly client: LocalClient;
  /** Where it listens; throws before `start`. */
  readonly address: AddressInfo;
}

/** The version line whose behaviour is served. */
const kubernetesVersion = { major: '1', minor: '35', patch: '0' } as const;

/** The API server, wired but not listening yet. Loads nothing heavy: documents are made when somebody asks. */
export function createApiServer(options: ApiServerOptions): ApiServer {
  const { store, kinds, clock, random, log, crypto, podLogs, tls, listen } = options;
  const verbs = { store, kinds, clock, random };
  const context: ApiContext = {
    verbs, podLogs, log, crypto,
    tokens: options.tokens ?? [],
    encoder: new EventEncoder(clock),
    schemas: new Schemas(),
    openApi: new OpenApiDocuments(kinds, crypto, writeDocument),
    version: serverVersion(options.version ?? '0.1.0'),
    streams: new Set(),
    notReady: options.notReady ?? (() => []),
  };
  const listener = new Listener(context, tls);
  let address: AddressInfo | undefined;
  return {
    client: new LocalClient(verbs),
    get address() {
      if (address === undefined) throw new Error('the API server has not been started');
      return address;
    },
    async start() { address = await listener.listen(listen); },
    async stop() { await listener.close(); },
  };
}

const writeDocument: WriteDocument = async (groupVersion, kinds) => {
  const { openApiV3 } = await import('../api/schema/openapi-v3.js');
  return openApiV3(groupVersion, kinds);
};

function serverVersion(kedge: string): ServerVersion {
  const { major, minor, patch } = kubernetesVersion;
  return {
    major, minor, gitVersion: `v${major}.${minor}.${patch}+kedge.${kedge}`, gitCommit: '', gitTreeState: 'clean', buildDate: '1970-01-01T00:00:00Z',
    goVersion: 'none', compiler: 'node', platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  };
}
