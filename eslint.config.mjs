// What a reader of the extension may rely on: no code out of strings, no HTML out of strings.
import js from "@eslint/js";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import globals from "globals";

const noTextAsCode = {
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-script-url": "error",
  "no-restricted-properties": [
    "error",
    ...["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "srcdoc"].map((property) => ({
      property,
      message: "The page is hostile: build nodes and use textContent.",
    })),
    { object: "document", property: "write", message: "Build nodes and use textContent." },
  ],
};

export default [
  { ignores: ["node_modules/", ".venv/", "tests/output/", "build/", "dist/"] },
  js.configs.recommended,
  { files: ["extension/**/*.js"], ...noUnsanitized.configs.recommended },
  {
    rules: {
      ...noTextAsCode,
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-unused-vars": ["error", { args: "all", argsIgnorePattern: "^_", caughtErrors: "all" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-console": "error",
      "no-shadow": "error",
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  {
    files: ["extension/background/**/*.js", "extension/pages/**/*.js"],
    languageOptions: {
      sourceType: "module",
      globals: { ...globals.browser, ...globals.webextensions },
    },
  },
  {
    files: ["extension/content/**/*.js"],
    languageOptions: {
      sourceType: "script", // content scripts cannot be modules
      globals: { ...globals.browser, ...globals.webextensions },
    },
  },
  {
    // Only background/service.js may ask the network for anything.
    files: ["extension/**/*.js"],
    ignores: ["extension/background/service.js"],
    rules: {
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket", "EventSource"],
    },
  },
  {
    files: ["tests/**/*.mjs", "*.mjs"],
    languageOptions: { sourceType: "module", globals: { ...globals.node, ...globals.browser } },
    rules: { "no-console": "off" },
  },
  {
    files: ["tests/e2e/pages/**/*.js"],
    languageOptions: { sourceType: "script", globals: globals.browser },
  },
];
