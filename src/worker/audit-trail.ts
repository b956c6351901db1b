/** Where pairings are put on record; `AuditLog` of the daemon is one. */
export interface AuditTrail {
  /** @param facts never a secret. */
  add(
    actor: string,
    event: string,
    facts?: Readonly<Record<string, string | number | boolean>>,
  ): void;
}
