import { Text } from "ink";

import { workerLine, type WorkerView } from "./worker-view.ts";

const MAX_LINES = 8;

export interface WorkerListProps {
  readonly workers: readonly WorkerView[];
  readonly hasColor: boolean;
}

/** What each worker does: a line each, as long as they are not many. */
export function WorkerList({ workers, hasColor }: WorkerListProps) {
  const shown = workers.slice(0, MAX_LINES);
  const left = workers.length - shown.length;
  return (
    <>
      {shown.map((worker) => (
        <Text key={worker.id} dimColor={hasColor && worker.state === "offline"} wrap="truncate-end">
          {workerLine(worker)}
        </Text>
      ))}
      {left > 0 && <Text>{`and ${left} more workers`}</Text>}
    </>
  );
}
