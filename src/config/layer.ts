import { oneLine } from "../base/one-line.ts";
import type { Field } from "./field.ts";

/** Where a value comes from, the strongest first. */
export type Source = "flag" | "environment" | "file" | "default";

/** A key and its value. */
export interface ConfigValue {
  readonly path: readonly string[];
  /** The key as files write it, its parts joined by dots. */
  readonly key: string;
  readonly field: Field;
  /** Of the type that the field says; undefined if it is not set and has no default. */
  readonly value: unknown;
  readonly source: Source;
  /** Name of the flag or variable, or path of the file. */
  readonly origin?: string;
  /** Whether a file gives it, and not a variable that the file refers to. */
  readonly isSpelledOut?: boolean;
}

/** What one source says of the configuration. Each fault and warning is one line. */
export interface Layer {
  readonly found: ConfigValue[];
  /** Paths of the entries of maps, also of those in which nothing is set. */
  readonly entries: (readonly string[])[];
  readonly faults: string[];
  readonly warnings: string[];
}

export const newLayer = (): Layer => ({ found: [], entries: [], faults: [], warnings: [] });

const SHOWN_CHARS = 60;
/** The password in `https://user:password@host`. */
const USER_INFO = /\/\/[^/@\s]*@/g;
/** The key in `https://host/path?key=...`. */
const QUERY = /(?<=:\/\/[^\s"?]*)\?[^\s"]*/g;

/** Says what is wrong with `raw`. A value that may be secret is not shown. */
export function faultIn(subject: string, { kind }: Field, raw: unknown): string {
  const got = kind.isSecret ? kindOf(raw) : shown(raw);
  return `Expected ${subject} to be ${kind.expected}, got ${got}`;
}

function kindOf(raw: unknown): string {
  if (raw === null) return "nothing";
  if (Array.isArray(raw)) return "a list";
  if (typeof raw === "object") return "a group of keys";
  return typeof raw === "string" ? "other text" : `a ${typeof raw}`;
}

function shown(raw: unknown): string {
  const isPlain = ["string", "number", "boolean"].includes(typeof raw);
  if (!isPlain && !Array.isArray(raw)) return kindOf(raw);
  const text = (JSON.stringify(raw) ?? kindOf(raw))
    .replaceAll(USER_INFO, "//[REDACTED]@")
    .replaceAll(QUERY, "?[REDACTED]");
  const line = oneLine(text);
  return line.length > SHOWN_CHARS ? `${line.slice(0, SHOWN_CHARS)}...` : line;
}
