/** What `fbtr daemon status` tells. */
export interface DaemonFacts {
  readonly pid: number;
  readonly version: string;
  readonly startedAt: string;
  readonly socket: string;
  readonly addresses: readonly string[];
}

export interface DaemonStats {
  readonly books: { readonly queued: number; readonly running: number };
  readonly websocket: { readonly connected_clients: number };
}

/** The state of a daemon for people: a fact a line. Ends with a line break. */
export function daemonPage(facts: DaemonFacts, { books, websocket }: DaemonStats): string {
  const lines = [
    ["Daemon", `fbtr ${facts.version}, process ${facts.pid}, since ${facts.startedAt}`],
    ...[facts.socket, ...facts.addresses].map((place) => ["Listens on", place]),
    ["Books", `${books.running} running, ${books.queued} waiting`],
    ["Listeners", String(websocket.connected_clients)],
  ];
  return lines.map(([label = "", text]) => `${label.padEnd(11)} ${text}\n`).join("");
}
