import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Tokenizer, type TokenKind } from "../../../src/book/tokenizer.ts";

type Token = readonly [kind: TokenKind, raw: string];

/** All tokens of `text`, given in pieces; neighbouring pieces of text joined. */
function tokensOf(text: string, chunkSize = text.length || 1, maxSpecialLength?: number): Token[] {
  const tokens: Token[] = [];
  let seenTo = 0;
  const tokenizer: Tokenizer = new Tokenizer(
    {
      token(kind, start, end) {
        const raw = tokenizer.buffer.slice(start, end);
        const last = tokens.at(-1);
        if (kind === "text" && last?.[0] === "text")
          tokens[tokens.length - 1] = ["text", last[1] + raw];
        else tokens.push([kind, raw]);
        seenTo = end;
      },
      neededFrom: () => seenTo,
      moved: (count) => {
        seenTo -= count;
      },
    },
    maxSpecialLength,
  );
  for (let at = 0; at < text.length; at += chunkSize)
    tokenizer.write(text.slice(at, at + chunkSize));
  tokenizer.end();
  return tokens;
}

describe("the tokenizer", () => {
  it("tells the kinds of markup apart", () => {
    expect(tokensOf('<?xml v?><!-- <a> --><p id="a>b">x<br/></p><![CDATA[<]]>')).toEqual([
      ["opaque", "<?xml v?>"],
      ["opaque", "<!-- <a> -->"],
      ["open", '<p id="a>b">'],
      ["text", "x"],
      ["empty", "<br/>"],
      ["close", "</p>"],
      ["cdata", "<![CDATA[<]]>"],
    ]);
  });

  it("ends a tag at its first > when a quotation mark is not closed", () => {
    expect(tokensOf('<p id="a>x<p id="b">')).toEqual([
      ["open", '<p id="a>'],
      ["text", "x"],
      ["open", '<p id="b">'],
    ]);
  });

  it("reads a comment that nobody closes within its bounds as text", () => {
    const tokens: Token[] = [
      ["text", "<!--0123456789"],
      ["open", "<p>"],
      ["text", "-->"],
    ];
    expect(tokensOf("<!--0123456789<p>-->", 20, 10)).toEqual(tokens);
    expect(tokensOf("<!--012-->", 20, 10)).toEqual([["opaque", "<!--012-->"]]);
  });

  it("gives the same tokens however the text is cut, also around bounds", () => {
    const scrap = fc.constantFrom(
      "<!--",
      "-->",
      "--",
      "-",
      ">",
      "<p>",
      "<",
      "abc",
      '"',
      "<?x",
      "?>",
    );
    fc.assert(
      fc.property(fc.array(scrap), fc.integer({ min: 1, max: 9 }), (scraps, chunkSize) => {
        const text = scraps.join("");
        expect(tokensOf(text, chunkSize, 12)).toEqual(tokensOf(text, undefined, 12));
        expect(
          tokensOf(text, chunkSize, 12)
            .map(([, raw]) => raw)
            .join(""),
        ).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});
