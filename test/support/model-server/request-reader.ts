import type { IncomingHttpHeaders } from "node:http";

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Place = readonly (string | number)[];

/** A call as it came: what stands where in it. Where nothing stands, there is nothing, and no error. */
export class RequestReader {
  readonly path: string;
  readonly #headers: IncomingHttpHeaders;
  readonly #body: JsonObject;

  constructor(path: string, headers: IncomingHttpHeaders, body: JsonObject) {
    this.path = path;
    this.#headers = headers;
    this.#body = body;
  }

  /** The key that the first of these headers carries. */
  key(...headers: readonly string[]): string | undefined {
    const value = headers.map((name) => this.#headers[name]).find((each) => each !== undefined);
    return value?.toString().replace(/^Bearer /, "");
  }

  /** What stands there in the body: names of members, places in lists; -1 is the last one. */
  at(...place: Place): unknown {
    return place.reduce<unknown>((parent, name) => {
      if (Array.isArray(parent)) return parent.at(Number(name));
      return isObject(parent) ? parent[name] : undefined;
    }, this.#body);
  }

  numberAt(...place: Place): number | undefined {
    const value = this.at(...place);
    return typeof value === "number" ? value : undefined;
  }

  /** A text as it is, or the texts of the parts that it has. */
  textAt(...place: Place): string {
    return textOf(this.at(...place));
  }

  /** What most protocols have in the same places, the messages under a name of their own. */
  chat(messages: string) {
    const last = this.at(messages, -1, "role") === "user";
    return {
      key: this.key("authorization"),
      model: this.textAt("model"),
      instructions: this.#saidBy(messages, ["system", "developer"]),
      prompt: last ? this.textAt(messages, -1, "content") : "",
    };
  }

  /** How the model chooses its words, by the names that most protocols have for it. */
  sampling(...within: Place) {
    return {
      temperature: this.numberAt(...within, "temperature"),
      topP: this.numberAt(...within, "top_p"),
    };
  }

  #saidBy(messages: string, roles: readonly unknown[]): string {
    const said = this.at(messages);
    return (Array.isArray(said) ? said.filter(isObject) : [])
      .filter(({ role }) => roles.includes(role))
      .map(({ content }) => textOf(content))
      .join("\n");
  }
}

/** Text of a content that is a string, or a list of parts with a `text`. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .filter(isObject)
    .map(({ text }) => textOf(text))
    .join("");
}
