import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ByteReader } from '../../src/base/bytes.ts'
import { readAdvertisement } from '../../src/protocol/advertisement.ts'
import { readLsRefs } from '../../src/protocol/ls-refs.ts'
import { PacketReader } from '../../src/protocol/pkt-line.ts'

/** What a real server said, recorded here: bytes as Latin-1, with the program and its version. */
interface Transcript {
  readonly program: string
  readonly version: string
  readonly sent: string
  readonly answer: string
}

const FOLDER = join(import.meta.dirname, '../fixtures')

function readTranscript(end: string): { readonly transcript: Transcript; readonly packets: PacketReader } {
  const file = readdirSync(FOLDER).find((name) => name.endsWith(end))
  if (file === undefined) throw new Error(`no fixture ends with ${end}`)
  const transcript = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Transcript
  const bytes = Buffer.from(transcript.answer, 'latin1')
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += 7) yield bytes.subarray(from, from + 7)
  }
  return { transcript, packets: new PacketReader(new ByteReader(chunks())) }
}

describe('recorded answers of git 2.47', () => {
  it('are a v2 greeting and a listing with symbolic and peeled refs', async () => {
    const { transcript, packets } = readTranscript('upload-pack-v2-ls-refs.json')
    const greeting = await readAdvertisement(packets)
    expect(greeting).toMatchObject({ version: 2, format: 'sha1' })
    expect(greeting.capabilities.value('agent')).toContain(transcript.version)
    expect(greeting.capabilities.has('object-info')).toBe(false)
    const { refs } = await readLsRefs(packets)
    expect(refs.map(({ name }) => name)).toEqual(['HEAD', 'refs/heads/main', 'refs/tags/v1'])
    expect(refs[0]?.symrefTarget).toBe('refs/heads/main')
    expect(refs[2]?.peeled).toBe(refs[1]?.id)
  })

  it('are a v0 advertisement with HEAD and its target', async () => {
    const { packets } = readTranscript('upload-pack-v0.json')
    const greeting = await readAdvertisement(packets)
    if (greeting.version === 2) throw new Error('v2')
    expect(greeting.refs.find(({ name }) => name === 'HEAD')?.symrefTarget).toBe('refs/heads/main')
    expect(greeting.capabilities.has('multi_ack_detailed')).toBe(true)
  })

  it('are a receive-pack that offers what a push uses', async () => {
    const { packets } = readTranscript('receive-pack.json')
    const greeting = await readAdvertisement(packets)
    if (greeting.version === 2) throw new Error('v2')
    expect(greeting.refs.map(({ name }) => name)).toEqual(['refs/heads/main', 'refs/tags/v1'])
    const offered = ['report-status-v2', 'side-band-64k', 'atomic', 'ofs-delta', 'delete-refs']
    expect(offered.filter((name) => !greeting.capabilities.has(name))).toEqual([])
    expect(greeting.capabilities.has('no-thin')).toBe(false)
  })
})
