import type { Container, LifecycleHandler, Probe } from '../../core/api/types.js';
import type { Clock } from '../../core/contracts/clock.js';
import { isExecutor, type ContainerRuntime } from '../../core/contracts/container-runtime.js';

/** The network as probes and hooks see it. Rejects when there is no connection in time. */
export interface Network {
  /** Answers the HTTP status. */
  http(request: { readonly host: string; readonly port: number; readonly path: string; readonly tls: boolean; readonly headers: Readonly<Record<string, string>> }, timeoutMs: number): Promise<number>;
  tcp(host: string, port: number, timeoutMs: number): Promise<void>;
}

export interface HandlerContext {
  readonly network: Network;
  readonly clock: Clock;
  readonly runtime: ContainerRuntime;
  readonly container: Container;
  readonly containerId: string;
  readonly podIP: string;
  readonly timeoutMs: number;
}

/** A port by number, or by its name in the container. */
export function portOf(port: number | string | undefined, container: Container): number {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port)?.containerPort ?? Number(port);
  if (!Number.isInteger(named)) throw new Error(`couldn't find port: ${String(port)}`);
  return named;
}

async function runExec(command: readonly string[], { runtime, containerId, timeoutMs }: HandlerContext): Promise<void> {
  if (!isExecutor(runtime)) throw new Error(`the runtime '${runtime.name}' cannot run commands in containers`);
  const { exitCode, output } = await runtime.exec(containerId, command, timeoutMs);
  if (exitCode !== 0) throw new Error(`command "${command.join(' ')}" exited with ${String(exitCode)}: ${output.toString('utf8').slice(0, 1024)}`);
}

/** Runs one handler; rejects with what went wrong. k8s: concepts/containers/container-lifecycle-hooks, configure-liveness-readiness-startup-probes */
export async function runHandler(handler: LifecycleHandler & Pick<Probe, 'grpc'>, context: HandlerContext): Promise<void> {
  const { network, clock, container, podIP, timeoutMs } = context;
  if (handler.exec) return runExec(handler.exec.command ?? [], context);
  if (handler.httpGet) {
    const { path = '/', port, host, scheme, httpHeaders = [] } = handler.httpGet;
    const status = await network.http({ host: host ?? podIP, port: portOf(port, container), path, tls: scheme === 'HTTPS', headers: Object.fromEntries(httpHeaders.map(({ name = '', value = '' }) => [name, value])) }, timeoutMs);
    if (status < 200 || status >= 400) throw new Error(`HTTP probe failed with statuscode: ${String(status)}`);
    return undefined;
  }
  if (handler.tcpSocket) return network.tcp(handler.tcpSocket.host ?? podIP, portOf(handler.tcpSocket.port, container), timeoutMs);
  if (handler.sleep) return new Promise((resolve) => { clock.after(Math.min(timeoutMs, (handler.sleep?.seconds ?? 0) * 1000), resolve); });
  throw new Error('gRPC handlers are not supported on this node');
}
