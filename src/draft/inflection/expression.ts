import type { Case, Count } from "../grammar.ts";
import { withAdjectiveEnding } from "./adjective-endings.ts";
import type { CaseForms, Declension, Parts } from "./declension.ts";
import { classNamed, declineWord } from "./noun-declension.ts";

/** The part from which the inflection of a noun is read: the genitive, else the plural. */
const LEADING_PARTS = ["gs", "np", "gp"];

function leadingPart(parts: Parts): string | undefined {
  const name = LEADING_PARTS.find((part) => parts[part] !== undefined);
  return name === undefined ? undefined : parts[name];
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** The word whose form a principal part of fewer words is: `putni kovčežić`, `kovčežića` - 1. */
export function wordOfPart(words: readonly string[], part: string): number {
  const alike = words.map((word) => commonStart(word, part));
  return alike.indexOf(Math.max(...alike));
}

/** The parts of the word at a place, where they name all words; of the noun, where they name it alone. */
function partsAt(parts: Parts, at: number, words: readonly string[], noun: number): Parts {
  const own = Object.entries(parts).flatMap(([name, form]) => {
    const forms = form.split(" ");
    if (forms.length === words.length) return [[name, forms[at] ?? form] as const];
    return at === noun ? [[name, forms[0] ?? form] as const] : [];
  });
  return Object.fromEntries(own);
}

/** What declines in an expression. */
interface Roles {
  /** Place of the noun that the expression is about. */
  readonly noun: number;
  /** Whether a word before or after it declines too. */
  readonly declines: (at: number) => boolean;
}

/**
 * Finds what declines in an expression of several words:
 * - the parts name every word (`spavaća soba`, `spavaće sobe`): the words that differ from the
 *   dictionary form, of which the last is the noun;
 * - they name one word (`civilno odelo`, `odela`; `kanta za zalivanje`, `kante`): that one is the
 *   noun, the words before it agree with it, the words after it stay.
 */
function rolesIn(words: readonly string[], parts: Parts): Roles {
  const leading = leadingPart(parts) ?? words[0] ?? "";
  const forms = leading.split(" ");
  if (forms.length !== words.length) {
    const noun = wordOfPart(words, leading);
    return { noun, declines: (at) => at <= noun };
  }
  const declines = (at: number) => forms[at] !== words[at];
  const noun = words.findLastIndex((_, at) => declines(at));
  // krilo kuće, np krila kuće: all but the first word are the same
  return { noun: Math.max(noun, 0), declines };
}

/** `dan i noć, dana i noći`: a noun in the genitive, where an attribute would have -og. */
function isSecondNoun(className: string, parts: Parts): boolean {
  const genitive = parts["gs"];
  return classNamed(className).gender !== "f" && genitive !== undefined && /[ai]$/u.test(genitive);
}

function classOfWord(className: string, parts: Parts): string {
  const { gender } = classNamed(className);
  return gender !== "f" && parts["gs"]?.endsWith("i") === true ? "fi" : className;
}

/** `spavaća`, beside `soba`: the attribute agrees with the noun of the expression. */
function declineAttribute(word: string, className: string): Declension {
  const { gender = "m", animate } = classNamed(className);
  const stem = /[aeio]$/u.test(word) ? word.slice(0, -1) : word;
  const formsIn = (count: Count): CaseForms => {
    const at = (its: Case) => withAdjectiveEnding(stem, { gender, count, animate, case: its });
    const forms = { nom: at("nom"), gen: at("gen"), dat: at("dat"), acc: at("acc") };
    return { ...forms, voc: at("voc"), ins: at("ins"), loc: at("loc") };
  };
  return { sg: formsIn("sg"), pl: formsIn("pl") };
}

const CASES = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"] as const;

function joined(words: readonly (string | Declension)[], count: Count): CaseForms {
  const forms = CASES.map((its) => {
    const texts = words.map((word) => (typeof word === "string" ? word : word[count][its]));
    return [its, texts.join(" ")];
  });
  return Object.fromEntries(forms) as CaseForms;
}

/** All forms of an expression of several words, such as `spavaća soba` or `zid između prozora`. */
export function declineExpression(sr: string, className: string, parts: Parts): Declension {
  const words = sr.split(" ");
  const roles = rolesIn(words, parts);
  const declined = words.map((word, at) => {
    const own = partsAt(parts, at, words, roles.noun);
    if (at === roles.noun) return declineWord(word, classOfWord(className, own), own);
    if (!roles.declines(at)) return word;
    return isSecondNoun(className, own)
      ? declineWord(word, classOfWord(className, own), own)
      : declineAttribute(word, className);
  });
  const { only } = classNamed(className);
  return { sg: joined(declined, only ?? "sg"), pl: joined(declined, only ?? "pl") };
}
