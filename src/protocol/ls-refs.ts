import { concatBytes } from '../base/bytes.ts'
import { type Capabilities, encodeCommandHead, featuresOf } from './capabilities.ts'
import { LineBudget, type LineLimits } from './line-budget.ts'
import { hexLength, type ObjectFormat } from './object-id.ts'
import { encodePackets, FLUSH, lineOf, PacketReader } from './pkt-line.ts'
import {
  type AdvertisedRef,
  type BelievedRefs,
  checkName,
  ListedRefs,
  parseId,
  takeId,
  takeRefsNow,
} from './ref-line.ts'
import { cutIn, unexpectedLine } from './wire-errors.ts'

/** git ignores all prefixes when there are more than 65,536 of them (gitprotocol-v2, "ls-refs"). */
const REQUEST_PREFIXES = 1000

export interface LsRefsRequest {
  readonly capabilities: Capabilities
  readonly format: ObjectFormat
  readonly agent: string
  /**
   * Beginnings of full names; none: everything. More than 1,000 are left out. A server may show other refs too:
   * the caller filters in any case.
   */
  readonly prefixes: readonly string[]
  readonly symrefs: boolean
  readonly peel?: boolean | undefined
  /** Ask for the branch of an unborn HEAD, where the server offers that. */
  readonly unborn?: boolean | undefined
}

/** The `ls-refs` command (gitprotocol-v2, "ls-refs"). @throws MirrorError `protocol` where it is not offered. */
export function encodeLsRefs(request: LsRefsRequest): Uint8Array {
  const { prefixes } = request
  const args: string[] = []
  if (request.peel === true) args.push('peel\n')
  if (request.symrefs) args.push('symrefs\n')
  if (request.unborn === true && featuresOf('ls-refs', request.capabilities).has('unborn')) {
    args.push('unborn\n')
  }
  if (prefixes.length <= REQUEST_PREFIXES) for (const prefix of prefixes) args.push(`ref-prefix ${prefix}\n`)
  return concatBytes([encodeCommandHead('ls-refs', request), encodePackets(args), FLUSH])
}

export interface RefList extends BelievedRefs {
  /** The branch that HEAD names when it has no commit yet. */
  readonly unbornHead?: string | undefined
}

/**
 * Reads the answer to `ls-refs`, by default up to 4 million lines and 1 GiB.
 * @throws MirrorError `cut`, `protocol`, `server`, `limit`.
 */
export async function readLsRefs(packets: PacketReader, limits: LineLimits = {}): Promise<RefList> {
  const budget = new LineBudget('refs', limits)
  const refs = new ListedRefs()
  let format: ObjectFormat | undefined
  let unbornHead: string | undefined
  const take = (text: string, start: number, space: number, end: number): void => {
    refs.add(parseRef(text, start, space, end))
  }
  for (;;) {
    if (format !== undefined) takeRefsNow(packets, { format, budget, take })
    const packet = packets.nextNow() ?? (await packets.next())
    if (packet === undefined) throw cutIn('the list of its refs')
    if (packet.kind === 'flush') return { ...refs.result(), unbornHead }
    if (packet.kind !== 'data') throw unexpectedLine(packet.kind, 'a ref or a flush')
    const line = lineOf(packet.payload)
    budget.take(line.length)
    if (line.startsWith('unborn ')) unbornHead = parseUnborn(line) ?? unbornHead
    else {
      format ??= line.charCodeAt(hexLength('sha256')) === SPACE ? 'sha256' : 'sha1'
      const id = takeId(line, format)
      refs.add(parseRef(line, 0, id.length, line.length))
    }
  }
}

function parseUnborn(line: string): string | undefined {
  return /^unborn HEAD symref-target:([^ ]+)/.exec(line)?.[1]
}

const SPACE = 0x20

/** `<id> <name>[ symref-target:<ref>][ peeled:<id>]` from `start` to `end` of `text`; `space` follows the id. */
function parseRef(text: string, start: number, space: number, end: number): AdvertisedRef {
  const id = text.slice(start, space)
  const found = text.indexOf(' ', space + 1)
  if (found < 0 || found >= end) return { name: checkName(text.slice(space + 1, end), id), id }
  const ref = { name: checkName(text.slice(space + 1, found), id), id }
  const words = text.slice(found + 1, end).split(' ')
  // A space is allowed in no name, and git lists a file with one in its name all the same.
  if (!words.every((word) => ATTRIBUTE.test(word)))
    return { name: checkName(text.slice(space + 1, end), id), id }
  return withAttributes(ref, words, text.slice(start, end))
}

/** Those that were not asked for say nothing about the value. */
const ATTRIBUTE = /^[a-z][a-z-]*:/

function withAttributes(ref: AdvertisedRef, words: readonly string[], line: string): AdvertisedRef {
  const format: ObjectFormat = ref.id.length === hexLength('sha1') ? 'sha1' : 'sha256'
  let symrefTarget: string | undefined
  let peeled: string | undefined
  for (const word of words) {
    if (word.startsWith('symref-target:')) symrefTarget = word.slice('symref-target:'.length)
    else if (word.startsWith('peeled:')) peeled = parseId(word.slice('peeled:'.length), format, line)
  }
  return { ...ref, peeled, symrefTarget }
}
