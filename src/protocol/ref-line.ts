import { MirrorError } from '../base/errors.ts'
import { LineBudget } from './line-budget.ts'
import { hexLength, isNullId, isObjectId, type ObjectFormat, type ObjectId } from './object-id.ts'
import { PACKET_HEADER_BYTES, PacketReader, parseLength } from './pkt-line.ts'
import { LONGEST_REF_NAME_BYTES } from './ref-name.ts'
import { unexpectedLine } from './wire-errors.ts'

/** Characters of a name that an error shows. */
const NAME_SHOWN_CHARACTERS = 200

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
  options: { readonly format: ObjectFormat; readonly budget: LineBudget; readonly take: TakeRef },
): void {
  const here = packets.textNow()
  if (here === undefined) return
  const { view, text } = here
  const idLength = hexLength(options.format)
  let at = here.at
  let lines = 0
  for (;;) {
    const start = at + PACKET_HEADER_BYTES
    const space = start + idLength
    if (space >= view.length || view[space] !== SPACE) break
    const next = at + parseLength(view, at)
    if (next > view.length) break
    const end = view[next - 1] === LF ? next - 1 : next
    if (space + 1 >= end || !isHex(view, start, space)) break
    options.take(text, start, space, end)
    at = next
    lines++
  }
  options.budget.take(at - here.at - lines * PACKET_HEADER_BYTES, lines)
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
  if (name.length > LONGEST_REF_NAME_BYTES) {
    throw new MirrorError(`a ref name of the server is longer than ${LONGEST_REF_NAME_BYTES} characters`, {
      code: 'limit',
      serverText: name.slice(0, NAME_SHOWN_CHARACTERS),
    })
  }
  return name
}

/**
 * A ref as a server shows it. The name is not checked: it may be anything a server can write. Bytes that are no
 * UTF-8 have become U+FFFD, and `whyInvalidRefName` refuses such a name.
 */
export interface AdvertisedRef {
  readonly name: string
  readonly id: ObjectId
  /** What an annotated tag points to in the end. */
  readonly peeled?: ObjectId | undefined
  /** The ref that a symbolic ref names. */
  readonly symrefTarget?: string | undefined
}

/**
 * A ref that a listing names without a value that can be believed. It is no value, and it is no absence either: such a
 * ref is neither updated nor deleted because of this line.
 */
export interface DamagedRef {
  /** As far as the line tells; it may be no valid name. */
  readonly name: string
  /** What is wrong with the line, as the end of a sentence. */
  readonly reason: string
}

export interface BelievedRefs {
  readonly refs: readonly AdvertisedRef[]
  readonly damaged: readonly DamagedRef[]
}

type Draft = { -readonly [key in keyof AdvertisedRef]: AdvertisedRef[key] }

/** HEAD and its like: names outside of `refs/` that git itself uses. */
const PSEUDO_REF = /^[A-Z][A-Z_-]*$/

const PEELED = '^{}'

/**
 * Gathers the refs of one listing, and sets apart what is damaged: git lists a broken ref with the null id, and a name
 * that stands there twice has no value at all.
 */
export class ListedRefs {
  readonly #refs: Draft[] = []
  readonly #damaged = new Map<string, DamagedRef>()
  #last = ''
  /** All names, from the first one on that is out of order; servers list refs in the order of their names. */
  #names: Set<string> | undefined

  add(ref: AdvertisedRef): void {
    const { name, id } = ref
    if (!this.#isNew(name)) this.doubt(name, 'it is listed twice')
    else if (isNullId(id)) this.doubt(name, 'it is listed with the null id, as broken refs are')
    else if (name.endsWith(PEELED))
      this.doubt(name.slice(0, -PEELED.length), 'only its peeled line is listed')
    else if (!name.startsWith('refs/') && !PSEUDO_REF.test(name)) {
      this.doubt(name, 'its name does not begin with refs/')
    } else if (ref.peeled !== undefined && isNullId(ref.peeled))
      this.doubt(name, 'its peeled id is the null id')
    else this.#refs.push(ref)
  }

  /** Takes the line `NAME^{}` of v0, which follows the line of its tag. `capabilities^{}` stands for no refs at all. */
  addPeeled(name: string, id: ObjectId): void {
    if (name === `capabilities${PEELED}`) return
    const tag = name.slice(0, -PEELED.length)
    const last = this.#refs.at(-1)
    if (last === undefined || last.name !== tag) this.doubt(tag, 'only its peeled line is listed')
    else if (isNullId(id)) this.doubt(tag, 'its peeled id is the null id')
    else last.peeled = id
  }

  /** The first reason stays. */
  doubt(name: string, reason: string): void {
    if (!PSEUDO_REF.test(name) && !this.#damaged.has(name)) this.#damaged.set(name, { name, reason })
  }

  /** The symbolic refs that the capabilities of v0 name. */
  link(targets: ReadonlyMap<string, string>): void {
    if (targets.size === 0) return
    for (const ref of this.#refs) {
      const target = targets.get(ref.name)
      if (target !== undefined) ref.symrefTarget = target
    }
  }

  result(): BelievedRefs {
    const damaged = [...this.#damaged.values()]
    if (damaged.length === 0) return { refs: this.#refs, damaged }
    return { refs: this.#refs.filter(({ name }) => !this.#damaged.has(name)), damaged }
  }

  #isNew(name: string): boolean {
    if (this.#names === undefined) {
      if (name > this.#last) {
        this.#last = name
        return true
      }
      if (name === this.#last) return false
      this.#names = new Set(this.#damaged.keys())
      for (const ref of this.#refs) this.#names.add(ref.name)
    }
    const { size } = this.#names
    return this.#names.add(name).size > size
  }
}
