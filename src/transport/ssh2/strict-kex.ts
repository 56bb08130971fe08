/**
 * Whether both sides agreed to a strict key exchange (kex-strict-c-v00@openssh.com), without which packets can be
 * cut out unseen at the start where the cipher is chacha20-poly1305 or the MAC an etm one (CVE-2023-48795). Reads a
 * field of the library; changes nothing. Where it is missing, the answer is no.
 */
export function isStrict(client: unknown): boolean {
  const protocol = (client as { readonly _protocol?: { readonly _strictMode?: unknown } } | undefined)
    ?._protocol
  return protocol?._strictMode === true
}
