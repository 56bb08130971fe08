/** What is used of the ssh library's protocol; `sign` left out: the server is asked whether it would take the key. */
interface Protocol {
  authPK(user: string, key: unknown, algorithm: string | undefined, sign?: Sign): void
  readonly _handlers?: { USERAUTH_FAILURE?: OnFailure }
}

/** `partial`: the signature was right, and another method is wanted too. */
type OnFailure = (protocol: unknown, methods: unknown, partial: boolean) => void

export interface FirstSignature {
  readonly sign: (data: Buffer) => Buffer | Error
  /** The server took the signature, though not the login. */
  readonly onAccepted: () => void
}

type Sign = (data: Buffer, onSigned: (signature: Buffer) => void) => void

/**
 * Sends the signature with the first request of the login (RFC 4252, section 7). The ssh library asks first whether
 * the key would do, which costs a round trip and tells nothing where there is one key. Later requests are asked
 * as before. A version of the library without the method that is used here asks each time.
 */
export function signFirstRequest(client: unknown, options: FirstSignature): void {
  const protocol = (client as { readonly _protocol?: unknown } | undefined)?._protocol
  if (!isProtocol(protocol)) return
  const { authPK } = protocol
  protocol.authPK = (user, key, algorithm, given) => {
    protocol.authPK = authPK
    const signFirst: Sign = (data, onSigned) => {
      const signature = options.sign(data)
      if (signature instanceof Error) authPK.call(protocol, user, key, algorithm)
      else onSigned(signature)
    }
    authPK.call(protocol, user, key, algorithm, given ?? signFirst)
  }
  const { _handlers: handlers } = protocol
  const onFailure = handlers?.USERAUTH_FAILURE
  if (!handlers || !onFailure) return
  handlers.USERAUTH_FAILURE = (it, methods, partial) => {
    if (partial) options.onAccepted()
    onFailure(it, methods, partial)
  }
}

function isProtocol(protocol: unknown): protocol is Protocol {
  return typeof (protocol as Partial<Protocol> | undefined)?.authPK === 'function'
}
