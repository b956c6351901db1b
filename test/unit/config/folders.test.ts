import { describe, expect, it } from "vitest";

import { userFolders } from "../../../src/config/folders.ts";

describe("the folders of a user", () => {
  it("follow the XDG variables", () => {
    const environment = {
      XDG_CONFIG_HOME: "/x/config",
      XDG_STATE_HOME: "/x/state",
      XDG_CACHE_HOME: "/x/cache",
    };
    expect(userFolders(environment, "linux", "/home/ana")).toEqual({
      config: "/x/config/fbtr",
      state: "/x/state/fbtr",
      cache: "/x/cache/fbtr",
    });
  });

  it("have defaults, also instead of relative and empty values", () => {
    const environment = { XDG_STATE_HOME: "state", XDG_CACHE_HOME: "" };
    expect(userFolders(environment, "linux", "/home/ana")).toEqual({
      config: "/home/ana/.config/fbtr",
      state: "/home/ana/.local/state/fbtr",
      cache: "/home/ana/.cache/fbtr",
    });
  });

  it("are the platform's own elsewhere", () => {
    expect(userFolders({}, "darwin", "/Users/ana").cache).toBe("/Users/ana/Library/Caches/fbtr");
    const environment = { APPDATA: "D:\\Roaming", LOCALAPPDATA: "D:\\Local" };
    expect(userFolders(environment, "win32", "C:\\Users\\ana")).toEqual({
      config: "D:\\Roaming\\fbtr",
      state: "D:\\Local\\fbtr",
      cache: "D:\\Local\\fbtr",
    });
  });
});
