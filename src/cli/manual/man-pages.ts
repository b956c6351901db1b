import type { CommandUnknownOpts } from "@commander-js/extra-typings";

import { commandPage, pageNameOf, type PageName } from "./command-page.ts";
import { CONFIG_PAGE, configPage } from "./config-page.ts";

/**
 * All manual pages: text by file name, such as `fbtr-translate.1`. The program has one, each of its
 * commands, and the configuration.
 */
export function manPages(program: CommandUnknownOpts): ReadonlyMap<string, string> {
  const version = program.version() ?? "";
  const commands = [program, ...program.commands];
  const names: readonly PageName[] = [
    ...commands.map((command) => ({ name: pageNameOf(command), chapter: 1 })),
    CONFIG_PAGE,
  ];
  const pages = commands.map((command): [string, string] => [
    `${pageNameOf(command)}.1`,
    commandPage(command, version, names),
  ]);
  const configFile = `${CONFIG_PAGE.name}.${CONFIG_PAGE.chapter}`;
  return new Map([...pages, [configFile, configPage(version, names)]]);
}
