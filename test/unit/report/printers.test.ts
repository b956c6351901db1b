import { describe, expect, it } from "vitest";

import { JsonPrinter } from "../../../src/report/json-printer.ts";
import { PlainPrinter } from "../../../src/report/plain-printer.ts";
import { QuietPrinter } from "../../../src/report/quiet-printer.ts";
import { STARTED, eventOf, progressWith } from "../../support/reports.ts";

const ACCOUNT = { text: "fbtr: no\n", json: '{"type":"error"}\n' };

function plain() {
  const lines: string[] = [];
  return { lines, printer: new PlainPrinter((text) => lines.push(text)) };
}

describe("plain lines", () => {
  it("begin with book, engine, reason and amount of work", () => {
    const { lines, printer } = plain();
    printer.print(eventOf("translation_started", { ...STARTED, items_resumed: 120 }));
    expect(lines).toEqual([
      "Translating Война и мир (vojna.fb2) with draft (built in, needs no network): " +
        "1,000 segments in 30 sections, 120 of them done before\n",
    ]);
  });

  it("come once for each 10 % while a book is quick", () => {
    const { lines, printer } = plain();
    printer.print(eventOf("translation_started", STARTED));
    for (let done = 1; done <= 1000; done += 1) {
      const progress = { items_completed: done, items_failed: 0, percent_complete: done / 10 };
      printer.print(eventOf("translation_progress", progressWith(progress), done));
    }
    expect(lines.length).toBe(11);
    expect(lines[4]).toBe(" 40.0 %: 400 of 1,000 segments, 40/s, 15 s left, 25 unknown words\n");
    expect(lines[10]).toBe("100.0 %: 1,000 of 1,000 segments, 40/s, 25 unknown words\n");
  });

  it("come every 10 seconds while a book is slow", () => {
    const { lines, printer } = plain();
    printer.print(eventOf("translation_started", STARTED));
    for (let second = 1; second <= 35; second += 1) {
      const progress = progressWith({ percent_complete: second / 100 });
      printer.print(eventOf("translation_progress", progress, second * 1000));
    }
    expect(lines.length).toBe(4);
  });

  it("begin anew with the next book", () => {
    const { lines, printer } = plain();
    for (let book = 0; book < 2; book += 1) {
      printer.print(eventOf("translation_started", STARTED, book));
      printer.print(eventOf("translation_progress", progressWith(), book));
    }
    expect(lines.length).toBe(4);
  });
});

describe("JSON lines", () => {
  it("hold every event as it is, and errors on the other stream", async () => {
    const [out, error]: string[][] = [[], []];
    const printer = new JsonPrinter(
      async (line) => void out?.push(line),
      (text) => void error?.push(text),
    );
    const events = [
      eventOf("translation_started", STARTED),
      eventOf("translation_progress", progressWith(), 5),
    ];
    for (const event of events) printer.print(event);
    printer.tell("the report");
    printer.drain("stopping");
    printer.fail(ACCOUNT);
    await printer.close();
    expect(out?.map((line) => JSON.parse(line) as unknown)).toEqual(events);
    expect(out?.every((line) => line.indexOf("\n") === line.length - 1)).toBe(true);
    expect(error).toEqual([ACCOUNT.json]);
  });

  it("stop when they cannot be written, which is told at the end", async () => {
    let writes = 0;
    const failure = new Error("gone");
    const printer = new JsonPrinter(
      () => {
        writes += 1;
        return Promise.reject(failure);
      },
      () => undefined,
    );
    printer.print(eventOf("translation_started", STARTED));
    await new Promise(setImmediate);
    printer.print(eventOf("translation_progress", progressWith()));
    await expect(printer.close()).rejects.toBe(failure);
    expect(writes).toBe(1);
  });
});

it("quiet tells errors only", () => {
  let told = "";
  const printer = new QuietPrinter((text) => (told += text));
  printer.print();
  printer.tell("the report");
  printer.drain("stopping");
  printer.fail(ACCOUNT);
  expect(told).toBe(ACCOUNT.text);
});
