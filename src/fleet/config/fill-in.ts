import { closeSync, openSync, readSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { looksLikeToken } from '../../options/secrets.ts'
import type { Complaints } from './complaints.ts'
import type { Path } from './read-yaml.ts'

/** What stands for the parts of a repository that was found, in braces: `{repository}`. */
export type TemplateValues = Readonly<Record<string, string>>

/** Fills variables and files into values, and complains about those that are not there. */
export interface FillIn {
  /** `${NAME}` by the environment, `$$` as `$`, `{repository}` by `template`; undefined: complained about. */
  text(path: Path, value: string, template?: TemplateValues): string | undefined
  /** A secret, or a text by its place; never empty. Undefined: complained about. */
  place(path: Path, value: unknown): string | undefined
}

export interface FillInput {
  readonly env: NodeJS.ProcessEnv
  /** Where relative paths begin that stand at `path`. */
  readonly folderOf: (path: Path) => string
  readonly complaints: Pick<Complaints, 'add'>
}

/** Bytes of a file with a secret. */
const MOST_FILE_BYTES = 64 * 1024
const REFERENCES = /\$\$|\$\{([^}]*)(\}?)|\{([a-z-]*)\}/g
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Values are read once for each `FillIn`: a round makes its own, since mounted secrets change. */
export function makeFillIn(input: FillInput): FillIn {
  const { complaints } = input
  const files = new Map<string, string | undefined>()
  const variable = (path: Path, name: string, isSecret: boolean): string | undefined => {
    if (!VARIABLE.test(name)) {
      complaints.add(
        path,
        '${…} does not hold the name of a variable',
        'Write ${NAME}, or $$ for a dollar sign',
      )
      return undefined
    }
    const value = input.env[name]
    if (value !== undefined && (value !== '' || !isSecret)) return value
    complaints.add(path, `${describeVariable(name)} is ${value === undefined ? 'not set' : 'empty'}`, SET_IT)
    return undefined
  }
  const file = (path: Path, given: string): string | undefined => {
    const whole = isAbsolute(given) ? given : join(input.folderOf(path), given)
    if (!files.has(whole)) files.set(whole, readLimited(path, given, whole, complaints))
    return files.get(whole)
  }
  const text: FillIn['text'] = (path, value, template) => {
    let isWhole = true
    const filled = value.replaceAll(REFERENCES, (all, name?: string, end?: string, part?: string) => {
      if (all === '$$') return '$'
      const found =
        part === undefined
          ? variable(path, end === '' ? '' : (name ?? ''), false)
          : templatePart(path, part, template, complaints)
      isWhole &&= found !== undefined
      return found ?? ''
    })
    return isWhole ? filled : undefined
  }
  return {
    text,
    place(path, value) {
      if (typeof value === 'string') {
        const name = /^\$\{([^}]*)\}$/.exec(value)?.[1]
        return name === undefined ? text(path, value) : variable(path, name, true)
      }
      const { env, file: from } = value as { readonly env?: string; readonly file?: string }
      if (env !== undefined) return variable([...path, 'env'], env, true)
      const name = from === undefined ? undefined : text([...path, 'file'], from)
      return name === undefined ? undefined : file([...path, 'file'], name)
    },
  }
}

const SET_IT = 'Set it where this runs; in a workflow: env: NAME: ${{ secrets.NAME }}'

/** A token that stands where its variable's name should: it is not repeated. */
function describeVariable(name: string): string {
  const isConstant = /^[A-Z]+(?:_[A-Z0-9]+)+$/.test(name)
  return (looksLikeToken(name) && !isConstant) || name.length > 100
    ? 'the variable that is named here'
    : `the variable ${name}`
}

function templatePart(
  path: Path,
  part: string,
  template: TemplateValues | undefined,
  complaints: FillInput['complaints'],
): string | undefined {
  if (template !== undefined && Object.hasOwn(template, part)) return template[part]
  if (template === undefined) complaints.add(path, `{${part}} stands for something with \`discover\` alone`)
  else
    complaints.add(
      path,
      `{${part}} stands for nothing`,
      `Known are: ${Object.keys(template)
        .map((key) => `{${key}}`)
        .join(', ')}`,
    )
  return undefined
}

function readLimited(
  path: Path,
  given: string,
  whole: string,
  complaints: FillInput['complaints'],
): string | undefined {
  const name =
    /\n/.test(given) || given.length > 200 || looksLikeToken(given) ? 'this file' : `the file ${given}`
  try {
    const text = readStart(whole)
    if (text.length > MOST_FILE_BYTES) complaints.add(path, `${name} is larger than 64 KiB`)
    else if (text.toString().trim() === '') complaints.add(path, `${name} is empty`)
    else return text.toString()
  } catch (thrown) {
    complaints.add(
      path,
      `${name} can't be read (${(thrown as NodeJS.ErrnoException).code ?? 'no reason given'})`,
    )
  }
  return undefined
}

/** At most one byte more than is allowed, from a file or a pipe. */
function readStart(path: string): Buffer {
  const descriptor = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(MOST_FILE_BYTES + 1)
    let length = 0
    while (length < buffer.length) {
      const read = readSync(descriptor, buffer, length, buffer.length - length, null)
      if (read === 0) break
      length += read
    }
    return buffer.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}
