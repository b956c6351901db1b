import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

import { systemErrorCode } from "../../base/errors.ts";
import type { ProviderSettings } from "../providers/provider.ts";

/** Folder of downloaded models under the user's folder of what must survive. */
export const modelsFolder = (stateFolder: string) => join(stateFolder, "models");

/** Name under which a model of the web is kept: as it stands in its URL. */
export const fileNameOf = (url: string) => basename(new URL(url).pathname);

/** A file to load, or why there is none: one line with what to do next. */
export type FoundModel = { readonly path: string } | { readonly lack: string };

/**
 * The model that the settings name: by the path or the name of a file, by a URL that was
 * downloaded; else the only one that was downloaded.
 *
 * @param folder where downloaded models are (`modelsFolder`).
 */
export async function findModel(
  { model, local }: Pick<ProviderSettings, "model" | "local">,
  folder: string,
): Promise<FoundModel> {
  if (model !== undefined) return findNamed(model, folder);
  if (local?.modelPath !== undefined) return existing(resolve(local.modelPath));
  if (local?.modelUrl !== undefined) {
    const path = join(folder, fileNameOf(local.modelUrl));
    return (await isFile(path)) ? { path } : { lack: "the model is not here (fbtr engines pull)" };
  }
  const names = await ggufsIn(folder);
  const [name] = names;
  if (name === undefined) return { lack: "no model (fbtr engines pull <URL of a .gguf>)" };
  if (names.length === 1) return { path: join(folder, name) };
  return { lack: `several models (--model ${names.join(" or ")})` };
}

async function findNamed(model: string, folder: string): Promise<FoundModel> {
  const downloaded = join(folder, model);
  const isName = basename(model) === model;
  return isName && (await isFile(downloaded)) ? { path: downloaded } : existing(resolve(model));
}

async function existing(path: string): Promise<FoundModel> {
  return (await isFile(path)) ? { path } : { lack: `no model file ${path} (fbtr engines pull)` };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    // Whatever keeps it from being seen keeps it from being used.
    () => false,
  );
}

async function ggufsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => name.endsWith(".gguf")).sort();
}
