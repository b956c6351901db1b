import type { Clock } from "../base/clock.ts";
import { FbtrError } from "../base/errors.ts";
import type { DraftEngine } from "../draft/engine.ts";
import { judgeOf } from "./checking.ts";
import { draftTranslator } from "./draft-translator.ts";
import { laddering } from "./laddering.ts";
import { bestEngine, type FoundEngine, type ProvidersSettings } from "./detection.ts";
import { openModelEngine, type Money } from "./model-engine.ts";
import type { ProviderSurroundings } from "./providers/provider.ts";
import { PROVIDERS } from "./providers/providers.ts";
import { readinessOf } from "./readiness.ts";
import type { Translator } from "./translator.ts";

export interface Languages {
  readonly from: string;
  readonly to: string;
}

/** What the user wants of engines. */
export interface EngineWishes extends Languages {
  /** Name of an engine; undefined: the best there is. */
  readonly engine?: string | undefined;
  /** Engines for what the first one does not manage, in this order. */
  readonly fallbacks?: readonly string[] | undefined;
}

export interface EngineChoice {
  readonly name: string;
  /** Why this one, one line. */
  readonly reason: string;
  /** Model that it uses; undefined for the draft engine. */
  readonly model?: string | undefined;
  open(): Promise<Translator>;
}

/** What the engines are made of. */
export interface EngineParts {
  readonly loadDraftEngine: () => Promise<DraftEngine>;
  readonly providers: ProvidersSettings;
  readonly surroundings: ProviderSurroundings;
  readonly clock: Clock;
  /** What may be spent; undefined: nobody counts. */
  readonly money?: Money | undefined;
  /** Engines on other machines; undefined: none are used. */
  readonly remote?: RemoteEngines | undefined;
}

/** An engine of this machine, as a choice beside those of others. */
export interface LocalEngine {
  readonly choice: EngineChoice;
  readonly priority: number;
}

export interface RemoteEngines {
  /** Changes when other engines can be used than before. */
  readonly composition: string;
  /**
   * An engine on other machines; undefined if they have none that is wanted and as good as the local
   * one, which is undefined if the user has named an engine that this machine does not have.
   */
  choose(wishes: EngineWishes, local: LocalEngine | undefined): Promise<EngineChoice | undefined>;
}

const DRAFT = "draft";

/** Every engine by the name that the user writes after `--engine`. */
const ENGINE_NAMES: readonly string[] = [...PROVIDERS.map(({ name }) => name), DRAFT];

const providerOf = (name: string) => PROVIDERS.find((provider) => provider.name === name);

/** An engine that can be opened. */
type ReadyEngine = Pick<FoundEngine, "name" | "settings">;

async function namedEngine(
  name: string,
  { providers, surroundings }: EngineParts,
): Promise<ReadyEngine> {
  if (name === DRAFT) return { name, settings: undefined };
  const provider = providerOf(name);
  if (provider === undefined) {
    throw new FbtrError("ENGINE_UNKNOWN", `there is no engine ${name}`, {
      hint: `Engines: ${ENGINE_NAMES.join(", ")}.`,
    });
  }
  const readiness = await readinessOf(provider, providers[name], surroundings);
  if (!("lack" in readiness)) return { name, settings: readiness.settings };
  throw new FbtrError("ENGINE_UNKNOWN", `engine ${name} is not set up: ${readiness.lack}`, {
    hint: "See `fbtr config explain translation.providers`, or take --engine draft.",
  });
}

function checkLanguages({ name }: ReadyEngine, { from, to }: Languages): void {
  if (name !== DRAFT || (from === "ru" && to === "sr")) return;
  throw new FbtrError("ENGINE_LANGUAGE", `no engine asked for translates ${from} to ${to}`, {
    hint: "The draft engine translates ru to sr; language models translate more.",
  });
}

async function openEngine(
  { name, settings = { apiKeys: [] } }: ReadyEngine,
  languages: Languages,
  parts: EngineParts,
  hasFallback: boolean,
): Promise<Translator> {
  const provider = providerOf(name);
  if (provider === undefined) return draftTranslator(await parts.loadDraftEngine());
  const { clock, money, surroundings } = parts;
  const services = { clock, hasFallback, money, surroundings };
  return openModelEngine(provider, settings, languages, services);
}

/**
 * The engine that the user named, or the best there is, with the fallbacks behind it. Asks an Ollama
 * for its models where nobody has said which one to take.
 *
 * @throws FbtrError ENGINE_UNKNOWN for a name that does not exist or is not set up, ENGINE_LANGUAGE,
 *   CONFIG_INVALID for a stored login that cannot be used.
 */
export async function chooseEngine(
  wishes: EngineWishes,
  parts: EngineParts,
): Promise<EngineChoice> {
  const { remote } = parts;
  if (remote === undefined) return chooseHere(wishes, parts);
  const local = await chooseHere(wishes, parts).then(localEngine, notHere);
  const chosen = await remote.choose(wishes, "error" in local ? undefined : local);
  if (chosen) return chosen;
  if ("error" in local) throw local.error;
  return local.choice;
}

function localEngine(choice: EngineChoice): LocalEngine {
  return { choice, priority: providerOf(choice.name)?.priority ?? 0 };
}

/** Other machines may have it all the same. */
function notHere(error: unknown): { readonly error: FbtrError } {
  if (error instanceof FbtrError) return { error };
  throw error;
}

async function chooseHere(wishes: EngineWishes, parts: EngineParts): Promise<EngineChoice> {
  const { engine: wanted } = wishes;
  const primary =
    wanted === undefined
      ? await bestEngine(parts.providers, parts.surroundings)
      : { ...(await namedEngine(wanted, parts)), reason: "named by the user" };
  const { name, reason, settings } = primary;
  const fallbacks: ReadyEngine[] = [];
  for (const fallback of wishes.fallbacks ?? []) {
    if (fallback !== name) fallbacks.push(await namedEngine(fallback, parts));
  }
  for (const engine of [primary, ...fallbacks]) checkLanguages(engine, wishes);
  return {
    name,
    reason,
    model: settings?.model ?? providerOf(name)?.model,
    open: () => openLadder(primary, fallbacks, wishes, parts),
  };
}

async function openLadder(
  engine: ReadyEngine,
  fallbacks: readonly ReadyEngine[],
  wishes: EngineWishes,
  parts: EngineParts,
): Promise<Translator> {
  const primary = await openEngine(engine, wishes, parts, fallbacks.length > 0);
  // Asking the draft engine again gives the same answer: nothing to climb.
  if (engine.name === DRAFT) return primary;
  return laddering({
    primary,
    fallbacks: await Promise.all(
      fallbacks.map((fallback) => openEngine(fallback, wishes, parts, false)),
    ),
    judge: judgeOf(wishes),
  });
}
