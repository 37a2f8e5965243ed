import type { KubeObject } from '../../api/resource.js';
import { isStatusError } from '../../api/status-error.js';
import type { DeleteOptions } from '../../api/types.js';
import type { Selection } from '../selectors/selection.js';
import type { VerbContext, WriteOptions } from './context.js';
import { checkOptions, remove } from './delete.js';
import { list, type ListOptions, type ListResult } from './list.js';

/** DELETE of a collection: each object as by itself; answers with what was there. */
export async function deleteCollection(context: VerbContext, selection: Selection, listOptions: ListOptions, how: { readonly deleteOptions: DeleteOptions; readonly options: WriteOptions }): Promise<ListResult> {
  checkOptions(how.deleteOptions);
  const found = list(context, selection, listOptions);
  const items = await Promise.all(found.items.map(async (object): Promise<KubeObject> => {
    const { namespace, name } = object.metadata;
    try {
      return (await remove(context, { kind: selection.kind, name, ...(namespace === undefined ? {} : { namespace }) }, how.deleteOptions, how.options)).object;
    } catch (error) {
      if (isStatusError(error, 'NotFound')) return object;
      throw error;
    }
  }));
  return { ...found, items };
}
