import { DescriptionReader } from "./description.ts";
import type { EditionFault } from "./edition-fault.ts";
import { MAX_TITLE_INFO, REQUIRED, type TranslationMetadata } from "./metadata.ts";
import { localNameOf } from "./tag.ts";
import { TokenReader, type TokenKind } from "./tokenizer.ts";

/**
 * What a book says of itself, for the comparison of a book with its translation (C60). Reads no
 * further than the description.
 */
export class DescriptionOutline {
  readonly #reader = new TokenReader((kind, raw) => this.#take(kind, raw()));
  readonly #texts = new DescriptionReader();
  /** Names of the elements that are open. */
  readonly #path: string[] = [];
  /** Names of the children of title-info. */
  readonly #children = new Set<string>();
  #titleInfoChars = 0;
  #hasOriginal = false;
  #isOver = false;

  write(text: string): void {
    if (!this.#isOver) this.#reader.write(text);
  }

  end(): void {
    if (!this.#isOver) this.#reader.end();
  }

  /**
   * What `translation` does not say of itself and should. A book without genre, author or title gets
   * nothing added, since whatever is added to it adds an error.
   */
  faultsOf(translation: DescriptionOutline, metadata: TranslationMetadata): EditionFault[] {
    const isComplete = REQUIRED.every((name) => this.#children.has(name));
    const { language, sourceLanguage, translators } = translation.#texts.description;
    const isCopyDue = this.#children.has("lang") && this.#titleInfoChars <= MAX_TITLE_INFO;
    const faults = [
      differs("lang", language, metadata.language, isComplete),
      differs("src-lang", sourceLanguage, metadata.sourceLanguage, isComplete),
      isComplete && !translators.includes(metadata.translator)
        ? "the translator is not named"
        : undefined,
      isComplete && isCopyDue && !translation.#hasOriginal
        ? "the original's title-info is missing"
        : undefined,
    ];
    return faults.flatMap((message) => (message === undefined ? [] : [{ check: "C60", message }]));
  }

  #take(kind: TokenKind, raw: string): void {
    if (this.#isOver) return;
    if (this.#path.includes("title-info")) this.#titleInfoChars += raw.length;
    this.#texts.take(kind, raw);
    if (kind === "open" || kind === "empty") this.#open(kind, localNameOf(raw));
    else if (kind === "close") this.#close(localNameOf(raw));
  }

  #open(kind: TokenKind, name: string): void {
    if (this.#path.at(-1) === "title-info") this.#children.add(name);
    if (name === "src-title-info") this.#hasOriginal = true;
    if (name === "body") this.#isOver = true;
    if (kind === "open") this.#path.push(name);
  }

  #close(name: string): void {
    const at = this.#path.lastIndexOf(name);
    if (at >= 0) this.#path.length = at;
    if (name === "description") this.#isOver = true;
  }
}

function differs(
  name: string,
  found: string | undefined,
  expected: string,
  isRequired: boolean,
): string | undefined {
  if (found === undefined) return isRequired ? `${name} is missing` : undefined;
  return found === expected ? undefined : `${name} is ${found}, not ${expected}`;
}
