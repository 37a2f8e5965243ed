import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Clock, Crypto, Disk } from '../../contracts/index.js';
import type { Identity } from './issue.js';
import { needsRemake, type ServerNames } from './server-names.js';

/** PEM texts of everything under `<data-dir>/pki`. */
export interface Certificates {
  /** The CA's certificate; what clients trust. */
  readonly ca: string;
  readonly server: Identity;
  /** `kubernetes-admin` of `system:masters`. */
  readonly admin: Identity;
  /** `sha256:<hex>` of the CA certificate's DER: what an agent pins. */
  readonly fingerprint: string;
  /** ms since 1970. */
  readonly validTo: number;
  /** What had to be made this time. */
  readonly made: readonly ('ca' | 'server' | 'admin')[];
}

export interface CertificateOptions {
  readonly dataDir: string;
  readonly names: ServerNames;
  readonly disk: Disk;
  readonly clock: Pick<Clock, 'now'>;
  readonly crypto: Pick<Crypto, 'sha256'>;
}

type Name = 'ca' | 'server' | 'admin';

/**
 * The embedded CA and what it signed: loaded, or made when missing, near expiry, or (the server's) for other addresses.
 * Rejects with an error that names the file when one is there but cannot be read as what it should be.
 */
export async function loadCertificates({ dataDir, names, disk, clock, crypto }: CertificateOptions): Promise<Certificates> {
  const folder = join(dataDir, 'pki');
  const now = clock.now();
  const made: Name[] = [];
  const keep = async (name: Name, identity: Identity): Promise<Identity> => {
    await disk.replace(join(folder, `${name}.key`), [Buffer.from(identity.key)], 0o600);
    await disk.replace(join(folder, `${name}.crt`), [Buffer.from(identity.cert)], 0o644);
    made.push(name);
    return identity;
  };
  // Loaded only when something must be made: it is the heaviest thing at start.
  const issue = (): Promise<typeof import('./issue.js')> => import('./issue.js');
  const ca = await load(disk, folder, 'ca') ?? await keep('ca', await (await issue()).issueAuthority(now));
  const isUsable = (identity: Identity | undefined): identity is Identity =>
    identity !== undefined && new X509Certificate(identity.cert).verify(new X509Certificate(ca.cert).publicKey) && !needsRemake(identity.cert, now);
  const oldServer = await load(disk, folder, 'server');
  const server = isUsable(oldServer) && !needsRemake(oldServer.cert, now, names) ? oldServer : await keep('server', await (await issue()).issueServer(ca, names, now));
  const oldAdmin = await load(disk, folder, 'admin');
  const admin = isUsable(oldAdmin) ? oldAdmin : await keep('admin', await (await issue()).issueAdmin(ca, now));
  const certificate = new X509Certificate(ca.cert);
  return { ca: ca.cert, server, admin, fingerprint: `sha256:${crypto.sha256(certificate.raw)}`, validTo: Date.parse(certificate.validTo), made };
}

async function load(disk: Disk, folder: string, name: Name): Promise<Identity | undefined> {
  const [key, cert] = await Promise.all([disk.read(join(folder, `${name}.key`)), disk.read(join(folder, `${name}.crt`))]);
  if (key === undefined || cert === undefined) {
    // The key goes to disk first: a lone key is a start that was cut off, and nothing was signed with it yet.
    if (name !== 'ca' || cert === undefined) return undefined;
    throw new Error(`the CA key ${join(folder, 'ca.key')} is missing beside its certificate: put it back from a backup, or remove the folder ${folder} to make a new CA (all agents must join again)`);
  }
  try {
    void new X509Certificate(cert);
  } catch {
    throw new Error(`the certificate ${join(folder, `${name}.crt`)} cannot be read: put it back from a backup, or remove it${name === 'ca' ? ' and its key (all agents must join again)' : ' to have it made again'}`);
  }
  return { key: key.toString('utf8'), cert: cert.toString('utf8') };
}
