import type { Argument, CommandUnknownOpts, Help, Option } from "@commander-js/extra-typings";

import { bold, escaped, item, pageText, prose, verbatim, type PageSection } from "./roff.ts";
import {
  ENVIRONMENT_SECTION,
  EXIT_STATUS_SECTION,
  FILES_SECTION,
} from "./surroundings-sections.ts";

/** A page of another command or file, as SEE ALSO names it. */
export interface PageName {
  readonly name: string;
  readonly chapter: number;
}

/** Name of a command's page: `fbtr-translate`. */
export function pageNameOf(command: CommandUnknownOpts): string {
  return command.parent ? `${pageNameOf(command.parent)}-${command.name()}` : command.name();
}

/**
 * The manual page of a command, with all its subcommands, from what its help says. For the program
 * itself, whose commands have pages of their own, it lists them.
 */
export function commandPage(
  command: CommandUnknownOpts,
  version: string,
  others: readonly PageName[],
): string {
  const name = pageNameOf(command);
  const summary = command.summary() || "translate FictionBook 2 books";
  const sections: readonly PageSection[] = [
    { title: "NAME", parts: [`${escaped(name)} \\- ${escaped(summary)}`] },
    { title: "SYNOPSIS", parts: [usage(command)] },
    { title: "DESCRIPTION", parts: [prose(command.description()), ...argumentItems(command)] },
    { title: "COMMANDS", parts: commandParts(command) },
    { title: "OPTIONS", parts: optionParts(command) },
    EXIT_STATUS_SECTION,
    ENVIRONMENT_SECTION,
    FILES_SECTION,
    { title: "EXAMPLES", parts: exampleParts(command) },
    { title: "SEE ALSO", parts: [seeAlso(name, others)] },
  ];
  return pageText({ name, chapter: 1, version, sections });
}

export function seeAlso(name: string, pages: readonly PageName[]): string {
  const others = pages.filter((page) => page.name !== name);
  return others.map((page) => `${bold(page.name)}(${page.chapter})`).join(",\n");
}

function usage(command: CommandUnknownOpts): string {
  const [path = ""] = helpOf(command)
    .commandUsage(command)
    .split(/ (?=[[<])/, 1);
  return `${bold(path)} ${escaped(command.usage())}`;
}

const helpOf = (command: CommandUnknownOpts): Help => command.createHelp();

const argumentItems = (command: CommandUnknownOpts) =>
  helpOf(command)
    .visibleArguments(command)
    .map((argument: Argument) =>
      item(bold(argument.name()), prose(helpOf(command).argumentDescription(argument))),
    );

const optionItem = (command: CommandUnknownOpts, option: Option) =>
  item(bold(option.flags), prose(helpOf(command).optionDescription(option)));

/** Options under the headings that the help has; "Options:" is the title of the section anyway. */
function optionParts(command: CommandUnknownOpts): readonly string[] {
  const options: readonly Option[] = helpOf(command).visibleOptions(command);
  const titles = new Set(options.map(({ helpGroupHeading }) => helpGroupHeading));
  return [...titles].flatMap((title) => {
    const items = options
      .filter(({ helpGroupHeading }) => helpGroupHeading === title)
      .map((option) => optionItem(command, option));
    return title === undefined ? items : [`.SS "${title.replace(/:$/, "")}"`].concat(items);
  });
}

function commandParts(command: CommandUnknownOpts): readonly string[] {
  const commands: readonly CommandUnknownOpts[] = helpOf(command).visibleCommands(command);
  if (command.parent === null) {
    return commands.map((sub) => item(`${bold(pageNameOf(sub))}(1)`, prose(sub.summary())));
  }
  return commands.flatMap((sub) => {
    const options: readonly Option[] = helpOf(sub).visibleOptions(sub);
    const head = [`.SS "${escaped(helpOf(sub).commandUsage(sub))}"`, prose(sub.description())];
    return head.concat(
      argumentItems(sub),
      options.map((option) => optionItem(sub, option)),
      commandParts(sub),
    );
  });
}

/** The examples are only in the text that the help prints. */
function exampleParts(command: CommandUnknownOpts): readonly string[] {
  let help = "";
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  const block = /^Examples:\n((?: {2}.+\n)+)/m.exec(help)?.[1];
  return block === undefined
    ? []
    : [
        verbatim(
          block
            .trimEnd()
            .split("\n")
            .map((line) => line.slice(2)),
        ),
      ];
}
