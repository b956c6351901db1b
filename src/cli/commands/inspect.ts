import type { Command } from "@commander-js/extra-typings";

import type { BookInspection, InspectedSection } from "../../book/inspection.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr inspect book.fb2
  $ fbtr inspect --json book.fb2.zip | jq .words
  $ curl -s https://example.org/book.fb2 | fbtr inspect -
`;

export function addInspectCommand(program: Command, terminal: Terminal): void {
  program
    .command("inspect")
    .summary("show what is in a book")
    .description(
      "Reads a book and shows what it says of itself, its encoding, languages, sections, segments, " +
        "notes, pictures and links, and about how long a translation takes. Changes nothing.",
    )
    .argument("<book>", "an .fb2 file or an .fb2.zip; - for standard input")
    .option("--from <lang>", "language of the book", "ru")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async (path, options) => {
      const { openInputBook } = await import("../input-book.ts");
      const { inspectBook } = await import("../../book/inspection.ts");
      await using book = await openInputBook(path, terminal.stdin);
      const inspection = await inspectBook(book.source, options.from);
      const draftTime = timeClassOf(inspection.words);
      await terminal.writeOut(
        options.json ? `${JSON.stringify({ ...inspection, draftTime })}\n` : pageOf(inspection),
      );
    });
}

/** What the draft engine does at least on one core. */
const DRAFT_WORDS_A_SECOND = 15_000;

/** How long the draft engine takes, roughly. */
function timeClassOf(words: number): "seconds" | "minutes" | "hours" {
  const seconds = words / DRAFT_WORDS_A_SECOND;
  if (seconds < 60) return "seconds";
  return seconds < 3600 ? "minutes" : "hours";
}

/** Titles on the page; the others are in the JSON. */
const MAX_TITLES = 60;

const countsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

function sizeOf(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function pageOf(inspection: BookInspection): string {
  const facts = [...descriptionLines(inspection), ...contentLines(inspection)]
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name.padEnd(12)}${value}`);
  return `${[...facts, ...titleLines(inspection.sections)].join("\n")}\n`;
}

type Line = readonly [name: string, value: string];

function descriptionLines(inspection: BookInspection): Line[] {
  const { authors, translators, genres, sequences, date } = inspection;
  return [
    ["Title", inspection.title || "(none)"],
    [authors.length > 1 ? "Authors" : "Author", authors.join(", ") || "(none)"],
    ["Translator", translators.join(", ")],
    [
      "Sequence",
      sequences.map(({ name, number }) => name + (number ? `, ${number}` : "")).join("; "),
    ],
    ["Genre", genres.join(", ")],
    ["Date", date ?? ""],
    ["Language", languageOf(inspection)],
  ];
}

function languageOf({ language, sourceLanguage, languages }: BookInspection): string {
  const shares = Object.entries(languages)
    .filter(([, share]) => share >= 0.005)
    .map(
      ([name, share]) => `${name === "unknown" ? "unclear" : name} ${Math.round(share * 100)} %`,
    );
  const original = sourceLanguage === undefined ? "" : `, translated from ${sourceLanguage}`;
  const text = shares.length > 0 ? `; in the text: ${shares.join(", ")}` : "";
  return `${language === undefined ? "not declared" : `declared ${language}`}${original}${text}`;
}

function contentLines(inspection: BookInspection): Line[] {
  const { encoding, segments, sections, references, outputBytes, words } = inspection;
  const declared = encoding.declared ? `, declared ${encoding.declared}` : "";
  const { notes, images, binaries, missingImages, links, danglingLinks } = references;
  const missing = missingImages > 0 ? `, ${missingImages} missing` : "";
  const dangling = danglingLinks > 0 ? `, ${danglingLinks} lead nowhere` : "";
  return [
    ["File", `${inspection.path}, ${inspection.format}, ${sizeOf(inspection.size)}`],
    ["Encoding", `${encoding.found} (by ${encoding.by}${declared})`],
    ["Segments", `${segments.total}: ${countsOf(segments.byKind)}`],
    ["Kept", countsOf(segments.kept)],
    ["Words", `${words} (${inspection.characters} characters)`],
    ["Notes", notes > 0 ? `${notes} references` : ""],
    ["Images", images > 0 || binaries > 0 ? `${images}, ${binaries} in the file${missing}` : ""],
    ["Links", links > 0 ? `${links}${dangling}` : ""],
    [
      "Translation",
      `about ${sizeOf(outputBytes.cyrillic)} in Cyrillic, ${sizeOf(outputBytes.latin)} in Latin; ` +
        `${timeClassOf(words)} with the draft engine`,
    ],
    ["Sections", String(sections.length)],
  ];
}

/** The titles of the text as a tree; sections of notes and the like only as a number. */
function titleLines(sections: readonly InspectedSection[]): string[] {
  const titled = sections.filter(({ title, body }) => title !== "" && body === undefined);
  const lines = titled
    .slice(0, MAX_TITLES)
    .map(
      ({ number, depth, title }) => `${String(number).padStart(6)}${"  ".repeat(depth)}${title}`,
    );
  const more = titled.length - lines.length;
  const others = new Map<string, number>();
  for (const { body } of sections) {
    if (body !== undefined) others.set(body, (others.get(body) ?? 0) + 1);
  }
  return [
    ...lines,
    ...(more > 0 ? [`        and ${more} more (see --json)`] : []),
    ...[...others].map(([body, count]) => `        ${body}: ${count}`),
  ];
}
