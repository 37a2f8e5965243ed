import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, hostname, networkInterfaces, platform, release, totalmem } from 'node:os';

/** What the machine is. Read once; only what can change is read again. */
export interface Machine {
  readonly hostname: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly address: string;
  readonly osImage: string;
  readonly kernel: string;
  readonly os: string;
  readonly architecture: string;
  readonly machineId: string;
  readonly bootId: string;
}

const read = (path: string): string => { try { return readFileSync(path, 'utf8').trim(); } catch { return ''; } };

const goArch: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', arm64: 'arm64', arm: 'arm' };

/** The first address that others could reach; loopback when there is none. */
const address = (): string => Object.values(networkInterfaces()).flat().find((one) => one !== undefined && !one.internal && one.family === 'IPv4')?.address ?? '127.0.0.1';

export async function readMachine(folder: string): Promise<Machine> {
  const disk = await statfs(folder).catch(() => undefined);
  return {
    hostname: hostname(), cpus: availableParallelism(), memoryBytes: totalmem(), diskBytes: disk === undefined ? 0 : disk.blocks * disk.bsize, address: address(),
    osImage: /^PRETTY_NAME="?([^"\n]*)"?/m.exec(read('/etc/os-release'))?.[1] ?? platform(), kernel: release(), os: platform(), architecture: goArch[arch()] ?? arch(),
    machineId: read('/etc/machine-id'), bootId: read('/proc/sys/kernel/random/boot_id'),
  };
}
