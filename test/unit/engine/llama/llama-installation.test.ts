import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

import {
  installedLlama,
  installLlama,
  LLAMA_VERSION,
  llamaSize,
} from "../../../../src/engine/llama/llama-installation.ts";
import { environmentWithNpm, INSTALLS } from "../../../support/fake-npm.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

const never = () => new AbortController().signal;

async function install(
  dir: TempDir,
  npm: string,
  { isForced = false, isCpuOnly = true, signal = never() } = {},
) {
  const environment = await environmentWithNpm(dir, npm);
  const folder = dir.file("llama");
  const onProgress = () => undefined;
  return installLlama({ folder, isCpuOnly, isForced, environment, onProgress, signal });
}

const callsOf = async (dir: TempDir) =>
  (await readFile(dir.file("calls"), "utf8")).trim().split("\n");

describe("the installation of node-llama-cpp", () => {
  it("is there when npm has installed the exact version and it has run", async () => {
    await using dir = await tempDir();
    expect(await installedLlama(dir.file("llama"))).toBeUndefined();
    const { folder, isNew } = await install(dir, INSTALLS);
    expect(isNew).toBe(true);
    expect(await installedLlama(dir.file("llama"))).toEqual({
      version: LLAMA_VERSION,
      isCpuOnly: true,
      folder,
    });
    const [call = ""] = await callsOf(dir);
    expect(call).toContain(` node-llama-cpp@${LLAMA_VERSION}`);
    expect(call).toContain(" --ignore-scripts ");
    expect(call).toContain(" --omit=optional ");
  });

  it("is not made twice, unless the user wants it", async () => {
    await using dir = await tempDir();
    const first = await install(dir, INSTALLS);
    expect(await install(dir, INSTALLS)).toEqual({ ...first, isNew: false });
    expect(await callsOf(dir)).toHaveLength(1);
    const again = await install(dir, INSTALLS, { isForced: true });
    expect(again.folder).not.toBe(first.folder);
    expect(await readdir(dir.file("llama"))).toHaveLength(2);
  });

  it("is made again for graphics cards where the one before was for the processor alone", async () => {
    await using dir = await tempDir();
    await install(dir, INSTALLS);
    expect(await install(dir, INSTALLS, { isCpuOnly: false })).toMatchObject({ isNew: true });
    expect(await install(dir, INSTALLS, { isCpuOnly: true })).toMatchObject({ isNew: false });
  });

  it("leaves the one before as it was when npm fails, and tells npm's code and no more", async () => {
    await using dir = await tempDir();
    const first = await install(dir, INSTALLS);
    const fails = "echo 'npm error code E401\nnpm error https://planted.example' >&2; exit 1";
    await expect(install(dir, fails, { isForced: true })).rejects.toMatchObject({
      code: "ENGINE_FAILED",
      message: "npm cannot install node-llama-cpp (E401)",
    });
    expect(await installedLlama(dir.file("llama"))).toMatchObject({ folder: first.folder });
    await access(first.folder);
    expect(await readdir(dir.file("llama"))).toHaveLength(2);
  });

  it("says where a full disk is the reason", async () => {
    await using dir = await tempDir();
    const installing = install(dir, "echo 'npm error code ENOSPC' >&2; exit 1");
    await expect(installing).rejects.toMatchObject({
      hint: expect.stringContaining("The disk is full") as string,
    });
  });

  it("stops with the signal's reason, and leaves nothing half", async () => {
    await using dir = await tempDir();
    const stop = new AbortController();
    const reason = new Error("enough");
    const installing = install(dir, "exec sleep 30", { signal: stop.signal });
    setTimeout(() => stop.abort(reason), 200);
    await expect(installing).rejects.toBe(reason);
    expect(await installedLlama(dir.file("llama"))).toBeUndefined();
    expect(await readdir(dir.file("llama"))).toEqual([]);
  });

  it("does not count when the package does not run on this machine", async () => {
    await using dir = await tempDir();
    const broken = `${INSTALLS}\necho 'export const getLlama = () => process.exit(132);' > dist/index.js`;
    await expect(install(dir, broken)).rejects.toMatchObject({
      message: "llama.cpp does not run on this machine",
    });
    expect(await installedLlama(dir.file("llama"))).toBeUndefined();
  });

  it("takes no notice of a damaged record, and clears up after an installation that was killed", async () => {
    await using dir = await tempDir();
    await mkdir(dir.file("llama/3.22.1-killed"), { recursive: true });
    await writeFile(dir.file("llama/installed.json"), '{"folder":"../../else"}');
    expect(await installedLlama(dir.file("llama"))).toBeUndefined();
    await install(dir, INSTALLS);
    expect(await readdir(dir.file("llama"))).not.toContain("3.22.1-killed");
  });

  it("needs npm", async () => {
    await using dir = await tempDir();
    const installing = installLlama({
      folder: dir.file("llama"),
      isCpuOnly: true,
      isForced: false,
      environment: { PATH: dir.path },
      onProgress: () => undefined,
      signal: never(),
    });
    await expect(installing).rejects.toMatchObject({
      message: "npm is not there to install node-llama-cpp",
    });
  });

  it("is large where there are binaries for graphics cards", () => {
    expect(llamaSize(false, { platform: "linux", arch: "x64" })).toBe(750e6);
    expect(llamaSize(false, { platform: "darwin", arch: "arm64" })).toBe(80e6);
    expect(llamaSize(true, { platform: "win32", arch: "x64" })).toBe(80e6);
  });
});
