import { badRequest } from '../refusals.js';

export type Operator = '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';
export interface Requirement { readonly key: string; readonly operator: Operator; readonly values: readonly string[] }

/** Longer selectors are refused, not parsed. */
const longest = 64 * 1024;
const keyPattern = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;
const valuePattern = /^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/;
const sets = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const comparison = /^([^=!<>\s]+)\s*(==|=|!=|>|<)\s*(\S*)$/;

/**
 * `a=b,a!=b,a in (x,y),a notin (x),a,!a`. Throws BadRequest.
 * k8s: concepts/overview/working-with-objects/labels
 */
export function parseLabelSelector(text: string | undefined): readonly Requirement[] {
  if (text === undefined || text.trim() === '') return [];
  if (text.length > longest) throw badRequest('unable to parse requirement: the label selector is too long');
  return splitTop(text).map((part) => parseRequirement(part.trim()));
}

/** At commas that are not within parentheses. */
function splitTop(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char !== ',' || depth > 0) continue;
    parts.push(text.slice(start, index));
    start = index + 1;
  }
  return [...parts, text.slice(start)];
}

function parseRequirement(text: string): Requirement {
  const set = sets.exec(text);
  if (set !== null) return checked({ key: set[1] ?? '', operator: set[2] as 'in' | 'notin', values: (set[3] ?? '').split(',').map((value) => value.trim()) });
  const compared = comparison.exec(text);
  if (compared !== null) {
    const sign = compared[2] === '==' ? '=' : (compared[2] as Operator);
    return checked({ key: compared[1] ?? '', operator: sign, values: [compared[3] ?? ''] });
  }
  if (text.startsWith('!')) return checked({ key: text.slice(1).trim(), operator: '!', values: [] });
  return checked({ key: text, operator: 'exists', values: [] });
}

function checked(requirement: Requirement): Requirement {
  const { key, operator, values } = requirement;
  if (!keyPattern.test(key)) throw unparsable(`<nil>: Invalid value: ${JSON.stringify(shown(key))}: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`);
  for (const value of values) {
    if (!valuePattern.test(value)) throw unparsable(`values[0][${shown(key)}]: Invalid value: ${JSON.stringify(shown(value))}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`);
  }
  if ((operator === '<' || operator === '>') && !/^-?\d+$/.test(values[0] ?? '')) throw unparsable(`values[0][${shown(key)}]: Invalid value: ${JSON.stringify(values)}: for 'Gt', 'Lt' operators, the value must be an integer`);
  return requirement;
}

const shown = (text: string): string => text.slice(0, 80);
const unparsable = (why: string): Error => badRequest(`unable to parse requirement: ${why}`);

/** `!=` and `notin` also match objects without the label. */
export function matchesLabels(requirements: readonly Requirement[], labels: Readonly<Record<string, string>> = {}): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case '=': case 'in': return value !== undefined && values.includes(value);
      case '!=': case 'notin': return value === undefined || !values.includes(value);
      case 'exists': return value !== undefined;
      case '!': return value === undefined;
      case '>': return value !== undefined && /^-?\d+$/.test(value) && Number(value) > Number(values[0]);
      case '<': return value !== undefined && /^-?\d+$/.test(value) && Number(value) < Number(values[0]);
    }
  });
}

/** The part that an index over equal labels can answer. */
export const equalities = (requirements: readonly Requirement[]): Readonly<Record<string, string>> =>
  Object.fromEntries(requirements.flatMap(({ key, operator, values }) => (operator === '=' && values[0] !== undefined ? [[key, values[0]]] : [])));
