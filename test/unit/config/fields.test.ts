import { describe, expect, it } from "vitest";

import { variablesOfKeys } from "../../../src/config/environment-layer.ts";
import { fieldRows } from "../../../src/config/fields/all.ts";
import { readContent } from "../../support/configuration.ts";

const rows = fieldRows();

describe("the table of keys", () => {
  it.each(rows.map((row) => [row.shownAs, row] as const))(
    "says of %s in one sentence what it is, with a default and a sample that it takes",
    (_, { field }) => {
      expect(field.facts.about).toMatch(/^[A-Z].*[^.]\.$/);
      const values = [field.default, field.facts.sample].filter((value) => value !== undefined);
      expect(values.map(field.kind.read)).toEqual(values);
    },
  );

  it("gives each variable to one key, and each other name to one key", () => {
    const variables = variablesOfKeys().map(({ variable }) => variable);
    expect(new Set(variables).size).toBe(variables.length);
    const aliases = rows.flatMap(({ field }) => field.facts.aliases ?? []);
    const places = [...aliases, ...rows.map(({ path }) => path.join("."))];
    expect(new Set(places).size).toBe(places.length);
  });

  it("knows every variable that existing installations set", () => {
    const known = new Set(variablesOfKeys().map(({ variable }) => variable));
    const wanted = `WORKER_SSH_KEY_PATH OPENAI_API_KEY ANTHROPIC_API_KEY ZHIPU_API_KEY
      DEEPSEEK_API_KEY OLLAMA_ENABLED OLLAMA_MODEL QWEN_API_KEY QWEN_CLIENT_ID QWEN_CLIENT_SECRET
      SKIP_QWEN_OAUTH OPENAI_MODEL ANTHROPIC_MODEL ZHIPU_MODEL DEEPSEEK_MODEL QWEN_MODEL JWT_SECRET
      SSH_PRIVATE_KEY_PATH SSH_WORKER_HOST SSH_WORKER_USER SSH_WORKER_PASSWORD SSH_WORKER_PORT
      SSH_WORKER_REMOTE_DIR MONITOR_SERVER_PORT HF_TOKEN HUGGINGFACE_TOKEN PROJECT_ROOT DEBUG_HASH
      GEMINI_API_KEY LOG_LEVEL MONITOR_SERVER_URL UPDATE_TIMEOUT ROLLBACK_TIMEOUT BACKUP_RETENTION
      TRANSLATOR_LOG_LEVEL TRANSLATOR_PORT TRANSLATOR_HOST TRANSLATOR_ENV LLAMA_BINARY MODEL_PATH
      THREADS CONTEXT_SIZE TEMPERATURE MAX_TOKENS ENABLE_HTTP3 ENABLE_WEBSOCKET`.split(/\s+/);
    expect(wanted.filter((variable) => !known.has(variable))).toEqual([]);
  });
});

/** Keys as they stand in configurations that were written for the system before fbtr. */
const EXISTING: Readonly<Record<string, object>> = {
  server: {
    host: "0.0.0.0",
    port: 8443,
    enable_http3: true,
    tls_cert_file: "c.crt",
    tls_key_file: "c.key",
    read_timeout: 30,
    write_timeout: 30,
    max_upload_size: 1024,
  },
  security: {
    enable_auth: true,
    jwt_secret: "${JWT_SECRET:-none}",
    api_key_header: "X-API-Key",
    rate_limit_rps: 10,
    rate_limit_burst: 20,
    cors_origins: ["*"],
  },
  translation: {
    default_provider: "dictionary",
    default_model: "",
    cache_enabled: true,
    cache_ttl: 3600,
    max_concurrent: 5,
    max_file_size_mb: 100,
    supported_languages: ["ru", "sr"],
    providers: {
      openai: {
        enabled: false,
        api_key: "${OPENAI_API_KEY:-}",
        base_url: "${OPENAI_BASE_URL:-https://host/v1}",
        model: "m",
        models: ["a", "b"],
        options: { temperature: 0.3, top_p: 0.9, max_tokens: 4000 },
        timeout_seconds: 60,
      },
      ollama: { host: "http://localhost:11434", default_model: "llama3:8b", temperature: 0.3 },
      llamacpp: {
        model_path: "/m.gguf",
        n_gpu_layers: 35,
        n_ctx: 2048,
        n_threads: 8,
        batch_size: 512,
        top_p: 0.9,
        max_tokens: 4096,
      },
    },
  },
  preparation: {
    enabled: true,
    pass_count: 2,
    providers: ["deepseek", "anthropic"],
    analyze_content_type: true,
    analyze_characters: true,
    analyze_terminology: true,
    analyze_culture: true,
    analyze_chapters: true,
    detail_level: "standard",
  },
  distributed: {
    enabled: true,
    workers: {
      "worker-1": {
        name: "One",
        host: "w1",
        port: 22,
        user: "root",
        key_file: "/k",
        password: "p",
        max_capacity: 10,
        enabled: true,
        tags: ["gpu"],
        llamacpp_config: {
          endpoint: "http://localhost:8080",
          model: "m",
          context_size: 2048,
          temperature: 0.1,
          max_tokens: 100,
        },
      },
    },
    ssh_timeout: 30,
    ssh_max_retries: 3,
    health_check_interval: 30,
    max_remote_instances: 20,
    coordinator_host: "root",
    coordinator_port: 8443,
    worker_discovery: "static",
    load_balancing: {
      strategy: "least_loaded",
      health_check_interval: 30,
      max_failures: 3,
      recovery_timeout: 60,
    },
    ssh_config: { key_path: "/k", known_hosts_path: "/h" },
  },
  logging: { level: "info", format: "json", output_file: "" },
  database: {
    type: "postgres",
    host: "db",
    port: 5432,
    user: "u",
    password: "${DB_PASSWORD:-}",
    name: "n",
    sslmode: "require",
    max_connections: 20,
    connection_timeout: 30,
  },
  cache: { type: "redis", host: "r", port: 6379, password: "", db: 0, ttl: 3600 },
  storage: {
    type: "filesystem",
    filesystem: { base_path: "/s", temp_path: "/t", max_file_age_days: 7 },
    s3: { enabled: false, endpoint: "", region: "r", bucket: "", access_key: "", use_ssl: true },
  },
  monitoring: {
    enabled: true,
    metrics_port: 9090,
    health_check_path: "/health",
    metrics_path: "/metrics",
    alerting: { enabled: false, webhook_url: "", alert_on_errors: true, high_load_threshold: 80 },
    logging: { level: "info", max_size_mb: 100, max_age_days: 30, compress: true },
  },
  features: {
    websocket_enabled: true,
    batch_processing: true,
    multi_pass_translation: true,
    script_conversion: true,
    format_conversion: true,
    progress_tracking: true,
    version_management: true,
  },
};

describe("existing configurations", () => {
  it.each(Object.keys(EXISTING))("are read without a fault or a warning: %s", async (section) => {
    const { faults, warnings } = await readContent({ [section]: EXISTING[section] });
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
  });
});
