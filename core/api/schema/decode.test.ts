import { describe, expect, it } from 'vitest';
import { MessageDecoders } from './decode.js';

const decoders = new MessageDecoders();
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 2, selector: {}, template: { spec: { containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 80 }] }], volumes: [{ name: 'v', configMap: { name: 'c' } }] } } } };

describe('decoding by the schema table', () => {
  it('answers a clean object itself', () => {
    const { value, unknown } = decoders.decode('apps/v1.Deployment', deployment);
    expect(value).toBe(deployment);
    expect(unknown).toEqual([]);
  });

  it('leaves unknown fields out and names their paths', () => {
    const dirty = { ...deployment, spec: { ...deployment.spec, replicaz: 1, template: { spec: { containers: [{ name: 'a', imagee: 'x' }] } } } };
    const { value, unknown } = decoders.decode('apps/v1.Deployment', dirty);
    expect(unknown).toEqual(['spec.template.spec.containers[0].imagee', 'spec.replicaz'].sort((a, b) => dirtyOrder.indexOf(a) - dirtyOrder.indexOf(b)));
    expect(JSON.stringify(value)).not.toContain('imagee');
    expect(JSON.stringify(dirty)).toContain('imagee');
  });
  const dirtyOrder = ['spec.template.spec.containers[0].imagee', 'spec.replicaz'];

  it.each([
    [{ spec: { replicas: '3' } }, 'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'],
    [{ spec: { replicas: 1e12 } }, 'json: cannot unmarshal number 1000000000000 into Go struct field DeploymentSpec.spec.replicas of type int32'],
    [{ spec: [] }, 'json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec'],
    [{ metadata: { labels: { a: 1 } } }, 'json: cannot unmarshal number 1 into Go struct field ObjectMeta.metadata.labels.a of type string'],
  ])('refuses %j', (body, message) => { expect(() => decoders.decode('apps/v1.Deployment', body)).toThrow(message); });

  it('takes null for absent', () => {
    expect(decoders.decode('Pod', { metadata: { name: 'a', labels: null } }).value).toEqual({ metadata: { name: 'a' } });
  });

  it('reads fields of inlined structs', () => {
    expect(decoders.decode('Pod', { metadata: {}, spec: { containers: [{ name: 'a', livenessProbe: { httpGet: { port: 'web' } }, env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] } }).unknown).toEqual([]);
  });
});
