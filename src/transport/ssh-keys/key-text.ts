import { MirrorError } from '../../base/errors.ts'

/** A PEM block that was found in a pasted text, in its proper form again. */
export interface Armor {
  /** `OPENSSH PRIVATE KEY`, `RSA PRIVATE KEY`, … */
  readonly label: string
  readonly base64: string
  /** By a `DEK-Info` header (RFC 1421). */
  readonly encrypted: boolean
  readonly text: string
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([\s\S]*?)-----END \1-----/
const DEK = /DEK-Info:\s*([A-Za-z0-9-]+)\s*,\s*([0-9A-Fa-f]+)/
const PROC_TYPE = /Proc-Type:\s*4\s*,\s*ENCRYPTED/

/** Finds the private key in a text that secrets stores, shells and editors have been at. @throws MirrorError `usage`. */
export function findArmor(pasted: string, inputName: string): Armor {
  const text = straighten(pasted)
  const block = BLOCK.exec(text) ?? BLOCK.exec(straighten(decodeBase64(text)))
  if (!block) throw explainNoKey(text, inputName)
  const label = block[1]!
  const body = block[2]!
  const dek = DEK.exec(body)
  const base64 = body.replace(PROC_TYPE, '').replace(DEK, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) {
    throw new MirrorError(
      `${inputName} holds a private key that is damaged between its BEGIN and END lines`,
      {
        code: 'usage',
        hint: 'Paste the whole file again, as it is.',
      },
    )
  }
  const header = dek ? `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${dek[1]},${dek[2]}\n\n` : ''
  const lines = base64.replace(/.{64}/g, '$&\n').trimEnd()
  return {
    label,
    base64,
    encrypted: dek !== null,
    text: `-----BEGIN ${label}-----\n${header}${lines}\n-----END ${label}-----\n`,
  }
}

function straighten(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .trim()
    .replace(/^(["'])([\s\S]*)\1$/, '$2')
    .replace(/\\r\\n|\\n|\r\n?/g, '\n')
}

function decodeBase64(text: string): string {
  const compact = text.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(compact)) return ''
  return Buffer.from(compact, 'base64').toString('latin1')
}

function explainNoKey(text: string, inputName: string): MirrorError {
  const fail = (what: string, hint: string): MirrorError =>
    new MirrorError(`${inputName} ${what}`, { code: 'usage', hint })
  if (text === '') {
    return fail('is empty', 'Give the text of the private key; on GitHub an unknown secret is an empty text.')
  }
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) {
    return fail('holds a private key without its END line', 'Paste the whole file, its last line included.')
  }
  if (/^[\w@.-]+-cert-v\d+@openssh\.com AAAA/m.test(text)) {
    return fail(
      'holds a user certificate, and certificates are not supported',
      'Give the private key itself, and register its public half at the host (as a deploy key, for example).',
    )
  }
  if (/^(ssh-|ecdsa-|sk-)[\w@.-]+ AAAA|PUBLIC KEY-----|SSH2 PUBLIC KEY/m.test(text)) {
    return fail('holds a public key', 'Give the private key: the file of the same name without .pub.')
  }
  if (text.startsWith('PuTTY-User-Key-File')) {
    return fail(
      'holds a PuTTY key, which is not supported',
      'Convert it: puttygen key.ppk -O private-openssh -o key',
    )
  }
  if (looksLikePath(text)) {
    return fail('holds the name of a file', 'Give the text of the private key itself.')
  }
  return fail(
    'holds no private key',
    'Give the whole text of the file, from -----BEGIN … PRIVATE KEY----- to the END line.',
  )
}

function looksLikePath(text: string): boolean {
  return (
    text.length < 1024 &&
    /^(~|\.{0,2}[/\\]|[A-Za-z]:[/\\]|\$\w)[^\n]*$|^[\w.-]*id_[\w.-]+$|^[^\s]+\.(pem|key)$/.test(text)
  )
}
