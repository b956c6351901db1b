/** What became of a text with `${NAME}` in it. */
export interface Interpolated {
  readonly text: string;
  /** Variables that are not set, and for which the text has no default. */
  readonly missing: readonly string[];
}

const REFERENCE = /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/**
 * Puts the values of environment variables in the places of `${NAME}` and `${NAME:-default}`. The
 * default also counts if the variable is empty, as in POSIX shells. A variable without value and
 * default becomes nothing.
 */
export function interpolate(text: string, environment: NodeJS.ProcessEnv): Interpolated {
  const missing: string[] = [];
  const replaced = text.replaceAll(REFERENCE, (_, name: string, fallback?: string) => {
    const value = environment[name];
    if (value === undefined && fallback === undefined) missing.push(name);
    return value ? value : (fallback ?? "");
  });
  return { text: replaced, missing };
}

/**
 * Makes JSON of a template that has references also outside of strings, as `"port": ${PORT:-22}`:
 * they become strings, and are read as what they stand for later.
 */
export function quoteReferences(json: string): string {
  const stringOrReference = /"(?:[^"\\\n]|\\.)*"|\$\{[A-Za-z_]\w*(?::-[^}]*)?\}/g;
  return json.replaceAll(stringOrReference, (found) =>
    found.startsWith('"') ? found : JSON.stringify(found),
  );
}
