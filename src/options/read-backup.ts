import { BACKUP_PREFIXES, whyInvalidPrefix } from '../plan/ours/backups.ts'
import { quote, readText, readValue, usageError, type ValueReader } from './values.ts'

export interface BackupOptions {
  /** Namespaces for old values, each with a slash at its end: the next one where the destination refuses the first. */
  readonly prefixes: readonly string[]
  /** Infinity: for ever. */
  readonly keepDays: number
}

/**
 * `true`, `false`, or the namespace.
 * @returns undefined where nothing is to be kept
 * @throws MirrorError `usage`
 */
export function readBackup(reader: ValueReader): BackupOptions | undefined {
  const keepDays = readValue(reader, 'backup-keep')
  const text = readText(reader, 'backup')
  if (text.toLowerCase() === 'false') return undefined
  if (text.toLowerCase() === 'true') return { prefixes: BACKUP_PREFIXES, keepDays }
  const prefix = `${text.replace(/\/+$/, '')}/`
  const why = whyInvalidPrefix(prefix)
  if (why !== undefined) {
    throw usageError(
      reader,
      'backup',
      `"${quote(text)}" is neither true nor false nor a namespace of refs: ${why}`,
      'Write true, or the beginning of full ref names, such as refs/backup/.',
    )
  }
  return { prefixes: [prefix], keepDays }
}
