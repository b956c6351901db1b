const PARAGRAPH =
  "<p>Он долго смотрел на неё и ничего не говорил; за окном <emphasis>шёл снег</emphasis>, и было " +
  "очень тихо. — Вы приехали вчера? — спросила она наконец, не поднимая глаз от письма.</p>\n";
const PARAGRAPHS_A_SECTION = 40;
const BINARY_LENGTH = 3_000_000;

/** An FB2 of about `megabytes` (of UTF-8), a quarter of it pictures, a piece at a time. */
export function* largeBook(megabytes: number): Generator<string> {
  const bytes = megabytes * 1_000_000;
  const section = `<section><title><p>Глава</p></title>\n${PARAGRAPH.repeat(PARAGRAPHS_A_SECTION)}</section>\n`;
  const sectionBytes = Buffer.byteLength(section);
  yield '<?xml version="1.0" encoding="utf-8"?>\n<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><body>\n';
  for (let written = 0; written < bytes * 0.75; written += sectionBytes) yield section;
  yield "</body>\n";
  for (let written = 0; written < bytes * 0.25; written += BINARY_LENGTH) {
    yield `<binary id="i${written}" content-type="image/jpeg">${"QUJD".repeat(BINARY_LENGTH / 4)}</binary>\n`;
  }
  yield "</FictionBook>\n";
}
