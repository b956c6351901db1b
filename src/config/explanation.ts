import { FbtrError } from "../base/errors.ts";
import { oneLine } from "../base/one-line.ts";
import { variablesOfKeys } from "./environment-layer.ts";
import { fieldRows, type FieldRow } from "./fields/all.ts";
import { keyTree, placedPath, type KeyNode } from "./key-tree.ts";
import type { ConfigValue } from "./layer.ts";
import { printedSource } from "./printed-value.ts";
import { nearestWord } from "./spelling.ts";

/** All there is to know of a key. */
export interface Explanation {
  /** With `<id>` or `<name>` for a name that the user has not chosen yet. */
  readonly key: string;
  /** One sentence. */
  readonly about: string;
  readonly value?: unknown;
  /** Where the value comes from, in words. */
  readonly source: string;
  readonly default?: unknown;
  /** Completes "expected: ...". */
  readonly expected: string;
  /** Variables that set it. */
  readonly environment: readonly string[];
  /** Other places at which files may have it. */
  readonly aliases: readonly string[];
  /** False while nothing in fbtr reads it. */
  readonly effective: boolean;
}

/**
 * Explains a key or all keys below it, in the order of the table.
 *
 * @param key parts joined by dots, or "" for everything. What stands for a name that the user
 *   chooses is an entry, or `*` or `<id>` for all of them.
 * @returns nothing if there is no such key.
 */
export function explain(key: string, values: readonly ConfigValue[]): readonly Explanation[] {
  const names: string[] = [];
  let node: KeyNode | undefined = keyTree();
  for (const part of key === "" ? [] : key.split(".")) {
    const child: KeyNode | undefined = node?.children.get(part);
    if (child === undefined && node?.children.has("*")) names.push(part);
    node = child ?? node?.children.get("*");
  }
  if (node === undefined) return [];
  const below = rowsBelow(node);
  return fieldRows()
    .filter(({ field }) => below.some((row) => row.field === field))
    .flatMap((row) => explainRow(row, names, values));
}

/** Tells that there is no such key, and which one was probably meant. */
export function noSuchKey(key: string): FbtrError {
  const meant = nearestWord(
    key,
    fieldRows().map(({ shownAs }) => shownAs),
  );
  return new FbtrError("USAGE_INVALID", `fbtr has no key ${oneLine(key)}`, {
    hint: meant === undefined ? "`fbtr config explain` lists all keys." : `Did you mean ${meant}?`,
  });
}

function rowsBelow({ row, children }: KeyNode): readonly FieldRow[] {
  const below = [...children.values()].filter(({ isAlias }) => isAlias !== true);
  return [...(row === undefined ? [] : [row]), ...below.flatMap(rowsBelow)];
}

const isOpen = (name: string) => name === "*" || name.startsWith("<");

function explainRow(
  row: FieldRow,
  names: readonly string[],
  values: readonly ConfigValue[],
): readonly Explanation[] {
  const wanted = placedPath(row, names);
  const found = values.filter(
    ({ field, path }) =>
      field === row.field &&
      path.every((part, index) => isOpen(wanted[index] ?? "") || wanted[index] === part),
  );
  if (found.length > 0) return found.map((value) => explanationOf(row, value));
  const isNamed = !wanted.some(isOpen);
  const field = row.field;
  const key = isNamed ? wanted.join(".") : row.shownAs;
  return [
    explanationOf(row, { path: wanted, key, field, value: field.default, source: "default" }),
  ];
}

function explanationOf(row: FieldRow, found: ConfigValue): Explanation {
  const { kind, default: fallback, facts } = row.field;
  const variables = variablesOfKeys().filter((entry) => entry.row.field === row.field);
  const isFor = (path: readonly string[]) =>
    found.path.every((part, index) => isOpen(part) || path[index] === part);
  return {
    key: found.key,
    about: facts.about,
    value: found.value,
    source: printedSource(found),
    default: fallback,
    expected: kind.expected,
    environment: variables.filter(({ path }) => isFor(path)).map(({ variable }) => variable),
    aliases: facts.aliases ?? [],
    effective: facts.isEffective ?? false,
  };
}
