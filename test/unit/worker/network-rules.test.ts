import { expect, it } from "vitest";

import { checkedAddresses } from "../../../src/worker/network-rules.ts";

const RULES = { allow: [], deny: [], ports: ["22", "2222"] };
const found =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses);

it("takes machines of the internet, of the house and this one", async () => {
  for (const address of ["93.184.216.34", "192.168.1.7", "127.0.0.1", "2001:4860:4860::8888"]) {
    expect(await checkedAddresses("w", 22, RULES, found(address))).toEqual([address]);
  }
});

it.each([
  "169.254.169.254",
  "::ffff:169.254.169.254",
  "64:ff9b::a9fe:a9fe",
  "2002:a9fe:a9fe::1",
  "fe80::1",
  "224.0.0.1",
  "ff02::1",
  "0.0.0.0",
  "::",
  "255.255.255.255",
  "fd00:ec2::254",
  "100.100.100.200",
])("never lets a daemon be sent to %s", async (address) => {
  await expect(checkedAddresses("w", 22, RULES, found(address))).rejects.toMatchObject({
    code: "WORKER_FORBIDDEN",
  });
});

it("looks at every address of a name", async () => {
  const both = found("93.184.216.34", "169.254.169.254");
  await expect(checkedAddresses("w", 22, RULES, both)).rejects.toThrow("169.254.169.254");
});

it("reads addresses in every way that they can be written", async () => {
  // Node resolves these as the operating system does, without asking anybody.
  for (const host of ["0xa9fea9fe", "2852039166"]) {
    await expect(checkedAddresses(host, 22, RULES)).rejects.toMatchObject({
      code: expect.stringMatching(/^WORKER_(?:FORBIDDEN|UNREACHABLE)$/) as string,
    });
  }
});

it("keeps to the networks that the user allows, without those that the user denies", async () => {
  const rules = { ...RULES, allow: ["192.168.0.0/16"], deny: ["192.168.66.0/24"] };
  expect(await checkedAddresses("w", 22, rules, found("192.168.1.7"))).toHaveLength(1);
  for (const address of ["192.168.66.1", "10.0.0.1", "2001:4860::1"]) {
    await expect(checkedAddresses("w", 22, rules, found(address))).rejects.toThrow(
      "distributed.network",
    );
  }
});

it("takes no port that is not allowed: the daemon is no port scanner", async () => {
  expect(await checkedAddresses("w", 2222, RULES, found("10.0.0.1"))).toHaveLength(1);
  await expect(checkedAddresses("w", 6379, RULES, found("10.0.0.1"))).rejects.toThrow("ports");
});

it("says which rule is no network", async () => {
  const rules = { ...RULES, allow: ["everything"] };
  await expect(checkedAddresses("w", 22, rules, found("10.0.0.1"))).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: "everything is no network",
  });
});
