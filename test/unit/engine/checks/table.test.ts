import { describe, expect, it } from "vitest";

import { CHECKS, errorsOf, findingsOf } from "../../../../src/engine/checks/table.ts";
import { autofixed } from "../../../../src/language/checks/autofix.ts";
import type { CheckFixture } from "./check-fixture.ts";
import { GOOD_TRANSLATIONS } from "./good-translations.ts";
import { LANGUAGE_FIXTURES } from "./language-fixtures.ts";
import { SCRIPT_FIXTURES } from "./script-fixtures.ts";
import { WHOLENESS_FIXTURES } from "./wholeness-fixtures.ts";

const CHECK_FIXTURES: readonly CheckFixture[] = [
  ...SCRIPT_FIXTURES,
  ...WHOLENESS_FIXTURES,
  ...LANGUAGE_FIXTURES,
];

type Case = CheckFixture["strikes"][number];
const pairOf = ([source, translation, kind = "text"]: Case) => ({ source, translation, kind });

describe("the table of checks", () => {
  it("has fixtures for every check, three that strike and three that pass at least", () => {
    expect(CHECKS.map(({ id }) => id).sort()).toEqual(CHECK_FIXTURES.map(({ id }) => id).sort());
    const scanty = CHECK_FIXTURES.filter(
      ({ strikes, passes }) => strikes.length < 3 || passes.length < 3,
    );
    expect(scanty.map(({ id }) => id)).toEqual([]);
  });

  it("names every check once and says why it exists", () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
    for (const { title, why } of CHECKS) expect(title && why).toMatch(/\S/);
  });

  it("puts errors before warnings", () => {
    const findings = findingsOf({
      source: "Старик сидел у огня.",
      translation: "Лјубавь je bila",
      kind: "text",
    });
    const severities = findings.map(({ severity }) => severity);
    expect(severities).toContain("warning");
    expect(severities[0]).toBe("error");
    expect(severities.lastIndexOf("error")).toBeLessThan(severities.indexOf("warning"));
  });

  it.each(
    CHECK_FIXTURES.flatMap(({ strikes, context }) => strikes.map((pair) => ({ pair, context }))),
  )("finds the same errors when it is asked for errors alone: $pair", ({ pair, context }) => {
    const all = findingsOf(pairOf(pair), context);
    const errors = all.filter(({ severity }) => severity === "error");
    expect(errorsOf(pairOf(pair), context)).toEqual(errors);
  });

  it("says in one line what is wrong and where", () => {
    const [finding] = findingsOf({ source: "Дом<1/>\n", translation: "Кућа\n", kind: "text" });
    expect(finding).toEqual({
      check: "C20",
      severity: "error",
      message: "inline markers differ: missing <1/>",
    });
  });
});

describe.each(CHECK_FIXTURES)("check $id", ({ id, strikes, passes, context }) => {
  it.each(strikes.map(pairOf))("strikes: $source → $translation", (pair) => {
    expect(findingsOf(pair, context).map(({ check }) => check)).toContain(id);
  });

  it.each(passes.map(pairOf))("lets pass: $source → $translation", (pair) => {
    expect(findingsOf(pair, context).map(({ check }) => check)).not.toContain(id);
  });
});

describe("a translation into another language", () => {
  const idsFor = (target: string, source: string, translation: string) =>
    findingsOf({ source, translation, kind: "text" }, { target }).map(({ check }) => check);

  it.each([
    ["en", "Конечно. Вот тот человек, — сказал он.", "Sure. Here is the man, he said."],
    ["en", "— Не могу, — ответила она и ушла.", "“I can't,” she answered, and went away."],
    ["hr", "Увы, не могу, — сказал он в январе.", "Nažalost ne mogu, reče on u siječnju."],
    ["bg", "Он ушёл, и никто не знал, куда он ушёл.", "Той си отиде и никой не знаеше къде."],
    ["de", "Он сказал: «Да».", "Er sagte: »Ja«."],
    [
      "zh",
      "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
      "幸福的家庭都是相似的，不幸的家庭各有各的不幸。",
    ],
  ])("into %s is not held to Serbian: %s → %s", (target, source, translation) => {
    expect(idsFor(target, source, translation)).toEqual([]);
  });

  it.each([
    ["C04", "bg", "Старик сидел у огня и молчал.", "Старик сидел у огня и молчал."],
    ["C11", "en", "Да.", ""],
    ["C12", "en", "Старик сидел у огня и рассказывал внукам о дальних странах.", "An old man."],
    ["C20", "zh", "Дом<1/>", "房子"],
    ["C30", "en", "Ему было 47 лет.", "He was 74 years old, or 48."],
    ["C40", "en", "Он шёл по дороге.", "He walked on and on the road and ".repeat(8)],
    ["C42", "en", "Он взял нож.", "Као језички модел, не могу да преведем овај текст."],
    ["C43", "en", "Дом", "<think>hm</think>House"],
  ])("still has to pass %s (%s): %s → %s", (id, target, source, translation) => {
    expect(idsFor(target, source, translation)).toContain(id);
  });
});

describe("the length of a translation", () => {
  const RUSSIAN =
    "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.";
  const CHINESE = "幸福的家庭都是相似的，不幸的家庭各有各的不幸。";
  const SERBIAN =
    "Све срећне породице личе једна на другу, свака несрећна породица несрећна је на свој начин.";
  const isOfUsualLength = (source: string, target: string, text: string, translation: string) =>
    findingsOf({ source: text, translation, kind: "text" }, { source, target }).every(
      ({ check }) => check !== "C12",
    );

  it.each([
    ["ru", "sr", RUSSIAN, SERBIAN],
    ["ru", "zh", RUSSIAN, CHINESE],
    ["zh", "sr", CHINESE, SERBIAN],
    ["zh-Hant", "sr-Latn", CHINESE, SERBIAN],
    ["xx", "yy", RUSSIAN, SERBIAN],
  ])("is usual, %s to %s", (from, to, source, translation) => {
    expect(isOfUsualLength(from, to, source, translation)).toBe(true);
  });

  it.each([
    ["ru", "sr", RUSSIAN, "Све срећне породице личе једна на другу."],
    ["ru", "zh", RUSSIAN, "幸福的家庭。"],
    ["ru", "zh", RUSSIAN, CHINESE + CHINESE + CHINESE],
    ["zh", "sr", CHINESE, "Све срећне породице."],
    ["zh", "sr", CHINESE, `${SERBIAN} ${SERBIAN} ${SERBIAN}`],
  ])("is out of bounds, %s to %s: %s as %s", (from, to, source, translation) => {
    expect(isOfUsualLength(from, to, source, translation)).toBe(false);
  });
});

describe("a correct translation", () => {
  const pairs = GOOD_TRANSLATIONS.map(pairOf);

  it.each(pairs)("has no error: $source → $translation", (pair) => {
    const errors = findingsOf(pair).filter(({ severity }) => severity === "error");
    expect(errors).toEqual([]);
  });

  it.each(pairs)("keeps its words through the autofixes: $source → $translation", (pair) => {
    const words = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    expect(words(autofixed(pair))).toEqual(words(pair.translation));
  });
});
