import { ByteReader } from '../base/bytes.ts'
import { MirrorError } from '../base/errors.ts'
import { ANSWER_LIMITS, LineBudget } from './line-budget.ts'
import { lineOf, PacketReader } from './pkt-line.ts'
import { unexpectedLine } from './wire-errors.ts'
import { SidebandReader } from './sideband.ts'

export type RefReport =
  /** `refname`: the ref that the server updated instead (a proxy ref of report-status-v2). */
  | { readonly ok: true; readonly refname?: string | undefined }
  | { readonly ok: false; readonly reason: string }

/** What receive-pack says about a push. Only a listing tells what is true. */
export interface PushReport {
  /** `ok`, or why the pack was not taken: then nothing was, whatever the refs say. */
  readonly unpack: string
  /** By the names of the commands. One that is not there was not done. */
  readonly refs: ReadonlyMap<string, RefReport>
}

/**
 * Reads the answer to a push to its end (gitprotocol-pack, "Report Status"): in band 1 the report is a stream
 * of pkt-lines of its own, cut anywhere by the outer packets.
 * @throws MirrorError `cut` when it ends before the report is complete, `server` for band 3 and ERR, `protocol`.
 */
export async function readPushReport(
  packets: PacketReader,
  options: { readonly sideband: boolean; readonly onProgress?: ((text: string) => void) | undefined },
): Promise<PushReport> {
  if (!options.sideband) return await readReport(packets)
  const band = new SidebandReader(packets, { onProgress: options.onProgress })
  const report = await readReport(new PacketReader(new ByteReader(slicesOf(band))))
  await readHookText(band)
  return report
}

async function* slicesOf(band: SidebandReader): AsyncGenerator<Uint8Array> {
  for (let slice = await band.next(); slice !== undefined; slice = await band.next()) yield slice
}

/** Bytes of data that may follow a report; git sends none. */
const AFTER_REPORT_BYTES = 1024 ** 2

/** Hooks may speak after the report; a flush ends the answer. Servers that hang up instead have said all. */
async function readHookText(band: SidebandReader): Promise<void> {
  let bytes = 0
  try {
    for (let slice = await band.next(); slice; slice = await band.next()) {
      bytes += slice.length
      if (bytes > AFTER_REPORT_BYTES) return
    }
  } catch (error) {
    if (!(error instanceof MirrorError) || error.code !== 'cut') throw error
  }
}

async function readReport(packets: PacketReader): Promise<PushReport> {
  const budget = new LineBudget('lines about the push', ANSWER_LIMITS)
  const refs = new Map<string, RefReport>()
  let unpack: string | undefined
  let ref: string | undefined
  for (;;) {
    const packet = packets.nextNow() ?? (await packets.next())
    if (packet === undefined) {
      // A server that says why it failed and hangs up has said enough.
      if (unpack !== undefined && unpack !== 'ok') return { unpack, refs }
      throw new MirrorError('the connection ended before the report of the push was complete', {
        code: 'cut',
        retryable: true,
      })
    }
    if (packet.kind === 'flush' && unpack !== undefined) return { unpack, refs }
    if (packet.kind !== 'data') throw unexpectedLine(packet.kind, 'the report of the push')
    budget.take(packet.payload.length)
    const line = lineOf(packet.payload)
    if (unpack === undefined) unpack = parseUnpack(line)
    else ref = readRefLine(line, refs, ref)
  }
}

function parseUnpack(line: string): string {
  if (line.startsWith('unpack ')) return line.slice('unpack '.length)
  throw unexpectedLine(line, 'the report of the push')
}

/**
 * A line about a ref. Words that are not known say nothing: a ref without `ok` was not done.
 * @returns the ref that following `option` lines are about.
 */
function readRefLine(
  line: string,
  refs: Map<string, RefReport>,
  ref: string | undefined,
): string | undefined {
  const [word, rest] = splitOnce(line)
  const [name, words] = splitOnce(rest)
  switch (word) {
    case 'ok':
      // One ref may be done in several places; a refusal in one of them stays.
      if (!refs.has(rest)) refs.set(rest, { ok: true })
      return rest
    case 'ng':
      refs.set(name, { ok: false, reason: words === '' ? 'no reason given' : words })
      return name
    case 'option':
      if (ref !== undefined && name === 'refname' && refs.get(ref)?.ok === true) {
        refs.set(ref, { ok: true, refname: words })
      }
      return ref
    default:
      return undefined
  }
}

function splitOnce(text: string): readonly [head: string, rest: string] {
  const space = text.indexOf(' ')
  return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)]
}
