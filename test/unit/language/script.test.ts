import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  mixedScriptWords,
  russianOnlyLetters,
  SERBIAN_LETTERS,
} from "../../../src/language/alphabet.ts";
import { toCyrillic } from "../../../src/language/cyrillic.ts";
import { toLatin } from "../../../src/language/latin.ts";

describe("Serbian Cyrillic to Latin", () => {
  it.each([
    ["Љубав", "Ljubav"],
    ["ЉУБАВ", "LJUBAV"],
    ["љубав", "ljubav"],
    ["Његош и ЊЕГОШ", "Njegoš i NJEGOŠ"],
    ["Џеп, ЏЕП, џеп", "Džep, DŽEP, džep"],
    ["Љ. Петровић", "Lj. Petrović"],
    ["Њ ЊЕГОШ", "NJ NJEGOŠ"],
    ["Ђорђе је рекао: „Ћути!“", "Đorđe je rekao: „Ćuti!“"],
    ["<1>Књига</1> на <2/> столу", "<1>Knjiga</1> na <2/> stolu"],
    ["Windows и Љиљана", "Windows i Ljiljana"],
    ["щука", "щuka"],
  ])("writes %s as %s", (cyrillic, latin) => {
    expect(toLatin(cyrillic)).toBe(latin);
  });
});

describe("Serbian Latin to Cyrillic", () => {
  it.each([
    ["ljubav", "љубав"],
    ["LJUBAV i Ljubav", "ЉУБАВ и Љубав"],
    ["nadživeti", "надживети"],
    ["Nadživeo je sve", "Надживео је све"],
    ["džep", "џеп"],
    ["injekcija, injekcijom", "инјекција, инјекцијом"],
    ["konjunktura", "конјунктура"],
    ["konjugacija", "конјугација"],
    ["konj, konja, konjušar", "коњ, коња, коњушар"],
    ["Tanjug", "Танјуг"],
    ["TANJUG", "ТАНЈУГ"],
    ["tanjur", "тањур"],
    ["odžvakati", "оджвакати"],
    ["odžak", "оџак"],
    ["vanjezički", "ванјезички"],
    ["Petar II i XIV vek", "Петар II и XIV век"],
    ["MI i VI", "МИ и ВИ"],
    [
      "vidi https://primer.rs/knjiga i pera@primer.rs",
      "види https://primer.rs/knjiga и pera@primer.rs",
    ],
    ["New York i Windows", "New York и Windows"],
    ["najjači i poddijalekt", "најјачи и поддијалект"],
    ["<1>knjiga</1> <2/>", "<1>књига</1> <2/>"],
    ["ǆep, ǉubav, ǌega", "џеп, љубав, њега"],
    ["čaša sa kvačicom: c\u030casa", "чаша са квачицом: часа"],
  ])("writes %s as %s", (latin, cyrillic) => {
    expect(toCyrillic(latin)).toBe(cyrillic);
  });
});

describe("both ways", () => {
  const unambiguous = SERBIAN_LETTERS.map(([cyrillic]) => cyrillic).filter(
    (letter) => !"жјлндск".includes(letter),
  );
  const syllables = fc.array(fc.constantFrom(...unambiguous), { minLength: 3, maxLength: 12 });

  it("brings a Cyrillic word back from Latin when no two of its letters look like one", () => {
    fc.assert(
      fc.property(syllables, (letters) => {
        const word = letters.filter((letter, at) => letter !== letters[at - 1]).join("");
        expect(toCyrillic(toLatin(word))).toBe(word);
      }),
    );
  });

  it.each(["надживети", "инјекција", "конјунктура", "Танјуг", "конјунктивитис", "коњушница"])(
    "brings back %s",
    (word) => {
      expect(toCyrillic(toLatin(word))).toBe(word);
    },
  );
});

describe("letters", () => {
  it("finds letters that Serbian does not have", () => {
    expect(russianOnlyLetters("Он је рекао: объяснение")).toEqual(["ъ", "я"]);
    expect(russianOnlyLetters("Љубав, ћуп, џеп, ђак, њега, јаје")).toEqual([]);
  });

  it("finds words that mix scripts, but not two scripts side by side", () => {
    expect(mixedScriptWords("Мaрсильяка и WiFi мрежа, ИТ-sektor")).toEqual(["Мaрсильяка"]);
  });
});
