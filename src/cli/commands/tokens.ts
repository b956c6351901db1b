import { InvalidArgumentError, Option, type Command } from "@commander-js/extra-typings";

import type { StoredToken } from "../../server/access/token-store.ts";
import { stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ FBTR_TOKEN=$(fbtr tokens create library --scope submit)
  $ fbtr tokens create phone --scope read --expires 30
  $ fbtr tokens revoke phone
`;

const DAY_MS = 24 * 60 * 60 * 1000;

function days(text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new InvalidArgumentError("Expected a number of days.");
}

/** Tokens with which programs prove to the daemon who they are. */
export function addTokensCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
): void {
  const tokens = program
    .command("tokens")
    .summary("let programs ask the daemon over the network")
    .description(
      "A token lets its bearer ask the daemon over the network. It is shown once, when it is made; " +
        "kept is only what it takes to recognise it. On this machine its user needs none.",
    )
    .helpCommand(false)
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP);
  addCreate(tokens, terminal, surroundings);
  addList(tokens, terminal, surroundings);
  addRevoke(tokens, terminal, surroundings);
}

async function storeOf(surroundings: Surroundings) {
  const { TokenStore } = await import("../../server/access/token-store.ts");
  return new TokenStore(await stateFolderOf(surroundings), surroundings.clock);
}

async function auditOf(surroundings: Surroundings) {
  const { AuditLog } = await import("../../server/access/audit-log.ts");
  return new AuditLog(await stateFolderOf(surroundings), surroundings.clock);
}

function addCreate(tokens: Command, terminal: Terminal, surroundings: Surroundings): void {
  tokens
    .command("create")
    .summary("make a token, and print it once")
    .description("Makes a token, and prints it: it cannot be shown again.")
    .argument("<name>", "what it is for")
    .addOption(
      new Option("--scope <scope>", "read: see what goes on; submit: translate, too; admin: all")
        .choices(["read", "submit", "admin"] as const)
        .default("submit" as const),
    )
    .option("--expires <days>", "days after which it is worth nothing", days)
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (name, { scope, expires }) => {
      const store = await storeOf(surroundings);
      const lifetimeMs = expires === undefined ? undefined : expires * DAY_MS;
      const { token, id } = store.create(name, scope, lifetimeMs);
      (await auditOf(surroundings)).add("user", "token_created", { id, name, scope });
      await terminal.writeOut(`${token}\n`);
    });
}

function addList(tokens: Command, terminal: Terminal, surroundings: Surroundings): void {
  tokens
    .command("list")
    .summary("list the tokens that are known")
    .description(
      "Lists the tokens by id and name, what they allow, until when, and when the daemon saw them " +
        "last (to the minute).",
    )
    .option("--json", "print one line of JSON for each token")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ json }) => {
      const all = (await storeOf(surroundings)).list();
      const { readTokenUses } = await import("../../server/access/token-uses.ts");
      const uses = readTokenUses(await stateFolderOf(surroundings));
      const lines = all.map((token) =>
        json ? tokenRecord(token, uses[token.id]) : tokenLine(token, uses[token.id]),
      );
      await terminal.writeOut(lines.map((line) => `${line}\n`).join(""));
    });
}

function tokenRecord(token: StoredToken, lastUsedAt: string | undefined): string {
  const { id, name, scope, createdAt, expiresAt } = token;
  const times = { created_at: createdAt, expires_at: expiresAt, last_used_at: lastUsedAt };
  return JSON.stringify({ type: "token", id, name, scope, ...times });
}

function tokenLine(token: StoredToken, lastUsedAt: string | undefined): string {
  const { id, name, scope, createdAt, expiresAt } = token;
  const until = expiresAt === undefined ? "" : `, until ${expiresAt}`;
  const used = lastUsedAt === undefined ? "never used" : `last used ${lastUsedAt}`;
  return `${id}  ${scope.padEnd(6)}  ${name}, since ${createdAt}${until}, ${used}`;
}

function addRevoke(tokens: Command, terminal: Terminal, surroundings: Surroundings): void {
  tokens
    .command("revoke")
    .summary("take a token's worth away")
    .description("Takes a token's worth away, from the next request on.")
    .argument("<token>", "id or name of the token")
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (idOrName) => {
      const { id, name } = (await storeOf(surroundings)).revoke(idOrName);
      (await auditOf(surroundings)).add("user", "token_revoked", { id, name });
      await terminal.writeOut(`Revoked ${id} (${name})\n`);
    });
}
