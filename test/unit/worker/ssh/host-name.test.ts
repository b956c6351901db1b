import { expect, it } from "vitest";

import { checkedHostName, checkedUserName } from "../../../../src/worker/ssh/host-name.ts";

it.each(["one.example", "10.0.0.1", "::1", "my_host-2", "W"])(
  "lets the host %s through",
  (host) => {
    expect(checkedHostName(host)).toBe(host);
  },
);

it.each(["", "-oProxyCommand=x", "a b", "a;b", "$(id)", "a\nb", "a/b", "`id`", "a".repeat(256)])(
  "refuses the host %j",
  (host) => {
    expect(() => checkedHostName(host)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID" }),
    );
  },
);

it.each(["root", "first.last", "user+x", "u@domain.example", "machine$"])(
  "lets the user %s through",
  (user) => {
    expect(checkedUserName(user)).toBe(user);
  },
);

it.each(["", "-l", "a b", "a;b", "$(id)", "a'b"])("refuses the user %j", (user) => {
  expect(() => checkedUserName(user)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
});
