/** Options of `fbtr translate` as commander hands them over. */
export type GivenOptions = Readonly<Record<string, string | boolean | undefined>>;

/**
 * The command line that goes on with `books`. `--fresh` is left out: it would begin again.
 *
 * @param options by their long names without dashes.
 */
export function resumeCommand(books: readonly string[], options: GivenOptions): string {
  const given = Object.entries(options).flatMap(([name, value]) => {
    if (name === "fresh" || value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, quoted(value)];
  });
  // A name that begins with a dash would be taken for an option.
  const end = books.some((book) => /^-./.test(book)) ? ["--"] : [];
  const command = ["fbtr", "translate", ...given, ...end, ...books.map(quoted)].join(" ");
  return books.includes("-") ? `${command}, with the same book on standard input` : command;
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
