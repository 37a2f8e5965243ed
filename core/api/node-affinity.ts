import type { Labels } from './labels.js';
import type { Node, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from './types.js';

const asInteger = (text: string | undefined): number | undefined => (text !== undefined && /^-?\d{1,15}$/.test(text) ? Number(text) : undefined);

function compares(value: string | undefined, { operator, values = [] }: NodeSelectorRequirement): boolean {
  const [left, right] = [asInteger(value), asInteger(values[0])];
  if (left === undefined || right === undefined) return false;
  return operator === 'Gt' ? left > right : left < right;
}

function meets(value: string | undefined, requirement: NodeSelectorRequirement): boolean {
  const { operator, values = [] } = requirement;
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    case 'Gt': case 'Lt': return compares(value, requirement);
    default: return false;
  }
}

/** An empty term matches nothing. k8s: component-helpers nodeaffinity */
export function termMatches({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, name: string, labels: Labels): boolean {
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  return matchExpressions.every((requirement) => meets(labels[requirement.key], requirement))
    && matchFields.every((requirement) => requirement.key === 'metadata.name' && meets(name, requirement));
}

/** Terms are alternatives. */
export const nodeSelectorMatches = ({ nodeSelectorTerms }: NodeSelector, name: string, labels: Labels): boolean =>
  nodeSelectorTerms.some((term) => termMatches(term, name, labels));

/** Does the node satisfy the pod's `nodeSelector` and required node affinity? k8s: concepts/scheduling-eviction/assign-pod-node */
export function matchesNode(spec: Pick<PodSpec, 'nodeSelector' | 'affinity'>, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) if (labels[key] !== value) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required === undefined || nodeSelectorMatches(required, node.metadata.name, labels);
}
