import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, it } from "vitest";

import { systemClock } from "../../src/base/clock.ts";
import { TokenStore } from "../../src/server/access/token-store.ts";
import { startDaemon } from "../support/daemon.ts";
import { tempDir } from "../support/temp-dir.ts";

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const isThere = (program: string) => spawnSync(program, ["--version"]).status === 0;

const TOLD = `# is it there?
healthy
# a sentence
Врата су се отворила.
# several paragraphs, in Latin script
On je seo.

Vrata su se otvorila.
# a book: handed in, watched to its end, fetched
done
<lang>sr</lang>
<lang>ru</lang>
# a wrong request says what is wrong
USAGE_INVALID
`;

it.skipIf(!isThere("curl") || !isThere("jq"))(
  "examples/api.sh gets its answers from a daemon over the network",
  async () => {
    await using dir = await tempDir();
    await using daemon = await startDaemon(dir);
    const { token } = new TokenStore(dir.file("state/fbtr"), systemClock).create("t", "submit");
    const env = { PATH: process.env["PATH"], FBTR_URL: daemon.address, FBTR_TOKEN: token };
    const { stdout } = await promisify(execFile)("bash", [example("api.sh")], { env });
    expect(stdout).toBe(TOLD);
  },
  60_000,
);

it.skipIf(!isThere("systemd-analyze"))("examples/fbtr.service is a unit that systemd takes", () => {
  const { status, stderr } = spawnSync(
    "systemd-analyze",
    ["verify", "--user", "--man=no", example("fbtr.service")],
    { encoding: "utf8", env: { ...process.env, XDG_RUNTIME_DIR: "/tmp" } },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
});
