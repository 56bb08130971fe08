import type { Verb } from './terminal/command.ts'
import { createMirrorRun } from './mirror.ts'

/** What an address alone stands for: `SOURCE DESTINATION`. */
export const DEFAULT_VERB = 'mirror'

/** The verbs by name. One more is a row here and a file that it loads. */
export const VERBS: Readonly<Record<string, Verb>> = {
  [DEFAULT_VERB]: {
    usage: 'SOURCE DESTINATION [DESTINATION...]',
    help: 'mirror one repository to others',
    // What nearly every run needs is not loaded late.
    load: () => createMirrorRun,
  },
  doctor: {
    usage: 'SOURCE DESTINATION [DESTINATION...] | CONFIG',
    help: 'say what can be known of a mirror, or of all of a file, without writing anything, one line each with what to do',
    load: async () => (await import('./doctor.ts')).createDoctorRun,
  },
  restore: {
    usage: 'DESTINATION [--at TIME] [--refs REFSPEC] [--all]',
    help:
      'list what backup has kept at a destination, or bring it back: all of a time, some refs, or the newest of all; ' +
      '--refs may rename, as refs/heads/x:refs/heads/x-old',
    load: async () => (await import('./restore.ts')).createRestoreRun,
  },
  check: {
    usage: 'CONFIG...',
    help: 'read a file of many mirrors, and say what is wrong with it',
    load: async () => (await import(/* webpackChunkName: "fleet" */ './check.ts')).createCheckRun,
  },
  plan: {
    usage: 'CONFIG...',
    help: 'list its mirrors, a line of JSON each',
    load: async () => (await import(/* webpackChunkName: "fleet" */ './plan.ts')).createPlanRun,
  },
  round: {
    usage: 'CONFIG...',
    help: 'mirror all of them, or --only some, once',
    load: async () => (await import(/* webpackChunkName: "fleet" */ './round.ts')).createRoundRun,
  },
  report: {
    usage: 'FILE...',
    help: 'join the reports of all shards of a round',
    load: async () => (await import(/* webpackChunkName: "fleet" */ './report-verb.ts')).createReportRun,
  },
  serve: {
    usage: 'CONFIG...',
    help: 'mirror on demand, on push and on schedule, with a page to look at',
    load: async () => (await import('./serve.ts')).createServeRun,
  },
  health: {
    usage: '[URL]',
    help: 'whether a server is alive: exit status 0 or 1',
    load: async () => (await import('./health.ts')).createHealthRun,
  },
}

/** The verb that the arguments begin with, and those behind it. No address is a single word without a slash. */
export function splitVerb(args: readonly string[]): {
  readonly verb: Verb
  readonly rest: readonly string[]
} {
  const [first = '', ...rest] = args
  return Object.hasOwn(VERBS, first)
    ? { verb: VERBS[first]!, rest }
    : { verb: VERBS[DEFAULT_VERB]!, rest: args }
}
