import { Static, Text } from "ink";
import { memo } from "react";

import type { FinishedBook } from "./view-model.ts";

export interface FinishedBooksProps {
  readonly finished: readonly FinishedBook[];
  readonly hasColor: boolean;
}

const COLORS = { completed: "green", interrupted: "yellow", failed: "red" } as const;

/**
 * A line for each book that is over; lines stay where they are. Rendered only when there is a new
 * one: Ink draws at once, past `maxFps`, whenever a `<Static>` renders.
 */
export const FinishedBooks = memo(function FinishedBooks({
  finished,
  hasColor,
}: FinishedBooksProps) {
  return (
    <Static items={[...finished]}>
      {({ key, end, line }: FinishedBook) => (
        <Text key={key} {...(hasColor && { color: COLORS[end] })}>
          {line}
        </Text>
      )}
    </Static>
  );
});
