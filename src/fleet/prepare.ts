import type { MirrorOptions } from '../options/options.ts'
import type { Notice } from '../options/read-options.ts'
import { createRefspecParser, type ParseRefspecs } from '../plan/refspec.ts'
import type { Secrets } from '../report/redact.ts'
import { type Complaints, gatherComplaints } from './config/complaints.ts'
import { type Draft, draftMirror, isDiscovery } from './config/draft.ts'
import { type FillIn, makeFillIn } from './config/fill-in.ts'
import { type ConfigSource, type FleetFile, hostKey, readFleetFile } from './config/fleet-file.ts'
import { checkSchedules, scheduleOf } from './config/check-schedules.ts'
import { checkSkipUnpushed, skipUnpushedOf } from './config/skip-unpushed.ts'
import type { Place } from './config/config-error.ts'
import {
  checkLogins,
  type ExplainedPair,
  type ResolvedMirror,
  resolveOptions,
  resolveScopes,
  type Scopes,
} from './config/resolve-mirror.ts'
import { keepSecrets, type SecretsKeeper } from './config/secrets-keeper.ts'
import { APP_KEYS, LOGIN_KEYS } from './config/settings.ts'
import { discover, type Discovered } from './discover/discover.ts'
import { type Chains, findChains } from './refuse/chains.ts'
import { findClashes, findSameNames } from './refuse/clashes.ts'
import { makeMember, type Member } from './refuse/members.ts'
import { noticesOfFewer, noticesOfSharing } from './notices.ts'
import { areNames, selectMirrors } from './select.ts'
import { type Shard, shardOf } from './shard/shard.ts'

export interface PrepareInput {
  /** At least one. */
  readonly config: readonly ConfigSource[]
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Names, labels and globs; empty: all. */
  readonly only: readonly string[]
  readonly shard: Shard | undefined
  /**
   * How much is filled in: `credentials` what a round needs, `everything` what any entry of the file needs, `names` no
   * more than discovery needs.
   */
  readonly depth: 'names' | 'credentials' | 'everything'
  /** false: entries with `discover` are checked, and not asked for. */
  readonly discovers: boolean
  readonly isWorkflowToken?: ((token: string) => boolean) | undefined
  readonly knownHostsFiles?: readonly string[] | undefined
  readonly verbose?: boolean | undefined
  readonly dryRun?: boolean | undefined
  readonly onNotice?: ((text: string) => void) | undefined
  /** Called with all that is secret by then, before it is used. */
  readonly onSecrets?: ((secrets: Secrets) => void) | undefined
  /** Mirrors that each discovery found the last time, by its name. */
  readonly lastFound?: ReadonlyMap<string, number> | undefined
  /** As `DiscoverContext.mostWait`. */
  readonly mostWait?: number | undefined
}

/** A mirror that is ready to run. */
export interface FleetMirror {
  readonly name: string
  readonly labels: readonly string[]
  readonly paused: boolean
  /** When `serve` runs it; undefined: when it is told to. */
  readonly schedule: string | undefined
  /** Mark of its source by the list that found it: equal as long as nothing is pushed there. */
  readonly pushed: string | undefined
  /** Milliseconds for which it may go unseen while that mark stays. */
  readonly skipUnpushed: number | undefined
  readonly place: Place
  /** The name by which it is put into a shard. */
  readonly shardKey: string
  /** One for each set of options; empty where `depth` is `names`. */
  readonly groups: readonly MirrorOptions[]
  /** What was given for each destination; empty where `depth` is not `everything`. */
  readonly pairs: readonly ExplainedPair[]
}

export interface Fleet {
  readonly file: FleetFile
  /** The chosen ones of this shard, by name. */
  readonly mirrors: readonly FleetMirror[]
  /** For each mirror that was chosen, whatever its shard, the name by which it is put into one. */
  readonly shardKeys: readonly string[]
  /** Hosts of the chosen ones, as `hostKey` names them, sorted; of the whole fleet, whatever the shard. */
  readonly hosts: readonly string[]
  readonly discovered: readonly Discovered[]
  readonly chains: Chains
  readonly notices: readonly Notice[]
  readonly secrets: Secrets
  /** Secrets that are too short to be hidden, by where they stand. */
  readonly tooShort: readonly string[]
  readonly heartbeat: URL | undefined
}

/**
 * From a file to mirrors that can run: reads, discovers, refuses.
 * @throws ConfigError with everything that is wrong with the file; MirrorError `usage` for what is wrong with `only`
 */
export async function prepareFleet(input: PrepareInput): Promise<Fleet> {
  const file = await readFleetFile(input.config)
  const complaints = gatherComplaints(file)
  const fill = makeFillIn({ env: input.env, folderOf: file.folderOf, complaints })
  const keeper = keepSecrets(input.env, input.onSecrets)
  const context: Context = {
    ...input,
    file,
    fill,
    complaints,
    keeper,
    parseRefspecs: createRefspecParser(),
  }
  await checkSchedules(file, complaints)
  checkSkipUnpushed(file.mirrors, complaints)
  const written = file.mirrors
    .filter((part) => !isDiscovery(part))
    .flatMap((part) => draftMirror(context, part) ?? [])
  complaints.throwAny()
  const discovered = await discoverAll(context, written)
  const drafts = [...written, ...discovered.flatMap((entry) => entry.drafts)]
  findSameNames(drafts, complaints, file.place)
  const chosen = await selectMirrors(drafts, input.only).catch((thrown: unknown) => {
    complaints.throwAny()
    throw thrown
  })
  const { scopes, chains, members } = compareAll(context, drafts, new Set(chosen))
  const mine = chosen.filter(({ name }) => isInShard(chains.first(name), input.shard))
  const notices: Notice[] = [...noticesOfFewer(discovered, input.lastFound), ...noticesOfSharing(members)]
  const mirrors = mine
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((draft) => makeFleetMirror(context, { draft, scopes: scopes.get(draft), chains, notices }))
  if (input.depth === 'everything') checkHosts(file, fill)
  const heartbeat = input.depth === 'names' ? undefined : readHeartbeat(context)
  complaints.throwAny()
  const { secrets, tooShort } = keeper.collect()
  input.onSecrets?.(secrets)
  const shardKeys = chosen.map(({ name }) => chains.first(name))
  const hosts = listHosts(
    file,
    chosen.flatMap((draft) => scopes.get(draft) ?? []),
  )
  return { file, mirrors, shardKeys, hosts, discovered, chains, notices, heartbeat, secrets, tooShort }
}

interface Context extends PrepareInput {
  readonly file: FleetFile
  readonly fill: FillIn
  readonly complaints: Complaints
  readonly keeper: SecretsKeeper
  readonly parseRefspecs: ParseRefspecs
}

/** One entry after the other: most lead to the same few APIs, which do not like to be asked at once. */
async function discoverAll(context: Context, written: readonly Draft[]): Promise<readonly Discovered[]> {
  const { file, only, discovers, keeper } = context
  if (!discovers || areNames(written, only)) return []
  const discovered: Discovered[] = []
  for (const part of file.mirrors.filter(isDiscovery)) {
    const onRequest = context.verbose === true ? context.onNotice : undefined
    discovered.push(
      await discover({ ...context, onRequest, onLogin: (login) => keeper.addLogin(login) }, part),
    )
  }
  return discovered
}

/**
 * What mirrors do to each other, by all of them. Of one that was not chosen, a variable may be missing: then it is
 * left out of the comparison.
 */
function compareAll(
  context: Context,
  drafts: readonly Draft[],
  chosen: ReadonlySet<Draft>,
): {
  readonly scopes: ReadonlyMap<Draft, Scopes>
  readonly chains: Chains
  readonly members: readonly Member[]
} {
  const { file, complaints, env, depth, parseRefspecs } = context
  const silent: Pick<Complaints, 'add'> = { add: () => undefined }
  const lenient = {
    file,
    fill: makeFillIn({ env, folderOf: file.folderOf, complaints: silent }),
    complaints: silent,
    parseRefspecs,
  }
  const scopes = new Map<Draft, Scopes>()
  for (const draft of drafts) {
    const isStrict = depth !== 'names' && chosen.has(draft)
    const found = resolveScopes(isStrict ? context : lenient, draft)
    if (found !== undefined) scopes.set(draft, found)
  }
  const members = [...scopes].map(([draft, found]) => makeMember(draft, found))
  findClashes(members, complaints, file.place)
  return { scopes, chains: findChains(members, complaints, file.place), members }
}

function listHosts({ hosts }: FleetFile, scopes: readonly Scopes[]): readonly string[] {
  const found = new Set<string>()
  for (const { addresses } of scopes) {
    for (const { url } of [addresses.source, ...addresses.destinations])
      if (url.scheme !== 'file') found.add(hostKey(hosts, url))
  }
  return [...found].toSorted()
}

function isInShard(key: string, shard: Shard | undefined): boolean {
  return shard === undefined || shardOf(key, shard.count) === shard.index
}

interface Making {
  readonly draft: Draft
  readonly scopes: Scopes | undefined
  readonly chains: Chains
  readonly notices: Notice[]
}

function makeFleetMirror(context: Context, { draft, scopes, chains, notices }: Making): FleetMirror {
  const isRead = context.depth !== 'names' && !draft.paused
  if (isRead && scopes === undefined) checkLogins(context, draft)
  const resolved = isRead && scopes !== undefined ? resolveGroups(context, draft, scopes) : undefined
  notices.push(...(resolved?.notices ?? []))
  return {
    name: draft.name,
    labels: draft.labels,
    paused: draft.paused,
    schedule: scheduleOf(draft),
    pushed: draft.pushed,
    skipUnpushed: skipUnpushedOf(draft),
    place: context.file.place(draft.path),
    shardKey: chains.first(draft.name),
    groups: resolved?.groups ?? [],
    pairs: context.depth === 'everything' ? (resolved?.pairs ?? []) : [],
  }
}

function resolveGroups(context: Context, draft: Draft, { addresses }: Scopes): ResolvedMirror | undefined {
  return resolveOptions(
    {
      ...context,
      isWorkflowToken: context.isWorkflowToken ?? (() => false),
      knownHostsFiles: context.knownHostsFiles ?? [],
      verbose: context.verbose ?? false,
      dryRun: context.dryRun ?? false,
      onValues: (settings) => context.keeper.add(settings),
    },
    draft,
    addresses,
  )
}

/** Credentials of hosts that no mirror needs at the moment: they are tried as well. */
function checkHosts({ hosts }: FleetFile, fill: FillIn): void {
  for (const { path, tree } of hosts.values()) {
    for (const key of LOGIN_KEYS) if (tree[key] !== undefined) fill.place([...path, key], tree[key])
    const key = APP_KEYS[1]
    if (tree[key] !== undefined) fill.place([...path, key], tree[key])
  }
}

function readHeartbeat({ file, fill, complaints, keeper }: Context): URL | undefined {
  if (file.heartbeat === undefined) return undefined
  const path = [...file.heartbeat.path, 'url']
  const text = fill.place(path, file.heartbeat.tree['url'])?.trim()
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    complaints.add(path, 'the address of the heartbeat is not an http or https address')
    return undefined
  }
  // Whoever knows it can say that all is well.
  keeper.addAddress(url.href)
  return url
}
