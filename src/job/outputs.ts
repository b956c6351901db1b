import type { BilingualOrder } from "../book/bilingual.ts";
import type { TranslationMetadata } from "../book/metadata.ts";
import type { OutlineFault } from "../book/outline.ts";
import type { Segment } from "../book/segment.ts";
import type { BookFormat, BookSource } from "../book/source.ts";
import { writeBooks } from "../book/writing.ts";
import { toLatin } from "../language/latin.ts";
import { documentIdOf } from "./job-identity.ts";
import type { JobSnapshot } from "./snapshot.ts";

export interface TranslateOutput {
  readonly path: string;
  readonly script: "cyrillic" | "latin";
  readonly format: BookFormat;
}

/**
 * Writes the translated book in each of the scripts asked for: all files, or none of them. Ids and
 * dates follow from the job, so that the same job always gives the same bytes.
 *
 * @param translation translation of a segment in Serbian Cyrillic; undefined: kept as it is.
 * @returns what is wrong with the markup of the files, one line each. They are written all the same.
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
): Promise<string[]> {
  const { translation, bilingual, signal } = options;
  const faults: string[] = [];
  const editions = outputs.map(({ path, format, script }) => {
    const latin = script === "latin";
    const translationOf = ({ index }: Segment) => {
      const text = translation(index);
      return latin && text !== undefined ? toLatin(text) : text;
    };
    const metadata = metadataOf(job, latin ? "sr-Latn" : "sr", options);
    const { sourceLanguage } = job;
    return {
      target: { path, format, date: new Date(job.createdAt) },
      edition: {
        sourceLanguage,
        metadata,
        translationOf,
        ...(bilingual && { bilingual }),
        onFault: ({ check, message }: OutlineFault) => faults.push(`${path}: ${check}: ${message}`),
      },
    };
  });
  await writeBooks(book, editions, signal);
  return faults;
}

function metadataOf(
  { id, createdAt, engine, sourceLanguage }: JobSnapshot,
  language: TranslationMetadata["language"],
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
