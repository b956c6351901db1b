import { spawnSync } from "node:child_process";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";

import { XMLParser } from "fast-xml-parser";
import { SaxesParser } from "saxes";

import { Rewriter } from "../../src/book/rewriter.ts";
import { tempDir } from "../support/temp-dir.ts";
import { largeBook } from "./large-book.ts";
import { bestOfEach, type Measurement } from "./measurement.ts";

const CHUNK_LENGTH = 65_536;
const ROUNDS = 10;

function inChunks(text: string, take: (chunk: string) => void): void {
  for (let at = 0; at < text.length; at += CHUNK_LENGTH) take(text.slice(at, at + CHUNK_LENGTH));
}

function rewriteAll(text: string): void {
  const rewriter = new Rewriter({ sourceLanguage: "ru", onSegment: () => undefined });
  let length = 0;
  inChunks(text, (chunk) => {
    length += rewriter.write(chunk).length;
  });
  length += rewriter.end().length;
  if (length !== text.length) throw new Error("Rewriting changed the book");
}

function parseWithSaxes(text: string): void {
  const parser = new SaxesParser();
  inChunks(text, (chunk) => parser.write(chunk));
  parser.close();
}

/** Identity rewriting, with every segment built, against parsers that only parse. */
export function measureRewritingSpeed(): Measurement[] {
  const text = [...largeBook(20)].join("");
  const megabytes = Buffer.byteLength(text) / 1_000_000;
  const { own, saxes, fastXml } = bestOfEach(ROUNDS, {
    own: () => rewriteAll(text),
    saxes: () => parseWithSaxes(text),
    fastXml: () => new XMLParser({ ignoreAttributes: false }).parse(text),
  });
  return [
    { name: "rewriting against saxes (parse only)", value: saxes / own, unit: "times", atLeast: 1 },
    { name: "rewriting against fast-xml-parser", value: fastXml / own, unit: "times", atLeast: 3 },
    { name: "rewriting", value: (megabytes / own) * 1000, unit: "MB/s" },
  ];
}

/** Peak memory of a process that rewrites a book of 200 MB from disk to disk. */
export async function measureRewritingMemory(): Promise<Measurement[]> {
  await using dir = await tempDir();
  await pipeline(largeBook(200), createWriteStream(dir.file("large.fb2")));
  const child = fileURLToPath(new URL("rewrite-file.ts", import.meta.url));
  const args = [child, dir.file("large.fb2"), dir.file("out.fb2")];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`Rewriting ended with ${status}`);
  return [
    {
      name: "peak memory of rewriting 200 MB",
      value: Number(stdout) / 1000,
      unit: "MB",
      atMost: 160,
    },
  ];
}
