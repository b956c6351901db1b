import { readFile } from "node:fs/promises";

import { validateXML } from "xmllint-wasm";

import { schemaPath } from "./corpus.ts";

async function schemaFile(name: string): Promise<{ fileName: string; contents: string }> {
  return { fileName: name, contents: await readFile(schemaPath(name), "utf8") };
}

/**
 * What libxml2 says of books by the official schema of FB2, in its own words, in their order. To ask
 * about several at once costs hardly more than about one.
 */
export async function schemaErrors(books: readonly string[]): Promise<string[][]> {
  const names = books.map((_, place) => `book-${place}.fb2`);
  const { errors } = await validateXML({
    xml: books.map((contents, place) => ({ fileName: names[place] ?? "", contents })),
    schema: [await schemaFile("FictionBook.xsd")],
    preload: await Promise.all(
      ["FictionBookGenres.xsd", "FictionBookLang.xsd", "FictionBookLinks.xsd"].map(schemaFile),
    ),
  });
  return names.map((name) =>
    errors.filter(({ loc }) => loc?.fileName === name).map(({ message }) => message),
  );
}
