import { parseStrangersJson } from '../base/json.ts'
import { promisify } from 'node:util'
import { MirrorError } from '../base/errors.ts'
import { encodeBasic } from '../transport/address/credentials.ts'
import { type FoundRepository, isRecord, type OwnerQuestion, textAt } from './found-repository.ts'
import { createJsonClient } from './json-client.ts'

const MOST_MANIFEST_BYTES = 64 * 1024 * 1024

/**
 * The repositories of a manifest, as grokmirror writes it and kernel.org publishes it: a JSON object of paths below the
 * server's root, each with a `fingerprint`, the SHA-1 of `git show-ref`; compressed where the name ends in `.gz`.
 * @throws MirrorError as `createJsonClient`; `protocol` for what is no manifest
 */
export async function readGrokmirrorManifest(
  manifest: URL,
  { token, username = 'x-access-token', ...question }: Omit<OwnerQuestion, 'owner' | 'api'>,
): Promise<readonly FoundRepository[]> {
  const headers: Readonly<Record<string, string>> =
    token === undefined ? {} : { authorization: encodeBasic({ username, password: token }) }
  const client = createJsonClient({ ...question, base: manifest, headers: { accept: '*/*', ...headers } })
  try {
    const entries = parseManifest(await unpack(await client.getBytes(manifest)))
    return Object.entries(entries).map(([path, entry]) => {
      const fingerprint = textAt(entry, 'fingerprint')
      return {
        owner: manifest.hostname,
        path: path.replace(/^\/+/, '').replace(/\.git$/, ''),
        address: addressOf(manifest, path),
        archived: false,
        fork: false,
        empty: fingerprint === '',
        pushed: fingerprint === '' ? undefined : fingerprint,
      }
    })
  } finally {
    await client.dispose()
  }
}

/** Below the root of the server, whatever the path looks like. */
function addressOf(manifest: URL, path: string): string {
  const address = new URL(manifest.origin)
  address.pathname = `/${path.replace(/^\/+/, '')}`
  return address.href
}

/** Servers differ in whether they say that it is compressed: its first bytes tell. */
async function unpack(bytes: Uint8Array): Promise<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (!isPacked) return Buffer.from(bytes).toString()
  const { gunzip } = await import('node:zlib')
  try {
    const text = await promisify(gunzip)(bytes, { maxOutputLength: MOST_MANIFEST_BYTES })
    return text.toString()
  } catch (thrown) {
    throw new MirrorError('the manifest cannot be unpacked, or is larger than 64 MiB', {
      code: 'protocol',
      cause: thrown,
    })
  }
}

function parseManifest(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parseStrangersJson(text)
    if (isRecord(value) && !Array.isArray(value) && Object.values(value).every(isRecord)) return value
  } catch {
    // Told below.
  }
  throw new MirrorError('this is no manifest of grokmirror', {
    code: 'protocol',
    hint: 'Give the address of the manifest itself, such as https://git.kernel.org/manifest.js.gz.',
  })
}
