import { concatBytes } from '../../src/base/bytes.ts'
import { changeBytes } from './change.ts'
import type { Random } from './random.ts'

/** A packet as it lies in an input: its header of four digits, and what follows it. */
interface Frame {
  readonly header: string
  readonly payload: Uint8Array
}

function takeApart(bytes: Uint8Array): readonly Frame[] {
  const frames: Frame[] = []
  for (let at = 0; at < bytes.length;) {
    const header = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1')
    const length = /^[0-9a-f]{4}$/i.test(header) ? Number.parseInt(header, 16) : 4
    const end = at + Math.max(4, length)
    frames.push({ header, payload: bytes.subarray(at + 4, end) })
    at = end
  }
  return frames
}

function putTogether(frames: readonly Frame[]): Uint8Array {
  return concatBytes(frames.flatMap(({ header, payload }) => [Buffer.from(header, 'latin1'), payload]))
}

function frameOf(payload: Uint8Array): Frame {
  return { header: (payload.length + 4).toString(16).padStart(4, '0'), payload }
}

const SPECIAL = ['0000', '0001', '0002', '0004', '0005'].map((header) => ({
  header,
  payload: new Uint8Array(0),
}))

/** Changes packets, so that the lengths of all stay right. */
export function changePackets(bytes: Uint8Array, words: readonly string[], random: Random): Uint8Array {
  const frames = [...takeApart(bytes)]
  const at = random.below(Math.max(1, frames.length))
  const frame = frames[at] ?? SPECIAL[0]!
  switch (random.below(7)) {
    case 0:
      frames.splice(at, 1)
      break
    case 1:
      frames.splice(random.below(frames.length + 1), 0, frame)
      break
    case 2:
      frames.splice(at, 0, random.pick(SPECIAL))
      break
    case 3:
      frames.splice(at, 0, frameOf(Buffer.from(random.pick(words))))
      break
    case 4:
      // The same behind a number of a band.
      frames.splice(
        at,
        1,
        frameOf(concatBytes([Uint8Array.of(random.pick([1, 1, 2, 3, 0, 4])), putTogether([frame])])),
      )
      break
    default:
      frames.splice(at, 1, frameOf(changeBytes(frame.payload, { words, others: [bytes], random })))
  }
  return putTogether(frames)
}
