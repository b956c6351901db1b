import { FbtrError } from "../base/errors.ts";
import type { DraftEngine } from "./engine.ts";

/** @throws FbtrError ENGINE_FAILED: the rules that join lexicon, morphology and syntax are to come. */
export function createDraftEngine(): Promise<DraftEngine> {
  return Promise.reject(
    new FbtrError("ENGINE_FAILED", "the draft engine is not part of this build", {
      hint: "Use a newer version of fbtr.",
    }),
  );
}
