import { segmentsOf } from "../book/reading.ts";
import { sectionsOf } from "../book/sections.ts";
import type { Segment } from "../book/segment.ts";
import type { BookSource } from "../book/source.ts";
import { tokensOf, type Range } from "../engine/cost/budget.ts";
import { costOf, PRICES_OF, priceOf, type Price } from "../engine/cost/prices.ts";
import { instructionsOf } from "../engine/dialogue/prompt.ts";
import { LINES_PROTOCOL } from "../engine/dialogue/lines-protocol.ts";
import { chooseEngine } from "../engine/registry.ts";
import { estimateOf, type Estimate } from "../plan/estimate.ts";
import { chooseSections } from "../plan/section-choice.ts";
import { openInputBook } from "./input-book.ts";
import { providerSurroundingsOf, type Surroundings } from "./compose.ts";
import type { Terminal } from "./terminal.ts";
import type { RunRequest } from "./translation-run.ts";

/** What a book would take. */
export interface DryRun {
  readonly book: string;
  readonly engine: string;
  readonly engineReason: string;
  readonly model: string | undefined;
  readonly estimate: Estimate;
  readonly tokens: { readonly input: Range; readonly output: Range };
  /** US dollars; undefined: nobody has said what the model costs. */
  readonly cost: Range | undefined;
}

/** What goes out with each batch beside its text. */
const ASIDE_CHARS = 300;

function tokensFor(estimate: Estimate, languages: { from: string; to: string }) {
  const aside = instructionsOf(languages, LINES_PROTOCOL).length + ASIDE_CHARS;
  const input = tokensOf(estimate.characters + estimate.batches * aside);
  // Serbian is about as long as Russian; a fifth is asked for again at the most.
  const output = tokensOf(estimate.characters);
  return { input, output: { least: output.least, most: Math.ceil(output.most * 1.2) } };
}

function costRange(tokens: DryRun["tokens"], price: Price | undefined): Range | undefined {
  if (price === undefined) return undefined;
  const of = (end: keyof Range) =>
    costOf(
      { inputTokens: tokens.input[end], cachedInputTokens: 0, outputTokens: tokens.output[end] },
      price,
    );
  return { least: of("least"), most: of("most") };
}

function pageOf({ book, engine, engineReason, model, estimate, tokens, cost }: DryRun): string {
  const { segments, words, characters, batches } = estimate;
  const range = ({ least, most }: Range) =>
    `${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;
  const money =
    cost === undefined
      ? "nobody has said what the model costs; give its price with --prices"
      : cost.most === 0
        ? "nothing"
        : `$${cost.least.toFixed(2)} to $${cost.most.toFixed(2)} (prices of ${PRICES_OF}; --prices takes newer ones)`;
  const lines = [
    ["Book", book],
    ["Engine", `${engine}${model === undefined ? "" : ` ${model}`} (${engineReason})`],
    ["Segments", `${segments.toLocaleString("en")} in ${batches.toLocaleString("en")} requests`],
    ["Words", `${words.toLocaleString("en")} (${characters.toLocaleString("en")} characters)`],
    ...(engine === "draft"
      ? []
      : [["Tokens", `${range(tokens.input)} in, ${range(tokens.output)} out`]]),
    ["Cost", money],
  ];
  return lines.map(([name = "", value]) => `${name.padEnd(12)}${value}\n`).join("");
}

/**
 * Tells what translating the books would take, and lets no engine translate.
 *
 * @throws FbtrError BOOK_*, ENGINE_UNKNOWN, ENGINE_LANGUAGE; USAGE_INVALID where a book does not
 *   have a section of `--only`.
 */
export async function dryRun(
  request: RunRequest,
  terminal: Terminal,
  machine: Surroundings,
): Promise<void> {
  const { providers, money, limits } = request;
  const { loadDraftEngine, clock } = machine;
  const surroundings = await providerSurroundingsOf(machine);
  const parts = { providers, money, loadDraftEngine, clock, surroundings };
  const choice = await chooseEngine(request, parts);
  const { model } = choice;
  const batchLimits = { maxChars: limits.maxBatchChars, maxSegments: limits.maxBatchSegments };
  for (const [number, { path: book, failure }] of request.books.entries()) {
    if (failure) throw failure;
    await using input = await openInputBook(book, terminal.stdin);
    const estimate = await estimateOf(chosenSegments(input.source, request), batchLimits);
    const tokens = tokensFor(estimate, request);
    const cost = costRange(tokens, priceOf(choice.name, model ?? "", money.prices));
    const { name: engine, reason: engineReason } = choice;
    const found: DryRun = { book, engine, engineReason, model, estimate, tokens, cost };
    const page = request.json
      ? `${JSON.stringify(found)}\n`
      : `${number > 0 ? "\n" : ""}${pageOf(found)}`;
    await terminal.writeOut(page);
  }
}

/** The segments of the sections that the user wants, in the order of the book. */
async function* chosenSegments(
  source: BookSource,
  { from, only }: Pick<RunRequest, "from" | "only">,
): AsyncGenerator<Segment> {
  const chosen = only && new Set(chooseSections(only, await sectionsOf(source, from)));
  for await (const segment of segmentsOf(source, from)) {
    if (chosen?.has(segment.section) ?? true) yield segment;
  }
}
