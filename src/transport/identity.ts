import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Clock } from "../base/clock.ts";
import { createPrivateFile, readPrivateFile, writePrivateFile } from "../base/private-file.ts";
import type { CertificatePair } from "./certificate.ts";

/** Who this machine is to others: a name that never changes, and a key that may be rotated. */
export interface Identity {
  /** Random, made once. */
  readonly id: string;
  readonly current: CertificatePair;
  /** The key that is to follow; both are good until the others know it. */
  readonly next?: CertificatePair;
}

const FILE = "identity.json";

/** The name in the certificates of a machine: it is no name of the internet. */
export const serverNameOf = (id: string): string => `${id}.fbtr.internal`;

/** The identity of the state folder as it is now; undefined if none was made. */
export function knownIdentity(stateFolder: string): Identity | undefined {
  const text = readPrivateFile(join(stateFolder, FILE));
  return text === undefined ? undefined : (JSON.parse(text) as Identity);
}

/**
 * Reads the identity of the state folder, or makes one. Both ends of a pairing have one.
 *
 * @throws FbtrError CONFIG_INVALID if others could read the file.
 */
export async function loadIdentity(stateFolder: string, clock: Clock): Promise<Identity> {
  const known = knownIdentity(stateFolder);
  if (known) return known;
  const id = randomUUID();
  const identity = { id, current: await newPair(id, clock) };
  mkdirSync(stateFolder, { recursive: true });
  const isOurs = createPrivateFile(join(stateFolder, FILE), JSON.stringify(identity));
  return isOurs ? identity : loadIdentity(stateFolder, clock);
}

/** Makes the key that is to follow, unless there is one. Idempotent. */
export async function announceNextKey(stateFolder: string, clock: Clock): Promise<Identity> {
  const identity = await loadIdentity(stateFolder, clock);
  if (identity.next) return identity;
  const announced = { ...identity, next: await newPair(identity.id, clock) };
  writePrivateFile(join(stateFolder, FILE), JSON.stringify(announced));
  return announced;
}

/** Puts the announced key in the place of the current one. */
export async function switchToNextKey(stateFolder: string, clock: Clock): Promise<Identity> {
  const { id, current, next } = await loadIdentity(stateFolder, clock);
  const switched = { id, current: next ?? current };
  writePrivateFile(join(stateFolder, FILE), JSON.stringify(switched));
  return switched;
}

async function newPair(id: string, clock: Clock): Promise<CertificatePair> {
  // Loaded only where a key is made: it takes a sixth of a second.
  const { selfSignedPair } = await import("./certificate.ts");
  return selfSignedPair([serverNameOf(id)], clock.now());
}
