import { median, type Measurement } from "./measurement.ts";
import {
  makeKeys,
  openBareHttp2Ends,
  openHttp3Ends,
  type PeerEnds,
  type TransportEnds,
} from "./transport-ends.ts";

const CONCURRENT = 64;
const BODY = Buffer.alloc(2000, "слово ");
const ROUND_MS = 1000;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 5;
const LARGE_BYTES = 100_000_000;

interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Requests with a body of 2 kB, 64 at a time on one connection with mutual TLS, both ends in this
 * process; each transport and the HTTP/2 of Node in turns.
 */
export async function measureTransport(): Promise<Measurement[]> {
  const keys = await makeKeys();
  await using bare = await openBareHttp2Ends(keys);
  await using http3 = await openHttp3Ends(keys);
  const all: readonly TransportEnds[] = [bare, http3];
  const rounds = new Map(all.map((ends) => [ends.name, [] as Round[]]));
  for (let count = 0; count < WARM_UP_ROUNDS + ROUNDS; count += 1) {
    for (const ends of all) {
      const round = await runRound(ends);
      if (count >= WARM_UP_ROUNDS) rounds.get(ends.name)?.push(round);
    }
  }
  const bareRounds = rounds.get(bare.name) ?? [];
  return [
    ...figuresOf(bare.name, bareRounds),
    ...figuresOf(http3.name, rounds.get(http3.name) ?? []),
    {
      name: `requests a second over ${http3.name} against ${bare.name}`,
      value:
        medianOf(rounds.get(http3.name) ?? [], "perSecond") / medianOf(bareRounds, "perSecond"),
      unit: "times",
      atLeast: 0.35,
    },
    await largeAnswer(http3),
  ];
}

function figuresOf(name: string, rounds: readonly Round[]): Measurement[] {
  return [
    { name: `requests a second over ${name}`, value: medianOf(rounds, "perSecond"), unit: "/s" },
    { name: `a request over ${name}, p50`, value: medianOf(rounds, "p50Ms"), unit: "ms" },
    { name: `a request over ${name}, p99`, value: medianOf(rounds, "p99Ms"), unit: "ms" },
  ];
}

function medianOf(rounds: readonly Round[], key: keyof Round): number {
  return median(rounds.map((round) => round[key]));
}

async function runRound(ends: TransportEnds): Promise<Round> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const worker = async () => {
    while (performance.now() - startedAt < ROUND_MS) {
      const askedAt = performance.now();
      await ends.exchange(BODY);
      latencies.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  latencies.sort((one, other) => one - other);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  return { perSecond: latencies.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function largeAnswer(ends: PeerEnds): Promise<Measurement> {
  const startedAt = performance.now();
  const bytes = await ends.download(LARGE_BYTES);
  if (bytes !== LARGE_BYTES) throw new Error(`Of ${LARGE_BYTES} bytes ${bytes} came.`);
  const megabytes = LARGE_BYTES / 1e6;
  const perSecond = megabytes / ((performance.now() - startedAt) / 1000);
  return { name: `${megabytes} MB over ${ends.name}`, value: perSecond, unit: "MB/s" };
}
