import type { RowCase } from '../advice-cases.ts'

const ADDRESS = 'https://git.example/o/r.git'

export const LOGIN_CASES: readonly RowCase[] = [
  {
    id: 'host-key-changed',
    is: [{ code: 'host-key', advice: 'host-key-changed' }],
    isNot: [{ code: 'host-key', text: 'THE HOST KEY OF h HAS CHANGED' }],
  },
  {
    id: 'host-key-revoked',
    is: [{ code: 'host-key', advice: 'host-key-revoked' }],
    isNot: [{ code: 'auth', message: 'the token is revoked' }],
  },
  {
    id: 'host-key-unknown',
    is: [{ code: 'host-key', advice: 'host-key-unknown' }],
    isNot: [{ code: 'connect', text: 'the host key of h is not known' }],
  },
  {
    id: 'read-only-key',
    is: [
      { code: 'auth', text: 'The deployment key is read-only', side: 'destination' },
      {
        code: 'auth',
        text: 'ERROR: The key you are authenticating with has been marked as read only.',
        side: 'destination',
      },
      {
        code: 'server',
        text: 'GitLab: This deploy key does not have write access to this project.',
        side: 'destination',
      },
      { code: 'auth', text: 'ERROR: Permission to o/r.git denied to deploy key', side: 'destination' },
    ],
    isNot: [
      {
        code: 'auth',
        text: 'ERROR: The key you are authenticating with has been marked as read only.',
        side: 'source',
      },
      { code: 'auth', text: 'ERROR: Permission to o/r.git denied to octocat.', side: 'destination' },
    ],
  },
  {
    id: 'ssh-no-key-login',
    is: [{ code: 'auth', advice: 'ssh-no-key-login' }],
    isNot: [{ code: 'auth', text: 'no keys today' }],
  },
  {
    id: 'ssh-key-refused',
    is: [
      { code: 'auth', advice: 'ssh-key-refused' },
      { code: 'cut', text: 'git@github.com: Permission denied (publickey).' },
      { code: 'server', text: 'Too many authentication failures' },
      { code: 'connect', text: 'Too many authentication failures' },
    ],
    isNot: [{ code: 'auth', message: 'permission denied' }],
  },
  {
    id: 'saml-sso',
    is: [
      {
        code: 'auth',
        message: 'h does not allow this credential to push (HTTP 403)',
        text: "The 'acme' organization has enabled or enforced SAML SSO.",
      },
    ],
    isNot: [{ code: 'auth', message: 'does not allow', text: 'SSO is fine' }],
  },
  {
    id: 'ip-allow-list',
    is: [
      { code: 'auth', text: 'Your IP address is not permitted to access this resource.' },
      { code: 'auth', text: 'To get in, your address has to be on the IP allowlist.' },
      {
        code: 'auth',
        text: 'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled',
      },
    ],
    isNot: [{ code: 'auth', text: 'Add it to the allow list of the branch' }],
  },
  {
    id: 'account-blocked',
    is: [{ code: 'auth', text: 'ERROR: Your account is suspended. Please check your email.' }],
    isNot: [{ code: 'auth', text: 'your account has no access' }],
  },
  {
    id: 'accept-terms',
    is: [
      {
        code: 'auth',
        text: 'GitLab: You (@x) must accept the Terms of Service in order to perform this action.',
      },
    ],
    isNot: [{ code: 'auth', text: 'See our Terms of Service.' }],
  },
  {
    id: 'password-refused',
    is: [
      {
        code: 'auth',
        text: 'Users with two-factor authentication enabled cannot perform HTTP/HTTPS operations via plain username and password.',
      },
      { code: 'auth', text: 'remote: Support for password authentication was removed on August 13, 2021.' },
      {
        code: 'auth',
        text: 'Invalid username or token. Password authentication is not supported for Git operations.',
      },
    ],
    isNot: [{ code: 'auth', text: 'Invalid username or password.' }],
  },
  {
    id: 'login-scheme',
    is: [{ code: 'auth', advice: 'login-scheme', status: 401 }],
    isNot: [{ code: 'auth', status: 401 }],
  },
  {
    id: 'login-page',
    is: [
      { code: 'auth', status: 203, advice: 'login-page' },
      { code: 'protocol', text: 'Found. Redirecting to https://spsprodeus.example/_signin' },
      { code: 'http', message: 'redirected', text: '<a href="https://h/users/sign_in">' },
    ],
    isNot: [{ code: 'auth', message: `${ADDRESS} refused the credential (HTTP 401)` }],
  },
  {
    id: 'no-write-permission',
    is: [
      { code: 'auth', text: 'remote: Write access to repository not granted.', side: 'destination' },
      { code: 'auth', text: 'remote: Write access to repository not granted.' },
      {
        code: 'auth',
        text: 'remote: Permission to o/r.git denied to github-actions[bot].',
        side: 'destination',
      },
      { code: 'auth', status: 403, advice: 'no-write-permission', side: 'destination' },
      { code: 'auth', text: 'User permission denied for writing.', side: 'destination' },
      {
        code: 'server',
        text: 'GitLab: You are not allowed to push code to this project.',
        side: 'destination',
      },
    ],
    isNot: [
      {
        code: 'server',
        text: 'GitLab: You are not allowed to push code to protected branches on this project.',
        side: 'destination',
      },
      {
        code: 'auth',
        message: `${ADDRESS} does not allow this credential to read (HTTP 403)`,
        side: 'source',
      },
    ],
  },
  {
    id: 'no-read-permission',
    is: [{ code: 'auth', status: 403, advice: 'no-read-permission', side: 'source' }],
    isNot: [{ code: 'auth', status: 403, advice: 'no-write-permission' }],
  },
  {
    id: 'token-refused',
    is: [
      { code: 'auth', status: 401, advice: 'token-refused' },
      { code: 'auth', text: 'Bad credentials' },
      { code: 'http', text: 'Bad credentials' },
      { code: 'auth', text: 'Invalid username or token.' },
      { code: 'auth', text: 'Invalid credentials' },
      {
        code: 'auth',
        text: 'remote: HTTP Basic: Access denied. The provided password or token is incorrect or your account has 2FA enabled',
      },
      { code: 'auth', text: 'TF400813: The user is not authorized to access this resource.' },
    ],
    isNot: [
      { code: 'not-found', message: 'there is no repository (HTTP 404)' },
      { code: 'connect', message: 'HTTP 401' },
    ],
  },
]
