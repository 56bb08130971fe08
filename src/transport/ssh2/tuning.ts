import type { Readable } from 'node:stream'
import type { Socket } from 'node:net'
import { endedByServer } from './channel-state.ts'
import { decryptsToCopies, speedUpCiphers } from './ciphers.ts'
import { type FirstSignature, signFirstRequest } from './first-signature.ts'
import { DEFAULT_WINDOW_BYTES, enlargeWindow, type ReceiveWindow } from './receive-window.ts'
import { isStrict } from './strict-kex.ts'
import { sendWholePackets } from './whole-packets.ts'
import { watchGrants } from './window-grants.ts'

/**
 * Everything that reaches into the inside of the ssh library. A connection works without any of it; what is then
 * slower or coarser stands at each function.
 */
export interface Tuning {
  /** Without it: more processor time for each packet of AES-GCM. */
  speedUpCiphers(client: unknown, socket: Socket): void
  /** Without it (false): new memory for each piece that is read. */
  decryptsToCopies(client: unknown): boolean
  /** Without it: the server is asked whether it would take the key, a round trip more at the login. */
  signFirstRequest(client: unknown, options: FirstSignature): void
  /** Without it (false): connections whose cipher needs a strict key exchange are made again with another cipher. */
  isStrict(client: unknown): boolean
  /** Without it: 2 MiB, which a long line does not fill. */
  enlargeWindow(channel: unknown, size: number): ReceiveWindow
  /** Without it: a slow server is sent small packets. */
  sendWholePackets(channel: unknown): void
  /** Without it: only a write that has left counts as activity, not each part of it that the server made room for. */
  watchGrants(channel: unknown, onGrant: (bytes: number) => void): void
  /** Without it: a connection that breaks just behind the end of a channel may count as broken before it. */
  endedByServer(channel: Readable): boolean
}

const TUNED: Tuning = {
  speedUpCiphers,
  decryptsToCopies,
  signFirstRequest,
  isStrict,
  enlargeWindow,
  sendWholePackets,
  watchGrants,
  endedByServer,
}

const PLAIN: Tuning = {
  speedUpCiphers() {},
  decryptsToCopies: () => false,
  signFirstRequest() {},
  isStrict: () => false,
  enlargeWindow: () => ({ size: DEFAULT_WINDOW_BYTES, topUp() {} }),
  sendWholePackets() {},
  watchGrants() {},
  endedByServer: (channel) => channel.readableEnded,
}

/** All of it for the version of the library that it was tried with, nothing for any other. */
export function chooseTuning(library: { readonly tried: boolean }): Tuning {
  return library.tried ? TUNED : PLAIN
}
