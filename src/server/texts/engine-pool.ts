import { chooseEngine, type EngineParts } from "../../engine/registry.ts";
import type { Translator } from "../../engine/translator.ts";

/** What an engine is chosen by. */
export interface EngineRequest {
  readonly engine?: string | undefined;
  /** A model of that engine; undefined: the one that is configured. */
  readonly model?: string | undefined;
  readonly fallbacks?: readonly string[] | undefined;
  readonly from: string;
  readonly to: string;
}

/**
 * Keeps the engines open that texts are translated with: to open one can take longer than to use
 * it. Engines are shared by all who ask for the same.
 */
export class EnginePool implements AsyncDisposable {
  readonly #opened = new Map<string, Promise<Translator>>();

  /**
   * An engine as `chooseEngine` would give it. The pool closes it.
   *
   * @throws FbtrError ENGINE_*, CONFIG_INVALID.
   */
  async get(request: EngineRequest, parts: EngineParts): Promise<Translator> {
    const { engine, model, fallbacks = [], from, to } = request;
    const where = parts.remote?.composition;
    const key = JSON.stringify([engine, model, fallbacks, from, to, where]);
    const known = this.#opened.get(key);
    if (known) return known;
    const opening = openEngine(request, parts);
    this.#opened.set(key, opening);
    try {
      return await opening;
    } catch (error) {
      this.#opened.delete(key);
      throw error;
    }
  }

  /** Closes all engines; the next one who asks gets a new one. */
  async [Symbol.asyncDispose](): Promise<void> {
    const opened = [...this.#opened.values()];
    this.#opened.clear();
    for (const end of await Promise.allSettled(opened)) {
      if (end.status === "fulfilled") await end.value[Symbol.asyncDispose]();
    }
  }
}

async function openEngine(request: EngineRequest, parts: EngineParts): Promise<Translator> {
  const choice = await chooseEngine(request, parts);
  if (request.model === undefined) return choice.open();
  const { name } = choice;
  const settings = { apiKeys: [], ...parts.providers[name], model: request.model };
  const providers = { ...parts.providers, [name]: settings };
  const chosen = await chooseEngine({ ...request, engine: name }, { ...parts, providers });
  return chosen.open();
}
