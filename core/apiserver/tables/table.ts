import type { Column, KindDefinition } from '../../api/kind.js';
import type { KubeObject } from '../../api/resource.js';

/** `includeObject`: how much of the object stands beside a row. k8s: metav1.IncludeObjectPolicy */
export type IncludeObject = 'Metadata' | 'Object' | 'None';

export interface TableOptions {
  readonly includeObject: IncludeObject;
  /** ms since 1970: ages are fixed when the row is made. */
  readonly now: number;
  /** Watches send them with the first event only. */
  readonly withColumns?: boolean;
}

/** Kinds without columns of their own. */
const fallbackColumns: readonly Column<KubeObject>[] = [
  { name: 'Name', type: 'string', format: 'name', cell: ({ metadata }) => metadata.name },
  { name: 'Created At', type: 'date', cell: ({ metadata }) => metadata.creationTimestamp },
];

const columnsOf = ({ columns }: KindDefinition): readonly Column<KubeObject>[] => (columns.length === 0 ? fallbackColumns : columns);

/** Objects as `kubectl get` shows them. k8s: reference/using-api/api-concepts#receiving-resources-as-tables */
export function table(kind: KindDefinition, objects: readonly KubeObject[], metadata: object, options: TableOptions): object {
  const columns = columnsOf(kind);
  return {
    kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata,
    columnDefinitions: options.withColumns === false ? null : columns.map(definition),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(object, options.now)),
      ...(options.includeObject === 'None' ? {} : { object: options.includeObject === 'Object' ? object : partial(object) }),
    })),
  };
}

const definition = ({ name, type, format, description, wide }: Column<KubeObject>): object =>
  ({ name, type, format: format ?? '', description: description ?? name, priority: wide === true ? 1 : 0 });

/** The object's metadata, and nothing else. */
export const partial = ({ metadata }: KubeObject): object => ({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });
