import { openHttpStore } from '../../../src/lfs/api/http-store.ts'
import type { LfsStore } from '../../../src/lfs/api/store.ts'
import { HttpClient } from '../../../src/transport/http-client/http-client.ts'

/** The LFS server of `o/r` at a port of this machine, as a run talks with it. */
export function openLocalHttpStore(port: number, side: 'source' | 'destination'): LfsStore {
  const endpoint = new URL(`http://127.0.0.1:${port}/o/r.git/info/lfs`)
  return openHttpStore({
    http: {
      client: new HttpClient({ env: {}, limit: 5000 }),
      userAgent: 'git/kalandra-test',
      side,
      signal: new AbortController().signal,
      idleTimeout: 5000,
    },
    label: `port ${port}`,
    access: () => Promise.resolve({ endpoint, header: {}, publicOnly: false }),
    ref: undefined,
  })
}
