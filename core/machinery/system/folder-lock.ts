import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface FolderLock { release(): Promise<void> }

/** Names a process for as long as the machine runs: process ids are used again, start times of one id are not. */
interface Holder { readonly pid: number; readonly boot: string; readonly started: string }

const read = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

/** Whether any process has this id; where /proc is missing this is all there is to ask. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

async function identify(pid: number): Promise<Holder> {
  const boot = ((await read('/proc/sys/kernel/random/boot_id')) ?? '').trim();
  const stat = (await read(`/proc/${pid}/stat`)) ?? '';
  // proc(5): field 22; the second field may hold spaces and brackets of its own.
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return { pid, boot, started };
}

async function isAlive({ pid, boot, started }: Holder): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !exists(pid)) return false;
  const now = await identify(pid);
  return now.boot === boot && now.started === started;
}

function parse(content: string | undefined): Holder | undefined {
  try {
    const { pid, boot, started } = JSON.parse(content ?? '') as Partial<Holder>;
    return typeof pid === 'number' && typeof boot === 'string' && typeof started === 'string' ? { pid, boot, started } : undefined;
  } catch {
    return undefined; // not ours, or torn by a power cut: nobody holds it
  }
}

const inUse = (folder: string, pid: number): Error => Object.assign(
  new Error(`KD-1204: '${folder}' is in use by process ${pid}. Stop that one first, or choose another --data-dir.`), { code: 'KD-1204' });

/**
 * Keeps every other process out of a folder until released or until this process ends, however it ends. Rejects with KD-1204 naming the holder.
 * Processes in different containers do not see each other: do not share a folder between them.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const mine = JSON.stringify(await identify(process.pid));
  const draft = join(folder, `lock.${randomUUID()}`);
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        await link(draft, path); // fails when it exists, and is never seen half-written
        return { release: async () => { if ((await read(path)) === mine) await rm(path, { force: true }); } };
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error;
      }
      await removeStale(folder, path);
    }
    throw inUse(folder, parse(await read(path))?.pid ?? 0);
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeStale(folder: string, path: string): Promise<void> {
  const content = await read(path);
  const holder = parse(content);
  if (holder && await isAlive(holder)) throw inUse(folder, holder.pid);
  // Moved, not removed: if somebody else took over in between, it was his that we moved, and he gets it back.
  const moved = `${path}.stale.${process.pid}`;
  try {
    await rename(path, moved);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if ((await read(moved)) !== content) await link(moved, path).catch(() => undefined);
  await rm(moved, { force: true });
}
