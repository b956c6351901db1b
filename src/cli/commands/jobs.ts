import type { Command } from "@commander-js/extra-typings";

import { oneLine } from "../../base/one-line.ts";
import { stateFolderOf, type Surroundings } from "../compose.ts";
import { EXIT_STATUS_HELP } from "../exit.ts";
import { addDaemonJobCommands } from "./daemon-jobs.ts";
import type { Terminal } from "../terminal.ts";

const EXAMPLES = `
Examples:
  $ fbtr jobs list
  $ fbtr jobs show 1f3a
  $ fbtr jobs show --findings 1f3a | grep C30
  $ fbtr jobs remove 1f3a 9c04
  $ fbtr jobs list --json | jq -r 'select(.state == "interrupted") | .input'
`;

const JSON_HELP = "print one line of JSON for each job";

/** Flagged segments are all shown; of unknown words as many as a job keeps. */
const LIST_LIMITS = { maxFlagged: Infinity, maxFindings: 5, maxWords: Infinity, maxDoubtful: 20 };

export function addJobsCommand(
  program: Command,
  terminal: Terminal,
  surroundings: Surroundings,
  end: (status: number) => void,
): void {
  const jobs = program
    .command("jobs")
    .summary("list, show and remove translation jobs")
    .description(
      "A job is a book with an engine and languages. It keeps every translated segment, so that an " +
        "interrupted book goes on and a finished one can be written again in another script. An id " +
        "can be shortened as long as it names one job only.",
    )
    .helpCommand(false)
    .addHelpText("after", EXAMPLES + EXIT_STATUS_HELP);
  addList(jobs, terminal, surroundings);
  addShow(jobs, terminal, surroundings);
  addRemove(jobs, terminal, surroundings);
  addDaemonJobCommands(jobs, terminal, surroundings, end);
}

const jsonLine = (type: string, data: object) => `${JSON.stringify({ type, ...data })}\n`;

function addList(jobs: Command, terminal: Terminal, surroundings: Surroundings): void {
  jobs
    .command("list")
    .summary("list all jobs, the one touched last first")
    .description(
      "Lists all jobs, the one touched last first: how far each is, and with which engine.",
    )
    .option("--json", JSON_HELP)
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async ({ json }) => {
      const { listJobs } = await import("../../job/jobs.ts");
      const { jobsTable } = await import("../../report/jobs-table.ts");
      const all = listJobs(await stateFolderOf(surroundings));
      const lines = all.map((job) => jsonLine("job", job));
      await terminal.writeOut(json ? lines.join("") : jobsTable(all, surroundings.clock.now()));
    });
}

function addShow(jobs: Command, terminal: Terminal, surroundings: Surroundings): void {
  jobs
    .command("show")
    .summary("show the report of a job")
    .description(
      "Shows the report of a job as far as it is, with every flagged segment and the first findings " +
        "of each check. Findings are translated passages that are worth a look: a warning where a " +
        "reader would likely stumble, a hint for who polishes the book.",
    )
    .argument("<id>", "id of the job, or how it begins")
    .option("--findings", "list every finding instead, a line each, in the order of the book")
    .option("--json", JSON_HELP)
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (id, { json, findings }) => {
      if (findings) return listFindings(id, json, terminal, surroundings);
      const { showReport } = await import("../../job/jobs.ts");
      const { reportPage } = await import("../../report/report-page.ts");
      const report = showReport(await stateFolderOf(surroundings), id);
      const resume = `the same fbtr translate command for ${report.snapshot.input}`;
      await terminal.writeOut(
        json ? jsonLine("report", report) : reportPage(report, { resume, ...LIST_LIMITS }),
      );
    });
}

async function listFindings(
  id: string,
  json: true | undefined,
  terminal: Terminal,
  surroundings: Surroundings,
): Promise<void> {
  const { showFindings } = await import("../../job/jobs.ts");
  const { findingLine } = await import("../../report/findings-text.ts");
  for (const finding of showFindings(await stateFolderOf(surroundings), id)) {
    await terminal.writeOut(json ? jsonLine("finding", finding) : findingLine(finding));
  }
}

function addRemove(jobs: Command, terminal: Terminal, surroundings: Surroundings): void {
  jobs
    .command("remove")
    .summary("forget jobs and what they have translated")
    .description(
      "Forgets jobs and what they have translated. Books that are written stay. A job that is " +
        "worked on is not removed. If an id names no job, none is removed.",
    )
    .argument("<id...>", "ids of jobs, or how they begin")
    .option("--json", JSON_HELP)
    .addHelpText("after", EXIT_STATUS_HELP)
    .action(async (ids, { json }) => {
      const { removeJob, showJob } = await import("../../job/jobs.ts");
      const stateFolder = await stateFolderOf(surroundings);
      const found = ids.map((id) => showJob(stateFolder, id));
      for (const { id, title } of new Map(found.map((job) => [job.id, job])).values()) {
        removeJob(stateFolder, id);
        const line = json ? jsonLine("job_removed", { id }) : `Removed ${id} (${oneLine(title)})\n`;
        await terminal.writeOut(line);
      }
    });
}
