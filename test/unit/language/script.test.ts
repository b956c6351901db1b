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
    ["Ља, ЉА и Њ", "Lja, LJA i Nj"],
    ["ИНЈЕКЦИЈА и инјекција", "INJEKCIJA i injekcija"],
    ["НАЏИВЕТИ, НАДЖИВЕТИ", "NADŽIVETI, NADŽIVETI"],
    ["ЏОН-БЕРИ и Џон-Бери", "DŽON-BERI i Džon-Beri"],
    ["Љуља\u0301шка", "Ljulja\u0301ška"],
    ["Петар II, XX век, www.пример.срб", "Petar II, XX vek, www.primer.srb"],
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
    ["injektor, injurija, konjunktiv, konjektura", "инјектор, инјурија, конјунктив, конјектура"],
    ["DEZINJEKCIJA, dezinjekcija", "ДЕЗИНЈЕКЦИЈА, дезинјекција"],
    ["nadžnjeti, podžupan, odžaliti", "наджњети, поджупан, оджалити"],
    ["podžeći, predživot, nadžet", "поджећи, предживот, наджет"],
    ["panjelinski, anjon, Tanjugov", "панјелински, анјон, Танјугов"],
    ["hadžija, Karadžić, nadžak, budžak", "хаџија, Караџић, наџак, буџак"],
    ["njiva, sanjati, kanjon, unjkav", "њива, сањати, кањон, уњкав"],
    ["kocka, seckati, pucketati", "коцка, сецкати, пуцкетати"],
    ["zoološki vrt, koordinata, mikroorganizam", "зоолошки врт, координата, микроорганизам"],
    ["Anna, Rossi, jazz, Miss, Jack i Scott", "Anna, Rossi, jazz, Miss, Jack и Scott"],
    ["Hmm, pssst, brrr, BBC", "Хмм, пссст, бррр, BBC"],
    [
      "ftp://a.rs/b, www.b92.net, #knjiga, slika.jpg",
      "ftp://a.rs/b, www.b92.net, #књига, slika.jpg",
    ],
    ["Windows-a i WiFi-ja", "Windows-а и WiFi-ја"],
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
  const latin = SERBIAN_LETTERS.map(([, letters]) => letters);
  const letters = fc.array(fc.constantFrom(...latin), { minLength: 3, maxLength: 12 });
  const cased = fc
    .tuple(letters, fc.constantFrom("lower", "title", "upper"))
    .map(([chosen, how]) => {
      const lower = chosen.join("");
      if (how === "upper") return lower.toUpperCase();
      return how === "title" ? lower.charAt(0).toUpperCase() + lower.slice(1) : lower;
    });

  it("brings any Latin word back from Cyrillic, also where two letters look like one", () => {
    fc.assert(
      fc.property(fc.array(cased), (words) => {
        const text = words.join(" ");
        expect(toLatin(toCyrillic(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("brings a Cyrillic word back from Latin when no two of its letters look like one", () => {
    const cyrillic = SERBIAN_LETTERS.map(([letter]) => letter);
    const word = fc.array(fc.constantFrom(...cyrillic), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(word, (chosen) => {
        const text = chosen.filter((letter, at) => letter !== chosen[at - 1]).join("");
        fc.pre(!/дж|лј|нј|џж|љј|њј|дџ|лљ|нњ|цк|сцх/u.test(text));
        expect(toCyrillic(toLatin(text))).toBe(text);
        const upper = text.toUpperCase();
        fc.pre(text.length > 4);
        expect(toCyrillic(toLatin(upper))).toBe(upper);
      }),
      { numRuns: 500 },
    );
  });

  it.each(["надживети", "инјекција", "конјунктура", "Танјуг", "конјунктивитис", "коњушница"])(
    "brings back %s",
    (text) => {
      expect(toCyrillic(toLatin(text))).toBe(text);
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
