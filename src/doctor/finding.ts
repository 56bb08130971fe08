import type { MirrorError } from '../base/errors.ts'
import { describeMessage } from '../report/wording.ts'

export type Level = 'ok' | 'warning' | 'error'

/** What a line is about. */
export type Topic =
  | 'address'
  | 'host key'
  | 'login'
  | 'expiry'
  | 'size limit'
  | 'read'
  | 'write'
  | 'next run'
  | 'repository'
  | 'default branch'
  | 'protected branches'
  | 'lfs'

/** One thing that is known of a mirror without writing anything. Texts may quote a server: redact and print with care. */
export interface Finding {
  readonly level: Level
  readonly topic: Topic
  /** `host`: true of every repository there, for this login. */
  readonly scope: 'host' | 'repository'
  /** Printable: the address of a repository, or the name of a host. */
  readonly place: string
  readonly text: string
  /** What to do; undefined: nothing. */
  readonly remedy: string | undefined
}

/** Makes the findings about one place. */
export interface Sayer {
  ok(topic: Topic, text: string): Finding
  warning(topic: Topic, text: string, remedy: string | undefined): Finding
  error(topic: Topic, text: string, remedy: string | undefined): Finding
  /** A failure in its own words. */
  failure(topic: Topic, error: MirrorError): Finding
}

export function sayAt(scope: Finding['scope'], place: string): Sayer {
  const say = (level: Level, topic: Topic, text: string, remedy: string | undefined): Finding => {
    return { level, topic, scope, place, text, remedy }
  }
  return {
    ok: (topic, text) => say('ok', topic, text, undefined),
    warning: (topic, text, remedy) => say('warning', topic, text, remedy),
    error: (topic, text, remedy) => say('error', topic, text, remedy),
    failure: (topic, error) => say('error', topic, describeMessage(error), error.hint),
  }
}
