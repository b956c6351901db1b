import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  assimilated,
  endsInCluster,
  endsInVowel,
  isSoft,
  jotated,
  palatalised,
  sibilarised,
  syllableCount,
  withFinalL,
  withFleetingA,
  withoutFleetingA,
} from "../../../../src/draft/inflection/sound-changes.ts";

const LETTERS = "abcčćdđefghijklmnoprsštuvzž".split("");
const stems = fc
  .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 10 })
  .map((letters) => letters.join(""));

describe.each([
  ["sibilarised", sibilarised, { vojnik: "vojnic", nog: "noz", uspeh: "uspes", zadatk: "zadac" }],
  ["palatalised", palatalised, { junak: "junač", bog: "bož", duh: "duš", oc: "oč", grad: "grad" }],
  [
    "jotated",
    jotated,
    {
      vid: "viđ",
      plat: "plać",
      nos: "noš",
      voz: "vož",
      ljub: "ljublj",
      lom: "lomlj",
      lov: "lovlj",
      hval: "hvalj",
      bran: "branj",
      misl: "mišlj",
      čist: "čišć",
      uništ: "uništ",
      polj: "polj",
      uč: "uč",
    },
  ],
  [
    "withoutFleetingA",
    withoutFleetingA,
    { momak: "momk", vrabac: "vrapc", otac: "oc", sladak: "slatk", nov: "nov" },
  ],
  ["withFleetingA", withFleetingA, { pism: "pisam", zemlj: "zemalj", polj: "polj", sel: "sel" }],
  ["withFinalL", withFinalL, { smeo: "smel", truo: "trul", nov: "nov" }],
] as const)("%s", (_, change, examples) => {
  test.each(Object.entries(examples))("%s - %s", (from, to) => {
    expect(change(from)).toBe(to);
  });
});

test.each([
  ["vrab", "c", "vrapc"],
  ["slad", "k", "slatk"],
  ["ot", "c", "oc"],
  ["rad", "nik", "radnik"],
])("%s and %s meet in %s", (before, after, expected) => {
  expect(assimilated(before, after)).toBe(expected);
});

test.each([
  ["grad", 1],
  ["prst", 1],
  ["reka", 2],
  ["četvrtak", 3],
  ["rđa", 2],
  ["Englez", 2],
  ["mir", 1],
])("%s has %i syllables", (word, count) => {
  expect(syllableCount(word)).toBe(count);
});

test("stems in palatals and c are soft", () => {
  expect(["muž", "konj", "otc", "plašt", "noć"].map(isSoft)).toEqual(Array(5).fill(true));
  expect(["grad", "vojnik", "ded"].map(isSoft)).toEqual(Array(3).fill(false));
});

test("digraphs are one consonant in a cluster", () => {
  expect(["pism", "zemlj"].map(endsInCluster)).toEqual([true, true]);
  expect(["polj", "konj", "sel"].map(endsInCluster)).toEqual([false, false, false]);
});

test("changes of velars are done once", () => {
  fc.assert(
    fc.property(stems, (stem) => {
      expect(sibilarised(sibilarised(stem))).toBe(sibilarised(stem));
      expect(palatalised(palatalised(stem))).toBe(palatalised(stem));
    }),
  );
});

test("sibilarisation leaves stems without a velar alone", () => {
  fc.assert(
    fc.property(stems, (stem) => {
      fc.pre(!/[kgh]$|[td]c$/u.test(stem));
      expect(sibilarised(stem)).toBe(stem);
    }),
  );
});

test("jotation leaves a soft consonant, and vowels and r as they are", () => {
  fc.assert(
    fc.property(stems, (stem) => {
      expect(isSoft(jotated(stem))).toBe(!/[aeiour]$/u.test(stem));
      expect(jotated(`${stem}r`)).toBe(`${stem}r`);
    }),
  );
});

test("a fleeting a goes in where it was taken out", () => {
  fc.assert(
    fc.property(stems, fc.constantFrom("m", "n", "r", "l"), (stem, last) => {
      fc.pre(!endsInVowel(stem));
      const full = `${stem}a${last}`;
      expect(withFleetingA(withoutFleetingA(full))).toBe(full);
    }),
  );
});
