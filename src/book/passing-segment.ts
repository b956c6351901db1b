import { withoutMarkers } from "./markers.ts";
import type { Segment, SegmentKind, SkipReason } from "./segment.ts";

/** What a segment has from the element around it. */
interface Surroundings {
  readonly section: number;
  readonly otherLanguage: boolean;
}

const LETTER = /\p{L}/u;

/** Makes its text when somebody asks for it: many segments only pass. */
export class PassingSegment implements Segment {
  readonly index: number;
  readonly kind: SegmentKind;
  readonly element: string;
  readonly section: number;
  readonly #otherLanguage: boolean;
  readonly #textOf: () => string;

  constructor(
    index: number,
    kind: SegmentKind,
    element: string,
    around: Surroundings | undefined,
    textOf: () => string,
  ) {
    this.index = index;
    this.kind = kind;
    this.element = element;
    this.section = around?.section ?? 0;
    this.#otherLanguage = around?.otherLanguage ?? false;
    this.#textOf = textOf;
  }

  get text(): string {
    return this.#textOf();
  }

  get skip(): SkipReason | undefined {
    if (!LETTER.test(withoutMarkers(this.text))) return "no letters";
    return this.#otherLanguage ? "other language" : undefined;
  }

  /** JSON sees own properties only. */
  toJSON(): Segment {
    const { index, kind, element, section, text, skip } = this;
    return { index, kind, element, section, text, skip };
  }
}
