import type { MirrorEvent } from '../../report/events.ts'
import { safeLine, type Secrets } from '../../report/redact.ts'
import type { Phase } from '../../report/result.ts'
import { describePhase, describeServerLine } from '../../report/wording.ts'

/** How far a run is. */
export interface Progress {
  readonly began: number
  readonly phase: Phase | undefined
  readonly bytes: number
  readonly objects: number
}

/** Lines of a run that are kept, and UTF-16 units of each. */
const KEPT_LINES = 60
const LINE_LENGTH = 300
/** Milliseconds between two mentions of one mirror's progress. */
const MENTION_INTERVAL_MS = 1000

interface Live {
  began: number
  phase: Phase | undefined
  readonly bytes: Map<string, number>
  readonly objects: Map<string, number>
  lastMention: number
}

/** What is going on, by mirror, and the lines of its last run. In memory only. */
export class LiveRuns {
  readonly #live = new Map<string, Live>()
  readonly #lines = new Map<string, string[]>()
  readonly #now: () => number
  readonly #secrets: () => Secrets

  constructor(now: () => number, secrets: () => Secrets) {
    this.#now = now
    this.#secrets = secrets
  }

  begin(name: string): void {
    const began = this.#now()
    this.#live.set(name, { began, phase: undefined, bytes: new Map(), objects: new Map(), lastMention: 0 })
    this.#lines.set(name, [])
  }

  end(name: string): void {
    this.#live.delete(name)
  }

  forget(name: string): void {
    this.#live.delete(name)
    this.#lines.delete(name)
  }

  progress(name: string): Progress | undefined {
    const live = this.#live.get(name)
    if (live === undefined) return undefined
    return { began: live.began, phase: live.phase, bytes: sum(live.bytes), objects: sum(live.objects) }
  }

  /** Oldest first, harmless. */
  lines(name: string): readonly string[] {
    return this.#lines.get(name) ?? []
  }

  /** @returns whether it is time to tell others how far it is */
  take(name: string, event: MirrorEvent): boolean {
    const live = this.#live.get(name)
    if (live === undefined) return false
    const isNews = this.#apply(name, live, event)
    const now = this.#now()
    if (!isNews || now - live.lastMention < MENTION_INTERVAL_MS) return false
    live.lastMention = now
    return true
  }

  #apply(name: string, live: Live, event: MirrorEvent): boolean {
    switch (event.kind) {
      case 'phase':
        live.phase = event.phase
        this.#line(name, describePhase(event, ''))
        return true
      case 'progress':
        live.bytes.set(event.destination, event.bytes)
        live.objects.set(event.destination, event.objects)
        return true
      case 'server-text':
        this.#line(name, describeServerLine(event))
        return false
      case 'notice':
        this.#line(name, `${event.level === 'warning' ? 'warning: ' : ''}${event.text}`)
        return false
      case 'lfs-progress':
      case 'changed':
      case 'rejected':
        return false
    }
  }

  #line(name: string, text: string): void {
    const lines = this.#lines.get(name) ?? []
    lines.push(safeLine(text, this.#secrets(), LINE_LENGTH))
    if (lines.length > KEPT_LINES) lines.shift()
    this.#lines.set(name, lines)
  }
}

function sum(values: ReadonlyMap<string, number>): number {
  let total = 0
  for (const value of values.values()) total += value
  return total
}
