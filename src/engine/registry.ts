import type { Clock } from "../base/clock.ts";
import { FbtrError } from "../base/errors.ts";
import type { DraftEngine } from "../draft/engine.ts";
import { judge } from "./checking.ts";
import { draftTranslator } from "./draft-translator.ts";
import { laddering } from "./laddering.ts";
import { openModelEngine, type Money, type ProviderSettings } from "./model-engine.ts";
import type { Provider } from "./providers/provider.ts";
import { PROVIDERS } from "./providers/providers.ts";
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
  open(): Promise<Translator>;
}

/** What the engines are made of. */
export interface EngineParts {
  readonly loadDraftEngine: () => Promise<DraftEngine>;
  /** What the configuration says of providers, by their names. */
  readonly providers: Readonly<Record<string, ProviderSettings>>;
  readonly clock: Clock;
  /** What may be spent; undefined: nobody counts. */
  readonly money?: Money | undefined;
}

const DRAFT = "draft";

/** Every engine by the name that the user writes after `--engine`. */
const ENGINE_NAMES: readonly string[] = [...PROVIDERS.map(({ name }) => name), DRAFT];

const providerOf = (name: string) => PROVIDERS.find((provider) => provider.name === name);

/** Whether everything is known that a call to the provider takes. */
export function missingFor(
  { keyVariable, name, needsKey, ...provider }: Provider,
  settings: ProviderSettings | undefined,
): string | undefined {
  if (needsKey && (settings?.apiKeys.length ?? 0) === 0) return `no key (${keyVariable})`;
  if ((settings?.baseUrl ?? provider.baseUrl) === undefined) {
    return `no address (translation.providers.${name}.base_url)`;
  }
  const model = settings?.model ?? provider.model;
  return model === undefined ? `no model (translation.providers.${name}.model)` : undefined;
}

/** The first provider that the user has set up, else the engine that is always there. */
function bestEngine({ providers }: EngineParts): {
  readonly name: string;
  readonly reason: string;
} {
  const ready = PROVIDERS.find(
    (provider) =>
      providers[provider.name] && missingFor(provider, providers[provider.name]) === undefined,
  );
  if (ready === undefined) return { name: DRAFT, reason: "built in, needs no network" };
  const reason = ready.needsKey ? `there is a key for ${ready.title}` : `${ready.title} is set up`;
  return { name: ready.name, reason };
}

function checkEngine(name: string, { from, to }: Languages, parts: EngineParts): void {
  const provider = providerOf(name);
  if (provider === undefined && name !== DRAFT) {
    throw new FbtrError("ENGINE_UNKNOWN", `there is no engine ${name}`, {
      hint: `Engines: ${ENGINE_NAMES.join(", ")}.`,
    });
  }
  if (provider === undefined && (from !== "ru" || to !== "sr")) {
    throw new FbtrError("ENGINE_LANGUAGE", `no engine asked for translates ${from} to ${to}`, {
      hint: "The draft engine translates ru to sr; language models translate more.",
    });
  }
  const missing = provider && missingFor(provider, parts.providers[name]);
  if (missing !== undefined) {
    throw new FbtrError("ENGINE_UNKNOWN", `engine ${name} is not set up: ${missing}`, {
      hint: "See `fbtr config explain translation.providers`, or take --engine draft.",
    });
  }
}

async function openEngine(
  name: string,
  languages: Languages,
  parts: EngineParts,
  hasFallback: boolean,
): Promise<Translator> {
  const provider = providerOf(name);
  if (provider === undefined) return draftTranslator(await parts.loadDraftEngine());
  const settings = parts.providers[name] ?? { apiKeys: [] };
  const { clock, money } = parts;
  return openModelEngine(provider, settings, languages, { clock, hasFallback, money });
}

/**
 * The engine that the user named, or the best there is, with the fallbacks behind it.
 *
 * @throws FbtrError ENGINE_UNKNOWN for a name that does not exist or is not set up, ENGINE_LANGUAGE.
 */
export function chooseEngine(wishes: EngineWishes, parts: EngineParts): EngineChoice {
  const best = bestEngine(parts);
  const name = wishes.engine ?? best.name;
  const reason = wishes.engine === undefined ? best.reason : "named by the user";
  const fallbacks = (wishes.fallbacks ?? []).filter((fallback) => fallback !== name);
  for (const asked of [name, ...fallbacks]) checkEngine(asked, wishes, parts);
  const open = async () => {
    const primary = await openEngine(name, wishes, parts, fallbacks.length > 0);
    // Asking the draft engine again gives the same answer: nothing to climb.
    if (name === DRAFT) return primary;
    const others = await Promise.all(
      fallbacks.map((fallback) => openEngine(fallback, wishes, parts, false)),
    );
    return laddering({
      primary,
      fallbacks: others,
      judge: (segment, result) => judge(segment, result, wishes.to),
    });
  };
  return { name, reason, open };
}

/** Model that an engine would use; undefined for the draft engine. */
export function modelOf(
  name: string,
  providers: Readonly<Record<string, ProviderSettings>>,
): string | undefined {
  return providers[name]?.model ?? providerOf(name)?.model;
}
