import { X509Certificate } from 'node:crypto';

/** What a server certificate vouches for. */
export interface ServerNames {
  /** Host names, `localhost`. */
  readonly dns: readonly string[];
  /** IPv4 and IPv6 addresses, without brackets. */
  readonly ips: readonly string[];
}

/** A certificate with less left than this is remade at the next start. */
const renewBeforeMs = 90 * 86_400_000;

/** Sorts hosts and addresses, without repetition; this machine's own are always among them. */
export function serverNames(hosts: readonly string[]): ServerNames {
  const all = [...new Set(['localhost', '127.0.0.1', '::1', ...hosts.map((host) => host.replace(/^\[(.*)\]$/, '$1').toLowerCase())])]
    .filter((host) => host !== '' && host !== '0.0.0.0' && host !== '::');
  return { dns: all.filter((host) => !isIp(host)), ips: all.filter(isIp) };
}

const isIp = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':');

/** Whether a certificate is (nearly) over, or lacks one of `names`. `now` is ms since 1970. */
export function needsRemake(cert: string, now: number, names?: ServerNames): boolean {
  const certificate = new X509Certificate(cert);
  // A dead clock shows a time before the certificate was made: that is the clock's fault.
  if (Date.parse(certificate.validTo) - now < renewBeforeMs) return true;
  if (names === undefined) return false;
  return names.dns.some((name) => certificate.checkHost(name) === undefined) || names.ips.some((ip) => certificate.checkIP(ip) === undefined);
}
