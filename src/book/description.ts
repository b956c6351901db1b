import { decodeEntities } from "./entities.ts";
import { elementNameOf } from "./elements.ts";
import { attributeOf } from "./tag.ts";
import type { TokenKind } from "./tokenizer.ts";

/** What the title-info of a book says of it; nothing is made up where it is silent. */
export interface BookDescription {
  readonly authors: readonly string[];
  readonly translators: readonly string[];
  readonly genres: readonly string[];
  /** As it stands in the book: `ru`, `ua`, `En-us`. */
  readonly language?: string;
  readonly sourceLanguage?: string;
  readonly date?: string;
  readonly sequences: readonly { readonly name: string; readonly number?: string }[];
}

const PARTS_OF_NAME = ["first-name", "middle-name", "last-name"];

/** Reads the title-info of a book while its tokens pass. Only the first one counts. */
export class DescriptionReader {
  #state: "before" | "inside" | "after" = "before";
  /** Names of the open elements inside title-info. */
  readonly #path: string[] = [];
  #text = "";
  #person = new Map<string, string>();
  readonly #authors: string[] = [];
  readonly #translators: string[] = [];
  readonly #sequences: { name: string; number?: string }[] = [];
  /** First text of each simple child; all of them for genre. */
  readonly #texts = new Map<string, string[]>();

  take(kind: TokenKind, raw: string): void {
    if (this.#state === "after") return;
    if (kind === "text" || kind === "cdata") {
      if (this.#state === "inside") this.#text += kind === "cdata" ? raw.slice(9, -3) : raw;
      return;
    }
    if (kind === "opaque") return;
    const name = elementNameOf(raw);
    if (kind === "close") this.#close(name);
    else this.#open(kind, name, raw);
  }

  get description(): BookDescription {
    const first = (name: string) => this.#texts.get(name)?.[0];
    const [language, sourceLanguage, date] = [first("lang"), first("src-lang"), first("date")];
    return {
      authors: this.#authors,
      translators: this.#translators,
      genres: this.#texts.get("genre") ?? [],
      ...(language && { language }),
      ...(sourceLanguage && { sourceLanguage }),
      ...(date && { date }),
      sequences: this.#sequences,
    };
  }

  #open(kind: TokenKind, name: string, raw: string): void {
    if (this.#state === "before") {
      if (name === "title-info" && kind === "open") this.#state = "inside";
      if (name === "body") this.#state = "after";
      return;
    }
    this.#text = "";
    if (name === "sequence") this.#addSequence(raw);
    if (name === "date") this.#remember(name, attributeOf(raw, "value") ?? "");
    if (kind === "open") this.#path.push(name);
  }

  #addSequence(raw: string): void {
    const name = attributeOf(raw, "name")?.trim();
    const number = attributeOf(raw, "number")?.trim();
    if (name) this.#sequences.push({ name, ...(number && { number }) });
  }

  #close(name: string): void {
    if (name === "title-info" && this.#state === "inside") this.#state = "after";
    const at = this.#path.lastIndexOf(name);
    if (this.#state !== "inside" || at < 0) return;
    this.#path.length = at;
    const text = decodeEntities(this.#text).replaceAll(/\s+/gu, " ").trim();
    this.#text = "";
    const parent = this.#path.at(-1);
    if (parent === "author" || parent === "translator") this.#person.set(name, text);
    else if (name === "author") this.#addPerson(this.#authors);
    else if (name === "translator") this.#addPerson(this.#translators);
    else if (parent === undefined) this.#remember(name, text);
  }

  #addPerson(people: string[]): void {
    const parts = PARTS_OF_NAME.map((part) => this.#person.get(part) ?? "");
    const name = parts.filter((part) => part !== "").join(" ");
    const shown = name === "" ? this.#person.get("nickname") : name;
    if (shown) people.push(shown);
    this.#person = new Map();
  }

  #remember(name: string, text: string): void {
    if (text === "") return;
    this.#texts.set(name, [...(this.#texts.get(name) ?? []), text]);
  }
}
