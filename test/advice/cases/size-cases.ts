import { HOOK, type RowCase } from '../advice-cases.ts'

export const SIZE_CASES: readonly RowCase[] = [
  {
    id: 'large-file',
    is: [
      { lines: ["remote: File example.png exceeds Backlog's file size limit of 100 MB."] },
      { lines: ['error: object exceeds maximum allowed size'] },
      {
        lines: [
          "error: File a.zip is 120.17 MB; this exceeds GitHub's file size limit of 100.00 MB",
          'error: GH001: Large files detected. You may want to try Git Large File Storage.',
        ],
      },
      'VS403658: The push was rejected because it contains a file that is too large.',
      'VS403713: The file exceeds the limit for files in this repository.',
      {
        code: 'unpack',
        text: 'error Object too large (2,577,619,487 bytes), rejecting the pack. Max object size limit is 2,147,483,639 bytes.',
      },
      { code: 'unpack', text: 'Object too large, rejecting the pack. Max object size limit is 100 bytes.' },
      {
        lines: [
          'remote: GitLab: You are attempting to check in one or more blobs which exceed the 100.0MiB limit:',
        ],
      },
      { lines: ['remote: Push contains files exceeding the size limit:'] },
      { lines: ['remote: 1 file found exceeding the size limit of 100000000B'] },
      { lines: ['GitLab: File "a.bin" is larger than the allowed size of 100 MiB'] },
    ],
    // GitHub warns above 50 MB and takes the push: what declined it was something else.
    isNot: [
      {
        lines: [
          "warning: File a.zip is 60.00 MB; this is larger than GitHub's recommended maximum file size of 50.00 MB",
          'warning: GH001: Large files detected. You may want to try Git Large File Storage.',
        ],
      },
    ],
  },
  {
    id: 'no-room',
    is: [
      {
        lines: [
          'The push was rejected because the repository would have exceeded the 10.0 GB limit for Git repository in Backlog.',
        ],
      },
      { lines: ['[ALERT] Your push failed because the repo has exceeded 4GB limit'] },
      { lines: ['remote: repository is in read only mode (over 2 GB size limit).'] },
      { lines: ['remote: repository is in read only mode (over 10 GB size limit).'] },
      {
        lines: [
          'GitLab: Your push to this repository would cause it to exceed the size limit of 10 GB by 1 GB.',
        ],
      },
      { lines: ['Forgejo: quota exceeded'] },
      { lines: ['Your repository is above its size limit.'] },
      {
        lines: [
          'GitLab: Your push has been rejected, because this repository has exceeded its size limit of 10 GB by 1 GB.',
        ],
      },
      {
        reason: 'unpacker error',
        lines: ['fatal: sha1 file write error. Out of diskspace', 'error: No space left on device'],
      },
    ],
    isNot: [
      { lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] },
      { lines: ["error: File a is 120 MB; this exceeds GitHub's file size limit of 100.00 MB"] },
    ],
  },
  {
    id: 'ref-count',
    is: [
      {
        reason: 'push declined due to repository rule violations',
        lines: [
          'error: GH013: Repository rule violations found for refs/heads/main.',
          '- Pushes can not update more than 5 branches or tags.',
        ],
      },
      { code: 'http', text: 'maximum ref updates exceeded: 20000 commands sent but max allowed is 10000' },
      { code: 'http', text: 'maximum ref updates exceeded' },
      { lines: ['remote: You cannot update more than 12 refs at once.'] },
      { code: 'server', text: 'error: Commands size exceeds limit defined in receive.maxCommandBytes' },
      { lines: ['remote: too many refs in one push'] },
    ],
    isNot: [
      {
        reason: 'push declined due to repository rule violations',
        lines: ['- Cannot update this protected ref.'],
      },
    ],
  },
  {
    id: 'pack-too-large',
    is: [
      { reason: 'unpacker error', lines: ['fatal: pack exceeds maximum allowed size (2.00 GiB)'] },
      {
        code: 'cut',
        side: 'destination',
        lines: ['remote: fatal: pack exceeds maximum allowed size (95.37 MiB)'],
      },
      { code: 'too-large', status: 413 },
      { code: 'http', text: '413 Request Entity Too Large' },
      { code: 'http', text: 'http: request body too large' },
      { code: 'unpack', text: 'error Pack exceeds the limit of 5000000 bytes, rejecting the pack' },
      { lines: ['remote: GitLab: push exceeded the limit of this project'] },
      'TF402462: The push was rejected because its size is greater than the 5120 MB limit for pushes in this repository.',
    ],
    isNot: [{ lines: ["error: File a is 120 MB; this exceeds GitHub's file size limit of 100.00 MB"] }, HOOK],
  },
]
