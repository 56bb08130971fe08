import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { ConfigSource } from '../config/fleet-file.ts'
import { MOST_CONFIG_BYTES, tooLarge } from '../config/read-yaml.ts'

/** Whether an input is the text of a config, and no list of paths: one of its lines has a key. */
export function isInline(config: string): boolean {
  return config.split(/\r\n|\r|\n/).some((line) => /^[^#]*:(?:\s|$)|^\s*[{[]/.test(line))
}

/** A config that stands in the input itself; relative paths in it begin at `folder`. */
export function inlineConfig(text: string, folder: string): ConfigSource {
  return { text, name: 'config', folder }
}

/**
 * Reads config files; of a folder those that end in `.yml` or `.yaml`, in the order of their names. Relative paths in a
 * file begin at its own folder.
 * @throws MirrorError `usage` that names the path; with `cause.code` of the system
 */
export function readConfigFiles(
  paths: readonly string[],
  folder: string = process.cwd(),
): readonly ConfigSource[] {
  return paths.flatMap((path) => readConfigPath(path, folder))
}

/** One of them. @throws MirrorError as `readConfigFiles` */
export function readConfigPath(path: string, folder: string): readonly ConfigSource[] {
  try {
    const whole = isAbsolute(path) ? path : join(folder, path)
    if (!statSync(whole).isDirectory()) return [readConfigFile(path, whole)]
    const names = pickConfigs(readdirSync(whole), path)
    return names.map((name) => readConfigFile(join(path, name), join(whole, name)))
  } catch (thrown) {
    if (thrown instanceof MirrorError) throw thrown
    const code = (thrown as NodeJS.ErrnoException).code ?? 'no reason given'
    throw new MirrorError(`${printableLine(path, 300)}: the file can't be read (${code})`, {
      code: 'usage',
      hint: 'Give the path of a config file, or of a folder of them.',
      cause: thrown,
    })
  }
}

/** The config files among the names of a folder, sorted. @throws MirrorError `usage` where there is none */
export function pickConfigs(names: readonly string[], folder: string): readonly string[] {
  const found = names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).toSorted()
  if (found.length > 0) return found
  throw new MirrorError(`${printableLine(folder, 300)}: this folder has no config file`, {
    code: 'usage',
    hint: 'Its files have to end in .yml or .yaml.',
  })
}

function readConfigFile(path: string, whole: string): ConfigSource {
  const name = printableLine(path, 300)
  return { text: readLimited(whole, name), name, folder: dirname(resolve(whole)) }
}

function readLimited(path: string, name: string): string {
  const descriptor = openSync(path, 'r')
  try {
    if (fstatSync(descriptor).size > MOST_CONFIG_BYTES) throw tooLarge(name)
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}
