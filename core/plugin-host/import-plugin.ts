import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ImportPlugin } from './plugin-host.js';

/** Dynamic import: paths and packages as seen from `folder`, our own by this package's exports. */
export const importPluginFrom = (folder: string): ImportPlugin => async (location) => {
  switch (location.kind) {
    case 'built-in': return import(location.specifier);
    case 'path': return import(pathToFileURL(resolve(folder, location.path)).href);
    case 'package': return import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(location.specifier)).href);
  }
};
