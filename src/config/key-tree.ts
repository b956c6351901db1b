import { fieldRows, type FieldRow } from "./fields/all.ts";

/** A place in a configuration file. A child named `*` stands for names that the user chooses. */
export interface KeyNode {
  readonly children: Map<string, KeyNode>;
  /** The key that has its value here. */
  row?: FieldRow;
  /** The key is better written at its own place. */
  isAlias?: boolean;
}

const newNode = (): KeyNode => ({ children: new Map() });

/** All places at which a file may hold something: the keys, and their other names. */
export function keyTree(): KeyNode {
  const root = newNode();
  for (const row of fieldRows()) {
    nodeAt(root, row.path).row = row;
    for (const alias of row.field.facts.aliases ?? []) {
      const node = nodeAt(root, alias.split("."));
      node.row = row;
      node.isAlias = true;
    }
  }
  return root;
}

function nodeAt(root: KeyNode, path: readonly string[]): KeyNode {
  let node = root;
  for (const name of path) {
    const child = node.children.get(name) ?? newNode();
    node.children.set(name, child);
    node = child;
  }
  return node;
}

/** The row's path with the names that the user chose in the places of `*`. */
export function placedPath(row: FieldRow, names: readonly string[]): readonly string[] {
  const open = names.values();
  return row.path.map((part) => (part === "*" ? (open.next().value ?? part) : part));
}
