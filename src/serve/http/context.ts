import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Log } from '../jobs/log.ts'
import type { Service } from '../run/service.ts'
import type { ServerSettings } from '../config/settings.ts'
import type { BodyBudget } from './body-budget.ts'
import type { Deliveries } from './deliveries.ts'
import type { FailureCounts } from './failures.ts'
import type { Streams } from './streams.ts'

/** What counts webhooks and renders figures. */
export interface MetricsPort {
  countWebhook(kind: string, result: WebhookResult): void
  render(): Promise<string>
  readonly contentType: string
}

export type WebhookResult = 'accepted' | 'unmatched' | 'duplicate' | 'refused' | 'ignored'

/** What handlers work with. */
export interface ServerContext {
  readonly service: Service
  readonly settings: () => ServerSettings
  readonly log: Log
  readonly metrics: MetricsPort
  readonly failures: FailureCounts
  readonly deliveries: Deliveries
  readonly bodies: BodyBudget
  readonly streams: Streams
  readonly now: () => number
  /** Whether only this machine can reach it. */
  readonly isLoopback: boolean
}

export type Handler = (request: ApiRequest) => Response | Promise<Response>

export interface ApiRequest extends ServerContext {
  readonly http: Context<{ Bindings: HttpBindings }>
  /** The name of a mirror, or the id of a round, of the path. */
  readonly param: string
  /** Of the sender, for the log and for counting. */
  readonly address: string
  /** Whether whoever asks may see and change things. */
  readonly isSignedIn: boolean
}

/**
 * Who may ask: `anyone`, who has the `token`, who signed a hook (`signature`), who may see the `page` or the `metrics`,
 * and whoever sends a `form` of the page.
 */
export type Access = 'anyone' | 'token' | 'signature' | 'page' | 'metrics' | 'form'

/** One way to ask. The description of the API and the server are made of the same rows. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** `{name}` and `{id}` stand for the last or the middle part. */
  readonly path: string
  readonly access: Access
  readonly summary: string
  /** Of the body that may be sent. */
  readonly body?: 'json' | 'hook' | 'form'
  /** What may come, beside what the access and the body bring: status and meaning. */
  readonly responses: Readonly<Record<number, string>>
  readonly handle: Handler
}
