import type { Container } from '../../core/api/types.js';
import type { ContainerRuntime, ImageCredentials } from '../../core/contracts/container-runtime.js';
import { RuntimeError } from '../../core/contracts/container-runtime.js';
import type { DesiredPod } from '../decide/pod.js';
import type { Sources } from '../decide/environment.js';

export interface ImageEvents { pulling(image: string): void; pulled(image: string, how: string): void }

/** The host part of a reference: `docker.io` when it names none. */
export function registryOf(reference: string): string {
  const [first = ''] = reference.split('/');
  return reference.includes('/') && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

interface DockerConfig { readonly auths?: Readonly<Record<string, { readonly username?: string; readonly password?: string; readonly auth?: string }>> }

/** Credentials for an image from the pod's imagePullSecrets (dockerconfigjson). k8s: tasks/configure-pod-container/pull-image-private-registry */
export function credentialsFor(image: string, pod: DesiredPod, sources: Sources): ImageCredentials | undefined {
  const registry = registryOf(image);
  for (const { name = '' } of pod.spec.imagePullSecrets ?? []) {
    const text = sources.secret(name)?.data['.dockerconfigjson'];
    if (text === undefined) continue;
    try {
      const { auths = {} } = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as DockerConfig;
      const entry = Object.entries(auths).find(([host]) => host.replace(/^https?:\/\//, '').split('/')[0] === registry || (registry === 'docker.io' && host.includes('docker.io')))?.[1];
      if (entry === undefined) continue;
      const [username = '', password = ''] = entry.auth === undefined ? [entry.username, entry.password] : Buffer.from(entry.auth, 'base64').toString('utf8').split(/:(.*)/s);
      return { username, password };
    } catch { continue; }
  }
  return undefined;
}

/** Sees to it that the image is there, by the container's policy. Rejects with RuntimeError. k8s: concepts/containers/images#image-pull-policy */
export async function ensureImage(runtime: ContainerRuntime, { pod, container, sources }: { readonly pod: DesiredPod; readonly container: Container; readonly sources: Sources }, events: ImageEvents): Promise<void> {
  const image = container.image ?? '';
  const policy = container.imagePullPolicy ?? 'IfNotPresent';
  if (policy !== 'Always') {
    if ((await runtime.images.find(image)) !== undefined) { events.pulled(image, `Container image "${image}" already present on machine`); return; }
    if (policy === 'Never') throw new RuntimeError('ErrImageNeverPull', `Container image "${image}" is not present with pull policy of Never`);
  }
  events.pulling(image);
  await runtime.images.pull(image, credentialsFor(image, pod, sources));
  events.pulled(image, `Successfully pulled image "${image}"`);
}
