import tseslint from 'typescript-eslint';

const injectable = "ClassDeclaration:has(> Decorator[expression.callee.name='injectable'])";
const injection = [
  { selector: `${injectable} > ClassBody > MethodDefinition[kind='constructor'] > FunctionExpression > .params:not(:has(Decorator[expression.callee.name=/^inject(All)?$/]))`, message: 'Every constructor parameter of an @injectable class names its token.' },
  { selector: "ClassDeclaration[superClass]:has(> Decorator[expression.callee.name='injectable'])", message: 'tsyringe does not inherit tokens: compose, do not extend.' },
  { selector: "Decorator[expression.callee.name=/^(singleton|scoped|autoInjectable|registry)$/], Decorator[expression.callee.name='injectable'][expression.arguments.length>0]", message: 'Registration belongs in a composition root.' },
];
const noDefault = { selector: 'ExportDefaultDeclaration', message: 'Named exports only: one name, everywhere.' };
/** What is not determined by its inputs comes through a contract (Clock, Random, Disk, Crypto, Log). */
const chance = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='performance'][callee.property.name='now']", message: 'Time comes through Clock.' },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Chance comes through Random.' },
  { selector: 'CallExpression[callee.name=/^(setTimeout|setInterval)$/]', message: 'Timers come through Clock.' },
  { selector: "CallExpression[callee.object.name='process'][callee.property.name=/^(exit|abort|kill)$/]", message: 'Ending is for the process\'s own file.' },
];
const decisions = [
  { selector: 'AwaitExpression, FunctionDeclaration[async=true], ArrowFunctionExpression[async=true]', message: 'A decision is synchronous.' },
  { selector: "ClassDeclaration:not([superClass.name='Error'])", message: 'A decision is a function, not a class.' },
];
const effects = ['fs', 'fs/promises', 'net', 'tls', 'http', 'https', 'child_process', 'dgram', 'worker_threads', 'crypto'].flatMap((name) => [name, `node:${name}`]);
const effectPaths = effects.map((name) => ({ name, message: 'Effects come through a contract; adapters are listed in eslint.config.js.', allowTypeImports: true }));
const containerPath = { name: 'tsyringe', importNames: ['container', 'delay'], message: 'Only composition roots touch the container.' };
const imports = (...paths) => ['error', { paths }];
const restricted = (...rules) => ['error', noDefault, ...injection, ...rules];

/** Where the machine's own time, disk, network and processes are reached. */
const adapters = [
  'core/machinery/system/**', 'core/main.ts', 'agent/main.ts', 'core/compose/**', 'core/plugin-host/import-plugin.ts',
  'core/apiserver/http/**', 'core/apiserver/tls/**', 'core/apiserver/auth/**', 'core/apiserver/server.ts', 'core/messaging/mqtt-bus.ts', 'core/messaging/pinned-authority.ts',
  'broker/**', 'plugins/**', 'agent/probes/**', 'agent/volumes/**', 'agent/node/**', 'agent/system/**', 'cli/**',
];

export default tseslint.config(
  { ignores: ['dist/**', 'dist.*/**', 'node_modules/**', 'coverage/**', '.kedge/**', '**/*.js', '**/*.mjs', '**/*.cjs', 'test/fixtures/**', 'core/api/types.ts'] },
  {
    files: ['**/*.ts'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, properties: false } }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
            'no-restricted-syntax': restricted(...chance),
      '@typescript-eslint/no-restricted-imports': imports(...effectPaths, containerPath),
      eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error', 'no-console': 'error',
      // A tail is a question, not a crime: see CONTRIBUTING.md.
      'max-lines': ['warn', { max: 300 }], 'max-lines-per-function': ['warn', { max: 40, skipBlankLines: true, skipComments: true }], 'max-params': ['warn', 4], 'max-depth': ['warn', 3], complexity: ['warn', 12],
    },
  },
  { files: adapters, rules: { 'no-restricted-syntax': restricted(), '@typescript-eslint/no-restricted-imports': imports(containerPath) } },
  {
    files: ['core/api/**/*.ts', 'core/scheduler/{filters,scores}/**/*.ts', 'core/{controllers,scheduler}/**/{plan,status,pick-node,explain}*.ts', 'agent/decide/**/*.ts'],
    ignores: ['**/*.test.ts', 'core/api/status-error.ts', 'core/api/schema/**', 'core/apiserver/**'],
    rules: { 'no-restricted-syntax': restricted(...chance, ...decisions) },
  },
  { files: ['core/compose.ts', 'agent/compose.ts', 'broker/compose.ts', 'core/compose/**', 'test/architecture/**'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  {
    files: ['**/*.test.ts', '**/*.cases.ts', 'test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts', 'vitest.config.ts', 'core/api/schema/generate-types.ts'],
    rules: { 'no-restricted-syntax': ['error', ...injection], 'max-lines-per-function': 'off', complexity: 'off', 'max-params': 'off', 'no-console': 'off', '@typescript-eslint/no-restricted-imports': 'off' },
  },
  { files: ['vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
