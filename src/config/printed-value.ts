import { oneLine } from "../base/one-line.ts";
import { Secret } from "../base/secret.ts";
import type { ConfigValue } from "./layer.ts";

/** A value on one line for people; secrets stay hidden. */
export function printedValue(value: unknown): string {
  if (value === undefined) return "(not set)";
  if (typeof value === "string") return value === "" ? '""' : oneLine(value);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : oneLine(value.join(", "));
  return oneLine(value instanceof Secret ? value.toString() : JSON.stringify(value));
}

/** Where a value comes from, in words. */
export function printedSource({ source, origin }: ConfigValue): string {
  const isNamed = source !== "default" && origin !== undefined;
  return isNamed ? `${source} ${oneLine(origin)}` : source;
}
