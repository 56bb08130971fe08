import { type Advertisement, readAdvertisement } from '../../protocol/advertisement.ts'
import { PacketReader } from '../../protocol/pkt-line.ts'
import type { Service } from '../../transport/connection/connection.ts'
import type { Door } from './door.ts'
import type { Server } from './server.ts'
import { explainEnd, openTalk, type Talk } from './talk.ts'

/** A server that has said what it has and what it can; its clock stands until something is asked. */
export interface Greeted {
  readonly talk: Talk
  /** The packets of the greeting, and of what follows it where the connection is kept open. */
  readonly packets: PacketReader
  readonly advertisement: Advertisement
}

/** Connects and reads the advertisement. `signal`: ends it beside the run's own. @throws MirrorError with the server's side. */
export async function greet(server: Server, service: Service, signal?: AbortSignal): Promise<Greeted> {
  const { door } = server
  if (door === undefined) return await connect(server, service, signal)
  const ending = signal === undefined ? server.signal : AbortSignal.any([server.signal, signal])
  return await door.enter(() => connect(server, service, signal), ending)
}

async function connect(server: Server, service: Service, signal?: AbortSignal): Promise<Greeted> {
  const talk = guest(await openTalk(server, service, signal), server.door)
  const packets = new PacketReader(talk.connection.greeting)
  try {
    const advertisement = await readAdvertisement(packets)
    talk.watch.pause()
    return { talk, packets, advertisement }
  } catch (error) {
    throw await explainEnd(server, talk, error)
  }
}

/** The same talk, which tells the door when it has ended. */
function guest(talk: Talk, door: Door | undefined): Talk {
  if (door === undefined) return talk
  const { leave } = door.admit()
  return {
    ...talk,
    abort(reason) {
      talk.abort(reason)
      leave()
    },
    close: () => talk.close().finally(leave),
    leave: () => talk.leave().finally(leave),
  }
}
