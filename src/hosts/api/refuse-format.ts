import { MirrorError } from '../../base/errors.ts'

/** @throws MirrorError `format` where a service only makes repositories for sha1 */
export function refuseFormat(service: string, format: 'sha1' | 'sha256'): void {
  if (format === 'sha1') return
  throw new MirrorError(`the source uses ${format}, and ${service} makes repositories for sha1`, {
    code: 'format',
    side: 'destination',
    hint: 'Mirror to a host that takes sha256: Gitea or Forgejo.',
  })
}
