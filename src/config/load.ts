import { stat } from "node:fs/promises";

import { FbtrError } from "../base/errors.ts";
import { Secret } from "../base/secret.ts";
import { findConfigFile, type ConfigFile } from "./config-file.ts";
import { environmentLayer } from "./environment-layer.ts";
import { fileLayer } from "./file-layer.ts";
import { flagLayer, type ConfigFlag } from "./flag-layer.ts";
import type { Config } from "./fields/all.ts";
import type { UserFolders } from "./folders.ts";
import type { ConfigValue } from "./layer.ts";
import { mergedConfig } from "./merged-config.ts";
import { ruleFaults } from "./rules.ts";

export interface ConfigRequest {
  /** File to read instead of those that are looked for. */
  readonly path?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** Absolute path of the folder that the user is in. */
  readonly cwd: string;
  readonly folders: UserFolders;
  /** What the command line says; stronger than everything else. */
  readonly flags?: readonly ConfigFlag[];
}

export interface LoadedConfig {
  readonly config: Config;
  /** Every key with its value and where that comes from. */
  readonly values: readonly ConfigValue[];
  /** Absolute path of the file that was read. */
  readonly file: string | undefined;
  /** One line each. */
  readonly warnings: readonly string[];
  /** Those of the warnings that tell of secrets which other users may read. */
  readonly exposed: readonly string[];
}

export interface ConfigReading extends LoadedConfig {
  /** One line each. Where a value is at fault, a weaker one is in its place. */
  readonly faults: readonly string[];
}

/**
 * Reads the whole configuration: flags, then environment variables, then the file, then defaults.
 * A wrong value is a fault, an unknown key is a warning. Nothing is kept between calls.
 */
export async function readConfig(request: ConfigRequest): Promise<ConfigReading> {
  const { environment, cwd, folders, path, flags = [] } = request;
  const file = await findConfigFile({ path, environment, cwd, folder: folders.config });
  const fromFile = fileLayer(file?.content, file?.path ?? "", environment);
  const layers = [fromFile, environmentLayer(environment), flagLayer(flags)];
  const { config, values } = mergedConfig(layers);
  const exposed = file === undefined ? [] : await exposedSecrets(file, fromFile.found);
  const prefix = file === undefined ? "" : `${file.path}: `;
  const faults = [
    ...(file?.fault === undefined ? [] : [prefix + file.fault]),
    ...layers.flatMap((layer) => layer.faults),
    ...ruleFaults(config, values).map((fault) => prefix + fault),
  ];
  return {
    config,
    values,
    file: file?.path,
    faults,
    warnings: [...layers.flatMap((layer) => layer.warnings), ...exposed],
    exposed,
  };
}

/**
 * The configuration to work with.
 *
 * @throws FbtrError CONFIG_INVALID that tells all faults, one a line.
 */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const { faults, ...loaded } = await readConfig(request);
  if (faults.length > 0) throw invalidConfig(faults);
  return loaded;
}

export function invalidConfig(faults: readonly string[]): FbtrError {
  const [first = "", ...others] = faults;
  const message =
    others.length === 0
      ? first
      : `The configuration has ${faults.length} faults:\n${faults.map((fault) => `  ${fault}`).join("\n")}`;
  return new FbtrError("CONFIG_INVALID", message, {
    hint: "`fbtr config explain <key>` tells what a key takes.",
  });
}

/** Tells of each file that spells a secret out and that other users may read. */
async function exposedSecrets(
  { texts }: ConfigFile,
  found: readonly ConfigValue[],
): Promise<readonly string[]> {
  if (process.platform === "win32") return [];
  const lines: string[] = [];
  for (const { path, text } of texts) {
    const spelled = found.find(
      ({ value, isSpelledOut }) =>
        isSpelledOut === true && value instanceof Secret && text.includes(value.reveal()),
    );
    if (spelled === undefined) continue;
    const { mode } = await stat(path);
    if ((mode & 0o077) === 0) continue;
    lines.push(
      `${path}: others may read this file, and \`${spelled.key}\` in it is secret; run chmod 600 on it`,
    );
  }
  return lines;
}
