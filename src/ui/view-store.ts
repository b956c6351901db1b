import { EMPTY_VIEW, type ScreenView } from "./view-model.ts";

/** The view that the screen shows, and a bell for React. */
export class ViewStore {
  readonly #listeners = new Set<() => void>();
  #view: ScreenView = EMPTY_VIEW;

  readonly current = (): ScreenView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  update(change: (view: ScreenView) => ScreenView): void {
    this.#view = change(this.#view);
    for (const listener of this.#listeners) listener();
  }
}
