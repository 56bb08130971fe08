import { HOOK, type RowCase } from '../advice-cases.ts'

export const AZURE_CASES: readonly RowCase[] = [
  {
    id: 'azure-system-ref',
    is: [{ reason: 'The current action can only be performed by the system.', ref: 'refs/pull/1/merge' }],
    isNot: ['TF401027: You need the Git permission to perform this action'],
  },
  {
    id: 'azure-email',
    is: [
      "VS403702: The push was rejected because one or more commits contain author email '' which does not match the policy-specified patterns.",
      {
        code: 'unpack',
        text: 'error VS403702: The push was rejected',
      },
    ],
    isNot: ['VS403703: something else'],
  },
  {
    id: 'azure-pull-request',
    is: [
      'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
    ],
    isNot: ['TF402456: something else', "TF401027: You need the Git 'PullRequestContribute' permission"],
  },
  {
    id: 'azure-permission',
    is: [
      "TF401027: You need the Git 'GenericContribute' permission to perform this action.",
      {
        code: 'auth',
        message: 'https://dev.azure.com/o/p/_git/r does not allow this credential to write (HTTP 403)',
        text: "TF401027: You need the Git 'GenericContribute' permission",
        side: 'destination',
      },
    ],
    isNot: ['TF401019: The Git repository with name or identifier x does not exist'],
  },
  {
    id: 'azure-policy',
    is: [
      'VS403654: The push was rejected.',
      { lines: ['remote: TF402463: a rule of the project forbids it'] },
    ],
    isNot: ["TF401027: You need the Git 'GenericContribute' permission", HOOK, 'TF2: x'],
  },
]
