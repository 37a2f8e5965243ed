import { namespaces, runtimeClasses } from '../api/resources.js';
import { isStatusError } from '../api/status-error.js';
import type { Client } from '../contracts/index.js';

/** k8s: concepts/overview/working-with-objects/namespaces#initial-namespaces */
const bootNamespaces: readonly string[] = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
/** One for each built-in runtime; the handler is the runtime plugin's name. */
const bootRuntimes: readonly string[] = ['docker', 'podman', 'process'];

/** Creates what every cluster has from the start. Leaves alone what is there. */
export async function createBootObjects(client: Client): Promise<void> {
  await Promise.all([
    ...bootNamespaces.map((name) => unlessThere(client.create(namespaces, { metadata: { name } }))),
    ...bootRuntimes.map((name) => unlessThere(client.create(runtimeClasses, { metadata: { name }, handler: name }))),
  ]);
}

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!isStatusError(error, 'AlreadyExists')) throw error;
  }
}
