import type { MirrorError } from '../../base/errors.ts'
import type { ObjectId } from '../../protocol/object-id.ts'
import type { Plan } from '../../plan/plan-types.ts'
import type { Reporter } from '../../report/events.ts'
import type { DestinationResult, DestinationStatus, RefChange, RejectedRef } from '../../report/result.ts'
import { FiguresKeeper } from './figures.ts'

/** A name of ours that keeps the old value of a ref. */
export interface Backup {
  readonly name: string
  readonly ref: string
  readonly id: ObjectId
}

/** Writes down what comes of one destination, and tells the reporter as it happens. Nobody else keeps a result. */
export class Ledger {
  readonly figures = new FiguresKeeper()
  readonly #label: string
  readonly #isDryRun: boolean
  readonly #reporter: Reporter
  readonly #changed = new Map<string, RefChange>()
  readonly #rejected = new Map<string, RejectedRef>()
  readonly #deleted = new Set<string>()
  readonly #backups = new Map<string, Backup>()
  readonly #warnings = new Set<string>()
  #leftovers: readonly string[] = []
  #upToDate = 0
  #inScope: number | undefined
  #error: MirrorError | undefined

  /** `label`: the printable address of the destination. */
  constructor(options: { readonly label: string; readonly isDryRun: boolean; readonly reporter: Reporter }) {
    this.#label = options.label
    this.#isDryRun = options.isDryRun
    this.#reporter = options.reporter
  }

  /** Source refs in scope, once a round was planned. */
  get inScope(): number | undefined {
    return this.#inScope
  }

  /** Refs that have changed so far. */
  get changes(): number {
    return this.#changed.size
  }

  /** Refs that were deleted, whatever came after. */
  get deleted(): ReadonlySet<string> {
    return this.#deleted
  }

  /** Refs of ours that the destination has, by name: they keep what has arrived of a history in pieces. */
  get leftovers(): readonly string[] {
    return this.#leftovers
  }

  /** Old values that this run has kept, by the names that keep them. */
  get backups(): ReadonlyMap<string, Backup> {
    return this.#backups
  }

  get error(): MirrorError | undefined {
    return this.#error
  }

  get hasRejected(): boolean {
    return this.#rejected.size > 0
  }

  isRejected(ref: string): boolean {
    return this.#rejected.has(ref)
  }

  /** As `isRejected`, with a reason that lets the run fail. */
  isRefused(ref: string): boolean {
    return this.#rejected.get(ref)?.warning === false
  }

  /** A line for the log. */
  note(text: string): void {
    this.#reporter({ kind: 'notice', level: 'info', destination: this.#label, text })
  }

  /** A warning that stands in the result, too; said once. */
  warn(text: string): void {
    if (this.#warnings.has(text)) return
    this.#warnings.add(text)
    this.#reporter({ kind: 'notice', level: 'warning', destination: this.#label, text })
  }

  /** What a round's plan counts. Refs that were pushed in earlier rounds are no longer told from those that stood right. */
  count({ inScope, upToDate }: Pick<Plan, 'inScope' | 'upToDate'>): void {
    this.#inScope = inScope
    if (this.figures.pushes === 0) this.#upToDate = upToDate
  }

  /** The destination shows the new value, or would after a dry run. */
  change(now: RefChange): void {
    const before = this.#changed.get(now.ref)
    if (before?.new === now.new) return
    const change = mergeChange(before, now)
    this.#changed.set(now.ref, change)
    this.#rejected.delete(now.ref)
    if (now.action === 'delete') this.#deleted.add(now.ref)
    this.#reporter({ kind: 'changed', destination: this.#label, change, dryRun: this.#isDryRun })
  }

  /** The destination shows the old value of a ref under a name of ours. */
  keepBackup(backup: Backup): void {
    this.#backups.set(backup.name, backup)
  }

  /** The ref stays as it is for this run. The first reason stands. */
  reject(ref: RejectedRef): void {
    if (this.#rejected.has(ref.ref)) return
    this.#rejected.set(ref.ref, ref)
    this.#reporter({ kind: 'rejected', destination: this.#label, rejected: ref })
  }

  /** `names`: all refs of ours that the destination has from now on. */
  keepLeftovers(names: readonly string[]): void {
    this.#leftovers = names
  }

  /** What ended the run. */
  fail(error: MirrorError): void {
    this.#error = error
  }

  result(): DestinationResult {
    return {
      destination: this.#label,
      status: this.#status(),
      changed: [...this.#changed.values()],
      rejected: [...this.#rejected.values()],
      upToDate: this.#upToDate,
      warnings: [...this.#warnings],
      leftovers: this.#leftovers,
      error: this.#error,
      figures: this.figures.result(),
    }
  }

  #status(): DestinationStatus {
    if (this.#error !== undefined) return 'failed'
    if ([...this.#rejected.values()].some((ref) => !ref.warning)) return 'rejected'
    if (this.#isDryRun) return 'planned'
    return this.#changed.size > 0 ? 'mirrored' : 'unchanged'
  }
}

/** A ref that changed twice in one run (the source moved meanwhile) is one change from first to last. */
function mergeChange(before: RefChange | undefined, now: RefChange): RefChange {
  if (before === undefined) return now
  const action = before.action === 'create' || before.action === 'force' ? before.action : now.action
  return { ...now, old: before.old, action: now.action === 'delete' ? 'delete' : action }
}
