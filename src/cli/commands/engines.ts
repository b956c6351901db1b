import type { Command } from "@commander-js/extra-typings";

import type { EngineState } from "../../engine/engine-states.ts";
import type { CanaryReport } from "../../engine/canary.ts";
import { providerSurroundingsOf, type Surroundings } from "../compose.ts";
import { EXIT, EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";
import { addEnginesInstallCommand } from "./engines-install.ts";
import { addEnginesPullCommand } from "./engines-pull.ts";

const LIST_EXAMPLES = `
Examples:
  $ fbtr engines list
  $ fbtr engines list --json | jq -r '.[] | select(.ready) | .name'
`;

const TEST_EXAMPLES = `
Examples:
  $ fbtr engines test
  $ fbtr engines test openai --model gpt-4.1
`;

const FAILED = 14;

export function addEnginesCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  const engines = program
    .command("engines")
    .summary("see and try the engines")
    .description("Tells which engines there are, which can be used now, and how well they do.");
  engines
    .command("list")
    .summary("list the engines")
    .description(
      "Lists every engine with its model, and what it still needs. The one that `fbtr translate` " +
        "takes unasked is marked. Asks nobody but an Ollama which models it has.",
    )
    .option("--json", "print one JSON array")
    .addHelpText("after", LIST_EXAMPLES + EXIT_STATUS_HELP)
    .action(async ({ json }) => {
      const { engineStates } = await import("../../engine/engine-states.ts");
      const states = await engineStates(await enginePartsOf({}, surroundings));
      await terminal.writeOut(json ? `${JSON.stringify(states)}\n` : tableOf(states));
    });
  engines
    .command("test")
    .summary("let an engine translate a few sentences")
    .description(
      "Sends four Russian sentences to an engine, checks the answers as those of a book are checked, " +
        "and tells the speed. With a paid engine this costs a few tokens.",
    )
    .argument("[name]", "engine; without it the one that fbtr would take")
    .option("--model <name>", "model of the engine")
    .option("--json", "print one JSON object")
    .addHelpText("after", TEST_EXAMPLES + EXIT_STATUS_HELP)
    .action(async (name, { json, model }) => {
      const report = await canaryOf(name, model, surroundings);
      await terminal.writeOut(json ? `${JSON.stringify(report)}\n` : pageOf(report));
      end(report.passed ? EXIT.done : FAILED);
    });
  addEnginesInstallCommand(engines, terminal, surroundings, end);
  addEnginesPullCommand(engines, terminal, surroundings, end);
}

async function enginePartsOf(given: Readonly<Record<string, unknown>>, surroundings: Surroundings) {
  const { translateSettings } = await import("../translate-settings.ts");
  const { providers, from, to } = await translateSettings(given, surroundings);
  const { loadDraftEngine, clock } = surroundings;
  const around = await providerSurroundingsOf(surroundings);
  return { providers, surroundings: around, loadDraftEngine, clock, from, to };
}

async function canaryOf(
  name: string | undefined,
  model: string | undefined,
  surroundings: Surroundings,
): Promise<CanaryReport & { readonly engine: string }> {
  const { chooseEngine } = await import("../../engine/registry.ts");
  const { runCanary } = await import("../../engine/canary.ts");
  const parts = await enginePartsOf({ engine: name, model }, surroundings);
  const choice = await chooseEngine({ ...parts, engine: name }, parts);
  await using translator = await choice.open();
  const { signal } = new AbortController();
  return { engine: choice.name, ...(await runCanary(translator, surroundings.clock, signal)) };
}

function tableOf(states: readonly EngineState[]): string {
  const lines = states.map(({ name, model, ready, chosen, note }) => {
    const state = chosen ? "taken" : ready ? "ready" : "";
    return [name.padEnd(18), state.padEnd(6), (model ?? "").padEnd(20), note].join(" ").trimEnd();
  });
  return [`${"ENGINE".padEnd(18)} ${"STATE".padEnd(6)} ${"MODEL".padEnd(20)}`, ...lines]
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

function pageOf({
  engine,
  answers,
  passed,
  elapsedMs,
  charsPerSecond,
}: CanaryReport & { readonly engine: string }): string {
  const tried = answers.flatMap(({ source, translation, fault }) => [
    source,
    `  ${translation ?? "(no answer)"}`,
    ...(fault === undefined ? [] : [`  FAULT: ${fault}`]),
  ]);
  const verdict = passed ? "fit to translate" : "not fit: see the faults above";
  const speed = `${(elapsedMs / 1000).toFixed(1)} s, ${Math.round(charsPerSecond)} characters a second`;
  return [...tried, `${engine}: ${verdict} (${speed})`].map((line) => `${line}\n`).join("");
}
