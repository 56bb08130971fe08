import { MirrorError } from '../base/errors.ts'
import { LineBudget } from './line-budget.ts'
import { hexLength, isObjectId, type ObjectFormat, type ObjectId } from './object-id.ts'
import { PACKET_HEADER, PacketReader, parseLength } from './pkt-line.ts'
import { LONGEST_REF_NAME } from './ref-name.ts'
import { unexpectedLine } from './wire-errors.ts'

export const SHOWN = 200

const SPACE = 0x20

const LF = 0x0a

/** A line of `text`: an id from `start` to `space`, and what follows the space up to `end`, at least one character. */
export type TakeRef = (text: string, start: number, space: number, end: number) => void

/**
 * Hands over lines that begin with an id, as far as they are here whole and ASCII; the first that is another one
 * ends that. For a hundred thousand of them: bytes are looked at, not characters, since texts come in many kinds
 * and V8 compiles anew for each.
 * @throws MirrorError `limit`.
 */
export function takeRefsNow(
  packets: PacketReader,
  o: { readonly format: ObjectFormat; readonly budget: LineBudget; readonly take: TakeRef },
): void {
  const here = packets.textNow()
  if (here === undefined) return
  const { view, text } = here
  const idLength = hexLength(o.format)
  let at = here.at
  let lines = 0
  for (;;) {
    const start = at + PACKET_HEADER
    const space = start + idLength
    if (space >= view.length || view[space] !== SPACE) break
    const next = at + parseLength(view, at)
    if (next > view.length) break
    const end = view[next - 1] === LF ? next - 1 : next
    if (space + 1 >= end || !isHex(view, start, space)) break
    o.take(text, start, space, end)
    at = next
    lines++
  }
  o.budget.take(at - here.at - lines * PACKET_HEADER, lines)
  packets.skipNow(at - here.at)
}

function isHex(view: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = view[at]!
    if (code < 0x30 || code > 0x66 || (code > 0x39 && code < 0x61)) return false
  }
  return true
}

/** The id that `line` begins with; a space follows it. @throws MirrorError `protocol` that shows the line. */
export function takeId(line: string, format: ObjectFormat): ObjectId {
  const id = line.slice(0, hexLength(format))
  if (isObjectId(id, format) && line.charCodeAt(id.length) === SPACE) return id
  throw unexpectedLine(line, 'an object id and a ref name')
}

/** `text` as an id of `format`. @throws MirrorError `protocol` that shows `line`. */
export function parseId(text: string, format: ObjectFormat, line: string): ObjectId {
  if (isObjectId(text, format)) return text
  throw unexpectedLine(line, 'an object id and a ref name')
}

/** A name as a server wrote it, whatever it holds. @throws MirrorError `protocol` for none, `limit` past 4,096 characters. */
export function checkName(name: string, id: ObjectId): string {
  if (name === '') throw unexpectedLine(`${id} `, 'an object id and a ref name')
  if (name.length > LONGEST_REF_NAME) {
    throw new MirrorError(`a ref name of the server is longer than ${LONGEST_REF_NAME} characters`, {
      code: 'limit',
      serverText: name.slice(0, SHOWN),
    })
  }
  return name
}
