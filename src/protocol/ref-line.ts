import { MirrorError } from '../errors.ts'
import { hexLength, idAt, isObjectId, type ObjectFormat, type ObjectId } from './object-id.ts'
import { LONGEST_REF_NAME } from './ref-name.ts'

const SHOWN = 200

const SPACE = 0x20

/**
 * The id that the line from `start` to `end` of `text` begins with; a space follows it.
 * @throws MirrorError `protocol` that shows the line.
 */
export function takeId(text: string, start: number, end: number, format: ObjectFormat): ObjectId {
  const space = start + hexLength(format)
  const id = space < end && text.charCodeAt(space) === SPACE ? idAt(text, start, format) : undefined
  if (id !== undefined) return id
  throw unexpectedLine(text.slice(start, end), 'an object id and a ref name')
}

/** `text` as an id of `format`. @throws MirrorError `protocol` that shows `line`. */
export function parseId(text: string, format: ObjectFormat, line: string): ObjectId {
  if (isObjectId(text, format)) return text
  throw unexpectedLine(line, 'an object id and a ref name')
}

/** A name as a server wrote it, whatever it holds. @throws MirrorError `protocol` for none, `limit` past 4,096 characters. */
export function checkName(name: string, id: ObjectId): string {
  if (name === '') throw unexpectedLine(`${id} `, 'an object id and a ref name')
  if (name.length > LONGEST_REF_NAME) {
    throw new MirrorError(`a ref name of the server is longer than ${LONGEST_REF_NAME} characters`, {
      code: 'limit',
      serverText: name.slice(0, SHOWN),
    })
  }
  return name
}

/** The error for a line that is not what Git's protocol has there. */
export function unexpectedLine(line: string, expected: string): MirrorError {
  const shown = line.slice(0, SHOWN)
  return new MirrorError(`expected ${expected}, found ${JSON.stringify(shown)}`, {
    code: 'protocol',
    serverText: shown,
  })
}

/** The error for a stream that ends in the middle of `where`. */
export function cutIn(where: string): MirrorError {
  return new MirrorError(`the server ended the connection in ${where}`, { code: 'cut', retryable: true })
}
