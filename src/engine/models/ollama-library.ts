import { z } from "zod";

const TAGS = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      size: z.number().default(0),
      /** Of models that are only passed through: what they are asked leaves the machine. */
      remote_host: z.string().optional(),
      details: z.object({ family: z.string().default("") }).prefault({}),
    }),
  ),
});

/** A model that an Ollama server has. */
export interface OllamaModelEntry {
  readonly name: string;
  /** Bytes of its file. */
  readonly size: number;
  /** Whether it answers, and on the server's own machine; models for search only measure texts. */
  readonly isUsable: boolean;
}

/** Models for search are made of BERT, or say so in their name. */
const SEARCH_FAMILY = /bert/i;
const SEARCH_NAME = /embed/i;

/**
 * The models that the server has, as `/api/tags` lists them. Rejects when something else than an
 * Ollama answers, or nothing within `timeoutMs`.
 */
export async function ollamaModels(host: string, timeoutMs: number): Promise<OllamaModelEntry[]> {
  const answer = await fetch(new URL("/api/tags", host), {
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { models } = TAGS.parse(await answer.json());
  return models.map(({ name, size, remote_host: remoteHost, details: { family } }) => {
    const isForSearch = SEARCH_FAMILY.test(family) || SEARCH_NAME.test(name);
    return { name, size, isUsable: !isForSearch && remoteHost === undefined };
  });
}

/** The model to take where nobody has named one: the largest, which knows most of languages. */
export function largestModel(models: readonly OllamaModelEntry[]): OllamaModelEntry | undefined {
  return models
    .filter(({ isUsable }) => isUsable)
    .toSorted((one, other) => other.size - one.size)[0];
}
