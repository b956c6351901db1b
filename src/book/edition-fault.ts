/** What is wrong with a written book beside the words of its translation: each is a fault of fbtr. */
export interface EditionFault {
  /** As in the table of QUALITY. */
  readonly check: "C21" | "C25" | "C26" | "C60" | "C61" | "C62";
  /** One line: what, and where. */
  readonly message: string;
}
