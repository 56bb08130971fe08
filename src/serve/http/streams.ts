import type { StreamEvent } from '../jobs/event-log.ts'
import { plainJson } from './plain-json.ts'

/** Streams of events at once. */
export const MOST_STREAMS = 50
/** Bytes that may wait for a reader before it is given up. */
const MOST_WAITING_BYTES = 1024 * 1024
const PING_MS = 15_000

type Listen = (listener: (event: StreamEvent) => void) => () => void

/** Streams of server-sent events: a reader that does not read is given up, and so are all at the end. */
export class Streams {
  readonly #open = new Set<() => void>()

  get size(): number {
    return this.#open.size
  }

  get isFull(): boolean {
    return this.#open.size >= MOST_STREAMS
  }

  /** Tells the end to each reader. */
  close(): void {
    for (const close of this.#open) close()
  }

  /** `listen` is told where to send events, and gives how to stop; the stream ends behind an event `done`. */
  open(listen: Listen): Response {
    const streams = this.#open
    const encoder = new TextEncoder()
    let stop: () => void = () => undefined
    let end: () => void = () => undefined
    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          let isOver = false
          const finish = (): void => {
            if (isOver) return
            isOver = true
            clearInterval(pings)
            streams.delete(close)
            stop()
            controller.close()
          }
          const send = (text: string): void => {
            if (isOver) return
            controller.enqueue(encoder.encode(text))
            if ((controller.desiredSize ?? 0) <= 0) finish()
          }
          const close = (): void => {
            send('event: done\ndata: {"state":"stopping"}\n\n')
            finish()
          }
          const pings = setInterval(() => send(': ping\n\n'), PING_MS)
          streams.add(close)
          end = finish
          send(': hello\n\n')
          stop = listen((event) => {
            send(renderEvent(event))
            if (event.kind === 'done') finish()
          })
          if (isOver) stop()
        },
        cancel: () => end(),
      },
      new ByteLengthQueuingStrategy({ highWaterMark: MOST_WAITING_BYTES }),
    )
    return new Response(body, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    })
  }
}

/** JSON has no line breaks outside of its escapes. */
function renderEvent({ id, kind, data }: StreamEvent): string {
  const head = id === undefined ? '' : `id: ${id}\n`
  return `${head}event: ${kind}\ndata: ${plainJson(data)}\n\n`
}
