import { describe, expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import { surroundingsIn } from "../support/cli-surroundings.ts";
import { tempDir } from "../support/temp-dir.ts";

async function fbtr(args: readonly string[], stdin: string | Uint8Array = "") {
  await using dir = await tempDir();
  const terminal = capturedTerminal(stdin);
  const status = await run(args, terminal, surroundingsIn(dir));
  return { status, out: terminal.out, error: terminal.error };
}

describe("fbtr draft explain", () => {
  it("shows readings, groups, entries, rules, clitics and the translation of a sentence", async () => {
    const { status, out } = await fbtr(["draft", "explain", "Старик вошёл в комнату."]);
    expect(status).toBe(0);
    expect(out).toContain("Serbian        Старац је ушао у собу.\n");
    expect(out).toMatch(/комнату → собу\n +read as +комната: noun acc sg f/u);
    expect(out).toMatch(/\+\d\.\d a preposition governs the case of what follows/u);
    expect(out).toContain("lexicon    старик (n) = starac, without a selector");
    expect(out).toContain("[в комнату] acc");
    expect(out).toContain("the past is the l-participle with biti (вошёл)");
    expect(out).toContain("је behind старац");
    expect(out).toContain("Unknown words  none\n");
  });

  it("reads standard input, sentence by sentence", async () => {
    const { out } = await fbtr(["draft", "explain"], "Он спит. Она читает фубаркузю.\n");
    expect(out.match(/^Russian /gmu)).toHaveLength(2);
    expect(out).toContain("Unknown words  фубаркузю\n");
  });

  it("says the same as JSON", async () => {
    const { out } = await fbtr(["draft", "explain", "--json", "Она не спала."]);
    const explanation = JSON.parse(out) as unknown;
    expect(explanation).toMatchObject({
      text: "Она није спавала.",
      unknownWords: [],
      sentences: [
        {
          source: "Она не спала",
          words: [{ text: "Она" }, { text: "не" }, { chosen: { reading: { lemma: "спать" } } }],
          rules: [
            {
              name: "nisam, nisi, nije: the negation holds the auxiliary of the past",
              word: "не",
            },
          ],
        },
      ],
    });
  });

  it("asks for a text, and for one in UTF-8", async () => {
    expect(await fbtr(["draft", "explain"], " \n")).toMatchObject({
      status: 2,
      error: expect.stringContaining("There is no text to explain") as string,
    });
    const { status, error } = await fbtr(["draft", "explain"], Buffer.from("cec5c2cf", "hex"));
    expect([status, error]).toEqual([2, expect.stringContaining("is not UTF-8 text")]);
  });
});
