/** What `plugins: [{ use }]` means. */
export type PluginLocation =
  | { readonly kind: 'built-in'; readonly specifier: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'package'; readonly specifier: string };

/** A path is written as one (`./x.js`, `/opt/x.js`); a name of ours is built in; anything else is a package. */
export function locate(use: string, builtIn: ReadonlySet<string>): PluginLocation {
  if (/^(\.{1,2}\/|\/)/.test(use)) return { kind: 'path', path: use };
  if (use.startsWith('file://')) return { kind: 'path', path: decodeURIComponent(use.slice('file://'.length)) };
  return builtIn.has(use) ? { kind: 'built-in', specifier: `kedge/plugins/${use}` } : { kind: 'package', specifier: use };
}
