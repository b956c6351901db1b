import { fieldRows } from "./fields/all.ts";
import { faultIn, newLayer, type Layer } from "./layer.ts";

/** An option of the command line that sets a key for this run. */
export interface ConfigFlag {
  /** As the user wrote it: `--engine`. */
  readonly flag: string;
  /** Key without names that the user chooses. */
  readonly key: string;
  /** Undefined if the option was not given. */
  readonly value: unknown;
}

/** What the command line says. */
export function flagLayer(flags: readonly ConfigFlag[]): Layer {
  const layer = newLayer();
  const rows = new Map(fieldRows().map((row) => [row.path.join("."), row]));
  for (const { flag, key, value: raw } of flags) {
    const row = rows.get(key);
    if (raw === undefined || row === undefined) continue;
    const { path, field } = row;
    const value = field.kind.read(raw);
    if (value === undefined) layer.faults.push(faultIn(flag, field, raw));
    else layer.found.push({ path, key, field, value, source: "flag", origin: flag });
  }
  return layer;
}
