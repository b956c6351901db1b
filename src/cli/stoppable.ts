import type { Surroundings } from "./compose.ts";
import { EXIT } from "./exit.ts";
import { Interruption } from "./interruption.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Does work that has nothing to finish: the first Ctrl-C or SIGTERM aborts its signal.
 *
 * @returns the exit status.
 * @throws what `work` throws, unless it is the reason of the signal.
 */
export async function untilStopped(
  terminal: Terminal,
  { signals, clock }: Surroundings,
  work: (signal: AbortSignal) => Promise<number | void>,
): Promise<number> {
  const stopping = () => terminal.writeError("Stopping.\n");
  using interruption = new Interruption(signals, clock, stopping);
  const signal = interruption.drain;
  try {
    return (await work(signal)) ?? EXIT.done;
  } catch (error) {
    if (error !== signal.reason) throw error;
    return interruption.status;
  }
}
