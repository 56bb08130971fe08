import { toMirrorError } from '../../base/errors.ts'
import { ConfigError, renderConfigError } from '../../fleet/config/config-error.ts'
import type { ConfigSource } from '../../fleet/config/fleet-file.ts'
import { isDiscovery } from '../../fleet/config/draft.ts'
import { countFound } from '../../fleet/notices.ts'
import { type Fleet, type FleetMirror, type PrepareInput, prepareFleet } from '../../fleet/prepare.ts'
import type { Secrets } from '../../report/redact.ts'
import { describeMessage } from '../../report/wording.ts'
import type { Log } from '../jobs/log.ts'
import { listSecretFiles, markFiles } from './secret-files.ts'
import { readServerSettings, type ServerSettings } from './settings.ts'

/** A fleet that is in force, with all that was discovered. */
export interface Loaded {
  readonly fleet: Fleet
  /** Those of the fleet, and of discoveries that failed this time and had found them before. */
  readonly mirrors: readonly FleetMirror[]
  readonly settings: ServerSettings
  readonly secrets: Secrets
}

export interface KeeperInput {
  readonly readConfig: () => readonly ConfigSource[]
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly knownHostsFiles: readonly string[]
  readonly log: Log
  /** Told before anything of it is used. */
  readonly onSecrets: (secrets: Secrets) => void
  /** `isReload`: the file was read anew, and not only its secrets. */
  readonly onChange: (loaded: Loaded) => void
  readonly now: () => number
}

/** Milliseconds between two looks at the files with secrets. */
const LOOK_INTERVAL_MS = 1000
/** Milliseconds after which owners are asked for their repositories again. */
export const DISCOVER_INTERVAL_MS = 3_600_000

/** Milliseconds for which a secret is hidden after it was replaced: what runs goes on with it. */
const HIDDEN_MS = 24 * 3_600_000

/** Keeps the fleet as the file and its secrets say. One thing at a time; a bad file leaves what was there. */
export class FleetKeeper {
  readonly #input: KeeperInput
  #sources: readonly ConfigSource[] | undefined
  #loaded: Loaded | undefined
  #secretFiles: readonly string[] = []
  readonly #found = new Map<string, number>()
  /** When each secret was last in use. */
  readonly #hidden = new Map<string, number>()
  #inForce: ReadonlySet<string> = new Set()
  #mark = ''
  #lastLook = -Infinity
  #turn: Promise<unknown> = Promise.resolve()

  constructor(input: KeeperInput) {
    this.#input = input
  }

  get loaded(): Loaded {
    if (this.#loaded === undefined) throw new Error('the config was not read yet')
    return this.#loaded
  }

  get hasDiscoveries(): boolean {
    return this.#loaded?.fleet.file.mirrors.some(isDiscovery) ?? false
  }

  /** Reads the file, and asks nobody. @throws ConfigError */
  async load(): Promise<Loaded> {
    return await this.#inTurn(async () => {
      const sources = this.#input.readConfig()
      return await this.#prepare(sources, { discovers: false })
    })
  }

  /** Reads the file anew. @returns what is wrong with it, in lines; empty: it is in force */
  async reload(): Promise<readonly string[]> {
    return await this.#attempt('the config was not taken: the one from before stays in force', async () => {
      const sources = this.#input.readConfig()
      await this.#prepare(sources, { discovers: true })
    })
  }

  /** Asks owners for their repositories; what cannot be asked keeps its mirrors. */
  async discover(): Promise<void> {
    if (!this.hasDiscoveries) return
    await this.#attempt('the repositories could not be listed', async () => {
      await this.#prepare(this.#sources!, { discovers: true })
    })
  }

  /** Before mirrors run: takes secrets that changed. Their file being gone leaves the old ones. */
  async refreshSecrets(): Promise<void> {
    const now = this.#input.now()
    if (now - this.#lastLook < LOOK_INTERVAL_MS || this.#secretFiles.length === 0) return
    this.#lastLook = now
    const mark = await markFiles(this.#secretFiles)
    if (mark === this.#mark) return
    this.#mark = mark
    await this.#attempt('changed secrets could not be read: the old ones stay in use', async () => {
      await this.#prepare(this.#sources!, { discovers: this.#loaded!.fleet.discovered.length > 0 })
      this.#input.log.info('took secrets that changed')
    })
  }

  async #attempt(words: string, work: () => Promise<void>): Promise<readonly string[]> {
    return await this.#inTurn(async () => {
      try {
        await work()
        return []
      } catch (thrown) {
        const error = toMirrorError(thrown, { code: 'local' })
        const lines = thrown instanceof ConfigError ? renderConfigError(thrown) : [describeMessage(error)]
        for (const line of lines) this.#input.log.error(`${words}: ${line}`)
        return lines
      }
    })
  }

  async #prepare(
    sources: readonly ConfigSource[],
    { discovers }: Pick<PrepareInput, 'discovers'>,
  ): Promise<Loaded> {
    const { env, signal, knownHostsFiles, log, onSecrets, onChange } = this.#input
    this.#markInUse()
    const fleet = await prepareFleet({
      config: sources,
      env,
      signal,
      only: [],
      shard: undefined,
      depth: 'credentials',
      discovers,
      knownHostsFiles,
      lastFound: this.#found,
      onSecrets: ({ texts }) => onSecrets(this.#withEarlier(texts)),
      onNotice: (text) => log.info(text),
    })
    const settings = readServerSettings(fleet.file, env)
    const texts = [...fleet.secrets.texts, ...settings.secretTexts]
    const secrets = this.#withEarlier(texts)
    onSecrets(secrets)
    this.#tell(fleet)
    const isSameFile = textOf(sources) === textOf(this.#sources ?? [])
    const mirrors = joinMirrors(fleet, discovers, isSameFile ? this.#loaded?.mirrors : undefined)
    this.#secretFiles = listSecretFiles(fleet.file, env)
    this.#mark = await markFiles(this.#secretFiles)
    this.#sources = sources
    this.#inForce = new Set(texts)
    this.#loaded = { fleet, mirrors, settings, secrets }
    onChange(this.#loaded)
    return this.#loaded
  }

  /** What is in force was in use until now; tokens that Apps gave meanwhile are among it. */
  #markInUse(): void {
    const now = this.#input.now()
    for (const text of this.#loaded?.secrets.texts ?? [])
      if (this.#inForce.has(text) || !this.#hidden.has(text)) this.#hidden.set(text, now)
  }

  /** With those that were in use not long ago: what runs may have them still, and what is told of it. */
  #withEarlier(texts: readonly string[]): Secrets {
    const now = this.#input.now()
    for (const text of texts) this.#hidden.set(text, now)
    for (const [text, at] of this.#hidden) if (now - at > HIDDEN_MS) this.#hidden.delete(text)
    return { texts: [...this.#hidden.keys()].toSorted((a, b) => b.length - a.length) }
  }

  #tell({ notices, tooShort, discovered }: Fleet): void {
    const { log } = this.#input
    for (const { level, text } of notices) log[level === 'warning' ? 'warn' : 'info'](text)
    for (const name of tooShort) log.warn(`${name} is too short to be hidden`)
    for (const [name, count] of countFound(discovered)) this.#found.set(name, count)
    for (const { name, drafts, error, refused } of discovered) {
      if (error !== undefined) log.error(`discover ${name}: ${describeMessage(error)}`)
      else log.info(`discover ${name}`, { mirrors: drafts.length, refused: refused.length })
    }
  }

  async #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return await turn
  }
}

function textOf(sources: readonly ConfigSource[]): string {
  return JSON.stringify(sources.map(({ name, text }) => [name, text]))
}

/** A discovery that fails, or was not made, must not take mirrors away that it had found. */
function joinMirrors(
  fleet: Fleet,
  hasDiscovered: boolean,
  before: readonly FleetMirror[] | undefined,
): readonly FleetMirror[] {
  const placeOf = ({ file, line, column }: FleetMirror['place']): string => `${file}:${line}:${column}`
  const parts = hasDiscovered
    ? fleet.discovered.filter(({ error }) => error !== undefined).map(({ part }) => part)
    : fleet.file.mirrors.filter(isDiscovery)
  const lost = new Set(parts.map(({ path }) => placeOf(fleet.file.place(path))))
  const names = new Set(fleet.mirrors.map(({ name }) => name))
  const kept = (before ?? []).filter(({ name, place }) => lost.has(placeOf(place)) && !names.has(name))
  return [...fleet.mirrors, ...kept].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
