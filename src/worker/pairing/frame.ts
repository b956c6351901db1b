/** Begins the line that is meant for us: login shells print whatever they like around it. */
const MARK = "FBTR1 ";

/** A value of JSON as the one line that `unframed` finds among others. */
export function framed(value: unknown): string {
  return `${MARK}${Buffer.from(JSON.stringify(value)).toString("base64")}\n`;
}

/** The value in what a command has printed; undefined if there is none, or it is cut off. */
export function unframed(output: string): unknown {
  const line = output.split(/\r?\n/).findLast((candidate) => candidate.startsWith(MARK));
  if (line === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(line.slice(MARK.length), "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
