import { MirrorError, withDetails } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { FoundRepository, ListRepositories } from '../../hosts/found-repository.ts'
import { decodePercentOrKeep } from '../../transport/address/authority.ts'
import { canonicalHost } from '../../transport/address/identity.ts'
import { parseRemoteUrl } from '../../transport/address/remote-url.ts'
import type { Tree } from '../config/check-file.ts'
import type { Complaints } from '../config/complaints.ts'
import { defaultName, type Draft, makeDraft } from '../config/draft.ts'
import type { FillIn, TemplateValues } from '../config/fill-in.ts'
import type { FleetFile, MirrorPart, Part } from '../config/fleet-file.ts'
import { MOST_MIRRORS } from '../config/file-schema.ts'
import { describeSkipped, filterRepositories, type Skipped } from './filter.ts'
import { isWeb, readRepositoryList } from './list-entry.ts'
import { findLogin, type Login } from './login.ts'
import { defaultApi, readOwner, type Service } from './owner.ts'

export interface DiscoverContext {
  readonly file: FleetFile
  readonly fill: FillIn
  readonly complaints: Complaints
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  /** Milliseconds to wait for an API that asks for it; a longer wait is a failure. */
  readonly mostWait?: number | undefined
  readonly onNotice?: ((text: string) => void) | undefined
  /** A line for each call of an API. */
  readonly onRequest?: ((text: string) => void) | undefined
  /** Told of what is secret, before it is used. */
  readonly onLogin: (login: Login) => void
}

/** What became of an entry with `discover`. */
export interface Discovered {
  /** `github acme`. */
  readonly name: string
  readonly part: MirrorPart
  readonly drafts: readonly Draft[]
  readonly skipped: Skipped
  /** Repositories whose names or addresses cannot be used, and why; each fails the round. */
  readonly refused: readonly string[]
  /** The whole entry failed. */
  readonly error: MirrorError | undefined
}

const NOTHING_SKIPPED: Skipped = { excluded: 0, archived: 0, forks: 0, empty: 0 }
const SERVICES: readonly Service[] = ['github', 'gitlab', 'gitea', 'forgejo', 'bitbucket']
/** What can stand in an address and in a name without a second look. */
const PATH = /^(?!\.{1,2}(?:\/|$))(?!-)[\w.~+-]+(?:\/(?!\.{1,2}(?:\/|$))[\w.~+-]+)*$/

/** A part of a path that leads out of a folder. */
const STEP = /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/

/** The mirrors of one entry. Never throws: what fails is in the result, and others go on. */
export async function discover(context: DiscoverContext, part: MirrorPart): Promise<Discovered> {
  const entry = part.tree['discover'] as Tree
  const service = SERVICES.find((name) => entry[name] !== undefined)
  const kind = service ?? (entry['grokmirror'] === undefined ? 'list' : 'grokmirror')
  const name = `${kind} ${printableLine(String(entry[kind]), 100)}`
  const failed = (error: MirrorError | undefined): Discovered => ({
    name,
    part,
    drafts: [],
    skipped: NOTHING_SKIPPED,
    refused: [],
    error,
  })
  try {
    const found = await find(context, part, kind)
    if (found === undefined) return failed(undefined)
    const { kept, skipped } = await filterRepositories(found, entry)
    if (kept.length === 0) throw nothingFound(found.length, skipped)
    if (kept.length > MOST_MIRRORS) {
      throw new MirrorError(
        `found ${kept.length} repositories, more than the ${MOST_MIRRORS} that a fleet may have`,
        { code: 'limit' },
      )
    }
    const refused: string[] = []
    const drafts = kept.flatMap((repository) => draftOf(context, part, repository, refused) ?? [])
    return { name, part, drafts, skipped, refused, error: undefined }
  } catch (thrown) {
    if (!(thrown instanceof MirrorError)) throw thrown
    return failed(withDetails(thrown, { side: 'source' }))
  }
}

async function find(
  context: DiscoverContext,
  part: Part,
  kind: Service | 'grokmirror' | 'list',
): Promise<readonly Found[] | undefined> {
  switch (kind) {
    case 'list':
      return await findListed(context, part)
    case 'grokmirror':
      return await findInManifest(context, part)
    default:
      return await findOwned(context, part, kind)
  }
}

/** Nothing is success to nobody: a wrong name or a token that sees too little look just like it. */
function nothingFound(count: number, skipped: Skipped): MirrorError {
  const words = describeSkipped(skipped)
  return new MirrorError(count === 0 ? 'found no repository' : `found no repository to mirror: ${words}`, {
    code: 'not-found',
    hint: 'Check the name, what the token may see, and what include and exclude leave.',
  })
}

type Found = FoundRepository & { readonly destination?: string | undefined; readonly listed?: boolean }

async function findOwned(
  context: DiscoverContext,
  { path, tree }: Part,
  service: Service,
): Promise<readonly Found[] | undefined> {
  const where = [...path, 'discover', service]
  const text = context.fill.text(where, (tree['discover'] as Tree)[service] as string)
  if (text === undefined) return undefined
  let owner
  try {
    owner = readOwner(service, text)
  } catch (thrown) {
    if (!(thrown instanceof MirrorError)) throw thrown
    context.complaints.add(where, `${service} ${thrown.message.replace(`${service} `, '')}`, thrown.hint)
    return undefined
  }
  const login = findLogin(context.file, context.fill, owner.url)
  if (login === undefined) return undefined
  context.onLogin(login)
  const list = await loadLister(service)
  const api = login.api ?? defaultApi(service, owner.web, context.env)
  const token =
    login.token ?? (service === 'github' ? await mintFor(context, owner.owner, { api, login }) : undefined)
  const found = await list({ ...context, owner: owner.owner, api, token, username: login.username })
  return found.map((repository) => ({ ...repository, address: checkAddress(repository.address, owner.web) }))
}

/** A token of the App of the host, for what its installation at the owner may see; undefined: there is no App. */
async function mintFor(
  context: DiscoverContext,
  owner: string,
  { api, login }: { readonly api: URL; readonly login: Login },
): Promise<string | undefined> {
  if (login.app === undefined) return undefined
  const { mintToken } = await import('../../hosts/api/github-token.ts')
  const scope = { api: api.href.replace(/\/+$/, ''), owner, name: undefined }
  const { token } = await mintToken(scope, login.app, {
    signal: context.signal,
    onSecret: (secret) => context.onLogin({ ...login, token: secret }),
    onNotice: (text) => context.onNotice?.(text),
    onRequest: context.onRequest,
    need: { contents: 'read', administration: false },
  })
  return token
}

async function loadLister(service: Service): Promise<ListRepositories> {
  switch (service) {
    case 'github':
      return (await import(/* webpackChunkName: "discovery" */ '../../hosts/github-repositories.ts'))
        .listGitHubRepositories
    case 'gitlab':
      return (await import(/* webpackChunkName: "discovery" */ '../../hosts/gitlab-repositories.ts'))
        .listGitLabRepositories
    case 'gitea':
    case 'forgejo':
      return (await import(/* webpackChunkName: "discovery" */ '../../hosts/gitea-repositories.ts'))
        .listGiteaRepositories
    case 'bitbucket':
      return (await import(/* webpackChunkName: "discovery" */ '../../hosts/bitbucket-repositories.ts'))
        .listBitbucketRepositories
  }
}

/** The address that an API gives, where it leads to the host that was asked; else nothing. */
function checkAddress(address: string, web: URL): string {
  const url = URL.parse(address)
  const isThere =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    canonicalHost(url.hostname) === canonicalHost(web.hostname)
  if (!isThere) return ''
  url.username = ''
  url.password = ''
  return url.href
}

async function findListed(
  context: DiscoverContext,
  { path, tree }: Part,
): Promise<readonly Found[] | undefined> {
  const where = context.fill.text([...path, 'discover', 'list'], (tree['discover'] as Tree)['list'] as string)
  if (where === undefined) return undefined
  const login = isWeb(where)
    ? findLogin(context.file, context.fill, parseRemoteUrl(where, 'list'))
    : { token: undefined, username: undefined, api: undefined, app: undefined }
  if (login === undefined) return undefined
  context.onLogin(login)
  const listed = await readRepositoryList({ ...context, where, folder: context.file.folderOf(path), login })
  return listed.map(({ source, destination }) => {
    const [owner = '', ...rest] = pathOfAddress(source)
    return {
      owner,
      path: rest.length === 0 ? owner : rest.join('/'),
      address: source,
      destination,
      listed: true,
      archived: false,
      fork: false,
      empty: false,
    }
  })
}

async function findInManifest(
  context: DiscoverContext,
  { path, tree }: Part,
): Promise<readonly Found[] | undefined> {
  const where = [...path, 'discover', 'grokmirror']
  const text = context.fill.text(where, (tree['discover'] as Tree)['grokmirror'] as string)
  if (text === undefined) return undefined
  const manifest = isWeb(text) ? URL.parse(text) : null
  if (manifest === null || manifest.username !== '' || manifest.password !== '') {
    context.complaints.add(
      where,
      'grokmirror needs the https address of a manifest, without a login in it',
      'Write https://HOST/manifest.js.gz; a login belongs under `hosts`',
    )
    return undefined
  }
  const login = findLogin(context.file, context.fill, parseRemoteUrl(text, 'grokmirror'))
  if (login === undefined) return undefined
  context.onLogin(login)
  const { readGrokmirrorManifest } = await import(
    /* webpackChunkName: "discovery" */ '../../hosts/grokmirror-manifest.ts'
  )
  return await readGrokmirrorManifest(manifest, { ...context, ...login })
}

/** The parts of a repository's path, without `.git`. */
function pathOfAddress(address: string): readonly string[] {
  const url = parseRemoteUrl(address, 'list')
  const path = 'path' in url ? url.path : decodePercentOrKeep(url.url.pathname)
  return path
    .replace(/(?:\.git)?\/*$/, '')
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '~')
}

function draftOf(
  context: DiscoverContext,
  part: MirrorPart,
  found: Found,
  refused: string[],
): Draft | undefined {
  const shown = printableLine(`${found.owner}/${found.path}`, 200)
  if (!PATH.test(found.path) || STEP.test(found.owner)) {
    refused.push(`${shown}: its name cannot stand in an address`)
    return undefined
  }
  if (found.address === '' && part.tree['source'] === undefined) {
    refused.push(`${shown}: the API gives no address on its own host for it`)
    return undefined
  }
  const template: TemplateValues = {
    owner: found.owner,
    path: found.path,
    'path-flat': found.path.replaceAll('/', '-'),
    repository: found.path.split('/').at(-1) ?? '',
  }
  const name = nameOf(context, part, found, template)
  if (name === undefined) return undefined
  const { address: source, destination, pushed } = found
  return makeDraft(context, part, { name, template, source, destination, pushed })
}

function nameOf(
  { fill }: DiscoverContext,
  { path, tree }: Part,
  { address }: Found,
  template: TemplateValues,
): string | undefined {
  const given = tree['name']
  const name =
    typeof given === 'string'
      ? fill.text([...path, 'name'], given, template)
      : address === ''
        ? `${template['owner']}/${template['path']}`
        : defaultName(parseRemoteUrl(address, 'source'))
  return name?.replaceAll(/[^A-Za-z0-9._/-]+/g, '-')
}
