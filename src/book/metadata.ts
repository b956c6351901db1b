import { escapeAttribute, escapeText } from "./entities.ts";
import { localNameOf, prefixOf, withoutIds } from "./tag.ts";
import type { TokenKind } from "./tokenizer.ts";

/** What a translated book says of itself. Fixed when a job begins, so that a resumed book is equal. */
export interface TranslationMetadata {
  readonly language: string;
  readonly sourceLanguage: string;
  /** New id of the document. */
  readonly documentId: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** Program and version, such as `fbtr 0.1.0`. */
  readonly program: string;
  /** Nickname of the translator. */
  readonly translator: string;
  /** A paragraph for the history of the document. */
  readonly historyNote: string;
}

/** What to do at a token: insert text around it, write something else for it, or drop it. */
export interface Edit {
  readonly before?: string;
  readonly instead?: string;
  readonly after?: string;
}

const AFTER_LANG = new Set(["src-lang", "translator", "sequence"]);
/** Children of document-info in the order of the XSD. */
const DOCUMENT_INFO = "author program-used date src-url src-ocr id version history publisher".split(
  " ",
);
/** Without these a title-info is invalid already, and whatever is added to it adds an error. */
export const REQUIRED = ["genre", "author", "book-title"];
/** Characters; a longer one is not copied. */
export const MAX_TITLE_INFO = 1_048_576;

/**
 * Edits the description of a book while its tokens pass (FB2.md, "Metadata of the translation";
 * order of elements by the XSD). Books without a title-info or document-info get none. A title-info
 * without genre, author or title, and a document-info without an author, get nothing added; a
 * document-info without a date or id gets them, and a history only after a version.
 */
export class MetadataEditor {
  readonly #metadata: TranslationMetadata;
  /** Inside which of the two blocks the tokens are now. */
  #block: "title-info" | "document-info" | undefined;
  #prefix = "";
  /** Elements open inside the block; the content of the outermost one in `#replaced` is dropped. */
  #depth = 0;
  #replaced: string | undefined;
  readonly #done = new Set<string>();
  /** Names of the children of the block so far. */
  readonly #children = new Set<string>();
  #original = "";
  #originalClosed = false;

  constructor(metadata: TranslationMetadata) {
    this.#metadata = metadata;
  }

  /** Called for each token before anything else looks at it. */
  edit(kind: TokenKind, raw: string): Edit | undefined {
    if (kind === "text" || kind === "cdata" || kind === "opaque") return this.#content(raw);
    const name = localNameOf(raw);
    if (this.#block === undefined) return this.#outside(kind, name, raw);
    this.#remember(raw);
    return kind === "close" ? this.#close(name, raw) : this.#open(kind, name, raw);
  }

  #content(raw: string): Edit | undefined {
    this.#remember(raw);
    return this.#replaced === undefined ? undefined : { instead: "" };
  }

  #remember(raw: string): void {
    if (this.#block !== "title-info" || this.#original.length > MAX_TITLE_INFO) return;
    this.#original += raw;
  }

  #outside(kind: TokenKind, name: string, raw: string): Edit | undefined {
    if (kind === "open" && (name === "title-info" || name === "document-info")) {
      const edit = this.#beforeNextBlock(name);
      if (!this.#done.has(name)) {
        this.#done.add(name);
        this.#block = name;
        this.#children.clear();
        this.#depth = 0;
        this.#prefix = prefixOf(raw);
      }
      return edit;
    }
    return kind === "close" && name !== "description" ? undefined : this.#beforeNextBlock(name);
  }

  /** The copy of the old title-info stands right after it, unless the book has one already. */
  #beforeNextBlock(name: string): Edit | undefined {
    if (!this.#originalClosed) return undefined;
    this.#originalClosed = false;
    if (name === "src-title-info" || this.#original.length > MAX_TITLE_INFO) return undefined;
    if (!this.#isComplete() || !this.#children.has("lang")) return undefined;
    const tag = `${this.#prefix}src-title-info`;
    return { before: `<${tag}>${withoutIds(this.#original)}</${tag}>` };
  }

  #open(kind: TokenKind, name: string, raw: string): Edit | undefined {
    this.#depth += kind === "open" ? 1 : 0;
    const topLevel = this.#depth === (kind === "open" ? 1 : 0);
    if (!topLevel) return this.#replaced === undefined ? undefined : { instead: "" };
    return this.#block === "title-info"
      ? this.#openInTitleInfo(kind, name)
      : this.#openInDocumentInfo(kind, name, raw);
  }

  #isComplete(): boolean {
    return REQUIRED.every((name) => this.#children.has(name));
  }

  #openInTitleInfo(kind: TokenKind, name: string): Edit | undefined {
    this.#children.add(name);
    const before = AFTER_LANG.has(name) ? this.#languages(name === "src-lang") : "";
    if (name === "lang") return this.#replace(kind, name, this.#element("lang", this.#language()));
    if (name === "src-lang") {
      return this.#replace(kind, name, before + this.#sourceLanguage());
    }
    const translator = name === "sequence" ? this.#translator() : "";
    return { before: before + translator };
  }

  #openInDocumentInfo(kind: TokenKind, name: string, raw: string): Edit | undefined {
    const { documentId, program } = this.#metadata;
    const before = this.#missingBefore(DOCUMENT_INFO.indexOf(name));
    this.#children.add(name);
    if (name === "id") return this.#replace(kind, name, before + this.#element("id", documentId));
    if (name === "date") return this.#replace(kind, name, before + this.#date());
    if (name === "program-used" || name === "history") this.#done.add(name);
    if (kind === "empty" && name === "history") return { instead: before + this.#history() };
    if (kind === "empty" && name === "program-used") {
      return { instead: before + this.#element(localNameOf(raw), program) };
    }
    return { before };
  }

  /** What document-info should have had before this place of the schema's order, as XML. */
  #missingBefore(place: number): string {
    if (!this.#children.has("author")) return "";
    const { program, documentId } = this.#metadata;
    const missing = DOCUMENT_INFO.slice(0, Math.max(0, place)).map((name) => {
      if (name === "program-used" && this.#first(name)) return this.#element(name, program);
      if (name === "date" && this.#first(name)) return this.#date();
      if (name === "id" && this.#first(name)) return this.#element(name, documentId);
      const historyFits = name === "history" && this.#children.has("version");
      return historyFits && this.#first(name) ? this.#history() : "";
    });
    return missing.join("");
  }

  #close(name: string, raw: string): Edit | undefined {
    if (name === this.#block) return this.#closeBlock(raw);
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#replaced !== undefined) {
      if (this.#depth === 0) this.#replaced = undefined;
      return { instead: "" };
    }
    if (this.#depth > 0 || this.#block === "title-info") return undefined;
    if (name === "program-used") return { before: `, ${escapeText(this.#metadata.program)}` };
    if (name === "history") return { before: this.#historyParagraph() };
    return undefined;
  }

  #closeBlock(raw: string): Edit {
    const block = this.#block;
    this.#block = undefined;
    this.#replaced = undefined;
    if (block === "title-info") {
      this.#original = this.#original.slice(0, -raw.length);
      this.#originalClosed = true;
      return { before: this.#languages(false) + this.#translator() };
    }
    return { before: this.#missingBefore(DOCUMENT_INFO.length) };
  }

  /** Writes `text` for the whole element that begins here. */
  #replace(kind: TokenKind, name: string, text: string): Edit {
    this.#done.add(name);
    if (kind === "open") this.#replaced = name;
    return { instead: text };
  }

  /** What is still missing of lang and src-lang, when something begins that stands after them. */
  #languages(sourceLanguageFollows: boolean): string {
    if (!this.#isComplete()) return "";
    const language = this.#first("lang") ? this.#element("lang", this.#language()) : "";
    if (sourceLanguageFollows || !this.#first("src-lang")) return language;
    return language + this.#sourceLanguage();
  }

  #language(): string {
    return this.#metadata.language;
  }

  #sourceLanguage(): string {
    return this.#element("src-lang", this.#metadata.sourceLanguage);
  }

  #translator(): string {
    if (!this.#isComplete() || !this.#first("own translator")) return "";
    const { translator } = this.#metadata;
    const open = `<${this.#prefix}translator>`;
    return `${open}${this.#element("nickname", translator)}${open.replace("<", "</")}`;
  }

  #date(): string {
    const { date } = this.#metadata;
    const tag = `${this.#prefix}date`;
    return `<${tag} value="${escapeAttribute(date)}">${escapeText(date)}</${tag}>`;
  }

  #history(): string {
    const tag = `${this.#prefix}history`;
    return `<${tag}>${this.#historyParagraph()}</${tag}>`;
  }

  #historyParagraph(): string {
    return this.#element("p", this.#metadata.historyNote);
  }

  #element(name: string, text: string): string {
    const tag = `${this.#prefix}${name}`;
    return `<${tag}>${escapeText(text)}</${tag}>`;
  }

  /** True the first time it is asked for `what`. */
  #first(what: string): boolean {
    if (this.#done.has(what)) return false;
    this.#done.add(what);
    return true;
  }
}
