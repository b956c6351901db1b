/** What a caller may do: `admin` includes `submit`, which includes `read`. */
export const SCOPES = ["read", "submit", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Who calls. */
export interface Principal {
  /** For logs and limits: `socket`, `root:<machine>`, `token:<id>`, `jwt:<subject>` or `anonymous`. */
  readonly name: string;
  /** The most that it may do; undefined: nothing. */
  readonly scope: Scope | undefined;
  /** Whether the rate of its requests is limited. */
  readonly isLimited: boolean;
}

/** Whoever can open the socket is the user that the daemon runs as. */
export const SOCKET_USER: Principal = { name: "socket", scope: "admin", isLimited: false };
/** Everybody, where `security.enable_auth` is off: then the daemon is on loopback alone. */
export const EVERYBODY: Principal = { name: "everybody", scope: "admin", isLimited: true };
/** Who is paired gives work, and asks how far it is; it does not change the daemon. */
export function pairedRoot(machine: string): Principal {
  return { name: `root:${machine}`, scope: "submit", isLimited: false };
}
export const NOBODY: Principal = { name: "anonymous", scope: undefined, isLimited: true };

export function mayDo({ scope }: Principal, wanted: Scope): boolean {
  return scope !== undefined && SCOPES.indexOf(scope) >= SCOPES.indexOf(wanted);
}
