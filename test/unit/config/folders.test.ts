import { expect, it } from "vitest";

import { userFolders } from "../../../src/config/folders.ts";

it("follows the XDG specification on Linux", () => {
  expect(userFolders({}, "linux", "/home/ana")).toEqual({
    config: "/home/ana/.config/fbtr",
    state: "/home/ana/.local/state/fbtr",
    cache: "/home/ana/.cache/fbtr",
  });
  const environment = { XDG_CONFIG_HOME: "/c", XDG_STATE_HOME: "/s/", XDG_CACHE_HOME: "/k" };
  expect(userFolders(environment, "linux", "/home/ana")).toEqual({
    config: "/c/fbtr",
    state: "/s/fbtr",
    cache: "/k/fbtr",
  });
});

it.each(["", "relative", "./here", "~/config"])(
  "ignores %j, which is no absolute path",
  (value) => {
    const environment = { XDG_CONFIG_HOME: value, XDG_STATE_HOME: value, XDG_CACHE_HOME: value };
    expect(userFolders(environment, "linux", "/home/ana")).toEqual(
      userFolders({}, "linux", "/home/ana"),
    );
  },
);

it("uses the Library of macOS, unless XDG variables say otherwise", () => {
  expect(userFolders({ XDG_CACHE_HOME: "/k" }, "darwin", "/Users/ana")).toEqual({
    config: "/Users/ana/Library/Application Support/fbtr",
    state: "/Users/ana/Library/Application Support/fbtr",
    cache: "/k/fbtr",
  });
  expect(userFolders({}, "darwin", "/Users/ana").cache).toBe("/Users/ana/Library/Caches/fbtr");
});

it("uses the AppData folders of Windows, also when their variables are missing", () => {
  const roaming = String.raw`D:\Profile\Roaming`;
  const home = String.raw`C:\Users\ana`;
  expect(userFolders({ APPDATA: roaming }, "win32", home)).toEqual({
    config: String.raw`D:\Profile\Roaming\fbtr`,
    state: String.raw`C:\Users\ana\AppData\Local\fbtr`,
    cache: String.raw`C:\Users\ana\AppData\Local\Cache\fbtr`,
  });
});
