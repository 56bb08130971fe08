import { concatBytes } from '../base/bytes.ts'
import { STEP_ITEMS, type Steps } from '../base/steps.ts'
import { MirrorError } from '../base/errors.ts'
import { agentWord, type Capabilities, encodeCommandHead, featuresOf, notOffered } from './capabilities.ts'
import type { ObjectFormat, ObjectId } from './object-id.ts'
import { encodePackets, FLUSH } from './pkt-line.ts'

/**
 * What is asked of an upload-pack; encoded for v2 or for v0. What only makes the answer smaller or quieter is left
 * out where the server did not offer it; what changes the meaning (depth, `shallow`, `filter`, `waitForDone`) is refused.
 */
export interface FetchRequest {
  readonly capabilities: Capabilities
  readonly format: ObjectFormat
  /** Empty: send none. */
  readonly agent: string
  readonly wants: readonly ObjectId[]
  readonly haves: readonly ObjectId[]
  readonly thin: boolean
  readonly ofsDelta: boolean
  readonly progress: boolean
  /** Commits whose parents the receiver lacks. */
  readonly shallow?: readonly ObjectId[] | undefined
  /** Commits from each want. */
  readonly deepen?: number | undefined
  /** Seconds since 1970. */
  readonly deepenSince?: number | undefined
  /** Which objects to leave out (git-rev-list(1), `--filter`). */
  readonly filter?: string | undefined
  /** Default: true. */
  readonly done?: boolean | undefined
  /** v2: answer with ACK lines alone. */
  readonly waitForDone?: boolean | undefined
}

/**
 * The `fetch` command (gitprotocol-v2, "fetch").
 * @throws MirrorError `protocol` without a want: git gives no answer at all to that, and a kept-open
 * connection would hang. Also for what was not offered.
 */
export function* encodeFetchV2(request: FetchRequest): Steps<Uint8Array> {
  const features = featuresOf('fetch', request.capabilities)
  if (request.waitForDone !== true) requireWant(request)
  else if (!features.has('wait-for-done')) throw notOffered('wait-for-done')
  if (isAboutDepth(request) && !features.has('shallow')) throw notOffered('a fetch by depth')
  if (request.filter !== undefined && !features.has('filter')) throw notOffered('a filtered fetch')
  const args: string[] = []
  if (request.thin) args.push('thin-pack\n')
  if (request.ofsDelta) args.push('ofs-delta\n')
  if (!request.progress) args.push('no-progress\n')
  if (request.waitForDone === true) args.push('wait-for-done\n')
  const others: string[] = []
  addDepth(others, request)
  if (request.filter !== undefined) others.push(`filter ${request.filter}\n`)
  return concatBytes([
    encodeCommandHead('fetch', request),
    encodePackets(args),
    ...(yield* encodeIds('want', request.wants)),
    encodePackets(others),
    ...(yield* encodeIds('have', request.haves)),
    encodePackets(request.done === false ? [] : ['done\n']),
    FLUSH,
  ])
}

/** A line for each id, in parts. */
function* encodeIds(word: string, ids: readonly ObjectId[]): Steps<readonly Uint8Array[]> {
  const parts: Uint8Array[] = []
  for (let from = 0; from < ids.length; from += STEP_ITEMS) {
    if (from > 0) yield
    parts.push(encodePackets(ids.slice(from, from + STEP_ITEMS).map((id) => `${word} ${id}\n`)))
  }
  return parts
}

/**
 * The two halves of a v0 or v1 request (gitprotocol-pack, "Packfile Negotiation"): wants with capabilities,
 * shallow and deepen lines and a flush; then haves and `done`. A server may be sent both at once.
 * @throws MirrorError `protocol` without a want, and for what was not offered.
 */
export function* encodeFetchV0(
  request: FetchRequest,
): Steps<{ readonly wants: Uint8Array; readonly haves: Uint8Array }> {
  const { capabilities } = request
  requireWant(request)
  if (isAboutDepth(request) && !capabilities.has('shallow')) throw notOffered('a fetch by depth')
  if (request.deepenSince !== undefined && !capabilities.has('deepen-since')) {
    throw notOffered('a fetch by date')
  }
  if (request.filter !== undefined && !capabilities.has('filter')) throw notOffered('a filtered fetch')
  const [first, ...others] = request.wants
  const head = [`want ${[first, ...wordsV0(request)].join(' ')}\n`]
  const rest: string[] = []
  addDepth(rest, request)
  if (request.filter !== undefined) rest.push(`filter ${request.filter}\n`)
  const wants = [encodePackets(head), ...(yield* encodeIds('want', others)), encodePackets(rest), FLUSH]
  const done = encodePackets(request.done === false ? [] : ['done\n'])
  return {
    wants: concatBytes(wants),
    haves: concatBytes([...(yield* encodeIds('have', request.haves)), done]),
  }
}

function requireWant(request: FetchRequest): void {
  if (request.wants.length > 0) return
  throw new MirrorError('a fetch without a want has no answer', { code: 'protocol' })
}

/** It cuts something off the history that the server goes by. */
export function isAboutDepth(request: Pick<FetchRequest, 'shallow' | 'deepen' | 'deepenSince'>): boolean {
  const { shallow = [], deepen, deepenSince } = request
  return shallow.length > 0 || deepen !== undefined || deepenSince !== undefined
}

function addDepth(lines: string[], request: FetchRequest): void {
  const { shallow = [], deepen, deepenSince } = request
  for (const id of shallow) lines.push(`shallow ${id}\n`)
  if (deepen !== undefined) lines.push(`deepen ${deepen}\n`)
  if (deepenSince !== undefined) lines.push(`deepen-since ${deepenSince}\n`)
}

/**
 * Some servers hang up when one of these is missing (dulwich: thin-pack, side-band-64k, ofs-delta; Azure and
 * CodeCommit: multi_ack): each that is offered and that the caller allows is asked for.
 */
function wordsV0(request: FetchRequest): readonly string[] {
  const { capabilities } = request
  const wanted: readonly (readonly [name: string, on: boolean])[] = [
    [capabilities.has('multi_ack_detailed') ? 'multi_ack_detailed' : 'multi_ack', true],
    [capabilities.has('side-band-64k') ? 'side-band-64k' : 'side-band', true],
    ['thin-pack', request.thin],
    ['ofs-delta', request.ofsDelta],
    ['no-progress', !request.progress],
    ['deepen-since', request.deepenSince !== undefined],
    ['filter', request.filter !== undefined],
  ]
  const words = wanted.filter(([name, on]) => on && capabilities.has(name)).map(([name]) => name)
  if (capabilities.has('object-format')) words.push(`object-format=${request.format}`)
  words.push(...agentWord(capabilities, request.agent))
  return words
}

/**
 * Whether a server hangs up on who does not ask for thin packs: dulwich does, though it makes none. It does not name
 * itself; git did so before it told symbolic refs.
 */
export function demandsThin(capabilities: Capabilities): boolean {
  return (
    capabilities.has('thin-pack') && capabilities.values('symref').length > 0 && !capabilities.has('agent')
  )
}
