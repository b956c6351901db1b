import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { TranslationMetadata } from "../../../src/book/metadata.ts";
import { segmentsOf } from "../../../src/book/reading.ts";
import type { Segment } from "../../../src/book/segment.ts";
import { openBook } from "../../../src/book/source.ts";
import { editionBytes } from "../../../src/book/writing.ts";
import { pseudoTranslation, rewrite, textOfBook } from "../../support/rewriting.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/books");
const path = (name: string) => join(FOLDER, `${name}.fb2`);

const LONG = "Очень длинная строка без конца. ".repeat(300);

/** What each fixture has to translate, segment by segment. A book for each oddity of real files. */
const ODDITIES: Readonly<Record<string, readonly string[]>> = {
  "01-undefined-entities": ["Сделано в программе <1/>, <2/>дома<3/>\u00a0— и точка."],
  "02-bare-ampersand": ["Контора «Иванов & сын», издательство А&М & Ко; формула a<1/>"],
  "03-question-in-angle-brackets": ["Родился он (1390<?>) в деревне <?> у реки, 3 < 4 и <."],
  "04-mismatched-tags": [
    "Был <1>тихий <2/>вечер</1><3/>, шёл дождь.",
    "Он сказал: <1>да</1>, <2>но<3/>не сразу</2>.",
    "Ячейка",
    "Первое",
    "Второе",
    "Лишний <1/>конец",
  ],
  "05-nested-paragraphs": [
    "Глава о мостах",
    "До пустой строки",
    "после неё",
    "Снаружи ",
    "внутри",
    "хвост",
    "Слова",
    "Чужие",
    "Не закрыт\n",
    "Тоже не закрыт\n",
  ],
  "06-link-prefixes": [
    "Сноска раз<1/>, два<2/>, три<3/>, четыре<4/>, пять<5/> и <6>ссылка</6>.",
    "Река",
    "Текст сноски.",
  ],
  "07-dangling-references": ["Первый абзац", "Второй с тем же именем", "Третий<1/>"],
  "08-odd-metadata": ["Без языка", "Абзац."],
  "09-mixed-line-ends": ["Раз\r\nдва\nтри", "Четыре", "Пять", LONG],
  "10-fragment-without-body": ["Отрывок без книги.", "И ещё <1>один</1>."],
  "11-mojibake": ["РћРЅ С€С‘Р» РґРѕРјРѕР№", "Îí ø¸ë äîìîé", "А это цело."],
  "12-dialogue-dashes": [
    "— Да, — сказал он.",
    "– Нет, – сказала она.",
    "- Может быть, - ответил он.",
    "—Ну что ж, —вздохнула она.",
    "—\u00a0Идём, —\u00a0сказал\u00a0он.",
  ],
  "13-white-space": [
    "  Края и\nперенос   внутри \u00a0",
    "Слово <1> с пробелами </1> внутри",
    "<1>При</1>шёл, у<2>шё</2>л",
  ],
  "14-stress-and-lookalikes": [
    "Замо\u0301к на двери, за\u0301мок на горе.",
    "М\u0061рсильяка и L\u043endon.",
    "Это было о ч е н ь давно. ВСЁ ПРОПАЛО!",
    "перенос\u00adслова",
  ],
  "15-foreign-segments": [
    "Он сказал: <1/>, и вышел.",
    "Good night, sweet prince.",
    "Дождь идёт.",
    "Дождь.",
  ],
  "16-plain-notes": ["Он вышел в поле[1] и запел{2}, а потом *3* уснул.", "[1] Поле было пустое."],
  "17-mixed-encodings": [
    "Этот абзац в одной кодировке, он долго смотрел в окно.",
    "А этот в другой — «он ничего не говорил», и за окном шёл снег.",
    "И снова первая — «всё»; а тут вторая.",
  ],
};

const names = Object.keys(ODDITIES);
const METADATA: TranslationMetadata = {
  language: "sr",
  sourceLanguage: "ru",
  documentId: "new-id",
  date: "2026-01-02",
  program: "fbtr",
  translator: "fbtr",
  historyNote: "Перевод",
};

const TAG = /<[/?!]?[\p{L}_:][^<>]*>/gu;
const translate = (segment: Segment) =>
  segment.skip ? undefined : pseudoTranslation(segment.text);

async function segmentsIn(name: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for await (const segment of segmentsOf(await openBook(path(name)), "ru")) segments.push(segment);
  return segments;
}

async function written(name: string, metadata?: TranslationMetadata): Promise<string> {
  const edition = {
    sourceLanguage: "ru",
    translationOf: metadata === undefined ? () => undefined : translate,
    ...(metadata && { metadata }),
  };
  const chunks: Uint8Array[] = [];
  for await (const chunk of editionBytes(await openBook(path(name)), edition)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

describe("the fixture", () => {
  it("of each oddity has its expectation here", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(names.map((name) => `${name}.fb2`));
  });

  it.each(names)("%s has the segments that a reader would see", async (name) => {
    const segments = await segmentsIn(name);
    const toTranslate = segments.filter(({ skip }) => skip === undefined);
    expect(toTranslate.map(({ text }) => text)).toEqual(ODDITIES[name]);
  });

  it.each(names)("%s leaves as it came when nothing is translated", async (name) => {
    expect(await written(name)).toBe(await textOfBook(path(name)));
  });

  it.each(names.filter((name) => name !== "17-mixed-encodings"))(
    "%s leaves byte for byte so",
    async (name) => {
      expect(await written(name)).toBe(await readFile(path(name), "utf8"));
    },
  );

  it.each(names)("%s keeps its tags and attributes in a translation", async (name) => {
    const text = await textOfBook(path(name));
    const translateText = (segment: Segment) =>
      segment.kind === "attribute" ? undefined : translate(segment);
    const translated = rewrite(text, translateText);
    expect(translated).toContain("ђћ&amp;&lt;");
    expect(translated.match(TAG)).toEqual(text.match(TAG));
    expect(rewrite(text, translateText, { chunkSize: 1 })).toBe(translated);
  });
});

describe("what is kept of", () => {
  it("ids that occur twice, links that lead nowhere and pictures that are missing", async () => {
    const text = await written("07-dangling-references", METADATA);
    expect(text.match(/id="1"/g)).toHaveLength(2);
    expect(text).toContain('id="мой якорь"');
    expect(text).toContain('<a l:href="#nowhere" type="note">[9]</a>');
    expect(text).toContain('<image l:href="#missing.png"/>');
  });

  it("line ends of three kinds outside of what is translated", async () => {
    const text = await written("09-mixed-line-ends", METADATA);
    expect(text).toContain("</p>\r\n<p>");
    expect(text).toContain("</p>\r\r\n\t<p>");
    expect(text).toContain("</p>\n\r<p>");
  });

  it("foreign words that say so, and the reason is told", async () => {
    const skipped = (await segmentsIn("15-foreign-segments")).filter(({ skip }) => skip);
    expect(skipped.map(({ text, skip }) => [text, skip])).toEqual([
      ["Il pleut sur la ville.", "other language"],
      ["Es regnet.", "other language"],
    ]);
    expect(await written("15-foreign-segments", METADATA)).toContain(
      '<style name="foreign" xml:lang="en">good evening</style>',
    );
  });

  it("lines without a letter", async () => {
    const skipped = (await segmentsIn("16-plain-notes")).filter(({ skip }) => skip);
    expect(skipped.map(({ text, skip }) => [text, skip])).toEqual([
      ["[2]", "no letters"],
      ["* * *", "no letters"],
    ]);
  });
});

describe("the description", () => {
  it("with empty elements and a wrong language gets the languages of the translation", async () => {
    const text = await written("08-odd-metadata", METADATA);
    expect(text).toContain("<genre></genre><author></author>");
    expect(text).toContain("<lang>sr</lang><src-lang>ru</src-lang>");
    expect(text).toMatch(/<src-title-info>.*<lang>ua<\/lang><\/src-title-info>/s);
    expect(text).toContain("<id>new-id</id>");
    expect(text).toContain("<version></version>");
    expect(text).toContain("<book-name>Бумажная книга</book-name>");
  });

  it("stays out of a fragment that has none, whose byte order mark stays", async () => {
    const text = await written("10-fragment-without-body", METADATA);
    expect(text).toMatch(/^\ufeff<p>ОТРЫВОК/);
    expect(text).not.toContain("title-info");
  });
});
