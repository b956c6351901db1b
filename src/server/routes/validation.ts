import { createRoute, z } from "@hono/zod-openapi";

import { FbtrError } from "../../base/errors.ts";
import { chooseEngine } from "../../engine/registry.ts";
import { newApi, type Api } from "../api.ts";
import { json } from "../schemas.ts";
import type { Services } from "../services.ts";

/** Characters of a text that existing clients may have validated. */
const MAX_TEXT = 100_000;

const ValidateRequest = z
  .object({
    text: z.string().optional(),
    source_language: z.string().optional(),
    target_language: z.string().optional(),
    provider: z.string().optional(),
    model: z.string().optional(),
  })
  .openapi("ValidateRequest");

const Valid = z
  .object({ valid: z.literal(true), provider: z.string(), message: z.string() })
  .openapi("Valid");

const Invalid = z
  .object({ valid: z.literal(false), errors: z.array(z.string()) })
  .openapi("Invalid");

const validate = createRoute({
  method: "post",
  path: "/translate/validate",
  summary: "Whether a request to translate would be taken, without translating",
  request: { body: { required: true, ...json(ValidateRequest) } },
  responses: {
    200: { description: "It would", ...json(Valid) },
    400: { description: "Everything that is wrong with it", ...json(Invalid) },
  },
});

export function validationRoutes(services: Services): Api {
  return newApi().openapi(validate, async (context) => {
    const request = context.req.valid("json");
    const { provider, fault } = await engineOf(request, services);
    const errors = [...textFaults(request.text), ...(fault === undefined ? [] : [fault])];
    if (errors.length > 0) return context.json({ valid: false as const, errors }, 400);
    const message = "The request can be translated";
    return context.json({ valid: true as const, provider, message }, 200);
  });
}

function textFaults(text = ""): string[] {
  if (text.trim() === "") return ["text is empty"];
  if (text.length <= MAX_TEXT) return [];
  return [`text has ${text.length} characters, at most ${MAX_TEXT} are taken`];
}

/** The engine that would be asked, or why there is none. */
async function engineOf(
  request: z.infer<typeof ValidateRequest>,
  { settings, engineParts }: Services,
): Promise<{ readonly provider: string; readonly fault?: string }> {
  const usual = settings();
  const engine = request.provider ?? usual.engine;
  const from = request.source_language ?? usual.from;
  const to = request.target_language ?? usual.to;
  try {
    return { provider: (await chooseEngine({ engine, from, to }, engineParts())).name };
  } catch (error) {
    if (!(error instanceof FbtrError)) throw error;
    return { provider: engine ?? "", fault: error.message };
  }
}
