import { MirrorError } from '../base/errors.ts'
import type { MirrorOptions } from '../options/options.ts'
import { type Backup, findBackups, knownBackupPrefixes, parseBackupTime } from '../plan/ours/backups.ts'
import { mapToDestination } from '../plan/refspec-match.ts'
import type { Refspec, RefspecSet } from '../plan/refspec.ts'
import type { Reporter } from '../report/events.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { openServer } from './open-server.ts'
import { makeDoors } from './sessions/door.ts'
import { withRetries } from './sessions/retry.ts'
import { UploadPackPool } from './sessions/upload-pack-pool.ts'

/** Old values that a destination keeps, oldest first. */
export type Backups = readonly Backup[]

/**
 * The old values that the source of `options` has kept.
 * @throws MirrorError of the source, after the retries
 */
export async function listBackups(
  options: MirrorOptions,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<Backups> {
  const server = openServer(options.source, 'source', {
    options,
    reporter,
    signal,
    doorOf: makeDoors(),
    surroundings: {},
  })
  const uploadPack = new UploadPackPool(server)
  const prefixes = knownBackupPrefixes(options.backup)
  try {
    reporter({ kind: 'phase', phase: 'list', text: `listing ${server.remote.label}` })
    const { refs } = await withRetries(() => uploadPack.list(prefixes), {
      retries: options.retries,
      signal,
      onRetry: (error, delay) =>
        reporter({
          kind: 'notice',
          level: 'info',
          text: `listing again in ${(delay / 1000).toFixed(1)} s: ${error.message}`,
        }),
    })
    return findBackups(refs, prefixes)
  } finally {
    await uploadPack.close()
    await server.remote.dispose()
  }
}

/** A time of a backup, in which the signs of ISO 8601 may stand; undefined: it is none. */
export function readBackupTime(text: string): string | undefined {
  const time = text.replace(/[-:]/g, '')
  return Number.isNaN(parseBackupTime(time)) ? undefined : time
}

export interface BackupChoice {
  /** undefined: the newest of each ref. */
  readonly at: string | undefined
  /** undefined: all refs. */
  readonly refspecs: RefspecSet | undefined
}

/**
 * The options of a mirror that brings the chosen ones back.
 * @throws MirrorError `usage` where nothing is chosen
 */
export function chooseBackups(
  options: MirrorOptions,
  backups: Backups,
  { at, refspecs }: BackupChoice,
): MirrorOptions {
  const include = new Map<string, Refspec>()
  // Oldest first: of each ref the last one stays.
  for (const { name, time, ref } of backups) {
    if (at !== undefined && time !== at) continue
    const destination = refspecs === undefined ? ref : mapToDestination(refspecs, ref)
    if (destination === undefined) continue
    const text = `${name}:${destination}`
    include.set(destination, { source: name, destination, pattern: false, force: true, text })
  }
  if (include.size === 0) {
    throw new MirrorError(
      `nothing that was kept at ${printUrl(options.source.url)} is chosen by these options`,
      {
        code: 'usage',
        hint: 'kalandra restore DESTINATION lists what was kept.',
      },
    )
  }
  const chosen = [...include.values()]
  return {
    ...options,
    refspecs: { include: chosen, exclude: [], texts: chosen.map(({ text }) => text), reserved: [] },
    prune: false,
    force: true,
    allowUnrelated: true,
  }
}
