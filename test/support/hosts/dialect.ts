import { cutPackets, joinPackets, lineOf, type Packet } from './packets.ts'

export type Service = 'git-upload-pack' | 'git-receive-pack'

export interface Ref {
  readonly id: string
  readonly name: string
}

/** One request, as far as a server reads it before it works on it. */
export interface Asked {
  readonly service: Service
  readonly version: 0 | 2
  /** Folder of the repository. */
  readonly repository: string
  /** v2: `ls-refs` or `fetch`. */
  readonly command: string | undefined
  /** Capabilities that were sent: behind the NUL or the first want, or v2's lines before the delimiter. */
  readonly words: readonly string[]
  /** What this server has advertised. */
  readonly offered: readonly string[]
  /** v2's arguments, v0's wants, haves and the like, receive-pack's commands; without capabilities. */
  readonly lines: readonly string[]
}

/** What a server does with a request it does not like. Ssh and git: the text goes to stderr. */
export type Refusal = 'hang-up' | { readonly status: number; readonly text: string }

/** How a server speaks Git's protocol: what git itself says, changed here and there. */
export interface Dialect {
  /** For git: `uploadpack.allowFilter=true`. */
  readonly config?: Readonly<Record<string, string>>
  /** Highest version of upload-pack. Default: 2. */
  readonly version?: 0 | 2
  /** Capabilities of v0 advertisements, made from git's own. */
  readonly words?: (service: Service, words: readonly string[]) => readonly string[]
  /** Capability lines of v2, made from git's own. */
  readonly lines?: (lines: readonly string[]) => readonly string[]
  /** Refs of v0 advertisements, made from git's own. */
  readonly refs?: (service: Service, refs: readonly Ref[]) => readonly Ref[]
  /** JGit and dulwich put a space before the first capability. */
  readonly leadingSpace?: boolean
  /** No line feed behind the line that says that there are no refs. */
  readonly bareNoRefs?: boolean
  /** Over http: `# service=` stands before v2's capabilities, too. */
  readonly serviceLine?: boolean
  /** Default: `refuseUnadvertised` that hangs up. */
  readonly refuse?: (asked: Asked) => Refusal | undefined
  /** Over http: why a pack is refused that came with a push; it is the whole of it. */
  readonly refusePack?: (asked: Asked, pack: Buffer) => Promise<Refusal | undefined>
  /** The answer, whole, before it goes out. */
  readonly rewrite?: (asked: Asked, answer: Buffer) => Buffer | Promise<Buffer>
}

/** Git's advertisement as this dialect says it, and what was offered in it. */
export function rewriteGreeting(
  dialect: Dialect,
  service: Service,
  greeting: Buffer,
): { readonly bytes: Buffer; readonly offered: readonly string[] } {
  const { packets } = cutPackets(greeting)
  const first = lineOf(packets[0] ?? 0)
  if (first === 'version 2') {
    const own = packets.filter((packet) => typeof packet !== 'number').map(lineOf)
    const offered = dialect.lines?.(own.slice(1)) ?? own.slice(1)
    return { bytes: joinPackets(['version 2\n', ...offered.map((line) => `${line}\n`), 0]), offered }
  }
  const { refs, words, shallow } = readV0(packets)
  const idLength = Math.max(40, first.indexOf(' '))
  const offered = dialect.words?.(service, words) ?? words
  const told = dialect.refs?.(service, refs) ?? refs
  const none: Ref = { id: '0'.repeat(idLength), name: 'capabilities^{}' }
  const bare = told.length === 0 && dialect.bareNoRefs === true
  const lines = (told.length === 0 ? [none] : told).map(({ id, name }, index) => {
    const tail = index === 0 ? `\0${dialect.leadingSpace ? ' ' : ''}${offered.join(' ')}` : ''
    return `${id} ${name}${tail}${bare ? '' : '\n'}`
  })
  return { bytes: joinPackets([...lines, ...shallow.map((line) => `${line}\n`), 0]), offered }
}

function readV0(packets: readonly Packet[]): {
  readonly refs: readonly Ref[]
  readonly words: readonly string[]
  readonly shallow: readonly string[]
} {
  const lines = packets.filter((packet) => typeof packet !== 'number').map(lineOf)
  const [first = '', capabilities = ''] = (lines[0] ?? '').split('\0')
  const all = [first, ...lines.slice(1)].filter((line) => line !== '')
  const refs = all
    .filter((line) => !line.startsWith('shallow '))
    .map((line) => ({ id: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }))
    .filter(({ name }) => name !== 'capabilities^{}')
  const words = capabilities.split(' ').filter((word) => word !== '')
  return { refs, words, shallow: all.filter((line) => line.startsWith('shallow ')) }
}

/** Reads a request from its packets: all of v2's, v0's up to the first flush. */
export function readAsked(
  where: Pick<Asked, 'service' | 'version' | 'repository' | 'offered'>,
  packets: readonly Packet[],
): Asked {
  if (where.version === 2) {
    const delim = packets.indexOf(1)
    const head = packets.slice(0, delim < 0 ? undefined : delim).map(lineOf)
    const tail = delim < 0 ? [] : packets.slice(delim + 1)
    return {
      ...where,
      command: head.find((line) => line.startsWith('command='))?.slice('command='.length),
      words: head.filter((line) => line !== '' && !line.startsWith('command=')),
      lines: tail.filter((packet) => typeof packet !== 'number').map(lineOf),
    }
  }
  const lines = packets.filter((packet) => typeof packet !== 'number').map(lineOf)
  const push = where.service === 'git-receive-pack'
  // Shallow lines come before the commands and have no capabilities.
  const index = lines.findIndex((line) => (push ? line.includes('\0') : line.startsWith('want ')))
  const line = lines[index] ?? ''
  const cut = push ? line.indexOf('\0') : line.indexOf(' ', 'want '.length)
  const words =
    cut < 0
      ? []
      : line
          .slice(cut + 1)
          .split(' ')
          .filter((word) => word !== '')
  if (cut >= 0) lines[index] = line.slice(0, cut)
  return { ...where, command: undefined, words, lines }
}

function nameOf(word: string): string {
  return word.split('=', 1)[0]!
}

/** The first thing in a request that was not advertised. */
export function findUnadvertised(asked: Asked): string | undefined {
  const names = new Set(asked.offered.map(nameOf))
  const word = asked.words.find((word) => !names.has(nameOf(word)))
  if (word !== undefined || asked.version !== 2) return word
  const features = (name: string): readonly string[] =>
    asked.offered
      .find((line) => nameOf(line) === name)
      ?.slice(name.length + 1)
      .split(' ') ?? []
  const needs: readonly (readonly [RegExp, string, string])[] = [
    [/^unborn$/, 'ls-refs', 'unborn'],
    [/^filter /, 'fetch', 'filter'],
    [/^(shallow|deepen)/, 'fetch', 'shallow'],
    [/^wait-for-done$/, 'fetch', 'wait-for-done'],
    [/^sideband-all$/, 'fetch', 'sideband-all'],
    [/^packfile-uris/, 'fetch', 'packfile-uris'],
    [/^want-ref /, 'fetch', 'ref-in-want'],
  ]
  return asked.lines.find((line) =>
    needs.some(([argument, command, feature]) => argument.test(line) && !features(command).includes(feature)),
  )
}

/** Hangs up on whatever was not advertised, as the stricter servers do (B8). */
export function refuseUnadvertised(asked: Asked): Refusal | undefined {
  return findUnadvertised(asked) === undefined ? undefined : 'hang-up'
}

/** A dialect's verdict on a request. */
export function judge(dialect: Dialect, asked: Asked): Refusal | undefined {
  return (dialect.refuse ?? refuseUnadvertised)(asked)
}

/** Says `words` for `ng` lines of a report: what git calls by its own name, the host calls by another one. */
export function renameReasons(answer: Buffer, rename: (ref: string, reason: string) => string): Buffer {
  return rewriteReport(answer, (line) => {
    const found = /^ng (\S+) (.*)$/.exec(line)
    return found === null ? line : `ng ${found[1]} ${rename(found[1]!, found[2]!)}`
  })
}

/** Changes lines of the report inside band 1; everything else goes as it is. */
export function rewriteReport(answer: Buffer, change: (line: string) => string): Buffer {
  const { packets, rest } = cutPackets(answer)
  const inner = Buffer.concat(packets.flatMap((packet) => (isBand(packet, 1) ? [packet.subarray(1)] : [])))
  if (inner.length === 0) return answer
  const lines = cutPackets(inner).packets
  const report = joinPackets(
    lines.map((line) => (typeof line === 'number' ? line : `${change(lineOf(line))}\n`)),
  )
  const last = packets.findLastIndex((packet) => isBand(packet, 1))
  const others = packets.flatMap((packet, index): Packet[] => {
    if (index === last) return [Buffer.concat([Buffer.from([1]), report])]
    return isBand(packet, 1) ? [] : [packet]
  })
  return Buffer.concat([joinPackets(others), rest])
}

function isBand(packet: Packet, band: number): packet is Buffer {
  return typeof packet !== 'number' && packet[0] === band
}
