import type { ProviderSurroundings } from "../../src/engine/providers/provider.ts";

/** An address at which nobody answers (port 9, discard: RFC 863), whatever runs on this machine. */
export const NO_OLLAMA = "http://127.0.0.1:9";

/** A machine on which engines find nothing. */
export const EMPTY_MACHINE: ProviderSurroundings = {
  home: "/nonexistent",
  stateFolder: "/nonexistent",
  ollamaUrl: NO_OLLAMA,
};
