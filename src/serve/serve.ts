import { readClock } from '../base/clock.ts'
import { MirrorError } from '../base/errors.ts'
import { VERSION } from '../base/version.ts'
import type { ConfigSource } from '../fleet/config/fleet-file.ts'
import type { Clock } from '../fleet/round/schedule.ts'
import { NO_SECRETS, type Secrets } from '../report/redact.ts'
import { createApp } from './app.ts'
import { DISCOVER_INTERVAL_MS, FleetKeeper } from './config/fleet-keeper.ts'
import { createLog, type LogFormat } from './create-log.ts'
import { BodyBudget } from './http/body-budget.ts'
import { Deliveries } from './http/deliveries.ts'
import { FailureCounts } from './http/failures.ts'
import { isLoopback, listen, type Listening, readListen } from './http/listen.ts'
import { Streams } from './http/streams.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { Service } from './run/service.ts'
import { WALL_CLOCK } from './jobs/clock.ts'

export interface ServeInput {
  /** @throws MirrorError `usage` */
  readonly readConfig: () => readonly ConfigSource[]
  /** `HOST:PORT`; undefined: 127.0.0.1:8080. */
  readonly listen: string | undefined
  readonly env: NodeJS.ProcessEnv
  readonly knownHostsFiles: readonly string[]
  readonly logFormat: LogFormat
  readonly isVerbose: boolean
  readonly write: (line: string) => void
  /** Told of all that is secret, before it is used. */
  readonly onSecrets: (secrets: Secrets) => void
}

export interface ServeRun {
  /** Serves until it is told to stop. @throws MirrorError `usage` for a config or an address that will not do */
  run(): Promise<void>
  /** SIGHUP reads the config anew; others stop: with time for what runs at first, at once the second time. */
  onSignal(signal: NodeJS.Signals): void
}

/** Milliseconds for what was stopped to end by itself. */
const ABORT_LIMIT_MS = 4000
const POLL_MS = 25

const CLOCK: Clock = {
  now: readClock,
  at(time, callback) {
    const timer = setTimeout(callback, Math.max(0, time - readClock()))
    return () => clearTimeout(timer)
  },
}

export function createServe(input: ServeInput): ServeRun {
  const stop = new AbortController()
  const haste = new AbortController()
  let secrets = NO_SECRETS
  let service: Service | undefined
  const log = createLog({
    format: input.logFormat,
    isVerbose: input.isVerbose,
    secrets: () => secrets,
    write: input.write,
  })
  const keeper = new FleetKeeper({
    readConfig: input.readConfig,
    env: input.env,
    signal: stop.signal,
    knownHostsFiles: input.knownHostsFiles,
    log,
    onSecrets(found) {
      secrets = found
      input.onSecrets(found)
    },
    onChange: (loaded) => service?.setFleet(loaded),
    now: readClock,
  })

  return {
    async run() {
      const loaded = await keeper.load()
      const address = readListen(input.listen)
      refuseOpenServer(isLoopback(address), loaded.settings.tokens)
      const metrics: Metrics = createMetrics({
        service: () => made,
        isByMirror: () => made.loaded.settings.hasMetricsByMirror,
      })
      const made = new Service({
        keeper,
        wall: WALL_CLOCK,
        clock: CLOCK,
        log,
        onRun: (name, line) => metrics.countRun(name, line),
      })
      const streams = new Streams()
      const app = createApp({
        service: made,
        settings: () => made.loaded.settings,
        log,
        metrics,
        failures: new FailureCounts(WALL_CLOCK.now),
        deliveries: new Deliveries(WALL_CLOCK.now),
        bodies: new BodyBudget(),
        streams,
        now: WALL_CLOCK.now,
        isLoopback: isLoopback(address),
      })
      made.setFleet(loaded)
      const listening = await listen(app, address)
      service = made
      log.info(`serving at ${listening.url}`, { version: VERSION, mirrors: made.names.length })
      void keeper.discover()
      const discoveries = setInterval(() => void keeper.discover(), DISCOVER_INTERVAL_MS)
      await untilAborted(stop.signal)
      clearInterval(discoveries)
      await end(made, listening, streams)
      log.info('stopped')
    },
    onSignal(signal) {
      if (signal === 'SIGHUP') {
        void service?.reload().then((mistakes) => {
          if (mistakes.length === 0)
            log.info('the config was read anew', { mirrors: service?.names.length ?? 0 })
        })
        return
      }
      if (stop.signal.aborted) haste.abort()
      else log.info(`stopping (${signal})`)
      stop.abort()
    },
  }

  /** What runs has its time; then it is stopped, which is safe at any moment. */
  async function end(made: Service, listening: Listening, streams: Streams): Promise<void> {
    made.close()
    listening.close()
    streams.close()
    const grace = AbortSignal.any([haste.signal, AbortSignal.timeout(made.loaded.settings.stopGraceMs)])
    await untilIdle(made, grace)
    if (!made.isIdle) {
      log.warn('what still runs is stopped', { mirrors: made.engine.runningKeys.length })
      made.abort()
      await untilIdle(made, AbortSignal.timeout(ABORT_LIMIT_MS))
    }
    await made.dispose()
    listening.destroy()
  }
}

function refuseOpenServer(isForThisMachine: boolean, tokens: readonly string[]): void {
  if (isForThisMachine || tokens.length > 0) return
  throw new MirrorError('--listen: others can reach this address, and the config has no server.token', {
    code: 'usage',
    hint: 'Set `server: { token: { env: NAME } }`, or listen on 127.0.0.1.',
  })
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function untilIdle(service: Service, limit: AbortSignal): Promise<void> {
  while (!service.isIdle && !limit.aborted) {
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS)
    })
  }
}
