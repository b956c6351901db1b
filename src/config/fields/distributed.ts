import {
  MapOf,
  choice,
  count,
  integer,
  keyFile,
  list,
  milliseconds,
  number,
  port,
  seconds,
  secret,
  share,
  text,
  truth,
  url,
  type Section,
} from "../field.ts";

const MINUTE = 60;
const retries = integer({ min: 0 });

const workers = new MapOf("id", {
  name: text({ about: "Name of the worker for people.", sample: "Worker one" }),
  host: text({ about: "Address of the worker.", sample: "worker1.example.com" }),
  port: port({ default: 22, about: "SSH port of the worker." }),
  user: text({ about: "User to log in as.", sample: "translator" }),
  key_file: keyFile({
    about: "Private SSH key: its path, or the key itself; without it the agent is asked.",
    sample: "/home/translator/.ssh/id_ed25519",
  }),
  password: secret({ about: "Password to log in with; a key is better." }),
  ssh_client: choice(["auto", "ssh2", "openssh"])({
    default: "auto",
    about:
      "What speaks SSH: ssh2 inside fbtr, the system's openssh, or ssh2 where it can and else openssh.",
  }),
  command: text({
    about: "How fbtr is called on the worker, if it is not found there by itself.",
    sample: "/opt/fbtr/bin/fbtr",
  }),
  max_capacity: count({ about: "Requests that the worker takes at the same time.", sample: 10 }),
  enabled: truth({ default: true, about: "Whether the worker is used." }),
  tags: list({ default: [], about: "Words to choose workers by." }),
  llamacpp_config: {
    endpoint: url({ about: "Where the worker's llama.cpp server is." }),
    model: text({ about: "Model of that server." }),
    context_size: count({ about: "Tokens that the model sees at once." }),
    temperature: number({ min: 0, max: 2 })({
      about: "How freely the model chooses words, 0 to 2.",
    }),
    max_tokens: count({ about: "Tokens of one answer at most." }),
  },
});

const ssh = {
  ssh_timeout: seconds({
    default: 30,
    about: "Seconds to wait for an SSH connection.",
    aliases: ["distributed.ssh_config.timeout"],
  }),
  ssh_max_retries: retries({
    default: 3,
    about: "How often a failed connection is tried again.",
    aliases: ["distributed.ssh_config.max_retries"],
  }),
  ssh_config: {
    key_path: text({
      about: "Private SSH key for workers that name none.",
      env: ["WORKER_SSH_KEY_PATH", "SSH_PRIVATE_KEY_PATH"],
    }),
    known_hosts_path: text({ about: "File of the workers' host keys." }),
  },
  ssh_worker: {
    host: text({ about: "Address of a single worker.", env: ["SSH_WORKER_HOST"] }),
    port: port({ default: 22, about: "Its SSH port.", env: ["SSH_WORKER_PORT"] }),
    user: text({ about: "User to log in as there.", env: ["SSH_WORKER_USER"] }),
    password: secret({ about: "Password to log in with there.", env: ["SSH_WORKER_PASSWORD"] }),
    remote_dir: text({ about: "Folder of fbtr there.", env: ["SSH_WORKER_REMOTE_DIR"] }),
  },
} as const satisfies Section;

/** How work is spread, and what happens when a worker fails. */
const spreading = {
  connections: {
    max_per_worker: count({ default: 10, about: "Connections to one worker at most." }),
    idle_timeout: seconds({
      default: 5 * MINUTE,
      about: "Seconds after which an unused connection is closed.",
    }),
    max_lifetime: seconds({
      default: 30 * MINUTE,
      about: "Seconds after which a connection is replaced.",
    }),
  },
  batching: {
    size: count({ default: 10, about: "Requests that travel together at most." }),
    delay_ms: milliseconds({
      default: 100,
      about: "Milliseconds that a request waits for others to travel with.",
    }),
  },
  result_cache: {
    ttl: seconds({ default: 10 * MINUTE, about: "Seconds that a result is remembered." }),
    max_entries: count({ default: 10_000, about: "Results that are remembered." }),
  },
  load_balancing: {
    strategy: choice(["round_robin", "least_loaded", "weighted"])({
      default: "round_robin",
      about: "How the next worker is chosen.",
    }),
    health_check_interval: seconds({ about: "Seconds between two looks at a worker's health." }),
    max_failures: count({ about: "Failures after which a worker is left alone." }),
    recovery_timeout: seconds({ about: "Seconds after which it is tried again." }),
  },
  circuit_breaker: {
    failure_threshold: count({ default: 5, about: "Failures in a row that stop requests." }),
    timeout: seconds({ default: MINUTE, about: "Seconds until one request is tried again." }),
    success_threshold: count({ default: 3, about: "Successes after which all goes on." }),
  },
} as const satisfies Section;

const fallback = {
  degradation_threshold: share({
    default: 0.5,
    about: "Share of failures from which on the service counts as degraded, 0 to 1.",
  }),
  max_retries: retries({ default: 3, about: "How often a failed request is tried again." }),
  backoff_min_ms: milliseconds({ default: 100, about: "Shortest pause before trying again." }),
  backoff_max_ms: milliseconds({ default: 30_000, about: "Longest pause before trying again." }),
  request_timeout: seconds({ default: 30, about: "Seconds without news of a request." }),
  connection_timeout: seconds({ default: 10, about: "Seconds to wait for a connection." }),
  health_timeout: seconds({ default: 5, about: "Seconds to wait for a health check." }),
  recovery_interval: seconds({ default: 10, about: "Seconds between two looks for recovery." }),
  recovery_successes: count({ default: 3, about: "Good looks after which all is well again." }),
  recovery_timeout: seconds({ default: MINUTE, about: "Seconds that recovery may take." }),
  tracking_window: seconds({
    default: 5 * MINUTE,
    about: "Seconds of the past that the share of failures is counted over.",
  }),
  alert_threshold: share({
    default: 0.8,
    about: "Share of failures from which on an alert is raised, 0 to 1.",
  }),
} as const satisfies Section;

export const distributed = {
  enabled: truth({ default: false, about: "Whether work goes to workers." }),
  workers,
  ...ssh,
  network: {
    allow: list({
      default: [],
      about:
        "Networks (CIDR) in which workers may be that are added over the API; empty: all that are not denied.",
      sample: ["192.168.1.0/24"],
    }),
    deny: list({
      default: [],
      about: "Networks in which they must not be. Link-local and multicast ones never are allowed.",
    }),
    ports: list({ default: ["22"], about: "SSH ports that they may have." }),
  },
  health_check_interval: seconds({
    default: 30,
    about: "Seconds between two looks at the workers' health.",
  }),
  max_remote_instances: count({ default: 20, about: "Engines on workers that are used at most." }),
  coordinator_host: text({ about: "Address of the root.", sample: "root.example.com" }),
  coordinator_port: port({ about: "Port of the root.", sample: 8443 }),
  worker_discovery: text({ about: "How workers are found.", sample: "static" }),
  ...spreading,
  fallback,
} as const satisfies Section;
