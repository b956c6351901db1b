import { Listr, ListrLogger, ProcessOutput, type ListrTask } from "listr2";

import type { Terminal } from "./terminal.ts";

/**
 * Does the same for several things side by side. On a terminal a list shows how each is; it is gone
 * when all are done, and what is told then stands in its place.
 *
 * @param ending what the list says of a thing that is done.
 * @throws what `work` throws first.
 */
export async function watchTasks<T>(
  { screen }: Terminal,
  names: readonly string[],
  work: (name: string) => Promise<T>,
  ending: (result: T) => string,
): Promise<T[]> {
  if (screen === undefined || names.length < 2) return Promise.all(names.map(work));
  const results = new Map<string, T>();
  const tasks = names.map((name): ListrTask => {
    return {
      title: name,
      task: async (_, row) => {
        const result = await work(name);
        results.set(name, result);
        row.title = `${name}: ${ending(result)}`;
      },
    };
  });
  const processOutput = new ProcessOutput(screen, screen, { leaveEmptyLine: false });
  await new Listr(tasks, {
    concurrent: true,
    renderer: "default",
    registerSignalListeners: false,
    forceTTY: true,
    rendererOptions: {
      clearOutput: true,
      logger: new ListrLogger({ processOutput, useIcons: true, toStderr: [] }),
    },
  }).run();
  return names.flatMap((name) => {
    const result = results.get(name);
    return result === undefined ? [] : [result];
  });
}
