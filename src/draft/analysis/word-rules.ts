import { isFinite, isNominal } from "./parse-state.ts";
import type { ReadingRule } from "./rule.ts";

const PASSING = /^(?:пройти|проходить|минуть|миновать|настать|наступить)$/u;
const TIMES = /^(?:год|месяц|день|час|век|минута|неделя|ночь|вечер|утро|зима|лето|осень|весна)$/u;

/** Verbs behind which что opens what is thought or said. */
const OF_CONTENT =
  /^(?:по)?(?:чувствовать|думать|полагать|уверять|уверить|верить|надеяться|бояться|казаться|говорить|слышать|видеть|заметить|замечать|вспомнить)$/u;

/** Verbs behind which a question is told. */
const KNOWING = /^(?:знать|узнать|понять|понимать|спросить|спрашивать|рассказать|сказать)$/u;

const QUANTITIES = new Set(["несколько", "много", "немного", "мало"]);

/** Rules for single words, and for predicates that are no verbs. */
export const WORD_RULES: readonly ReadingRule[] = [
  {
    name: "what there is no time for is an infinitive",
    example: "мне некогда читать (predicative), некогда жил (adverb)",
    points: ({ last, lastCase, verb }, reading) => {
      if (reading.lemma === "некогда" && reading.pos === "predicative") {
        return lastCase === "dat" || verb?.lemma === "быть" ? 3 : 0;
      }
      if (last?.lemma !== "некогда") return 0;
      const fits = (reading.pos === "infinitive") === (last.pos === "predicative");
      return fits ? 1 : -3;
    },
  },
  {
    name: "a predicative is the only predicate of its clause",
    example: "здесь хорошо (predicative), хорошо поёт, хорошо известный (adverb)",
    points: ({ predicative, last }, reading) => {
      if (!predicative) return 0;
      if (isFinite(reading)) return /^(?:быть|стать|становиться)$/u.test(reading.lemma) ? 0 : -4;
      const isModified =
        last?.pos === "predicative" && /adjective|participle|adverb/u.test(reading.pos);
      return isModified ? -3 : 0;
    },
  },
  {
    name: "все beside a plural pronoun is said of it",
    example: "мы все согласны (all of us, not: always)",
    concerns: ({ lemma }) => lemma === "весь",
    points: ({ last }, { lemma, case: its, count }) => {
      if (lemma !== "весь" || count !== "pl" || last?.pos !== "pronoun") return 0;
      return last.count === "pl" && last.case === its ? 4 : 0;
    },
  },
  {
    name: "a word of quantity before a genitive is a numeral",
    example: "много лет (numeral), много работал (adverb)",
    points: ({ last }, reading) => {
      if (!QUANTITIES.has(last?.lemma ?? "")) return 0;
      const isCounted = reading.case === "gen" && isNominal(reading);
      if (last?.pos === "adverb") return isCounted ? -3 : 0;
      return isCounted ? 1 : -3;
    },
  },
  {
    name: "what is asked for is a pronoun",
    example: "он спросил, что она видит (šta, not da)",
    concerns: ({ lemma }) => lemma === "что",
    points: ({ last }, { lemma, pos }) => {
      if (lemma !== "что" || pos !== "conjunction") return 0;
      return /^(?:спросить|спрашивать|расспрашивать)$/u.test(last?.lemma ?? "") ? -3 : 0;
    },
  },
  {
    name: "что behind жаль and так is a conjunction",
    example: "жаль, что тебя не было; так темно, что не видно дороги",
    concerns: ({ lemma }) => lemma === "что",
    points: ({ last, marksMeasure }, { lemma, pos }) => {
      if (lemma !== "что") return 0;
      const expected = marksMeasure || /^(?:жаль|жалко|рад|рада|рады)$/u.test(last?.lemma ?? "");
      return expected && pos === "pronoun" ? -6 : 0;
    },
  },
  {
    name: "что behind a comma is seldom a subject",
    example: "он сказал, что придёт (that); то, что было (what)",
    concerns: ({ lemma }) => lemma === "что",
    points: ({ last }, { lemma, pos, case: its }) => {
      if (lemma !== "что" || pos !== "pronoun" || last === undefined) return 0;
      // мысль, что отец уволен: what was thought follows.
      if (its === "acc") return last.pos === "noun" || OF_CONTENT.test(last.lemma) ? -3 : 0;
      if (its !== "nom") return 0;
      if (OF_CONTENT.test(last.lemma)) return -4;
      return /^(?:тот|весь|все|это|ничто|нечто)$/u.test(last.lemma) ? 1 : -2;
    },
  },
  {
    name: "видно and слышно are said of nobody",
    example: "его не было видно; было слышно, как поют",
    concerns: ({ lemma }) => /^(?:видно|слышно|видный|слышный)$/u.test(lemma),
    points: ({ subject, verb }, { lemma, pos }) => {
      if (!/^(?:видно|слышно|видный|слышный)$/u.test(lemma)) return 0;
      const isImpersonal = pos === "predicative" || pos === "short-adjective";
      if (!isImpersonal) return verb ? -3 : -1;
      const hasSubject = subject !== undefined && !subject.isOld && subject.gender === "n";
      return (pos === "short-adjective") === hasSubject ? 0 : -4;
    },
  },
  {
    name: "это before a noun in an oblique case belongs to it",
    example: "этого человека (this man's, not: of this, of the man)",
    concerns: ({ pos }) => pos === "noun",
    points: ({ last }, reading) => {
      if (last?.lemma !== "это" || last.case === "nom" || reading.pos !== "noun") return 0;
      return last.case === reading.case || reading.case === "acc" ? -3 : 0;
    },
  },
  {
    name: "все behind a verb in the plural is its subject",
    example: "знали все (everybody, not: everything)",
    concerns: ({ lemma }) => lemma === "весь" || lemma === "все",
    points: ({ verb, subject, prepositionCases }, { lemma, case: its, count, pos }) => {
      if (lemma !== "весь" && lemma !== "все") return 0;
      const wantsSubject = verb?.count === "pl" && isFinite(verb) && (!subject || subject.isOld);
      if (!wantsSubject || prepositionCases) return 0;
      return pos === "adjective" && count === "pl" && its === "nom" ? 2.5 : 0;
    },
  },
  {
    name: "все before a verb in the plural is its subject",
    example: "когда он вошёл, все встали",
    concerns: isFinite,
    points: ({ last }, reading) => {
      if (last?.lemma !== "все" || last.pos !== "adverb") return 0;
      return isFinite(reading) && reading.count === "pl" ? -2 : 0;
    },
  },
  {
    name: "what there is not stands in the genitive",
    example: "надежды нет",
    concerns: ({ lemma }) => lemma === "нет",
    points: ({ last, subject }, { lemma }) => {
      if (lemma !== "нет") return 0;
      if (last?.pos === "noun" && last.case === "gen") return 3;
      return subject && !subject.isOld ? -2.5 : 0;
    },
  },
  {
    name: "часов behind a numeral are hours",
    example: "в пять часов (of hours, not: of clocks), до двух часов",
    concerns: ({ lemma }) => lemma === "часы",
    points: ({ numeral, last }, { lemma }) =>
      lemma === "часы" && (numeral !== undefined || last?.pos === "numeral") ? -4 : 0,
  },
  {
    name: "of two nouns in a row the second is seldom a nominative in another number",
    example: "дочь доктора (the doctor's, not: doctors)",
    concerns: ({ pos, case: its }) => pos === "noun" && its === "nom",
    points: ({ last, afterMark }, { count }) => {
      const isBehind = last?.pos === "noun" && last.case === "nom" && !afterMark;
      return isBehind && last.count !== count ? -1.5 : 0;
    },
  },
  {
    name: "what the dictionary has as a noun is no participle",
    example: "управляющий (the manager) пришёл",
    concerns: ({ pos, lemma }) => pos === "noun" && /(?:щий|щийся|мый)$/u.test(lemma),
    points: () => 0.6,
  },
  {
    name: "пришли and пошли have come and gone",
    example: "пришли гости (came, not: send)",
    concerns: ({ lemma, mood }) =>
      mood === "imperative" && (lemma === "прислать" || lemma === "послать"),
    points: () => -3,
  },
  {
    name: "стыдно and нужно are said of nobody",
    example: "ему было стыдно, ей нужно было уйти",
    concerns: ({ lemma, pos }) =>
      pos === "predicative" && /^(?:стыдно|совестно|нужно)$/u.test(lemma),
    points: ({ subject }) => (subject && !subject.isOld ? -1 : 3),
  },
  {
    name: "довольный wants the instrumental",
    example: "они довольны Марьей",
    concerns: ({ case: its }) => its === "ins",
    points: ({ last }, { case: its }) =>
      its === "ins" && last?.lemma === "довольный" && last.pos === "short-adjective" ? 2 : 0,
  },
  {
    name: "узнаю is rather the future of узнать",
    example: "я узнаю это завтра (not: узнаю́ его голос)",
    concerns: ({ lemma, person }) => lemma === "узнавать" && (person ?? 3) < 3,
    points: () => -2,
  },
  {
    name: "дома behind быть and нет is at home",
    example: "его не было дома (at home, not: of the house)",
    concerns: ({ lemma, pos }) => lemma === "дома" && pos === "adverb",
    points: ({ last, verb, prepositionCases, group }) => {
      if (prepositionCases || group) return 0;
      return verb?.lemma === "быть" || last?.lemma === "нет" ? 6 : 0;
    },
  },
  {
    name: "правда behind это is a noun",
    example: "это правда",
    concerns: ({ lemma }) => lemma === "правда",
    points: ({ last }, { lemma, pos }) =>
      lemma === "правда" && pos === "noun" && last?.lemma === "это" ? 1.5 : 0,
  },
  {
    name: "который agrees with the noun before it",
    example: "окна, которые выходили в сад (nominative plural, not genitive singular)",
    concerns: ({ lemma }) => lemma === "который",
    points: ({ lastNoun }, { lemma, count, gender }) => {
      if (lemma !== "который" || lastNoun === undefined) return 0;
      const fits =
        lastNoun.count === count &&
        (count === "pl" || !gender || !lastNoun.gender || gender === lastNoun.gender);
      return fits ? 1 : -1.5;
    },
  },
  {
    name: "a participle behind a comma agrees with the noun before it",
    example: "старика, идущего по дороге",
    concerns: ({ pos }) => pos === "participle",
    points: ({ last, lastNoun, group, afterMark }, { pos, case: its, count, gender }) => {
      if (pos !== "participle" || lastNoun === undefined || last !== lastNoun || group) return 0;
      if (!afterMark) return 0;
      if (lastNoun.case !== its || lastNoun.count !== count) return -0.5;
      return count === "pl" || gender === lastNoun.gender ? 2.5 : -0.5;
    },
  },
  {
    name: "то that opens a clause is a conjunction",
    example: "если не пьёт, то закусит",
    concerns: ({ lemma }) => lemma === "тот",
    points: ({ afterMark }, { lemma, pos, case: its }) =>
      afterMark && lemma === "тот" && pos === "adjective" && its === "nom" ? -1.5 : 0,
  },
  {
    name: "time passes",
    example: "прошёл год (nominative)",
    concerns: ({ lemma, case: its }) => its === "nom" && TIMES.test(lemma),
    points: ({ verb, subject }, { lemma, case: its }) => {
      if (!verb || (subject && !subject.isOld) || !PASSING.test(verb.lemma)) return 0;
      return TIMES.test(lemma) && its === "nom" ? 2 : 0;
    },
  },
  {
    name: "a clause has one subject",
    example: "письмо, которое он послал (which he sent, not: which sent)",
    concerns: ({ pos, case: its }) => pos === "pronoun" && its === "nom",
    points: ({ subject, last }, { pos, case: its, person, lemma }) => {
      if (pos !== "pronoun" || its !== "nom" || !subject || subject.isOld) return 0;
      if (last?.pos === "conjunction") return 0;
      return person !== undefined && lemma !== "это" ? -2 : 0;
    },
  },
  {
    name: "чем that begins a sentence is a pronoun",
    example: "чем кончится день? (with what), чем ближе, тем лучше (the nearer)",
    concerns: ({ lemma, pos }) => lemma === "чем" || pos === "comparative",
    points: ({ last, afterMark }, { lemma, pos }) => {
      const isAsked = last === undefined || (afterMark && KNOWING.test(last.lemma));
      if (lemma === "чем" && pos === "conjunction") return isAsked ? -2 : 0;
      return last?.lemma === "что" && last.case === "ins" && pos === "comparative" ? -4 : 0;
    },
  },
  {
    name: "чем and тем before a comparative are conjunctions",
    example: "чем ближе, тем лучше",
    points: ({ last }, { pos }) => {
      if (last?.lemma !== "тем" && !(last?.lemma === "тот" && last.case === "ins")) return 0;
      return (last.pos === "conjunction") === (pos === "comparative") ? 1.5 : -1.5;
    },
  },
];
