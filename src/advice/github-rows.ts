import type { AdviceRow } from './row.ts'

/** Rules of GitHub, in its words. */
export const GITHUB_ROWS: readonly AdviceRow[] = [
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
]
