export { importPluginFrom } from './import-plugin.js';
export { PluginError } from './plugin-error.js';
export { PluginHost, type ImportPlugin, type PluginHostOptions, type PluginUse } from './plugin-host.js';
