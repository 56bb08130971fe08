import type { AdviceRow } from './row.ts'

/** Keys, tokens and accounts that a server does not let in, or not so far. */
export const LOGIN_ROWS: readonly AdviceRow[] = [
  {
    id: 'host-key-changed',
    next: 'nothing',
    codes: ['host-key'],
    meaning:
      'The server shows another host key than the known one: the host changed it, or someone listens in between.',
    todo: 'Compare the fingerprint with the one the host publishes before you put the new key into ssh-known-hosts.',
  },
  {
    id: 'host-key-revoked',
    next: 'nothing',
    codes: ['host-key'],
    meaning: 'The host key of the server was revoked.',
    todo: 'Do not connect; ask the host which key it uses now and put it into ssh-known-hosts.',
  },
  {
    id: 'host-key-unknown',
    next: 'nothing',
    codes: ['host-key'],
    meaning:
      'Nothing tells whether the ssh server is the right one: its host key is not among the known ones.',
    todo: 'Put the line that ssh-keyscan HOST prints into ssh-known-hosts, once its fingerprint is the published one.',
  },
  {
    id: 'read-only-key',
    next: 'nothing',
    says: /marked as read.only|deploy key does not have write access|deployment key is read-only|denied to deploy key/i,
    side: 'destination',
    meaning: 'The ssh key is a deploy key that may only read.',
    todo: 'Add the key again with write access; at most hosts an existing deploy key cannot be changed.',
  },
  {
    id: 'ssh-no-key-login',
    next: 'nothing',
    codes: ['auth'],
    meaning: 'The ssh server lets nobody log in with a key.',
    todo: 'Turn on PubkeyAuthentication in its sshd_config, or use the https address with a token.',
  },
  {
    id: 'ssh-key-refused',
    next: 'nothing',
    codes: ['auth', 'server', 'cut', 'connect'],
    says: /Permission denied \(publickey|too many authentication failures/i,
    meaning:
      'The server does not know the ssh key, knows it for another account, or takes user certificates only.',
    todo: 'Add its public half (ssh-keygen -y prints it) to the repository as a deploy key or to an account, and check the user name in the address.',
  },
  {
    id: 'saml-sso',
    next: 'nothing',
    says: /SAML SSO/i,
    meaning: 'The organization demands SAML single sign-on, and the token or key is not authorized for it.',
    todo: 'Choose "Configure SSO" beside the token or key in the account settings at GitHub and authorize the organization.',
  },
  {
    id: 'ip-allow-list',
    next: 'nothing',
    says: /IP (address )?(allow|access) ?list|IP address is not (permitted|allowed)/i,
    meaning: 'The host lets only certain network addresses in, and this machine has none of them.',
    todo: 'Run on a machine whose address is on the list, or add its address.',
  },
  {
    id: 'account-blocked',
    next: 'nothing',
    says: /account (is|has been|was) (suspended|blocked|disabled)/i,
    meaning: 'The account of the key or token is blocked at the host.',
    todo: 'Use the key or token of another account, or ask the host.',
  },
  {
    id: 'accept-terms',
    next: 'nothing',
    says: /must accept the Terms of Service/i,
    meaning: 'The account has not yet accepted the terms of the host.',
    todo: 'Log in to the website with that account once and accept them.',
  },
  {
    id: 'password-refused',
    next: 'nothing',
    says: /password authentication (was removed|is not supported)|two-factor authentication enabled cannot perform HTTP/i,
    meaning: 'The host takes tokens and no passwords, or the token is wrong and looks like a password to it.',
    todo: 'Give a token (at GitHub: a personal access token or an App token) in place of the password.',
  },
  {
    id: 'login-scheme',
    next: 'nothing',
    codes: ['auth'],
    meaning:
      'The server takes no user name and password or token (Basic), but another kind of login, such as Negotiate, NTLM or Bearer.',
    todo: 'Use its ssh address, or turn on Basic for tokens there (behind a single sign-on there is often an address of its own for git).',
  },
  {
    id: 'login-page',
    next: 'nothing',
    codes: ['auth', 'protocol', 'http'],
    says: /_signin\b|users\/sign_in\b/i,
    meaning:
      'The server sends a page to log in at: it asks for a credential, or does not accept the one it got.',
    todo: 'Give a valid token, and check that the address is the one that git clone takes.',
  },
  {
    id: 'no-write-permission',
    next: 'nothing',
    says: /write access to repository not granted|permission to \S{1,300} denied to|not allowed to (push code to this project|upload code)|User permission denied/i,
    side: 'destination',
    meaning: 'The token or key may read the destination and not write to it.',
    todo: "Give it write access (Contents: write at GitHub, write_repository at GitLab); a workflow's GITHUB_TOKEN reaches its own repository only.",
  },
  {
    id: 'no-read-permission',
    next: 'nothing',
    codes: ['auth'],
    meaning: 'The server knows the token or key and does not let it read this repository.',
    todo: 'Give it read access (Contents: read at GitHub, read_repository at GitLab).',
  },
  {
    id: 'token-refused',
    next: 'nothing',
    codes: ['auth', 'http'],
    says: /HTTP Basic: Access denied|Invalid username or (password|token)|Bad credentials|Invalid credentials|TF400813/i,
    meaning:
      'The server does not accept the token: it is wrong, expired or revoked, or the user name does not fit.',
    todo: 'Make a new token with an expiry date that you will not miss, and store it in the secret again.',
  },
]
