/**
 * Node's cryptography, loaded when it is first used: that takes longer than most of what a run does before its first
 * byte is on the wire, and a run with nothing to do may never need it.
 */
export function loadCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto')
}
