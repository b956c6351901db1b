/** What goes wrong with one call. Characters are those of the answer's text. */
export type Fault =
  /** An error instead of an answer: 429 with or without `retry-after`, 500, 529, 401, 404... */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly message?: string;
      /** The page of a proxy in place of the provider's JSON. */
      readonly html?: boolean;
    }
  /** The connection is closed without a word. */
  | { readonly kind: "reset" }
  /** Not even the status line comes; ends when the client leaves. */
  | { readonly kind: "silence" }
  /** The connection breaks in the middle of the stream. */
  | { readonly kind: "cut"; readonly afterChars: number }
  /** The stream ends in good order, without the events that end an answer. */
  | { readonly kind: "early-end"; readonly afterChars: number }
  /** Nothing more comes after so much; ends when the client leaves. */
  | { readonly kind: "stall"; readonly afterChars: number }
  /** The provider reports an error inside the stream. */
  | { readonly kind: "failure"; readonly afterChars: number; readonly message?: string }
  /** The text stops there, such as in the middle of JSON, and the provider calls it done. */
  | { readonly kind: "cut-text"; readonly afterChars: number }
  /** Nonsense without end instead of the answer; 10 MB if not said otherwise. */
  | { readonly kind: "babble"; readonly chars?: number }
  /** The bytes of the body dribble in. */
  | { readonly kind: "trickle"; readonly bytesPerSecond: number };
