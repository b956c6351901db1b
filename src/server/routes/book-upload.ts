import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

import { Busboy } from "@fastify/busboy";
import type { Context } from "hono";
import { z } from "zod";

import { FbtrError } from "../../base/errors.ts";
import { openBook } from "../../book/source.ts";
import { tooLarge } from "../../book/spool.ts";
import { listOf, redoWishesOf } from "../../plan/redo-wishes.ts";
import type { SubmissionRequest } from "../books/submission.ts";
import type { Services } from "../services.ts";
import type { DaemonSettings } from "../settings.ts";

const truth = z
  .enum(["true", "false", "1", "0"])
  .transform((word) => word === "true" || word === "1");

/** What a form may add to its file. */
const FORM_BYTES = 64 * 1024;
const FORM_LIMITS = { files: 1, fields: 32, fieldSize: 10_000, parts: 40 };

/** What may be said with an uploaded book: in the query, or as fields of a form. */
export const BookWishes = z.object({
  name: z.string().optional(),
  provider: z.string().optional(),
  fallback: z.string().optional(),
  source_language: z.string().optional(),
  target_language: z.string().optional(),
  script: z.enum(["cyrillic", "latin", "both"]).optional(),
  format: z.enum(["fb2", "fb2.zip"]).optional(),
  bilingual: z.enum(["original-first", "translation-first"]).optional(),
  redo: z.string().optional(),
  only: z.string().optional(),
  fresh: truth.optional(),
  priority: z.coerce.number().int().min(-100).max(100).default(0),
  session_id: z.string().min(1).max(200).optional(),
});

export interface BookUpload {
  /** Under which its file is kept. */
  readonly id: string;
  readonly request: SubmissionRequest;
  readonly session: string | undefined;
  readonly priority: number;
}

/**
 * Takes a book from a request: the raw body, or the field `file` of a form.
 *
 * @throws FbtrError USAGE_INVALID, BOOK_UNREADABLE, BOOK_TOO_LARGE, OUTPUT_UNWRITABLE. Nothing is
 *   kept then.
 */
export async function bookUpload(context: Context, services: Services): Promise<BookUpload> {
  const { body } = context.req.raw;
  if (body === null) {
    throw new FbtrError("USAGE_INVALID", "the request has no book", {
      hint: "Send it as the body, or as the field `file` of a form.",
    });
  }
  // What says itself that it is too long need not be read at all.
  const { max_upload_size: maxBytes } = services.settings().config.server;
  const length = Number(context.req.header("content-length") ?? 0);
  if (length > maxBytes + FORM_BYTES) throw tooLarge("The book", maxBytes);
  const bytes = Readable.fromWeb(body as NodeReadableStream<Uint8Array>);
  const type = context.req.header("content-type") ?? "";
  const taken = type.startsWith("multipart/form-data")
    ? await takeForm(bytes, type, services)
    : { id: await takeFile(bytes, services), fields: {}, name: "book.fb2" };
  try {
    const wishes = BookWishes.safeParse({ ...context.req.query(), ...taken.fields });
    if (!wishes.success) throw invalid(wishes.error.issues[0]);
    const { session_id: session, priority, name = taken.name } = wishes.data;
    const path = services.files.source(taken.id);
    const book = await openBook(path, context.req.raw.signal, name);
    const { format = book.format } = wishes.data;
    return {
      id: taken.id,
      session: session ?? context.req.header("x-session-id"),
      priority,
      request: requestOf({ ...wishes.data, format, name }, services.settings()),
    };
  } catch (error) {
    await services.files.remove(taken.id);
    throw error;
  }
}

function requestOf(
  wishes: z.infer<typeof BookWishes> & Pick<SubmissionRequest, "name" | "format">,
  usual: DaemonSettings,
): SubmissionRequest {
  const { fallback, redo, only } = wishes;
  return {
    name: wishes.name,
    format: wishes.format,
    engine: wishes.provider ?? usual.engine,
    fallbacks: fallback === undefined ? [] : listOf(fallback),
    from: wishes.source_language ?? usual.from,
    to: wishes.target_language ?? usual.to,
    script: wishes.script ?? usual.script,
    bilingual: wishes.bilingual,
    redo: redo === undefined ? undefined : redoWishesOf(redo),
    only: only === undefined ? undefined : listOf(only),
    fresh: wishes.fresh ?? false,
  };
}

function takeFile(bytes: Readable, { files, settings }: Services): Promise<string> {
  return files.take(bytes, { maxBytes: settings().config.server.max_upload_size });
}

interface TakenForm {
  readonly id: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Fields may stand before the file or behind it; the file goes to disk as it comes. */
async function takeForm(bytes: Readable, type: string, services: Services): Promise<TakenForm> {
  const fields: Record<string, string> = {};
  let taking: Promise<{ readonly id: string; readonly name: string }> | undefined;
  const form = new Busboy({ headers: { "content-type": type }, limits: FORM_LIMITS });
  form.on("field", (name, value) => {
    fields[name] = value;
  });
  form.on("file", (field, file, name) => {
    if (field !== "file" || taking !== undefined) {
      file.resume();
      return;
    }
    taking = takeFile(file, services).then((id) => ({ id, name: name || "book.fb2" }));
    taking.catch((error: unknown) => form.destroy(error as Error));
  });
  try {
    await pipeline(bytes, form);
  } catch (cause) {
    await taking;
    throw new FbtrError("USAGE_INVALID", "the form cannot be read", {
      hint: "Send it as multipart/form-data, for example with curl -F file=@book.fb2.",
      cause,
    });
  }
  if (taking === undefined) {
    throw new FbtrError("USAGE_INVALID", "the form has no field `file`", {
      hint: "For example: curl -F file=@book.fb2.",
    });
  }
  return { ...(await taking), fields };
}

function invalid(issue: z.core.$ZodIssue | undefined): FbtrError {
  return new FbtrError("USAGE_INVALID", `${issue?.path.join(".")}: ${issue?.message}`, {
    hint: "GET /api/v1/openapi.json describes every request.",
  });
}
