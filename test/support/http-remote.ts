import { createHttpRemote, type HttpRemoteOptions } from '../../src/transport/http/http-remote.ts'
import { parseRemoteUrl } from '../../src/transport/address/remote-url.ts'
import type { Connection, OpenOptions, Remote } from '../../src/transport/connection/connection.ts'

export interface TestRemote extends AsyncDisposable {
  readonly remote: Remote
  readonly notices: readonly string[]
  /** Opens upload-pack in version 2. */
  source(options?: Partial<OpenOptions>): Promise<Connection>
  /** Opens receive-pack. */
  destination(options?: Partial<OpenOptions>): Promise<Connection>
}

export interface TestRemoteOptions extends Partial<Omit<HttpRemoteOptions, 'credentials'>> {
  readonly token?: string
  readonly username?: string
}

/** The http remote for an address, disposed with the test. */
export function useHttpRemote(address: string, options: TestRemoteOptions = {}): TestRemote {
  const { token, username, ...rest } = options
  const url = parseRemoteUrl(address, 'address')
  if (url.scheme !== 'http' && url.scheme !== 'https') throw new Error(`${address} is no http address`)
  const notices: string[] = []
  const remote = createHttpRemote(url, {
    env: {},
    userAgent: 'git/test-1.0',
    limits: { connect: 20_000 },
    onNotice: (text) => notices.push(text),
    ...rest,
    credentials: { ...(token !== undefined && { token }), ...(username !== undefined && { username }) },
  })
  const never = new AbortController().signal
  return {
    remote,
    notices,
    source: (open) => remote.open({ service: 'git-upload-pack', version: 2, signal: never, ...open }),
    destination: (open) => remote.open({ service: 'git-receive-pack', signal: never, ...open }),
    [Symbol.asyncDispose]: () => remote.dispose(),
  }
}

/** One pkt-line of text. */
export function packet(text: string): string {
  return (Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text
}

/** A v2 ls-refs request with some prefixes. */
export function lsRefs(...prefixes: readonly string[]): Uint8Array {
  const args = prefixes.map((prefix) => packet(`ref-prefix ${prefix}\n`)).join('')
  return Buffer.from(`${packet('command=ls-refs\n')}${packet('object-format=sha1')}0001${args}0000`)
}

/** Waits until `is` gives true, and fails after 20 seconds. */
export async function until(is: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!is()) {
    if (Date.now() > end) throw new Error('what was waited for did not come about')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
