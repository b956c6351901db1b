/**
 * The floors of the house, ground floor first. A folder of `src` may import only the folders
 * before it in this list; `oxlint.config.ts` turns the list into lint rules. ARCHITECTURE.md
 * says what each floor is for.
 */
export const LAYERS = [
  "base",
  "config",
  "language",
  "book",
  "draft",
  "plan",
  "engine",
  "transport",
  "worker",
  "schedule",
  "job",
  "server",
  "client",
  "report",
  "ui",
  "cli",
] as const;

export type Layer = (typeof LAYERS)[number];

/** Walls inside the order above: the folder on the left may import only what stands on the right. */
export const WALLS: Partial<Record<Layer, readonly string[]>> = {
  schedule: ["base", "config", "language", "book", "draft", "plan", "engine"],
  report: ["base", "job/snapshot"],
  ui: ["base", "job/snapshot"],
};

/** npm packages that live on one floor only, so that a change of package touches one folder. */
export const PACKAGE_HOMES: Record<string, readonly Layer[]> = {
  az: ["draft"],
  yauzl: ["book"],
  yazl: ["book"],
  "lru-cache": ["plan"],
  "@ai-sdk/provider": ["engine"],
  "@ai-sdk/openai": ["engine"],
  "@ai-sdk/anthropic": ["engine"],
  "@ai-sdk/google": ["engine"],
  "@ai-sdk/deepseek": ["engine"],
  "@ai-sdk/openai-compatible": ["engine"],
  ollama: ["engine"],
  undici: ["transport", "client"],
  hono: ["server"],
  "@fastify/busboy": ["server"],
  "@hono/node-server": ["server"],
  "@hono/zod-openapi": ["server"],
  ws: ["server", "client"],
  "rate-limiter-flexible": ["server"],
  "@currentspace/http3": ["transport"],
  "ipaddr.js": ["worker"],
  "@peculiar/x509": ["transport"],
  "reflect-metadata": ["transport"],
  ssh2: ["worker"],
  "p-retry": ["engine", "worker"],
  cosmiconfig: ["config"],
  ink: ["ui"],
  react: ["ui"],
  listr2: ["cli"],
  commander: ["cli"],
  "@commander-js/extra-typings": ["cli"],
};
