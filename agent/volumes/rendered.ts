import type { KeyToPath, Volume } from '../../core/api/types.js';
import { fieldValue, MissingReference, resourceValue, type Sources } from '../decide/environment.js';
import type { DesiredPod } from '../decide/pod.js';

/** A file of a rendered volume. */
export interface RenderedFile { readonly path: string; readonly content: Buffer; readonly mode: number }

/** A volume kind that this agent cannot provide. */
export class UnsupportedVolume extends Error { override readonly name = 'UnsupportedVolume'; }

interface Picking { readonly items: readonly KeyToPath[] | undefined; readonly mode: number; readonly optional: boolean; readonly what: string }

function pick(values: ReadonlyMap<string, Buffer> | undefined, { items, mode, optional, what }: Picking): readonly RenderedFile[] {
  if (values === undefined) { if (optional) return []; throw new MissingReference(`${what} not found`); }
  if (items === undefined || items.length === 0) return [...values].map(([path, content]) => ({ path, content, mode }));
  return items.flatMap(({ key, path, mode: own }) => {
    const content = values.get(key);
    if (content === undefined) { if (optional) return []; throw new MissingReference(`references non-existent ${what.split(' ')[0] ?? ''} key: ${key}`); }
    return [{ path: safe(path), content, mode: own ?? mode }];
  });
}

/** A relative path that stays inside. */
function safe(path: string): string {
  if (path.startsWith('/') || path.split('/').includes('..')) throw new MissingReference(`the path '${path}' leaves the volume`);
  return path;
}

const texts = (data: Readonly<Record<string, string>>, encoding: BufferEncoding): readonly (readonly [string, Buffer])[] => Object.entries(data).map(([key, value]) => [key, Buffer.from(value, encoding)] as const);

interface Context { readonly pod: DesiredPod; readonly sources: Sources }
type Downward = NonNullable<NonNullable<Volume['downwardAPI']>['items']>;

function downward(items: Downward, mode: number, { pod, sources }: Context): readonly RenderedFile[] {
  return items.map(({ path = '', fieldRef, resourceFieldRef, mode: own }) => {
    const container = pod.spec.containers.find(({ name }) => name === resourceFieldRef?.containerName);
    const value = fieldRef ? fieldValue(fieldRef.fieldPath ?? '', pod, sources) : container && resourceValue(container, resourceFieldRef?.resource ?? '', resourceFieldRef?.divisor ?? '1');
    return { path: safe(path), content: Buffer.from(value ?? '', 'utf8'), mode: own ?? mode };
  });
}

function config(name: string, { sources }: Context): ReadonlyMap<string, Buffer> | undefined {
  const found = sources.config(name);
  return found && new Map([...texts(found.data, 'utf8'), ...texts(found.binaryData, 'base64')]);
}
function secret(name: string, { sources }: Context): ReadonlyMap<string, Buffer> | undefined {
  const found = sources.secret(name);
  return found && new Map(texts(found.data, 'base64'));
}

/** The files of a volume that is made from the API; undefined for volumes that are folders of the host. Throws MissingReference, UnsupportedVolume. */
export function renderedFiles({ configMap, secret: secretSource, downwardAPI, projected, emptyDir, hostPath, name, ...others }: Volume, context: Context): readonly RenderedFile[] | undefined {
  const fallback = 0o644;
  if (configMap) return pick(config(configMap.name ?? '', context), { items: configMap.items, mode: configMap.defaultMode ?? fallback, optional: configMap.optional === true, what: `configmap "${configMap.name ?? ''}"` });
  if (secretSource) return pick(secret(secretSource.secretName ?? '', context), { items: secretSource.items, mode: secretSource.defaultMode ?? fallback, optional: secretSource.optional === true, what: `secret "${secretSource.secretName ?? ''}"` });
  if (downwardAPI) return downward(downwardAPI.items ?? [], downwardAPI.defaultMode ?? fallback, context);
  if (projected) {
    const mode = projected.defaultMode ?? fallback;
    return (projected.sources ?? []).flatMap((source) => {
      if (source.configMap) return pick(config(source.configMap.name ?? '', context), { items: source.configMap.items, mode, optional: source.configMap.optional === true, what: `configmap "${source.configMap.name ?? ''}"` });
      if (source.secret) return pick(secret(source.secret.name ?? '', context), { items: source.secret.items, mode, optional: source.secret.optional === true, what: `secret "${source.secret.name ?? ''}"` });
      if (source.downwardAPI) return downward(source.downwardAPI.items ?? [], mode, context);
      throw new UnsupportedVolume(`volume "${name}": projected source ${Object.keys(source).join(', ')} is not supported on this node`);
    });
  }
  if (emptyDir ?? hostPath) return undefined;
  throw new UnsupportedVolume(`volume "${name}": kind ${Object.keys(others).join(', ')} is not supported on this node`);
}
