import type { Answer, RecordedRequest } from './http-backend.ts'
import { joinPackets, type Packet } from './hosts/packets.ts'

export const FAKE_ID = '1234567890'.repeat(4)
const NO_ID = '0'.repeat(40)
const PUSH_CAPABILITIES = 'report-status delete-refs side-band-64k ofs-delta atomic agent=fake/1'
const FETCH_CAPABILITIES = 'multi_ack_detailed side-band-64k ofs-delta thin-pack no-progress agent=fake/1'

export type Service = 'git-upload-pack' | 'git-receive-pack'

/** The service that a request is for. */
export function serviceOf({ path }: RecordedRequest): Service {
  return path.includes('git-receive-pack') ? 'git-receive-pack' : 'git-upload-pack'
}

/** An answer of version 0 to info/refs, with refs of any name. */
export function advertise(
  service: Service,
  names: readonly (string | Buffer)[],
  capabilities?: string,
): Answer {
  const told = capabilities ?? (service === 'git-upload-pack' ? FETCH_CAPABILITIES : PUSH_CAPABILITIES)
  const refs: readonly (string | Buffer)[] = names.length === 0 ? ['capabilities^{}'] : names
  const lines = refs.map((name, index) => {
    const id = names.length === 0 ? NO_ID : FAKE_ID
    return Buffer.concat([
      Buffer.from(`${id} `),
      Buffer.from(name),
      Buffer.from(index === 0 ? `\0${told}\n` : '\n'),
    ])
  })
  return {
    status: 200,
    headers: { 'content-type': `application/x-${service}-advertisement` },
    body: joinPackets([`# service=${service}\n`, 0, ...lines, 0]),
  }
}

/** An answer to a POST. */
export function resultOf(service: Service, packets: readonly (Packet | string)[]): Answer {
  return {
    status: 200,
    headers: { 'content-type': `application/x-${service}-result` },
    body: joinPackets(packets),
  }
}

/** A packet of a band: 1 data, 2 progress, 3 error; cut where it is longer than a packet. */
export function band(number: 1 | 2 | 3, content: string | Buffer): readonly Buffer[] {
  const bytes = Buffer.from(content)
  const packets: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 65_000) {
    packets.push(Buffer.concat([Buffer.from([number]), bytes.subarray(at, at + 65_000)]))
  }
  return packets
}

/** A report of a push, in band 1. */
export function report(lines: readonly string[]): readonly Buffer[] {
  return band(1, joinPackets([...lines, 0]))
}

/** Names of the refs that a push wants to change. */
export function commandsOf({ parts }: RecordedRequest): readonly string[] {
  const text = Buffer.concat(parts).toString()
  return [
    ...text.matchAll(/[0-9a-f]{40} [0-9a-f]{40} (refs\/[^\0\n]*?)(?=\0|[0-9a-f]{4}[0-9a-f]{40} |0000)/g),
  ].map(([, name]) => name!)
}
