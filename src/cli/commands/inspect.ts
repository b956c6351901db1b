import type { Command } from "@commander-js/extra-typings";

import type { BookInspection } from "../../book/inspection.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr inspect book.fb2
  $ fbtr inspect --json book.fb2.zip | jq .words
`;

export function addInspectCommand(program: Command, terminal: Terminal): void {
  program
    .command("inspect")
    .summary("show what is in a book")
    .description(
      "Reads a book and shows its title, encoding, sections, segments and words. Changes nothing.",
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
      await terminal.writeOut(
        options.json ? `${JSON.stringify(inspection)}\n` : pageOf(inspection),
      );
    });
}

const countsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");

function pageOf(inspection: BookInspection): string {
  const { encoding, segments, sections } = inspection;
  const declared = encoding.declared ? `, declared ${encoding.declared}` : "";
  const kept = countsOf(segments.kept);
  const lines = [
    ["Title", inspection.title || "(none)"],
    ["File", `${inspection.path}, ${inspection.format}, ${inspection.size} bytes`],
    ["Encoding", `${encoding.found} (by ${encoding.by}${declared})`],
    ["Segments", `${segments.total}: ${countsOf(segments.byKind)}`],
    ...(kept ? [["Kept", kept]] : []),
    ["Words", `${inspection.words} (${inspection.characters} characters)`],
    ["Sections", String(sections.length)],
  ];
  const facts = lines.map(([name = "", value]) => `${name.padEnd(10)}${value}`);
  const titles = sections
    .filter(({ title }) => title !== "")
    .map(({ number, title }) => `  ${String(number).padStart(4)}  ${title}`);
  return `${[...facts, ...titles].join("\n")}\n`;
}
