import { PROVIDERS } from "../../src/engine/providers/providers.ts";
import { QWEN_BY_LOGIN } from "../../src/engine/providers/qwen-oauth.ts";
import type { ProtocolName } from "../support/model-server/wire-protocol.ts";
import { describeChatModel } from "./chat-model.contract.ts";

/** Who speaks something else than OpenAI's chat completions. */
const PROTOCOLS: Readonly<Record<string, ProtocolName>> = {
  openai: "openai-responses",
  anthropic: "anthropic-messages",
  gemini: "gemini",
  ollama: "ollama",
};

// A login brings its own address, so that it is tested by itself.
for (const provider of PROVIDERS.filter((each) => each !== QWEN_BY_LOGIN)) {
  const { name, needsKey } = provider;
  describeChatModel(name, {
    protocol: PROTOCOLS[name] ?? "openai-chat",
    hasKey: needsKey,
    tellsRefusal: name !== "ollama",
    open: (access) => provider.open(access),
  });
}
