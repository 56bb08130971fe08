export const id = 1585;
export const ids = [1585];
export const modules = {

/***/ 21585:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h4: () => (/* binding */ diagnose),
  kx: () => (/* binding */ printAdvice),
  b5: () => (/* binding */ withAdvice)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/advice/azure-rows.js
/** Rules of Azure Repos, by the codes in its words. */
const AZURE_ROWS = [
    {
        id: 'azure-system-ref',
        next: 'nothing',
        says: /current action can only be performed by the system/i,
        meaning: 'Azure Repos writes refs such as refs/pull/* itself and lets nobody else do it.',
        todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken.',
    },
    {
        id: 'azure-email',
        next: 'apart',
        says: /VS403702/i,
        meaning: 'A policy of Azure Repos does not allow the author address of a commit.',
        todo: 'Turn off the policy "Commit author email validation" of the destination repository; a mirror cannot change commits.',
    },
    {
        id: 'azure-pull-request',
        next: 'apart',
        says: /TF402455/i,
        meaning: 'A branch policy of Azure Repos takes changes to this branch by pull request only.',
        todo: 'Give the mirror\'s identity "Bypass policies when pushing" on the branch, or remove the policy.',
    },
    {
        id: 'azure-permission',
        next: 'apart',
        says: /TF401027/i,
        meaning: "The mirror's identity lacks the permission at Azure Repos that the message names.",
        todo: 'Grant it in Project settings, Repositories, Security: GenericContribute is "Contribute", rewritten branches and deletions need "Force push".',
    },
    {
        id: 'azure-policy',
        next: 'apart',
        general: true,
        certain: true,
        says: /\b(?!TF401028)(TF|VS)40\d{4}\b/,
        meaning: 'A rule of Azure Repos refuses it; the code and the words behind it say which.',
        todo: 'Search for that code, and change the policy or the permission in the settings of the destination repository.',
    },
];

;// CONCATENATED MODULE: ./build/advice/gerrit-rows.js
/** Rights of Gerrit, in its words; each is granted by ref pattern in the access settings of a project. */
const GERRIT_ROWS = [
    {
        id: 'gerrit-forge',
        next: 'apart',
        says: /you lack 'forge (author|committer|server)' permission|commit [0-9a-f]{4,64}: invalid (author|committer)\b|^invalid (author|committer)$/i,
        meaning: "Gerrit takes commits of other people only from those who may forge an identity, and a mirror's commits are other people's.",
        todo: "Give the mirror's account Forge Author, Forge Committer and, for Gerrit's own merges, Forge Server on refs/* in the access settings of the project.",
    },
    {
        id: 'gerrit-merge',
        next: 'apart',
        says: /not allowed to upload merges|pushing merge commit \S{1,80} by .{1,200} requires '.{1,60}' permission/i,
        meaning: 'Gerrit takes merge commits only from those who have the right for them.',
        todo: "Give the mirror's account Push Merge Commit on refs/for/refs/* and refs/heads/* in the access settings of the project.",
    },
    {
        id: 'gerrit-tag',
        next: 'apart',
        says: /not permitted: create (signed |annotated )?tag/i,
        meaning: 'Gerrit takes annotated and signed tags only from those who have the right for them.',
        todo: "Give the mirror's account Create Annotated Tag, Create Signed Tag and Create Reference on refs/tags/* in the access settings of the project.",
    },
    {
        id: 'gerrit-read-only',
        next: 'nothing',
        says: /project state does not permit write|^project is read.only$/i,
        side: 'destination',
        meaning: 'The project is read-only at Gerrit.',
        todo: 'Set its state to Active in the settings of the project, or mirror to another one.',
    },
    {
        id: 'gerrit-footer',
        next: 'apart',
        says: /not Signed-off-by author\/committer\/uploader|missing (Change-Id|subject).{0,40}(footer|message)/i,
        meaning: 'Gerrit demands a footer in each commit message that a mirrored commit does not have.',
        todo: 'Turn off "Require Change-Id" and "Require Signed-off-by" for the project; a mirror cannot change commits.',
    },
    {
        id: 'gerrit-prohibited',
        next: 'apart',
        says: /prohibited by Gerrit/i,
        meaning: 'Gerrit takes direct pushes only from those who have the right for this ref.',
        todo: "Give the mirror's account Push, Create Reference, Force Push and Delete Reference in the access settings of the project.",
    },
];

;// CONCATENATED MODULE: ./build/advice/git-rows.js
/** Refusals of git's own receive-pack, and of those that speak like it. */
const GIT_ROWS = [
    {
        id: 'checked-out-branch',
        next: 'apart',
        says: /branch is currently checked out|refusing to update checked out branch/i,
        meaning: 'The destination has a work tree, and this branch is checked out in it.',
        todo: 'Mirror to a bare repository (git clone --bare), or check out another branch there.',
    },
    {
        id: 'reference-transaction',
        next: 'apart',
        says: /ref updates aborted by (the reference-transaction )?hook/i,
        meaning: 'A hook of the destination (reference-transaction) refused the ref, and git ended the whole push with it.',
        todo: 'Change that hook at the destination, or leave the ref out of refs.',
    },
    {
        id: 'non-fast-forward',
        next: 'nothing',
        says: /^non-fast-forward|denying non-fast-forward/i,
        meaning: 'The history of the ref was rewritten, and the destination takes fast-forwards only.',
        todo: 'Set receive.denyNonFastForwards to false at the destination, or allow force pushes there.',
    },
    {
        id: 'deletion-prohibited',
        next: 'nothing',
        says: /^deletion prohibited|denying ref deletion/i,
        meaning: 'The destination allows nobody to delete refs.',
        todo: 'Set receive.denyDeletes to false at the destination, or prune: false here.',
    },
    {
        id: 'funny-refname',
        next: 'nothing',
        says: /funny ref/i,
        meaning: 'The destination takes no ref of that name: names begin with refs/ and two more parts.',
        todo: 'Leave the ref out of refs, or map it to a name such as refs/heads/….',
    },
    {
        id: 'shallow-update',
        next: 'nothing',
        says: /shallow update not allowed/i,
        meaning: 'The pack ends at the boundary of a shallow clone, and the destination wants the whole history.',
        todo: 'Mirror from a complete repository: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
    },
    {
        id: 'missing-objects',
        next: 'plainer',
        says: /missing necessary objects|Missing (unknown|commit|tree|blob|tag) [0-9a-f]{40}|did not (receive|send) all necessary objects|one or more objects weren't sent|did not receive expected object/i,
        meaning: 'Objects behind the ref did not arrive: the source is a partial or damaged clone, or the destination is.',
        todo: 'Run git fsck at both; a partial clone is completed by git fetch --refetch --no-filter.',
    },
    {
        id: 'fsck',
        next: 'nothing',
        says: /fsck error|(?:^|error: )object [0-9a-f]{40,64}: [a-z]+[A-Z][A-Za-z]*:/,
        meaning: 'The destination checks objects (fsck) and finds an old one malformed; the message names it and the fault.',
        todo: 'Ignore that check at the destination (receive.fsck.<name> = ignore), for a mirror cannot change objects.',
    },
    {
        id: 'unresolved-deltas',
        next: 'plainer',
        says: /unresolved deltas?|Missing delta base/i,
        meaning: 'The destination lacks objects that it showed as its own, so the pack could not be completed.',
        todo: 'Run git fsck at the destination; a shallow, partial or damaged repository has to be made anew.',
    },
    {
        id: 'non-commit-branch',
        next: 'nothing',
        says: /trying to write non-commit object|^invalid new value provided/i,
        meaning: 'Names below refs/heads/ must be commits, and this one is a tag, a tree or a blob.',
        todo: 'Map the ref to a name below refs/tags/, or leave it out of refs.',
    },
    {
        id: 'aliased-update',
        next: 'nothing',
        says: /inconsistent aliased update/i,
        meaning: 'The destination has a symbolic ref, and the push would give it and its target different values.',
        todo: 'Leave the symbolic ref out of refs, or delete it at the destination.',
    },
    {
        id: 'folder-conflict',
        next: 'again',
        says: /refname conflict|'refs\/[^']{1,300}' exists; cannot create/i,
        meaning: 'A ref cannot have the name of a folder of others, and the destination has such a pair.',
        todo: 'Delete or rename the other ref at the destination, or leave one of the two out of refs.',
    },
    {
        id: 'case-conflict',
        next: 'nothing',
        says: /case-insensitive file ?system/i,
        meaning: 'Two names differ in upper and lower case only, which the file system of the destination cannot keep apart.',
        todo: 'Rename one of the two at the source, or map it to another name in refs.',
    },
    {
        id: 'stale-lock',
        next: 'again',
        says: /Unable to create '.{1,600}\.lock': File exists|Cannot lock \S{1,600}\. Ensure that no other process/i,
        meaning: 'A lock file of the ref lies at the destination: another push holds it now, or one that broke off left it behind.',
        todo: 'Run again, and where no git runs at the destination any more, delete the .lock file that its words name.',
    },
    {
        id: 'reftable-fault',
        next: 'nothing',
        says: /reftable: .{0,80}(I\/O error|corrupt reftable file|zlib failure|misuse of the reftable API)|corrupt reftable file/i,
        meaning: 'The ref storage of the destination (reftable) is damaged or cannot be written.',
        todo: 'Run git refs verify (or git fsck) at the destination, and look at its disk and at who owns its files.',
    },
    {
        id: 'lost-race',
        only: 'ref',
        next: 'again',
        general: true,
        says: /failed to update ref|incorrect old value|(^|reference )already exists|reference does not exist|invalid old id|remote ref has changed|cannot lock ref|unable to create .{1,600}\.lock|failed to lock|lock failure|data is locked|data concurrently modified|expected symref|fetch first|stale info|TF401028/i,
        meaning: 'The ref could not be locked or moved meanwhile: something else writes to the destination.',
        todo: 'Run again, and let one mirror at a time write there (concurrency in a workflow).',
    },
    {
        id: 'hook-declined',
        next: 'apart',
        general: true,
        says: /hook declined/i,
        meaning: 'A hook at the destination declined it; what the hook wrote says why.',
        todo: 'Read the lines of the destination in the log, and change its rules or leave the ref out of refs.',
    },
    {
        id: 'not-allowed',
        next: 'apart',
        only: 'ref',
        general: true,
        says: /\bdeclin|\bdenied\b|\bnot (allowed|permitted)\b|\bprohibited\b|\bforbidden\b|\bprotected\b|\bpolicy\b|\bGH0\d\d\b/i,
        meaning: 'A rule of the destination forbids this change; its words say which.',
        todo: 'Change that rule for the account of the mirror, or leave the ref out of refs.',
    },
    {
        id: 'unpack-failed',
        next: 'plainer',
        general: true,
        says: /unpacker error|unpack failed|index-pack (abnormal exit|failed)|unpack-objects abnormal exit|error processing packfiles/i,
        meaning: 'The destination could not store the objects, so no ref of this push moved.',
        todo: 'Read the lines of the destination in the log: a full disk, a limit or a damaged repository are the usual causes.',
    },
    {
        id: 'server-fault',
        next: 'plainer',
        general: true,
        says: /internal (server )?error|fatal error in commit_refs|^failure$|^failed$/i,
        meaning: 'The server failed by itself.',
        todo: 'Run again later, and ask the host if it stays so.',
    },
];

;// CONCATENATED MODULE: ./build/advice/gitea-rows.js
/** Rules of Gitea, Forgejo and Gogs, in their words: over ssh before the first byte of Git, over http as a page, in hooks. */
const GITEA_ROWS = [
    {
        id: 'gitea-no-repository',
        next: 'nothing',
        says: /Cannot find repository:? \S|Push to create is not enabled/i,
        meaning: 'There is no such repository at this Gitea or Forgejo, or none that the key or token may see, and a push does not create it.',
        todo: 'Create the repository there (empty, without a README), check the address, and give the key or token access to it.',
    },
    {
        id: 'gitea-not-authorized',
        next: 'nothing',
        says: /is not authorized to write to \S/i,
        side: 'destination',
        meaning: 'The ssh key may not write to this repository: it is a deploy key that only reads, or of an account without the right.',
        todo: 'Add the deploy key again with "Enable Write Access", or give its account Write in Settings, Collaborators.',
    },
    {
        id: 'gitea-not-readable',
        next: 'nothing',
        says: /is not authorized to read \S/i,
        meaning: 'The ssh key may not read this repository.',
        todo: 'Add it to the repository as a deploy key, or give its account access.',
    },
    {
        id: 'gitea-protected-files',
        next: 'apart',
        says: /is protected from changing file /i,
        only: 'branch',
        meaning: 'A rule of the branch protects files that the push changes.',
        todo: 'Clear the protected file patterns of the branch rule at the destination, or leave the branch out of refs.',
    },
    {
        id: 'gitea-signed-commits',
        next: 'apart',
        says: /is protected from unverified commit /i,
        only: 'branch',
        meaning: 'A rule of the branch takes signed commits only, and not all of the mirrored ones are.',
        todo: 'Turn off "Require signed commits" in the branch rule of the destination; a mirror cannot sign commits.',
    },
    {
        id: 'gitea-protected-branch',
        next: 'apart',
        says: /branch '?[^ ']{1,300}'? is protected( from|$)|not allowed to (force-)?push to protected branch|protected branch \S{1,300} can not be pushed to/i,
        only: 'branch',
        meaning: 'The branch is protected at the destination (Gitea, Forgejo or Gogs).',
        todo: "Add the mirror's account or key to the push and force push allow lists of the branch, or remove the protection.",
    },
    {
        id: 'gitea-protected-tag',
        next: 'apart',
        says: /Tag \S{1,300} is protected$/i,
        only: 'tag',
        meaning: 'The tag is protected at the destination (Gitea or Forgejo).',
        todo: "Add the mirror's account to the allowed users in Settings, Tags, or leave the tag out of refs.",
    },
];

;// CONCATENATED MODULE: ./build/advice/github-rows.js
/** Rules of GitHub, in its words. */
const GITHUB_ROWS = [
    {
        id: 'workflow-permission',
        next: 'apart',
        says: /refusing to allow an? .{1,80}to (create|update|create or update) workflow/i,
        meaning: 'The push changes a file below .github/workflows, and this token may not do that.',
        todo: 'Use an ssh deploy key, a classic token with the scope workflow, or a fine-grained or App token with Workflows: write; GITHUB_TOKEN can never do it.',
    },
    {
        id: 'lfs-unchecked',
        next: 'nothing',
        says: /LFS object integrity could not be checked/i,
        meaning: 'GitHub could not look whether the LFS objects are there: that is a trouble of its own.',
        todo: 'Run again a little later; githubstatus.com tells of troubles that last.',
    },
    {
        id: 'github-secret',
        next: 'apart',
        says: /push cannot contain secrets|GITHUB PUSH PROTECTION|GH009/i,
        meaning: "GitHub's push protection found what looks like a secret in the commits.",
        todo: 'Follow the link in its message to allow that secret, or turn push protection off for the mirror.',
    },
    {
        id: 'github-email',
        next: 'apart',
        says: /GH007|push declined due to email privacy|would publish a private email/i,
        meaning: 'A commit holds an e-mail address that its owner told GitHub to keep private.',
        todo: 'Let the owner turn off "Block command line pushes that expose my email", or push with the key or token of another account.',
    },
    {
        id: 'lfs-objects',
        next: 'apart',
        says: /GH008|unknown Git LFS objects?|LFS objects are missing/i,
        meaning: 'The commits point to Git LFS objects that the destination does not have.',
        todo: 'The warnings of this run name those that the source does not give: whoever has them can upload them there with git lfs push --all. lfs: full carries those of commits that were mirrored before without LFS, and lfs: false carries none; or turn LFS off at the destination.',
    },
    {
        id: 'hex-name',
        next: 'apart',
        says: /GH002|names consisting of 40 hex|40-character hexadecimal branch name/i,
        meaning: 'The destination takes no name that looks like an object id.',
        todo: 'Rename the ref at the source, or map it to another name in refs.',
    },
    {
        id: 'github-force-push',
        next: 'apart',
        says: /GH003|force-pushing to .{1,300} is not allowed/i,
        meaning: 'The history of the branch was rewritten, and GitHub lets nobody force-push to it.',
        todo: 'Allow force pushes in the settings of the destination, or set force: false here.',
    },
    {
        id: 'github-protected-branch',
        next: 'apart',
        says: /GH006|protected branch hook declined/i,
        only: 'branch',
        meaning: 'GitHub protects this branch against such a change by this token or key.',
        todo: "Allow the mirror's account to bypass the protection (force pushes and deletions too), or leave the branch out of refs.",
    },
    {
        id: 'github-ruleset',
        next: 'apart',
        general: true,
        certain: true,
        says: /GH013|repository rule violations/i,
        meaning: 'A ruleset of the repository at GitHub forbids this change; its message names the rule.',
        todo: "Add the mirror's App, key or role to the bypass list of the ruleset, or leave the ref out of refs.",
    },
];

;// CONCATENATED MODULE: ./build/advice/gitlab-rows.js
/** Rules of GitLab, in its words. Its hook declines all refs of a push for one of them. */
const GITLAB_ROWS = [
    {
        id: 'gitlab-force-push',
        next: 'apart',
        says: /not allowed to force push code to a protected branch/i,
        only: 'branch',
        meaning: 'GitLab protects a branch of this push, and its history was rewritten.',
        todo: 'Turn on "Allowed to force push" for the branch in Settings, Repository, Protected branches, or unprotect it.',
    },
    {
        id: 'gitlab-protected-branch',
        next: 'apart',
        says: /not allowed to (push code to|delete|create|merge code into) protected branches|only delete protected branches using the web/i,
        only: 'branch',
        meaning: 'GitLab protects a branch of this push against this token or key.',
        todo: 'Add the mirror\'s account or deploy key to "Allowed to push" in Settings, Repository, Protected branches, or unprotect the branch.',
    },
    {
        id: 'gitlab-protected-tag',
        next: 'apart',
        says: /protected tags cannot be (updated|deleted)|not allowed to (create|update|delete|change) (this|existing|protected) tags?/i,
        only: 'tag',
        meaning: 'GitLab protects a tag of this push against this change.',
        todo: "Allow the mirror's account in Settings, Repository, Protected tags, or leave the tag out of refs.",
    },
    {
        id: 'gitlab-push-rule',
        next: 'apart',
        says: /does not follow the pattern|is not a member of (the )?team|You cannot push commits for|commit must be signed with|was (blacklisted|prohibited) by the pattern/i,
        meaning: 'A push rule of GitLab does not like a commit: its author, message, signature or file names.',
        todo: 'Loosen the push rules of the destination project; a mirror cannot change commits.',
    },
];

;// CONCATENATED MODULE: ./build/advice/host-rows.js
/** Rules that several hosting services have, and those of the smaller ones. */
const HOST_ROWS = [
    {
        id: 'hidden-ref',
        next: 'nothing',
        says: /deny (updating|deleting) a hidden ref|refs that are reserved for Bitbucket/i,
        meaning: 'The destination keeps this namespace for itself and lets nobody write to it.',
        todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken everywhere.',
    },
    {
        id: 'default-branch-delete',
        next: 'apart',
        says: /deletion of the current branch prohibited|refusing to delete the current branch|default branch of a project cannot be deleted|default branch .{0,200}(cannot|can't|may not) be deleted/i,
        only: 'delete',
        meaning: 'The branch is the default branch of the destination, which cannot be deleted.',
        todo: 'Make another branch the default branch in the settings of the destination, then run again.',
    },
    {
        id: 'bitbucket-branch-permission',
        next: 'apart',
        says: /permission denied to update branch|can only be modified through pull requests|check your branch permissions/i,
        only: 'branch',
        meaning: 'A branch restriction of Bitbucket forbids this change.',
        todo: "Add the mirror's user or access key to the restriction (rewriting history and deletions too), or remove it.",
    },
    {
        id: 'gitolite-fallthru',
        next: 'nothing',
        says: /^(fatal: )?[RWCDM+]+ any \S{1,300} \S{1,300} DENIED by /i,
        meaning: 'There is no such repository at this gitolite, or its rules give this key no right to it: it does not tell which.',
        todo: 'Check the path in the address, and give the user of the key RW+ on the repository in gitolite.conf (with a C rule, where a push is to create it).',
    },
    {
        id: 'gitolite-rule',
        next: 'apart',
        says: /(^|[ :])[RWCDM+]+ refs\/\S{1,300} \S{1,300} \S{1,300} DENIED by /,
        meaning: 'The rules of gitolite do not let this key do that to this ref.',
        todo: 'Give its user RW+ on the ref in gitolite.conf: RW moves forward and creates, + also rewrites and deletes (with C and D, where the rules have them); or leave the ref out of refs.',
    },
    {
        id: 'commit-policy',
        next: 'apart',
        says: /Committer is not authenticated|Commit is not signed|GPG public key not provided|Signature verification failed/i,
        meaning: 'A rule of the destination does not like a commit: who made it, or its signature.',
        todo: 'Turn that rule off for the destination repository; a mirror cannot change commits.',
    },
    {
        id: 'mirror-read-only',
        next: 'nothing',
        says: /mirror repository (\S{1,300} )?is read-only/i,
        side: 'destination',
        meaning: 'The destination is itself a pull mirror and takes no push.',
        todo: 'Convert it to a regular repository in its settings, or mirror to another one.',
    },
    {
        id: 'archived',
        next: 'nothing',
        says: /(repository|project|repo:?)( \S{1,300})? (was|is|has been) archived/i,
        side: 'destination',
        meaning: 'The destination is archived and takes no push.',
        todo: 'Unarchive it in its settings, or mirror to another repository.',
    },
    {
        id: 'server-read-only',
        next: 'nothing',
        says: /read-only GitLab instance|repository is (temporarily|currently) read-only|repository is in read.only mode|Repository cannot be accessed, you could retry it later/i,
        side: 'destination',
        meaning: 'The server is read-only at the moment, or always (a Geo secondary).',
        todo: 'Run again later, or use the address of the primary server.',
    },
];

;// CONCATENATED MODULE: ./build/advice/login-rows.js
/** Keys, tokens and accounts that a server does not let in, or not so far. */
const LOGIN_ROWS = [
    {
        id: 'host-key-changed',
        next: 'nothing',
        codes: ['host-key'],
        meaning: 'The server shows another host key than the known one: the host changed it, or someone listens in between.',
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
        meaning: 'Nothing tells whether the ssh server is the right one: its host key is not among the known ones.',
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
        meaning: 'The server does not know the ssh key, knows it for another account, or takes user certificates only.',
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
        meaning: 'The server takes no user name and password or token (Basic), but another kind of login, such as Negotiate, NTLM or Bearer.',
        todo: 'Use its ssh address, or turn on Basic for tokens there (behind a single sign-on there is often an address of its own for git).',
    },
    {
        id: 'login-page',
        next: 'nothing',
        codes: ['auth', 'protocol', 'http'],
        says: /_signin\b|users\/sign_in\b/i,
        meaning: 'The server sends a page to log in at: it asks for a credential, or does not accept the one it got.',
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
        meaning: 'The server does not accept the token: it is wrong, expired or revoked, or the user name does not fit.',
        todo: 'Make a new token with an expiry date that you will not miss, and store it in the secret again.',
    },
];

;// CONCATENATED MODULE: ./build/advice/network-rows.js
/** What lies between here and the server, and how much of it the server gives. */
const NETWORK_ROWS = [
    {
        id: 'proxy-page',
        next: 'nothing',
        codes: ['protocol', 'http', 'auth'],
        says: /captive portal|hotspot|squid|zscaler|fortiguard|blue ?coat|web filter|blocked by (your|the) (network|organi[sz]ation|administrator|firewall)/i,
        meaning: 'A proxy, firewall or portal of this network answered in place of the server.',
        todo: 'Ask for the host to be let through, set https_proxy, or run on another network.',
    },
    {
        id: 'proxy-login',
        next: 'nothing',
        says: /Proxy Authentication Required/i,
        statuses: [407],
        meaning: 'A proxy stands in between and asks for a login.',
        todo: 'Put its user and password into https_proxy: http://user:password@host:port.',
    },
    {
        id: 'proxy-unreachable',
        next: 'nothing',
        codes: ['connect', 'timeout', 'cut', 'http', 'protocol'],
        meaning: 'The proxy of the environment is not there or is no HTTP proxy.',
        todo: 'Correct https_proxy, or add the host to no_proxy.',
    },
    {
        id: 'certificate-authority',
        next: 'nothing',
        codes: ['connect'],
        meaning: 'The certificate of the server comes from an authority that this machine does not trust.',
        todo: 'Set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of that authority.',
    },
    {
        id: 'unknown-host',
        next: 'nothing',
        codes: ['connect'],
        meaning: 'No server of that name is known here.',
        todo: 'Check the spelling of the address; names of a private network resolve only inside it.',
    },
    {
        id: 'asks-to-wait',
        next: 'nothing',
        codes: ['http', 'auth'],
        meaning: 'The server asks for more patience than a run has.',
        todo: 'Start again later, or run less often.',
    },
    {
        id: 'rate-limit',
        next: 'nothing',
        says: /\brate limit|too many requests/i,
        statuses: [429],
        meaning: 'The host has had too many requests from this account or address.',
        todo: 'Run less often, or give a token: anonymous limits are lower.',
    },
    {
        id: 'ssh-turned-away',
        next: 'nothing',
        codes: ['cut'],
        meaning: 'The ssh server takes no more connections at the moment (MaxStartups), or none from this address.',
        todo: 'Let fewer mirrors talk with it at once (mirrors-at-once), or start again later.',
    },
    {
        id: 'length-required',
        next: 'collected',
        statuses: [411],
        side: 'destination',
        meaning: 'The server wants to know the length of a push before it begins.',
        todo: 'Set transfer: spool, so that the pack is collected first.',
    },
    {
        id: 'slow-push',
        next: 'collected',
        codes: ['http', 'timeout', 'cut'],
        statuses: [408, 504],
        side: 'destination',
        meaning: 'The server, or a proxy before it, gave up waiting for the push to end.',
        todo: 'Set max-pack-size so that each push is shorter, or use ssh.',
    },
];

;// CONCATENATED MODULE: ./build/advice/repository-rows.js
/** What stands at an address, or does not: repositories, programs, other servers. */
const REPOSITORY_ROWS = [
    {
        id: 'github-not-found',
        next: 'nothing',
        codes: ['not-found'],
        any: true,
        hosts: /(^|\.)(github\.com|ghe\.com)$/,
        meaning: 'GitHub shows no such repository to this token or key: the name is wrong, or the repository is private.',
        todo: 'Check the address, and give access to that repository; GITHUB_TOKEN and a deploy key reach one repository only.',
    },
    {
        id: 'not-found',
        next: 'nothing',
        codes: ['not-found'],
        any: true,
        meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
        todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
    },
    {
        id: 'hidden-repository',
        next: 'nothing',
        codes: ['server', 'cut', 'auth', 'http', 'protocol'],
        says: /repository not found|project you were looking for could not be found|TF401019|does not appear to be a git repository|repository either does not exist|may not have access to this repository/i,
        meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
        todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
    },
    {
        id: 'not-exported',
        next: 'nothing',
        says: /service not enabled|access denied or repository not exported/i,
        meaning: 'The server does not offer this repository, or not for this direction.',
        todo: 'Allow it there: git-daemon-export-ok and --enable=receive-pack for git daemon, http.receivepack for http-backend.',
    },
    {
        id: 'dumb-http',
        next: 'nothing',
        codes: ['protocol'],
        says: /^[0-9a-f]{40,64}\s+refs\//,
        meaning: 'The web server offers the repository as plain files (dumb HTTP), which cannot be mirrored from.',
        todo: "Use the repository's ssh or git address, or set up git http-backend there.",
    },
    {
        id: 'not-a-git-server',
        next: 'nothing',
        codes: ['protocol'],
        meaning: 'What stands at the address is a web page and no Git repository.',
        todo: 'Use the address that git clone takes; a login page, a bot wall or a portal may answer in its place.',
    },
    {
        id: 'partial-source',
        next: 'nothing',
        says: /from promisor remote/i,
        side: 'source',
        meaning: 'The source is a partial clone, and what it left out cannot be fetched from where it was cloned.',
        todo: 'Mirror the original repository, or complete this one: git fetch --refetch --no-filter.',
    },
    {
        id: 'damaged-source',
        next: 'nothing',
        codes: ['server', 'cut', 'pack', 'protocol'],
        says: /bad (tree|blob|commit|tag)? ?object [0-9a-f]{40}|unable to read (tree |sha1 file of )?[(']?[0-9a-f]{40}|(loose|packed) object [0-9a-f]{40,64} \(stored in .{1,600}\) is corrupt|object file .{1,600} is empty|inflate: data stream error|object corrupt or missing|could not read [0-9a-f]{40}|packfile .{1,600} (cannot be accessed|is truncated)/i,
        side: 'source',
        meaning: 'The source lacks objects of its own history, or has damaged ones, and cannot make the pack.',
        todo: 'Run git fsck --full there, and bring the objects that it names from another clone or a backup (git fetch from it, or git index-pack of its packs).',
    },
    {
        id: 'shallow-source',
        next: 'nothing',
        codes: ['shallow'],
        any: true,
        meaning: 'The source is a shallow clone: it lacks the history behind its oldest commits.',
        todo: 'Mirror the original repository, or complete this one: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
    },
    {
        id: 'dubious-ownership',
        next: 'nothing',
        says: /dubious ownership/i,
        meaning: 'The folder of the repository belongs to another user, so git refuses to touch it.',
        todo: "Run git config --global --add safe.directory with the repository's path as the user that runs this.",
    },
    {
        id: 'no-shell',
        next: 'nothing',
        codes: ['server', 'cut', 'protocol'],
        says: /account is currently not available|nologin|shell access|interactive git shell is not enabled/i,
        meaning: 'The ssh account may log in and not run git.',
        todo: 'Allow git-upload-pack and git-receive-pack for the account (git-shell), or check the user name in the address.',
    },
];

;// CONCATENATED MODULE: ./build/advice/size-rows.js
/** Limits: of a file, of a push, of its refs, of the room. A large file is no large push. */
const SIZE_ROWS = [
    {
        id: 'large-file',
        next: 'apart',
        says: /error: GH001|exceeds \S{1,60} file size limit|\bobject exceeds maximum allowed size|VS403713|VS403658|Object too large\b.{0,60}, rejecting the pack|one or more blobs which exceed|is larger than the allowed size|files? (found )?exceeding the (file )?size limit/i,
        meaning: 'A file somewhere in the history is larger than the destination takes.',
        todo: 'Raise its limit for files there, mirror to a host that takes such files, or move the file to Git LFS in a rewritten history.',
    },
    {
        id: 'no-room',
        next: 'nothing',
        says: /has exceeded (its|the) .{0,30}(limit|quota)|would cause it to exceed the size limit|would have exceeded the .{0,30}limit|repo has exceeded|above (its|the) size limit|\(over \d+ GB size limit\)|No space left on device|Out of diskspace|(disk )?quota exceeded/i,
        meaning: 'The destination has no room left: a quota is used up or a disk is full.',
        todo: 'Raise the quota or free space at the destination, then run again.',
    },
    {
        id: 'ref-count',
        next: 'fewer',
        says: /can ?not update more than (?<limit>\d+) (branches|tags|refs)|maximum ref updates exceeded(?:: \d+ commands sent but max allowed is (?<limit2>\d+))?|Commands size exceeds limit defined in receive\.maxCommandBytes|too many ref(s|erences| updates)/i,
        meaning: 'The destination takes fewer refs in one push than were sent.',
        todo: 'Set max-refs-per-push to the number in its message.',
    },
    {
        id: 'pack-too-large',
        next: 'smaller',
        says: /pack exceeds maximum allowed size(?: \((?<limit>[\d.]+) ?(?<unit>[KMGT]?i?B|bytes)\))?|Pack exceeds the limit of (?<limit2>\d+) (?<unit2>bytes), rejecting the pack|greater than the (?<limit3>\d+) (?<unit3>[KMGT]B) limit for pushes|\bpush (?:size )?(?:has )?exceed(?:s|ed)\b|request entity too large|request body (?:is )?too large/i,
        statuses: [413],
        meaning: 'The push is larger than the destination takes in one go.',
        todo: 'Set max-pack-size below that limit, or raise it: receive.maxInputSize in git, client_max_body_size in nginx.',
    },
];

;// CONCATENATED MODULE: ./build/advice/table.js











/**
 * What servers say, what it means, and what may be tried. The most specific row comes first, and the first that fits
 * counts: limits, for their words stand in other refusals too; then each host's own words; then git's; then the way in.
 */
const ADVICE_TABLE = [
    ...SIZE_ROWS,
    ...GITHUB_ROWS,
    ...GITLAB_ROWS,
    ...AZURE_ROWS,
    ...GITEA_ROWS,
    ...GERRIT_ROWS,
    ...HOST_ROWS,
    ...GIT_ROWS,
    ...LOGIN_ROWS,
    ...REPOSITORY_ROWS,
    ...NETWORK_ROWS,
];

// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
;// CONCATENATED MODULE: ./build/advice/words.js

/** Characters of a line that are looked at; the sentences that tell something are shorter. */
const LINE_LOOKED_AT_LENGTH = 2000;
/** And of a text of many lines: error pages and last words are cut to less. */
const TEXT_LOOKED_AT_LENGTH = 64 * 1024;
/** A server's text as lines without colours, control characters and the `remote:` that git puts before them. */
function cleanLines(texts) {
    return texts
        .flatMap((text) => (text ?? '').slice(0, TEXT_LOOKED_AT_LENGTH).split(/[\r\n]+/))
        .map((line) => (0,printable/* printableLine */.oy)(line, LINE_LOOKED_AT_LENGTH).replace(/^remote: ?/, ''));
}
const BLOCK_START = /^(error|fatal|warning|hint):|^(GitLab|Gitea|Forgejo|Gogs|Bitbucket): /i;
/**
 * The lines that are about `ref` or about no ref in particular. A line that names another ref begins a block
 * about that one, up to the next line that names a ref or begins a message of its own.
 */
function linesAbout(ref, lines) {
    let isOurs = true;
    return lines.filter((line) => {
        const names = [...line.matchAll(/refs\/[^\s'"`,;]+/g)].map(([name]) => name.replace(/[.:)\]!]+$/, ''));
        const refs = names.filter((name) => /^refs\/(heads|tags|notes|pull|merge-requests)\//.test(name));
        if (refs.length > 0)
            isOurs = refs.includes(ref);
        else if (BLOCK_START.test(line))
            isOurs = true;
        return isOurs;
    });
}
const UNIT_BYTES = {
    b: 1,
    bytes: 1,
    kb: 1000,
    kib: 1024,
    mb: 1_000_000,
    mib: 1024 ** 2,
    gb: 1_000_000_000,
    gib: 1024 ** 3,
    tb: 1_000_000_000_000,
    tib: 1024 ** 4,
};
/** The limit that a server tells in words that `says` matches, in refs or bytes; undefined where it tells none. */
function readLimit(says, lines) {
    for (const line of lines) {
        const groups = Object.entries(says.exec(line)?.groups ?? {});
        const [, count] = groups.find(([name, text]) => name.startsWith('limit') && text !== undefined) ?? [];
        const [, unit] = groups.find(([name, text]) => name.startsWith('unit') && text !== undefined) ?? [];
        const limit = Number(count ?? Number.NaN) * (UNIT_BYTES[unit?.toLowerCase() ?? 'b'] ?? Number.NaN);
        if (Number.isFinite(limit) && limit > 0)
            return Math.floor(limit);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/advice/advise.js



/** What a server's words mean; undefined where no row of the table fits. */
function diagnose(told) {
    const found = told.refusal === undefined ? readError(told) : readRefusal(told, told.refusal);
    if (found === undefined)
        return undefined;
    const { row, lines } = found;
    const limit = row.says && readLimit(row.says, lines);
    const next = limit === undefined ? { kind: row.next } : { kind: row.next, limit };
    return { advice: { id: row.id, meaning: row.meaning, todo: row.todo }, next };
}
/** Meaning and what to do, for people. */
function printAdvice({ meaning, todo }) {
    return `${meaning} ${todo}`;
}
/** Reasons that tell that something declined and not what: there the lines beside the report may say more. */
const TELLS_NOTHING = /declin|unpack|fail|internal|error|reject|violation|no reason|^$/i;
/**
 * The reason of the ref decides. Only one that tells nothing lets the lines beside the report speak, those about
 * other refs left out; what they do not explain is not guessed at.
 */
function readRefusal(told, refusal) {
    const rows = ADVICE_TABLE.filter((row) => row.codes === undefined && isAbout(row, refusal, told.host));
    const reason = cleanLines([refusal.reason]);
    const exact = rows.filter((row) => row.general === undefined);
    const general = rows.filter((row) => row.general !== undefined);
    const byReason = findRow(exact, reason);
    if (byReason !== undefined)
        return byReason;
    const lines = TELLS_NOTHING.test(refusal.reason) ? linesAbout(refusal.ref, cleanLines(told.words)) : [];
    const certain = general.filter((row) => row.certain !== undefined);
    return findRow(exact, lines) ?? findRow(certain, lines) ?? findRow(general, reason);
}
function isAbout(row, { ref, action }, host) {
    if (row.hosts !== undefined && !row.hosts.test(host?.toLowerCase() ?? ''))
        return false;
    switch (row.only) {
        case 'branch':
            return ref.startsWith('refs/heads/');
        case 'tag':
            return ref.startsWith('refs/tags/');
        case 'delete':
            return action === 'delete';
        default:
            return true;
    }
}
/** Errors that say in our own words what to do. */
const OWN_WORDS = new Set(['usage', 'guard', 'format', 'race', 'limit', 'cancelled']);
/** Errors of a push that the server explains in the lines beside its report. */
const EXPLAINED_BESIDE = new Set(['unpack', 'server', 'cut', 'too-large', 'http']);
/**
 * The server's own words tell most, then the row that the error names, then the lines beside the report of a push,
 * then its status. Our own message is not read: it may name a repository that is called after anything.
 */
function readError({ phase, words, host, error }) {
    if (error !== undefined && error.advice === undefined && OWN_WORDS.has(error.code))
        return undefined;
    const rows = ADVICE_TABLE.filter((row) => mayExplain(row, error, host));
    const exact = rows.filter((row) => row.general === undefined);
    const said = cleanLines([error?.serverText]);
    const isPush = phase === 'transfer' && (error === undefined || EXPLAINED_BESIDE.has(error.code));
    const beside = isPush ? cleanLines(words) : [];
    const named = exact.find((row) => row.id === error?.advice);
    const byStatus = exact.find((row) => row.any === true || (error?.status !== undefined && row.statuses?.includes(error.status)));
    return (findRow(exact, said) ??
        (named && { row: named, lines: [] }) ??
        findRow(exact, beside) ??
        (byStatus && { row: byStatus, lines: [] }) ??
        findRow(rows, said) ??
        findRow(rows, beside));
}
function mayExplain(row, error, host) {
    return (row.only === undefined &&
        (row.codes === undefined || (error !== undefined && row.codes.includes(error.code))) &&
        (row.side === undefined || error?.side === undefined || row.side === error.side) &&
        (row.hosts === undefined || row.hosts.test(host?.toLowerCase() ?? '')));
}
function findRow(rows, lines) {
    const matching = new Set(lines.flatMap(rowsMatching));
    const row = matching.size === 0 ? undefined : rows.find((candidate) => matching.has(candidate));
    return row && { row, lines };
}
/** Lines whose rows are kept: thousands of refs are refused with the same few lines. */
const MOST_LINES_KNOWN = 1000;
const known = new Map();
function rowsMatching(line) {
    const found = known.get(line);
    if (found !== undefined)
        return found;
    const rows = ADVICE_TABLE.filter(({ says }) => says?.test(line));
    if (known.size >= MOST_LINES_KNOWN)
        known.clear();
    known.set(line, rows);
    return rows;
}
/**
 * The error with what it means and what to do as its hint, where the table has it. A hint that the error came with
 * says what to do in this very case: it stays, unless the server's own words tell more.
 */
function withAdvice(error, told) {
    const advice = diagnose({ ...told, error })?.advice;
    if (advice === undefined)
        return error;
    const { hint } = error;
    const hasWords = (error.serverText?.trim() ?? '') !== '';
    if (hint === undefined || (hasWords && advice.id !== error.advice))
        return (0,errors/* withDetails */.FE)(error, { hint: printAdvice(advice), advice: advice.id });
    return advice.id === error.advice ? (0,errors/* withDetails */.FE)(error, { hint: `${advice.meaning} ${hint}` }) : error;
}


/***/ })

};
