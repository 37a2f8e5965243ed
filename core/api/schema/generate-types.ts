import { builtInMessages, type MessageField, type MessageTable } from './messages.js';
import { requiredFields } from './required.js';

const scalars: Readonly<Record<string, string>> = {
  string: 'string', int32: 'number', int64: 'number', double: 'number', bool: 'boolean', bytes: 'string',
  'meta.Time': 'string', 'meta.MicroTime': 'string', 'resource.Quantity': 'string',
  'intstr.IntOrString': 'number | string', 'meta.FieldsV1': 'unknown', 'runtime.RawExtension': 'unknown',
};

/** `apps/v1.DaemonSet` → `DaemonSet`. Names are unique across the groups we serve. */
const typeName = (message: string): string => message.slice(message.lastIndexOf('.') + 1);

const typeOf = ({ type, shape }: MessageField): string => {
  const element = scalars[type] ?? typeName(type);
  if (shape === 'list') return element.includes(' ') ? `readonly (${element})[]` : `readonly ${element}[]`;
  return shape === 'map' ? `Readonly<Record<string, ${element}>>` : element;
};

function fieldsOf(message: string, table: MessageTable): readonly string[] {
  const required = requiredFields[message] ?? [];
  return (table.get(message) ?? []).flatMap((field) => {
    if (field.inline) return fieldsOf(field.type, table);
    const inTemplate = message === 'PodTemplateSpec' && field.name === 'metadata';
    const type = inTemplate ? 'Partial<ObjectMeta>' : typeOf(field);
    const must = required.includes(field.name) || (field.name === 'metadata' && field.type === 'meta.ObjectMeta' && !inTemplate);
    return [`  readonly ${field.name}${must ? '' : '?'}: ${type};`];
  });
}

const isKind = (message: string, table: MessageTable): boolean =>
  message !== 'PodTemplateSpec' && (table.get(message) ?? []).some(({ name, type }) => name === 'metadata' && type.startsWith('meta.'));

/** The text of `core/api/types.ts`. */
export function generateTypes(): string {
  const table = builtInMessages();
  const interfaces = [...table.keys()].sort((a, b) => typeName(a).localeCompare(typeName(b), 'en')).map((message) => {
    const head = isKind(message, table) || message === 'meta.DeleteOptions' ? '  readonly apiVersion?: string;\n  readonly kind?: string;\n' : '';
    return `/** k8s: ${message} */\nexport interface ${typeName(message)} {\n${head}${fieldsOf(message, table).join('\n')}\n}\n`;
  });
  return `// Generated from core/api/schema by \`npm run docs\`. Do not edit: change the table.\n\n${interfaces.join('\n')}`;
}
