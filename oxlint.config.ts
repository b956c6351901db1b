import { defineConfig, type OxlintOverride } from "oxlint";

import { LAYERS, PACKAGE_HOMES, WALLS, type Layer } from "./layers.config.ts";

interface ImportPattern {
  readonly group: string[];
  readonly message: string;
}

/** What `layer` must not import: higher floors, walled-off folders, packages that live elsewhere. */
function forbiddenImports(layer: Layer): ImportPattern[] {
  const allowed = WALLS[layer] ?? LAYERS.slice(0, LAYERS.indexOf(layer));
  const forbidden = LAYERS.filter((other) => other !== layer && !allowed.includes(other));
  const exceptions = allowed.filter((path) => path.includes("/"));
  const folders = {
    group: [
      ...forbidden.map((other) => `../**/${other}/**`),
      ...exceptions.map((path) => `!../**/${path}.ts`),
    ],
    message: `${layer} may import only: ${allowed.join(", ") || "nothing of src"} (layers.config.ts, ARCHITECTURE.md).`,
  };
  const packages = Object.entries(PACKAGE_HOMES)
    .filter(([, homes]) => !homes.includes(layer))
    .map(([name, homes]) => ({
      group: [name, `${name}/**`],
      message: `${name} lives in src/${homes.join(", src/")} (layers.config.ts).`,
    }));
  return [folders, ...packages];
}

function rulesOf(layer: Layer): OxlintOverride {
  return {
    files: [`src/${layer}/**/*.{ts,tsx}`],
    rules: { "no-restricted-imports": ["error", { patterns: forbiddenImports(layer) }] },
  };
}

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise", "node", "vitest"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  ignorePatterns: ["node_modules", "dist", "coverage"],
  rules: {
    // Sequential awaits in loops are how back-pressure works here.
    "no-await-in-loop": "off",
    "no-shadow": "error",
    "no-console": "error",
    "no-underscore-dangle": "off",
    "import/no-default-export": "error",
    "import/no-unassigned-import": "off",
    // `fc.property` is how fast-check is read everywhere.
    "import/no-named-as-default-member": "off",
    "promise/always-return": "off",
    "typescript/no-explicit-any": "error",
    // Without `await`, what `using` holds is gone before the promise has done its work.
    "typescript/return-await": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    // Who reads events picks some of many.
    "typescript/switch-exhaustiveness-check": [
      "error",
      { considerDefaultExhaustiveForUnions: true },
    ],
    "typescript/no-unsafe-type-assertion": "off",
    "typescript/consistent-type-imports": "error",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/no-array-reverse": "off",
    "vitest/require-mock-type-parameters": "off",
    "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
  },
  overrides: [
    ...LAYERS.map(rulesOf),
    {
      files: ["test/**/*.{ts,tsx}"],
      rules: { "max-lines-per-function": "off", "no-console": "off" },
    },
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
  ],
});
