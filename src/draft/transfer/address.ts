import type { Word } from "../analysis/sentence.ts";
import type { Case } from "../grammar.ts";
import type { Reading } from "../morphology/reading.ts";
import type { NounGroup } from "../syntax/noun-groups.ts";
import { putGroup } from "./group-transfer.ts";
import { targetHead } from "./nouns.ts";
import type { ClauseContext } from "./transfer-context.ts";

/** What people are called to their faces, and seldom spoken of by in the same sentence. */
const TITLES =
  /^(?:барин|барыня|барышня|батюшка|матушка|сударь|сударыня|голубчик|голубушка|братец|дружок|душенька|господь|бог|боже)$/u;

const GREETINGS = new Set(
  "здравствуй здравствуйте прощай прощайте спасибо пожалуйста эй ах ох о эх ну утро день вечер".split(
    " ",
  ),
);

/** Whether a word shows that somebody is spoken to. */
function speaksToSomebody({ form, reading }: Word): boolean {
  const { lemma, pos, person } = reading;
  if (GREETINGS.has(form) || /^(?:ты|вы|твой|ваш)$/u.test(lemma)) return true;
  return pos === "verb" && (person === 2 || reading.mood === "imperative");
}

/** отец, милый друг, Пётр Иванович: nothing but nominatives of persons, with an interjection. */
function namesPersonsOnly({ words, clause, groups }: ClauseContext): boolean {
  const covered = new Set<number>();
  for (const { head, attributes, case: its, preposition, numeral } of groups) {
    const reading = words[head]?.reading;
    const isPerson = reading?.pos === "noun" && reading.animate === true;
    if (!isPerson || (its !== "nom" && its !== "voc") || preposition !== undefined) return false;
    if (numeral !== undefined) return false;
    for (const at of [head, ...attributes]) covered.add(at);
  }
  return words.slice(clause.from, clause.to).every(({ reading, form }, offset) => {
    const isInterjection = reading.pos === "interjection" || /^(?:и|а|да|ну|о|ах|эх)$/u.test(form);
    return covered.has(clause.from + offset) || isInterjection;
  });
}

/** мой брат, офицер: a second nominative of the same number explains the first. */
function isApposition({ words, clause }: ClauseContext, first: NounGroup): boolean {
  const before = words[clause.from - 1]?.reading;
  const reading = words[first.head]?.reading;
  const couldExplain = before?.pos === "noun" && before.case === "nom" && before.animate === true;
  return couldExplain && before.count === first.count && reading?.name === undefined;
}

/** Whether the clause is an address: Иван, иди домой; Чай готов, барин. */
function isAddress(context: ClauseContext): boolean {
  const { groups, words, clause, done } = context;
  const [first] = groups;
  const reading = first && words[first.head]?.reading;
  if (!first || !reading || groups.some(({ head }) => done.has(head))) return false;
  if (!namesPersonsOnly(context) || isApposition(context, first)) return false;
  const isWholeSentence = clause.from === 0 && clause.to === words.length;
  if (isWholeSentence) return context.target.source.after.trimStart().startsWith("!");
  const around = adjacentWords(context);
  if (around.some(({ reading: other }) => other.lemma === "который")) return false;
  return TITLES.test(reading.lemma) || around.some(speaksToSomebody);
}

/** The words of the clauses on both sides, up to the next marks. */
function adjacentWords({ words, clause }: ClauseContext): readonly Word[] {
  const isMarked = ({ before }: Word) => /[^\s]/u.test(before);
  let from = clause.from - 1;
  while (from > 0 && words[from] !== undefined && !isMarked(words[from] as Word)) from -= 1;
  let to = clause.to + 1;
  while (to < words.length && !isMarked(words[to] as Word)) to += 1;
  return [...words.slice(Math.max(from, 0), clause.from), ...words.slice(clause.to, to)];
}

/** Women's names and surnames keep their nominative in the prose of today: Ana, Nehljudov. */
function caseOfAddress({ name, gender }: Reading): Case {
  if (name === undefined || name === "patronymic") return gender === "f" && name ? "nom" : "voc";
  return name === "given" && gender === "m" ? "voc" : "nom";
}

/** Отец, прости -> Oče, oprosti. @returns whether the clause was an address. */
export function putAddress(context: ClauseContext): boolean {
  if (!isAddress(context)) return false;
  for (const group of context.groups) {
    const reading = context.words[group.head]?.reading;
    const head = targetHead(context, group.head, group.count);
    if (!reading || !head) continue;
    putGroup(context, { group, head, case: caseOfAddress(reading), preposition: "" });
    context.trace?.rule("who is spoken to stands in the vocative", group.head);
  }
  return true;
}
