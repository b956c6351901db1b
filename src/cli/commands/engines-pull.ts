import type { Command } from "@commander-js/extra-typings";

import { FbtrError } from "../../base/errors.ts";
import type { Secret } from "../../base/secret.ts";
import type { GgufSource } from "../../engine/llama/gguf-download.ts";
import type { PullProgress } from "../../engine/models/ollama-pull.ts";
import type { LocalModelSettings } from "../../engine/providers/provider.ts";
import { configOf, stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import { newsTeller } from "../news-teller.ts";
import { untilStopped } from "../stoppable.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr engines pull gemma3:12b
  $ fbtr translate book.fb2 --engine ollama --model gemma3:12b
  $ fbtr engines pull https://example.org/gemma-3-12b.gguf --sha256 <checksum>
  $ fbtr translate book.fb2 --engine llama --model gemma-3-12b.gguf
`;

const DESCRIPTION =
  "With a name, lets the Ollama of the configuration, or the one on this machine, download a model. " +
  "With the URL of a .gguf file, downloads it for the engine llama; without anything, the one that " +
  "the configuration names (model_url). A download that was stopped goes on where it was: of a file " +
  "only where its checksum is known, which tells that it is still the same.";

export function addEnginesPullCommand(
  engines: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  engines
    .command("pull")
    .summary("download a model")
    .description(DESCRIPTION)
    .argument("[model]", "name in Ollama's library, such as gemma3:12b, or the URL of a .gguf file")
    .option("--sha256 <checksum>", "checksum of the file at the URL")
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP)
    .action(async (model, { sha256 }) => {
      const { config } = await configOf(surroundings);
      const { providerSettings } = await import("../provider-settings.ts");
      const { llama, ollama } = providerSettings(config.translation);
      const source = await fileSource(model, sha256, llama?.local);
      const token = config.setup.huggingface_token;
      const status = await untilStopped(terminal, surroundings, (signal) =>
        source === undefined
          ? pullByOllama(model ?? "", ollama?.baseUrl, terminal, surroundings, signal)
          : pullFile(source, token, terminal, surroundings, signal),
      );
      end(status);
    });
}

/** The file to download; undefined for the name of a model in Ollama's library. */
async function fileSource(
  model: string | undefined,
  sha256: string | undefined,
  local: LocalModelSettings | undefined,
): Promise<GgufSource | undefined> {
  const url = model ?? local?.modelUrl;
  if (url === undefined) {
    throw new FbtrError("USAGE_INVALID", "there is no model to download", {
      hint: "Give a name or a URL, or set translation.providers.llama.model_url.",
    });
  }
  const isFile = /^https?:/.test(url);
  if (!isFile && sha256 !== undefined) {
    throw new FbtrError("USAGE_INVALID", "--sha256 goes with the URL of a .gguf file", {
      hint: "Ollama checks its own models; leave the option out.",
    });
  }
  if (!isFile) return undefined;
  const { URL_TEXT, SHA256 } = await import("../../config/kinds.ts");
  const known = sha256 ?? (url === local?.modelUrl ? local.modelSha256 : undefined);
  const checksum = known === undefined ? undefined : SHA256.read(known);
  if (known !== undefined && checksum === undefined) {
    throw new FbtrError("USAGE_INVALID", `Expected --sha256 to be ${SHA256.expected}`);
  }
  if (URL_TEXT.read(url) === undefined || !new URL(url).pathname.endsWith(".gguf")) {
    throw new FbtrError("USAGE_INVALID", `Expected ${URL_TEXT.expected}, of a .gguf file`, {
      hint: "Leave a query such as ?download=true out. A token of Hugging Face is read from HF_TOKEN.",
    });
  }
  return { url, sha256: checksum };
}

/** The only server that HF_TOKEN is for. */
const HUB = "https://huggingface.co";

async function pullFile(
  source: GgufSource,
  hubToken: Secret | undefined,
  terminal: Terminal,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  const { downloadGguf } = await import("../../engine/llama/gguf-download.ts");
  const { fileNameOf, modelsFolder } = await import("../../engine/llama/model-files.ts");
  const folder = modelsFolder(await stateFolderOf(surroundings));
  const name = fileNameOf(source.url);
  const tell = newsTeller(terminal);
  const token = new URL(source.url).origin === HUB ? hubToken?.reveal() : undefined;
  await downloadGguf(
    { ...source, token },
    { folder, name },
    ({ doneBytes, totalBytes }) => tell(downloadLine(name, doneBytes, totalBytes)),
    signal,
  );
  await terminal.writeOut(`${name} is there: fbtr translate --engine llama --model ${name}\n`);
}

async function pullByOllama(
  model: string,
  host: string | undefined,
  terminal: Terminal,
  { ollamaUrl }: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  const { pullOllamaModel } = await import("../../engine/models/ollama-pull.ts");
  const tell = newsTeller(terminal);
  await pullOllamaModel(host ?? ollamaUrl, model, (progress) => tell(pullLine(progress)), signal);
  await terminal.writeOut(`${model} is there: fbtr translate --engine ollama --model ${model}\n`);
}

function pullLine({ step, layer }: PullProgress): string {
  return layer === undefined ? step : downloadLine(step, layer.doneBytes, layer.totalBytes);
}

/** One line for each ten hundredths, so that it reads well in a log too. */
function downloadLine(what: string, doneBytes: number, totalBytes: number | undefined): string {
  const mebibytes = (bytes: number) => `${Math.floor(bytes / 2 ** 20)} MiB`;
  if (totalBytes === undefined) return `${what}: ${mebibytes(doneBytes)}`;
  const tenths = totalBytes === 0 ? 10 : Math.floor((10 * doneBytes) / totalBytes);
  return `${what}: ${tenths * 10} % of ${mebibytes(totalBytes)}`;
}
