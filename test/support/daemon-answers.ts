import { expect } from "vitest";

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

type DaemonAnswer = readonly [method: string, path: string, body: unknown, answer: unknown];

/** What an endpoint answers, word for word but for what changes from call to call. */
export const DAEMON_ANSWERS: readonly DaemonAnswer[] = [
  [
    "GET",
    "/health",
    undefined,
    { status: "healthy", version: expect.any(String), time: expect.any(String) },
  ],
  [
    "GET",
    "/",
    undefined,
    {
      name: "fbtr",
      version: expect.any(String),
      description: expect.any(String),
      endpoints: expect.any(Object),
      documentation: "/api/v1/openapi.json",
    },
  ],
  [
    "POST",
    "/api/v1/translate",
    { text: "Дверь открылась.", provider: "draft", context: "", script: "latin", session_id: "s1" },
    {
      original: "Дверь открылась.",
      translated: "Vrata su se otvorila.",
      translated_text: "Vrata su se otvorila.",
      provider: "draft",
      session_id: "s1",
      stats: { Total: 1, Translated: 1, Cached: 0, Errors: 0 },
    },
  ],
  [
    "POST",
    "/api/v1/translate/batch",
    { texts: ["Он сел.", "* * *"], provider: "draft", context_hint: "a story" },
    {
      originals: ["Он сел.", "* * *"],
      translated: ["Он је сео.", "* * *"],
      provider: "draft",
      session_id: expect.stringMatching(UUID),
      stats: { Total: 1, Translated: 1, Cached: 0, Errors: 0 },
    },
  ],
  [
    "POST",
    "/api/v1/translate/string",
    { text: "Он сел.", source_language: "ru", target_language: "sr", provider: "draft" },
    {
      translated_text: "Он је сео.",
      translated: "Он је сео.",
      source_language: "ru",
      target_language: "sr",
      provider: "draft",
      duration_seconds: expect.any(Number),
      session_id: expect.stringMatching(UUID),
    },
  ],
  [
    "POST",
    "/api/v1/translate/validate",
    { text: "Он сел.", source_language: "ru", target_language: "sr", provider: "draft" },
    { valid: true, provider: "draft", message: expect.any(String) },
  ],
  [
    "POST",
    "/api/v1/convert/script",
    { text: "ЉУБАВ и љубав", target: "latin" },
    { original: "ЉУБАВ и љубав", converted: "LJUBAV i ljubav", target: "latin" },
  ],
  [
    "GET",
    "/api/v1/version",
    undefined,
    expect.objectContaining({
      codebase_version: expect.any(String),
      build_time: expect.any(String),
      git_commit: expect.any(String),
      go_version: expect.any(String),
      components: {
        translator: expect.any(String),
        api: expect.any(String),
        distributed: expect.any(String),
        deployment: expect.any(String),
      },
      last_updated: expect.any(String),
    }),
  ],
  [
    "GET",
    "/api/v1/providers",
    undefined,
    {
      providers: expect.arrayContaining([
        expect.objectContaining({
          name: "openai",
          description: expect.any(String),
          requires_api_key: true,
          models: expect.any(Array),
        }),
      ]),
    },
  ],
  [
    "GET",
    "/api/v1/languages",
    undefined,
    {
      languages: expect.arrayContaining([{ code: "sr", name: "Serbian", native: "Српски" }]),
      total: expect.any(Number),
    },
  ],
  [
    "GET",
    "/api/v1/stats",
    undefined,
    expect.objectContaining({
      cache: expect.any(Object),
      websocket: { connected_clients: expect.any(Number) },
    }),
  ],
  [
    "GET",
    "/api/v1/distributed/status",
    undefined,
    {
      initialized: true,
      enabled: false,
      workers: {},
      active_connections: 0,
      remote_instances: 0,
      paired_workers: 0,
    },
  ],
];
