import { MirrorError, toMirrorError } from '../base/errors.ts'
import type { LfsObject, Standing } from './api/store.ts'
import { type Carried, type CarryOptions, NOTHING } from './carry-options.ts'

/** Names in a message. */
const NAMES_LIMIT = 5

/** What could not be carried. */
export interface LeftOut {
  /** The source does not give them. */
  readonly lost: Standing[]
  /** The destination does not take them. */
  readonly refused: Refused[]
}

type Refused = Extract<Standing, { readonly kind: 'refused' }>

/** @throws MirrorError with `true` and `full` */
export function tellLost({ mode, notice }: CarryOptions, lost: readonly Standing[]): void {
  if (lost.length === 0) return
  const [reason] = lost.flatMap((standing) => (standing.kind === 'refused' ? [standing] : []))
  const why = reason === undefined ? '' : ` (it says: ${reason.message}, ${reason.code})`
  const text = `the source’s LFS server does not give ${listObjects(lost.map(({ object }) => object))}${why}: the destination lacks ${lost.length === 1 ? 'it' : 'them'}, too`
  if (mode !== 'auto') throw new MirrorError(text, { code: 'not-found', side: 'source', hint: LOST_HINT })
  notice('warning', `${text}. ${LOST_HINT}`)
}

const LOST_HINT =
  'Whoever has the files can upload them with `git lfs push --all` to the source; pointers in documentation or tests may mean nothing.'

/** @throws MirrorError for objects that the destination will not take */
export function failForRefused(refused: readonly Refused[]): void {
  const [first] = refused
  if (first === undefined) return
  throw new MirrorError(
    `the destination’s LFS server refuses ${listObjects(refused.map(({ object }) => object))}: ${first.message} (${first.code})`,
    {
      code: 'http',
      side: 'destination',
      status: first.code,
      serverText: first.message,
      hint: 'The other objects have arrived, and no ref was moved. With lfs: false the refs are mirrored without LFS objects.',
    },
  )
}

/** One end does not speak LFS, or not with us. */
export function giveUp({ mode, notice }: CarryOptions, count: number, thrown: unknown): Carried {
  const error = toMirrorError(thrown, { code: 'cut', retryable: true })
  // What passes says nothing about what the server can do.
  if (mode !== 'auto' || error.retryable || error.code === 'cancelled') throw error
  notice(
    'warning',
    `${count} LFS ${count === 1 ? 'object is' : 'objects are'} not carried: ${error.message}${error.hint === undefined ? '' : `. ${error.hint}`}`,
  )
  return NOTHING
}

export function listObjects(objects: readonly LfsObject[]): string {
  const names = objects.slice(0, NAMES_LIMIT).map(({ oid }) => oid)
  const more = objects.length - names.length
  return `${objects.length === 1 ? 'the LFS object' : 'the LFS objects'} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
