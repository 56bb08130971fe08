import { MirrorError } from '../../src/base/errors.ts'
import type { Random } from './random.ts'
import type { Target } from './target.ts'

/** A parser that takes longer for an input of at most `MOST_INPUT_BYTES` does not end, for all we know. */
const LONGEST_PARSE_MS = 2000

const NO_PACKET = "expected a packet of Git's protocol, found"

/** What a parser did that it must not do. */
export class Fault extends Error {
  override readonly name = 'Fault'
}

/** What a parser says: a value, or its refusal. */
interface Outcome {
  readonly isFound: boolean
  readonly found: unknown
  /** As JSON. */
  readonly text: string
}

async function outcomeOf(target: Target, chunks: readonly Uint8Array[]): Promise<Outcome> {
  try {
    const found = await target.parse(chunks)
    return { isFound: true, found, text: show({ value: found ?? null }) }
  } catch (error) {
    return { isFound: false, found: undefined, text: refusalOf(error) }
  }
}

function refusalOf(error: unknown): string {
  if (error instanceof Fault) throw error
  if (!(error instanceof MirrorError)) throw new Fault(`it throws ${describe(error)}`, { cause: error })
  const { code, message, hint, retryable, serverText } = error
  if (!/^\S.*\S/su.test(message) || /\bundefined\b|\[object |\bNaN\b/.test(withoutQuotes(message))) {
    throw new Fault(`its error is no sentence: ${message}`, { cause: error })
  }
  // It quotes what has arrived: who wrote that may wait for an answer, and is not waited for.
  if (message.startsWith(NO_PACKET)) return show({ code, hint, retryable })
  return show({ code, message, hint, retryable, serverText })
}

function show(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return String(inner)
    if (inner instanceof Map) return { map: [...inner] }
    if (inner instanceof Set) return { set: [...inner] }
    if (inner instanceof Uint8Array) return { bytes: Buffer.from(inner).toString('latin1') }
    return inner
  })
}

/** A server's words stand in quotes in our sentences, and may be anything. */
function withoutQuotes(message: string): string {
  return message.replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/^the server (?:said|broke off): [^]*$/, '')
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

/**
 * Runs a parser over `bytes` in the ways in which they may come.
 * @throws Fault where it throws what is no MirrorError, takes too long, says something else of the same bytes in other chunks, or does not
 *   read what was written of what it found.
 */
export async function judge(target: Target, bytes: Uint8Array, random: Random): Promise<void> {
  const begun = performance.now()
  const whole = await outcomeOf(target, [bytes])
  if (performance.now() - begun > LONGEST_PARSE_MS) await requireQuick(target, bytes)
  if (target.isStream && bytes.length > 1) {
    const cut = await outcomeOf(target, cutAnywhere(bytes, random))
    if (cut.text !== whole.text) {
      throw new Fault(`in chunks it says ${shorten(cut.text)}, in one ${shorten(whole.text)}`)
    }
  }
  const encoded = whole.isFound ? target.encode?.(whole.found) : undefined
  if (encoded === undefined) return
  const again = await outcomeOf(target, [encoded])
  if (again.text !== whole.text) {
    throw new Fault(`written and read again it is ${shorten(again.text)}, not ${shorten(whole.text)}`)
  }
}

/** Once more: the machine may have been busy, or asleep. */
async function requireQuick(target: Target, bytes: Uint8Array): Promise<void> {
  const begun = performance.now()
  await outcomeOf(target, [bytes])
  const taken = performance.now() - begun
  if (taken > LONGEST_PARSE_MS) throw new Fault(`it takes ${Math.round(taken)} ms`)
}

function cutAnywhere(bytes: Uint8Array, random: Random): readonly Uint8Array[] {
  const longest = random.pick([1, 3, 8, 64, 4096])
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const size = 1 + random.below(longest)
    chunks.push(bytes.subarray(at, at + size))
    at += size
  }
  return chunks
}

function shorten(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}
