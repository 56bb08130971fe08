import type { AdvertisedRef } from '../../protocol/advertisement.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import { whyInvalidRefName } from '../../protocol/ref-name.ts'

/** Where old values of overwritten and deleted refs are kept: no branches and no tags, which hosts show to people. */
export const BACKUP_PREFIX = 'refs/kalandra/backup/'

/** For servers that take nothing but branches and tags. */
export const BACKUP_TAG_PREFIX = 'refs/tags/kalandra-backup/'

/** In the order in which they are tried. */
export const BACKUP_PREFIXES: readonly string[] = [BACKUP_PREFIX, BACKUP_TAG_PREFIX]

/** Namespaces of old values: ours always, whatever an earlier run was told, and the one that was chosen. */
export function knownBackupPrefixes(
  chosen: { readonly prefixes: readonly string[] } | undefined,
): readonly string[] {
  return chosen === undefined ? BACKUP_PREFIXES : [...new Set([...BACKUP_PREFIXES, ...chosen.prefixes])]
}

/** Why no backup can be named with a prefix, which ends in a slash; undefined: it can. */
export function whyInvalidPrefix(prefix: string): string | undefined {
  if (!/^refs\/./.test(prefix)) return 'it does not begin with refs/ and a name'
  return whyInvalidRefName(`${prefix}x`)
}

const SECOND_MS = 1000

const DAY_MS = 86_400 * SECOND_MS

/** An old value of a ref, kept at its destination under a name of ours. */
export interface Backup {
  /** The name that keeps it. */
  readonly name: string
  /** When it was kept, in UTC: `20261130T171500Z`. */
  readonly time: string
  /** The ref that had it. */
  readonly ref: string
  /** The value. */
  readonly id: ObjectId
}

/** `PREFIX` + `TIME/heads/x` for `refs/heads/x`. `prefix` ends in a slash. */
export function backupName(prefix: string, time: string, ref: string): string {
  return `${prefix}${time}/${ref.replace(/^refs\//, '')}`
}

/** Whether a name keeps an old value. Prefixes that a user chose count only when they are given. */
export function isBackup(name: string, prefixes: readonly string[]): boolean {
  for (let at = 0; at < prefixes.length; at++) {
    const prefix = prefixes[at]!
    if (name.startsWith(prefix) && TIME_AND_REF.test(name.slice(prefix.length))) return true
  }
  return false
}

const TIME_AND_REF = /^\d{8}T\d{6}Z\/./

/** The backups among some refs, oldest first, and by name within a time. */
export function findBackups(refs: readonly AdvertisedRef[], prefixes: readonly string[]): readonly Backup[] {
  const found: Backup[] = []
  for (const { name, id } of refs) {
    const prefix = prefixes.find((one) => isBackup(name, [one]))
    if (prefix === undefined) continue
    const rest = name.slice(prefix.length)
    const slash = rest.indexOf('/')
    found.push({ name, time: rest.slice(0, slash), ref: `refs/${rest.slice(slash + 1)}`, id })
  }
  return found.toSorted((one, other) => compare(one.time, other.time) || compare(one.ref, other.ref))
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

/** `20261130T171500Z`; `milliseconds` since 1970. */
export function formatBackupTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')
}

/** Milliseconds since 1970; NaN for what is no time. */
export function parseBackupTime(time: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time)
  if (parts === null) return Number.NaN
  const [, year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/** The first time from `now` on at which none of `refs` has a backup yet. */
export function freeBackupTime(
  refs: readonly string[],
  taken: ReadonlySet<string>,
  { prefix, now }: { readonly prefix: string; readonly now: number },
): string {
  for (let moment = now; ; moment += SECOND_MS) {
    const time = formatBackupTime(moment)
    if (!refs.some((ref) => taken.has(backupName(prefix, time, ref)))) return time
  }
}

/** Backups that are older than `keepDays`; one whose time cannot be read stays. */
export function findExpired(
  backups: readonly Backup[],
  { keepDays, now }: { readonly keepDays: number; readonly now: number },
): readonly Backup[] {
  return backups.filter(({ time }) => now - parseBackupTime(time) > keepDays * DAY_MS)
}
