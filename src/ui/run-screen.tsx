import { useApp, useWindowSize } from "ink";
import { useEffect, useSyncExternalStore } from "react";

import { BookProgress } from "./book-progress.tsx";
import { FinishedBooks } from "./finished-books.tsx";
import type { ScreenView } from "./view-model.ts";
import type { ViewStore } from "./view-store.ts";

export interface RunScreenProps {
  readonly store: ViewStore;
  readonly hasColor: boolean;
}

/** The whole live screen: a line for each finished book, and below them the book that is translated now. */
export function RunScreen({ store, hasColor }: RunScreenProps) {
  const view = useSyncExternalStore(store.subscribe, store.current);
  const { exit } = useApp();
  const { columns } = useWindowSize();
  // Only when the last view is committed: leaving earlier would leave the frame before it behind.
  useEffect(() => {
    if (view.ended) exit();
  }, [view.ended, exit]);
  return <ScreenFrame view={view} columns={columns} hasColor={hasColor} />;
}

export interface ScreenFrameProps {
  readonly view: ScreenView;
  readonly columns: number;
  readonly hasColor: boolean;
}

/** One frame: a pure function of the view. */
export function ScreenFrame({ view, columns, hasColor }: ScreenFrameProps) {
  const { finished, book, workers, hint } = view;
  return (
    <>
      <FinishedBooks finished={finished} hasColor={hasColor} />
      {book && <BookProgress {...{ book, workers, hint, columns, hasColor }} />}
    </>
  );
}
