import { Field, MapOf, type ConfigOf, type Section } from "../field.ts";
import {
  cache,
  database,
  features,
  logging,
  monitoring,
  security,
  server,
  setup,
  storage,
  updates,
} from "./daemon.ts";
import { distributed } from "./distributed.ts";
import { preparation, translation } from "./translation.ts";

/**
 * Every key of the configuration. Types, defaults, environment names, messages, the JSON Schema,
 * the example and the manual all follow from this table.
 */
export const CONFIG_FIELDS = {
  translation,
  preparation,
  server,
  security,
  distributed,
  logging,
  monitoring,
  features,
  updates,
  database,
  cache,
  storage,
  setup,
} as const satisfies Section;

/** What fbtr is configured with. Keys and units are those of the file. */
export type Config = ConfigOf<typeof CONFIG_FIELDS>;

/** One key with its place. A name that the user chooses is `*`. */
export interface FieldRow {
  readonly path: readonly string[];
  readonly field: Field;
  /** For documents: `distributed.workers.<id>.host`. */
  readonly shownAs: string;
}

/** The keys of a section and of what is inside it, in the order of the table. */
export function fieldRows(section: Section = CONFIG_FIELDS): readonly FieldRow[] {
  return rowsIn(section, [], []);
}

function rowsIn(
  section: Section,
  path: readonly string[],
  shown: readonly string[],
): readonly FieldRow[] {
  return Object.entries(section).flatMap(([name, part]) => {
    const here = [...path, name];
    const shownHere = [...shown, name];
    if (part instanceof Field) return [{ path: here, field: part, shownAs: shownHere.join(".") }];
    if (!(part instanceof MapOf)) return rowsIn(part, here, shownHere);
    return rowsIn(part.entry, [...here, "*"], [...shownHere, `<${part.placeholder}>`]);
  });
}
