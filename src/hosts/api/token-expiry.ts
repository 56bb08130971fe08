import type { Host } from './host.ts'

const DAY_MS = 86_400_000

/** Days before the end of a token at which a warning says so. */
const WARNING_DAYS = 14

/** The words of a warning; undefined: the end is not near. Pure. */
export function describeExpiry(expiry: Date, now: number): string | undefined {
  const left = Math.floor((expiry.getTime() - now) / DAY_MS)
  if (left >= WARNING_DAYS) return undefined
  const date = expiry.toISOString().slice(0, 10)
  if (expiry.getTime() <= now) return `the token expired on ${date}: make a new one`
  const when = left === 0 ? 'within a day' : `in ${left} day${left === 1 ? '' : 's'}`
  return `the token expires ${when}, on ${date}: make a new one before`
}

/** Warns of a token that will soon be worth nothing. What a host does not tell is no failure. */
export async function warnOfExpiry(
  { readExpiry }: Pick<Host, 'readExpiry'>,
  warn: (text: string) => void,
): Promise<void> {
  const expiry = await readExpiry?.().catch(() => undefined)
  const text = expiry && describeExpiry(expiry, Date.now())
  if (text !== undefined) warn(text)
}
