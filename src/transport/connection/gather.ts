/** Joins parts in memory that is used again: what the last call gave must have been written, or copied. */
export function createGatherer(): (parts: readonly Uint8Array[]) => Buffer {
  let memory = Buffer.alloc(0)
  return (parts) => {
    let length = 0
    for (const part of parts) length += part.length
    if (memory.length < length) memory = Buffer.allocUnsafeSlow(length)
    let at = 0
    for (const part of parts) {
      memory.set(part, at)
      at += part.length
    }
    return memory.subarray(0, length)
  }
}
