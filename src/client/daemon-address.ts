import { Agent, type Dispatcher } from "undici";

import { FbtrError } from "../base/errors.ts";
import type { DaemonRecord } from "../server/life/daemon-record.ts";

/** How a daemon is reached. */
export interface DaemonAddress {
  /** For people. */
  readonly shownAs: string;
  readonly origin: string;
  readonly dispatcher: Dispatcher;
  readonly headers: Readonly<Record<string, string>>;
}

/** Events may be silent for long. */
const NO_TIMEOUTS = { bodyTimeout: 0, headersTimeout: 0 };

/** The daemon of this user on this machine: the socket is open to nobody else. */
export function localDaemon({ socket }: DaemonRecord): DaemonAddress {
  const dispatcher = new Agent({ ...NO_TIMEOUTS, connect: { socketPath: socket } });
  return { shownAs: socket, origin: "http://localhost", dispatcher, headers: {} };
}

/**
 * A daemon at a URL.
 *
 * @param token proves who asks; undefined: nobody in particular.
 * @throws FbtrError USAGE_INVALID if it is no URL of a daemon, or the token would go over a network
 *   in the open.
 */
export function remoteDaemon(url: string, token: string | undefined): DaemonAddress {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new FbtrError("USAGE_INVALID", `${url} is not the address of a daemon`, {
      hint: "For example https://books.example.com:8443.",
    });
  }
  const isLocal = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(parsed.hostname);
  if (parsed.protocol === "http:" && !isLocal) {
    throw new FbtrError("USAGE_INVALID", `${url} would be asked without TLS`, {
      hint: "Take https://, or an SSH tunnel to its loopback address.",
    });
  }
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const dispatcher = new Agent(NO_TIMEOUTS);
  return { shownAs: parsed.origin, origin: parsed.origin, dispatcher, headers };
}
