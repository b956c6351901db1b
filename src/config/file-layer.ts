import { interpolate } from "./interpolation.ts";
import { keyTree, placedPath, type KeyNode } from "./key-tree.ts";
import { faultIn, newLayer, type ConfigValue, type Layer } from "./layer.ts";
import { nearestWord } from "./spelling.ts";

/** Names that are no keys: JSON has no comments, and editors want to know the schema. */
const COMMENT = /^(?:\$schema$|\/\/|_)/;

interface Walk {
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly layer: Layer;
  readonly byAlias: ConfigValue[];
}

type Group = Readonly<Record<string, unknown>>;

const isGroup = (raw: unknown): raw is Group =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

/**
 * What a configuration file says.
 *
 * Unknown keys are warned of and left out. Text may refer to environment variables. An empty value
 * (`null`, an empty secret, text of which only empty variables are left) says nothing.
 *
 * @param raw the content of the file.
 * @param file its name in messages.
 */
export function fileLayer(raw: unknown, file: string, environment: NodeJS.ProcessEnv): Layer {
  const walk: Walk = { file, environment, layer: newLayer(), byAlias: [] };
  const { layer, byAlias } = walk;
  if (isGroup(raw)) {
    readGroup(walk, raw, keyTree(), [], []);
  } else if (raw !== undefined && raw !== null) {
    layer.faults.push(`${file}: Expected keys and values, such as a JSON object`);
  }
  const set = new Set(layer.found.map(({ key }) => key));
  for (const value of byAlias) {
    if (set.has(value.key)) layer.warnings.push(`${file}: \`${value.key}\` is given twice`);
    else layer.found.push(value);
    set.add(value.key);
  }
  return layer;
}

function readGroup(
  walk: Walk,
  raw: Group,
  node: KeyNode,
  path: readonly string[],
  names: readonly string[],
): void {
  for (const [name, value] of Object.entries(raw)) {
    const here = [...path, name];
    const child = node.children.get(name);
    const next = child ?? node.children.get("*");
    if (next === undefined) {
      if (!COMMENT.test(name)) warnOfUnknown(walk, node, here);
    } else if (next.row !== undefined) {
      readValue(walk, value, next, here, names);
    } else if (isGroup(value)) {
      const isEntry = child === undefined;
      if (isEntry) walk.layer.entries.push(here);
      readGroup(walk, value, next, here, isEntry ? [...names, name] : names);
    } else if (value !== null && value !== undefined) {
      const key = here.join(".");
      walk.layer.faults.push(`${walk.file}: Expected \`${key}\` to be a group of keys`);
    }
  }
}

function warnOfUnknown({ file, layer }: Walk, node: KeyNode, path: readonly string[]): void {
  const meant = nearestWord(path.at(-1) ?? "", node.children.keys());
  const hint =
    meant === undefined ? "" : `; did you mean \`${[...path.slice(0, -1), meant].join(".")}\`?`;
  layer.warnings.push(`${file}: \`${path.join(".")}\` is no key of fbtr${hint}`);
}

function readValue(
  { file, environment, layer, byAlias }: Walk,
  raw: unknown,
  { row, isAlias }: KeyNode,
  here: readonly string[],
  names: readonly string[],
): void {
  if (row === undefined) return;
  const shownAs = `\`${here.join(".")}\``;
  const { value: filled, missing } = filledIn(raw, environment);
  for (const name of missing) {
    layer.warnings.push(`${file}: ${shownAs} asks for ${name}, which is not set`);
  }
  const isNothing = filled === undefined || filled === null;
  if (isNothing || (filled === "" && row.field.kind.isSecret)) return;
  const value = row.field.kind.read(filled);
  if (value === undefined) {
    layer.faults.push(`${file}: ${faultIn(shownAs, row.field, filled)}`);
    return;
  }
  const path = placedPath(row, names);
  const found = {
    path,
    key: path.join("."),
    field: row.field,
    value,
    source: "file",
    origin: file,
    isSpelledOut: typeof raw !== "string" || typeof filled !== "string" || raw.includes(filled),
  } as const;
  (isAlias ? byAlias : layer.found).push(found);
}

/** `raw` with its references filled in; undefined if nothing is left of it. */
function filledIn(
  raw: unknown,
  environment: NodeJS.ProcessEnv,
): { readonly value: unknown; readonly missing: readonly string[] } {
  if (Array.isArray(raw)) {
    const items = raw.map((item: unknown) => filledIn(item, environment));
    const value = items.map((item) => item.value).filter((item) => item !== undefined);
    return { value, missing: items.flatMap(({ missing }) => missing) };
  }
  if (typeof raw !== "string") return { value: raw, missing: [] };
  const { text, missing } = interpolate(raw, environment);
  return { value: text === "" && raw !== "" ? undefined : text, missing };
}
