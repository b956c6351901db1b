import type { Command } from "@commander-js/extra-typings";

import { FbtrError } from "../../base/errors.ts";
import type { Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr draft explain "Дом, в котором мы жили, сгорел."
  $ echo "Она печёт пироги." | fbtr draft explain
  $ fbtr draft explain --json "Он не придёт." | jq -r '.sentences[].rules[].name'
`;

export function addDraftCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
): void {
  const draft = program
    .command("draft")
    .summary("ask the draft engine")
    .description(
      "The draft engine is built in: it translates Russian into Serbian by rules, with a lexicon of " +
        "its own. Here it can be asked about single sentences.",
    );
  draft
    .command("explain")
    .summary("show how a sentence is translated, and why")
    .description(
      "Shows how the draft engine translates a text: the reading of each word with the rules that " +
        "spoke for and against it, the clauses and noun groups, the entry of the lexicon with its " +
        "selectors, the rules of the transfer, the place of the clitics, and unknown words.",
    )
    .argument("[text]", "Russian sentences; standard input without them or with -", "-")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async (argument, { json }) => {
      const text = argument === "-" ? await textOf(terminal.stdin) : argument;
      if (text.trim() === "") {
        throw new FbtrError("USAGE_INVALID", "There is no text to explain", {
          hint: "Name it in quotation marks, or send it to standard input.",
        });
      }
      const { explanationPage } = await import("../explanation-page.ts");
      const explainer = await surroundings.loadDraftExplainer();
      const explanation = explainer.explain(text.trim());
      await terminal.writeOut(
        json ? `${JSON.stringify(explanation)}\n` : explanationPage(explanation),
      );
    });
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (cause) {
    throw new FbtrError("USAGE_INVALID", "Standard input is not UTF-8 text", {
      cause,
      hint: "Convert it first, for example with `iconv -f windows-1251 -t utf-8`.",
    });
  }
}
