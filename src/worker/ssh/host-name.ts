import { FbtrError } from "../../base/errors.ts";

const HOST_NAME = /^(?!-)[A-Za-z0-9._:-]{1,255}$/;
const USER_NAME = /^(?!-)[A-Za-z0-9._@+-]{1,128}\$?$/;

/**
 * Lets a name through that can be nothing but a name: no option, no shell text, no file. Names come
 * from files and from the API, and go to the system's ssh.
 *
 * @throws FbtrError CONFIG_INVALID
 */
export function checkedHostName(host: string): string {
  if (HOST_NAME.test(host)) return host;
  throw new FbtrError("CONFIG_INVALID", `${JSON.stringify(host)} is not the name of a host`, {
    hint: "Letters, digits, dots, colons, hyphens and underscores make a host name.",
  });
}

/** @throws FbtrError CONFIG_INVALID, for the reasons of `checkedHostName`. */
export function checkedUserName(user: string): string {
  if (USER_NAME.test(user)) return user;
  throw new FbtrError("CONFIG_INVALID", `${JSON.stringify(user)} is not the name of a user`, {
    hint: "Set distributed.workers.<id>.user.",
  });
}
