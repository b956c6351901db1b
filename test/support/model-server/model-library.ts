import type { ServerResponse } from "node:http";

import { jsonLine } from "./event-writer.ts";
import type { JsonObject } from "./request-reader.ts";

/** Name under which every library has something to pull. */
export const PULLABLE = "probni-model";
const LAYER_BYTES = 1000;

/** The paths that are not about answers: what models there are, and Ollama's pull. */
export async function answerFromLibrary(
  path: string,
  body: JsonObject,
  models: readonly string[],
  response: ServerResponse,
): Promise<void> {
  if (path === "/api/tags") {
    sendJson(response, 200, { models: models.map(tagOf) });
  } else if (path.endsWith("/models")) {
    const data = models.map((id) => ({ id, object: "model", owned_by: "test" }));
    sendJson(response, 200, { object: "list", data });
  } else if (path === "/api/pull") {
    sendPull(response, String(body["model"] ?? body["name"]));
  } else {
    sendJson(response, 404, { error: { message: `no such path ${path}` } });
  }
}

/** Half a gigabyte for each billion of weights that the name tells of. */
const sizeOf = (name: string) => 5e8 * Number(/(\d+)b$/.exec(name)?.[1] ?? 1);

const tagOf = (name: string) => ({
  name,
  model: name,
  modified_at: "2026-01-01T00:00:00Z",
  size: sizeOf(name),
  digest: "0".repeat(64),
  details: { family: "llama", parameter_size: "8B", quantization_level: "Q4_K_M" },
});

function sendPull(response: ServerResponse, name: string): void {
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.write(jsonLine({ status: "pulling manifest" }));
  if (name !== PULLABLE) {
    response.end(jsonLine({ error: "pull model manifest: file does not exist" }));
    return;
  }
  const layer = { status: "pulling 0123456789ab", digest: "sha256:01", total: LAYER_BYTES };
  for (const completed of [0, LAYER_BYTES / 2, LAYER_BYTES]) {
    response.write(jsonLine({ ...layer, completed }));
  }
  response.end(jsonLine({ status: "success" }));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
