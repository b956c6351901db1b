import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { FbtrError } from "../../base/errors.ts";

interface Manifest {
  readonly name: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * The files of an installed fbtr with everything that it needs to run: a machine that gets them
 * needs no network to install them. What is native to other platforms stays out, and so do types
 * and source maps.
 *
 * @param root folder of the package.
 * @param platform of the machine that gets them, as Node names it: `linux-x64`.
 * @returns paths relative to `root`, in order.
 * @throws FbtrError WORKER_UNFIT if a dependency stands outside `root`.
 */
export function packageFiles(root: string, platform: string): readonly string[] {
  const { files = [] } = manifestOf(root);
  const own = ["package.json", ...files].map((name) => join(root, name));
  const parts = [...own.filter((path) => existsSync(path)), ...dependenciesOf(root)];
  const all = parts.flatMap((path) => filesIn(path)).map((path) => relative(root, path));
  return [...new Set(all)].filter((path) => isFor(platform, path) && isRun(path)).sort();
}

/** Folders of the packages that are needed at run time, and of those that these need. */
function dependenciesOf(root: string): readonly string[] {
  const found = new Set<string>();
  const visit = (folder: string) => {
    const { name, dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(needed, folder, root);
      if (place === undefined && needed in optionalDependencies) continue;
      if (place === undefined) throw scattered(name, needed);
      if (found.has(place)) continue;
      found.add(place);
      visit(place);
    }
  };
  visit(root);
  return [...found];
}

/** Where Node finds a package (Modules: loading from node_modules folders), but not above `root`. */
function placeOf(name: string, from: string, root: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (existsSync(join(place, "package.json"))) return place;
    if (folder === root) return undefined;
  }
}

function filesIn(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Native parts carry their platform in their name: `http3.linux-x64-gnu.node`. */
function isFor(platform: string, path: string): boolean {
  return !path.endsWith(".node") || path.includes(platform);
}

/** Half of all files only help those who write programs. */
function isRun(path: string): boolean {
  return !/\.(?:d\.[cm]?ts|map)$/.test(path);
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function scattered(name: string, needed: string): FbtrError {
  return new FbtrError(
    "WORKER_UNFIT",
    `this fbtr cannot be handed on: ${name} needs ${needed}, which stands elsewhere`,
    {
      hint: "Install fbtr as a package of its own: npm install --global fbtr.",
    },
  );
}
