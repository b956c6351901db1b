import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

import type { Context } from "hono";
import { z } from "zod";

import { FbtrError } from "../../base/errors.ts";
import { listOf, redoWishesOf } from "../../plan/redo-wishes.ts";
import type { SubmissionRequest } from "../books/submission.ts";
import type { Services } from "../services.ts";

const truth = z
  .enum(["true", "false", "1", "0"])
  .transform((word) => word === "true" || word === "1");

/** What may be said with an uploaded book: in the query, or as fields of a form. */
const BookWishes = z.object({
  name: z.string().optional(),
  provider: z.string().optional(),
  fallback: z.string().optional(),
  source_language: z.string().optional(),
  target_language: z.string().optional(),
  script: z.enum(["cyrillic", "latin", "both"]).optional(),
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
 * @throws FbtrError USAGE_INVALID, BOOK_UNREADABLE, BOOK_TOO_LARGE, OUTPUT_UNWRITABLE.
 */
export async function bookUpload(context: Context, services: Services): Promise<BookUpload> {
  const isForm = context.req.header("content-type")?.startsWith("multipart/form-data") ?? false;
  const { bytes, fields, name } = isForm ? await fromForm(context) : fromBody(context);
  const wishes = BookWishes.safeParse({ ...context.req.query(), ...fields });
  if (!wishes.success) throw invalid(wishes.error.issues[0]);
  const { settings, files } = services;
  const { config, ...usual } = settings();
  const maxBytes = config.server.max_upload_size;
  const id = await files.take(bytes, { maxBytes, signal: context.req.raw.signal });
  const { source_language: from, target_language: to, script, ...other } = wishes.data;
  return {
    id,
    session: other.session_id ?? context.req.header("x-session-id"),
    priority: other.priority,
    request: {
      name: other.name ?? name,
      engine: other.provider ?? usual.engine,
      fallbacks: other.fallback === undefined ? [] : listOf(other.fallback),
      from: from ?? usual.from,
      to: to ?? usual.to,
      script: script ?? usual.script,
      bilingual: other.bilingual,
      redo: other.redo === undefined ? undefined : redoWishesOf(other.redo),
      only: other.only === undefined ? undefined : listOf(other.only),
      fresh: other.fresh ?? false,
    },
  };
}

interface Upload {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly fields: Readonly<Record<string, string>>;
  readonly name: string;
}

function fromBody(context: Context): Upload {
  const { body } = context.req.raw;
  if (body === null) {
    throw new FbtrError("USAGE_INVALID", "the request has no book", {
      hint: "Send it as the body, or as the field `file` of a form.",
    });
  }
  const bytes = Readable.fromWeb(body as NodeReadableStream<Uint8Array>);
  return { bytes, fields: {}, name: "book.fb2" };
}

async function fromForm(context: Context): Promise<Upload> {
  const form = await context.req.formData();
  const file = form.get("file");
  if (!(file instanceof File)) {
    throw new FbtrError("USAGE_INVALID", "the form has no field `file`", {
      hint: "For example: curl -F file=@book.fb2.",
    });
  }
  const fields = [...form].filter(
    (field): field is [string, string] => typeof field[1] === "string",
  );
  const bytes = Readable.fromWeb(file.stream() as NodeReadableStream<Uint8Array>);
  return { bytes, fields: Object.fromEntries(fields), name: file.name };
}

function invalid(issue: z.core.$ZodIssue | undefined): FbtrError {
  return new FbtrError("USAGE_INVALID", `${issue?.path.join(".")}: ${issue?.message}`, {
    hint: "GET /api/v1/openapi.json describes every request.",
  });
}
