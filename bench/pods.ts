import type { Pod } from '../core/api/types.js';

export const podsPath = '/api/v1/namespaces/default/pods';

/** Ends at once on TERM; as PID 1 a plain `sleep` would ignore it and every stop would take the whole grace period. */
export const waitingScript = 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done';

export interface Workload { readonly runtime: string; readonly image: string }

/** The runtime and image of a bench: `image: host` for processes, KEDGE_BENCH_IMAGE (which must be present) for engines. */
export const workload = (runtime: string): Workload => ({ runtime, image: runtime === 'process' ? 'host' : (process.env['KEDGE_BENCH_IMAGE'] ?? '127.0.0.1:5000/busybox:1') });

export const podSpec = ({ runtime, image }: Workload): unknown => ({
  terminationGracePeriodSeconds: 1,
  containers: [{ name: 'main', image, imagePullPolicy: runtime === 'process' ? 'IfNotPresent' : 'Never', command: ['/bin/sh', '-c', waitingScript] }],
});

export const deployment = (name: string, replicas: number, load: Workload): unknown => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name },
  spec: { replicas, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: podSpec(load) } },
});

export const isRunning = (pod: Pod): boolean => pod.status?.containerStatuses?.every(({ state }) => state?.running !== undefined) === true;
