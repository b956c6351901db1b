import { segmentsOf } from "../../src/book/reading.ts";
import { openBook } from "../../src/book/source.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";
import { startModelServer } from "../support/model-server/model-server.ts";
import { translatedAnswer } from "../support/model-server/translating.ts";

/**
 * A process with a model server that answers after the milliseconds of the first argument. It
 * answers for the book of the second argument with what the draft engine makes of it, which passes
 * the checks, so that nothing has to be asked twice. Prints its base URL; on each line of standard
 * input prints how many requests it has answered.
 */
const [delayMs = "0", book = ""] = process.argv.slice(2);

/** The dialogue puts a segment on one line. */
const onOneLine = (text: string) => text.replaceAll(/\s*\n\s*/gu, " ").trim();

const engine = await createDraftEngine();
const drafts = new Map<string, string>();
for await (const { text, skip } of segmentsOf(await openBook(book), "ru")) {
  if (skip === undefined) drafts.set(onOneLine(text), onOneLine(engine.translate(text).text));
}

await using server = await startModelServer({
  answer: (request) =>
    translatedAnswer(request, (text) => {
      const draft = drafts.get(text.trim());
      if (draft === undefined) throw new Error(`The book has no segment "${text}"`);
      return draft;
    }),
  firstPieceMs: Number(delayMs),
  pieceChars: 24,
});
console.log(server.baseUrl("openai-chat"));
for await (const _ of process.stdin) console.log(server.requests.length);
