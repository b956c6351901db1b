import { Secret } from "../base/secret.ts";

/** A part of a JSON Schema (draft 2020-12). */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What values a key takes: from this follow its check, its messages, its schema and its page. */
export interface Kind<T> {
  /** Completes "Expected `key` to be ...". */
  readonly expected: string;
  readonly schema: JsonSchema;
  /** Values must never be shown, not even wrong ones. */
  readonly isSecret: boolean;
  /**
   * The value that `raw` stands for; undefined if it stands for none. Numbers and truth values may
   * also be written as text, as they are in the environment.
   */
  readonly read: (raw: unknown) => T | undefined;
}

/** Bounds of a number; both belong to it. */
export interface Bounds {
  readonly min: number;
  readonly max?: number;
  /** Plural: "seconds". */
  readonly unit?: string;
}

const isString = (raw: unknown): raw is string => typeof raw === "string";

export const TEXT: Kind<string> = {
  expected: "text",
  schema: { type: "string" },
  isSecret: false,
  read: (raw) => (isString(raw) ? raw : undefined),
};

/** Nothing secret may stand in it: it is shown, and a query is where some services take their key. */
export const URL_TEXT: Kind<string> = {
  expected: "an http or https URL without user, password and query",
  schema: { type: "string", format: "uri" },
  isSecret: false,
  read: (raw) => {
    if (!isString(raw) || !URL.canParse(raw)) return undefined;
    const { protocol, username, password, search } = new URL(raw);
    const isBare = !username && !password && !search;
    return /^https?:$/.test(protocol) && isBare ? raw : undefined;
  },
};

export const SHA256: Kind<string> = {
  expected: "a SHA-256 checksum of 64 hexadecimal digits",
  schema: { type: "string", pattern: "^[0-9a-fA-F]{64}$" },
  isSecret: false,
  read: (raw) => (isString(raw) && /^[0-9a-f]{64}$/i.test(raw) ? raw.toLowerCase() : undefined),
};

export const SECRET: Kind<Secret> = {
  expected: "text that is kept secret",
  schema: { type: "string", writeOnly: true },
  isSecret: true,
  read: (raw) => (isString(raw) ? new Secret(raw) : undefined),
};

/** Old configurations hold the private key itself where the name promises a path. */
export const KEY_FILE: Kind<string | Secret> = {
  expected: "the path of a private key, or the key itself",
  schema: { type: "string", writeOnly: true },
  isSecret: true,
  read: (raw) => {
    if (!isString(raw)) return undefined;
    return raw.includes("PRIVATE KEY") ? new Secret(raw) : raw;
  },
};

const TRUTHS = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ...["true", "yes", "on", "1"].map((word) => [word, true] as const),
  ...["false", "no", "off", "0"].map((word) => [word, false] as const),
]);

export const TRUTH: Kind<boolean> = {
  expected: "true or false",
  schema: { type: "boolean" },
  isSecret: false,
  read: (raw) => TRUTHS.get(isString(raw) ? raw.trim().toLowerCase() : raw),
};

/** In the environment a list is written with commas. */
export const LIST: Kind<readonly string[]> = {
  expected: "a list of texts, none of them empty",
  schema: { type: "array", items: { type: "string", minLength: 1 } },
  isSecret: false,
  read: (raw) => {
    const items: unknown = isString(raw) ? raw.split(",").map((item) => item.trim()) : raw;
    if (!Array.isArray(items)) return undefined;
    return items.every((item) => isString(item) && item !== "") ? (items as string[]) : undefined;
  },
};

/** @param synonyms other words for a choice. */
export function choiceOf<const C extends string>(
  choices: readonly C[],
  synonyms: Readonly<Record<string, C>> = {},
): Kind<C> {
  return {
    expected: `one of ${choices.join(", ")}`,
    schema: { enum: [...choices, ...Object.keys(synonyms)] },
    isSecret: false,
    read: (raw) => {
      const choice = choices.find((known) => known === raw);
      return choice ?? (isString(raw) ? new Map(Object.entries(synonyms)).get(raw) : undefined);
    },
  };
}

function boundsText({ min, max, unit }: Bounds): string {
  const what = unit === undefined ? "" : ` of ${unit}`;
  if (max !== undefined) return `${what} from ${min} to ${max}`;
  return min === 1 ? `${what} above 0` : `${what} of at least ${min}`;
}

function numberRead({ min, max = Infinity }: Bounds, isFit: (value: number) => boolean) {
  return (raw: unknown): number | undefined => {
    const isWritten = isString(raw) && /^\s*-?\d+(?:\.\d+)?\s*$/.test(raw);
    const value = isWritten ? Number(raw) : raw;
    if (typeof value !== "number" || !isFit(value)) return undefined;
    return value >= min && value <= max ? value : undefined;
  };
}

const schemaBounds = ({ min, max }: Bounds) => ({
  minimum: min,
  ...(max !== undefined && { maximum: max }),
});

export function integerOf(bounds: Bounds): Kind<number> {
  return {
    expected: `a whole number${boundsText(bounds)}`,
    schema: { type: "integer", ...schemaBounds(bounds) },
    isSecret: false,
    read: numberRead(bounds, Number.isSafeInteger),
  };
}

export function numberOf(bounds: Bounds): Kind<number> {
  return {
    expected: `a number${boundsText(bounds)}`,
    schema: { type: "number", ...schemaBounds(bounds) },
    isSecret: false,
    read: numberRead(bounds, Number.isFinite),
  };
}
