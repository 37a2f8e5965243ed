import { ageColumn, nameColumn } from '../columns.js';
import type { Column } from '../kind.js';
import type { Node } from '../types.js';

const rolePrefix = 'node-role.kubernetes.io/';

function statusText({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status;
  const text = ready === 'True' ? 'Ready' : ready === 'False' ? 'NotReady' : 'Unknown';
  return spec.unschedulable === true ? `${text},SchedulingDisabled` : text;
}

function roles({ metadata }: Node): string {
  const found = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => (key.startsWith(rolePrefix) ? [key.slice(rolePrefix.length)] : key === 'kubernetes.io/role' ? [value] : [])).filter((role) => role !== '').sort();
  return found.length === 0 ? '<none>' : found.join(',');
}

const address = (type: string) => ({ status }: Node): string => status?.addresses?.find((one) => one.type === type)?.address ?? '<none>';
const info = (key: 'osImage' | 'kernelVersion' | 'containerRuntimeVersion') => ({ status }: Node): string => {
  const value = status?.nodeInfo?.[key] ?? '';
  return value === '' ? '<unknown>' : value;
};

export const nodeColumns: readonly Column<Node>[] = [
  nameColumn,
  { name: 'Status', type: 'string', description: 'Ready, NotReady, or Unknown while the node is out of reach.', cell: statusText },
  { name: 'Roles', type: 'string', cell: roles },
  ageColumn,
  { name: 'Version', type: 'string', cell: ({ status }) => status?.nodeInfo?.kubeletVersion ?? '' },
  { name: 'Internal-IP', type: 'string', wide: true, cell: address('InternalIP') },
  { name: 'External-IP', type: 'string', wide: true, cell: address('ExternalIP') },
  { name: 'OS-Image', type: 'string', wide: true, cell: info('osImage') },
  { name: 'Kernel-Version', type: 'string', wide: true, cell: info('kernelVersion') },
  { name: 'Container-Runtime', type: 'string', wide: true, cell: info('containerRuntimeVersion') },
];
