/** An environment variable that sets no key. */
export interface GeneralVariable {
  readonly name: string;
  /** What it does, without a full stop. */
  readonly about: string;
}

/** Environment variables that fbtr goes by, beside those that set keys. */
export const GENERAL_VARIABLES: readonly GeneralVariable[] = [
  { name: "CONFIG_FILE", about: "configuration file to read" },
  { name: "TRANSLATOR_CONFIG", about: "the same, if CONFIG_FILE is not set" },
  { name: "XDG_CONFIG_HOME", about: "folder in which fbtr/ is configured (default: ~/.config)" },
  { name: "XDG_STATE_HOME", about: "folder in which fbtr/ keeps jobs (default: ~/.local/state)" },
  {
    name: "XDG_CACHE_HOME",
    about: "folder in which fbtr/ remembers translations (default: ~/.cache)",
  },
  { name: "NO_COLOR", about: "not empty: no colour on the live screen" },
  { name: "TERM", about: "dumb: plain lines instead of the live screen" },
];
