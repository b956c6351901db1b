import { CONFIG_FIELDS } from "./fields/all.ts";
import { Field, MapOf, type Section } from "./field.ts";

const HEAD = `# Configuration of fbtr. Every key is optional: take away the "#" before a key (and
# before the name that it stands under) to set it.
# fbtr-config(5) and \`fbtr config explain\` tell of every key, also of those that are not here.
#
# Secrets are better kept in the environment: a value may be "\${NAME}" or "\${NAME:-default}".
# A file that holds secrets should be readable for its owner only (chmod 600).
`;

/** Groups whose keys the example shows, and an entry for a map. */
const SHOWN = new Map([
  ["translation", ""],
  ["translation.providers", "openai"],
  ["distributed", ""],
  ["distributed.workers", "worker-1"],
  ["server", ""],
  ["security", ""],
  ["logging", ""],
]);

/**
 * An example configuration in YAML, in which every key is commented out: it says the same as no
 * configuration. Without the `#` that stand directly before keys it is valid, too.
 */
export function exampleConfig(): string {
  return `${HEAD}${[...groupLines(CONFIG_FIELDS, [], "")].join("\n")}\n`;
}

function* groupLines(section: Section, path: readonly string[], indent: string): Iterable<string> {
  const inner = `${indent}  `;
  for (const [name, part] of Object.entries(section)) {
    const here = [...path, name];
    const entry = SHOWN.get(here.join("."));
    if (part instanceof Field) {
      yield* keyLines(name, part, path, indent);
    } else if (entry !== undefined) {
      yield "";
      yield `${indent}${name}:`;
      if (part instanceof MapOf) {
        yield `${inner}#${entry}:`;
        yield* groupLines(part.entry, [...here, entry], `${inner}  `);
      } else {
        yield* groupLines(part, here, inner);
      }
    }
  }
}

/** Nothing for a key of which no value can be shown. */
function keyLines(
  name: string,
  field: Field,
  path: readonly string[],
  indent: string,
): readonly string[] {
  const { about, isEffective = false } = field.facts;
  const value = field.default ?? field.facts.sample ?? variableFor(field, path);
  if (value === undefined) return [];
  return [
    `${indent}# ${about}${isEffective ? "" : " (not used yet)"}`,
    `${indent}#${name}: ${JSON.stringify(value)}`,
  ];
}

function variableFor({ facts }: Field, path: readonly string[]): string | undefined {
  const ofEntry = Object.entries(facts.envByEntry ?? {}).find(([, entry]) => entry === path.at(-1));
  const variable = facts.env?.[0] ?? ofEntry?.[0];
  return variable && `\${${variable}:-}`;
}
