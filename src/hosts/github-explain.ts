import { printableLine } from '../base/printable.ts'

/** What `GET /repos/{owner}/{repo}` said, as far as it is of use; all of it is the server's word. */
export interface RepositoryAnswer {
  readonly status: number
  readonly fullName?: string | undefined
  readonly archived?: boolean | undefined
  readonly disabled?: boolean | undefined
  readonly permissions?:
    | { readonly push?: boolean | undefined; readonly pull?: boolean | undefined }
    | undefined
}

export interface RepositoryQuestion {
  readonly owner: string
  readonly name: string
  readonly token: string
  readonly wants: 'push' | 'pull'
}

/** What to do, in our words; undefined where the answer explains nothing. Pure. */
export function explainAnswer(answer: RepositoryAnswer, question: RepositoryQuestion): string | undefined {
  const repository = `${question.owner}/${question.name}`
  const need = question.wants === 'push' ? 'Contents: write' : 'Contents: read'
  if (answer.status === 401) {
    return 'GitHub does not know this token: it is wrong, expired or revoked. Make a new one.'
  }
  if (answer.status === 404) {
    return (
      `GitHub shows no repository ${repository} to this token: either there is none (create it, it may stay ` +
      `empty), or the token was not given access to it (${need}). ${ownTokenHint(question)}`
    ).trim()
  }
  if (answer.status !== 200) return undefined
  if (answer.archived === true && question.wants === 'push') {
    return `${repository} is archived and takes no push: unarchive it in its settings, or mirror elsewhere.`
  }
  if (answer.disabled === true)
    return `GitHub has disabled ${repository}: its owner has to ask GitHub's support.`
  const { permissions } = answer
  if (question.wants === 'push' && permissions?.push === false && permissions.pull === true) {
    return `This token may read ${repository} and not write to it: give it ${need}. ${ownTokenHint(question)}`.trim()
  }
  const fullName = answer.fullName ?? repository
  if (fullName.toLowerCase() !== repository.toLowerCase()) {
    return `${repository} is now called ${printableLine(fullName, 200)}: write its new address.`
  }
  return undefined
}

function ownTokenHint(question: RepositoryQuestion): string {
  if (!question.token.startsWith('ghs_')) return ''
  return "The workflow's own token reaches the workflow's own repository only; others need a token or a deploy key."
}
