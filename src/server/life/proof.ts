import { createHmac } from "node:crypto";

/** Header of a request that asks the daemon to prove which one it is. */
export const CHALLENGE_HEADER = "x-fbtr-challenge";
/** Header of the answer. */
export const PROOF_HEADER = "x-fbtr-proof";

/** What only the daemon that was started with `secret` can answer to a challenge. */
export function proofOf(secret: string, challenge: string): string {
  return createHmac("sha256", secret).update(challenge).digest("hex");
}
