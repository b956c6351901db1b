import { fieldRows, type FieldRow } from "./fields/all.ts";
import { placedPath } from "./key-tree.ts";
import { faultIn, newLayer, type Layer } from "./layer.ts";

/** A variable and the key that it sets. */
export interface VariableOfKey {
  readonly variable: string;
  readonly row: FieldRow;
  /** The row's path, with the entry that the variable belongs to. */
  readonly path: readonly string[];
}

/** Every environment variable that sets a key. Of several for one key the first comes first. */
export function variablesOfKeys(): readonly VariableOfKey[] {
  return fieldRows().flatMap((row) => {
    const { env = [], envByEntry = {} } = row.field.facts;
    const ofKey = env.map((variable) => ({ variable, row, path: row.path }));
    const ofEntries = Object.entries(envByEntry).map(([variable, entry]) => {
      return { variable, row, path: placedPath(row, [entry]) };
    });
    return ofKey.concat(ofEntries);
  });
}

/** Other programs have no use for these. */
const OWN = /^(?:FBTR|TRANSLATOR)_/;

/**
 * What the environment says. An empty variable says nothing. One that other programs use too may
 * hold what means nothing to fbtr: then it is passed over with a warning.
 */
export function environmentLayer(environment: NodeJS.ProcessEnv): Layer {
  const layer = newLayer();
  const set = new Set<string>();
  for (const { variable, row, path } of variablesOfKeys()) {
    const raw = environment[variable];
    const { field } = row;
    const key = path.join(".");
    if (!raw || set.has(key)) continue;
    const value = field.kind.read(raw);
    if (value !== undefined) {
      set.add(key);
      layer.found.push({ path, key, field, value, source: "environment", origin: variable });
      continue;
    }
    const fault = faultIn(`the environment variable ${variable} (\`${key}\`)`, field, raw);
    if (OWN.test(variable)) layer.faults.push(fault);
    else layer.warnings.push(`${fault}; it is passed over`);
  }
  return layer;
}
