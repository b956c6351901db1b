import fc from "fast-check";
import { expect, it } from "vitest";

import { EventBus } from "../../../../src/base/events.ts";
import { EventFeed, type FeedWishes } from "../../../../src/server/events/event-feed.ts";
import { EventLog, type LoggedEvent } from "../../../../src/server/events/event-log.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const CLOCK = { now: () => 1, elapsed: () => 0 };

/** A feed in `folder` that numbers what is published in it. */
function feedIn(folder: string) {
  const log = new EventLog(folder);
  const feed = new EventFeed(log);
  const bus = new EventBus(CLOCK, log.lastId);
  bus.subscribe((event) => feed.publish(event));
  let number = 0;
  return {
    publish: (session = "s") => {
      number += 1;
      bus.emit("translation_attempt", session, String(number), { provider: "draft" });
    },
    read: (wishes: Omit<FeedWishes, "signal"> = {}) => {
      const leaving = new AbortController();
      const events = feed.read({ ...wishes, signal: leaving.signal });
      return { events, leave: () => leaving.abort() };
    },
    published: () => number,
    logged: () => log.after("", 10_000).map(numberOf),
    end: (session = "s") => {
      number += 1;
      const data = { job_id: "j", status: "done", book_title: "" };
      bus.emit("status_update", session, String(number), data);
    },
    [Symbol.dispose]: () => {
      feed[Symbol.dispose]();
      log[Symbol.dispose]();
    },
  };
}

const numberOf = ({ json }: LoggedEvent) =>
  Number((JSON.parse(json) as { message: string }).message);

async function take(events: AsyncGenerator<LoggedEvent, void>, count: number): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) {
    const next = await events.next();
    if (next.done) break;
    taken.push(numberOf(next.value));
  }
  return taken;
}

/** In which order something is published and the readers take: `reader` undefined is the publisher. */
const steps = fc.array(
  fc.record({
    reader: fc.option(fc.nat(2), { nil: undefined }),
    count: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(700), fc.constant(2500)),
  }),
  { maxLength: 12 },
);

it("every reader gets every event once and in order, however fast it is", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      await using dir = await tempDir();
      using feed = feedIn(dir.path);
      feed.publish();
      const readers = [0, 1, 2].map(() => {
        const { events, leave } = feed.read({ since: "" });
        return { events, leave, got: [] as number[] };
      });
      for (const { reader, count } of all) {
        const taker = reader === undefined ? undefined : readers[reader];
        if (taker === undefined) {
          for (let round = 0; round < count; round += 1) feed.publish();
        } else {
          const open = feed.published() - taker.got.length;
          taker.got.push(...(await take(taker.events, Math.min(count, open))));
        }
      }
      const expected = Array.from({ length: feed.published() }, (_, index) => index + 1);
      for (const { events, got, leave } of readers) {
        got.push(...(await take(events, expected.length - got.length)));
        leave();
        expect(got).toEqual(expected);
        expect((await events.next()).done).toBe(true);
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);

it("a reader that waits is woken by what is published", async () => {
  await using dir = await tempDir();
  using feed = feedIn(dir.path);
  const { events } = feed.read();
  const first = events.next();
  feed.publish();
  expect(numberOf((await first).value as LoggedEvent)).toBe(1);
});

it("a session gets its own events and those of the system, from the disk and from memory", async () => {
  await using dir = await tempDir();
  {
    using earlier = feedIn(dir.path);
    for (const session of ["a", "b", "system"]) earlier.publish(session);
  }
  using feed = feedIn(dir.path);
  for (const session of ["b", "a", "system"]) feed.publish(session);
  const { events } = feed.read({ since: "", session: "a" });
  expect(await take(events, 4)).toEqual([1, 3, 2, 3]);
});

it("without a place a reader gets what comes from now on", async () => {
  await using dir = await tempDir();
  using feed = feedIn(dir.path);
  feed.publish();
  const { events } = feed.read();
  const next = take(events, 1);
  feed.publish();
  expect(await next).toEqual([2]);
});

it("a reader that names a place which is yet to come gets what comes from now on", async () => {
  await using dir = await tempDir();
  using feed = feedIn(dir.path);
  feed.publish();
  const { events } = feed.read({ since: "zzzzzzzz-99999999" });
  const next = take(events, 1);
  feed.publish();
  expect(await next).toEqual([2]);
});

it("what a reader hears is in the log", async () => {
  await using dir = await tempDir();
  using feed = feedIn(dir.path);
  const { events } = feed.read();
  for (const number of [1, 2, 3]) {
    const next = take(events, 1);
    feed.publish();
    expect(await next).toEqual([number]);
    expect(feed.logged()).toContain(number);
  }
});

it("what ends something is in the log at once, with all that came before it", async () => {
  await using dir = await tempDir();
  using feed = feedIn(dir.path);
  feed.publish();
  feed.end();
  expect(feed.logged()).toEqual([1, 2]);
});

it("what was told last is in the log when the feed has ended", async () => {
  await using dir = await tempDir();
  {
    using feed = feedIn(dir.path);
    feed.publish();
  }
  using feed = feedIn(dir.path);
  expect(feed.logged()).toEqual([1]);
});
