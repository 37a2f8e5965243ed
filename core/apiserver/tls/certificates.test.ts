import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NodeCrypto } from '../../machinery/system/node-crypto.js';
import { MemoryDisk } from '../../../test/fakes/memory-disk.js';
import { loadCertificates } from './certificates.js';
import { serverNames } from './server-names.js';

const crypto = new NodeCrypto();
const start = Date.UTC(2026, 5, 1);
const load = (disk: MemoryDisk, hosts: readonly string[] = [], now = start) =>
  loadCertificates({ dataDir: '/data', names: serverNames(hosts), disk, clock: { now: () => now }, crypto });

describe('loadCertificates', () => {
  it('makes a CA of ten years and what it signs, once', async () => {
    const disk = new MemoryDisk();
    const first = await load(disk, ['192.168.1.10', 'Edge.example', '[fd00::1]', '0.0.0.0']);
    expect(first.made).toEqual(['ca', 'server', 'admin']);
    const [ca, server, admin] = [first.ca, first.server.cert, first.admin.cert].map((cert) => new X509Certificate(cert));
    expect(ca?.ca).toBe(true);
    expect(first.validTo).toBeGreaterThan(Date.UTC(2036, 4, 1));
    expect(server?.verify(ca?.publicKey as never)).toBe(true);
    expect(['localhost', 'edge.example'].map((name) => server?.checkHost(name))).toEqual(['localhost', 'edge.example']);
    expect(['127.0.0.1', '::1', '192.168.1.10', 'fd00::1'].filter((ip) => server?.checkIP(ip) === undefined)).toEqual([]);
    expect(admin?.subject.split('\n').sort()).toEqual(['CN=kubernetes-admin', 'O=system:masters']);
    expect(first.fingerprint).toBe(`sha256:${crypto.sha256(ca?.raw as Buffer)}`);
    const again = await load(disk, ['192.168.1.10']);
    expect(again).toEqual({ ...first, made: [] });
  });

  it('remakes only the server\'s for a new address, and what is nearly over', async () => {
    const disk = new MemoryDisk();
    const first = await load(disk);
    const moved = await load(disk, ['10.0.0.7']);
    expect(moved.made).toEqual(['server']);
    expect(moved.fingerprint).toBe(first.fingerprint);
    const late = await load(disk, ['10.0.0.7'], start + 3650 * 86_400_000);
    expect(late.made).toEqual(['server', 'admin']);
  });

  it('is valid now although the clock stood in 1970', async () => {
    const { server } = await load(new MemoryDisk(), [], 0);
    const certificate = new X509Certificate(server.cert);
    expect(Date.parse(certificate.validFrom)).toBeLessThan(0);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.UTC(2035, 0, 1));
  });

  it('says what to do about a CA that is damaged or has lost its key', async () => {
    const disk = new MemoryDisk();
    await load(disk);
    await disk.remove('/data/pki/ca.key');
    await expect(load(disk)).rejects.toThrow(/ca\.key is missing/);
    await disk.replace('/data/pki/ca.key', [Buffer.from('x')]);
    await disk.replace('/data/pki/ca.crt', [Buffer.from('x')]);
    await expect(load(disk)).rejects.toThrow(/ca\.crt cannot be read/);
  });
});
