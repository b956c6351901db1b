import { oneLine } from "../base/one-line.ts";

/** A book as people know it: its title, and where it came from. */
export function bookName(title: string, input: string): string {
  return `${oneLine(title)} (${input === "-" ? "standard input" : oneLine(input)})`;
}
