import { pinOf } from "../transport/pin.ts";
import type { Discovery } from "../worker/discovery.ts";
import type { WorkerStatus } from "../worker/fleet/worker-fleet.ts";
import type { PairedWorker } from "../worker/paired-workers.ts";

/** A worker as `fbtr workers list` and `show` tell of it. */
export interface WorkerFacts {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly enabled: boolean;
  readonly tags: readonly string[];
  readonly maxCapacity: number | undefined;
  readonly paired: PairedWorker | undefined;
  readonly status: WorkerStatus | undefined;
}

const HEAD = ["ID", "STATE", "TRANSPORT", "CAPACITY", "ENGINES", "HOST"] as const;
const GIB = 1024 ** 3;

/** In words of the API: configured, paired, offline, drained. */
function stateOf({ enabled, paired, status }: WorkerFacts): string {
  if (!enabled) return "disabled";
  return paired === undefined ? "configured" : (status?.state ?? "offline");
}

export function workersTable(workers: readonly WorkerFacts[]): string {
  if (workers.length === 0) return "No workers. `fbtr workers add <id> <host>` adds one.\n";
  const rows = [HEAD, ...workers.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return `${rows.map(lineOf).join("\n")}\n`;
}

function rowOf(facts: WorkerFacts): string[] {
  const { id, host, status, maxCapacity, paired } = facts;
  const capacity = maxCapacity ?? paired?.capabilities.max_concurrent;
  const engines = status?.report?.engines.map(({ name }) => name) ?? [];
  const shown = [status?.transport ?? "-", `${capacity ?? "-"}`, engines.join(", ") || "-"];
  return [id, stateOf(facts), ...shown, host];
}

/** All that is known of a worker, a line each. */
export function workerPage(facts: WorkerFacts): string {
  const { id, name, host, tags, paired, status } = facts;
  const report = status?.report;
  const hardware = paired?.capabilities.hardware;
  const lines: (readonly [string, string | undefined])[] = [
    ["Worker", name === id ? id : `${id} (${name})`],
    ["Host", host],
    ["State", stateOf(facts)],
    ["Problem", status?.error],
    ["Transport", status?.transport],
    ["Ways", paired?.endpoints.map(wayOf).join(", ")],
    ["Engines", report?.engines.map(engineOf).join(", ")],
    ["Capacity", capacityOf(facts)],
    ["Hardware", hardware && hardwareText(hardware)],
    ["Tags", tags.length > 0 ? tags.join(", ") : undefined],
    ["Version", report?.version ?? paired?.version],
    ["Paired", paired?.pairedAt],
    ["Key", paired?.certificates.map((pem) => pinOf(pem)).join(", ")],
  ];
  const told = lines.filter(([, text]) => text !== undefined && text !== "");
  return told.map(([label, text]) => `${label.padEnd(12)}${text ?? ""}\n`).join("");
}

function hardwareText({ cpus, memory_bytes: memory }: PairedWorker["capabilities"]["hardware"]) {
  return `${cpus} CPUs, ${(memory / GIB).toFixed(1)} GiB`;
}

function wayOf(endpoint: PairedWorker["endpoints"][number]): string {
  if (endpoint.kind === "tunnel") return `tunnel ${endpoint.socket}`;
  return `${endpoint.kind} ${endpoint.host}:${endpoint.port}`;
}

function engineOf({ name, model }: { readonly name: string; readonly model?: string | undefined }) {
  return model === undefined ? name : `${name} (${model})`;
}

function capacityOf({ maxCapacity, paired }: WorkerFacts): string | undefined {
  const capacity = maxCapacity ?? paired?.capabilities.max_concurrent;
  return capacity === undefined ? undefined : `${capacity} requests at the same time`;
}

/** The same for programs: names are those of the API. */
export function workerJson(facts: WorkerFacts): object {
  const { id, name, host, enabled, tags, maxCapacity, paired, status } = facts;
  return {
    type: "worker",
    worker_id: id,
    name,
    host,
    enabled,
    status: stateOf(facts),
    tags,
    capacity: maxCapacity ?? paired?.capabilities.max_concurrent,
    transport: status?.transport,
    error: status?.error,
    engines: status?.report?.engines,
    capabilities: paired?.capabilities,
    endpoints: paired?.endpoints,
    version: status?.report?.version ?? paired?.version,
    paired_at: paired?.pairedAt,
    pins: paired?.certificates.map((pem) => pinOf(pem)),
  };
}

/** What was found of a worker, one line, and what to do about it. */
export function discoveryLines({
  id,
  state,
  isPaired,
  report,
  problem,
  advice,
}: Discovery): string {
  const engines = report ? `, ${report.capabilities.providers.join(", ")}` : "";
  const version = report ? ` (fbtr ${report.version}${engines})` : "";
  const paired = isPaired ? ", paired" : "";
  const trouble = problem === undefined ? "" : `: ${problem}`;
  const hint = advice === undefined ? "" : `\n  ${advice}`;
  return `${id}: ${state}${paired}${version}${trouble}${hint}\n`;
}

export function discoveryJson({ report, isPaired, id, ...found }: Discovery): object {
  const { v: _protocol, ...told } = report ?? { v: 1 };
  return { type: "discovery", worker_id: id, paired: isPaired, ...found, ...told };
}
