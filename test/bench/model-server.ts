import { startModelServer } from "../support/model-server.ts";

/**
 * A process with a model server that answers after the milliseconds of the first argument, with
 * Serbian letters for Russian ones. Prints its base URL; on each line of standard input prints how
 * many requests it has answered.
 */
const RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
/** Other letters of the same kind, so that no Russian word is left that the checks would find. */
const SERBIAN = "евгдбаојзжоипкнмуртсиквцчшццаиаое";

const [delayMs = "0"] = process.argv.slice(2);
const server = await startModelServer({
  delayMs: Number(delayMs),
  translate: (text) =>
    text.toLowerCase().replaceAll(/[а-яё]/gu, (letter) => SERBIAN[RUSSIAN.indexOf(letter)] ?? ""),
});
console.log(server.baseUrl);
process.stdin.on("data", () => console.log(server.seen.length));
