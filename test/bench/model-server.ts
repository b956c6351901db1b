import { startModelServer } from "../support/model-server.ts";

/**
 * A process with a model server that answers after the milliseconds of the first argument, with
 * Serbian letters for Russian ones. Prints its base URL; on each line of standard input prints how
 * many requests it has answered.
 */
const LETTERS: Readonly<Record<string, string>> = {
  й: "ј",
  ы: "и",
  э: "е",
  ю: "ју",
  я: "ја",
  щ: "шч",
  ё: "јо",
  о: "а",
  е: "и",
  и: "е",
};

const [delayMs = "0"] = process.argv.slice(2);
const server = await startModelServer({
  delayMs: Number(delayMs),
  translate: (text) =>
    text.toLowerCase().replaceAll(/[йыэюящёъьоеи]/gu, (letter) => LETTERS[letter] ?? ""),
});
console.log(server.baseUrl);
process.stdin.on("data", () => console.log(server.seen.length));
