/** Name rules and their messages. k8s: apimachinery pkg/util/validation */

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualified = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const configKey = /^[-._a-zA-Z0-9]+$/;

const labelText = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const subdomainText = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const qualifiedText = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const labelValueText = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const configKeyText = "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

const longer = (max: number): string => `must be no more than ${String(max)} characters`;

/** A check answers what is wrong, in order; nothing when all is well. */
export type NameCheck = (name: string) => readonly string[];

export const dns1123Label: NameCheck = (name) => [...(name.length > 63 ? [longer(63)] : []), ...(label.test(name) ? [] : [labelText])];

export const dns1123Subdomain: NameCheck = (name) => [...(name.length > 253 ? [longer(253)] : []), ...(subdomain.test(name) ? [] : [subdomainText])];

export const labelValue: NameCheck = (value) => [...(value.length > 63 ? [longer(63)] : []), ...(value === '' || qualified.test(value) ? [] : [labelValueText])];

/** `example.com/name` or `name`. */
export const qualifiedName: NameCheck = (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return [`a qualified name ${qualifiedText.replace('name part ', '')} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const [prefix, name = ''] = parts.length === 2 ? parts : [undefined, text];
  const prefixErrors = prefix === undefined ? [] : prefix === '' ? ['prefix part must be non-empty'] : dns1123Subdomain(prefix).map((error) => `prefix part ${error}`);
  if (name === '') return [...prefixErrors, 'name part must be non-empty', qualifiedText];
  return [...prefixErrors, ...(name.length > 63 ? [`name part ${longer(63)}`] : []), ...(qualified.test(name) ? [] : [qualifiedText])];
};

export const configMapKey: NameCheck = (key) => {
  if (key === '.') return [`must not be '.'`];
  if (key.startsWith('..')) return [key === '..' ? `must not be '..'` : `must not start with '..'`];
  return [...(key.length > 253 ? [longer(253)] : []), ...(configKey.test(key) ? [] : [configKeyText])];
};

/** k8s 1.30+: any printable ASCII but '='. */
export const environmentName: NameCheck = (name) =>
  (/^[ -<>-~]+$/.test(name) ? [] : ["a valid environment variable name must consist only of printable ASCII characters other than '='"]);

/** k8s: IsValidPortName */
export const portName: NameCheck = (name) => [
  ...(name.length > 15 ? ['must be no more than 15 characters'] : []),
  ...(/^[-a-z0-9]+$/.test(name) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
  ...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
  ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
  ...(/^-|-$/.test(name) ? ['must not begin or end with a hyphen'] : []),
];
