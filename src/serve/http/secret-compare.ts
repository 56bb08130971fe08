import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether `given` is one of `secrets`; how long it takes says nothing of them, nor of their lengths. */
export function isOneOf(given: string, secrets: readonly string[]): boolean {
  const hash = hashOf(given)
  let found = false
  for (const secret of secrets) if (timingSafeEqual(hash, hashOf(secret))) found = true
  return found
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** User name and password of `Authorization: Basic`; undefined: there are none. */
export function readBasic(
  header: string | undefined,
): { readonly username: string; readonly password: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=_-]{1,4096})$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) }
}
