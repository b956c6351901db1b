import { countText, durationText, shareText } from "../base/amount.ts";
import type { EventMap, FbtrEvent, ProgressData } from "../base/events.ts";
import { bookName } from "./book-name.ts";

const STEP_PERCENT = 10;
const STEP_MS = 10_000;

/** Tells a run as lines that are never drawn again: for log files and pipes. */
export class PlainPrinter {
  readonly #write: (text: string) => void;
  #toldPercent = 0;
  #toldAt = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  print(event: FbtrEvent): void {
    switch (event.type) {
      case "translation_started":
        this.#toldPercent = 0;
        this.#toldAt = Date.parse(event.timestamp);
        this.#write(`${startLine(event.data)}\n`);
        return;
      case "translation_progress":
        this.#progress(event.data, Date.parse(event.timestamp));
        return;
      case "translation_completed":
      case "translation_interrupted":
      case "translation_error":
        // The report or the account of the error follows and says more.
        return;
      case "distributed_worker_online":
      case "distributed_worker_offline":
      case "distributed_fallback":
        this.#write(`${newsOfWorkers(event)}\n`);
        return;
      default:
      // Nothing that a reader of a log would miss.
    }
  }

  tell(text: string): void {
    this.#write(text);
  }

  fail({ text }: { readonly text: string }): void {
    this.#write(text);
  }

  drain(text: string): void {
    this.#write(`${text}\n`);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** A line each 10 % or 10 seconds, whichever comes first. */
  #progress(data: ProgressData, at: number): void {
    const step = Math.floor(data.percent_complete / STEP_PERCENT);
    const isNewStep = step > Math.floor(this.#toldPercent / STEP_PERCENT);
    if (!isNewStep && at - this.#toldAt < STEP_MS) return;
    this.#toldPercent = data.percent_complete;
    this.#toldAt = at;
    this.#write(`${progressLine(data)}\n`);
  }
}

type WorkerNews = Extract<
  FbtrEvent,
  {
    readonly type:
      | "distributed_worker_online"
      | "distributed_worker_offline"
      | "distributed_fallback";
  }
>;

function newsOfWorkers({ message, data }: WorkerNews): string {
  return "error" in data ? `${message}: ${data.error}` : message;
}

function startLine(data: EventMap["translation_started"]): string {
  const { book_title, input, provider, provider_reason, items_total, items_resumed } = data;
  const book = bookName(book_title, input);
  const resumed = items_resumed > 0 ? `, ${countText(items_resumed)} of them done before` : "";
  const work = `${countText(items_total)} segments in ${countText(data.total_chapters)} sections`;
  return `Translating ${book} with ${provider} (${provider_reason}): ${work}${resumed}`;
}

function progressLine(data: ProgressData): string {
  const { items_completed, items_failed, items_total, speed, estimated_eta } = data;
  const done = items_completed + items_failed;
  return [
    `${shareText(done, Math.max(items_total, 1)).padStart(7)}: ${countText(done)} of ${countText(items_total)} segments`,
    ...(speed > 0 ? [`${countText(speed)}/s`] : []),
    ...(speed > 0 && done < items_total ? [`${durationText(estimated_eta * 1000)} left`] : []),
    ...(data.unknown_words > 0 ? [`${countText(data.unknown_words)} unknown words`] : []),
  ].join(", ");
}
