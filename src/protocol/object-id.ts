/** How a repository names its objects (gitformat-pack; gitprotocol-v2 "object-format"). */
export type ObjectFormat = 'sha1' | 'sha256'

/** An object id in lower-case hexadecimal: 40 digits for SHA-1, 64 for SHA-256. */
export type ObjectId = string

const NULL_IDS = { sha1: '0'.repeat(40), sha256: '0'.repeat(64) } as const

export function hexLength(format: ObjectFormat): 40 | 64 {
  return format === 'sha1' ? 40 : 64
}

/** The id of no object: the old value of a ref that is created, the new one of a ref that is deleted. */
export function nullId(format: ObjectFormat): ObjectId {
  return NULL_IDS[format]
}

export function isNullId(id: ObjectId): boolean {
  return id === NULL_IDS.sha1 || id === NULL_IDS.sha256
}

const HEX = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** Whether `text` is an id of `format`, or of any format. */
export function isObjectId(text: string, format?: ObjectFormat): boolean {
  return HEX.test(text) && (format === undefined || text.length === hexLength(format))
}
