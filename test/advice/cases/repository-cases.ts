import type { RowCase } from '../advice-cases.ts'

const ADDRESS = 'https://git.example/o/r.git'
const NOT_SMART = `${ADDRESS} does not answer as a smart Git server (text/html)`

export const REPOSITORY_CASES: readonly RowCase[] = [
  {
    id: 'github-not-found',
    is: [
      {
        code: 'not-found',
        message: 'there is no repository at https://github.com/o/r (HTTP 404)',
        host: 'github.com',
      },
      { code: 'not-found', text: 'ERROR: Repository not found.', host: 'ssh.github.com' },
    ],
    isNot: [
      { code: 'not-found', host: 'github.com.evil.example' },
      { code: 'not-found', host: 'mygithub.com' },
      { code: 'not-found', host: 'gitlab.com' },
      { code: 'auth', host: 'github.com' },
    ],
  },
  {
    id: 'not-found',
    is: [
      { code: 'not-found', message: `there is no repository at ${ADDRESS} (HTTP 404)`, host: 'gitlab.com' },
      { code: 'not-found' },
    ],
    isNot: [
      { code: 'not-found', host: 'github.com' },
      { code: 'connect', message: 'not found' },
    ],
  },
  {
    id: 'hidden-repository',
    is: [
      { code: 'server', text: 'conq: repository either does not exist or you do not have access.' },
      {
        code: 'server',
        text: 'The repository does not exist or you may not have access to this repository.',
      },
      { code: 'server', text: 'ERROR: Repository not found.' },
      { code: 'http', text: 'Repository not found.' },
      { code: 'protocol', text: 'Repository not found.' },
      {
        code: 'cut',
        text: "ERROR: The project you were looking for could not be found or you don't have permission to view it.",
      },
      {
        code: 'auth',
        text: 'TF401019: The Git repository with name or identifier x does not exist or you do not have permissions',
      },
      { code: 'server', text: "fatal: '/x' does not appear to be a git repository" },
    ],
    isNot: [
      { code: 'server', text: 'object not found' },
      { code: 'local', text: 'Repository not found.' },
    ],
  },
  {
    id: 'not-exported',
    is: [
      { code: 'server', text: 'access denied or repository not exported: /r.git' },
      { code: 'server', text: 'service not enabled: /r.git' },
    ],
    isNot: [{ code: 'server', text: 'access denied' }],
  },
  {
    id: 'dumb-http',
    is: [
      {
        code: 'protocol',
        message: `${ADDRESS} does not answer as a smart Git server (text/plain)`,
        text: `${'a'.repeat(40)}\trefs/heads/main\n${'b'.repeat(40)}\trefs/tags/v1`,
      },
    ],
    isNot: [
      { code: 'protocol', message: NOT_SMART, text: '<html>refs/heads/main</html>' },
      { code: 'protocol', message: NOT_SMART, text: `<li>${'a'.repeat(40)} refs/heads/main` },
    ],
  },
  {
    id: 'not-a-git-server',
    is: [{ code: 'protocol', advice: 'not-a-git-server', text: 'Welcome to nginx' }],
    isNot: [{ code: 'protocol', message: 'bad pkt-line' }],
  },
  {
    id: 'partial-source',
    is: [{ code: 'server', side: 'source', text: 'fatal: could not fetch 1a2b from promisor remote' }],
    isNot: [{ code: 'server', side: 'source', text: 'fatal: bad object 1a2b' }],
  },
  {
    id: 'damaged-source',
    is: [
      { code: 'server', side: 'source', text: 'fatal: object corrupt or missing' },
      { code: 'pack', side: 'source', text: 'fatal: object corrupt or missing' },
      { code: 'protocol', side: 'source', text: 'fatal: object corrupt or missing' },
      { code: 'server', side: 'source', text: `error: Could not read ${'a'.repeat(40)}` },
      {
        code: 'server',
        side: 'source',
        text: `error: packfile ./objects/pack/pack-${'b'.repeat(40)}.pack is truncated`,
      },
      { code: 'server', side: 'source', text: `fatal: bad object ${'a'.repeat(40)}` },
      { code: 'server', side: 'source', text: `error: bad tree object ${'a'.repeat(40)}` },
      {
        code: 'server',
        side: 'source',
        text: `error: Could not read ${'a'.repeat(40)}\nfatal: bad tree object ${'a'.repeat(40)}`,
      },
      { code: 'server', side: 'source', text: `fatal: unable to read ${'a'.repeat(40)}` },
      { code: 'server', side: 'source', text: `fatal: unable to read tree (${'a'.repeat(40)})` },
      {
        code: 'cut',
        side: 'source',
        text: `fatal: loose object ${'a'.repeat(40)} (stored in ./objects/aa/${'a'.repeat(38)}) is corrupt`,
      },
      { code: 'server', side: 'source', text: `error: object file ./objects/aa/${'a'.repeat(38)} is empty` },
      { code: 'server', side: 'source', text: 'error: inflate: data stream error (incorrect header check)' },
      {
        code: 'server',
        side: 'source',
        text: `fatal: packed object ${'a'.repeat(40)} (stored in ./objects/pack/pack-${'b'.repeat(40)}.pack) is corrupt`,
      },
      {
        code: 'server',
        side: 'source',
        text: `error: packfile ./objects/pack/pack-${'b'.repeat(40)}.pack cannot be accessed`,
      },
    ],
    isNot: [
      { code: 'server', side: 'destination', text: `fatal: bad object ${'a'.repeat(40)}` },
      { code: 'server', side: 'source', text: `upload-pack: not our ref ${'a'.repeat(40)}` },
      { code: 'server', side: 'source', text: 'fatal: bad object format' },
      { code: 'server', side: 'source', text: 'fatal: unable to read config' },
      { code: 'server', side: 'source', text: 'fatal: could not read credentials' },
    ],
  },
  {
    id: 'shallow-source',
    is: [
      {
        code: 'shallow',
        message: 'the source is a shallow clone: it lacks the history behind its oldest commits',
      },
    ],
    isNot: ['shallow update not allowed', { code: 'server', text: 'shallow' }],
  },
  {
    id: 'dubious-ownership',
    is: [{ code: 'local', text: "fatal: detected dubious ownership in repository at '/r.git'" }],
    isNot: [{ code: 'local', text: 'fatal: permission denied' }],
  },
  {
    id: 'no-shell',
    is: [
      { code: 'server', advice: 'no-shell' },
      { code: 'server', text: 'GitLab: shell access is disabled' },
      { code: 'cut', text: '/usr/sbin/nologin: this is no shell' },
      { code: 'cut', text: 'This account is currently not available.' },
      { code: 'protocol', text: 'This account is currently not available.' },
      { code: 'server', text: 'fatal: Interactive git shell is not enabled.' },
    ],
    isNot: [{ code: 'server', text: 'this service is currently not available' }],
  },
]
