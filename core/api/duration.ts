/** `59s`, `3m5s`, `119m`, `5h12m`, `47h`, `2d3h`, `40d`, `2y3d`, `3y`. k8s: apimachinery duration.HumanDuration */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${String(seconds)}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${String(minutes)}m`;
  const hours = Math.trunc(minutes / 60);
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${String(hours)}h`;
  if (hours < 192) return pair(Math.trunc(hours / 24), 'd', hours % 24, 'h');
  const days = Math.trunc(hours / 24);
  if (days < 730) return `${String(days)}d`;
  return days < 2920 ? pair(Math.trunc(days / 365), 'y', days % 365, 'd') : `${String(Math.trunc(days / 365))}y`;
}

const pair = (large: number, largeUnit: string, small: number, smallUnit: string): string => `${String(large)}${largeUnit}${small === 0 ? '' : `${String(small)}${smallUnit}`}`;

/** Age of an RFC 3339 time at `now` (ms); `<unknown>` when unset. */
export const age = (time: string | undefined, now: number): string => (time === undefined || time === '' ? '<unknown>' : humanDuration(now - Date.parse(time)));
