import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { masters } from '../auth/user.js';
import type { ServerNames } from './server-names.js';

/** A private key (PKCS #8) and the certificate for it, both PEM. */
export interface Identity { readonly key: string; readonly cert: string }

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;
const years = 10;
/** A device's clock may stand in 1970: certificates are never valid for the past only. */
const earliestNow = Date.UTC(2026, 0, 1);

const provider = webcrypto;
type CryptoKey = webcrypto.CryptoKey;

type Usage = 'ca' | 'server' | 'client';

interface Subject { readonly name: string; readonly organisation?: string; readonly usage: Usage; readonly names?: ServerNames; readonly now: number }

/** The embedded CA. `now` is ms since 1970. */
export const issueAuthority = (now: number): Promise<Identity> => issue({ name: `kedge-ca-${String(now)}`, usage: 'ca', now });

export const issueServer = (ca: Identity, names: ServerNames, now: number): Promise<Identity> => issue({ name: 'kedge-apiserver', usage: 'server', names, now }, ca);

/** For the kubeconfig. k8s: kubeadm's admin.conf */
export const issueAdmin = (ca: Identity, now: number): Promise<Identity> => issue({ name: 'kubernetes-admin', organisation: masters, usage: 'client', now }, ca);

async function issue({ name, organisation, usage, names, now }: Subject, ca?: Identity): Promise<Identity> {
  x509.cryptoProvider.set(provider);
  const keys = await provider.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = ca === undefined ? undefined : new x509.X509Certificate(ca.cert);
  const subject = `${organisation === undefined ? '' : `O=${organisation}, `}CN=${name}`;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: Buffer.from(provider.getRandomValues(new Uint8Array(16))).toString('hex').replace(/^[89a-f]/, '7'),
    subject,
    issuer: issuer?.subject ?? subject,
    notBefore: new Date(Math.min(now, earliestNow) - day),
    notAfter: new Date(Math.max(now, earliestNow) + years * 365.25 * day),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: ca === undefined ? keys.privateKey : await importKey(ca.key),
    extensions: await extensions(usage, names, keys.publicKey),
  });
  const key = x509.PemConverter.encode(await provider.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { key: `${key}\n`, cert: `${certificate.toString('pem')}\n` };
}

const importKey = (pem: string): Promise<CryptoKey> =>
  provider.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), algorithm, false, ['sign']);

async function extensions(usage: Usage, names: ServerNames | undefined, publicKey: CryptoKey): Promise<x509.Extension[]> {
  const isCa = usage === 'ca';
  const flags = isCa ? x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature : x509.KeyUsageFlags.digitalSignature;
  const all: x509.Extension[] = [
    new x509.BasicConstraintsExtension(isCa, undefined, true),
    new x509.KeyUsagesExtension(flags, true),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ];
  if (!isCa) all.push(new x509.ExtendedKeyUsageExtension([usage === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth]));
  if (names !== undefined) {
    all.push(new x509.SubjectAlternativeNameExtension([
      ...names.dns.map((value) => ({ type: 'dns' as const, value })), ...names.ips.map((value) => ({ type: 'ip' as const, value })),
    ]));
  }
  return all;
}
