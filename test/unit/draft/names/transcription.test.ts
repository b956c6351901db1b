import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { transcribe } from "../../../../src/draft/names/transcription.ts";

describe("the transcription of Russian names", () => {
  it.each([
    ["Чехов", "čehov"],
    ["Щедрин", "ščedrin"],
    ["Быков", "bikov"],
    ["Эренбург", "erenburg"],
    ["Юсупов", "jusupov"],
    ["Цветаева", "cvetajeva"],
  ])("writes %s letter by letter as %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Ермак", "jermak"],
    ["Андреев", "andrejev"],
    ["Васильев", "vasiljev"],
    ["Арсеньев", "arsenjev"],
    ["Подъячев", "podjačev"],
    ["Сергей", "sergej"],
  ])("writes е as je where it is spoken so: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Фёдор", "fjodor"],
    ["Хрущёв", "hruščov"],
    ["Горбачёв", "gorbačov"],
    ["Соловьёв", "solovjov"],
    ["Лёля", "ljolja"],
  ])("writes ё as jo, and as o after hushers: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Хрущев", "hruščov"],
    ["Соловьева", "solovjova"],
    ["Семенович", "semjonovič"],
  ])("knows names that are spoken with ё when the dots are missing: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Ульянов", "uljanov"],
    ["Казань", "kazanj"],
    ["Ильич", "iljič"],
    ["Игорь", "igor"],
    ["Дьяконов", "djakonov"],
    ["Катюша", "katjuša"],
    ["Нехлюдов", "nehljudov"],
    ["Митька", "mićka"],
  ])("shows softness in letters that Serbian has: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Тургенев", "turgenjev"],
    ["Яковлев", "jakovljev"],
    ["Каренин", "karenjin"],
    ["Каренина", "karenjina"],
    ["Леонид", "leonid"],
    ["Никита", "nikita"],
  ])("softens л and н before е and и in surnames only: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Достоевский", "dostojevski"],
    ["Троицкий", "troicki"],
    ["Горький", "gorki"],
    ["Белый", "beli"],
    ["Толстой", "tolstoj"],
    ["Василий", "vasilij"],
    ["Юрий", "jurij"],
    ["Мария", "marija"],
  ])("gives adjectives their Serbian ending and leaves other names: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Образцов", "obrascov"],
    ["Мережковский", "mereškovski"],
    ["Филипп", "filip"],
  ])("assimilates consonants and writes doubled ones once: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it.each([
    ["Александр", "aleksandar"],
    ["Пётр", "petar"],
    ["Павел", "pavle"],
    ["Лев", "lav"],
    ["Ленин", "lenjin"],
    ["Гюго", "igo"],
  ])("follows custom where it is stronger than the rules: %s, %s", (russian, serbian) => {
    expect(transcribe(russian)).toBe(serbian);
  });

  it("reads through stress marks, hyphens and capitals", () => {
    expect(transcribe("Ива\u0301нов")).toBe("ivanov");
    expect(transcribe("САНКТ-ПЕТЕРБУРГ")).toBe("sankt-peterburg");
    expect(transcribe("Чайковский".normalize("NFD"))).toBe("čajkovski");
  });

  it("writes nothing but small letters of Serbian Latin, whatever the word", () => {
    const letter = fc.constantFrom(..."абвгдеёжзийклмнопрстуфхцчшщъыьэюяАЕЁЙЯ-\u0301".split(""));
    fc.assert(
      fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 20 }), (word) => {
        expect(transcribe(word)).toMatch(/^[a-pr-vzčćžšđ-]*$/u);
      }),
    );
  });
});
