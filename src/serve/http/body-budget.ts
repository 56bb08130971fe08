import type { IncomingMessage } from 'node:http'

/** Bytes of bodies that nobody has vouched for yet, over all requests. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024

/** Reads bodies of senders that may be anybody: however many send at once, they fill no more than so much memory. */
export class BodyBudget {
  readonly #most: number
  #used = 0

  constructor(most = MOST_WAITING_BYTES) {
    this.#most = most
  }

  /** Bytes that are taken now. */
  get used(): number {
    return this.#used
  }

  /**
   * Reads a body, and hands it to `use`; it counts until that has ended.
   * @returns `too-large` for more than `limit` bytes, `busy` where others have sent too much, `cut` where the sender is
   * gone before its end
   */
  async read<Value>(
    request: IncomingMessage,
    limit: number,
    use: (body: Uint8Array) => Promise<Value>,
  ): Promise<Value | 'too-large' | 'busy' | 'cut'> {
    if (Number(request.headers['content-length'] ?? 0) > limit) return 'too-large'
    const parts: Buffer[] = []
    let size = 0
    try {
      const end = await new Promise<'too-large' | 'busy' | 'cut' | undefined>((resolve) => {
        const stop = (reason: 'too-large' | 'busy' | 'cut' | undefined): void => {
          request.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut)
          resolve(reason)
        }
        // What was announced is not counted before it has come: a slow sender takes what it has sent.
        const onData = (part: Buffer): void => {
          size += part.length
          this.#used += part.length
          parts.push(part)
          if (size > limit) stop('too-large')
          else if (this.#used > this.#most) stop('busy')
        }
        const onEnd = (): void => stop(undefined)
        const onCut = (): void => stop('cut')
        request.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut)
      })
      return end ?? (await use(Buffer.concat(parts)))
    } finally {
      this.#used -= size
    }
  }
}
