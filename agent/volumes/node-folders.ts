import { chmod, lstat, mkdir, open, realpath } from 'node:fs/promises';
import type { HostFolders } from './host-folders.js';

const gone = (error: unknown): undefined => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
};

/** The real file system. */
export const nodeFolders: HostFolders = {
  async make(path, mode) { if ((await mkdir(path, { recursive: true, mode })) !== undefined) await chmod(path, mode); },
  async makeFile(path) { await (await open(path, 'a', 0o644)).close(); },
  async kindOf(path) {
    const stats = await lstat(path).catch(gone);
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) { const real = await realpath(path).catch(gone); return real === undefined ? undefined : this.kindOf(real); }
    return stats.isFile() ? 'File' : stats.isDirectory() ? 'Directory' : stats.isSocket() ? 'Socket' : stats.isCharacterDevice() ? 'CharDevice' : stats.isBlockDevice() ? 'BlockDevice' : 'other';
  },
  realPath: (path) => realpath(path).catch(gone),
  chmod: (path, mode) => chmod(path, mode),
};
