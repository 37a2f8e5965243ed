import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiServer, createBootObjects, Kinds, kubeconfig, loadCertificates, serverNames, type ApiServer } from '../../core/apiserver/index.js';
import type { KindDefinition } from '../../core/api/index.js';
import type { PodLogs } from '../../core/contracts/index.js';
import { NodeCrypto } from '../../core/machinery/system/node-crypto.js';
import { SystemClock } from '../../core/machinery/system/system-clock.js';
import { SystemRandom } from '../../core/machinery/system/system-random.js';
import { RevisionedStore } from '../../core/store/revisioned-store.js';
import { MemoryDisk } from '../fakes/memory-disk.js';
import { MemoryJournal } from '../fakes/memory-journal.js';
import { RecordingLog } from '../fakes/recording-log.js';
import { Kubectl } from './kubectl.js';

export interface RunningApi {
  readonly server: ApiServer;
  readonly kubectl: Kubectl;
  readonly log: RecordingLog;
  readonly store: RevisionedStore;
  readonly kinds: Kinds;
  /** PEM. */
  readonly ca: string;
  readonly admin: { readonly key: string; readonly cert: string };
  readonly token: string;
  readonly url: string;
  /** A folder for this test's files. */
  readonly folder: string;
  stop(): Promise<void>;
}

const noLogs: PodLogs = { open: () => Promise.reject(new Error('this test has no logs')) };

/** A real API server on a free port of this machine: real HTTPS, certificates and store; the journal is in memory. */
export async function startApi(definitions: readonly KindDefinition[], podLogs: PodLogs = noLogs): Promise<RunningApi> {
  const folder = mkdtempSync(join(tmpdir(), 'kedge-api-'));
  const [log, clock, crypto] = [new RecordingLog(), new SystemClock(), new NodeCrypto()];
  const store = new RevisionedStore({ journal: new MemoryJournal(), log, freeze: true });
  await store.start();
  const certificates = await loadCertificates({ dataDir: '/data', names: serverNames([]), disk: new MemoryDisk(), clock, crypto });
  const kinds = new Kinds(definitions);
  const token = 'a-token-for-tests';
  const server = createApiServer({
    store, kinds, clock, random: new SystemRandom(), log, crypto, podLogs, version: '0.1.0',
    tls: { ...certificates.server, ca: certificates.ca }, listen: { host: '127.0.0.1', port: 0 },
    tokens: [{ token, user: { name: 'kubernetes-admin', groups: ['system:masters'] } }, { token: 'of-nobody', user: { name: 'nobody', groups: [] } }],
  });
  await server.start();
  await createBootObjects(server.client);
  const url = `https://127.0.0.1:${String(server.address.port)}`;
  writeFileSync(join(folder, 'kubeconfig'), kubeconfig({ server: url, ca: certificates.ca, admin: certificates.admin }));
  return {
    server, log, store, kinds, token, url, folder, ca: certificates.ca, admin: certificates.admin,
    kubectl: new Kubectl(join(folder, 'kubeconfig'), folder),
    stop: async () => {
      await server.stop();
      await store.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
