import { createRoute, z } from "@hono/zod-openapi";

import { toCyrillic } from "../../language/cyrillic.ts";
import { toLatin } from "../../language/latin.ts";
import { newApi, type Api } from "../api.ts";
import { FAILURES, Text, json } from "../schemas.ts";

const ConvertRequest = z
  .object({ text: Text, target: z.enum(["latin", "cyrillic"]) })
  .openapi("ConvertScriptRequest");

const ConvertAnswer = z
  .object({ original: z.string(), converted: z.string(), target: z.string() })
  .openapi("ConvertScriptAnswer");

const convert = createRoute({
  method: "post",
  path: "/convert/script",
  summary: "Write a Serbian text in the other script",
  request: { body: { required: true, ...json(ConvertRequest) } },
  responses: { 200: { description: "Converted", ...json(ConvertAnswer) }, ...FAILURES },
});

export function scriptRoutes(): Api {
  return newApi().openapi(convert, (context) => {
    const { text: original, target } = context.req.valid("json");
    const converted = target === "latin" ? toLatin(original) : toCyrillic(original);
    return context.json({ original, converted, target }, 200);
  });
}
