import { Box, Text } from "ink";

import { ProgressBar } from "./progress-bar.tsx";
import type { CurrentBook } from "./view-model.ts";
import { WorkerList } from "./worker-list.tsx";
import type { WorkerView } from "./worker-view.ts";

export interface BookProgressProps {
  readonly book: CurrentBook;
  readonly workers: readonly WorkerView[];
  /** What Ctrl-C does now. */
  readonly hint: string;
  /** Width of the terminal. */
  readonly columns: number;
  readonly hasColor: boolean;
}

const NARROW = 60;
const MAX_BAR = 40;

/** The book that is translated now: at most six lines and one a worker, none longer than the terminal is wide. */
export function BookProgress({ book, workers, hint, columns, hasColor }: BookProgressProps) {
  const isNarrow = columns < NARROW;
  const { title, engine, share, percent, sections, segments, pace, chapter } = book;
  const width = isNarrow ? Math.max(columns - percent.length - 2, 1) : MAX_BAR;
  const amounts = `${segments}, ${sections}`;
  return (
    <Box flexDirection="column" width={columns}>
      <Text wrap="truncate-end">
        <Text bold={hasColor}>{title}</Text>
        {isNarrow ? "" : `  ${engine}`}
      </Text>
      <Text wrap="truncate-end">
        <ProgressBar share={share} width={Math.min(width, MAX_BAR)} hasColor={hasColor} />
        {` ${percent}`}
      </Text>
      <Text wrap="truncate-end">{amounts}</Text>
      {chapter !== "" && <Text wrap="truncate-end">{chapter}</Text>}
      {pace.length > 0 && <Text wrap="truncate-end">{pace.join(", ")}</Text>}
      <WorkerList workers={workers} hasColor={hasColor} />
      <Text dimColor={hasColor} wrap="truncate-end">
        {hint}
      </Text>
    </Box>
  );
}
