import { sha256 } from "../base/digest.ts";

/** What changes the translation itself. Script and outputs do not: they matter at writing only. */
export interface JobInputs {
  readonly bookSha256: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly from: string;
  readonly to: string;
}

/** Id of the job: the same book with the same inputs is the same job, and is gone on with. */
export function jobIdOf({ bookSha256, engine, engineVersion, from, to }: JobInputs): string {
  return sha256(JSON.stringify([bookSha256, engine, engineVersion, from, to])).slice(0, 16);
}

/** Id of the written document: follows from the job and its date, so that a resumed book has it too. */
export function documentIdOf(jobId: string, date: string): string {
  const hex = sha256(`${jobId} ${date}`);
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return [...groups, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join("-");
}
