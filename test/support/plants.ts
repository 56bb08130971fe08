import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActionResult } from './runner.ts'
import type { Finished } from './running.ts'

/** A secret that a test has planted, with every text by which it would be found again. */
export interface Plant {
  readonly name: string
  readonly value: string
  readonly forms: readonly string[]
}

/** A text that nothing else holds. */
export function makeSecret(prefix = ''): string {
  return `${prefix}${randomBytes(12).toString('hex')}`
}

/**
 * `with`: texts that travel glued to the secret, such as `user:` before a token.
 * A private key is found by each of its lines, and by the base64 of the whole.
 */
export function plantSecret(name: string, value: string, glued: readonly string[] = []): Plant {
  const forms = new Set<string>()
  const lines = value.includes('\n')
    ? value.split(/\r?\n/).filter((line) => /^[A-Za-z0-9+/=]{40,}$/.test(line))
    : []
  const texts = [value, ...lines]
  for (const text of [...texts, ...glued.flatMap((before) => [`${before}${value}`, `${value}${before}`])]) {
    for (const form of formsOf(text)) forms.add(form)
  }
  return { name, value, forms: [...forms].filter((form) => form.length >= 8) }
}

function formsOf(text: string): readonly string[] {
  const encoded = encodeURIComponent(text)
  return [
    text,
    encoded,
    encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    encoded.replaceAll('%20', '+'),
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('hex'),
    ...[0, 1, 2].flatMap((offset) => base64Cores(text, offset)),
  ]
}

/** What the base64 of any text has in it that holds `text` at an offset of 0, 1 or 2 modulo 3; both alphabets. */
function base64Cores(text: string, offset: number): readonly string[] {
  const bytes = Buffer.from(text)
  const whole = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replaceAll('=', '')
  // Characters that neighbours have a part in are left out.
  const from = [0, 2, 3][offset]!
  const inner = Math.floor(((offset + bytes.length) * 8) / 6)
  const core = whole.slice(from, inner)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}

export interface Found {
  readonly plant: string
  readonly where: string
  readonly line: string
}

/** Searches texts for plants and counts what it did. */
export class SecretSearch {
  bytes = 0
  texts = 0
  runs = 0
  readonly plants: readonly Plant[]

  constructor(plants: readonly Plant[]) {
    this.plants = plants
  }

  get forms(): number {
    return this.plants.reduce((sum, plant) => sum + plant.forms.length, 0)
  }

  /** Where plants are found in texts by name. */
  search(texts: Readonly<Record<string, string>>): readonly Found[] {
    const found: Found[] = []
    for (const [where, text] of Object.entries(texts)) {
      this.bytes += Buffer.byteLength(text)
      this.texts += 1
      for (const plant of this.plants) {
        const form = plant.forms.find((one) => text.includes(one))
        if (form !== undefined) found.push({ plant: plant.name, where, line: lineWith(text, form) })
      }
    }
    return found
  }

  /** Everything that a step left: raw but for the lines that ask for a mask, and what others read of it. */
  searchAction(result: ActionResult): readonly Found[] {
    this.runs += 1
    const isMask = (line: string): boolean => line.startsWith('::add-mask::')
    return this.search({
      log: result.log,
      stdout: result.stdout
        .split('\n')
        .filter((line) => !isMask(line))
        .join('\n'),
      stderr: result.stderr,
      summary: result.summary,
      'summary as it is shown': result.summary.replace(/&#(\d+);/g, (_, code: string) =>
        String.fromCodePoint(Number(code)),
      ),
      outputs: JSON.stringify(result.outputs),
      ...Object.fromEntries(Object.entries(result.outputs).map(([name, value]) => [`output ${name}`, value])),
      state: JSON.stringify(result.state),
    })
  }

  searchCommand(result: Finished): readonly Found[] {
    this.runs += 1
    return this.search({ stdout: result.stdout, stderr: result.stderr })
  }
}

function lineWith(text: string, form: string): string {
  const at = text.indexOf(form)
  const start = text.lastIndexOf('\n', at) + 1
  const end = text.indexOf('\n', at)
  return text.slice(start, Math.min(end < 0 ? text.length : end, start + 300))
}

export interface SpyFolder {
  /** To stand first in PATH. */
  readonly path: string
  /** Arguments and environment of every git that was started by it, and of what these started in turn. */
  readonly seen: () => Promise<string>
}

/** A `git` that writes down what it was given, by the system's own records, and then is git. */
export async function makeSpyGit(folder: string): Promise<SpyFolder> {
  const file = join(folder, 'seen')
  await writeFile(file, '')
  const dump = `cat /proc/$$/cmdline /proc/$$/environ | tr '\\0' '\\n' >> '${file}'; echo "-- $0 $PPID" >> '${file}'`
  const real = `PATH="\${PATH#*:}" exec git "$@"`
  await writeFile(join(folder, 'git'), `#!/bin/sh\n${dump}\n${real}\n`, { mode: 0o755 })
  return { path: folder, seen: () => readFile(file, 'utf8') }
}
