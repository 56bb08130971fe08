import { readClock } from '../../base/clock.ts'
import { stateOf } from '../../fleet/report/findings.ts'
import type { RoundLine } from '../../fleet/report/round-lines.ts'
import type { MirrorEvent } from '../../report/events.ts'
import { safeLine, type Secrets } from '../../report/redact.ts'
import { formatBytes, formatCount } from '../../report/wording.ts'
import type { PrintStream } from './print.ts'

const LIVE_INTERVAL_MS = 200
const PLAIN_INTERVAL_MS = 5000
const LINE_LENGTH = 2000
const USUAL_COLUMNS = 80
const UP = '\u001B[1A'
const CLEAR_LINE = '\r\u001B[K'

/** What a person sees of a round while it runs. */
export interface RoundProgress {
  onEvent(name: string, event: MirrorEvent): void
  onLine(line: RoundLine): void
  line(text: string): void
  close(): void
}

/** On a terminal one live line for the round and one for each transfer, else a plain line every few seconds. */
export function createRoundProgress(options: {
  readonly stream: PrintStream
  readonly secrets: Secrets
  readonly count: number
  readonly verbose: boolean
}): RoundProgress {
  const { stream, secrets, count } = options
  const isLive = stream.isTTY === true
  const transfers = new Map<string, number>()
  const counts = { ended: 0, failed: 0, changed: 0 }
  let shown = 0
  let last = readClock()

  const safe = (text: string, max = LINE_LENGTH): string => safeLine(text, secrets, max)
  const roundLine = (): string =>
    `${formatCount(counts.ended)} of ${formatCount(count)} mirrors, ${formatCount(counts.changed)} changed, ${formatCount(counts.failed)} failed`

  function clear(): void {
    if (shown > 0) stream.write(`${CLEAR_LINE}${`${UP}${CLEAR_LINE}`.repeat(shown - 1)}`)
    shown = 0
  }

  function draw(): void {
    clear()
    const width = Math.max(20, (stream.columns || USUAL_COLUMNS) - 1)
    const lines = [roundLine(), ...[...transfers].map(([name, bytes]) => `  ${name}: ${formatBytes(bytes)}`)]
    stream.write(lines.map((line) => safe(line, width)).join('\n'))
    shown = lines.length
  }

  function refresh(isDue = readClock() - last >= (isLive ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS)): void {
    if (!isDue) return
    last = readClock()
    if (isLive) draw()
    else stream.write(`${safe(roundLine())}\n`)
  }

  function line(text: string): void {
    clear()
    stream.write(`${safe(text)}\n`)
    if (isLive) draw()
  }

  return {
    onEvent(name, event) {
      if (event.kind === 'progress') transfers.set(name, event.bytes)
      if (event.kind === 'notice' && (options.verbose || event.level === 'warning'))
        line(`[${name}] ${event.text}`)
      if (event.kind === 'server-text' && options.verbose) line(`[${name}] remote: ${event.text}`)
      refresh()
    },
    onLine(given) {
      if (!('name' in given)) return
      transfers.delete(given.name)
      counts.ended++
      const state = stateOf(given)
      if (state === 'changed') counts.changed++
      if (!given.ok) counts.failed++
      if (!given.ok && given.skipped === null) line(`${given.name}: ${state}`)
      refresh()
    },
    line,
    close: clear,
  }
}
