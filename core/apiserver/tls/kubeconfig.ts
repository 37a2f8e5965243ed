import type { Identity } from './issue.js';

export interface KubeconfigOptions {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** PEM. */
  readonly ca: string;
  readonly admin: Identity;
  /** Name of cluster and context. */
  readonly name?: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig with everything in it. k8s: concepts/configuration/organize-cluster-access-kubeconfig */
export function kubeconfig({ server, ca, admin, name = 'kedge' }: KubeconfigOptions): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: ${name}
  cluster:
    server: ${server}
    certificate-authority-data: ${base64(ca)}
contexts:
- name: ${name}
  context:
    cluster: ${name}
    user: ${name}-admin
current-context: ${name}
preferences: {}
users:
- name: ${name}-admin
  user:
    client-certificate-data: ${base64(admin.cert)}
    client-key-data: ${base64(admin.key)}
`;
}
