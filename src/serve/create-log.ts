import { pino } from 'pino'
import { safeLine, type Secrets } from '../report/redact.ts'
import type { Log, LogFields, LogLevel } from './jobs/log.ts'

export type LogFormat = 'json' | 'text'

/** UTF-16 units. */
const LONGEST_TEXT = 2000

/** Lines of JSON, or of text for a person; what could be a secret or move a terminal is taken out of both. */
export function createLog(input: {
  readonly format: LogFormat
  readonly isVerbose: boolean
  readonly secrets: () => Secrets
  readonly write: (line: string) => void
}): Log {
  const clean = (text: string): string => safeLine(text, input.secrets(), LONGEST_TEXT)
  const cleanFields = (fields: LogFields = {}): LogFields =>
    Object.fromEntries(
      Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
    )
  const log = input.format === 'json' ? createJsonLog(input) : createTextLog(input)
  const at =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void =>
      log(level, clean(message), cleanFields(fields))
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

type Write = (level: LogLevel, message: string, fields: LogFields) => void

function createJsonLog({
  isVerbose,
  write,
}: {
  readonly isVerbose: boolean
  readonly write: (line: string) => void
}): Write {
  const logger = pino(
    {
      level: isVerbose ? 'debug' : 'info',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    { write },
  )
  return (level, message, fields) => logger[level](fields, message)
}

function createTextLog({
  isVerbose,
  write,
}: {
  readonly isVerbose: boolean
  readonly write: (line: string) => void
}): Write {
  return (level, message, fields) => {
    if (level === 'debug' && !isVerbose) return
    const mark = level === 'warn' ? 'warning: ' : level === 'error' ? 'error: ' : ''
    const more = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
    const time = new Date().toISOString().slice(11, 19)
    write(`${[time, `${mark}${message}`, ...more].join(' ')}\n`)
  }
}
