import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { deployments, pods } from '../../core/api/resources.js';
import { builtInKinds } from '../../core/api/registry.js';
import type { Deployment, Pod } from '../../core/api/types.js';
import { startApi, type RunningApi } from './api-server.js';
import { FakeLogs } from './fake-logs.js';
import type { Kubectl } from './kubectl.js';

/** One API server for a file of tests, a namespace for each test, and kubectl in it. What controllers and nodes would do, the test does. */
export interface KubectlCluster {
  readonly logs: FakeLogs;
  readonly api: RunningApi;
  readonly kubectl: Kubectl;
  readonly namespace: string;
  /** Of this test: for names that are not in a namespace. */
  readonly round: number;
  /** kubectl in the namespace; gives stdout, throws on failure. */
  run(...args: string[]): Promise<string>;
  /** The same, which must fail; gives stderr. */
  fails(...args: string[]): Promise<string>;
  apply(object: object): Promise<string>;
  /** The Deployment `web`. */
  stored(): Deployment;
  /** What the controller would report of a finished rollout of `web`. */
  finishRollout(): Promise<void>;
  /** What the scheduler and the node would make of a pod. */
  runPod(name: string, node?: string): Promise<Pod>;
}

export function kubectlCluster(): KubectlCluster {
  const logs = new FakeLogs();
  let api: RunningApi | undefined;
  let round = 0;
  beforeAll(async () => { api = await startApi(builtInKinds, logs); }, 60_000);
  afterAll(async () => { await api?.stop(); });
  beforeEach(async () => {
    round += 1;
    await cluster.kubectl.ok(['create', '-f', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: cluster.namespace } }) });
  });
  const cluster: KubectlCluster = {
    logs,
    get api() { if (api === undefined) throw new Error('not started'); return api; },
    get kubectl() { return cluster.api.kubectl; },
    get namespace() { return `test-${String(round)}`; },
    get round() { return round; },
    run: (...args) => cluster.kubectl.ok(['-n', cluster.namespace, ...args]),
    fails: async (...args) => {
      const { code, stderr, stdout } = await cluster.kubectl.run(['-n', cluster.namespace, ...args]);
      expect([code === 0 ? `exited 0: ${stdout}` : 'failed']).toEqual(['failed']);
      return stderr;
    },
    apply: (object) => cluster.kubectl.ok(['-n', cluster.namespace, 'apply', '-f', '-'], { input: JSON.stringify(object) }),
    stored: () => cluster.api.server.client.get(deployments, { namespace: cluster.namespace, name: 'web' }) as Deployment,
    finishRollout: () => finishRollout(cluster),
    runPod: (name, node = 'n1') => runPod(cluster, name, node),
  };
  return cluster;
}

async function finishRollout({ api, stored }: KubectlCluster): Promise<void> {
  const found = stored();
  const replicas = found.spec.replicas ?? 0;
  const conditions = [{ type: 'Available', status: 'True' }, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }];
  const status = { observedGeneration: found.metadata.generation ?? 0, replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas, conditions };
  await api.server.client.updateStatus(deployments, { ...found, status });
}

async function runPod({ api, namespace }: KubectlCluster, name: string, node: string): Promise<Pod> {
  const bound = await api.server.client.bind({ namespace, name }, node);
  const containerStatuses = bound.spec.containers.map((container) => ({ name: container.name, ready: true, restartCount: 0, image: 'nginx', imageID: '', state: { running: { startedAt: '2026-01-01T00:00:00Z' } } }));
  return api.server.client.updateStatus(pods, { ...bound, status: { ...bound.status, phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses } });
}

export const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image, ports: [{ containerPort: 80 }] }] } });
export const deployment = (extra: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels: { app: 'web' } },
  spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template('nginx:1'), ...extra },
});
export const configMap = (name: string, data: object = { key: 'value' }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
export const pod = (name: string, containers: readonly string[] = ['main'], extra: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: containers.map((container) => ({ name: container, image: 'nginx' })), ...extra } });
