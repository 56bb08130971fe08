import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { LongFirst } from './test/support/long-first.ts'

/** They put something in the place of a module, or measure all that happens in a process: each has one of its own. */
const APART: readonly string[] = [
  'test/advice/table.test.ts',
  'test/base/memory.test.ts',
  'test/fleet/config/read-yaml.test.ts',
  'test/fleet/round/scheduler.test.ts',
  'test/protocol/unknown-object.test.ts',
  'test/transport/connection/idle-watch.test.ts',
  'test/transport/connections.test.ts',
  'test/transport/http/http-remote.test.ts',
  'test/transport/route/authorities.test.ts',
  'test/transport/ssh/channel.test.ts',
  'test/transport/ssh2/strict-kex.test.ts',
  'test/transport/ssh2/untried-version.test.ts',
]

const ROOMS: TestProjectInlineConfiguration['test'] = {
  retry: process.env['CI'] === 'true' ? 1 : 0,
  setupFiles: ['test/support/fast-check.ts'],
  // The machine may have other things to do: this is for what hangs.
  testTimeout: 60_000,
  expect: { poll: { timeout: 20_000 } },
}

export default defineConfig({
  test: {
    // Most end-to-end tests wait for servers rather than for the processor.
    maxWorkers: 5,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...ROOMS,
          name: 'rooms',
          // A process for each of some three hundred files would load the same modules over and over.
          isolate: false,
          include: [
            'test/{base,protocol,transport,report,plan,options,hosts,advice,lfs,mirror,fleet,serve,page,action,cli,repo,fuzz}/**/*.test.ts',
            'test/*.test.ts',
          ],
          exclude: [...APART],
        },
      },
      {
        test: { ...ROOMS, name: 'apart', include: [...APART] },
      },
      {
        test: {
          name: 'e2e',
          // They start the program in processes of its own: what they share is what starts it, and the servers.
          isolate: false,
          include: ['test/{e2e,image}/**/*.test.ts'],
          exclude: [...APART],
          globalSetup: ['test/support/fresh-dist.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          retry: process.env['CI'] === 'true' ? 1 : 0,
        },
      },
      {
        // Real Git hosts, which .ci/real-hosts builds: npm run test:hosts.
        test: {
          name: 'hosts',
          isolate: false,
          include: ['test/real-hosts/**/*.test.ts'],
          globalSetup: ['test/support/fresh-dist.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          retry: process.env['CI'] === 'true' ? 1 : 0,
        },
      },
      {
        // Workflows, run by act and read by linters, which .ci/workflow-tools brings: npm run test:runner.
        test: {
          name: 'runner',
          isolate: false,
          include: ['test/runner/**/*.test.ts'],
          globalSetup: ['test/support/fresh-dist.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // The bundle on Windows, as far as wine is that, which .ci/windows-tools brings: npm run test:windows.
        test: {
          name: 'windows',
          include: ['test/windows/**/*.test.ts'],
          globalSetup: ['test/support/fresh-dist.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
