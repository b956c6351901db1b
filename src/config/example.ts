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
      const value = part.default ?? part.facts.sample ?? variableFor(part, path);
      if (value === undefined) continue;
      const isAlone = isUsed(section) && part.facts.isEffective !== true;
      yield `${indent}# ${part.facts.about}${isAlone ? " (not used yet)" : ""}`;
      yield `${indent}#${name}: ${JSON.stringify(value)}`;
    } else if (entry !== undefined) {
      const group = part instanceof MapOf ? part.entry : part;
      yield "";
      yield `${indent}${name}:${isUsed(group) ? "" : " # not used yet"}`;
      if (part instanceof MapOf) {
        yield `${inner}#${entry}:`;
        yield* groupLines(group, [...here, entry], `${inner}  `);
      } else {
        yield* groupLines(group, here, inner);
      }
    }
  }
}

/** Whether anything in fbtr reads a key that stands directly in the group. */
const isUsed = (group: Section) =>
  Object.values(group).some((part) => part instanceof Field && part.facts.isEffective === true);

function variableFor({ facts }: Field, path: readonly string[]): string | undefined {
  const ofEntry = Object.entries(facts.envByEntry ?? {}).find(([, entry]) => entry === path.at(-1));
  const variable = facts.env?.[0] ?? ofEntry?.[0];
  return variable && `\${${variable}:-}`;
}
