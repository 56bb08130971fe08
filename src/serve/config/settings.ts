import { join, resolve } from 'node:path'
import { gatherComplaints } from '../../fleet/config/complaints.ts'
import { makeFillIn } from '../../fleet/config/fill-in.ts'
import type { FleetFile } from '../../fleet/config/fleet-file.ts'
import { collectSecrets } from '../../options/secrets.ts'
import { isTimeZone } from '../jobs/timetable.ts'

/** Hosts whose webhooks are taken. */
export const HOOK_KINDS = ['github', 'gitlab', 'gitea', 'bitbucket', 'azure'] as const
export type HookKind = (typeof HOOK_KINDS)[number]

export interface HookLogin {
  /** Each is taken: an old and a new one while the secret changes. */
  readonly secrets: readonly string[]
  /** Of hosts that sign nothing, and send a user name and a password. */
  readonly username: string
}

/** What stands below `server`. */
export interface ServerSettings {
  /** None: nothing that needs one can be asked for. */
  readonly tokens: readonly string[]
  readonly hooks: Readonly<Partial<Record<HookKind, HookLogin>>>
  /** Path of the state file; undefined: there is none. */
  readonly state: string | undefined
  readonly stopGraceMs: number
  readonly timeZone: string
  readonly isPagePublic: boolean
  readonly areMetricsPublic: boolean
  readonly hasMetricsByMirror: boolean
  readonly syncsOnStart: boolean
  readonly hostsAllowed: readonly string[]
  readonly trustsProxy: boolean
  /** Whether a hook of a destination runs its mirror as well. */
  readonly heals: boolean
  /** Every form in which a secret of `server` may turn up. */
  readonly secretTexts: readonly string[]
}

const SHORTEST_TOKEN_LENGTH = 16
const SHORTEST_HOOK_SECRET_LENGTH = 8
const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600 }
const DEFAULT_STOP_GRACE = '20s'
const DEFAULT_HOOK_USER = 'kalandra'

/** @throws ConfigError with every mistake */
export function readServerSettings(file: FleetFile, env: NodeJS.ProcessEnv): ServerSettings {
  const complaints = gatherComplaints(file)
  const fill = makeFillIn({ env, folderOf: file.folderOf, complaints })
  const tree = file.server?.tree ?? {}
  const secretTexts = new Set<string>()

  function readSecrets(path: readonly string[], value: unknown, shortest: number): readonly string[] {
    const isList = Array.isArray(value)
    const values: readonly unknown[] = value === undefined ? [] : isList ? value : [value]
    return values.flatMap((one, index) => {
      const place = isList ? [...path, index] : path
      const text = fill.place(place, one)?.trim()
      if (text === undefined) return []
      for (const form of collectSecrets({ 'source-token': text }).secrets.texts) secretTexts.add(form)
      if (text.length >= shortest) return [text]
      complaints.add(place, `this secret is shorter than ${shortest} characters`, 'Make a longer one')
      return []
    })
  }

  function text(key: string): string | undefined {
    const value = tree[key]
    return typeof value === 'string' ? fill.text(['server', key], value) : undefined
  }

  const hooks: Partial<Record<HookKind, HookLogin>> = {}
  const givenHooks = (tree['hooks'] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  for (const kind of HOOK_KINDS) {
    const given = givenHooks[kind]
    if (given === undefined) continue
    const secrets = readSecrets(
      ['server', 'hooks', kind, 'secret'],
      given['secret'],
      SHORTEST_HOOK_SECRET_LENGTH,
    )
    hooks[kind] = { secrets, username: (given['username'] as string | undefined) ?? DEFAULT_HOOK_USER }
  }
  const timeZone = text('time-zone') ?? 'UTC'
  if (!isTimeZone(timeZone)) {
    complaints.add(
      ['server', 'time-zone'],
      'time-zone is not known here',
      'Write a name such as Europe/Berlin',
    )
  }
  const settings: ServerSettings = {
    tokens: readSecrets(['server', 'token'], tree['token'], SHORTEST_TOKEN_LENGTH),
    hooks,
    state: statePath(text('state'), file.folderOf(file.server?.path ?? []), env),
    stopGraceMs: readMs(text('stop-grace') ?? DEFAULT_STOP_GRACE),
    timeZone,
    isPagePublic: tree['page-public'] === true,
    areMetricsPublic: tree['metrics-public'] === true,
    hasMetricsByMirror: tree['metrics-by-mirror'] !== false,
    syncsOnStart: tree['sync-on-start'] !== false,
    hostsAllowed: asList(tree['hosts-allowed']).map((host) => host.toLowerCase()),
    trustsProxy: tree['trust-proxy'] === true,
    heals: tree['heal'] === true,
    secretTexts: [...secretTexts],
  }
  complaints.throwAny()
  return settings
}

function asList(value: unknown): readonly string[] {
  return value === undefined ? [] : ((Array.isArray(value) ? value : [value]) as readonly string[])
}

/** By the file, else in the folder that systemd made for it. */
function statePath(given: string | undefined, folder: string, env: NodeJS.ProcessEnv): string | undefined {
  if (given !== undefined) return resolve(folder, given)
  const [stateFolder = ''] = (env['STATE_DIRECTORY'] ?? '').split(':')
  return stateFolder === '' ? undefined : join(stateFolder, 'state.json')
}

/** Milliseconds of a text that the schema has let through. */
function readMs(text: string): number {
  const [, count = '', unit = ''] = /^(\d+) ?([smh]?)$/i.exec(text) ?? []
  return Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? 1) * 1000
}
