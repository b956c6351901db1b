import { translateBook, type JobServices } from "../job/pipeline.ts";
import type { BookWork } from "./book-work.ts";
import type { RunRequest } from "./translation-run.ts";

/** Translates in this process. */
export function localWork(request: RunRequest, services: JobServices): BookWork {
  const { engine, fallbacks, from, to, script, force, fresh, redo, only, bilingual } = request;
  return {
    translate: ({ input, outputs }, path) =>
      translateBook(
        {
          input: { path, shownAs: input },
          outputs,
          ...(engine !== undefined && { engine }),
          fallbacks,
          from,
          to,
          script,
          force,
          fresh,
          ...(redo && { redo }),
          ...(only && { only }),
          ...(bilingual && { bilingual }),
        },
        services,
      ),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
