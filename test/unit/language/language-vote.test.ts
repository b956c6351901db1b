import { describe, expect, it } from "vitest";

import { voteLanguage } from "../../../src/language/language-vote.ts";

describe("the vote on a language", () => {
  it.each([
    ["ru", "Он долго смотрел на неё и ничего не говорил, а за окном шёл снег."],
    ["ru", "Мама мыла раму."],
    ["ru", "Да, да, быстро подумал он."],
    ["uk", "Він довго дивився на неї та нічого не говорив, а за вікном ішов сніг."],
    ["bg", "Той дълго я гледаше и не казваше нищо, а навън се сипеше сняг."],
    ["sr", "Дуго ју је гледао и ништа није говорио, а напољу је падао снег."],
    ["sr-Latn", "Dugo ju je gledao i ništa nije govorio, a napolju je padao sneg."],
    ["en", "He looked at her for a long time and said nothing while it snowed outside."],
    ["de", "Er sah sie lange an und sagte nichts, und draußen fiel der Schnee."],
    ["fr", "Il la regarda longtemps sans rien dire, et dehors la neige tombait."],
    ["ru", "Замо\u0301к ви\u0301сел на двери\u0301, и он до\u0301лго не открыва\u0301лся."],
    ["ru", "Как говорится, „Time is money“, но он этого не понимал и не хотел понять."],
  ])("is %s for: %s", (language, text) => {
    expect(voteLanguage(text)).toBe(language);
  });

  it.each([
    ["nothing", ""],
    ["numbers", "12 34 *** 1905"],
    ["a name that many languages have", "Ариадна"],
    ["a word that several languages have", "Telefon"],
    ["a language that is not known", "Αυτός την κοίταζε πολλή ώρα και δεν έλεγε τίποτα."],
    ["Hungarian", "Sokáig nézte őt, és nem szólt semmit, odakint pedig hullott a hó."],
  ])("is open for %s", (_, text) => {
    expect(voteLanguage(text)).toBe("unknown");
  });

  it("tells Serbian in both scripts apart from Russian by letters alone", () => {
    expect(voteLanguage("Ђаци чекају.")).toBe("sr");
    expect(voteLanguage("Đaci čekaju.")).toBe("sr-Latn");
    expect(voteLanguage("Дети ждали, объявили.")).toBe("unknown");
    expect(voteLanguage("Дети ждали, мы были.")).toBe("ru");
  });
});
