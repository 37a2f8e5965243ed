import type { KindDefinition } from '../../api/kind.js';
import { apiVersionOf, type Draft, type KubeObject } from '../../api/resource.js';
import { isStatusError } from '../../api/status-error.js';
import { alreadyExists, badRequest, invalid } from '../refusals.js';
import { timestamp } from '../time.js';
import { hasGeneration, keyOf, type Target, type VerbContext, type WriteOptions } from './context.js';
import { checkNamespace } from './namespace-check.js';
import { admitRuntimeClass } from './runtime-class-admission.js';

/** k8s: names.SimpleNameGenerator: a generated name is at most 63 characters. */
const longestPrefix = 58;
/** A generated name that is taken is tried again. k8s: feature RetryGenerateName */
const generateTries = 8;

/** Where a new object goes. */
export interface Place<T extends KubeObject = KubeObject> {
  readonly kind: KindDefinition<T>;
  readonly namespace?: string;
}

/** POST: names, admits, defaults, validates and stores. */
export async function create<T extends KubeObject>(context: VerbContext, place: Place<T>, draft: Draft<T>, options: WriteOptions = {}): Promise<T> {
  checkFresh(place, draft);
  if (draft.metadata.name !== undefined && draft.metadata.name !== '') return createNamed(context, place, draft, options);
  const prefix = draft.metadata.generateName;
  if (prefix === undefined || prefix === '') return createNamed(context, place, draft, options);
  for (let tries = 1; ; tries += 1) {
    const name = `${prefix.slice(0, longestPrefix)}${context.random.suffix(5)}`;
    try {
      return await createNamed(context, place, { ...draft, metadata: { ...draft.metadata, name } }, options);
    } catch (error) {
      if (tries === generateTries || !isStatusError(error, 'AlreadyExists')) throw error;
    }
  }
}

/** k8s: rest.BeforeCreate and the checks of the create handler. */
function checkFresh<T extends KubeObject>({ namespace }: Place<T>, { metadata }: Draft<T>): void {
  if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== '' && metadata.namespace !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== '') throw badRequest('resourceVersion should not be set on objects to be created');
}

async function createNamed<T extends KubeObject>(context: VerbContext, place: Place<T>, draft: Draft<T>, options: WriteOptions): Promise<T> {
  const { kind } = place;
  const name = draft.metadata.name ?? '';
  checkNamespace(context, kind, place.namespace, name);
  const object = prepare(context, place, draft, name);
  for (const text of kind.strategy.warnings?.(object) ?? []) options.warn?.(text);
  const complete = object as unknown as T;
  if (options.dryRun !== true) return context.store.create(kind.resource, complete, options.durability === undefined ? {} : { durability: options.durability });
  const target: Target<T> = { kind, name, ...(place.namespace === undefined ? {} : { namespace: place.namespace }) };
  if (context.store.newest(kind.resource, keyOf(target)) !== undefined) throw alreadyExists(kind.resource, name);
  return complete;
}

/** Everything the server owns on a new object, the defaults of the kind, and what the kind has to say. Throws Invalid, Forbidden. */
function prepare<T extends KubeObject>(context: VerbContext, { kind, namespace }: Place<T>, draft: Draft<T>, name: string): Draft<T> {
  const { strategy, resource } = kind;
  // Set by the server alone, whatever the client sent. k8s: rest.FillObjectMetaSystemFields
  const {
    namespace: _namespace, uid: _uid, resourceVersion: _version, creationTimestamp: _created, generation: _generation, deletionTimestamp: _deleted,
    deletionGracePeriodSeconds: _grace, selfLink: _link, managedFields: _managed, ...metadata
  } = draft.metadata;
  const placed = {
    ...draft,
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      ...metadata,
      ...(namespace === undefined ? {} : { namespace }),
      uid: context.random.uuid(),
      creationTimestamp: timestamp(context.clock.now()),
    },
  } as Draft<T>;
  const defaulted = strategy.defaults?.(placed) ?? placed;
  // Before anything looks into it: what comes after may rely on what validation promises.
  const errors = strategy.validate(defaulted);
  if (errors.length > 0) throw invalid(kind, name, errors);
  const admitted = admitRuntimeClass(context, kind, defaulted);
  const prepared = strategy.prepareForCreate?.(admitted) ?? admitted;
  return hasGeneration(strategy, prepared) ? { ...prepared, metadata: { ...prepared.metadata, generation: 1 } } : prepared;
}
