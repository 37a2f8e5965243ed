import { request as http } from 'node:http';
import { connect } from 'node:net';
import type { Network } from '../perform/hooks.js';

/** The real network. HTTPS is loaded when the first probe needs it; certificates are not verified, as a kubelet does not either. */
export const nodeNetwork: Network = {
  async http({ host, port, path, tls, headers }, timeoutMs) {
    const request = tls ? (await import('node:https')).request : http;
    return new Promise((resolve, reject) => {
      const call = request({ host, port, path, headers: { 'user-agent': 'kube-probe/1.35', ...headers }, timeout: timeoutMs, agent: false, ...(tls ? { rejectUnauthorized: false } : {}) }, (response) => {
        response.resume();
        response.on('error', () => undefined);
        resolve(response.statusCode ?? 0);
        call.destroy();
      });
      call.once('timeout', () => { call.destroy(new Error(`no answer in ${String(timeoutMs)} ms`)); });
      call.on('error', reject);
      call.end();
    });
  },
  tcp: (host, port, timeoutMs) => new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs }, () => { socket.destroy(); resolve(); });
    socket.once('timeout', () => { socket.destroy(new Error(`no connection in ${String(timeoutMs)} ms`)); });
    socket.on('error', reject);
  }),
};
