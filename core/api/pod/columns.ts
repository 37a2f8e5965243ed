import { ageColumn, nameColumn } from '../columns.js';
import type { Column } from '../kind.js';
import { podCondition } from '../pod-status.js';
import type { Pod } from '../types.js';
import { podStatusText, readyText, restartsText } from './status-text.js';

const orNone = (text: string | undefined): string => (text === undefined || text === '' ? '<none>' : text);

function readinessGates(pod: Pod): string {
  const gates = pod.spec.readinessGates ?? [];
  if (gates.length === 0) return '<none>';
  const met = gates.filter(({ conditionType }) => podCondition(pod, conditionType ?? '')?.status === 'True').length;
  return `${String(met)}/${String(gates.length)}`;
}

export const podColumns: readonly Column<Pod>[] = [
  nameColumn,
  { name: 'Ready', type: 'string', description: 'Containers that are ready, of all.', cell: readyText },
  { name: 'Status', type: 'string', description: 'What the pod is doing.', cell: podStatusText },
  { name: 'Restarts', type: 'string', description: 'Restarts of its containers, and when the last was.', cell: restartsText },
  ageColumn,
  { name: 'IP', type: 'string', wide: true, cell: ({ status }) => orNone(status?.podIP) },
  { name: 'Node', type: 'string', wide: true, cell: ({ spec }) => orNone(spec.nodeName) },
  { name: 'Nominated Node', type: 'string', wide: true, cell: ({ status }) => orNone(status?.nominatedNodeName) },
  { name: 'Readiness Gates', type: 'string', wide: true, cell: readinessGates },
];
