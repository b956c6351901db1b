import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { AdaptiveConcurrency } from "../../../../src/engine/limits/adaptive-concurrency.ts";
import { backOffMs } from "../../../../src/engine/limits/back-off.ts";
import { CircuitBreaker } from "../../../../src/engine/limits/circuit-breaker.ts";
import { KeyRing } from "../../../../src/engine/limits/key-ring.ts";
import { retryAfterMs } from "../../../../src/engine/limits/retry-after.ts";
import { perMinute, TokenBucket } from "../../../../src/engine/limits/token-bucket.ts";

/** A clock that goes on when it is told to. */
function handClock() {
  let ms = 0;
  return {
    now: () => ms,
    elapsed: () => ms,
    pass: (more: number) => {
      ms += more;
    },
  };
}

const { signal } = new AbortController();

describe("Retry-After", () => {
  const now = Date.parse("2026-11-24T12:00:00Z");
  it.each([
    ["5", 5000],
    ["0", 0],
    ["Tue, 24 Nov 2026 12:00:30 GMT", 30_000],
    ["Tue, 24 Nov 2026 11:00:00 GMT", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("%s means %s ms", (header, ms) => {
    expect(retryAfterMs(header, now)).toBe(ms);
  });
});

it("a back-off is never longer than its bound, and the bound doubles up to the cap", () => {
  const limits = { baseMs: 100, capMs: 1000 };
  expect([0, 1, 2, 3, 9].map((attempt) => backOffMs(attempt, limits, () => 0.999))).toEqual(
    [100, 200, 400, 800, 1000].map((bound) => expect.closeTo(bound * 0.999)),
  );
  expect(backOffMs(5, limits, () => 0)).toBe(0);
});

it("a rate by the minute lets no more than that through in any minute", () => {
  const pauses = fc.array(fc.nat(20_000), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 200 }), pauses, (rate, waits) => {
      const clock = handClock();
      const bucket = new TokenBucket(perMinute(rate), clock);
      const sent: number[] = [];
      for (const wait of waits) {
        clock.pass(wait);
        clock.pass(bucket.take(1));
        sent.push(clock.now());
        const lastMinute = sent.filter((at) => at > clock.now() - 60_000);
        expect(lastMinute.length).toBeLessThanOrEqual(rate);
      }
    }),
  );
});

describe("a token bucket", () => {
  it("never lets more through than its size and what has flowed in", () => {
    const takes = fc.array(
      fc.record({ amount: fc.integer({ min: 1, max: 10 }), pause: fc.nat(500) }),
    );
    fc.assert(
      fc.property(takes, (all) => {
        const clock = handClock();
        const bucket = new TokenBucket({ amount: 10, perMs: 1000 }, clock);
        let used = 0;
        for (const { amount, pause } of all) {
          clock.pass(pause);
          clock.pass(bucket.take(amount));
          used += amount;
          expect(used).toBeLessThanOrEqual(10 + clock.elapsed() / 100 + 1e-6);
        }
      }),
    );
  });

  it("lets an amount above its size through when it is full", () => {
    const bucket = new TokenBucket({ amount: 10, perMs: 1000 }, handClock());
    expect(bucket.take(50)).toBe(0);
    expect(bucket.take(1)).toBeGreaterThan(3000);
  });
});

describe("a circuit breaker", () => {
  const limits = { failures: 2, openMs: 1000, maxOpenMs: 3000, probes: 2 };

  it("opens after failures in a row, lets one probe through, and closes after enough of them", () => {
    const clock = handClock();
    const breaker = new CircuitBreaker(limits, clock);
    breaker.failed();
    breaker.succeeded();
    breaker.failed();
    expect(breaker.state).toBe("closed");
    breaker.failed();
    expect([breaker.state, breaker.tryEnter(), breaker.opensInMs()]).toEqual(["open", false, 1000]);
    clock.pass(1000);
    expect([breaker.tryEnter(), breaker.tryEnter()]).toEqual([true, false]);
    breaker.succeeded();
    expect([breaker.state, breaker.tryEnter()]).toEqual(["half-open", true]);
    breaker.succeeded();
    expect(breaker.state).toBe("closed");
  });

  it("opens again when its probe fails", () => {
    const clock = handClock();
    const breaker = new CircuitBreaker(limits, clock);
    breaker.failed();
    breaker.failed();
    clock.pass(1000);
    expect(breaker.tryEnter()).toBe(true);
    breaker.failed();
    expect(breaker.tryEnter()).toBe(false);
  });

  it("stays open longer after each probe that fails, up to a bound, and forgets it when closed", () => {
    const clock = handClock();
    const breaker = new CircuitBreaker(limits, clock);
    breaker.failed();
    const openFor: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      breaker.failed();
      openFor.push(breaker.opensInMs());
      clock.pass(breaker.opensInMs());
      breaker.tryEnter();
    }
    expect(openFor).toEqual([1000, 2000, 3000, 3000]);
    breaker.close();
    expect(breaker.state).toBe("closed");
    breaker.failed();
    breaker.failed();
    expect(breaker.opensInMs()).toBe(1000);
  });

  it("takes a probe that told nothing for none", () => {
    const clock = handClock();
    const breaker = new CircuitBreaker(limits, clock);
    breaker.failed();
    breaker.failed();
    clock.pass(1000);
    breaker.tryEnter();
    breaker.left();
    expect(breaker.tryEnter()).toBe(true);
  });
});

describe("a key ring", () => {
  it("takes its keys in turns, lets one rest and another go", () => {
    const clock = handClock();
    const ring = new KeyRing(["a", "b", "c"], clock);
    expect([ring.next(), ring.next(), ring.next(), ring.next()]).toEqual(["a", "b", "c", "a"]);
    ring.cool("b", 100);
    expect([ring.next(), ring.next()]).toEqual(["c", "a"]);
    ring.retire("a");
    ring.retire("c");
    expect([ring.next(), ring.readyInMs()]).toEqual([undefined, 100]);
    clock.pass(100);
    expect(ring.next()).toBe("b");
    ring.retire("b");
    expect(ring.readyInMs()).toBeUndefined();
  });
});

describe("adaptive concurrency", () => {
  it("doubles each round at first, halves at an overload, once for all calls under way", async () => {
    const clock = handClock();
    const gate = new AdaptiveConcurrency({ initial: 2, max: 8 }, clock);
    for (let round = 0; round < 2; round += 1) {
      const permits = await Promise.all([gate.acquire(signal), gate.acquire(signal)]);
      for (const permit of permits) permit.release("accepted");
    }
    expect(gate.limit).toBeGreaterThanOrEqual(4);
    const before = gate.limit;
    const both = await Promise.all([gate.acquire(signal), gate.acquire(signal)]);
    clock.pass(10);
    for (const permit of both) permit.release("overloaded");
    expect(gate.limit).toBe(Math.floor(before / 2));
  });

  it("lets callers in one after the other, and forgets one that gives up", async () => {
    const gate = new AdaptiveConcurrency({ initial: 1, max: 1 }, handClock());
    const first = await gate.acquire(signal);
    const impatient = new AbortController();
    const second = gate.acquire(impatient.signal);
    const third = gate.acquire(signal);
    impatient.abort(new Error("tired"));
    await expect(second).rejects.toThrow("tired");
    first.release("accepted");
    first.release("accepted");
    (await third).release("accepted");
    expect(gate.inFlight).toBe(0);
  });
});
