import type { Reading } from "../morphology/reading.ts";
import {
  agrees,
  agreesWithVerb,
  isAttribute,
  isFinite,
  isNominal,
  isPossessive,
  isRelative,
  subjectOf,
  type Subject,
  type ParseState,
} from "./parse-state.ts";
import type { ReadingRule } from "./rule.ts";
import { WORD_RULES } from "./word-rules.ts";

const MODAL =
  /^(?:мочь|хотеть|начать|начинать|стать|уметь|любить|должный|надо|нужно|можно|нельзя|быть|решить)$/u;

const COPULAS = new Set(["быть", "стать", "становиться", "казаться", "показаться", "оказаться"]);

const isGenitivePlural = ({ case: its, count }: Reading) => its === "gen" && count === "pl";

const GOVERN_GENITIVE =
  /^(?:ждать|ожидать|бояться|пугаться|испугаться|требовать|желать|пожелать|касаться|коснуться|достигать|достигнуть|избегать|лишиться|лишать|добиться|добиваться|стыдиться|дождаться|хотеться|держаться|слушаться)$/u;

const fitsSubject = (subject: Subject, { count, gender }: Reading) =>
  subject.count === count && (count === "pl" || !subject.gender || subject.gender === gender);

/** Голос его дрожал (his); but отец его любил (him): a transitive verb wants its object. */
function ofPostposed({ pos, transitive, case: its }: Reading): number {
  // мотивы их поступков, их дурных дел: it belongs to what follows in the genitive.
  if ((pos === "noun" || pos === "adjective") && its === "gen") return 1.5;
  if (pos === "verb" || pos === "short-participle") return transitive === true ? -1.5 : 1.2;
  return pos === "short-adjective" || pos === "preposition" ? 0.8 : 0;
}

const isFree = ({ prepositionCases, numeral }: ParseState) => !prepositionCases && !numeral;

/** Weights were set by hand on sentences of classic prose, and are kept by the graded test set. */
export const READING_RULES: readonly ReadingRule[] = [
  {
    name: "a preposition governs the case of what follows",
    example: "в комнату (accusative), в комнате (prepositional)",
    points: ({ prepositionCases }, reading) => {
      if (!prepositionCases) return reading.case === "loc" && isNominal(reading) ? -8 : 0;
      if (reading.case) {
        // Where both fit, the first case is the commoner one: на пальто.
        const rank = prepositionCases.indexOf(reading.case);
        // с которой: no noun will tell which case is meant.
        const step = isRelative(reading) ? 1.2 : 0.3;
        return rank < 0 ? -8 : 3 - rank * step;
      }
      if (isPossessive(reading) || reading.pos === "numeral") return 0;
      return reading.pos === "adverb" || reading.pos === "particle" ? -2 : -5;
    },
  },
  {
    name: "an attribute agrees with its noun",
    example: "старого друга (genitive or accusative together)",
    concerns: isNominal,
    points: ({ group }, reading) => {
      if (!group || !isNominal(reading)) return 0;
      if (agrees(group, reading)) return reading.pos === "noun" ? 4 : 2;
      return reading.pos === "noun" ? -3 : -1;
    },
  },
  {
    name: "a numeral governs the genitive",
    example: "три дома (singular), пять домов (plural)",
    concerns: ({ pos }) => pos === "noun",
    points: ({ numeral }, reading) => {
      if (reading.pos !== "noun") return 0;
      if (!numeral) return reading.lemma === "человек" && isGenitivePlural(reading) ? -3 : 0;
      if (reading.case !== "gen") return -3;
      return (reading.count === "sg") === (numeral === "few") ? 4 : -1;
    },
  },
  {
    name: "a verb agrees with its subject",
    example: "мать любила (past, feminine)",
    concerns: isFinite,
    points: ({ subject }, reading) => {
      if (!isFinite(reading) || !subject) return 0;
      const fits = agreesWithVerb(subject, reading);
      if (subject.isOld) {
        const { outer } = subject;
        return fits || (outer !== undefined && agreesWithVerb(outer, reading)) ? 1 : -0.2;
      }
      return fits ? 2.5 : -2.5;
    },
  },
  {
    name: "a subject agrees with the verb before it",
    example: "вошёл старик (nominative), увидел старика",
    concerns: ({ case: its }) => its === "nom",
    points: ({ verb, subject, prepositionCases, group, hasObject }, reading) => {
      if (reading.case !== "nom" || !verb || prepositionCases || !isNominal(reading)) return 0;
      if (isRelative(reading)) return 0;
      // дул холодный ветер: the attribute was taken for the subject, and this is its noun.
      if (group?.case === "nom" && agrees(group, reading)) return 0;
      if (!isFinite(verb)) return -1;
      // чай был горячий: the predicate of a copula agrees with the subject.
      if (subject && !subject.isOld && COPULAS.has(verb.lemma) && isAttribute(reading)) {
        return subject.count === reading.count ? 1 : -2;
      }
      // вернулся усталый: what agrees with the subject is said of it.
      if (subject && !subject.isOld && isAttribute(reading) && verb.transitive !== true) {
        return fitsSubject(subject, reading) ? -0.4 : -2;
      }
      // который построил дед: of the two the noun is the subject.
      if (subject && !subject.isOld && subject.relative === true) return -4;
      if (subject && !subject.isOld) return COPULAS.has(verb.lemma) ? -1 : -2;
      if (subject && !hasObject && agreesWithVerb(subject, verb)) return -0.8;
      return agreesWithVerb(subjectOf(reading), verb) ? 1.5 : -2.5;
    },
  },
  {
    name: "a clause likes to begin with its subject",
    example: "дом, в котором мы жили, сгорел",
    concerns: ({ case: its }) => its === "nom",
    points: ({ verb, subject, group, prepositionCases }, { case: its, pos }) => {
      const isFirst = !verb && (!subject || subject.isOld) && !group && !prepositionCases;
      return isFirst && its === "nom" && (pos === "noun" || pos === "pronoun") ? 0.6 : 0;
    },
  },
  {
    name: "a transitive verb has an object",
    example: "видел дом (accusative)",
    concerns: ({ case: its }) => its === "acc",
    points: (state, reading) => {
      if (reading.case !== "acc" || !isFree(state) || state.group || isRelative(reading)) return 0;
      // взгляды гостей: of two nouns in a row the second is no object.
      if (state.last?.pos === "noun" && state.lastCase === "acc" && reading.pos === "noun")
        return -1;
      // не теряй надежды: of a negation the object is a genitive rather than a plural.
      const couldBeGenitive = reading.count === "pl" && reading.animate !== true;
      if (state.negated && couldBeGenitive && state.verb?.transitive === true) return 0;
      if (state.verb) return state.verb.transitive === true ? 1.2 : -1.5;
      return reading.pos === "pronoun" ? 0 : -0.8;
    },
  },
  {
    name: "the genitive belongs to a noun or a negation",
    example: "дом отца, не видел дома",
    concerns: ({ case: its }) => its === "gen",
    points: (state, reading) => {
      if (reading.case !== "gen" || !isFree(state) || state.group) return 0;
      if (state.last?.pos === "noun" && state.afterMark && reading.pos === "participle") return 0;
      if (state.last?.pos === "noun") return reading.pos === "pronoun" ? -1 : 1;
      if (state.last?.pos === "comparative") return 1.5;
      if (state.negated && state.verb?.transitive === true) return 1.6;
      if (state.last?.lemma === "нет") return 3;
      if (state.negated && state.verb?.lemma === "быть") return 2.5;
      if (state.last?.lemma === "ни") return 2;
      if (GOVERN_GENITIVE.test(state.verb?.lemma ?? "")) return 2.2;
      // ребёнка крестили: of a person the accusative looks the same.
      return reading.animate === true ? -1.8 : -1.2;
    },
  },
  {
    name: "the bare dative and instrumental are rarer",
    example: "руке, рукой",
    concerns: ({ case: its }) => its === "dat" || its === "ins",
    points: (state, reading) => {
      if (!isFree(state) || state.group) return 0;
      return reading.case === "dat" || reading.case === "ins" ? -0.3 : 0;
    },
  },
  {
    name: "the predicate of быть and its like stands in the instrumental",
    example: "крыша была зелёной",
    concerns: ({ case: its }) => its === "ins",
    points: ({ verb, prepositionCases, group }, { case: its, pos }) => {
      if (!verb || prepositionCases || group || its !== "ins") return 0;
      return COPULAS.has(verb.lemma) && (pos === "adjective" || pos === "noun") ? 1.5 : 0;
    },
  },
  {
    name: "what is coordinated has the same case",
    example: "отца и мать",
    concerns: isNominal,
    points: ({ afterConjunction, afterMark, lastCase, prepositionCases }, reading) => {
      if (!lastCase || prepositionCases || !isNominal(reading)) return 0;
      if (afterMark && !isRelative(reading)) return reading.case === lastCase ? 0.5 : 0;
      if (!afterConjunction) return 0;
      return reading.case === lastCase ? 1.5 : -0.3;
    },
  },
  {
    name: "его, её, их before a noun are possessive",
    example: "её голос, видел её",
    points: ({ possessive, postposed, last, verb, hasObject }, reading) => {
      const wantsNoun = reading.pos === "noun" || isAttribute(reading);
      // отдала его соседке: a transitive verb needs its object.
      const isRecipient =
        verb?.transitive === true &&
        (reading.case === "dat" || (reading.case === "ins" && !hasObject));
      if (postposed) return ofPostposed(reading);
      if (possessive && wantsNoun) return isRecipient ? -1 : 1.5;
      if (possessive) return -4;
      const couldBe = last?.pos === "pronoun" && /^(?:он|она|они)$/u.test(last.lemma);
      return couldBe && last.case !== "nom" && reading.pos === "noun" ? -1 : 0;
    },
  },
  {
    name: "a short adjective has a subject, an adverb a verb",
    example: "небо чисто; чисто вымыл",
    concerns: ({ pos }) => pos.startsWith("short") || pos === "adverb" || pos === "predicative",
    points: ({ subject, verb }, reading) => {
      if (reading.pos === "short-adjective" || reading.pos === "short-participle") {
        if (!subject) return -0.8;
        const fits =
          subject.count === reading.count &&
          (reading.count === "pl" || !subject.gender || subject.gender === reading.gender);
        return fits ? 2 : -2;
      }
      if (reading.pos === "adverb") return verb ? 0.7 : 0;
      if (reading.pos !== "predicative") return 0;
      if (verb) return -1;
      return subject && !subject.isOld ? -1 : 0.8;
    },
  },
  {
    name: "an infinitive has something to hang on",
    example: "хотел есть (not: there is)",
    concerns: ({ pos }) => pos === "infinitive",
    points: ({ last, verb }, reading) => {
      if (reading.pos !== "infinitive") return 0;
      if (MODAL.test(last?.lemma ?? "") && last?.lemma !== "быть") return 3.5;
      return MODAL.test(verb?.lemma ?? "") ? 1.5 : 0;
    },
  },
  {
    name: "an imperative has no subject in the third person",
    example: "дверь стой (unlikely)",
    concerns: ({ mood }) => mood === "imperative",
    points: ({ subject, last }, reading) => {
      if (reading.mood !== "imperative") return 0;
      if (subject && subject.person !== 2) return -2;
      return last === undefined ? 0.5 : -0.5;
    },
  },
  {
    name: "vocatives and interjections are rare",
    example: "о",
    concerns: ({ case: its, pos }) => its === "voc" || pos === "interjection",
    points: (_, { case: its, pos }) => (its === "voc" || pos === "interjection" ? -3 : 0),
  },
  {
    name: "a form that may be present is present",
    example: "признаете (признаёте rather than the future)",
    concerns: ({ tense }) => tense === "future",
    points: (_, { pos, tense }) => (pos === "verb" && tense === "future" ? -0.7 : 0),
  },
  {
    name: "a name agrees with the name or title before it",
    example: "с Симоном Картинкиным, князю Нехлюдову",
    concerns: ({ name }) => name !== undefined,
    points: ({ last }, reading) => {
      const isName = reading.pos === "noun" && reading.name !== undefined;
      if (!isName || last?.pos !== "noun" || last.animate !== true) return 0;
      return last.case === reading.case && last.count === reading.count ? 2.5 : -1.5;
    },
  },
  {
    name: "a clause has one finite verb",
    example: "стали (became) beside another verb: of steel",
    concerns: isFinite,
    points: ({ verb, afterConjunction }, reading) =>
      isFinite(reading) && verb && isFinite(verb) && !afterConjunction ? -1.5 : 0,
  },
  ...WORD_RULES,
];
