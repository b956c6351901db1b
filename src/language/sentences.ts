/**
 * Abbreviations after which a sentence goes on although a capital follows, without their dots. Those
 * that often end a sentence (и т. д., и др., итд.) are not among them. Serbian ones in both scripts.
 */
const GOING_ON = new Set(
  `акад архиеп в вв гл гр д доц ед изд им инж кв кн мин напр наст неизв о обл оз пл пп пос пр
  прим проф разд ред рис рт с св след см соч ср ст стр т табл тов тт туп ул уп чел яз
  бр види год госп гђа гђица нпр отац ренгс тзв тј ур цит
  br dr god gosp gđa gđica npr prof st str sv tj tzv ul ur`.split(/\s+/),
);

/** Abbreviations of one word that go on only if a number does not stand before: г. Москва, 1905 г. */
const GOING_ON_WITHOUT_NUMBER = new Set(["г", "гг", "god", "год", "в", "вв", "с", "стр", "str"]);

const LAST_WORD = /(?<before>\S*)\s*?(?<![\p{L}\p{M}])(?<word>[\p{L}\p{M}]+)\.["»“”)\]]*\s*$/u;
/** Capitals with dots: initials of a name. */
const INITIALS = /(?<![\p{L}\p{M}])(?:\p{Lu}\.[\s-]*)+$/u;
const NO_LETTER = /^\P{L}*$/u;
/** The words of a narrator after speech, or a sentence that plainly goes on. */
const GOES_ON = /^(?:<\/?\d+\/?>|["«»„“”()[\]\s—–-])*\p{Ll}/u;
/** и т. д., и др., и сл. */
const OFTEN_LAST = /(?<!\p{L})[иi]\s+(?:т\.\s*[дп]|др|пр|сл|dr|sl)\.$/u;
/** Ends that Unicode does not see: an ellipsis as one character, and a stop before a dash. */
const MORE_ENDS = /…["»“”)\]]*\s+(?=["«„(—–]*\s*\p{Lu})|\.["»“”)\]]*\s+(?=[—–]\s+["«„]?\p{Lu})/gu;
const LINE_END = /[\n\r\t\v\f\u0085\u2028\u2029]/g;
/** Closing markers and note references belong to the sentence before them. */
const TRAILING_MARKERS = /^(?:<\/\d+>|<\d+\/>)+\s*/;

function endsInAbbreviation(sentence: string): boolean {
  if (INITIALS.test(sentence)) return true;
  if (OFTEN_LAST.test(sentence.trimEnd())) return false;
  const match = LAST_WORD.exec(sentence)?.groups;
  if (match === undefined) return false;
  const word = match["word"]?.toLowerCase() ?? "";
  const afterNumber = /\d$/.test(
    sentence.slice(0, sentence.lastIndexOf(match["word"] ?? "")).trimEnd(),
  );
  if (GOING_ON_WITHOUT_NUMBER.has(word)) return !afterNumber;
  return GOING_ON.has(word);
}

/** Pieces as Unicode sees them (UAX 29), with some added. Line ends count as spaces. */
function rawSentences(text: string, language: string): string[] {
  const flat = text.replaceAll(LINE_END, " ");
  const pieces: string[] = [];
  for (const { index, segment } of new Intl.Segmenter(language, {
    granularity: "sentence",
  }).segment(flat)) {
    let last = index;
    for (const { index: at, 0: end } of segment.matchAll(MORE_ENDS)) {
      pieces.push(text.slice(last, index + at + end.length));
      last = index + at + end.length;
    }
    pieces.push(text.slice(last, index + segment.length));
  }
  return pieces;
}

/**
 * The sentences of a text, which joined give the text again; space after a sentence belongs to it.
 * A doubtful place is no end: for translation two sentences in one are better than one in two. Not
 * divided: initials and abbreviations of Russian and Serbian, speech and its narrator, numbering at
 * the beginning of a sentence. Inline markers stay with the sentence before them.
 *
 * @param language BCP 47 tag, such as `ru` or `sr`.
 */
export function sentencesOf(text: string, language: string): string[] {
  const sentences: string[] = [];
  for (const piece of rawSentences(text, language)) {
    const last = sentences.at(-1);
    const goesOn =
      last !== undefined &&
      (endsInAbbreviation(last) || NO_LETTER.test(last) || GOES_ON.test(piece));
    if (last === undefined || !goesOn) {
      const markers = last === undefined ? undefined : TRAILING_MARKERS.exec(piece)?.[0];
      if (markers !== undefined) sentences[sentences.length - 1] = last + markers;
      const rest = piece.slice(markers?.length ?? 0);
      if (rest !== "") sentences.push(rest);
    } else {
      sentences[sentences.length - 1] = last + piece;
    }
  }
  return sentences;
}
