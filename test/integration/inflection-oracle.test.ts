import { describe, expect, test } from "vitest";

import { memoised } from "../../src/draft/memoised.ts";
import { adjectiveClaims } from "../support/oracle/adjective-claims.ts";
import { isApertiumInstalled } from "../support/oracle/apertium.ts";
import type { Claim } from "../support/oracle/claim.ts";
import { compare } from "../support/oracle/comparison.ts";
import { EXCUSES } from "../support/oracle/excuses.ts";
import { nounClaims } from "../support/oracle/noun-claims.ts";
import { verbClaims } from "../support/oracle/verb-claims.ts";
import { requirePeer } from "../support/peers.ts";

if (!isApertiumInstalled) requirePeer("Apertium's apertium-hbs-eng, -slv, -mkd and lttoolbox");

const CLAIMS = new Map([
  ["nouns", nounClaims],
  ["verbs", verbClaims],
  ["adjectives", adjectiveClaims],
]);

/** Seconds of work for each part of speech, which two tests look at. */
const comparisonOf = memoised((claims: () => Claim[]) => compare(claims()));

describe.skipIf(!isApertiumInstalled)(
  "forms of the lexicon's words (needs apertium-hbs and lt-proc)",
  () => {
    test.each([...CLAIMS])(
      "of 100 forms of %s, 99 are those of an independent morphology, of those that rules make as well",
      (_, claims) => {
        const { judged, disagreements, ...ofRules } = comparisonOf(claims);
        expect(ofRules.judgedOfRules).toBeGreaterThan(5000);
        expect(fewerThan(disagreements, judged * 0.01)).toEqual([]);
        expect(fewerThan(ofRules.disagreementsOfRules, ofRules.judgedOfRules * 0.01)).toEqual([]);
      },
      60_000,
    );

    test("each fault that the oracle is excused for is still in it", () => {
      const comparisons = [...CLAIMS.values()].map(comparisonOf);
      for (const { name } of EXCUSES) {
        expect([name, comparisons.some(({ excuses }) => excuses.has(name))]).toEqual([name, true]);
      }
    }, 60_000);
  },
);

/** Nothing if the disagreements are few enough, else those for a person to read. */
function fewerThan(disagreements: readonly string[], limit: number): readonly string[] {
  return disagreements.length < limit ? [] : disagreements;
}
