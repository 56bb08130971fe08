import { readFile, rm } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { gitWith } from './git.ts'

const ROOT = resolve(import.meta.dirname, '../..')

export interface CommitOptions {
  readonly ref: string
  readonly message?: string
  /** Path -> content; undefined deletes. A path is written as it is. */
  readonly files?: Readonly<Record<string, string | Uint8Array | undefined>>
  /** Marks or ids; the first is the parent, the others are merged. Default: what the stream gave `ref` before. */
  readonly parents?: readonly (Mark | string)[]
  /** Seconds since 1970; default: a minute after the commit before. */
  readonly time?: number
}

/** An object that the stream has made: `:1`. */
export type Mark = `:${number}`

/** Writes a `git fast-import` stream: thousands of objects and refs in one process. */
export class FastImport {
  readonly #parts: Buffer[] = []
  #marks = 0
  #time: number

  constructor(options: { readonly start?: number } = {}) {
    this.#time = options.start ?? 1_700_000_000
  }

  blob(content: string | Uint8Array): Mark {
    const mark = this.#mark()
    this.#line(`blob\nmark ${mark}`)
    this.#data(content)
    return mark
  }

  commit(options: CommitOptions): Mark {
    const { ref, message = `${ref}\n`, files = {}, parents, time = (this.#time += 60) } = options
    const mark = this.#mark()
    if (parents) this.#line(`reset ${ref}`)
    this.#line(`commit ${ref}\nmark ${mark}`)
    this.#line(`author A U Thor <author@example.com> ${time} +0000`)
    this.#line(`committer C O Mitter <committer@example.com> ${time} +0000`)
    this.#data(message)
    const [first, ...others] = parents ?? []
    if (first !== undefined) this.#line(`from ${first}`)
    for (const other of others) this.#line(`merge ${other}`)
    for (const [path, content] of Object.entries(files)) this.#file(path, content)
    this.#line('')
    return mark
  }

  /** An annotated tag of anything: a commit, a blob, another tag. */
  tag(name: string, target: Mark | string, message = `${name}\n`): Mark {
    const mark = this.#mark()
    this.#line(`tag ${name}\nmark ${mark}\nfrom ${target}`)
    this.#line(`tagger T Agger <tagger@example.com> ${(this.#time += 60)} +0000`)
    this.#data(message)
    return mark
  }

  /** Makes `ref` name a commit or a tag. Anything else: `git update-ref` with an id that `run` gave. */
  ref(ref: string, target: Mark | string): void {
    this.#line(`reset ${ref}\nfrom ${target}\n`)
  }

  /** Runs the stream into `dir`, where refs may move backwards, and tells the id behind each mark. */
  async run(dir: string): Promise<(mark: Mark) => string> {
    // Git looks for a repository upwards: a wrong folder would be written into this project's own.
    if (`${resolve(dir)}${sep}`.startsWith(`${ROOT}${sep}`))
      throw new Error(`${dir} is no scratch repository`)
    this.#line('done')
    const input = Buffer.concat(this.#parts)
    const args = ['--quiet', '--force', '--done', '--export-marks=.marks']
    await gitWith({ input }, dir, 'fast-import', ...args)
    const file = join(dir, '.marks')
    const ids = new Map(
      (await readFile(file, 'utf8')).split('\n').map((line) => line.split(' ') as [Mark, string]),
    )
    await rm(file)
    return (mark) => ids.get(mark)!
  }

  #line(text: string): void {
    this.#parts.push(Buffer.from(`${text}\n`))
  }

  #data(content: string | Uint8Array): void {
    const bytes = Buffer.from(content as Uint8Array)
    this.#parts.push(Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n'))
  }

  #file(path: string, content: string | Uint8Array | undefined): void {
    const quoted = `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`
    if (content === undefined) this.#line(`D ${quoted}`)
    else {
      this.#line(`M 100644 inline ${quoted}`)
      this.#data(content)
    }
  }

  #mark(): Mark {
    this.#marks += 1
    return `:${this.#marks}`
  }
}
