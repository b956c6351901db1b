import { TEXT_BEGINS, TEXT_ENDS } from "../../../src/engine/dialogue/prompt.ts";
import type { Fault } from "./fault.ts";
import { startModelServer, type ModelAnswer, type ModelServer } from "./model-server.ts";
import type { ModelRequest } from "./wire-protocol.ts";

/** What a model does instead of translating well: the call goes wrong, or it says this. */
export type Misbehaviour = Fault | ({ readonly kind: "say" } & ModelAnswer);

export interface TranslatingServerOptions {
  /** How the model renders one segment. */
  readonly translate: (text: string) => string;
  /** By the call; undefined: it translates. Asked more than once about the same call. */
  readonly misbehave?: (request: ModelRequest) => Misbehaviour | undefined;
  /** The only models that it has. */
  readonly models?: readonly string[];
}

/** A model server that does what fbtr asks of it, and misbehaves as it is told. */
export function startTranslatingServer(options: TranslatingServerOptions): Promise<ModelServer> {
  const { translate, misbehave = () => undefined, models } = options;
  return startModelServer({
    ...(models && { models }),
    answer: (request) => {
      const instead = misbehave(request);
      return instead?.kind === "say" ? instead : translatedAnswer(request, translate);
    },
    faults: (request) => {
      const instead = misbehave(request);
      return instead?.kind === "say" ? undefined : instead;
    },
  });
}

/** What a prompt of fbtr asks to translate: the part between the lines that mark it. */
export function textIn({ prompt }: Pick<ModelRequest, "prompt">): string {
  const from = prompt.indexOf(TEXT_BEGINS) + TEXT_BEGINS.length;
  return prompt.slice(from, prompt.lastIndexOf(TEXT_ENDS)).trim();
}

/**
 * What a model says that follows its instructions: a JSON object, numbered lines or plain text, as
 * it was asked.
 *
 * @param translate how it renders one segment.
 */
export function translatedAnswer(
  request: Pick<ModelRequest, "prompt">,
  translate: (text: string) => string,
): string {
  const text = textIn(request);
  const lines = text.split("\n");
  if (lines.every((line) => line.startsWith("{"))) {
    const segments = lines.map((line) => {
      const { id, text: source } = JSON.parse(line) as { id: number; text: string };
      return { id, text: translate(source) };
    });
    return JSON.stringify({ segments });
  }
  if (!/^\[\d+\] /u.test(text)) return translate(text);
  return lines
    .map((line) => {
      const [, number = "", source = ""] = /^(\[\d+\] )?(.*)$/u.exec(line) ?? [];
      return number + translate(source);
    })
    .join("\n");
}
