import { randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

import type { Clock } from "../../base/clock.ts";
import { FbtrError, systemErrorCode } from "../../base/errors.ts";

/** The file that qwen-code keeps after a login; what else stands in it is kept. */
const CREDENTIALS = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  /** Host or URL of the API that the token is for. */
  resource_url: z.string().optional(),
  /** Milliseconds since 1970. */
  expiry_date: z.number().optional(),
});

type Credentials = z.infer<typeof CREDENTIALS>;

/** Answer of a token endpoint (RFC 6749, section 5.1). */
const TOKEN_ANSWER = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  resource_url: z.string().optional(),
  expires_in: z.number().positive().optional(),
});

export interface TokenEndpoint {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
}

/** Where qwen-code gets its tokens, under the name that it uses for itself. */
export const QWEN_TOKENS: TokenEndpoint = {
  url: "https://chat.qwen.ai/api/v1/oauth2/token",
  clientId: "f0304373b74a44d2b584a3fb70ca9e56",
  clientSecret: undefined,
};

/** A token is renewed so long before it expires: a call takes its time. */
const MARGIN_MS = 60_000;
const REFRESH_TIMEOUT_MS = 30_000;
/** Where a login is good that names no place. */
export const DEFAULT_API = "https://dashscope.aliyuncs.com/compatible-mode/v1";

/** Files that hold a login, the first one that there is counts. */
export function qwenCredentialFiles(home: string): string[] {
  return [
    join(home, ".translator", "qwen_credentials.json"),
    join(home, ".qwen", "oauth_creds.json"),
  ];
}

/**
 * A login at Qwen that another program has made and that fbtr keeps alive: tokens are renewed one
 * at a time, and written back into the file, since a renewal may make the old ones worthless.
 */
export class QwenCredentials {
  readonly #path: string;
  readonly #endpoint: TokenEndpoint;
  readonly #clock: Clock;
  /** Every token there was: what a late message may quote must stay hidden. */
  readonly #secrets = new Set<string>();
  #credentials: Credentials;
  #renewal: Promise<void> | undefined;

  private constructor(
    path: string,
    credentials: Credentials,
    endpoint: TokenEndpoint,
    clock: Clock,
  ) {
    this.#path = path;
    this.#endpoint = endpoint;
    this.#clock = clock;
    this.#credentials = credentials;
    this.#take(credentials);
  }

  /**
   * The login in the first of `paths` that exists; undefined if none does.
   *
   * @throws FbtrError CONFIG_INVALID for a file that holds no login.
   */
  static async find(
    paths: readonly string[],
    endpoint: TokenEndpoint,
    clock: Clock,
  ): Promise<QwenCredentials | undefined> {
    for (const path of paths) {
      const credentials = await credentialsIn(path);
      if (credentials) return new QwenCredentials(path, credentials, endpoint, clock);
    }
    return undefined;
  }

  /** Base URL of the API, with its version and without a slash at the end. */
  get baseUrl(): string {
    const { resource_url: resource = DEFAULT_API } = this.#credentials;
    const url = /^https?:\/\//.test(resource) ? resource : `https://${resource}`;
    const trimmed = url.replace(/\/+$/, "");
    return trimmed.endsWith("/v1") ? trimmed : `${trimmed}/v1`;
  }

  /** Every token of this login, to be taken out of what is shown. */
  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  /**
   * A token that is good for a call; renewed before if it is about to expire.
   *
   * @throws FbtrError ENGINE_UNAUTHORIZED if the login is over, ENGINE_UNREACHABLE.
   */
  async token(): Promise<string> {
    const { expiry_date: expiry = Infinity } = this.#credentials;
    if (expiry - MARGIN_MS <= this.#clock.now()) await this.renew(this.#credentials.access_token);
    return this.#credentials.access_token;
  }

  /**
   * Replaces `refused`, unless that has happened already. Callers at the same time share a renewal.
   *
   * @throws FbtrError as `token` does.
   */
  async renew(refused: string): Promise<void> {
    if (refused !== this.#credentials.access_token) return;
    this.#renewal ??= this.#renewOnce().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }

  async #renewOnce(): Promise<void> {
    // Another program may have renewed the login; then its tokens are the good ones.
    const onDisk = await credentialsIn(this.#path);
    const isNews = onDisk && onDisk.access_token !== this.#credentials.access_token;
    if (isNews && (onDisk.expiry_date ?? Infinity) - MARGIN_MS > this.#clock.now()) {
      this.#take(onDisk);
      return;
    }
    const { expiry_date: _, ...current } = onDisk ?? this.#credentials;
    const {
      expires_in: seconds,
      refresh_token,
      ...tokens
    } = await this.#askForTokens(current.refresh_token);
    const renewed = {
      ...current,
      ...tokens,
      // Not every renewal brings a new one.
      refresh_token: refresh_token ?? current.refresh_token,
      ...expiryAfter(seconds, this.#clock.now()),
    };
    this.#take(renewed);
    await writeSecretFile(this.#path, `${JSON.stringify(renewed, null, 2)}\n`);
  }

  async #askForTokens(refreshToken: string): Promise<z.infer<typeof TOKEN_ANSWER>> {
    const { url, clientId, clientSecret } = this.#endpoint;
    const body = new URLSearchParams({
      grant_type: "refresh_token",
      refresh_token: refreshToken,
      client_id: clientId,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
    });
    // What fails below is told without a cause: it could quote the tokens.
    const answer = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json" },
      body,
      signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS),
    }).catch(() => undefined);
    if (answer === undefined || answer.status >= 500 || answer.status === 429) {
      throw new FbtrError("ENGINE_UNREACHABLE", "the login of Qwen cannot be renewed now");
    }
    const read = TOKEN_ANSWER.safeParse(await answer.json().catch(() => undefined));
    if (answer.ok && read.success) return read.data;
    throw new FbtrError("ENGINE_UNAUTHORIZED", "the login of Qwen is over", {
      hint: "Log in again with qwen-code, or give a key in QWEN_API_KEY.",
    });
  }

  #take(credentials: Credentials): void {
    this.#credentials = credentials;
    this.#secrets.add(credentials.access_token).add(credentials.refresh_token);
  }
}

/** Nothing said means that only a refusal can tell when the token is over. */
function expiryAfter(seconds: number | undefined, nowMs: number): { expiry_date?: number } {
  return seconds === undefined ? {} : { expiry_date: nowMs + seconds * 1000 };
}

async function credentialsIn(path: string): Promise<Credentials | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw unusable(path);
  }
  const read = CREDENTIALS.safeParse(jsonIn(text));
  if (!read.success) throw unusable(path);
  return read.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A file that is no JSON holds no login; the error of the parser would quote it.
    return undefined;
  }
}

function unusable(path: string): FbtrError {
  return new FbtrError("CONFIG_INVALID", `${path} holds no login of Qwen`, {
    hint: "Log in again with qwen-code, or set SKIP_QWEN_OAUTH=1.",
  });
}

/** Replaces a file whole or not at all, and lets nobody but its owner read it at any time. */
async function writeSecretFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new FbtrError("ENGINE_FAILED", `the renewed login of Qwen cannot be kept in ${path}`, {
      cause: error,
      hint: "Make the folder writable; the login may have to be made again.",
    });
  }
}
