import { readFile, writeFile } from "node:fs/promises";

import { expect, it } from "vitest";

import { run } from "../../src/cli/program.ts";
import { bookOf, surroundingsIn } from "../support/cli-surroundings.ts";
import { capturedTerminal } from "../support/captured-terminal.ts";
import {
  startTranslatingServer,
  textIn,
  type Misbehaviour,
} from "../support/model-server/translating.ts";
import type { ModelRequest } from "../support/model-server/wire-protocol.ts";
import { tempDir } from "../support/temp-dir.ts";

const BOOK = bookOf(
  "Дом",
  ["Старый дом стоял у реки.", "В нём <emphasis>никто</emphasis> не жил.", "Шёл снег."],
  ["Утром пришёл почтальон.", "Он принёс письмо и сразу ушёл."],
);

const SERBIAN: Readonly<Record<string, string>> = {
  Дом: "Кућа",
  "Старый дом стоял у реки.": "Стара кућа је стајала крај реке.",
  "В нём <1>никто</1> не жил.": "У њој <1>нико</1> није живео.",
  "В нём никто не жил.": "У њој нико није живео.",
  "Шёл снег.": "Падао је снег.",
  "Утром пришёл почтальон.": "Ујутру је дошао поштар.",
  "Он принёс письмо и сразу ушёл.": "Донео је писмо и одмах отишао.",
};
const translate = (text: string) => SERBIAN[text] ?? text;

interface Outcome {
  readonly status: number;
  readonly error: string;
  readonly book: string;
  readonly seen: readonly ModelRequest[];
}

/** Translates the book with a model whose server misbehaves as told. */
async function translated(
  misbehave: (request: ModelRequest) => Misbehaviour | undefined,
  ...options: string[]
): Promise<Outcome> {
  await using dir = await tempDir();
  await using server = await startTranslatingServer({ translate, misbehave });
  await writeFile(dir.file("book.fb2"), BOOK);
  const surroundings = surroundingsIn(dir);
  await writeFile(
    dir.file("config.json"),
    JSON.stringify({
      translation: {
        providers: {
          "openai-compatible": {
            base_url: server.baseUrl("openai-chat"),
            api_key: "sk-planted-secret-0001",
          },
        },
      },
    }),
    { mode: 0o600 },
  );
  Object.assign(surroundings.environment, { CONFIG_FILE: dir.file("config.json") });
  const terminal = capturedTerminal();
  const args = ["translate", dir.file("book.fb2"), "--engine", "openai-compatible", "--model", "m"];
  const status = await run(
    [...args, "-o", dir.file("out.fb2"), ...options],
    terminal,
    surroundings,
  );
  const book = await readFile(dir.file("out.fb2"), "utf8").catch(() => "");
  expect(terminal.error + terminal.out + book).not.toContain("planted-secret");
  return { status, error: terminal.error, book, seen: server.requests };
}

const good = () => undefined;
const first =
  (fault: Misbehaviour) =>
  ({ number }: ModelRequest): Misbehaviour | undefined =>
    number === 0 ? fault : undefined;

it("a book is translated by a model, markup and all", async () => {
  const { status, book, seen } = await translated(good);
  expect(status).toBe(0);
  expect(book).toContain("У њој <emphasis>нико</emphasis> није живео.");
  expect(book).toContain("<book-title>Кућа</book-title>");
  expect(seen).toHaveLength(1);
  expect(seen[0]?.key).toBe("sk-planted-secret-0001");
});

it.each<[what: string, fault: Misbehaviour]>([
  ["it is busy", { kind: "status", status: 429, headers: { "retry-after": "0" } }],
  ["it is overloaded", { kind: "status", status: 529, headers: { "retry-after-ms": "1" } }],
  ["it fails", { kind: "status", status: 500 }],
  ["its answer is empty", { kind: "say", text: "" }],
  ["it repeats the source", { kind: "say", text: "[1] Кућа\n[2] Старый дом стоял у реки." }],
  ["it answers in Latin script", { kind: "say", text: "[1] Kuća\n[2] Stara kuća je stajala." }],
  ["it refuses", { kind: "say", text: "Извините, не могу." }],
  ["it says numbers that nobody asked for", { kind: "say", text: "[77] Нешто\n[78] друго" }],
  ["it runs in circles", { kind: "say", text: `[1] ${"опет и опет исто ".repeat(400)}` }],
  [
    "its answer is cut for length",
    { kind: "say", text: "[1] Кућа\n[2] Стара ку", finish: "length" },
  ],
])("the whole book comes out right when %s at first", async (_, fault) => {
  const { status, book } = await translated(first(fault));
  expect(status).toBe(0);
  for (const text of [
    "Кућа",
    "Стара кућа је стајала крај реке.",
    "Донео је писмо и одмах отишао.",
  ]) {
    expect(book).toContain(text);
  }
});

it("lost markers are asked for again, at last by putting them back", async () => {
  const { status, book, seen } = await translated((request) =>
    textIn(request).includes("<1>")
      ? {
          kind: "say",
          text: textIn(request).replaceAll(
            /\[(\d+)\] .*/gu,
            (line, number: string) =>
              `[${number}] ${translate(line.slice(number.length + 3)).replaceAll(/<\/?1>/gu, "")}`,
          ),
        }
      : undefined,
  );
  expect(status).toBe(0);
  expect(book).toMatch(/У њој <emphasis>[^<]+<\/emphasis>/u);
  expect(seen.length).toBeGreaterThan(3);
});

it("what it never manages is flagged, and the source is never passed off", async () => {
  const { status, error, book } = await translated((request) =>
    textIn(request).includes("почтальон") ? { kind: "say", text: textIn(request) } : undefined,
  );
  expect(status).toBe(3);
  expect(error).toContain("Утром пришёл почтальон.");
  expect(book).toContain("Падао је снег.");
});

it("a model that leaves a paragraph out is told so, and asked for that one (C10)", async () => {
  const { status, seen } = await translated((request) =>
    request.number === 0
      ? { kind: "say", text: "[1] Кућа\n[3] У њој <1>нико</1> није живео.\n[9] Падао је снег." }
      : undefined,
  );
  expect(status).toBe(0);
  expect(seen).toHaveLength(2);
  expect(seen[1]?.prompt).toContain(
    "- answers and segments do not match one to one: 4 of 6 without an answer, 1 answered that nobody asked for",
  );
  expect(textIn(seen[1] as ModelRequest)).not.toContain("никто");
});

it("another engine steps in where it fails", async () => {
  const { status, book } = await translated(
    (request) => (textIn(request).includes("снег") ? { kind: "say", text: "" } : undefined),
    "--fallback",
    "draft",
  );
  expect(status).toBe(0);
  expect(book).toContain("Шл снег.");
});

it("a key that is refused ends the run with one line that says so", async () => {
  const { status, error } = await translated(() => ({ kind: "status", status: 401 }));
  expect(status).toBe(14);
  expect(error).toMatch(/openai-compatible m: .*\(HTTP 401\)\nCheck the key/u);
});

it("an engine that is not set up is told from one that does not exist", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("book.fb2"), BOOK);
  const terminal = capturedTerminal();
  const args = ["translate", dir.file("book.fb2"), "--engine", "openai"];
  expect(await run(args, terminal, surroundingsIn(dir))).toBe(14);
  expect(terminal.error).toContain("engine openai is not set up: no key (OPENAI_API_KEY)");
});

it("spending stops before the limit, and the job can be gone on with", async () => {
  await using dir = await tempDir();
  await writeFile(
    dir.file("prices.json"),
    JSON.stringify({ "openai-compatible/m": { input: 1000, cachedInput: 1000, output: 1000 } }),
  );
  const limited = await translated(good, "--max-cost", "0.5", "--prices", dir.file("prices.json"));
  expect(limited.status).toBe(18);
  expect(limited.error).toMatch(
    /could exceed the budget of \$0\.5 .*\nWhat is translated is saved/u,
  );
  expect(limited.seen).toHaveLength(0);
  const free = await translated(good, "--max-cost", "0");
  expect(free.status).toBe(0);
});

it("a dry run tells what a book would take, and asks nobody", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("book.fb2"), BOOK);
  const surroundings = surroundingsIn(dir);
  Object.assign(surroundings.environment, { OPENAI_API_KEY: "sk-planted-secret-0003" });
  const terminal = capturedTerminal();
  expect(await run(["translate", dir.file("book.fb2"), "--dry-run"], terminal, surroundings)).toBe(
    0,
  );
  expect(terminal.out).toMatch(/^Engine +openai gpt-4\.1 \(there is a key for OpenAI\)$/mu);
  expect(terminal.out).toMatch(/^Cost +\$0\.00 to \$0\.\d\d /mu);
  expect(terminal.out).not.toContain("planted");
});

it("a dry run of some sections counts those", async () => {
  await using dir = await tempDir();
  await writeFile(dir.file("book.fb2"), BOOK);
  const terminal = capturedTerminal();
  const args = ["translate", dir.file("book.fb2"), "--dry-run", "--only", "2"];
  expect(await run(args, terminal, surroundingsIn(dir))).toBe(0);
  expect(terminal.out).toMatch(/^Segments +2 in 1 requests$/mu);
});

it("what was flagged is tried again when the user says so, and nothing else", async () => {
  await using dir = await tempDir();
  let isIll = true;
  const misbehave = (request: ModelRequest): Misbehaviour | undefined =>
    isIll && textIn(request).includes("снег") ? { kind: "say", text: "" } : undefined;
  await using server = await startTranslatingServer({ translate, misbehave });
  await writeFile(dir.file("book.fb2"), BOOK);
  const provider = { base_url: server.baseUrl("openai-chat"), model: "m" };
  const config = { translation: { providers: { "openai-compatible": provider } } };
  await writeFile(dir.file("config.json"), JSON.stringify(config));
  const surroundings = surroundingsIn(dir);
  Object.assign(surroundings.environment, { CONFIG_FILE: dir.file("config.json") });
  const args = ["translate", dir.file("book.fb2"), "--engine", "openai-compatible", "--quiet"];
  expect(await run(args, capturedTerminal(), surroundings)).toBe(3);
  isIll = false;
  const asked = server.requests.length;
  const again = [...args, "--force", "--redo", "flagged"];
  expect(await run(again, capturedTerminal(), surroundings)).toBe(0);
  expect(await readFile(dir.file("book.sr.fb2"), "utf8")).toContain("Падао је снег.");
  expect(server.requests.slice(asked).map(textIn)).toEqual(["[1] Шёл снег."]);
});

/** Translates a book of eleven short paragraphs, a paragraph a request; returns the server's tale. */
async function translatedBy(
  provider: Readonly<Record<string, unknown>>,
  translation: Readonly<Record<string, unknown>> = {},
) {
  await using dir = await tempDir();
  const sentAt: number[] = [];
  await using server = await startTranslatingServer({
    translate: () => "Падао је снег.",
    misbehave: () => {
      sentAt.push(performance.now());
      return undefined;
    },
  });
  const access = { base_url: server.baseUrl("openai-chat"), model: "m", ...provider };
  const providers = { "openai-compatible": access };
  const config = { translation: { max_batch_segments: 1, ...translation, providers } };
  await writeFile(dir.file("config.json"), JSON.stringify(config));
  await writeFile(dir.file("book.fb2"), bookOf("Снег", Array<string>(11).fill("Шёл снег.")));
  const surroundings = surroundingsIn(dir);
  Object.assign(surroundings.environment, { CONFIG_FILE: dir.file("config.json") });
  const args = ["translate", dir.file("book.fb2"), "--engine", "openai-compatible", "--quiet"];
  expect(await run(args, capturedTerminal(), surroundings)).toBe(0);
  const { requests, mostOpen } = server;
  expect(requests).toHaveLength(12);
  return { requests, mostOpen, elapsedMs: (sentAt.at(-1) ?? 0) - (sentAt[0] ?? 0) };
}

it("what the configuration says of the provider's limits is kept", async () => {
  const { requests, mostOpen, elapsedMs } = await translatedBy({
    max_concurrent: 3,
    // The first ten at once, then one in two thirds of a second.
    requests_per_minute: 100,
    options: { top_p: 0.8, max_tokens: 77 },
  });
  expect(mostOpen).toBeLessThanOrEqual(3);
  expect(elapsedMs).toBeGreaterThan(1200);
  expect(requests[0]).toMatchObject({ topP: 0.8, maxOutputTokens: 77 });
  expect(requests[0]?.temperature).toBeUndefined();
});

it("what the configuration says of all providers counts where one says nothing itself", async () => {
  const all = { temperature: 0.7, max_tokens: 66, max_concurrent: 2 };
  const silent = await translatedBy({}, all);
  expect(silent.requests[0]).toMatchObject({ temperature: 0.7, maxOutputTokens: 66 });
  expect(silent.mostOpen).toBeLessThanOrEqual(2);
  const outspoken = await translatedBy(
    { max_concurrent: 1, options: { temperature: 0.1, max_tokens: 55 } },
    all,
  );
  expect(outspoken.requests[0]).toMatchObject({ temperature: 0.1, maxOutputTokens: 55 });
  expect(outspoken.mostOpen).toBe(1);
  const choosing = await translatedBy({ options: { top_p: 0.8 } }, all);
  expect(choosing.requests[0]).toMatchObject({ topP: 0.8, temperature: undefined });
});
