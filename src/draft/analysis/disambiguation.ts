import { memoised } from "../memoised.ts";
import type { Reading } from "../morphology/reading.ts";
import { afterGap, BEGINNING, next, type Gap, type ParseState } from "./parse-state.ts";
import { READING_RULES } from "./reading-rules.ts";
import type { Capitals } from "./sentence.ts";

/** A word with all its readings. */
export interface AmbiguousWord {
  readonly before: string;
  readonly capitals: Capitals;
  readonly readings: readonly Reading[];
}

/** A way to read the sentence up to some word. */
interface Path {
  readonly points: number;
  readonly state: ParseState;
  readonly reading: Reading | undefined;
  readonly before: Path | undefined;
}

/** How many ways are followed at the same time; more changed nothing on the graded sentences. */
const BEAM = 8;
const MAX_READINGS = 8;

const STRONG = /[.;:!?…()—–«»"„“”]|\s-\s/u;

function gapOf(before: string): Gap {
  if (STRONG.test(before)) return "strong";
  return before.includes(",") ? "comma" : "space";
}

/** A capital inside a sentence marks a name; at its beginning it says nothing. */
function namePoints(capitals: Capitals, isFirst: boolean, { name }: Reading): number {
  if (capitals !== "initial" || isFirst) return name === "surname" || name === "given" ? -0.5 : 0;
  return name === undefined ? -1 : 1;
}

/** The rules that can say something of a reading. */
const rulesFor = memoised((reading: Reading) =>
  READING_RULES.filter(({ concerns }) => concerns?.(reading) ?? true),
);

/** How much of the commonness of a reading counts: it was learnt from papers, not from novels. */
const PRIOR_WEIGHT = 0.8;

const priorOf = ({ score }: Reading) => PRIOR_WEIGHT * Math.log(score);

function extended(path: Path, state: ParseState, reading: Reading, bonus: number): Path {
  let points = path.points + priorOf(reading) + bonus;
  for (const rule of rulesFor(reading)) points += rule.points(state, reading);
  return { points, state: next(state, reading), reading, before: path };
}

/** Paths that differ only far back will not come apart again: the best of them is enough. */
function keyOf({ reading, state }: Path): string {
  const { subject, group, verb, hasObject } = state;
  return [
    reading?.pos,
    reading?.lemma,
    reading?.case,
    reading?.count,
    reading?.gender,
    group?.case,
    subject?.count,
    subject?.gender,
    subject?.isOld,
    subject?.relative,
    hasObject,
    verb?.lemma,
  ].join();
}

function best(paths: readonly Path[]): Path[] {
  const kept = new Map<string, Path>();
  for (const path of paths.toSorted((one, other) => other.points - one.points)) {
    const key = keyOf(path);
    if (!kept.has(key)) kept.set(key, path);
    if (kept.size === BEAM) break;
  }
  return [...kept.values()];
}

/**
 * Chooses one reading for each word of a sentence by a beam search: from left to right the likeliest
 * ways to read the words so far are kept, weighed by the rules of `reading-rules.ts`.
 */
export function chooseReadings(words: readonly AmbiguousWord[]): Reading[] {
  let paths: Path[] = [{ points: 0, state: BEGINNING, reading: undefined, before: undefined }];
  for (const [at, { before, capitals, readings }] of words.entries()) {
    const gap = gapOf(before);
    const offered = readings.slice(0, MAX_READINGS);
    const longer: Path[] = [];
    for (const path of paths) {
      const state = afterGap(path.state, gap);
      for (const reading of offered) {
        longer.push(extended(path, state, reading, namePoints(capitals, at === 0, reading)));
      }
    }
    paths = longer.length > 1 ? best(longer) : longer;
  }
  return readingsAlong(paths[0]);
}

function readingsAlong(path: Path | undefined): Reading[] {
  const readings: Reading[] = [];
  for (let at = path; at?.reading; at = at.before) readings.push(at.reading);
  return readings.reverse();
}

/** A reading that a word may have, and what speaks for and against it. */
export interface WeighedReading {
  readonly reading: Reading;
  /** Sum of the points, with those for how common the reading is. */
  readonly points: number;
  /** Points of the rules that had something to say, by their names. */
  readonly rules: readonly { readonly name: string; readonly points: number }[];
}

/**
 * What speaks for and against the readings of each word, when the words before are read as
 * `chosen`. A reading may win with fewer points than another: the words behind it decide, too.
 */
export function weighedReadings(
  words: readonly AmbiguousWord[],
  chosen: readonly Reading[],
): WeighedReading[][] {
  let state = BEGINNING;
  return words.map(({ before, capitals, readings }, at) => {
    const here = afterGap(state, gapOf(before));
    const weighed = readings.slice(0, MAX_READINGS).map((reading) => {
      const bonus = namePoints(capitals, at === 0, reading);
      const rules = rulesFor(reading)
        .map(({ name, points }) => ({
          name,
          points: points(here, reading),
        }))
        .filter(({ points }) => points !== 0);
      const points = rules.reduce(
        (sum, rule) => sum + rule.points,
        Math.log(reading.score) + bonus,
      );
      return { reading, points, rules };
    });
    const own = chosen[at];
    if (own) state = next(here, own);
    return weighed;
  });
}
