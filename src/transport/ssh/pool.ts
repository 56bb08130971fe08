import { setTimeout as sleep } from 'node:timers/promises'
import { readClock } from '../../base/clock.ts'
import { within } from '../../base/deadline.ts'
import { MirrorError } from '../../base/errors.ts'
import type { SshChannel } from './channel.ts'
import { openSession, type SshLogin } from './login.ts'
import type { ExecOptions, SshSession } from './session.ts'

export interface ChannelRequest extends ExecOptions {
  readonly command: string
  /** The server's banner, where a new connection is made. */
  readonly onBanner?: ((text: string) => void) | undefined
}

/** Logins to one account with one key, shared by whoever holds the pool. */
export interface SshPool {
  /** Runs a program on a connection that is there, or on a new one. @throws MirrorError */
  open(request: ChannelRequest): Promise<SshChannel>
  /** Lets go; the last holder's call ends the connections. Never throws. */
  release(): Promise<void>
}

/** One connection and what runs on it. */
interface Seat {
  readonly session: SshSession
  /** Channels that are open, or being opened. */
  channels: number
  /** Of these, what the server has not answered. */
  opening: number
  /** Channels that are over for us, and not yet for the server. */
  readonly closing: Set<Promise<undefined>>
  /** When the last ones were gone, by `readClock`. */
  goneAt: readonly number[]
  /** Channels that were ever asked for. */
  opened: number
  /** How many the server allows at once, once it refused one. */
  capacity: number
  /** No new channels; it ends with its last one. */
  retired: boolean
}

/** Milliseconds that a channel on its way out is waited for, before another connection is made in its place. */
const CLOSING_LIMIT_MS = 5000

/** Milliseconds in which a server may count a channel that it has said to be closed. */
const FREEING_MS = 250
const FREEING_PAUSE_MS = 25

interface Arrival {
  readonly seat: Promise<Seat>
  readonly controller: AbortController
  waiting: number
}

const pools = new Map<string, PoolState>()

interface PoolState {
  readonly seats: Set<Seat>
  arrival: Arrival | undefined
  holders: number
  /** The server answers nothing on a second channel of a connection. */
  single: boolean
}

/**
 * The pool for a login, new or shared: source and destination on one host then need one handshake.
 * `key` stands for all of `login`, secrets included.
 */
export function holdPool(key: string, login: SshLogin): SshPool {
  const pool = pools.get(key) ?? { seats: new Set(), arrival: undefined, holders: 0, single: false }
  pools.set(key, pool)
  pool.holders++
  let held = true
  return {
    open: (request) => openChannel(pool, login, request),
    async release() {
      if (!held) return
      held = false
      if (--pool.holders > 0) return
      pools.delete(key)
      pool.arrival?.controller.abort(new MirrorError('the ssh connection was closed', { code: 'cancelled' }))
      await Promise.all([...pool.seats].map(({ session }) => session.end()))
    },
  }
}

async function openChannel(pool: PoolState, login: SshLogin, request: ChannelRequest): Promise<SshChannel> {
  for (;;) {
    const seat =
      findSeat(pool) ?? (await awaitClosing(pool, request)) ?? (await awaitSeat(pool, login, request))
    const reused = seat.opened > 0
    seat.channels++
    seat.opening++
    seat.opened++
    const askedAt = readClock()
    try {
      return await run(pool, seat, request, reused)
    } catch (error) {
      seat.channels--
      seat.opening--
      if (!reused || request.signal.aborted) {
        if (seat.session.dead() || seat.channels + seat.closing.size === 0) retire(pool, seat)
        throw error
      }
      // The server may allow one channel at a time, or one a connection, or may have closed some a moment ago.
      const freeing = seat.goneAt.filter((time) => askedAt - time < FREEING_MS).length
      const taken = seat.channels - seat.opening + seat.closing.size + freeing
      if (!seat.session.dead() && taken > 0) seat.capacity = Math.min(seat.capacity, taken)
      else retire(pool, seat)
      if (freeing > 0) await sleep(FREEING_PAUSE_MS)
    }
  }
}

function findSeat(pool: PoolState): Seat | undefined {
  for (const seat of pool.seats) {
    if (seat.session.dead()) pool.seats.delete(seat)
    else if (isUsable(pool, seat) && seat.channels + seat.closing.size < seat.capacity) return seat
  }
  return undefined
}

function isUsable(pool: PoolState, seat: Seat): boolean {
  return !seat.retired && !(pool.single && seat.opened > 0)
}

/** A place that becomes free in a moment: the end of a channel takes a round trip, a new connection some ten of them. */
async function awaitClosing(pool: PoolState, { signal }: ChannelRequest): Promise<Seat | undefined> {
  const latest = readClock() + CLOSING_LIMIT_MS
  for (;;) {
    signal.throwIfAborted()
    const usable = [...pool.seats].filter((seat) => isUsable(pool, seat))
    const closing = usable.flatMap((seat) => [...seat.closing])
    const left = latest - readClock()
    if (closing.length === 0 || left <= 0) return undefined
    await within(Promise.race(closing), left)
    const seat = findSeat(pool)
    if (seat !== undefined) return seat
  }
}

async function run(
  pool: PoolState,
  seat: Seat,
  request: ChannelRequest,
  reused: boolean,
): Promise<SshChannel> {
  const channel = await seat.session.exec(request.command, request)
  seat.opening--
  let closed = false
  let isOver = false
  const letGo = (): void => {
    if (isOver) return
    isOver = true
    seat.channels--
    seat.closing.add(channel.gone)
    void channel.gone.then(() => {
      seat.closing.delete(channel.gone)
      const now = readClock()
      seat.goneAt = [...seat.goneAt.filter((time) => now - time < FREEING_MS), now]
    })
  }
  void channel.ended.then(({ exitCode, exitSignal }) => {
    letGo()
    const silent = channel.received() === 0 && exitCode === undefined && exitSignal === undefined
    if (reused && silent && !closed) pool.single = true
    if (closed || silent || seat.retired) retire(pool, seat)
  })
  return {
    ...channel,
    leave() {
      letGo()
      channel.leave()
    },
    close() {
      // A connection that was given up in the middle is not trusted with more.
      closed = true
      channel.close()
    },
  }
}

function retire(pool: PoolState, seat: Seat): void {
  seat.retired = true
  if (seat.channels > 0) return
  pool.seats.delete(seat)
  void seat.session.end()
}

/** A new connection, or the one that somebody is making already; it is given up when nobody waits for it. */
async function awaitSeat(pool: PoolState, login: SshLogin, request: ChannelRequest): Promise<Seat> {
  const { signal } = request
  signal.throwIfAborted()
  const arrival = (pool.arrival ??= makeSeat(pool, login, request))
  arrival.waiting++
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([arrival.seat, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort!)
    if (--arrival.waiting === 0) arrival.controller.abort(signal.reason)
  }
}

function makeSeat(pool: PoolState, login: SshLogin, request: ChannelRequest): Arrival {
  const controller = new AbortController()
  const connect = async (): Promise<Seat> => {
    try {
      const session = await openSession(login, { signal: controller.signal, onText: request.onBanner })
      const seat: Seat = {
        session,
        channels: 0,
        opening: 0,
        closing: new Set(),
        goneAt: [],
        opened: 0,
        capacity: Infinity,
        retired: false,
      }
      if (pool.holders === 0) void session.end()
      else pool.seats.add(seat)
      return seat
    } finally {
      pool.arrival = undefined
    }
  }
  const seat = connect()
  seat.catch(() => undefined)
  return { seat, controller, waiting: 0 }
}
