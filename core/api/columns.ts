import { age } from './duration.js';
import type { Column } from './kind.js';
import type { KubeObject } from './resource.js';
import type { PodSpec } from './types.js';

/** Columns that most kinds have. k8s: pkg/printers/internalversion */

export const nameColumn: Column<KubeObject> = { name: 'Name', type: 'string', format: 'name', description: 'Name must be unique within a namespace.', cell: ({ metadata }) => metadata.name };

export const ageColumn: Column<KubeObject> = { name: 'Age', type: 'string', description: 'Time since creation.', cell: ({ metadata }, now) => age(metadata.creationTimestamp, now) };

export const createdAtColumn: Column<KubeObject> = { name: 'Created At', type: 'date', cell: ({ metadata }) => metadata.creationTimestamp };

/** Containers and images of a workload, shown with `-o wide`. */
export const templateColumns = <T extends KubeObject>(spec: (object: T) => PodSpec): readonly Column<T>[] => [
  { name: 'Containers', type: 'string', wide: true, cell: (object) => spec(object).containers.map(({ name }) => name).join(',') },
  { name: 'Images', type: 'string', wide: true, cell: (object) => spec(object).containers.map(({ image }) => image ?? '').join(',') },
];
