import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ApiConnection } from './api-connection.js';

export const root = resolve(import.meta.dirname, '../..');
export const kedgeCommand = join(root, 'dist/kedge.js');

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A kedge process with everything it has printed. */
export class KedgeProcess {
  output = '';
  readonly exited: Promise<number>;

  constructor(readonly child: ChildProcess) {
    const collect = (chunk: Buffer): void => { this.output += chunk.toString('utf8'); };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.exited = new Promise((done) => { child.once('exit', (code, signal) => { done(code ?? (signal === null ? 1 : 128)); }); });
  }

  /** Resolves when the output matches; rejects with the output when the process ends before. */
  async says(pattern: RegExp, timeoutMs = 30_000): Promise<RegExpExecArray> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const match = pattern.exec(this.output);
      if (match) return match;
      const more = Promise.race([...[this.child.stdout, this.child.stderr].map((stream) => (stream ? once(stream, 'data', { signal: deadline }) : new Promise(() => undefined))), this.exited]);
      const what = await more.catch(() => 'late');
      if (typeof what === 'number' && !pattern.test(this.output)) throw new Error(`kedge ended with ${String(what)} before it said ${String(pattern)}:\n${this.output}`);
      if (what === 'late') throw new Error(`kedge did not say ${String(pattern)} in ${String(timeoutMs)} ms:\n${this.output}`);
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    return this.exited;
  }
}

export function runKedge(args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly wrap?: readonly string[] } = {}): KedgeProcess {
  const [file = process.execPath, ...before] = [...(options.wrap ?? []), process.execPath];
  return new KedgeProcess(spawn(file, [...before, kedgeCommand, ...args], { cwd: options.cwd ?? root, env: { ...process.env, NO_COLOR: '1', ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] }));
}

export interface ClusterOptions {
  readonly nodes?: number;
  readonly runtime?: 'auto' | 'docker' | 'podman' | 'process';
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  /** Kept when given, so that a cluster can be started again on it. */
  readonly dataDir?: string;
  readonly apiPort?: number;
  readonly mqttPort?: number;
}

/** `kedge up` on free ports in a folder of its own. */
export class Cluster {
  private constructor(readonly kedge: KedgeProcess, readonly dataDir: string, readonly api: ApiConnection, readonly ports: { readonly api: number; readonly mqtt: number }, private readonly ownsFolder: boolean) {}

  static async start(options: ClusterOptions = {}): Promise<Cluster> {
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'kedge-test-'));
    const ports = { api: options.apiPort ?? (await freePort()), mqtt: options.mqttPort ?? (await freePort()) };
    const kedge = runKedge(['up', '--data-dir', dataDir, '--api', `127.0.0.1:${String(ports.api)}`, '--mqtt', `127.0.0.1:${String(ports.mqtt)}`,
      '--nodes', String(options.nodes ?? 1), '--runtime', options.runtime ?? 'process', ...(options.args ?? [])], options.env ? { env: options.env } : {});
    try { await kedge.says(/Ready in/); } catch (error) { await kedge.stop('SIGKILL'); throw error; }
    return new Cluster(kedge, dataDir, new ApiConnection(join(dataDir, 'kubeconfig')), ports, options.dataDir === undefined);
  }

  get kubeconfig(): string { return join(this.dataDir, 'kubeconfig'); }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number> {
    this.api.close();
    const code = await this.kedge.stop(signal);
    if (this.ownsFolder) rmSync(this.dataDir, { recursive: true, force: true });
    return code;
  }
}
