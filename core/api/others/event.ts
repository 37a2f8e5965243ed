import { age } from '../duration.js';
import { kind } from '../kind.js';
import { events } from '../resources.js';
import type { Event } from '../types.js';
import { required } from '../validation/errors.js';
import { validateMetadata } from '../validation/metadata.js';

const source = ({ source: from, reportingComponent }: Event): string => [from?.component ?? reportingComponent ?? '', from?.host ?? ''].filter((part) => part !== '').join(', ');
const about = ({ involvedObject: { kind: of = '', name = '' } }: Event): string => `${of.toLowerCase()}/${name}`;
const lastSeen = (event: Event): string | undefined => event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp;

export const eventKind = kind<Event>({
  resource: events, singular: 'event', shortNames: ['ev'], categories: [], message: 'Event', subresources: [],
  fields: {
    ...Object.fromEntries((['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'] as const).map((field) => [`involvedObject.${field}`, (event: Event) => event.involvedObject[field] ?? ''])),
    reason: ({ reason }) => reason ?? '', reportingComponent: ({ reportingComponent }) => reportingComponent ?? '', source: (event) => event.source?.component ?? event.reportingComponent ?? '', type: ({ type }) => type ?? '',
  },
  columns: [
    { name: 'Last Seen', type: 'string', cell: (event, now) => age(lastSeen(event), now) },
    { name: 'Type', type: 'string', cell: ({ type }) => type ?? '' },
    { name: 'Reason', type: 'string', cell: ({ reason }) => reason ?? '' },
    { name: 'Object', type: 'string', cell: about },
    { name: 'Subobject', type: 'string', wide: true, cell: ({ involvedObject }) => involvedObject.fieldPath ?? '' },
    { name: 'Source', type: 'string', wide: true, cell: source },
    { name: 'Message', type: 'string', cell: ({ message }) => (message ?? '').trim() },
    { name: 'First Seen', type: 'string', wide: true, cell: (event, now) => age(event.firstTimestamp ?? event.eventTime, now) },
    { name: 'Count', type: 'string', wide: true, cell: ({ count, series }) => String(series?.count ?? count ?? 1) },
    { name: 'Name', type: 'string', format: 'name', wide: true, cell: ({ metadata }) => metadata.name },
  ],
  strategy: {
    hasGeneration: false,
    validate: (event) => [...validateMetadata(event.metadata), ...((event.involvedObject as Event['involvedObject'] | undefined) === undefined ? [required('involvedObject')] : [])],
  },
});
