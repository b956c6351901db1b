import { FbtrError } from "../base/errors.ts";

/** New values by their keys, such as `translation.engine`; null: the key is not set any more. */
export type ConfigChanges = Readonly<Record<string, unknown>>;

/**
 * The text of a JSON configuration file after changes; what is not changed stays, in its order.
 *
 * @param text of the file; undefined: there is none yet.
 * @param path of the file, for messages.
 * @throws FbtrError CONFIG_INVALID if the file is not plain JSON, so that it could not be written
 *   again as its owner wrote it.
 */
export function changedFile(
  text: string | undefined,
  changes: ConfigChanges,
  path: string,
): string {
  const content = text === undefined ? {} : plainObject(text, path);
  for (const [key, value] of Object.entries(changes)) {
    const names = key.split(".");
    if (names.some((name) => name in Object.prototype)) {
      throw new FbtrError("CONFIG_INVALID", `${key} is no key of the configuration`, {
        hint: "See `fbtr config explain`.",
      });
    }
    setAt(content, names, value);
  }
  return `${JSON.stringify(content, null, 2)}\n`;
}

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plainObject(text: string, path: string): JsonObject {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  if (isObject(content)) return content;
  throw new FbtrError("CONFIG_INVALID", `${path} cannot be changed by a program`, {
    hint: "Only plain JSON can. Edit the file, and run `fbtr daemon reload`.",
  });
}

function setAt(content: JsonObject, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    const inner = content[name];
    const group = isObject(inner) ? inner : {};
    content[name] = group;
    setAt(group, rest, value);
  } else if (value === null) {
    delete content[name];
  } else {
    content[name] = value;
  }
}
