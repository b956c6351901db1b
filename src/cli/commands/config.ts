import type { Command } from "@commander-js/extra-typings";

import type { ConfigReading } from "../../config/load.ts";
import type { Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr config init
  $ fbtr config show
  $ fbtr config explain distributed.ssh_timeout
  $ fbtr config explain translation.providers
  $ fbtr config validate config.json && echo good
  $ fbtr config schema > fbtr.schema.json
`;

const DESCRIPTION =
  "Shows and checks the configuration. A value comes from an option of the command line, else from " +
  "an environment variable, else from the configuration file, else it is the default. The file is " +
  "the one named with --config, else by CONFIG_FILE, else fbtr.config.json, .yaml, .yml, .ts or .js " +
  "or .fbtrrc in the current folder, else config.json or config.yaml in the user's configuration " +
  "folder. A .ts or .js file is run.";

const FILE_OPTION = ["-c, --config <file>", "file to read instead of those looked for"] as const;

export function addConfigCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
): void {
  const config = program
    .command("config")
    .summary("show, explain, check and begin the configuration")
    .description(DESCRIPTION)
    .helpCommand(false)
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP);
  addShow(config, terminal, surroundings);
  addExplain(config, terminal, surroundings);
  addValidate(config, terminal, surroundings);
  addInit(config, terminal, surroundings);
  addSchema(config, terminal);
}

/** Reads the configuration as these surroundings give it; its warnings have been told. */
async function reading(
  path: string | undefined,
  terminal: Terminal,
  { environment, platform, home }: Surroundings,
): Promise<ConfigReading> {
  const { userFolders } = await import("../../config/folders.ts");
  const { readConfig } = await import("../../config/load.ts");
  const folders = userFolders(environment, platform, home);
  const result = await readConfig({ path, environment, cwd: process.cwd(), folders });
  for (const warning of result.warnings) terminal.writeError(`fbtr: warning: ${warning}\n`);
  return result;
}

const json = (data: unknown) => `${JSON.stringify(data, undefined, 2)}\n`;

function addShow(config: Command, terminal: Terminal, surroundings: Surroundings): void {
  config
    .command("show")
    .summary("show the configuration in effect")
    .description(
      "Shows every key with its value and where the value comes from. Secrets are shown as [REDACTED].",
    )
    .option(...FILE_OPTION)
    .option("--json", "print the configuration as one JSON object")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (options) => {
      const { invalidConfig } = await import("../../config/load.ts");
      const { valueTable } = await import("../../config/config-pages.ts");
      const found = await reading(options.config, terminal, surroundings);
      if (found.faults.length > 0) throw invalidConfig(found.faults);
      await terminal.writeOut(
        options.json ? json(found.config) : valueTable(found.values, found.file),
      );
    });
}

function addExplain(config: Command, terminal: Terminal, surroundings: Surroundings): void {
  config
    .command("explain")
    .summary("explain a key, or list all keys")
    .description(
      "Tells what a key is for: its value, where that comes from, its default, what it takes and " +
        "which environment variables set it. Without a key it lists all keys.",
    )
    .argument("[key]", "a key such as server.port, or a group such as server")
    .option(...FILE_OPTION)
    .option("--json", "print one JSON object for each key")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (key, options) => {
      const { explain, noSuchKey } = await import("../../config/explanation.ts");
      const { explanationPage, keyList } = await import("../../config/config-pages.ts");
      const { values, faults } = await reading(options.config, terminal, surroundings);
      for (const fault of faults) terminal.writeError(`fbtr: warning: ${fault}\n`);
      const explained = explain(key ?? "", values);
      if (key !== undefined && explained.length === 0) throw noSuchKey(key);
      const lines = explained.map((explanation) => `${JSON.stringify(explanation)}\n`);
      const pages = () =>
        key === undefined ? keyList(explained) : explained.map(explanationPage).join("\n");
      await terminal.writeOut(options.json ? lines.join("") : pages());
    });
}

function addValidate(config: Command, terminal: Terminal, surroundings: Surroundings): void {
  config
    .command("validate")
    .summary("check a configuration file")
    .description(
      "Checks a configuration file together with the environment, and tells all faults at once. " +
        "Unknown keys are no faults, but are warned of.",
    )
    .argument("[file]", "file to check; the one that fbtr would read if none is named")
    .option("--json", "print one JSON object")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (path, options) => {
      const { invalidConfig } = await import("../../config/load.ts");
      const { file, faults, warnings } = await reading(path, terminal, surroundings);
      if (faults.length > 0) throw invalidConfig(faults);
      const said =
        file === undefined
          ? "There is no configuration file; defaults are used."
          : `${file} is valid.`;
      await terminal.writeOut(
        options.json ? json({ file: file ?? null, valid: true, warnings }) : `${said}\n`,
      );
    });
}

function addInit(
  config: Command,
  terminal: Terminal,
  { environment, platform, home }: Surroundings,
): void {
  config
    .command("init")
    .summary("write an example to begin with")
    .description(
      "Writes an example in which every key is explained and commented out to config.yaml in the " +
        "user's configuration folder. Only its owner may read it.",
    )
    .option("--force", "replace config.yaml if it exists")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ force = false }) => {
      const { userFolders } = await import("../../config/folders.ts");
      const { writeExample } = await import("../../config/example-file.ts");
      const path = await writeExample(userFolders(environment, platform, home).config, force);
      await terminal.writeOut(`Wrote ${path}\n`);
    });
}

function addSchema(config: Command, terminal: Terminal): void {
  config
    .command("schema")
    .summary("print the JSON Schema of the configuration")
    .description(
      "Prints the JSON Schema of the configuration file, for editors that check and complete.",
    )
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async () => {
      const { configSchema } = await import("../../config/json-schema.ts");
      await terminal.writeOut(json(configSchema()));
    });
}
