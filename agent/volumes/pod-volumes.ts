import { join, sep } from 'node:path';
import type { Container, Volume } from '../../core/api/types.js';
import type { Disk, Mount } from '../../core/contracts/index.js';
import type { Sources } from '../decide/environment.js';
import { expand } from '../decide/environment.js';
import type { DesiredPod } from '../decide/pod.js';
import type { HostFolders } from './host-folders.js';
import { renderedFiles } from './rendered.js';

/** A volume that cannot be mounted. `message` is for the event. */
export class MountError extends Error { override readonly name = 'MountError'; }

export interface VolumeContext { readonly pod: DesiredPod; readonly container: Container; readonly sources: Sources; readonly env: ReadonlyMap<string, string> }

/** Folders of a pod on the host: rendered volumes, emptyDirs, termination messages. The same for every runtime, which only binds them. */
export class PodVolumes {
  readonly #folder: string;
  readonly #disk: Disk;
  readonly #folders: HostFolders;

  constructor(options: { readonly folder: string; readonly disk: Disk; readonly folders: HostFolders }) {
    this.#folder = options.folder;
    this.#disk = options.disk;
    this.#folders = options.folders;
  }

  folderOf(uid: string): string { return join(this.#folder, uid); }

  /** Makes what a container mounts and answers where it is. Rejects with MountError, MissingReference, UnsupportedVolume. */
  async mount(context: VolumeContext): Promise<readonly Mount[]> {
    const mounts: Mount[] = [];
    for (const { name, mountPath, readOnly = false, subPath, subPathExpr } of context.container.volumeMounts ?? []) {
      const volume = context.pod.spec.volumes?.find((one) => one.name === name);
      if (volume === undefined) throw new MountError(`volume "${name}" is not in the pod`);
      const base = await this.#prepare(volume, context);
      const inner = subPathExpr === undefined ? subPath : expand(subPathExpr, context.env);
      mounts.push({ hostPath: inner === undefined || inner === '' ? base : await this.#inside(base, inner), containerPath: mountPath, readOnly: readOnly || (volume.configMap ?? volume.secret ?? volume.downwardAPI ?? volume.projected) !== undefined });
    }
    return mounts;
  }

  /** Writes the files of rendered volumes anew, for running containers whose ConfigMap or Secret changed. */
  async refresh(pod: DesiredPod, sources: Sources): Promise<void> {
    for (const volume of pod.spec.volumes ?? []) if (volume.configMap ?? volume.secret ?? volume.projected) await this.#render(volume, { pod, sources }).catch(() => undefined);
  }

  async remove(uid: string): Promise<void> { await this.#disk.remove(this.folderOf(uid)); }

  async #prepare(volume: Volume, context: VolumeContext): Promise<string> {
    if (volume.hostPath) return this.#hostPath(volume.hostPath.path ?? '', volume.hostPath.type ?? '');
    const folder = join(this.folderOf(context.pod.uid), 'volumes', volume.name);
    await this.#folders.make(folder, volume.emptyDir ? 0o777 : 0o755);
    if (!volume.emptyDir) await this.#render(volume, context);
    return folder;
  }

  async #render(volume: Volume, { pod, sources }: { readonly pod: DesiredPod; readonly sources: Sources }): Promise<void> {
    const folder = join(this.folderOf(pod.uid), 'volumes', volume.name);
    const files = renderedFiles(volume, { pod, sources }) ?? [];
    for (const { path, content, mode } of files) {
      const target = join(folder, path);
      if ((await this.#disk.read(target))?.equals(content) === true) continue;
      await this.#disk.replace(target, [content], mode);
    }
    const wanted = new Set(files.map(({ path }) => path.split('/')[0] ?? ''));
    for (const [name] of await this.#disk.list(folder)) if (!wanted.has(name)) await this.#disk.remove(join(folder, name));
  }

  async #hostPath(path: string, type: string): Promise<string> {
    const kind = await this.#folders.kindOf(path);
    if (type === 'DirectoryOrCreate' && kind === undefined) { await this.#folders.make(path, 0o755); return path; }
    if (type === 'FileOrCreate' && kind === undefined) { await this.#folders.makeFile(path); return path; }
    const wanted = type.replace('OrCreate', '');
    if (wanted !== '' && kind !== wanted) throw new MountError(`hostPath type check failed: ${path} is not a ${wanted === 'Directory' ? 'directory' : wanted.toLowerCase()}`);
    if (kind === undefined) await this.#folders.make(path, 0o755);
    return path;
  }

  /** A subPath, made when it is not there; a link that leads out of the volume is refused. */
  async #inside(base: string, subPath: string): Promise<string> {
    if (subPath.startsWith('/') || subPath.split('/').includes('..')) throw new MountError(`subPath '${subPath}' leaves the volume`);
    const target = join(base, subPath);
    if ((await this.#folders.kindOf(target)) === undefined) await this.#folders.make(target, 0o777);
    const [real, root] = [await this.#folders.realPath(target), await this.#folders.realPath(base)];
    if (real === undefined || root === undefined || !(real === root || real.startsWith(root + sep))) throw new MountError(`subPath '${subPath}' leaves the volume`);
    return real;
  }
}
