import { Ssh2Client } from "../../src/worker/ssh/ssh2-client.ts";
import { describeSshConnecting } from "./ssh-connecting.contract.ts";
import { describeSshConnection } from "./ssh-connection.contract.ts";

describeSshConnection("ssh2", (options) => new Ssh2Client(options));
describeSshConnecting("ssh2", (options) => new Ssh2Client(options));
