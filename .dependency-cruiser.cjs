// Who may import whom: one rule per row of the table in ARCHITECTURE.md.
const tests = '\\.test\\.ts$|\\.cases\\.ts$';
const pure = '^core/(api|scheduler/(filters|scores))/|^core/(controllers|scheduler)/(.*/)?(plan|status|pick-node|explain)[^/]*\\.ts$|^agent/decide/';
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });
const only = (folder, allowed, pathNot) => forbid(
  `${folder.replaceAll(/[^a-z-]+/g, '-').replace(/^-|-$/g, '')}-imports`, { path: `^${folder}/`, pathNot: pathNot ?? tests }, { path: '^(core|agent|broker|plugins|cli|dashboard|test|bench|scripts)/', pathNot: `^(${allowed.join('|')})/` },
  `${folder} may import ${allowed.join(', ')} only`);

module.exports = {
  forbidden: [
    // A grammar that calls itself (a value within a message within a value) is one thought in two files.
    forbid('no-cycles', { pathNot: '^core/(api/schema/(decode|scalars)|apiserver/patches/strategic-)' }, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }, 'a cycle cannot be understood, started or tested in parts'),
    forbid('no-unlisted', { pathNot: '^(test|bench|scripts|.*\\.test\\.ts)' }, { pathNot: 'mqtt-packet', dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown', 'undetermined'] }, 'what is shipped imports what package.json lists'),
    only('core/api', ['core/api']),
    forbid('api-is-pure', { path: '^core/api/', pathNot: `${tests}|generate-types` }, { dependencyTypes: ['core', 'npm'], pathNot: '^(crypto|node:crypto|buffer|node:buffer)$' }, 'the vocabulary has no effects'),
    only('core/contracts', ['core/api', 'core/contracts']),
    only('core/machinery', ['core/api', 'core/contracts', 'core/machinery']),
    only('core/controllers', ['core/api', 'core/contracts', 'core/machinery', 'core/controllers']),
    forbid('one-controller-each', { path: '^core/controllers/([^/]+)/', pathNot: tests }, { path: '^core/controllers/[^/]+/controller\\.ts$', pathNot: '^core/controllers/$1/' }, 'a controller knows no other'),
    only('core/scheduler', ['core/api', 'core/contracts', 'core/machinery', 'core/scheduler']),
    only('core/apiserver', ['core/api', 'core/contracts', 'core/apiserver']),
    only('core/store', ['core/api', 'core/contracts', 'core/machinery', 'core/store']),
    only('core/messaging', ['core/api', 'core/contracts', 'core/machinery', 'core/messaging']),
    only('core/fleet', ['core/api', 'core/contracts', 'core/machinery', 'core/messaging', 'core/fleet']),
    only('core/join-tokens', ['core/api', 'core/contracts', 'core/join-tokens']),
    only('core/plugin-host', ['core/api', 'core/contracts', 'core/machinery', 'core/plugin-host']),
    forbid('core-knows-no-plugin', { path: '^core/', pathNot: `${tests}|^core/compose` }, { path: '^(plugins|agent|broker|cli)/' }, 'only the composition root knows the broker'),
    forbid('no-plugin-by-name', { path: '^(core|agent|broker)/', pathNot: tests }, { path: '^plugins/' }, 'plugins are named in configuration'),
    only('plugins/oci-cli', ['core/api', 'core/contracts', 'plugins/oci-cli']),
    forbid('plugins-see-only-contracts', { path: '^plugins/([^/]+)/', pathNot: tests }, { path: '^(core|plugins|agent|broker|cli|test)/', pathNot: '^core/(contracts|api)/|^plugins/($1|oci-cli)/' }, 'a plugin needs contracts and vocabulary, nothing else'),
    only('agent', ['agent', 'core/api', 'core/contracts', 'core/machinery', 'core/messaging', 'core/plugin-host']),
    only('broker', ['broker', 'core/api', 'core/contracts', 'core/messaging']),
    forbid('cli-uses-the-front-door', { path: '^cli/', pathNot: tests }, { path: '^(core|agent|broker|plugins)/', pathNot: '^core/api/|^core/contracts/|^(core|agent)/(main|compose)\\.ts$' }, 'the command line uses HTTP and the composition roots'),
    forbid('decisions-are-pure', { path: pure, pathNot: `${tests}|^core/api/schema/generate-types` }, { path: '^(core/(contracts|machinery|store|apiserver|fleet|messaging|plugin-host)|broker|plugins|cli)/', dependencyTypesNot: ['type-only'] }, 'a decision is a function of its arguments'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' }, exclude: { path: '^(dist|coverage)/' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'require', 'node', 'default'], extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
  },
};
