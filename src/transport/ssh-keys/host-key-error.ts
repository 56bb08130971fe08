import { MirrorError } from '../../base/errors.ts'
import type { Host, HostKeyVerdict } from './check-host-key.ts'
import { hostForm } from './known-hosts.ts'
import { fingerprint, publicKeyType } from './wire.ts'

/** The error for a host key that the known hosts do not vouch for; undefined for one that they do. */
export function hostKeyError(
  verdict: HostKeyVerdict,
  at: Host & { readonly key: Uint8Array; readonly inputName: string },
): MirrorError | undefined {
  if (verdict.kind === 'known') return undefined
  const name = hostForm(at.host, at.port)
  const type = publicKeyType(at.key)
  const shown = `${type} ${fingerprint(at.key)}`
  const line = `${name} ${type} ${Buffer.from(at.key).toString('base64')}`
  const add = `If ${shown} is the fingerprint that the host publishes, add this line to ${at.inputName}: ${line}`
  if (verdict.kind === 'unknown') {
    return untrusted(`the host key of ${name} is not known (${shown})`, add, 'host-key-unknown')
  }
  const places = verdict.known.map((entry) => `${entry.source}, line ${entry.line}`).join('; ')
  switch (verdict.kind) {
    case 'other-type':
      return untrusted(
        `the host key of ${name} (${shown}) is of another type than the known ones (${places})`,
        add,
        'host-key-unknown',
      )
    case 'changed':
      return untrusted(
        `THE HOST KEY OF ${name} HAS CHANGED: it shows ${shown}, known is another (${places}); someone may be in between`,
        `Ask the host whether it changed its key. ${add}`,
        'host-key-changed',
      )
    case 'revoked':
      return untrusted(
        `the host key of ${name} (${shown}) is revoked (${places})`,
        'Do not connect; ask the host which key it uses now.',
        'host-key-revoked',
      )
    case 'authority':
      return untrusted(
        `for ${name} only a certificate authority is known (${places}), and host certificates cannot be checked here`,
        add,
        'host-key-unknown',
      )
  }
}

export function untrusted(message: string, hint: string, advice?: string): MirrorError {
  return new MirrorError(message, { code: 'host-key', hint, advice })
}
