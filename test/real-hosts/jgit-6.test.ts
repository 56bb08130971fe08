import { describeJgit } from '../support/real-hosts/jgit-story.ts'

describeJgit('6')
