import type { Field } from "./field.ts";
import { keyTree, type KeyNode } from "./key-tree.ts";
import type { JsonSchema } from "./kinds.ts";

/** What stands for a value that the environment gives. */
const REFERENCE: JsonSchema = { type: "string", pattern: "\\$\\{\\w+(:-[^}]*)?\\}" };

/**
 * The JSON Schema (draft 2020-12) of a configuration file, for editors. Unknown keys are allowed,
 * as fbtr allows them; other names of keys are marked as deprecated.
 */
export function configSchema(): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of fbtr",
    ...nodeSchema(keyTree()),
  };
}

function nodeSchema({ row, isAlias, children }: KeyNode): JsonSchema {
  if (row !== undefined) {
    return { ...fieldSchema(row.field), ...(isAlias === true && { deprecated: true }) };
  }
  const entry = children.get("*");
  if (entry !== undefined) return { type: "object", additionalProperties: nodeSchema(entry) };
  const properties = [...children].map(([name, child]) => [name, nodeSchema(child)] as const);
  return { type: "object", properties: Object.fromEntries(properties) };
}

function fieldSchema({ kind, default: value, facts }: Field): JsonSchema {
  const isAnyText = kind.schema["type"] === "string" && kind.schema["format"] === undefined;
  return {
    description: facts.about,
    ...(isAnyText ? kind.schema : { anyOf: [kind.schema, REFERENCE] }),
    ...(value !== undefined && { default: value }),
  };
}
