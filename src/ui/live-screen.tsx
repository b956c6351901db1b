import { render, type Instance } from "ink";

import type { FbtrEvent } from "../base/events.ts";
import { RunScreen } from "./run-screen.tsx";
import { viewAfter } from "./view-model.ts";
import { ViewStore } from "./view-store.ts";

export interface LiveScreenOptions {
  /** False: no colour and no other style, as NO_COLOR asks for. */
  readonly hasColor: boolean;
}

const MAX_FPS = 15;

/** Tells a run on a terminal, where lines are drawn again. */
export class LiveScreen {
  readonly #store = new ViewStore();
  readonly #stream: NodeJS.WriteStream;
  readonly #instance: Instance;
  #afterwards = "";

  /** @param stream a terminal; standard error, so that standard output stays data. */
  constructor(stream: NodeJS.WriteStream, { hasColor }: LiveScreenOptions) {
    this.#stream = stream;
    this.#instance = render(<RunScreen store={this.#store} hasColor={hasColor} />, {
      stdout: stream,
      maxFps: MAX_FPS,
      // The program itself listens for Ctrl-C, and for nothing else on the keyboard.
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
    });
  }

  print(event: FbtrEvent): void {
    this.#store.update((view) => viewAfter(view, event));
  }

  /** Keeps text for people until the screen is left: there it is not wrapped, and can be copied. */
  tell(text: string): void {
    this.#afterwards += text;
  }

  /** The same for the account of an error; a line of it is on the screen already, by its event. */
  fail({ text }: { readonly text: string }): void {
    this.#afterwards += text;
  }

  /** Says that the run ends early, and what Ctrl-C does from now on. */
  drain(text: string): void {
    this.#store.update((view) => ({ ...view, hint: text }));
  }

  /** Draws the last frame, leaves the terminal to others, and writes what was kept until now. */
  async close(): Promise<void> {
    this.#store.update((view) => ({ ...view, book: undefined, ended: true }));
    await this.#instance.waitUntilExit();
    this.#stream.write(this.#afterwards);
    this.#afterwards = "";
  }
}
