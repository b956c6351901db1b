import { OpenSshClient } from "../../src/worker/ssh/openssh-client.ts";
import { describeSshConnecting } from "./ssh-connecting.contract.ts";
import { describeSshConnection } from "./ssh-connection.contract.ts";

describeSshConnection("openssh", (options) => new OpenSshClient(options));
describeSshConnecting("openssh", (options) => new OpenSshClient(options));
