import { readClock } from '../../base/clock.ts'
import { createProgressMeter } from '../../report/progress-meter.ts'
import type { MirrorEvent, Reporter } from '../../report/events.ts'
import { safeLine, type Secrets } from '../../report/redact.ts'
import { describePhase, describeServerLine } from '../../report/wording.ts'

/** What a stream of the terminal offers. */
export interface PrintStream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

export interface Printer {
  readonly reporter: Reporter
  /** One line to the stream of messages. */
  line(text: string): void
  /** Takes the live line away. */
  close(): void
}

const PLAIN_INTERVAL_MS = 5000

const LIVE_INTERVAL_MS = 200

/** UTF-16 units of the longest line. */
const LINE_LENGTH = 2000

/** Columns of a terminal that does not tell. */
const USUAL_COLUMNS = 80

const CLEAR_LINE = '\r\u001B[K'

/** Messages of a run: one live line on a terminal, else a plain line every few seconds. */
export function createPrinter(options: {
  readonly stream: PrintStream
  readonly secrets: Secrets
  readonly several: boolean
}): Printer {
  const { stream, secrets, several } = options
  const live = stream.isTTY === true
  const meter = createProgressMeter(live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS, readClock)
  let shown = ''

  function safe(text: string, max = LINE_LENGTH): string {
    return safeLine(text, secrets, max)
  }

  function line(text: string): void {
    stream.write(`${shown === '' ? '' : CLEAR_LINE}${safe(text)}\n`)
    if (shown !== '') stream.write(shown)
  }

  function showLive(text: string): void {
    shown = safe(text, Math.max(20, (stream.columns || USUAL_COLUMNS) - 1))
    stream.write(`${CLEAR_LINE}${shown}`)
  }

  function prefix(destination: string | undefined): string {
    return several && destination !== undefined ? `[${destination}] ` : ''
  }

  function report(event: MirrorEvent): void {
    switch (event.kind) {
      case 'phase': {
        const text = describePhase(event, prefix(event.destination))
        return live ? showLive(text) : line(text)
      }
      case 'progress': {
        const text = meter.update(event.destination, event.bytes, event.objects)
        if (text === undefined) return
        const whole = `${prefix(event.destination)}${text}`
        return live ? showLive(whole) : line(whole)
      }
      case 'lfs-progress': {
        const text = meter.updateLfs(event)
        if (text === undefined) return
        const whole = `${prefix(event.destination)}${text}`
        return live ? showLive(whole) : line(whole)
      }
      case 'server-text':
        return line(`${prefix(event.server)}${describeServerLine(event)}`)
      case 'notice':
        return line(
          `${prefix(event.destination)}${event.level === 'warning' ? 'warning: ' : ''}${event.text}`,
        )
      case 'changed':
      case 'rejected':
        // The report at the end has them all.
        return
    }
  }

  return {
    reporter: report,
    line,
    close() {
      if (shown !== '') stream.write(CLEAR_LINE)
      shown = ''
    },
  }
}
