import { compactFormOf } from "../../../../src/draft/lexicon/compact.ts";
import type { Lexicon } from "../../../../src/draft/lexicon/lexicon.ts";
import { lexiconOf as lexiconOfCompactForm } from "../../../../src/draft/lexicon/load.ts";

/** A lexicon of these lines, as the build would make it. */
export function lexiconOf(...lines: string[]): Lexicon {
  return lexiconOfCompactForm(compactFormOf([lines.join("\n")]));
}
