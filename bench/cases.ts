import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { forEachRef, git, makeBareRepository } from '../test/support/git.ts'
import { canReach, type Contender, openContender } from './contenders.ts'
import {
  copyRepository,
  moveRefs,
  type Repositories,
  type RepositoryName,
  type StepKind,
} from './repositories.ts'
import type { Over, Servers, Traffic } from './servers.ts'
import { startSink } from './sink.ts'
import type { Case, ContenderName } from './case.ts'
import { openPeer, type Peer } from './peers.ts'

const EVERYWHERE: readonly Over[] = ['file', 'http', 'ssh', 'http@50', 'ssh@50']

const MIRRORS: readonly ContenderName[] = ['limit', 'git', 'python-kalandra', 'git-sync', 'kalandra']

const LISTERS: readonly ContenderName[] = ['ls-remote', 'git', 'python-kalandra', 'git-sync', 'kalandra']

function defineCase(
  name: string,
  title: string,
  [repository, kind]: readonly [RepositoryName, Case['kind']],
  more: { readonly overs?: readonly Over[]; readonly contenders?: readonly ContenderName[] } = {},
): Case {
  const contenders = kind === 'nothing' ? LISTERS : MIRRORS
  return { name, title, repository, kind, overs: EVERYWHERE, contenders, ...more }
}

export const CASES: readonly Case[] = [
  defineCase('first', 'first mirror', ['history', 'first']),
  defineCase('commit', 'one commit', ['history', 'commit'], { contenders: [...MIRRORS, 'bare'] }),
  defineCase('thousand', 'a thousand commits', ['history', 'thousand']),
  defineCase('force', 'a force-push', ['history', 'force']),
  defineCase('nothing', 'nothing to do', ['history', 'nothing']),
  defineCase('objects', 'first mirror of small objects', ['objects', 'first'], {
    overs: ['file', 'http', 'ssh'],
  }),
  defineCase('refs-ten', 'many refs, 10 changed', ['refs', 'ten-refs']),
  defineCase('refs-nothing', 'many refs, nothing to do', ['refs', 'nothing'], {
    contenders: [...LISTERS, 'bare'],
  }),
  defineCase('refs-first', 'many refs, first time', ['first-refs', 'first'], {
    overs: ['file', 'http', 'ssh'],
  }),
  defineCase('refs-million', 'ten times as many refs, nothing to do', ['million-refs', 'nothing'], {
    overs: ['file', 'http'],
    contenders: ['ls-remote', 'kalandra'],
  }),
  defineCase('download', 'download alone', ['history', 'sink'], { contenders: ['raw', 'bare', 'kalandra'] }),
]

/** One run of one contender. */
export interface Go {
  readonly case: string
  readonly over: Over
  readonly contender: string
  /** 0 is there to warm up and to count: it has no seconds. */
  readonly round: number
  readonly seconds?: number | undefined
  readonly cpu?: number | undefined
  readonly rss?: number | undefined
  readonly packBytes?: number | undefined
  readonly fromSource?: Traffic | undefined
  readonly toDestination?: Traffic | undefined
  /** Why it has none of these. */
  readonly failure?: string | undefined
}

export interface CaseOptions {
  readonly repositories: Repositories
  readonly servers: Servers
  /** Folder that the servers serve. */
  readonly root: string
  readonly program: string
  readonly runs: number
  readonly only: readonly ContenderName[]
  readonly peers: readonly Peer[]
  readonly onGo: (go: Go) => void
}

interface Entry {
  readonly contender: Contender
  readonly folder: string
  readonly destinationPath: string
}

/** All contenders of one case over one transport, in turn: A B, B A, … after a round that warms up. Peers run in every case. */
export async function runCase(it: Case, over: Over, options: CaseOptions): Promise<void> {
  const { repositories, root, servers, runs } = options
  const place = join(root, `${it.name}-${over.replace('@', '-')}`)
  await mkdir(place)
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(place, { recursive: true, force: true }))
  const before = await repositories.open(it.repository)
  const stepped = isStep(it.kind) ? await repositories.openStepped(it.repository, it.kind) : undefined
  const sourcePath = await copyRepository(stepped?.path ?? before, join(place, 'source.git'))
  const fresh = it.kind === 'first' || it.kind === 'sink'
  const refs = it.kind === 'sink' ? await forEachRef(sourcePath) : new Map<string, string>()
  const sink = it.kind === 'sink' ? stack.use(await startSink(refs)) : undefined

  const entries: Entry[] = []
  const known = it.contenders.filter((name) => options.only.includes(name) && canReach(name, over, it.kind))
  for (const who of [...known, ...options.peers]) {
    const folder = join(place, typeof who === 'string' ? who : who.name)
    await mkdir(folder)
    const its = { ...options, kind: it.kind, folder, before: fresh ? undefined : before }
    const contender = typeof who === 'string' ? await openContender(who, its) : openPeer(who, its)
    const destinationPath = join(folder, 'destination.git')
    if (contender && !fresh) await copyRepository(before, destinationPath)
    if (contender) entries.push({ contender, folder, destinationPath })
  }
  for (let round = 0; round <= runs; round++) {
    if (stepped) await moveRefs(sourcePath, stepped.steps[round]!)
    const turn = entries.map((_, index) => entries[(index + round) % entries.length]!)
    // Nobody always comes behind the same other one.
    if (round % 4 > 1) turn.reverse()
    for (const { contender, folder, destinationPath } of turn) {
      const key = { case: it.name, over, contender: contender.name, round }
      if (it.kind === 'first') {
        await rm(destinationPath, { recursive: true, force: true })
        await makeBareRepository({ parent: folder, name: 'destination.git' })
      }
      sink?.reset()
      const job = {
        sourcePath,
        source: servers.url(over, 'source', sourcePath, round === 0),
        destination: sink?.url ?? servers.url(over, 'destination', destinationPath, round === 0),
      }
      // What earlier runs left in the counters.
      for (const side of ['source', 'destination'] as const) servers.takeTraffic(over, side)
      try {
        const { seconds, usage, packBytes } = await contender.run(job)
        const fromSource = servers.takeTraffic(over, 'source')
        const toDestination = servers.takeTraffic(over, 'destination')
        if (contender.name !== 'raw' && contender.name !== 'ls-remote' && !sink) {
          await compare(sourcePath, destinationPath)
        }
        const timed = round === 0 ? {} : { seconds, cpu: usage?.cpu, rss: usage?.rss }
        options.onGo({ ...key, ...timed, packBytes, fromSource, toDestination })
      } catch (error) {
        entries.splice(
          entries.findIndex((entry) => entry.contender === contender),
          1,
        )
        options.onGo({ ...key, failure: error instanceof Error ? error.message : String(error) })
      }
    }
  }
}

function isStep(kind: Case['kind']): kind is StepKind {
  return kind !== 'first' && kind !== 'nothing' && kind !== 'sink'
}

async function compare(source: string, destination: string): Promise<void> {
  const list = (path: string) => git(path, 'for-each-ref', '--format=%(refname) %(objectname)')
  const [wanted, got] = await Promise.all([list(source), list(destination)])
  if (wanted === got) return
  const there = new Set(got.split('\n'))
  const missing = wanted.split('\n').find((line) => !there.has(line))
  throw new Error(`it ended well, but the refs differ: ${missing ?? 'there are more than the source has'}`)
}
