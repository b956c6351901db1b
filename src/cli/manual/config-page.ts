import { FOLDER_FILES } from "../../config/config-file.ts";
import { variablesOfKeys } from "../../config/environment-layer.ts";
import { fieldRows, type FieldRow } from "../../config/fields/all.ts";
import { TEXT } from "../../config/kinds.ts";
import { printedValue } from "../../config/printed-value.ts";
import { seeAlso, type PageName } from "./command-page.ts";
import { bold, escaped, item, pageText, prose, verbatim, type PageSection } from "./roff.ts";
import { FILES_SECTION } from "./surroundings-sections.ts";

export const CONFIG_PAGE: PageName = { name: "fbtr-config", chapter: 5 };

const EXAMPLE = `translation:
  script: latin
  max_attempts: 5
  providers:
    openai:
      api_key: \${OPENAI_API_KEY}
distributed:
  enabled: true
  workers:
    worker-1:
      name: Production Worker 1
      host: worker1.example.com
      user: translator
      key_file: /path/to/ssh/key
      max_capacity: 10
      tags: [gpu, high-memory]`;

const DESCRIPTION: readonly string[] = [
  "A value comes from an option of the command line, else from an environment variable, else from " +
    "the configuration file, else it is the default. `fbtr config explain` tells which.",
  "The file is the one that is named with `--config`, else the one in CONFIG_FILE, else in " +
    "TRANSLATOR_CONFIG, else the first that is there of those under FILES. It is written in JSON or " +
    "YAML; a `.ts` or `.js` file is run, and what it exports by default is the configuration. " +
    "`fbtr config init` writes an example to begin with.",
  "In text of the file, `${NAME}` stands for an environment variable, and `${NAME:-default}` has a " +
    "default for one that is not set or empty. In JSON a reference may also stand in the place of a " +
    "number or a truth value. In the environment, a list is written with commas.",
  "A wrong value is a fault, and all faults are told at once. Unknown keys are warned of. Names " +
    "that begin with `_` or `//` are comments.",
  "Secrets are never shown. A file that holds one should be readable for its owner only.",
  "Keys and groups that are marked as not used yet are accepted and checked, but nothing reads " +
    "them so far.",
];

/** The manual page of the configuration, from the table of its keys. */
export function configPage(version: string, others: readonly PageName[]): string {
  const { name, chapter } = CONFIG_PAGE;
  const sections: readonly PageSection[] = [
    { title: "NAME", parts: ["fbtr\\-config \\- configuration of fbtr"] },
    { title: "SYNOPSIS", parts: [[...FOLDER_FILES].map(bold).join(", ")] },
    { title: "DESCRIPTION", parts: DESCRIPTION.flatMap((text) => [".PP", prose(text)]).slice(1) },
    { title: "KEYS", parts: keyParts() },
    { title: "ENVIRONMENT", parts: variableItems() },
    FILES_SECTION,
    { title: "EXAMPLES", parts: [verbatim(EXAMPLE.split("\n"))] },
    {
      title: "SEE ALSO",
      parts: [
        seeAlso(
          "",
          others.filter((page) => page.chapter !== chapter),
        ),
      ],
    },
  ];
  return pageText({ name, chapter, version, sections });
}

function keyParts(): readonly string[] {
  const rows = fieldRows();
  const groups = new Set(rows.map(groupOf));
  return [...groups].flatMap((group) => {
    const inGroup = rows.filter((row) => groupOf(row) === group);
    const isUsed = inGroup.some(({ field }) => field.facts.isEffective === true);
    const head = [`.SS "${escaped(group)}"`, ...(isUsed ? [] : ["Not used yet."])];
    return head.concat(inGroup.map((row) => keyItem(row, isUsed)));
  });
}

const groupOf = ({ shownAs }: FieldRow) => shownAs.slice(0, shownAs.lastIndexOf("."));

/** @param isGroupUsed false if the group says already that nothing reads its keys. */
function keyItem({ shownAs, field }: FieldRow, isGroupUsed: boolean): string {
  const { kind, default: value, facts } = field;
  const variables = [...(facts.env ?? []), ...Object.keys(facts.envByEntry ?? {})];
  const isUnused = facts.isEffective !== true;
  const sentences = [
    facts.about,
    ...(kind === TEXT ? [] : [`Takes ${kind.expected}.`]),
    ...(value === undefined ? [] : [`Default: ${printedValue(value)}.`]),
    ...(variables.length === 0 ? [] : [`Environment: ${variables.join(", ")}.`]),
    ...(facts.aliases === undefined ? [] : [`Other names: ${facts.aliases.join(", ")}.`]),
    ...(isGroupUsed && isUnused ? ["Not used yet."] : []),
  ];
  return item(bold(shownAs), prose(sentences.join(" ")));
}

/** Variables by the alphabet; the same key may have several. */
function variableItems(): readonly string[] {
  const variables = [...variablesOfKeys()];
  variables.sort((a, b) => (a.variable < b.variable ? -1 : 1));
  return variables.map(({ variable, path }) =>
    item(bold(variable), `sets ${bold(path.join("."))}`),
  );
}
