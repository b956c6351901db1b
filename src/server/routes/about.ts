import { createRoute, z } from "@hono/zod-openapi";

import { engineStates } from "../../engine/engine-states.ts";
import { PROVIDERS } from "../../engine/providers/providers.ts";
import { memoryStats } from "../../job/memory-file.ts";
import { newApi, type Api } from "../api.ts";
import { CHALLENGE_HEADER, PROOF_HEADER, proofOf } from "../life/proof.ts";
import { json } from "../schemas.ts";
import type { Services } from "../services.ts";

const Health = z
  .object({ status: z.literal("healthy"), version: z.string(), time: z.iso.datetime() })
  .openapi("Health");

const health = createRoute({
  method: "get",
  path: "/health",
  summary: "Whether the daemon lives",
  responses: { 200: { description: "It does", ...json(Health) } },
});

const About = z
  .object({
    name: z.string(),
    version: z.string(),
    description: z.string(),
    endpoints: z.record(z.string(), z.string()),
    documentation: z.string(),
  })
  .openapi("About");

const about = createRoute({
  method: "get",
  path: "/",
  summary: "What this is, and where to go on",
  responses: { 200: { description: "About fbtr", ...json(About) } },
});

const ENDPOINTS = {
  health: "/health",
  events: "/ws",
  translate: "/api/v1/translate",
  books: "/api/v1/jobs",
  providers: "/api/v1/providers",
  languages: "/api/v1/languages",
  distributed: "/api/v1/distributed/status",
};

const Version = z
  .object({
    codebase_version: z.string(),
    build_time: z.string(),
    git_commit: z.string(),
    go_version: z.string(),
    runtime: z.string(),
    components: z.record(z.string(), z.string()),
    last_updated: z.string(),
  })
  .openapi("Version");

const versionRoute = createRoute({
  method: "get",
  path: "/api/v1/version",
  summary: "Versions; what is not known is empty",
  responses: { 200: { description: "Versions", ...json(Version) } },
});

const Providers = z
  .object({
    providers: z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        requires_api_key: z.boolean(),
        models: z.array(z.string()),
        ready: z.boolean(),
        priority: z.number(),
      }),
    ),
  })
  .openapi("Providers");

const providersRoute = createRoute({
  method: "get",
  path: "/api/v1/providers",
  summary: "The engines, and which of them are ready",
  responses: { 200: { description: "Engines", ...json(Providers) } },
});

const Languages = z
  .object({
    languages: z.array(z.object({ code: z.string(), name: z.string(), native: z.string() })),
    total: z.number().int(),
  })
  .openapi("Languages");

const languagesRoute = createRoute({
  method: "get",
  path: "/api/v1/languages",
  summary: "Languages that books are translated from and to",
  responses: { 200: { description: "Languages", ...json(Languages) } },
});

/** Language models know many more; these are those that fbtr knows something of. */
const LANGUAGES = [
  { code: "ru", name: "Russian", native: "Русский" },
  { code: "sr", name: "Serbian", native: "Српски" },
  { code: "en", name: "English", native: "English" },
  { code: "de", name: "German", native: "Deutsch" },
  { code: "fr", name: "French", native: "Français" },
];

const Stats = z
  .object({
    cache: z.object({ entries: z.number().int() }),
    websocket: z.object({ connected_clients: z.number().int() }),
    books: z.object({ queued: z.number().int(), running: z.number().int() }),
  })
  .openapi("Stats");

const statsRoute = createRoute({
  method: "get",
  path: "/api/v1/stats",
  summary: "How much is going on",
  responses: { 200: { description: "Counts", ...json(Stats) } },
});

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  summary: "The same counts for Prometheus",
  responses: {
    200: { description: "Metrics", content: { "text/plain": { schema: z.string() } } },
  },
});

/** What the daemon says of itself. */
export function aboutRoutes(services: Services): Api {
  const { version, clock, sockets, books, secret } = services;
  return newApi()
    .openapi(health, (context) => {
      const time = new Date(clock.now()).toISOString();
      const challenge = context.req.header(CHALLENGE_HEADER);
      if (secret !== undefined && challenge !== undefined) {
        context.header(PROOF_HEADER, proofOf(secret, challenge));
      }
      return context.json({ status: "healthy" as const, version, time }, 200);
    })
    .openapi(about, (context) => {
      const description = "Translates FictionBook 2 books on your own machines";
      const documentation = "/api/v1/openapi.json";
      const answer = { name: "fbtr", version, description, endpoints: ENDPOINTS, documentation };
      return context.json(answer, 200);
    })
    .openapi(versionRoute, (context) => context.json(versionsOf(services), 200))
    .openapi(providersRoute, async (context) =>
      context.json({ providers: await providersOf(services) }, 200),
    )
    .openapi(languagesRoute, (context) =>
      context.json({ languages: LANGUAGES, total: LANGUAGES.length }, 200),
    )
    .openapi(metricsRoute, (context) => context.text(metricsOf(services), 200))
    .openapi(statsRoute, (context) => {
      const states = books.list().map(({ state }) => state);
      const count = (wanted: string) => states.filter((state) => state === wanted).length;
      const answer = {
        cache: { entries: memoryStats(services.cacheFolder).translations },
        websocket: { connected_clients: sockets.connected },
        books: { queued: count("queued"), running: count("running") },
      };
      return context.json(answer, 200);
    });
}

function versionsOf({ version }: Services) {
  const components = { translator: version, api: "v1", distributed: version, deployment: version };
  return {
    codebase_version: version,
    build_time: "",
    git_commit: "",
    go_version: "",
    runtime: `node ${process.version}`,
    components,
    last_updated: "",
  };
}

async function providersOf({ engineParts, settings }: Services) {
  const { from, to } = settings();
  const states = await engineStates({ ...engineParts(), from, to });
  const needsKey = (wanted: string) =>
    PROVIDERS.some(({ name, needsKey: needed }) => name === wanted && needed);
  return states.map(({ name, title, model, ready, priority }) => {
    const models = model === undefined ? [] : [model];
    return { name, description: title, requires_api_key: needsKey(name), models, ready, priority };
  });
}

/** Prometheus text exposition format 0.0.4. */
function metricsOf({ version, books, sockets }: Services): string {
  const states = Map.groupBy(books.list(), ({ state }) => state);
  const lines = [
    "# TYPE fbtr_info gauge",
    `fbtr_info{version="${version}"} 1`,
    "# TYPE fbtr_books gauge",
    ...[...states].map(([state, all]) => `fbtr_books{state="${state}"} ${all.length}`),
    "# TYPE fbtr_event_readers gauge",
    `fbtr_event_readers ${sockets.connected}`,
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    "# TYPE process_uptime_seconds gauge",
    `process_uptime_seconds ${process.uptime().toFixed(0)}`,
  ];
  return `${lines.join("\n")}\n`;
}
