import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'

/** Wishes that no call is made for. */
export const refuseToken = {
  /** `login`: whose token it is. */
  owner(owner: string, login: string): MirrorError {
    return new MirrorError(
      `${printableLine(owner, 100)} is no organisation that this token may see, and the token belongs to ${printableLine(login, 100)}`,
      {
        code: 'not-found',
        side: 'destination',
        hint: 'Make the organisation first, or give a token of that account.',
      },
    )
  },
  internal(service: string): MirrorError {
    return new MirrorError(`create: internal is not known to ${service}`, {
      code: 'usage',
      side: 'destination',
      hint: 'Write private or public.',
    })
  },
}
