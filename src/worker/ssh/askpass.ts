/**
 * What the system's ssh starts when it has a question: hands the question to fbtr, prints the answer.
 * Arguments: the socket where fbtr listens, the question. Without an answer the status is 1.
 */
import { connect } from "node:net";
import { text } from "node:stream/consumers";

const [socketPath = "", question = ""] = process.argv.slice(2);
const socket = connect(socketPath);
socket.end(question);
const answer = await text(socket);
if (answer === "") process.exitCode = 1;
else process.stdout.write(`${answer}\n`);
