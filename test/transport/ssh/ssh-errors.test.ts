import { describe, expect, it } from 'vitest'
import { brokenSession, describeSilentEnd, sessionError } from '../../../src/transport/ssh/ssh-errors.ts'
import { sshRemote, uploadPack } from '../../support/sshd-remote.ts'
import { sshdMissing, startSshd } from '../../support/sshd.ts'

const AT = { host: 'git.example', port: 22, limits: { handshake: 30_000, idle: 900_000 } }
const PROGRAM = { ...AT, service: 'git-receive-pack' } as const

describe.skipIf(sshdMissing())('a program at a real sshd', () => {
  it.each([
    ['exit 127', { code: 'server', message: /has no program git-upload-pack$/ }],
    [
      'echo "git-upload-pack: not found" >&2; exit 1',
      { code: 'server', message: /has no program git-upload-pack$/ },
    ],
    [
      'echo "ERROR: Repository not found." >&2; exit 1',
      { code: 'not-found', message: /no repository at that path/ },
    ],
    ['echo "marked as read only." >&2; exit 1', { code: 'auth', message: /does not let this key run/ }],
    ['echo "Permission to a/b denied" >&2; exit 1', { code: 'auth', message: /does not let this key run/ }],
    [
      'echo "something else" >&2; exit 3',
      { code: 'server', message: /ended with status 3 before it said anything$/ },
    ],
    ['kill -9 $$', { code: 'server', message: /ended by SIGKILL before it said anything$/ }],
  ])('is read from its last words: %s', async (script, { code, message }) => {
    await using sshd = await startSshd({ forceCommand: `sh -c '${script}'` })
    const remote = sshRemote(sshd)
    const connection = await remote.open(uploadPack())
    await expect(connection.greeting.readSome()).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      retryable: false,
    })
    await connection.close()
    await remote.dispose()
  })
})

/** What hosts print on standard error, in their own words. */
it.each([
  ["fatal: '/x.git' does not appear to be a git repository", 'not-found'],
  ["fatal: not a git repository: '.'", 'not-found'],
  ['ERROR: Repository not found.', 'not-found'],
  [
    "ERROR: The project you were looking for could not be found or you don't have permission to view it.",
    'not-found',
  ],
  ['Gerrit Code Review: Project not found: x', 'not-found'],
  ['Forgejo: Repository does not exist or you do not have access', 'not-found'],
  ['ERROR: The key you are authenticating with has been marked as read only.', 'auth'],
  ['ERROR: Permission to o/r.git denied to deploy key', 'auth'],
  ['remote: Unauthorized', 'auth'],
  ['remote: You are not allowed to push code to this project.', 'auth'],
  ['bash: git-receive-pack: command not found', 'server'],
  ["'git-receive-pack' is not recognized as an internal or external command", 'server'],
  ['fatal: out of memory', 'server'],
  // A noisy login says such things; the program ended for a reason of its own.
  ['rm: cannot remove x: No such file or directory', 'server'],
])('reads %j as %s', (text, code) => {
  expect(describeSilentEnd({ exitCode: 1, text }, PROGRAM)).toMatchObject({
    code,
    serverText: text,
    retryable: false,
  })
})

it('reads nothing where there is nothing to read', () => {
  expect(describeSilentEnd({ exitCode: 0, text: 'warning' }, PROGRAM)).toBeUndefined()
  expect(describeSilentEnd({ text: '' }, PROGRAM)).toBeUndefined()
  expect(describeSilentEnd({ exitCode: 255, text: '\n' }, PROGRAM)).toBeUndefined()
})

it('lets another attempt follow what may pass, and no other', () => {
  expect(brokenSession(AT)).toMatchObject({ code: 'cut', retryable: true })
  expect(
    sessionError(library('read ECONNRESET', { code: 'ECONNRESET', level: 'client-socket' }), AT),
  ).toMatchObject({
    code: 'cut',
    retryable: true,
    message: 'the connection to the ssh server git.example broke: read ECONNRESET',
  })
  expect(sessionError(library('Keepalive timeout', { level: 'client-timeout' }), AT)).toMatchObject({
    code: 'timeout',
    retryable: true,
    message: 'the ssh server git.example did not answer within 900 seconds',
  })
  expect(sessionError(library('Handshake failed: no matching key exchange algorithm'), AT)).toMatchObject({
    code: 'connect',
    retryable: false,
  })
})

it('keeps the words of a server that hangs up out of the message', () => {
  const error = sessionError(Object.assign(new Error('\u001B[31mgo away'), { code: 12 }), AT)
  expect(error).toMatchObject({
    code: 'cut',
    message: 'the ssh server git.example ended the connection',
    serverText: '\u001B[31mgo away',
  })
})

function library(message: string, more: object = {}): Error {
  return Object.assign(new Error(message), more)
}
