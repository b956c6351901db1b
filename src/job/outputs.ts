import type { BilingualOrder } from "../book/bilingual.ts";
import type { TranslationMetadata } from "../book/metadata.ts";
import type { EditionFault } from "../book/edition-fault.ts";
import type { Segment } from "../book/segment.ts";
import type { BookFormat, BookSource } from "../book/source.ts";
import { writeBooks } from "../book/writing.ts";
import { toLatin } from "../language/latin.ts";
import { documentIdOf } from "./job-identity.ts";
import type { JobSnapshot } from "./snapshot.ts";

export interface TranslateOutput {
  readonly path: string;
  /** How it is named for people, where the path means nothing to them. */
  readonly shownAs?: string;
  readonly script: "cyrillic" | "latin";
  readonly format: BookFormat;
}

/** Something that is wrong with a written file. */
export interface FileFault extends EditionFault {
  /** As it is named for people. */
  readonly path: string;
}

/** What was put into a file. */
interface Ledger {
  total: number;
  translated: number;
}

/**
 * Writes the translated book in each of the scripts asked for: all files, or none of them. Ids and
 * dates follow from the job, so that the same job always gives the same bytes.
 *
 * @param translation translation of a segment in Serbian Cyrillic; undefined: kept as it is.
 * @returns what is wrong with the files. They are written all the same.
 * @throws FbtrError OUTPUT_UNWRITABLE, BOOK_CHANGED, BOOK_UNREADABLE; the signal's reason.
 */
export async function writeOutputs(
  book: BookSource,
  outputs: readonly TranslateOutput[],
  job: JobSnapshot,
  options: {
    readonly translation: (index: number) => string | undefined;
    /** Given for books with both languages. */
    readonly bilingual: BilingualOrder | undefined;
    /** Only some sections were chosen. */
    readonly isPart: boolean;
    /** Version of fbtr. */
    readonly version: string;
    readonly signal: AbortSignal;
  },
): Promise<FileFault[]> {
  const { translation, bilingual, signal } = options;
  const faults: FileFault[] = [];
  const ledgers = new Map<string, Ledger>();
  const editions = outputs.map(({ path, shownAs = path, format, script }) => {
    const latin = script === "latin";
    const ledger: Ledger = { total: 0, translated: 0 };
    ledgers.set(shownAs, ledger);
    const translationOf = ({ index }: Segment) => {
      const text = translation(index);
      ledger.total += 1;
      ledger.translated += text === undefined ? 0 : 1;
      return latin && text !== undefined ? toLatin(text) : text;
    };
    const metadata = metadataOf(job, latin ? "sr-Latn" : job.targetLanguage, options);
    const { sourceLanguage } = job;
    return {
      target: { path, format, date: new Date(job.createdAt) },
      edition: {
        sourceLanguage,
        metadata,
        translationOf,
        ...(bilingual && { bilingual }),
        onFault: (fault: EditionFault) => faults.push({ ...fault, path: shownAs }),
      },
    };
  });
  await writeBooks(book, editions, signal);
  return [...faults, ...coverageFaults(ledgers, job)];
}

/** C61: a file has to hold exactly what the job calls translated. */
function coverageFaults(
  ledgers: ReadonlyMap<string, Ledger>,
  { segments }: JobSnapshot,
): FileFault[] {
  const shares = ({ translated, total }: Ledger) => `${translated} of ${total} segments`;
  return [...ledgers].flatMap(([path, ledger]) => {
    if (shares(ledger) === shares(segments)) return [];
    const message = `${shares(ledger)} are translated in the file, ${shares(segments)} in the job`;
    return [{ path, check: "C61", message }];
  });
}

function metadataOf(
  { id, createdAt, engine, sourceLanguage }: JobSnapshot,
  language: string,
  { version, isPart, bilingual }: { version: string; isPart: boolean; bilingual: unknown },
): TranslationMetadata {
  const notes = [
    `Translated from ${sourceLanguage} by fbtr ${version}, engine ${engine}.`,
    ...(isPart ? ["Only some sections are translated."] : []),
    ...(bilingual === undefined ? [] : ["The original stands beside the translation."]),
  ];
  const date = createdAt.slice(0, 10);
  return {
    language,
    sourceLanguage,
    documentId: documentIdOf(id, date),
    date,
    program: `fbtr ${version}`,
    translator: `fbtr (${engine})`,
    historyNote: notes.join(" "),
  };
}
