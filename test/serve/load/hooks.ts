import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOOK_SECRET, type Serving } from '../serving.ts'

export interface HookLoad {
  readonly mirrors: number
  readonly perSecond: number
  readonly seconds: number
  /** Address of a source by the number of its mirror. */
  readonly sourceOf: (index: number) => string
  readonly onSecond?: (() => void) | undefined
}

export interface HookLoadResult {
  /** Milliseconds of each answer. */
  readonly times: readonly number[]
  readonly statuses: Readonly<Record<string, number>>
  /** When each mirror was last hinted: the last time before its answer came, in milliseconds since 1970. */
  readonly hinted: ReadonlyMap<number, number>
}

/** Sends webhooks at a steady pace, every other one with a wrong signature, about one mirror after the other. */
export async function sendHooks(serving: Serving, load: HookLoad): Promise<HookLoadResult> {
  const { mirrors, perSecond, seconds } = load
  const times: number[] = []
  const statuses: Record<string, number> = {}
  const hinted = new Map<number, number>()
  const { hostname, port } = new URL(serving.url)
  // Written down beforehand: whoever measures takes as little time as can be.
  const requests = Array.from({ length: perSecond * seconds }, (_, number) => writeRequest(number, load))

  async function send(number: number): Promise<void> {
    const index = number % mirrors
    const began = performance.now()
    const sent = Date.now()
    const status = await exchange({ host: hostname, port: Number(port) }, requests[number]!)
    times.push(performance.now() - began)
    statuses[status] = (statuses[status] ?? 0) + 1
    if (status === 202) hinted.set(index, Math.max(sent, hinted.get(index) ?? 0))
  }

  const sent: Promise<void>[] = []
  const began = performance.now()
  for (let number = 0; number < requests.length; number++) {
    const wait = began + (number / perSecond) * 1000 - performance.now()
    if (wait > 1) await sleep(wait)
    sent.push(send(number))
    if (number % perSecond === 0) load.onSecond?.()
  }
  await Promise.all(sent)
  return { times, statuses, hinted }
}

function writeRequest(number: number, { mirrors, sourceOf }: HookLoad): string {
  // Whom the wrong ones name changes with each pass.
  const isRight = (number + Math.floor(number / mirrors)) % 2 === 0
  const body = JSON.stringify({
    ref: 'refs/heads/main',
    repository: { clone_url: sourceOf(number % mirrors) },
  })
  const secret = isRight ? HOOK_SECRET : 'a guess that is wrong'
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  return [
    'POST /hooks/github HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: close',
    'X-GitHub-Event: push',
    `X-Hub-Signature-256: sha256=${signature}`,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n')
}

/** On a connection of its own, as hosts send them. @returns the status, when it is there */
async function exchange(
  address: { readonly host: string; readonly port: number },
  request: string,
): Promise<number> {
  return await new Promise((resolve, reject) => {
    const socket = connect(address)
    socket.once('error', reject).setEncoding('latin1')
    socket.once('data', (text: string) => resolve(Number(text.split(' ', 2)[1])))
    socket.once('close', () => reject(new Error('the server closed without an answer')))
    socket.write(request)
  })
}

/** The time of which a share of the times is not longer. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
