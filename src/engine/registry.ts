import { FbtrError } from "../base/errors.ts";
import type { DraftEngine } from "../draft/engine.ts";
import { draftTranslator } from "./draft-translator.ts";
import type { Translator } from "./translator.ts";

export interface Languages {
  readonly from: string;
  readonly to: string;
}

export interface EngineChoice {
  readonly name: string;
  /** Why this one, one line. */
  readonly reason: string;
  open(): Promise<Translator>;
}

/** What the engines are made of. */
export interface EngineParts {
  readonly loadDraftEngine: () => Promise<DraftEngine>;
}

interface EngineEntry {
  readonly languages: readonly Languages[];
  readonly open: (parts: EngineParts) => Promise<Translator>;
}

/** Every engine by the name that the user writes after `--engine`; the first one is the default. */
const ENGINES = new Map<string, EngineEntry>([
  [
    "draft",
    {
      languages: [{ from: "ru", to: "sr" }],
      open: async ({ loadDraftEngine }) => draftTranslator(await loadDraftEngine()),
    },
  ],
]);

/**
 * The engine that the user named, or the first that knows the languages.
 *
 * @throws FbtrError ENGINE_UNKNOWN, ENGINE_LANGUAGE.
 */
export function chooseEngine(
  wanted: string | undefined,
  languages: Languages,
  parts: EngineParts,
): EngineChoice {
  const knows = ({ languages: pairs }: EngineEntry) =>
    pairs.some(({ from, to }) => from === languages.from && to === languages.to);
  const all = [...ENGINES.keys()].join(", ");
  const name = wanted ?? [...ENGINES].find(([, entry]) => knows(entry))?.[0];
  const entry = name === undefined ? undefined : ENGINES.get(name);
  if (wanted !== undefined && !entry) {
    throw new FbtrError("ENGINE_UNKNOWN", `there is no engine ${wanted}`, {
      hint: `Engines: ${all}.`,
    });
  }
  if (name === undefined || !entry || !knows(entry)) {
    const pair = `${languages.from} to ${languages.to}`;
    throw new FbtrError("ENGINE_LANGUAGE", `no engine asked for translates ${pair}`, {
      hint: "The draft engine translates ru to sr.",
    });
  }
  const reason = wanted === undefined ? "built in, needs no network" : "named by the user";
  return { name, reason, open: () => entry.open(parts) };
}
