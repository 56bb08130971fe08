import { MirrorError } from '../../base/errors.ts'
import { formatCount } from '../../report/wording.ts'

/** Where something stands in a file; both numbers begin at 1. */
export interface Place {
  /** Printable path of the file; undefined: there is one only. */
  readonly file?: string | undefined
  readonly line: number
  readonly column: number
}

/** `line 5`, or `more.yml:5` where there are several files. */
export function namePlace({ file, line }: Place): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`
}

/** One mistake. `text` and `hint` are ours, and hold nothing that could be a secret. */
export interface Complaint extends Place {
  readonly text: string
  /** What to do. */
  readonly hint?: string | undefined
}

/** More mistakes are counted, and not told one by one. */
export const MOST_COMPLAINTS = 50

/** Everything that is wrong with a config file, at once and in the order of the file. */
export class ConfigError extends MirrorError {
  /** Printable path of the file, or of the folder or the first of several; `config` for an inline one. */
  readonly file: string
  readonly complaints: readonly Complaint[]
  /** Mistakes beyond `MOST_COMPLAINTS`. */
  readonly leftOut: number

  constructor(file: string, complaints: readonly Complaint[]) {
    const sorted = complaints.toSorted(comparePlaces)
    const told = sorted.slice(0, MOST_COMPLAINTS)
    const count = complaints.length
    super(`${file}: ${count === 1 ? 'one mistake' : `${formatCount(count)} mistakes`}; nothing was touched`, {
      code: 'usage',
      hint: 'Mend the file, and see it checked with: check CONFIG',
    })
    this.file = file
    this.complaints = told
    this.leftOut = count - told.length
  }
}

/** In the order of the files and of what stands in them. */
export function comparePlaces(a: Place, b: Place): number {
  const [one = '', other = ''] = [a.file, b.file]
  return (one < other ? -1 : one > other ? 1 : 0) || a.line - b.line || a.column - b.column
}

/** `mirrors.yml:8:5  unknown key "prun". Did you mean "prune"?`, a line for each mistake. */
export function renderConfigError(error: ConfigError): readonly string[] {
  const lines = error.complaints.map(
    ({ file = error.file, line, column, text, hint }) =>
      `${file}:${line}:${column}  ${text}${hint === undefined ? '' : `. ${hint}`}`,
  )
  return error.leftOut === 0 ? lines : [...lines, `${error.file}: … and ${formatCount(error.leftOut)} more`]
}
