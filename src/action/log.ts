import { createProgressMeter } from '../report/progress-meter.ts'
import type { MirrorEvent, Reporter } from '../report/events.ts'
import type { Phase, RefAction } from '../report/result.ts'
import { NO_SECRETS, safeLine, type Secrets } from '../report/redact.ts'
import { shortId } from '../report/wording.ts'
import type { Core } from './core.ts'

/** What the log needs of the runner. */
export type LogSink = Pick<Core, 'info' | 'warning' | 'error' | 'startGroup' | 'endGroup'>

export interface ActionLog {
  readonly reporter: Reporter
  info(text: string): void
  /** As an annotation while the runner shows any more of them, then as a plain line; each text once. */
  warning(text: string): void
  error(text: string): void
  /** A text as this log would show it. */
  line(text: string): string
  /** Ends what is open: groups and timers. */
  close(): void
}

export interface LogOptions {
  readonly sink: LogSink
  readonly destinations: readonly string[]
  /** What no line may hold. */
  readonly secrets?: Secrets
  /** Milliseconds between two progress lines. */
  readonly progressInterval?: number
  /** Milliseconds of silence after which the log says that it still waits. */
  readonly silenceInterval?: number
}

/** The runner keeps ten annotations of a type for a step; the last error is the verdict's. */
const MOST_ANNOTATIONS = 9

const MOST_REF_LINES = 200

const MOST_LENGTH = 2000

const GROUP_TITLES: Readonly<Record<Phase, string>> = {
  list: 'List refs',
  negotiate: 'Negotiate',
  transfer: 'Transfer',
  verify: 'Verify',
}

const PHASE_ORDER: readonly Phase[] = ['list', 'negotiate', 'transfer', 'verify']

const SIGNS: Readonly<Record<RefAction, string>> = { create: '+', update: '*', force: '!', delete: '-' }

/** The log of a step: phases as groups, a line of progress now and then, everything else as it comes. */
export function createLog(options: LogOptions): ActionLog {
  const { sink, destinations, secrets = NO_SECRETS } = options
  const logLine = (text: string): string => safeLine(text, secrets, MOST_LENGTH)
  const meter = createProgressMeter(options.progressInterval ?? 3000, () => performance.now())
  const silence = options.silenceInterval ?? 60_000
  const several = destinations.length > 1
  const refLines = new Map<string, number>()
  const said = new Set<string>()
  const annotations = { warning: 0, error: 0 }
  let group: Phase | undefined
  let lastPhase = 'starting'
  let lastLine = performance.now()

  function info(text: string): void {
    lastLine = performance.now()
    sink.info(logLine(text))
  }

  function annotate(level: 'warning' | 'error', text: string): void {
    if (said.has(text)) return
    said.add(text)
    lastLine = performance.now()
    annotations[level] += 1
    if (annotations[level] <= MOST_ANNOTATIONS) sink[level](logLine(text))
    else sink.info(logLine(`${level}: ${text}`))
  }

  function prefix(destination: string | undefined): string {
    return several && destination !== undefined ? `[${shortAddress(destination)}] ` : ''
  }

  function enterPhase(event: MirrorEvent & { kind: 'phase' }): void {
    lastPhase = event.text
    // Groups do not nest and destinations run side by side: with several, a group begins with the first of them.
    const begins =
      !several || group === undefined || PHASE_ORDER.indexOf(event.phase) > PHASE_ORDER.indexOf(group)
    if (begins && (event.phase !== group || !several)) {
      if (group !== undefined) sink.endGroup()
      sink.startGroup(logLine(several ? GROUP_TITLES[event.phase] : beginSentence(event.text)))
      group = event.phase
      if (!several) return
    }
    const names = event.destination !== undefined && event.text.includes(event.destination)
    info(`${names ? '' : prefix(event.destination)}${event.text}`)
  }

  function refLine(destination: string, text: string): void {
    const count = (refLines.get(destination) ?? 0) + 1
    refLines.set(destination, count)
    if (count <= MOST_REF_LINES) info(`${prefix(destination)}${text}`)
    if (count === MOST_REF_LINES + 1)
      info(`${prefix(destination)}… and more; the outputs and the summary have them`)
  }

  function report(event: MirrorEvent): void {
    switch (event.kind) {
      case 'phase':
        return enterPhase(event)
      case 'progress': {
        const line = meter.update(event.destination, event.bytes, event.objects)
        if (line !== undefined) info(`${prefix(event.destination)}${line}`)
        return
      }
      case 'server-text':
        return info(`${prefix(event.server)}${event.side === 'source' ? 'source' : 'remote'}: ${event.text}`)
      case 'notice':
        if (event.level === 'warning') annotate('warning', `${prefix(event.destination)}${event.text}`)
        else info(`${prefix(event.destination)}${event.text}`)
        return
      case 'changed': {
        const { change } = event
        const ids = [shortId(change.old), shortId(change.new)].filter((id) => id !== '').join('..')
        return refLine(
          event.destination,
          `${SIGNS[change.action]} ${event.dryRun ? 'would ' : ''}${change.action} ${change.ref} ${ids}`,
        )
      }
      case 'rejected': {
        const { rejected } = event
        return refLine(
          event.destination,
          `x rejected: ${rejected.action} ${rejected.ref}: ${rejected.reason}`,
        )
      }
    }
  }

  const heartbeat = setInterval(() => {
    const quiet = performance.now() - lastLine
    if (quiet >= silence) info(`still waiting, no news for a minute: ${lastPhase}`)
  }, silence / 4)
  heartbeat.unref()

  return {
    reporter: report,
    info,
    warning: (text) => annotate('warning', text),
    error: (text) => annotate('error', text),
    line: logLine,
    close() {
      clearInterval(heartbeat)
      if (group !== undefined) sink.endGroup()
      group = undefined
    },
  }
}

function beginSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** An address without its scheme, for the start of a line. */
function shortAddress(address: string): string {
  return address.replace(/^[a-z]+:\/\//, '')
}
