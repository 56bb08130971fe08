import { appendFileSync, writeFileSync } from 'node:fs'
import { MirrorError } from '../base/errors.ts'
import { keepHeapSmall } from '../base/heap.ts'
import { printableLine } from '../base/printable.ts'
import { prepareFleet } from '../fleet/prepare.ts'
import { printLine, type RoundLine, type RoundReport } from '../fleet/report/round-lines.ts'
import { renderRoundText } from '../fleet/report/round-text.ts'
import { runRound } from '../fleet/round/round.ts'
import { openRoundState, type RoundState } from '../fleet/state/round-state.ts'
import { redact } from '../report/redact.ts'
import { splitLines } from '../options/values.ts'
import { type Arguments, usage } from './terminal/arguments.ts'
import { type CommandRun, EXIT_FAILED, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createRoundProgress } from './terminal/round-progress.ts'
import { createFleetRun, readPrepareInput, type Voice } from './fleet-verb.ts'

/** `round CONFIG`: every mirror once. */
export function createRoundRun(given: Arguments, terminal: Terminal): CommandRun {
  return createFleetRun(terminal, async (signal, voice) => {
    const input = readPrepareInput(given, terminal, { signal, voice, depth: 'credentials', discovers: true })
    const write = openReport(given, terminal, voice)
    keepHeapSmall()
    const state = openState(given, voice)
    const fleet = await prepareFleet({ ...input, lastFound: state?.found })
    voice.setSecrets(fleet.secrets)
    for (const name of fleet.tooShort) voice.printer().line(`warning: ${name} is too short to be hidden`)
    for (const { level, text } of fleet.notices)
      voice.printer().line(`${level === 'warning' ? 'warning: ' : ''}${text}`)
    const progress = createRoundProgress({
      stream: terminal.stderr,
      secrets: fleet.secrets,
      count: fleet.mirrors.length,
      verbose: given.flags.has('verbose'),
    })
    const report = await runRound({
      fleet,
      shard: input.shard,
      isWhole: input.only.length === 0,
      state,
      dryRun: input.dryRun ?? false,
      env: terminal.env,
      signal,
      onEvent: progress.onEvent,
      onNotice: progress.line,
      onLine(line) {
        write(line)
        progress.onLine(line)
      },
    })
    progress.close()
    print(report, terminal, voice)
    return report.ok ? EXIT_OK : EXIT_FAILED
  })
}

function openState({ values }: Arguments, voice: Voice): RoundState | undefined {
  const path = values['state-file'] ?? ''
  if (path === '') return undefined
  const onWarning = (text: string): void => voice.printer().line(`warning: ${text}`)
  return openRoundState({ path, onWarning, now: Date.now })
}

function print(report: RoundReport, terminal: Terminal, voice: Voice): void {
  terminal.stdout.write(`${redact(renderRoundText(report).join('\n'), voice.secrets())}\n`)
}

/** Each line is written when it is known: a process that is killed leaves what it had done. */
function openReport(given: Arguments, terminal: Terminal, voice: Voice): (line: RoundLine) => void {
  const paths = splitLines(given.values['report-file'] ?? '').map(({ line }) => line)
  const [path = given.texts.get('jsonl'), ...others] = paths
  if (others.length > 0) throw usage('--report-file: a round writes one file', 'Give one path.')
  if (path === undefined) return () => undefined
  const toText = (line: RoundLine): string => `${redact(printLine(line), voice.secrets())}\n`
  if (path === '-') return (line) => void terminal.stdout.write(toText(line))
  try {
    writeFileSync(path, '')
  } catch (thrown) {
    const { code = 'no reason given' } = thrown as NodeJS.ErrnoException
    throw new MirrorError(`--report-file: ${printableLine(path, 300)} can't be written (${code})`, {
      code: 'usage',
      hint: 'Give a path in a folder that is there.',
      cause: thrown,
    })
  }
  return (line) => appendFileSync(path, toText(line))
}
