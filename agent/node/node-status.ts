import type { NodeCondition, NodeStatus } from '../../core/api/types.js';
import type { Machine } from './machine.js';

export interface NodeView {
  readonly machine: Machine;
  readonly agentVersion: string;
  /** Loaded runtimes: what each says of itself, or why it cannot be used. */
  readonly runtimes: readonly { readonly name: string; readonly description?: string; readonly problem?: string }[];
  readonly images: readonly { readonly names: readonly string[]; readonly sizeBytes: number }[];
  /** The checkpoint cannot be written. */
  readonly diskFull: boolean;
}

/** k8s: nodeStatusMaxImages */
const maxImages = 50;
const kibi = (bytes: number): string => `${String(Math.floor(bytes / 1024))}Ki`;

function conditions({ diskFull, runtimes }: NodeView): readonly NodeCondition[] {
  const usable = runtimes.filter(({ problem }) => problem === undefined);
  return [
    { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
    diskFull ? { type: 'DiskPressure', status: 'True', reason: 'CheckpointNotWritable', message: 'the disk is full: the node goes on with the state it has' } : { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
    { type: 'PIDPressure', status: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
    usable.length > 0 ? { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'agent is posting ready status' }
      : { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: runtimes.map(({ name, problem }) => `${name}: ${problem ?? ''}`).join('; ') || 'no runtime is loaded' },
  ];
}

/** A node's status without heartbeats: it is sent when it changes, not because time passed. */
export function nodeStatus(view: NodeView): NodeStatus {
  const { machine, agentVersion, runtimes, images } = view;
  const amounts = { cpu: String(machine.cpus), memory: kibi(machine.memoryBytes), 'ephemeral-storage': kibi(machine.diskBytes), pods: '110' };
  return {
    capacity: amounts, allocatable: amounts, conditions: conditions(view),
    addresses: [{ type: 'InternalIP', address: machine.address }, { type: 'Hostname', address: machine.hostname }],
    nodeInfo: {
      machineID: machine.machineId, systemUUID: machine.machineId, bootID: machine.bootId, kernelVersion: machine.kernel, osImage: machine.osImage, operatingSystem: machine.os, architecture: machine.architecture,
      kubeletVersion: `v1.35.0-kedge.${agentVersion}`, kubeProxyVersion: '', containerRuntimeVersion: runtimes.find(({ description }) => description !== undefined)?.description ?? '',
    },
    images: images.slice(0, maxImages).map(({ names, sizeBytes }) => ({ names, sizeBytes })),
    runtimeHandlers: runtimes.filter(({ problem }) => problem === undefined).map(({ name }) => ({ name })),
  };
}
