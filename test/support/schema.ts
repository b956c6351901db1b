import { readFile } from "node:fs/promises";

import { validateXML } from "xmllint-wasm";

import { schemaPath } from "./corpus.ts";

async function schemaFile(name: string): Promise<{ fileName: string; contents: string }> {
  return { fileName: name, contents: await readFile(schemaPath(name), "utf8") };
}

/** What libxml2 says of a book by the official schema of FB2, in its own words. */
export async function schemaErrors(contents: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: "book.fb2", contents }],
    schema: [await schemaFile("FictionBook.xsd")],
    preload: await Promise.all(
      ["FictionBookGenres.xsd", "FictionBookLang.xsd", "FictionBookLinks.xsd"].map(schemaFile),
    ),
  });
  return errors.filter(({ loc }) => loc !== null).map(({ message }) => message);
}
