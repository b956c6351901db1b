import { systemClock, type Clock } from "../../base/clock.ts";
import { FbtrError } from "../../base/errors.ts";
import type { ChatModel } from "../models/chat-model.ts";
import type { LoginSettings, Provider } from "./provider.ts";
import {
  DEFAULT_API,
  QWEN_TOKENS,
  QwenCredentials,
  qwenCredentialFiles,
  type TokenEndpoint,
} from "./qwen-credentials.ts";

export interface QwenLogin {
  /** Files that may hold a login (`qwenCredentialFiles`). */
  readonly files: readonly string[];
  /** What differs from qwen-code's own client. */
  readonly endpoint?: Partial<TokenEndpoint>;
  readonly clock: Clock;
}

/**
 * Qwen by the login of qwen-code. What such a login costs and how long it is served is Qwen's to
 * say. It is taken unasked only where the configuration enables it, or says how it is used.
 */
export const QWEN_BY_LOGIN: Provider = {
  name: "qwen-oauth",
  title: "Qwen by the login of qwen-code",
  priority: 5,
  needsKey: false,
  keyVariable: undefined,
  baseUrl: DEFAULT_API,
  model: "qwen3-coder-plus",
  capacity: 4,
  look: async (settings, { home }) => {
    if (settings.login?.isSkipped) return { lack: "its login is left alone (SKIP_QWEN_OAUTH)" };
    const files = qwenCredentialFiles(home);
    const found = await QwenCredentials.find(files, QWEN_TOKENS, systemClock);
    return found === undefined ? { lack: "no login (log in with qwen-code)" } : { settings };
  },
  open: ({ model, login }, { home }) => {
    const files = qwenCredentialFiles(home);
    return openByLogin({ files, endpoint: clientOf(login), clock: systemClock }, model);
  },
};

/** Who renews the login: whom the user names, else qwen-code as itself. */
function clientOf({ clientId, clientSecret }: LoginSettings = { isSkipped: false }) {
  return { ...(clientId !== undefined && { clientId }), ...(clientSecret && { clientSecret }) };
}

/**
 * A model of Qwen for the login in the first of the files that there is; it knows its own address.
 *
 * @throws FbtrError ENGINE_UNAUTHORIZED if nobody has logged in, CONFIG_INVALID for a file of
 *   credentials that cannot be used.
 */
export async function openByLogin(login: QwenLogin, model: string): Promise<ChatModel> {
  const endpoint = { ...QWEN_TOKENS, ...login.endpoint };
  const credentials = await QwenCredentials.find(login.files, endpoint, login.clock);
  if (credentials === undefined) {
    throw new FbtrError("ENGINE_UNAUTHORIZED", "there is no login for Qwen", {
      hint: "Log in with qwen-code first (`qwen`), or take --engine qwen with a key.",
    });
  }
  return openModel(credentials, model);
}

async function openModel(credentials: QwenCredentials, model: string): Promise<ChatModel> {
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const { AiSdkModel } = await import("../models/ai-sdk-model.ts");
  const provider = createOpenAICompatible({
    name: "qwen",
    baseURL: credentials.baseUrl,
    includeUsage: true,
    fetch: authorizedFetch(credentials),
  });
  return new AiSdkModel({
    provider: "qwen-oauth",
    model,
    structured: false,
    languageModel: provider(model),
    secrets: () => credentials.secrets,
  });
}

/** `fetch` with a token that is good now; one that is refused is renewed and the call made again. */
function authorizedFetch(credentials: QwenCredentials): typeof fetch {
  return async (input, init = {}) => {
    const attempt = (token: string) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    };
    const token = await credentials.token();
    init.signal?.throwIfAborted();
    const response = await attempt(token);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    await credentials.renew(token);
    return attempt(await credentials.token());
  };
}
