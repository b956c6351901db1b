import type { Secret } from "../base/secret.ts";
import {
  KEY_FILE,
  LIST,
  SECRET,
  SHA256,
  TEXT,
  TRUTH,
  URL_TEXT,
  choiceOf,
  integerOf,
  numberOf,
  type Bounds,
  type Kind,
} from "./kinds.ts";

/** What is to be said of a key, beside its kind and its default. */
export interface FieldFacts {
  /** One sentence. */
  readonly about: string;
  /** Environment variables that set it; the first that is not empty counts. */
  readonly env?: readonly string[];
  /** The same for a key in a map: variable, and the name of the entry that it sets. */
  readonly envByEntry?: Readonly<Record<string, string>>;
  /** Other paths at which files may have it. */
  readonly aliases?: readonly string[];
  /** A value to show in examples where there is no default. */
  readonly sample?: unknown;
  /** False while nothing in fbtr reads it. @default false */
  readonly isEffective?: boolean;
}

/** One key of the configuration. */
export class Field<T = unknown> {
  readonly kind: Kind<unknown>;
  readonly default: T;
  readonly facts: FieldFacts;

  constructor(kind: Kind<unknown>, defaultValue: T, facts: FieldFacts) {
    this.kind = kind;
    this.default = defaultValue;
    this.facts = facts;
  }
}

/** Keys that stand together: names and what they stand for. */
export interface Section {
  readonly [name: string]: Field | Section | MapOf<Section>;
}

/** A section for each name that the user chooses. */
export class MapOf<S extends Section> {
  /** How the name is shown in documents: `<id>`. */
  readonly placeholder: string;
  readonly entry: S;

  constructor(placeholder: string, entry: S) {
    this.placeholder = placeholder;
    this.entry = entry;
  }
}

/** The values that a section describes. Keys are those of the file; numbers have its units. */
export type ConfigOf<S> = {
  readonly [K in keyof S]: S[K] extends Field<infer T>
    ? T
    : S[K] extends MapOf<infer E>
      ? Readonly<Record<string, ConfigOf<E>>>
      : ConfigOf<S[K]>;
};

interface FieldMaker<T> {
  (facts: FieldFacts & { readonly default: T }): Field<T>;
  (facts: FieldFacts): Field<T | undefined>;
}

function makerOf<T>(kind: Kind<T>): FieldMaker<T> {
  const make = ({ default: value, ...facts }: FieldFacts & { readonly default?: T }) =>
    new Field(kind, value, facts);
  return make as FieldMaker<T>;
}

export const text = makerOf<string>(TEXT);
export const url = makerOf<string>(URL_TEXT);
export const sha256 = makerOf<string>(SHA256);
export const secret = makerOf<Secret>(SECRET);
export const keyFile = makerOf<string | Secret>(KEY_FILE);
export const truth = makerOf<boolean>(TRUTH);
export const list = makerOf<readonly string[]>(LIST);
export const integer = (bounds: Bounds) => makerOf(integerOf(bounds));
export const number = (bounds: Bounds) => makerOf(numberOf(bounds));
export const count = integer({ min: 1 });
export const port = integer({ min: 1, max: 65535 });
export const seconds = integer({ min: 1, unit: "seconds" });
export const milliseconds = integer({ min: 1, unit: "milliseconds" });
export const share = number({ min: 0, max: 1 });

export function choice<const C extends string>(
  choices: readonly C[],
  synonyms?: Readonly<Record<string, C>>,
) {
  return makerOf<C>(choiceOf(choices, synonyms));
}
