import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * The Serbo-Croatian morphology of Apertium (Debian packages `apertium-hbs-eng`, `-slv`, `-mkd` and
 * `lttoolbox`), which others made from other sources. The packages are no part of this one.
 */
const APERTIUM = process.env["FBTR_APERTIUM_DIR"] ?? "/usr/share/apertium";
/** Analyses and generates words by a compiled dictionary. */
const LT_PROC = "lt-proc";
const PAIRS = ["eng", "slv", "mkd"];

const analysers = PAIRS.map(
  (other) => `${APERTIUM}/apertium-hbs-${other}/hbs-${other}.automorf.bin`,
);
const generators = PAIRS.map(
  (other) => `${APERTIUM}/apertium-hbs-${other}/${other}-hbs_SR.autogen.bin`,
);

function hasLtProc(): boolean {
  try {
    execFileSync(LT_PROC, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export const isApertiumInstalled =
  analysers.some((path) => existsSync(path)) &&
  generators.some((path) => existsSync(path)) &&
  hasLtProc();

function ltProc(args: readonly string[], lines: readonly string[]): string[] {
  const input = `${lines.join("\n")}\n`;
  const output = execFileSync(LT_PROC, args, { input, maxBuffer: 1 << 30 }).toString("utf8");
  return output.trimEnd().split("\n");
}

/** `kuća<n><f><sg><gen>` */
export type Analysis = string;

/** What the oracle says of each word. */
export function analysed(words: ReadonlySet<string>): Map<string, Set<Analysis>> {
  const list = [...words];
  const found = new Map(list.map((word) => [word, new Set<Analysis>()]));
  for (const analyser of analysers.filter((path) => existsSync(path))) {
    for (const [at, line] of ltProc([analyser], list).entries()) {
      const analyses = line
        .replace(/^\^|\$$/gu, "")
        .split("/")
        .slice(1);
      const set = found.get(list[at] ?? "");
      for (const analysis of analyses) if (!analysis.startsWith("*")) set?.add(analysis);
    }
  }
  return found;
}

/** The Serbian forms of the analyses that the oracle has a form for. */
export function generated(analyses: ReadonlySet<Analysis>): Map<Analysis, string[]> {
  const list = [...analyses];
  const found = new Map<Analysis, string[]>();
  for (const generator of generators.filter((path) => existsSync(path))) {
    const lines = ltProc(
      ["-g", generator],
      list.map((analysis) => `^${analysis}$`),
    );
    for (const [at, line] of lines.entries()) {
      const analysis = list[at] ?? "";
      if (line !== "" && !/[#@*~]/u.test(line)) {
        found.set(analysis, [...(found.get(analysis) ?? []), ...line.split("/")]);
      }
    }
  }
  return found;
}
