/** One figure of a bench run and the limit that fbtr promises for it. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export function isWithinLimits(measurement: Measurement): boolean {
  const { value, atLeast = -Infinity, atMost = Infinity } = measurement;
  return value >= atLeast && value <= atMost;
}

/** One line: name, value, limit, verdict. */
export function lineOf(measurement: Measurement): string {
  const { name, value, unit, atLeast, atMost } = measurement;
  const limit = [
    atLeast === undefined ? "" : `at least ${atLeast}`,
    atMost === undefined ? "" : `at most ${atMost}`,
  ].join("");
  const verdict = isWithinLimits(measurement) ? "ok" : "BROKEN";
  const shown = `${Number(value.toPrecision(3))} ${unit}`;
  return `${name.padEnd(58)} ${shown.padStart(14)}   ${limit.padEnd(16)} ${limit ? verdict : ""}`.trimEnd();
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Milliseconds that each of `works` took, the best of `rounds`: the machine's other load only adds.
 * They take turns, so that a slow minute of the machine meets all of them.
 */
export function bestOfEach<Name extends string>(
  rounds: number,
  works: Record<Name, () => void>,
): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const best = Object.fromEntries(names.map((name) => [name, Infinity])) as Record<Name, number>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const start = performance.now();
      works[name]();
      best[name] = Math.min(best[name], performance.now() - start);
    }
  }
  return best;
}
