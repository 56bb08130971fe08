import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeTempFolder } from './temp.ts'

const run = promisify(execFile)

export interface Certificate extends AsyncDisposable {
  readonly key: string
  readonly cert: string
  /** A PEM file with the certificate, which is its own authority. */
  readonly path: string
}

/** A self-signed certificate for `names` (`DNS:localhost`, `IP:127.0.0.1`), valid from now for `days`. */
export async function makeCertificate(
  names: readonly string[] = ['DNS:localhost', 'IP:127.0.0.1'],
  days = 2,
): Promise<Certificate> {
  const folder = await makeTempFolder()
  const key = join(folder.path, 'key.pem')
  const path = join(folder.path, 'cert.pem')
  const fixed = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=test'
  const made = [
    '-keyout',
    key,
    '-out',
    path,
    '-days',
    String(days),
    '-addext',
    `subjectAltName=${names.join(',')}`,
  ]
  await run('openssl', [...fixed.split(' '), ...made])
  return {
    key: await readFile(key, 'utf8'),
    cert: await readFile(path, 'utf8'),
    path,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}
