import type { Config } from "./fields/all.ts";
import type { ConfigValue } from "./layer.ts";

/** What must hold between keys. One line for each fault, with the key that is to be mended. */
export function ruleFaults(config: Config, values: readonly ConfigValue[]): readonly string[] {
  return [...daemonFaults(config, values), ...workerFaults(config)];
}

function daemonFaults(
  { server, security }: Config,
  values: readonly ConfigValue[],
): readonly string[] {
  const faults: string[] = [];
  if (server.enable_http3) {
    for (const key of ["tls_cert_file", "tls_key_file"] as const) {
      if (server[key] === "") faults.push(missing(`server.${key}`, "server.enable_http3"));
    }
  }
  // Whoever configures nothing does not need a secret either.
  const isAuthAsked = values.some(
    ({ key, source }) => key === "security.enable_auth" && source !== "default",
  );
  if (isAuthAsked && security.enable_auth && security.jwt_secret === undefined) {
    faults.push(missing("security.jwt_secret", "security.enable_auth"));
  }
  return faults;
}

const missing = (key: string, because: string) =>
  `Expected \`${key}\` to be set, because \`${because}\` is true`;

function workerFaults({ distributed }: Config): readonly string[] {
  if (!distributed.enabled) return [];
  const workers = Object.entries(distributed.workers);
  if (workers.length === 0) {
    return [
      "Expected `distributed.workers` to have a worker, because `distributed.enabled` is true",
    ];
  }
  // All else is known without being said: a login as ssh knows it, and a capacity from the worker.
  return workers.flatMap(([id, { host }]) =>
    host === undefined || host === ""
      ? [missing(`distributed.workers.${id}.host`, "distributed.enabled")]
      : [],
  );
}
