declare module "az" {
  /** Grammemes of OpenCorpora: `POST` is the part of speech, and so on; flags are true. */
  export interface AzTag {
    readonly POST?: string;
    readonly CAse?: string;
    readonly NMbr?: string;
    readonly GNdr?: string;
    readonly ANim?: string;
    readonly PErs?: string;
    readonly TEns?: string;
    readonly ASpc?: string;
    readonly TRns?: string;
    readonly MOod?: string;
    readonly VOic?: string;
    readonly [flag: string]: unknown;
  }

  export interface AzParse {
    readonly tag: AzTag;
    readonly score: number;
    /** `Dictionary` for words of the dictionary, else the name of the guesser. */
    readonly parser: string;
    /** @param keepPOS stay with the part of speech: a participle is not led back to its verb. */
    normalize(keepPOS?: boolean): AzParse | undefined;
    toString(): string;
  }

  export interface AzMorph {
    (word: string): AzParse[];
    init(dictionaries: string, callback: (error?: unknown) => void): void;
  }

  const Az: { readonly Morph: AzMorph };
  export default Az;
}
