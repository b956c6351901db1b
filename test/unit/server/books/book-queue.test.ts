import { describe, expect, it, vi } from "vitest";

import { systemClock } from "../../../../src/base/clock.ts";
import { FbtrError } from "../../../../src/base/errors.ts";
import { EventBus } from "../../../../src/base/events.ts";
import type { TranslateRequest } from "../../../../src/job/pipeline.ts";
import type { JobState, QaReport } from "../../../../src/job/snapshot.ts";
import { openStateFile } from "../../../../src/job/state-file.ts";
import { BookFiles } from "../../../../src/server/books/book-files.ts";
import { BookQueue } from "../../../../src/server/books/book-queue.ts";
import { SubmissionStore } from "../../../../src/server/books/submission-store.ts";
import type { SubmissionRequest } from "../../../../src/server/books/submission.ts";
import { tempDir, type TempDir } from "../../../support/temp-dir.ts";

/** A run of a book that the test ends as it likes. */
interface Run {
  readonly request: TranslateRequest;
  readonly end: (state: JobState) => void;
  readonly fail: (error: unknown) => void;
}

/** A book, by the name under which the user knows it. */
function bookNamed(name: string, more: Partial<SubmissionRequest> = {}): SubmissionRequest {
  const languages = { from: "ru", to: "sr", script: "cyrillic" } as const;
  return { name, format: "fb2", fallbacks: [], fresh: false, ...languages, ...more };
}

function reportOf(id: string, state: JobState): QaReport {
  return { snapshot: { id, state } } as unknown as QaReport;
}

/** A queue on the state of `dir`, whose books are translated as the test says. */
function queueIn(dir: TempDir) {
  const database = openStateFile(dir.path);
  const runs: Run[] = [];
  const states: string[] = [];
  const events = new EventBus(systemClock);
  events.subscribe(({ message }) => states.push(message));
  const queue = new BookQueue({
    store: new SubmissionStore(database, systemClock),
    files: new BookFiles(dir.path),
    events,
    clock: systemClock,
    capacity: 1,
    onFault: (error) => {
      throw error;
    },
    translate: (request, { drain, stop }) => {
      const { promise, resolve, reject } = Promise.withResolvers<QaReport>();
      const job = `job of ${request.input.shownAs}`;
      request.onBegun?.(job);
      drain.addEventListener("abort", () => resolve(reportOf(job, "interrupted")));
      stop.addEventListener("abort", () => reject(stop.reason as Error));
      runs.push({ request, end: (state) => resolve(reportOf(job, state)), fail: reject });
      return promise;
    },
  });
  const names = () => runs.map(({ request }) => request.input.shownAs);
  const last = () => {
    const run = runs.at(-1);
    if (run === undefined) throw new Error("nothing runs");
    return run;
  };
  const stateOf = (id: string) => queue.get(id).state;
  return { queue, names, last, states, stateOf, [Symbol.dispose]: () => database.close() };
}

const forever = new AbortController().signal;

describe("the queue of books", () => {
  it("begins one book after the other, those with a higher priority first", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    const { queue, names, last, stateOf } = scripted;
    queue.submit("1", bookNamed("a"));
    queue.submit("2", bookNamed("b"));
    queue.submit("3", bookNamed("c"), { priority: 5 });
    queue.submit("4", bookNamed("d"), { priority: 5 });
    for (const name of ["a", "c", "d", "b"]) {
      await vi.waitFor(() => expect(names().at(-1)).toBe(name));
      last().end("done");
    }
    await queue.ended("2", forever);
    expect(names()).toEqual(["a", "c", "d", "b"]);
    expect(["1", "2", "3", "4"].map(stateOf)).toEqual(["done", "done", "done", "done"]);
  });

  it("tells of each state that a book comes to, in its session", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    const { queue, last, states } = scripted;
    queue.submit("1", bookNamed("a.fb2"), { session: "mine" });
    last().end("incomplete");
    expect((await queue.ended("1", forever)).state).toBe("incomplete");
    expect(states).toContain("a.fb2 is queued");
    expect(states).toContain("a.fb2 is running");
    expect(states.at(-1)).toBe("a.fb2 is incomplete");
    expect(queue.findSession("mine")).toMatchObject({ id: "1", job: "job of a.fb2" });
  });

  it("lets a running book rest, and the next one has its turn", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    const { queue, names, last, stateOf } = scripted;
    queue.submit("1", bookNamed("a"));
    queue.submit("2", bookNamed("b"));
    expect((await queue.pause("1")).state).toBe("paused");
    expect((await queue.pause("1")).state).toBe("paused");
    expect(names()).toEqual(["a", "b"]);
    expect(queue.resume("1").state).toBe("queued");
    last().end("done");
    await queue.ended("2", forever);
    expect(names()).toEqual(["a", "b", "a"]);
    expect(stateOf("1")).toBe("running");
  });

  it("gives a book up that waits or runs, and takes it again if the user wants", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    const { queue, names } = scripted;
    queue.submit("1", bookNamed("a"));
    queue.submit("2", bookNamed("b"));
    expect((await queue.cancel("2")).state).toBe("cancelled");
    expect((await queue.cancel("1")).state).toBe("cancelled");
    expect(names()).toEqual(["a"]);
    expect(queue.resume("2").state).toBe("running");
    expect(names()).toEqual(["a", "b"]);
  });

  it("keeps why a book failed, and goes on with the next one", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    const { queue, names, last } = scripted;
    queue.submit("1", bookNamed("a"));
    queue.submit("2", bookNamed("b"));
    last().fail(new FbtrError("ENGINE_FAILED", "no answer", { hint: "Ask again." }));
    const { state, error } = await queue.ended("1", forever);
    expect(state).toBe("failed");
    expect(error).toEqual({ code: "ENGINE_FAILED", error: "no answer", hint: "Ask again." });
    expect(names()).toEqual(["a", "b"]);
  });

  it("tries a book again whose job another process works on", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    const { queue, names, last } = scripted;
    queue.submit("1", bookNamed("a"));
    last().fail(new FbtrError("JOB_BUSY", "another process works on it"));
    expect((await queue.ended("1", forever)).error?.code).toBe("JOB_BUSY");
    await vi.waitFor(() => expect(names()).toEqual(["a", "a"]), { timeout: 5000 });
    last().end("done");
    expect(await queue.ended("1", forever)).toMatchObject({ state: "done" });
    expect(queue.get("1").error).toBeUndefined();
  });

  it("forgets a book that is taken away, also while it runs", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    scripted.queue.submit("1", bookNamed("a"));
    await scripted.queue.remove("1");
    expect(() => scripted.queue.get("1")).toThrow("there is no book 1");
    expect(scripted.queue.list()).toEqual([]);
  });
});

describe("the queue over the end of the daemon", () => {
  it("saves what runs when it drains, takes nothing new, and goes on later", async () => {
    await using dir = await tempDir();
    {
      using scripted = queueIn(dir);
      const { queue, names, stateOf } = scripted;
      queue.submit("1", bookNamed("a"));
      queue.submit("2", bookNamed("b"));
      await queue.drain();
      queue.submit("3", bookNamed("c"));
      expect(["1", "2", "3"].map(stateOf)).toEqual(["queued", "queued", "queued"]);
      expect(names()).toEqual(["a"]);
    }
    using scripted = queueIn(dir);
    scripted.queue.start();
    expect(scripted.names()).toEqual(["a"]);
  });

  it("leaves in the queue what was stopped at once", async () => {
    await using dir = await tempDir();
    using scripted = queueIn(dir);
    scripted.queue.submit("1", bookNamed("a"));
    scripted.queue.stop();
    await vi.waitFor(() => expect(scripted.stateOf("1")).toBe("queued"));
  });

  it("goes on with what a killed daemon was working on, and does not forget it again", async () => {
    await using dir = await tempDir();
    {
      using killed = queueIn(dir);
      killed.queue.submit("1", bookNamed("a", { fresh: true }));
      expect(killed.last().request.fresh).toBe(true);
      expect(killed.stateOf("1")).toBe("running");
    }
    using scripted = queueIn(dir);
    scripted.queue.start();
    expect(scripted.names()).toEqual(["a"]);
    expect(scripted.last().request.fresh).toBe(false);
  });
});
