import { MirrorError } from '../base/errors.ts'

/** What one listing may hold: four times a million refs, with long names. */
export const LISTING_LINES = 4_000_000
export const LISTING_BYTES = 1024 ** 3

/** What any other answer in lines may hold. */
export const ANSWER_LIMITS: LineLimits = { lines: 1_000_000, bytes: 256 * 1024 ** 2 }

export interface LineLimits {
  readonly lines?: number | undefined
  /** Payload bytes of all lines together. */
  readonly bytes?: number | undefined
}

/** Counts the lines of one listing, so that a server cannot fill the memory. */
export class LineBudget {
  readonly #what: string
  #lines: number
  #bytes: number

  /** `what`: the lines as a plural, for the error. */
  constructor(what: string, limits: LineLimits = {}) {
    this.#what = what
    this.#lines = limits.lines ?? LISTING_LINES
    this.#bytes = limits.bytes ?? LISTING_BYTES
  }

  /** A line of `length` bytes was read, or several of as many together. @throws MirrorError `limit`. */
  take(length: number, lines = 1): void {
    this.#bytes -= length
    this.#lines -= lines
    if (this.#lines >= 0 && this.#bytes >= 0) return
    throw tooMuch(this.#what)
  }
}

/** The error for a server that does not come to an end of `what`. */
export function tooMuch(what: string): MirrorError {
  return new MirrorError(`the server sent more ${what} than any real repository has`, { code: 'limit' })
}
