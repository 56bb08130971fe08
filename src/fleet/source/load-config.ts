import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { ConfigSource } from '../config/fleet-file.ts'
import { MOST_CONFIG_BYTES } from '../config/read-yaml.ts'

/** Whether an input is the text of a config, and no path: it has several lines. */
export function isInline(config: string): boolean {
  return config.trim().includes('\n')
}

/** A config that stands in the input itself; relative paths in it begin at `folder`. */
export function inlineConfig(text: string, folder: string): ConfigSource {
  return { text, name: 'config', folder }
}

/**
 * Reads a config file. Relative paths in it begin at its own folder.
 * @throws MirrorError `usage` that names the path; with `cause.code` of the system
 */
export function readConfigFile(path: string, folder: string = process.cwd()): ConfigSource {
  const whole = isAbsolute(path) ? path : join(folder, path)
  const name = printableLine(path, 300)
  try {
    return { text: readLimited(whole, name), name, folder: dirname(resolve(whole)) }
  } catch (thrown) {
    if (thrown instanceof MirrorError) throw thrown
    const code = (thrown as NodeJS.ErrnoException).code ?? 'no reason given'
    throw new MirrorError(`${name}: the file can't be read (${code})`, {
      code: 'usage',
      hint: 'Give the path of a config file.',
      cause: thrown,
    })
  }
}

function readLimited(path: string, name: string): string {
  const descriptor = openSync(path, 'r')
  try {
    if (fstatSync(descriptor).size > MOST_CONFIG_BYTES) {
      throw new MirrorError(`${name}: a config file has at most 4 MiB`, {
        code: 'usage',
        hint: 'Let `discover` find the repositories, or split the fleet into several files.',
      })
    }
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}
