import type {
  DraftExplanation,
  ExplainedClause,
  ExplainedEntry,
  ExplainedReading,
  ExplainedSentence,
  ExplainedWord,
} from "../draft/explanation/explanation.ts";

/** The explanation of a draft as a page for people who know grammar. */
export function explanationPage({ sentences, text, unknownWords }: DraftExplanation): string {
  const parts = sentences.map(sentencePart);
  const unknown = unknownWords.length === 0 ? "none" : unknownWords.join(", ");
  return `${[...parts, `Translation    ${text}\nUnknown words  ${unknown}`].join("\n\n")}\n`;
}

function sentencePart(sentence: ExplainedSentence): string {
  return [
    `Russian        ${sentence.source}`,
    `Serbian        ${sentence.serbian}`,
    "",
    "Words",
    ...sentence.words.flatMap(wordLines),
    "",
    "Clauses and noun groups",
    ...sentence.clauses.flatMap(clauseLines),
    "",
    "Rules of the transfer",
    ...sentence.rules.map(({ name, word }) => `  ${name} (${word})`),
    "",
    "Clitics",
    ...cliticLines(sentence.words),
  ].join("\n");
}

function featuresOf({ reading }: ExplainedReading): string {
  const { lemma, pos, case: its, count, gender, animate, person, tense, aspect } = reading;
  const { mood, voice, name } = reading;
  const features = [
    pos,
    name && `name (${name})`,
    mood === "imperative" ? mood : undefined,
    tense,
    voice,
    aspect,
    person && `person ${person}`,
    its,
    count,
    gender,
    animate === true ? "animate" : undefined,
    reading.known ? undefined : "guessed from its ending",
  ];
  return `${lemma}: ${features.filter(Boolean).join(" ")}`;
}

const signed = (points: number) => `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(1)}`;

/** Readings that are shown beside the chosen one; the others are in the JSON. */
const MAX_OTHERS = 3;

function wordLines(word: ExplainedWord): string[] {
  const { text, chosen, others, serbian, unknown, entries, offeredEntries } = word;
  const more = others.length - MAX_OTHERS;
  return [
    `  ${text} → ${serbian === "" ? "(nothing here)" : serbian}`,
    `      read as    ${readingLine(chosen)}`,
    ...ruleLines(chosen),
    ...others
      .slice(0, MAX_OTHERS)
      .flatMap((other) => [`      not as     ${readingLine(other)}`].concat(ruleLines(other))),
    ...(more > 0 ? [`      and ${more} more readings (see --json)`] : []),
    ...entries.map((entry) => `      lexicon    ${entryLine(entry, offeredEntries)}`),
    ...(unknown ? ["      unknown to the lexicon: transcribed"] : []),
  ];
}

const readingLine = (weighed: ExplainedReading) =>
  `${featuresOf(weighed)}  [${signed(weighed.points)}]`;

const ruleLines = ({ rules }: ExplainedReading) =>
  rules.map(({ name, points }) => `                 ${signed(points)} ${name}`);

function entryLine({ ru, pos, sr, selectors }: ExplainedEntry, offered: number): string {
  const by = selectors.length === 0 ? "without a selector" : `by ${selectors.join(", ")}`;
  const of = offered > 1 ? `, of ${offered}` : "";
  return `${ru} (${pos}) = ${sr === "" ? "nothing" : sr}, ${by}${of}`;
}

function clauseLines({ text, groups }: ExplainedClause): string[] {
  return [
    `  ${text}`,
    ...groups.map(({ text: group, case: its, serbianCase }) => {
      const target = serbianCase === undefined || serbianCase === its ? "" : ` → ${serbianCase}`;
      return `      [${group}] ${its}${target}`;
    }),
  ];
}

function cliticLines(words: readonly ExplainedWord[]): string[] {
  const hosts = words.filter(({ clitics }) => clitics.length > 0);
  if (hosts.length === 0) return ["  none"];
  return hosts.map(
    ({ serbian, text, clitics }) => `  ${clitics.join(" ")} behind ${serbian || text}`,
  );
}
