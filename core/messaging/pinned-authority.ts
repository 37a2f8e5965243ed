import { connect, type DetailedPeerCertificate } from 'node:tls';

const timeoutMs = 15_000;

const pem = (der: Buffer): string => `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/(.{64})(?!$)/g, '$1\n')}\n-----END CERTIFICATE-----\n`;

/** The certificates that the peer sent, from its own up to the CA. */
function chainOf(leaf: DetailedPeerCertificate): readonly DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  for (let one: DetailedPeerCertificate | undefined = leaf; one?.raw !== undefined && !chain.some(({ fingerprint256 }) => fingerprint256 === one?.fingerprint256); one = one.issuerCertificate) chain.push(one);
  return chain;
}

/**
 * Asks the broker for its certificates and answers the CA (PEM) whose fingerprint is `sha256:<hex>`. Nothing secret is sent: the connection that
 * carries the token is opened afterwards and verifies the broker against this CA. Rejects when no certificate has the fingerprint.
 */
export function pinnedAuthority(address: { readonly host: string; readonly port: number }, fingerprint: string): Promise<string> {
  const wanted = fingerprint.replace(/^sha256:/, '').replaceAll(':', '').toLowerCase();
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, rejectUnauthorized: false, timeout: timeoutMs }, () => {
      const chain = chainOf(socket.getPeerCertificate(true));
      socket.destroy();
      const found = chain.find(({ fingerprint256 }) => fingerprint256.replaceAll(':', '').toLowerCase() === wanted);
      if (found) resolve(pem(found.raw));
      else reject(new Error(`the broker at ${address.host}:${String(address.port)} is not the one of the invitation: none of its ${String(chain.length)} certificates has the fingerprint ${fingerprint}`));
    });
    socket.once('timeout', () => { socket.destroy(new Error(`no TLS answer in ${String(timeoutMs / 1000)} s`)); });
    socket.once('error', reject);
  });
}
