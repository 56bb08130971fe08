import { toMirrorError } from '../../base/errors.ts'
import { examine } from '../../doctor/examine.ts'
import { type Finding, sayAt } from '../../doctor/finding.ts'
import { makeHostFacts } from '../../doctor/judge-host.ts'
import type { MirrorOptions } from '../../options/options.ts'
import { printUrl } from '../../transport/address/remote-url.ts'
import { createConnections } from '../../transport/connection/connections.ts'
import type { Fleet } from '../prepare.ts'
import { createLazyAppTokens } from '../round/app-tokens.ts'
import type { Lane } from '../round/host-gate.ts'
import type { Job, JobEnding } from '../round/job.ts'
import { limitOf, makeJobs } from '../round/make-jobs.ts'
import { REAL_CLOCK } from '../round/round.ts'
import { schedule } from '../round/scheduler.ts'
import { judgeHosts, type PairVerdicts } from '../round/verdict.ts'

export interface FleetDoctorInput {
  readonly fleet: Fleet
  readonly signal: AbortSignal
  readonly onNotice: (text: string) => void
  /** Told of tokens that GitHub Apps give, before they are used. */
  readonly onSecret?: ((token: string) => void) | undefined
}

/** A fact of a host, and the mirrors that have it in common. */
export interface HostFinding {
  readonly finding: Finding
  /** In order. */
  readonly mirrors: readonly string[]
}

export interface MirrorExamination {
  readonly name: string
  /** About its repositories alone. */
  readonly findings: readonly Finding[]
  /** Why it was not looked at; undefined: it was. */
  readonly skipped: string | undefined
}

export interface FleetExamination {
  readonly hosts: readonly HostFinding[]
  /** By name. */
  readonly mirrors: readonly MirrorExamination[]
  /** Entries of the file that could not be asked for their repositories. */
  readonly discoveries: readonly string[]
}

/** Mirrors at once, over all hosts; at one host as many as a round takes. */
const LANES: Readonly<Record<Lane, number>> = { check: 8, transfer: 1 }

/**
 * What can be known of all mirrors of a file without writing. What a host tells of itself is asked and said once.
 * @throws the signal's reason
 */
export async function examineFleet(input: FleetDoctorInput): Promise<FleetExamination> {
  const { fleet, signal } = input
  const connections = createConnections()
  const facts = makeHostFacts()
  const apps = createLazyAppTokens({ ...input, secrets: () => fleet.secrets })
  const found = new Map<string, MirrorExamination>()
  const onHosts = new Map<string, { readonly finding: Finding; readonly mirrors: string[] }>()
  for (const { name, paused } of fleet.mirrors)
    if (paused) found.set(name, { name, findings: [], skipped: 'it is paused' })
  const take = (name: string, findings: readonly Finding[]): void => {
    found.set(name, {
      name,
      findings: findings.filter(({ scope }) => scope === 'repository'),
      skipped: undefined,
    })
    for (const finding of findings.filter(({ scope }) => scope === 'host')) {
      const key = JSON.stringify(finding)
      const entry = onHosts.get(key) ?? { finding, mirrors: [] }
      if (!entry.mirrors.includes(name)) entry.mirrors.push(name)
      onHosts.set(key, entry)
    }
  }
  const look = async (options: MirrorOptions): Promise<PairExamination> => {
    const { options: opened, dispose } = await apps.open(options)
    try {
      const { findings, result } = await examine(opened, { signal, facts, connections })
      return { findings, verdicts: judgeHosts(result) }
    } finally {
      dispose()
    }
  }
  try {
    const jobs = makeJobs(
      fleet,
      fleet.mirrors.filter(({ paused }) => !paused),
    )
    await schedule<readonly Finding[]>({
      // Nothing is written, so nobody waits for what another mirror writes.
      jobs: jobs.map((job) => ({ ...job, after: [] })),
      clock: REAL_CLOCK,
      signal,
      lanes: LANES,
      limitOf: (host) => limitOf(fleet.file, host),
      run: async (job) => await lookAtAll(job, look),
      retriesOf: () => 0,
      onEnd: ({ name }, findings) => take(name, findings),
      onSkip: ({ name }, reason) => found.set(name, { name, findings: [], skipped: reason }),
    })
    signal.throwIfAborted()
  } finally {
    await connections.dispose()
  }
  return {
    hosts: [...onHosts.values()].map(sortNames).toSorted(byPlace),
    mirrors: [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    discoveries: describeDiscoveries(fleet),
  }
}

interface PairExamination {
  readonly findings: readonly Finding[]
  readonly verdicts: PairVerdicts
}

async function lookAtAll(
  { pairs }: Job,
  look: (options: MirrorOptions) => Promise<PairExamination>,
): Promise<JobEnding<readonly Finding[]>> {
  const findings: Finding[] = []
  const verdicts: PairVerdicts[] = []
  for (const { options } of pairs) {
    const found = await look(options).catch((thrown: unknown) => failureOf(options, thrown))
    findings.push(...found.findings)
    verdicts.push(found.verdicts)
  }
  return { kind: 'done', result: findings, verdicts }
}

/** No token of an App, or a defect: of one mirror, and others go on. */
function failureOf({ source, destinations }: MirrorOptions, thrown: unknown): PairExamination {
  const error = toMirrorError(thrown, { code: 'local' })
  const { url } = error.side === 'source' ? source : (destinations[0] ?? source)
  const unknown = { kind: 'unknown' } as const
  return {
    findings: [sayAt('repository', printUrl(url)).failure('login', error)],
    verdicts: { source: unknown, destinations: destinations.map(() => unknown) },
  }
}

function sortNames({ finding, mirrors }: HostFinding): HostFinding {
  return { finding, mirrors: mirrors.toSorted() }
}

function byPlace({ finding: one }: HostFinding, { finding: other }: HostFinding): number {
  return one.place === other.place ? 0 : one.place < other.place ? -1 : 1
}

function describeDiscoveries({ discovered }: Fleet): readonly string[] {
  return discovered.flatMap(({ name, error, refused }) => [
    ...(error === undefined
      ? []
      : [`discover ${name}: ${error.message}${error.hint === undefined ? '' : `. ${error.hint}`}`]),
    ...refused.map((reason) => `discover ${name}: ${reason}`),
  ])
}

export function countLevels({ hosts, mirrors, discoveries }: FleetExamination): {
  readonly errors: number
  readonly warnings: number
} {
  const all = [...hosts.map(({ finding }) => finding), ...mirrors.flatMap(({ findings }) => findings)]
  const count = (level: Finding['level']): number => all.filter((finding) => finding.level === level).length
  const untried = mirrors.filter(({ skipped }) => skipped !== undefined && skipped !== 'it is paused').length
  return { errors: count('error') + discoveries.length + untried, warnings: count('warning') }
}
