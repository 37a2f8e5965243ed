import type { Probe } from '../../core/api/types.js';

export interface ProbeCount { readonly ok: boolean; readonly row: number }

/** One more result: the verdict turns only after a row of equal ones. k8s: prober worker */
export function counted(probe: Probe, state: ProbeCount & { readonly last: boolean | undefined }, success: boolean): { readonly ok: boolean; readonly row: number; readonly last: boolean } {
  const row = state.last === success ? state.row + 1 : 1;
  const needed = success ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
  return { ok: row >= needed ? success : state.ok, row, last: success };
}
