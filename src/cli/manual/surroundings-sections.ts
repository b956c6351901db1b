import { FOLDER_FILES, USER_FILES } from "../../config/config-file.ts";
import { GENERAL_VARIABLES } from "../../config/variables.ts";
import { EXIT_STATUSES } from "../exit.ts";
import { bold, item, prose, type PageSection } from "./roff.ts";

/** Sections that every page about a command has. */
export const EXIT_STATUS_SECTION: PageSection = {
  title: "EXIT STATUS",
  parts: EXIT_STATUSES.map(({ status, meaning }) => item(bold(String(status)), prose(meaning))),
};

export const ENVIRONMENT_SECTION: PageSection = {
  title: "ENVIRONMENT",
  parts: [
    ...GENERAL_VARIABLES.map(({ name, about }) => item(bold(name), prose(about))),
    ".PP",
    `Variables that set keys of the configuration are listed in ${bold("fbtr-config")}(5).`,
  ],
};

export const FILES_SECTION: PageSection = {
  title: "FILES",
  parts: [
    item(
      FOLDER_FILES.map(bold).join(", "),
      "configuration of the current folder; the first one that is there counts",
    ),
    item(
      USER_FILES.map((name) => bold(`~/.config/fbtr/${name}`)).join(", "),
      "configuration of the user, if the current folder has none",
    ),
    item(bold("~/.local/state/fbtr/"), "jobs with what they have translated"),
    item(bold("~/.cache/fbtr/"), "remembered translations; may be deleted at any time"),
    ".PP",
    "macOS and Windows have their own folders: fbtr is in Library/Application Support and " +
      "Library/Caches, or in AppData.",
  ],
};
