import { countText, shareText } from "../base/amount.ts";
import { oneLine } from "../base/one-line.ts";
import type { DoubtfulPlace, QaReport } from "../job/snapshot.ts";
import { placeText } from "./place-text.ts";

const MAX_SOURCE = 80;
const MAX_REASONS = 3;

function doubtLine(place: DoubtfulPlace): string {
  const source = oneLine(place.source);
  const shown = source.length > MAX_SOURCE ? `${source.slice(0, MAX_SOURCE)}…` : source;
  const heaviest = place.doubts.toSorted((one, other) => other.weight - one.weight);
  const reasons = heaviest
    .slice(0, MAX_REASONS)
    .map(({ name, word }) => `${name} (${oneLine(word)})`);
  const more = heaviest.length - reasons.length;
  const rest = more > 0 ? [`and ${countText(more)} more`] : [];
  return `${placeText(place)}: ${shown}: ${[...reasons, ...rest].join(", ")}`;
}

/**
 * The doubtful sentences of a report as facts with labels: counted, then the most doubtful ones with
 * what was guessed in them.
 *
 * @param max how many of them are placed.
 */
export function doubtFacts(
  { sentences: { total, doubtful }, snapshot }: QaReport,
  max: number,
): (readonly [label: string, text: string])[] {
  if (doubtful.length === 0) return [];
  const count = `${countText(doubtful.length)} of ${countText(total)} sentences`;
  const isMore = doubtful.length > max;
  const where = isMore ? `; all of them: fbtr jobs show --json ${snapshot.id}` : "";
  return [
    ["Doubtful", `${count} (${shareText(doubtful.length, total)})${where}`],
    ...doubtful
      .toSorted((one, other) => other.score - one.score)
      .slice(0, max)
      .map((place) => ["", doubtLine(place)] as const),
  ];
}
