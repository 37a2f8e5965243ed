/** Which instance of a node is connected. Two agents with one name would undo each other's work, so the second is refused while the first is there. */
export class NodeSessions {
  readonly #instances = new Map<string, { readonly instance: string; connections: number }>();

  /** False when another instance holds the name. */
  admit(node: string, instance: string): boolean {
    const held = this.#instances.get(node);
    if (held !== undefined && held.instance !== instance) return false;
    if (held === undefined) this.#instances.set(node, { instance, connections: 1 });
    else held.connections += 1;
    return true;
  }

  leave(node: string, instance: string): void {
    const held = this.#instances.get(node);
    if (held?.instance !== instance) return;
    held.connections -= 1;
    if (held.connections <= 0) this.#instances.delete(node);
  }
}

export interface ClientName { readonly node: string; readonly instance: string; readonly bulk: boolean }

/** `<node>/<instance>` or `<node>/<instance>/bulk`. */
export function parseClientId(clientId: string): ClientName | undefined {
  const [node, instance, bulk, ...rest] = clientId.split('/');
  if (node === undefined || instance === undefined || !/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(node) || !/^[A-Za-z0-9-]{1,64}$/.test(instance)) return undefined;
  if (rest.length > 0 || (bulk !== undefined && bulk !== 'bulk')) return undefined;
  return { node, instance, bulk: bulk === 'bulk' };
}
