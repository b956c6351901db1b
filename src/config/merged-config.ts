import { Field, MapOf, type Section } from "./field.ts";
import { CONFIG_FIELDS, type Config } from "./fields/all.ts";
import type { ConfigValue, Layer } from "./layer.ts";

/**
 * The configuration out of layers, the weakest first. What is not set has its default; a map has
 * the entries of all layers.
 */
export function mergedConfig(layers: readonly Layer[]): {
  readonly config: Config;
  readonly values: readonly ConfigValue[];
} {
  const found = layers.flatMap((layer) => layer.found);
  const entryPaths = [
    ...layers.flatMap(({ entries }) => entries),
    ...found.map(({ path }) => path),
  ];
  const strongest = new Map(found.map((value) => [idOf(value.path), value]));
  const values: ConfigValue[] = [];
  const built = (section: Section, path: readonly string[]): unknown => {
    const parts = Object.entries(section).map(([name, part]) => {
      const here = [...path, name];
      if (part instanceof Field) {
        const value = strongest.get(idOf(here)) ?? defaultOf(part, here);
        values.push(value);
        return [name, value.value] as const;
      }
      if (!(part instanceof MapOf)) return [name, built(part, here)] as const;
      const entries = namesIn(entryPaths, here).map(
        (id) => [id, built(part.entry, [...here, id])] as const,
      );
      return [name, Object.fromEntries(entries)] as const;
    });
    return Object.fromEntries(parts);
  };
  const config = built(CONFIG_FIELDS, []) as Config;
  return { config, values };
}

/** Names may hold dots, so that the key does not do. */
const idOf = (path: readonly string[]) => JSON.stringify(path);

const defaultOf = (field: Field, path: readonly string[]): ConfigValue => {
  return { path, key: path.join("."), field, value: field.default, source: "default" };
};

function namesIn(paths: readonly (readonly string[])[], map: readonly string[]): readonly string[] {
  const inside = paths.filter((path) => map.every((part, index) => path[index] === part));
  return [...new Set(inside.map((path) => path[map.length] ?? ""))];
}
