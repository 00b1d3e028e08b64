import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const exportsByName = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels.' },
];
const nothingSilent = [
  {
    selector: 'MemberExpression[object.name=/^(it|describe|context|specify)$/][property.name=/^(only|skip)$/]',
    message: 'No test is singled out, and none is skipped silently: skipReason() of test/support/skip.ts says why.',
  },
  {
    selector: "CallExpression[callee.property.name='skip'][callee.object.type='ThisExpression']",
    message: 'skipReason() of test/support/skip.ts skips and says why.',
  },
];
const nodeGlobals = [
  ...['process', 'console', 'module', 'require', 'Buffer', 'performance', 'AbortController', 'AbortSignal'],
  ...['URL', 'URLSearchParams', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate'],
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '.cache'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': ['error', ...exportsByName],
    },
  },
  {
    files: ['src/**', 'webview/**', 'test/support/**'],
    // Longer than this, a file is more than one idea.
    rules: { 'max-lines': ['error', 300] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', ...exportsByName, ...nothingSilent],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
  },
  {
    // The one file that an old Node has to understand.
    files: ['src/bootstrap.mjs'],
    rules: { 'no-console': 'off' },
  },
);
