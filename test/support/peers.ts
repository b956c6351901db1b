/**
 * Says that something is missing that tests compare fbtr with: they are skipped on a user's machine,
 * and fail where `FBTR_REQUIRE_PEERS` is 1, as in CI.
 *
 * @throws Error if peers are required.
 */
export function requirePeer(missing: string): void {
  if (process.env["FBTR_REQUIRE_PEERS"] !== "1") return;
  throw new Error(`FBTR_REQUIRE_PEERS is 1, but this is missing: ${missing}`);
}
