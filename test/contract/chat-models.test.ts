import { LLAMA } from "../../src/engine/providers/llama.ts";
import { PROVIDERS } from "../../src/engine/providers/providers.ts";
import { QWEN_BY_LOGIN } from "../../src/engine/providers/qwen-oauth.ts";
import { EMPTY_MACHINE } from "../support/provider-surroundings.ts";
import type { ProtocolName } from "../support/model-server/wire-protocol.ts";
import { describeChatModel } from "./chat-model.contract.ts";

/** Who speaks something else than OpenAI's chat completions. */
const PROTOCOLS: Readonly<Record<string, ProtocolName>> = {
  openai: "openai-responses",
  anthropic: "anthropic-messages",
  gemini: "gemini",
  ollama: "ollama",
};

// A login brings its own address, and llama.cpp has none: they are tested by themselves.
for (const provider of PROVIDERS.filter((each) => each !== QWEN_BY_LOGIN && each !== LLAMA)) {
  const { name, needsKey } = provider;
  describeChatModel(name, {
    protocol: PROTOCOLS[name] ?? "openai-chat",
    hasKey: needsKey,
    tellsRefusal: name !== "ollama",
    open: (access) => provider.open(access, EMPTY_MACHINE),
  });
}
