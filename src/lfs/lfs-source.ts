import type { ObjectFormat, ObjectId } from '../protocol/object-id.ts'
import type { LfsStore } from './api/store.ts'
import {
  findPointers,
  type FoundPointers,
  POINTER_FILTERS,
  type ScannedPack,
} from './pointers/find-pointers.ts'

/** A question to the source's upload-pack whose pack is read here and thrown away. */
export interface ScanQuestion {
  readonly wants: readonly ObjectId[]
  readonly haves: readonly ObjectId[]
  /** Commits from each want; undefined: all. */
  readonly deepen: number | undefined
  readonly filter: string | undefined
}

export interface LfsSourceOptions {
  readonly format: ObjectFormat
  /** Asks on a connection of its own, never thin. @throws MirrorError */
  readonly fetch: (question: ScanQuestion) => Promise<ScannedPack>
  /** Whether the source filters at all. */
  readonly filters: () => Promise<boolean>
  /**
   * Opens the source's LFS store, once. `mayHaveConfig`: a scan has seen what may be a `.lfsconfig`.
   * @throws MirrorError
   */
  readonly open: (mayHaveConfig: boolean) => Promise<LfsStore>
}

export type Range = Pick<ScanQuestion, 'wants' | 'haves' | 'deepen'>

/** The source of a run as LFS sees it, shared by its destinations: what was found out once is not asked again. */
export class LfsSource {
  readonly #options: LfsSourceOptions
  readonly #scans = new Map<string, Promise<FoundPointers>>()
  #store: Promise<LfsStore> | undefined
  #mayHaveConfig = false
  /** Of `POINTER_FILTERS`: those before it were refused. */
  #rung: number | undefined

  constructor(options: LfsSourceOptions) {
    this.#options = options
  }

  /** Whether a scan reads little more than the pointers, or as much as a mirror itself. */
  async isCheap(): Promise<boolean> {
    return (await this.#firstRung()) === 0
  }

  /** The pointers of a range, asked for once. @throws MirrorError of the source. */
  async scan(range: Range): Promise<FoundPointers> {
    const key = JSON.stringify([range.deepen, range.wants.toSorted(), range.haves.toSorted()])
    const known = this.#scans.get(key)
    if (known !== undefined) return await known
    const scanning = this.#scan(range)
    this.#scans.set(key, scanning)
    // A failure is not kept: another attempt may go well.
    scanning.catch(() => this.#scans.delete(key))
    return await scanning
  }

  async store(): Promise<LfsStore> {
    this.#store ??= this.#options.open(this.#mayHaveConfig).catch((error: unknown) => {
      this.#store = undefined
      throw error
    })
    return await this.#store
  }

  async dispose(): Promise<void> {
    const store = await this.#store?.catch(() => undefined)
    await store?.dispose()
  }

  async #scan(range: Range): Promise<FoundPointers> {
    const found = await findPointers({
      format: this.#options.format,
      from: await this.#firstRung(),
      fetch: (filter) => this.#options.fetch({ ...range, filter }),
    })
    this.#rung = Math.max(this.#rung ?? 0, found.rung)
    this.#mayHaveConfig ||= found.mayHaveConfig
    return found
  }

  async #firstRung(): Promise<number> {
    this.#rung ??= (await this.#options.filters()) ? 0 : POINTER_FILTERS.length - 1
    return this.#rung
  }
}
