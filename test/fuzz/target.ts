import type { Random } from './random.ts'

/** A parser of what a stranger wrote. */
export interface Target {
  readonly name: string
  /** Inputs to begin with, beside those of the corpus. */
  readonly seeds: readonly Uint8Array[]
  /** Words of its language, to put into inputs. */
  readonly words: readonly string[]
  /**
   * What the parser makes of the bytes, in a form that can be compared and printed as JSON; for a stream they come in
   * chunks, for a text in one. @throws MirrorError, and nothing else.
   */
  parse(chunks: readonly Uint8Array[]): Promise<unknown>
  /** Whether it reads a stream, whose chunks may be cut anywhere. */
  readonly isStream: boolean
  /**
   * For a parser beside which an encoder stands, or can stand in a line: the bytes of what it found. Parsed again, they
   * have to give the same. Undefined: that value has no such form.
   */
  encode?(found: unknown): Uint8Array | undefined
  /** Where less than usual says it all, and each byte takes long. */
  readonly mostBytes?: number
  /** A change that keeps the framing of the input right. */
  change?(bytes: Uint8Array, random: Random): Uint8Array
}
