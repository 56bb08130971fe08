import type { AdviceRow } from './row.ts'

/** Limits: of a file, of a push, of its refs, of the room. A large file is no large push. */
export const SIZE_ROWS: readonly AdviceRow[] = [
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
]
