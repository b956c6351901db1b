import { describe, expect, it } from "vitest";

import { BOOK_CHECKS, bookFindings, type BookPair } from "../../../../src/language/checks/book.ts";

const book = (...texts: readonly (readonly [source: string, translation: string])[]): BookPair[] =>
  texts.map(([source, translation], index) => ({ index, source, translation, kind: "text" }));

const found = (pairs: readonly BookPair[], id: string) =>
  [...bookFindings(pairs)].filter(({ check }) => check === id).map(({ index }) => index);

const LONG = "Старац је дуго седео крај ватре и ћутао, а напољу је падала киша.";

describe("the checks of a book", () => {
  it("have an id, a title and a reason each", () => {
    for (const { id, title, why } of BOOK_CHECKS) {
      expect(id).toMatch(/^C\d\d$/);
      expect(title && why).toMatch(/\S/);
    }
  });

  it.each([
    ["Старик сидел у огня.", "Мать ушла на рынок."],
    ["Первое", "Совсем другое дело"],
    ["Он молчал и смотрел на дождь.", "Вечером приехали гости из города."],
  ])("find the same paragraph twice for different sources (C41): %s, %s", (one, other) => {
    expect(found(book([one, LONG], [other, LONG]), "C41")).toEqual([0, 1]);
  });

  it.each([
    ["sources are the same", book(["Дождь шёл.", LONG], ["Дождь шёл!", LONG])],
    ["texts are short", book(["— Да.", "— Да."], ["— Так точно.", "— Да."])],
    ["the two are apart", book(["Один", LONG], ["Два", "Два"], ["Три", LONG])],
  ])("let a paragraph come twice if %s (C41)", (_, pairs) => {
    expect(found(pairs, "C41")).toEqual([]);
  });

  it.each([
    ["Нехлюдов", "Нехљудов", "Нехлюдова", "Нежљудова"],
    ["Кораблева", "Корабљова", "Кораблеву", "Лађарку"],
    ["Ольга", "Олга", "Ольгу", "Јелгу"],
  ])("find %s in two renderings (C51)", (name, usual, inflected, other) => {
    const often = Array.from({ length: 3 }, () => [`Вот и ${name}.`, `Ево и ${usual}.`] as const);
    const pairs = book(...often, [`Вот и ${inflected}.`, `Ево и ${other}.`]);
    expect(found(pairs, "C51")).toEqual([3]);
  });

  it.each([
    ["Нехлюдов", "Нехљудов", "Нехлюдову", "Нехљудову"],
    ["Анна", "Ана", "Анну", "Ану"],
    ["Петр", "Петар", "Петром", "Петром"],
  ])("let %s change its case (C51)", (name, rendering, inflected, otherCase) => {
    const often = Array.from(
      { length: 3 },
      () => [`Вот и ${name}.`, `Ево и ${rendering}.`] as const,
    );
    const pairs = book(...often, [`Вот и ${inflected}.`, `Ево и ${otherCase}.`]);
    expect(found(pairs, "C51")).toEqual([]);
  });

  it.each([
    [["Глава первая", "Глава прва"], ["Глава первая", "Прво поглавље"], [1]],
    [["Гори ясно!", "Гори јасно!"], ["Гори ясно!", "Светли јасно!"], [1]],
    [["Вот и всё.", "Ето, то је све."], ["Вот и всё", "И то је то."], [1]],
    [["Глава первая", "Глава прва"], ["Глава первая", "Глава прва"], []],
    [["Да.", "Да."], ["Да.", "Јесте."], []],
    [["Глава первая", "Глава прва"], ["Глава вторая", "Глава друга"], []],
  ] as const)("compare what comes twice (C54): %s, %s", (one, other, expected) => {
    expect(found(book(one, other), "C54")).toEqual(expected);
  });

  it("let a paragraph come twice around one that is not translated (C41)", () => {
    const [one, two] = book(["Один", LONG], ["Совсем другое", LONG]);
    const apart = [one, two && { ...two, index: 2 }].filter((pair) => pair !== undefined);
    expect(found(apart, "C41")).toEqual([]);
  });

  it("say what is the same, and how it was before", () => {
    const pairs = book(["Гори ясно!", "Гори јасно!"], ["Гори ясно!", "Светли јасно!"]);
    expect([...bookFindings(pairs)]).toEqual([
      {
        check: "C54",
        severity: "hint",
        message: "the same text is rendered differently: Светли јасно!; before: Гори јасно!",
        index: 1,
      },
    ]);
  });

  it("compare names in Serbian only (C51)", () => {
    const often = Array.from({ length: 3 }, () => ["Вот и Ольга.", "Es ist Olga."] as const);
    const pairs = book(...often, ["Вот и Ольгу.", "Dort ist Helga."]);
    expect([...bookFindings(pairs, { target: "de" })]).toEqual([]);
  });

  it("remember no more than a bound of a name's other renderings (C51)", () => {
    const texts = Array.from({ length: 100 }, (_, at) => {
      return ["Вот и Ольга.", at < 60 ? "Ево и Олга." : "Ево и Јелга."] as const;
    });
    expect(found(book(...texts), "C51")).toHaveLength(20);
  });
});
