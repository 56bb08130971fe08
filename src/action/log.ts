import { readClock } from '../base/clock.ts'
import type { MirrorEvent, Reporter } from '../report/events.ts'
import { createProgressMeter } from '../report/progress-meter.ts'
import { NO_SECRETS, safeLine, type Secrets } from '../report/redact.ts'
import { ACTION_SIGNS, describeIds, describePhase, describeServerLine } from '../report/wording.ts'
import { type AnnotationLevel, createAnnotationCounter } from './annotations.ts'
import type { RunnerCommands } from './command-queue.ts'
import { createPhaseGroups } from './phase-groups.ts'
import { watchSilence } from './silence-watch.ts'

/** What the log needs of the runner. */
export type LogSink = Pick<RunnerCommands, 'info' | 'warning' | 'error' | 'startGroup' | 'endGroup'>

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

const PROGRESS_INTERVAL_MS = 3000
const SILENCE_INTERVAL_MS = 60_000

/** Lines about refs of one destination that the log shows. */
const REF_LINES = 200

/** UTF-16 units of the longest line. */
const LINE_LENGTH = 2000

/** The log of a step: phases as groups, a line of progress now and then, everything else as it comes. */
export function createLog(options: LogOptions): ActionLog {
  const { sink, destinations, secrets = NO_SECRETS } = options
  const several = destinations.length > 1
  const countAnnotation = createAnnotationCounter()
  const groups = createPhaseGroups(several)
  const silence = watchSilence(options.silenceInterval ?? SILENCE_INTERVAL_MS, () =>
    info(`still waiting, no news for a minute: ${lastPhase}`),
  )
  let lastPhase = 'starting'

  function line(text: string): string {
    return safeLine(text, secrets, LINE_LENGTH)
  }

  function info(text: string): void {
    silence.heard()
    sink.info(line(text))
  }

  function annotate(level: AnnotationLevel, text: string): void {
    const shown = countAnnotation(level, text)
    if (shown === 'line') info(`${level}: ${text}`)
    if (shown !== 'annotation') return
    silence.heard()
    sink[level](line(text))
  }

  function enterPhase(event: MirrorEvent & { kind: 'phase' }, text: string): void {
    lastPhase = event.text
    const change = groups.enter(event)
    if (change.ends) sink.endGroup()
    if (change.begins !== undefined) sink.startGroup(line(change.begins))
    if (change.line) info(text)
  }

  return {
    reporter: createReporter({
      several,
      progressInterval: options.progressInterval ?? PROGRESS_INTERVAL_MS,
      enterPhase,
      info,
      warning: (text) => annotate('warning', text),
    }),
    info,
    warning: (text) => annotate('warning', text),
    error: (text) => annotate('error', text),
    line,
    close() {
      silence.close()
      if (groups.close()) sink.endGroup()
    },
  }
}

/** Turns events into lines; where there are several destinations, each says whose it is. */
function createReporter(log: {
  readonly several: boolean
  readonly progressInterval: number
  readonly enterPhase: (event: MirrorEvent & { kind: 'phase' }, text: string) => void
  readonly info: (text: string) => void
  readonly warning: (text: string) => void
}): Reporter {
  const meter = createProgressMeter(log.progressInterval, readClock)
  const refLines = new Map<string, number>()

  function prefix(destination: string | undefined): string {
    return log.several && destination !== undefined ? `[${shortAddress(destination)}] ` : ''
  }

  function refLine(destination: string, text: string): void {
    const count = (refLines.get(destination) ?? 0) + 1
    refLines.set(destination, count)
    if (count <= REF_LINES) log.info(`${prefix(destination)}${text}`)
    if (count === REF_LINES + 1) {
      log.info(`${prefix(destination)}… and more; the outputs and the summary have them`)
    }
  }

  return (event) => {
    switch (event.kind) {
      case 'phase':
        return log.enterPhase(event, describePhase(event, prefix(event.destination)))
      case 'progress': {
        const line = meter.update(event.destination, event.bytes, event.objects)
        if (line !== undefined) log.info(`${prefix(event.destination)}${line}`)
        return
      }
      case 'lfs-progress': {
        const line = meter.updateLfs(event)
        if (line !== undefined) log.info(`${prefix(event.destination)}${line}`)
        return
      }
      case 'server-text':
        return log.info(`${prefix(event.server)}${describeServerLine(event)}`)
      case 'notice':
        return log[event.level](`${prefix(event.destination)}${event.text}`)
      case 'changed': {
        const { change, dryRun, destination } = event
        const action = `${dryRun ? 'would ' : ''}${change.action}`
        return refLine(
          destination,
          `${ACTION_SIGNS[change.action]} ${action} ${change.ref} ${describeIds(change)}`,
        )
      }
      case 'rejected': {
        const { ref, action, reason } = event.rejected
        return refLine(event.destination, `x rejected: ${action} ${ref}: ${reason}`)
      }
    }
  }
}

/** An address without its scheme, for the start of a line. */
function shortAddress(address: string): string {
  return address.replace(/^[a-z]+:\/\//, '')
}
