export const id = 8880;
export const ids = [8880];
export const modules = {

/***/ 74523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CU: () => (/* binding */ createFleetRun),
/* harmony export */   Ou: () => (/* binding */ readPrepareInput),
/* harmony export */   R: () => (/* binding */ readConfigPaths)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);
/* harmony import */ var _fleet_config_config_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(27085);
/* harmony import */ var _fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(31840);
/* harmony import */ var _fleet_source_load_config_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(12864);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(17234);
/* harmony import */ var _options_values_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(68739);
/* harmony import */ var _terminal_arguments_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(85822);
/* harmony import */ var _terminal_command_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(10331);
/* harmony import */ var _terminal_print_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(53473);











/** A verb of the fleet: what fails is said in one line each, with the position in the file where there is one. */
function createFleetRun(terminal, work, onAbandon = () => undefined) {
    let secrets = _report_redact_js__WEBPACK_IMPORTED_MODULE_6__/* .NO_SECRETS */ .g1;
    let printer = (0,_terminal_print_js__WEBPACK_IMPORTED_MODULE_10__/* .createPrinter */ .F)({ stream: terminal.stderr, secrets, several: true });
    const voice = {
        printer: () => printer,
        secrets: () => secrets,
        setSecrets(found) {
            secrets = found;
            printer = (0,_terminal_print_js__WEBPACK_IMPORTED_MODULE_10__/* .createPrinter */ .F)({ stream: terminal.stderr, secrets, several: true });
        },
    };
    const fail = (thrown) => {
        printer.close();
        if (thrown instanceof _fleet_config_config_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ConfigError */ .xL)
            for (const line of (0,_fleet_config_config_error_js__WEBPACK_IMPORTED_MODULE_3__/* .renderConfigError */ .NP)(thrown))
                printer.line(line);
        const error = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .toMirrorError */ .Ho)(thrown, { code: 'local' });
        printer.line((0,_terminal_command_js__WEBPACK_IMPORTED_MODULE_9__/* .describeError */ .Uc)(error));
        return (0,_terminal_command_js__WEBPACK_IMPORTED_MODULE_9__/* .statusOf */ .c2)(error);
    };
    return {
        async run(signal) {
            try {
                return await work(signal, voice);
            }
            catch (thrown) {
                return fail(thrown);
            }
        },
        abandon: (error) => onAbandon(error, voice) ?? fail(error),
    };
}
/** What all verbs that read a config have in common. @throws MirrorError `usage` */
function readPrepareInput(given, { env }, more) {
    const paths = readConfigPaths(given);
    const shard = given.values['shard'];
    return {
        config: (0,_fleet_source_load_config_js__WEBPACK_IMPORTED_MODULE_5__/* .readConfigFiles */ .Wx)(paths),
        env,
        signal: more.signal,
        only: (0,_options_values_js__WEBPACK_IMPORTED_MODULE_7__/* .splitLines */ .uz)(given.values['only'] ?? '').map(({ line }) => line),
        shard: shard === undefined ? undefined : (0,_fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_4__/* .readShard */ .Xy)(shard, env, '--shard'),
        depth: more.depth,
        discovers: more.discovers,
        knownHostsFiles: [(0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), '.ssh', 'known_hosts'), ...given.knownHostsFiles],
        verbose: given.flags.has('verbose'),
        dryRun: given.values['dry-run'] === 'true',
        onNotice: (text) => more.voice.printer().line(text),
        onSecrets: more.voice.setSecrets,
    };
}
/** The files and folders of a config. @throws MirrorError `usage` */
function readConfigPaths(given) {
    if (given.positionals.length === 0)
        throw (0,_terminal_arguments_js__WEBPACK_IMPORTED_MODULE_8__/* .usage */ .CI)('CONFIG is missing', 'See --help.');
    refuseMirrorOptions(given);
    return given.positionals;
}
const FLEET_OPTIONS = new Set(['only', 'shard', 'shards', 'report-file', 'state-file', 'dry-run']);
/** Options of mirrors stand in the file: here they would be passed over in silence. */
function refuseMirrorOptions({ values, files }) {
    const stray = [...Object.keys(values), ...files.keys()].find((name) => !FLEET_OPTIONS.has(name));
    const isVariable = stray !== undefined && values[stray] !== undefined;
    if (stray === undefined || (isVariable && /(token|key|passphrase)$/.test(stray)))
        return;
    throw (0,_terminal_arguments_js__WEBPACK_IMPORTED_MODULE_8__/* .usage */ .CI)(`--${stray} stands in the config, and not on the command line`, 'Write it under `defaults`, or to a mirror.');
}


/***/ }),

/***/ 68880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createRoundRun: () => (/* binding */ createRoundRun)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/fleet/prepare.js + 12 modules
var prepare = __webpack_require__(50980);
// EXTERNAL MODULE: ./build/fleet/report/round-lines.js
var round_lines = __webpack_require__(14416);
// EXTERNAL MODULE: ./build/fleet/report/round-text.js
var round_text = __webpack_require__(82252);
// EXTERNAL MODULE: ./build/fleet/round/round.js + 1 modules
var round = __webpack_require__(81591);
// EXTERNAL MODULE: ./build/fleet/state/round-state.js
var round_state = __webpack_require__(1325);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/options/values.js
var values = __webpack_require__(68739);
// EXTERNAL MODULE: ./build/cli/terminal/arguments.js
var terminal_arguments = __webpack_require__(85822);
// EXTERNAL MODULE: ./build/cli/terminal/command.js
var command = __webpack_require__(10331);
// EXTERNAL MODULE: ./build/fleet/report/findings.js
var findings = __webpack_require__(14662);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
;// CONCATENATED MODULE: ./build/cli/terminal/round-progress.js



const LIVE_INTERVAL_MS = 200;
const PLAIN_INTERVAL_MS = 5000;
const LINE_LENGTH = 2000;
const USUAL_COLUMNS = 80;
const UP = '\u001B[1A';
const CLEAR_LINE = '\r\u001B[K';
/** On a terminal one live line for the round and one for each transfer, else a plain line every few seconds. */
function createRoundProgress(options) {
    const { stream, secrets, count } = options;
    const isLive = stream.isTTY === true;
    const transfers = new Map();
    const counts = { ended: 0, failed: 0, changed: 0 };
    let shown = 0;
    let last = performance.now();
    const safe = (text, max = LINE_LENGTH) => (0,redact/* safeLine */.om)(text, secrets, max);
    const roundLine = () => `${(0,wording/* formatCount */.B4)(counts.ended)} of ${(0,wording/* formatCount */.B4)(count)} mirrors, ${(0,wording/* formatCount */.B4)(counts.changed)} changed, ${(0,wording/* formatCount */.B4)(counts.failed)} failed`;
    function clear() {
        if (shown > 0)
            stream.write(`${CLEAR_LINE}${`${UP}${CLEAR_LINE}`.repeat(shown - 1)}`);
        shown = 0;
    }
    function draw() {
        clear();
        const width = Math.max(20, (stream.columns || USUAL_COLUMNS) - 1);
        const lines = [roundLine(), ...[...transfers].map(([name, bytes]) => `  ${name}: ${(0,wording/* formatBytes */.z3)(bytes)}`)];
        stream.write(lines.map((line) => safe(line, width)).join('\n'));
        shown = lines.length;
    }
    function refresh(isDue = performance.now() - last >= (isLive ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS)) {
        if (!isDue)
            return;
        last = performance.now();
        if (isLive)
            draw();
        else
            stream.write(`${safe(roundLine())}\n`);
    }
    function line(text) {
        clear();
        stream.write(`${safe(text)}\n`);
        if (isLive)
            draw();
    }
    return {
        onEvent(name, event) {
            if (event.kind === 'progress')
                transfers.set(name, event.bytes);
            if (event.kind === 'notice' && (options.verbose || event.level === 'warning'))
                line(`[${name}] ${event.text}`);
            if (event.kind === 'server-text' && options.verbose)
                line(`[${name}] remote: ${event.text}`);
            refresh();
        },
        onLine(given) {
            if (!('name' in given))
                return;
            transfers.delete(given.name);
            counts.ended++;
            const state = (0,findings/* stateOf */.L4)(given);
            if (state === 'changed')
                counts.changed++;
            if (!given.ok)
                counts.failed++;
            if (!given.ok && given.skipped === null)
                line(`${given.name}: ${state}`);
            refresh();
        },
        line,
        close: clear,
    };
}

// EXTERNAL MODULE: ./build/cli/fleet-verb.js
var fleet_verb = __webpack_require__(74523);
;// CONCATENATED MODULE: ./build/cli/round.js














/** `round CONFIG`: every mirror once. */
function createRoundRun(given, terminal) {
    return (0,fleet_verb/* createFleetRun */.CU)(terminal, async (signal, voice) => {
        const input = (0,fleet_verb/* readPrepareInput */.Ou)(given, terminal, { signal, voice, depth: 'credentials', discovers: true });
        const write = openReport(given, terminal, voice);
        const state = openState(given, voice);
        const fleet = await (0,prepare/* prepareFleet */.m)({ ...input, lastFound: state?.found });
        voice.setSecrets(fleet.secrets);
        for (const name of fleet.tooShort)
            voice.printer().line(`warning: ${name} is too short to be hidden`);
        for (const { level, text } of fleet.notices)
            voice.printer().line(`${level === 'warning' ? 'warning: ' : ''}${text}`);
        const progress = createRoundProgress({
            stream: terminal.stderr,
            secrets: fleet.secrets,
            count: fleet.mirrors.length,
            verbose: given.flags.has('verbose'),
        });
        const report = await (0,round/* runRound */.m)({
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
                write(line);
                progress.onLine(line);
            },
        });
        progress.close();
        print(report, terminal, voice);
        return report.ok ? command/* EXIT_OK */.Ij : command/* EXIT_FAILED */.hj;
    });
}
function openState({ values }, voice) {
    const path = values['state-file'] ?? '';
    if (path === '')
        return undefined;
    const onWarning = (text) => voice.printer().line(`warning: ${text}`);
    return (0,round_state/* openRoundState */.u)({ path, onWarning, now: Date.now });
}
function print(report, terminal, voice) {
    terminal.stdout.write(`${(0,redact/* redact */.E$)((0,round_text/* renderRoundText */.Y)(report).join('\n'), voice.secrets())}\n`);
}
/** Each line is written when it is known: a process that is killed leaves what it had done. */
function openReport(given, terminal, voice) {
    const paths = (0,values/* splitLines */.uz)(given.values['report-file'] ?? '').map(({ line }) => line);
    const [path = given.texts.get('jsonl'), ...others] = paths;
    if (others.length > 0)
        throw (0,terminal_arguments/* usage */.CI)('--report-file: a round writes one file', 'Give one path.');
    if (path === undefined)
        return () => undefined;
    const toText = (line) => `${(0,redact/* redact */.E$)((0,round_lines/* printLine */.wi)(line), voice.secrets())}\n`;
    if (path === '-')
        return (line) => void terminal.stdout.write(toText(line));
    try {
        (0,external_node_fs_.writeFileSync)(path, '');
    }
    catch (thrown) {
        const { code = 'no reason given' } = thrown;
        throw new errors/* MirrorError */.En(`--report-file: ${(0,printable/* printableLine */.oy)(path, 300)} can't be written (${code})`, {
            code: 'usage',
            hint: 'Give a path in a folder that is there.',
            cause: thrown,
        });
    }
    return (line) => (0,external_node_fs_.appendFileSync)(path, toText(line));
}


/***/ }),

/***/ 82252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ renderRoundText),
/* harmony export */   Z: () => (/* binding */ listNames)
/* harmony export */ });
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(86815);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(14662);
/* harmony import */ var _verdict_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57111);




const MOST_TROUBLES = 100;
const MOST_NAMES = 5;
const MOST_CHANGED = 200;
/** A round for a person at a terminal, in lines: what failed with its cause and remedy, what changed, the verdict last. */
function renderRoundText(report) {
    const troubles = (0,_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .findTroubles */ .u1)(report);
    const changed = report.mirrors.filter((mirror) => (0,_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .stateOf */ .L4)(mirror) === 'changed');
    const lines = [
        ...changed.slice(0, MOST_CHANGED).map(({ name, result }) => {
            const refs = (0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)((0,_findings_js__WEBPACK_IMPORTED_MODULE_2__/* .changesOf */ .fs)(result?.destinations ?? []), 'ref');
            return `changed  ${name}: ${refs}`;
        }),
        ...more(changed.length - MOST_CHANGED, 'changed mirror'),
        ...report.missing.map((text) => `missing  ${text}`),
        ...troubles.slice(0, MOST_TROUBLES).flatMap(renderTrouble),
        ...more(troubles.length - MOST_TROUBLES, 'cause'),
        (0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .describeRound */ .Q)(report),
        ...((0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFigures */ .p)(report) === undefined ? [] : [`Moved: ${(0,_verdict_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFigures */ .p)(report)}.`]),
    ];
    return lines.map((line) => (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .muteLine */ .WB)((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(line, 2000)));
}
function renderTrouble({ cause, remedy, names }) {
    return [
        `failed   ${listNames(names)}: ${cause}`,
        ...(remedy === undefined ? [] : [`         What to do: ${remedy}`]),
    ];
}
/** `a, b, c, d, e and 12 more`. */
function listNames(names) {
    const shown = names.slice(0, MOST_NAMES).join(', ');
    return names.length > MOST_NAMES ? `${shown} and ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(names.length - MOST_NAMES)} more` : shown;
}
function more(count, word) {
    return count > 0 ? [`… and ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(count, `more ${word}`)}`] : [];
}


/***/ }),

/***/ 57111:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ describeRound),
/* harmony export */   p: () => (/* binding */ describeFigures)
/* harmony export */ });
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);
/* harmony import */ var _findings_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(14662);


/** The sentence that comes first: `1,000 mirrors: 3 failed, 30 changed, 967 up to date, in 12 s.` */
function describeRound(report) {
    const counts = (0,_findings_js__WEBPACK_IMPORTED_MODULE_1__/* .countRound */ .ak)(report);
    const missing = report.missing.length === 0 ? '' : `${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(report.missing.length, 'report')} missing; `;
    const discoveries = report.discoveries.filter(({ ok }) => !ok).length;
    const parts = [
        ...(discoveries === 0 ? [] : [`${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(discoveries)} discovered nothing or not all`]),
        ...describeStates(counts, report.dryRun),
    ];
    const words = parts.length === 0 ? 'nothing to do' : parts.join(', ');
    return `${missing}${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(counts.mirrors, 'mirror')}: ${words}, in ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSeconds */ .Xo)(report.seconds)}.`;
}
function describeStates(counts, isDryRun) {
    const words = [
        [counts.failed, 'failed'],
        [counts.rejected, 'rejected'],
        [counts.skipped, 'not tried'],
        [counts.changed, isDryRun ? 'would change' : 'changed'],
        [counts.unchanged, 'up to date'],
        [counts.unpushed, 'not pushed to'],
        [counts.paused, 'paused'],
    ];
    return words.filter(([count]) => count > 0).map(([count, word]) => `${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(count)} ${word}`);
}
/** `130 refs, 4.5 MB`; undefined where nothing moved. */
function describeFigures(report) {
    const { refs, bytes } = (0,_findings_js__WEBPACK_IMPORTED_MODULE_1__/* .countRound */ .ak)(report);
    if (refs === 0)
        return undefined;
    return bytes === 0 ? (0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(refs, 'ref') : `${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(refs, 'ref')}, ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(bytes)}`;
}


/***/ }),

/***/ 81591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  m: () => (/* binding */ runRound)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/transport/connection/connections.js
var connection_connections = __webpack_require__(15770);
// EXTERNAL MODULE: ./build/fleet/report/round-lines.js
var round_lines = __webpack_require__(14416);
// EXTERNAL MODULE: ./build/fleet/shard/matrix.js
var matrix = __webpack_require__(69235);
// EXTERNAL MODULE: ./build/fleet/state/order.js
var order = __webpack_require__(95777);
// EXTERNAL MODULE: ./build/fleet/round/diagnose.js
var diagnose = __webpack_require__(49374);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
;// CONCATENATED MODULE: ./build/fleet/round/heartbeat.js


/** Milliseconds: a round is over, and nobody waits long for its sign of life. */
const TIME_LIMIT_MS = 10_000;
/**
 * Asks for the address that notices when rounds stay away: as it is after a good round, with `/fail` behind its path
 * after another one. @returns what went wrong, in words; its address is a secret
 */
async function beat(url, round) {
    const target = new URL(url);
    if (!round.ok)
        target.pathname = `${target.pathname.replace(/\/+$/, '')}/fail`;
    const { createJsonClient } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(4062)]).then(__webpack_require__.bind(__webpack_require__, 24062));
    const client = createJsonClient({
        base: target,
        headers: { accept: '*/*' },
        env: round.env,
        signal: AbortSignal.timeout(TIME_LIMIT_MS),
        mostWait: 0,
    });
    try {
        await client.getText(target);
        return undefined;
    }
    catch (thrown) {
        return `the heartbeat was not taken: ${(0,wording/* describeMessage */.Xc)((0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut' }))}`;
    }
    finally {
        await client.dispose();
    }
}

// EXTERNAL MODULE: ./build/fleet/round/host-gate.js
var host_gate = __webpack_require__(1090);
// EXTERNAL MODULE: ./build/fleet/round/make-jobs.js
var make_jobs = __webpack_require__(64153);
// EXTERNAL MODULE: ./build/fleet/round/run-job.js + 3 modules
var run_job = __webpack_require__(99721);
// EXTERNAL MODULE: ./build/fleet/round/scheduler.js + 2 modules
var scheduler = __webpack_require__(74746);
;// CONCATENATED MODULE: ./build/fleet/round/round.js












const CLOCK = {
    now: () => performance.now(),
    at(time, callback) {
        const timer = setTimeout(callback, Math.max(0, time - performance.now()));
        return () => clearTimeout(timer);
    },
};
/** Runs every mirror of a fleet. Never throws: what fails is in the report, and others go on. */
async function runRound(input) {
    const { fleet, signal } = input;
    const started = performance.now();
    const lines = new Map();
    const state = input.dryRun ? undefined : input.state;
    const marks = new Map(fleet.mirrors.map(({ name, pushed }) => [name, pushed]));
    const take = (line) => {
        lines.set(line.name, line);
        input.onLine?.(line);
        state?.take(line, marks.get(line.name));
    };
    const discoveries = fleet.discovered.map((entry) => {
        const line = (0,round_lines/* lineOfDiscovery */.GM)({ ...entry, found: entry.drafts.length });
        input.onLine?.(line);
        state?.take(line);
        return line;
    });
    await runJobs(input, take);
    const isComplete = input.isWhole === true && input.shard === undefined && discoveries.every((line) => line.ok);
    state?.end(isComplete ? new Set(marks.keys()) : undefined);
    const mirrors = [...lines.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const ok = mirrors.every((line) => line.ok) && discoveries.every((line) => line.ok) && !signal.aborted;
    const seconds = (performance.now() - started) / 1000;
    if (fleet.heartbeat !== undefined && !input.dryRun) {
        const problem = await beat(fleet.heartbeat, { ok, env: input.env });
        if (problem !== undefined)
            input.onNotice?.(problem);
    }
    input.onLine?.({ round: endOf(input, { mirrors, discoveries, ok, seconds }) });
    return { mirrors, discoveries, ok, seconds, dryRun: input.dryRun, missing: [] };
}
async function runJobs(input, take) {
    const { fleet, signal } = input;
    const waiting = fleet.mirrors.filter((mirror) => {
        const line = mirror.paused ? (0,round_lines/* lineOfSkip */.dW)(mirror.name, 'it is paused', true) : lineOfUnseen(input, mirror);
        if (line !== undefined)
            take(line);
        return line === undefined;
    });
    const connections = (0,connection_connections/* createConnections */.E)();
    const earlier = new Map();
    const publishing = [];
    const publish = async (job, outcome) => {
        const result = await (0,diagnose/* diagnoseRefusals */.U)(job, outcome.result, signal);
        take((0,round_lines/* lineOfResult */.xR)(job.name, (0,redact/* redactResult */.rd)(result, fleet.secrets), outcome.fingerprint));
    };
    const context = {
        connections,
        signal,
        earlier,
        onEvent: (name, event) => input.onEvent?.(name, event),
    };
    try {
        await (0,scheduler/* schedule */._)({
            jobs: (0,make_jobs/* makeJobs */.V)(fleet, orderMirrors(waiting, input.state)),
            clock: CLOCK,
            signal,
            lanes: host_gate/* LANES */.Ci,
            limitOf: (host) => (0,make_jobs/* limitOf */.L)(fleet.file, host),
            run: async (job, claim) => await (0,run_job/* runJob */.b)(job, claim, context),
            retriesOf: ({ pairs }) => Math.max(0, ...pairs.map(({ options }) => options.retries)),
            onEnd(job, outcome) {
                earlier.delete(job.name);
                publishing.push(publish(job, outcome));
            },
            onSkip: (job, reason) => take((0,round_lines/* lineOfSkip */.dW)(job.name, reason, false)),
        });
        await Promise.all(publishing);
    }
    catch (thrown) {
        input.onNotice?.(`the round ended in the middle: ${(0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' }).message}`);
        throw thrown;
    }
    finally {
        await connections.dispose();
    }
}
/** Where its list says that nothing was pushed since the last success, and that is not too long ago. */
function lineOfUnseen({ fleet, state }, mirror) {
    const { name, pushed, skipUnpushed } = mirror;
    if (state === undefined || pushed === undefined || skipUnpushed === undefined)
        return undefined;
    // What another mirror writes in this round may be newer than the list.
    if (fleet.chains.before.has(name))
        return undefined;
    const { status, lastSuccess, pushed: before } = state.record(name);
    const isWell = status === 'mirrored' || status === 'unchanged';
    if (!isWell || lastSuccess === undefined || before !== pushed)
        return undefined;
    const age = Date.now() - lastSuccess;
    return age >= 0 && age < skipUnpushed ? (0,round_lines/* lineOfUnpushed */.kj)(name, lastSuccess) : undefined;
}
function orderMirrors(mirrors, state) {
    if (state === undefined)
        return mirrors;
    const byName = new Map(mirrors.map((mirror) => [mirror.name, mirror]));
    return (0,order/* inTurn */.l)([...byName.keys()], state.record).map((name) => byName.get(name));
}
function endOf({ fleet, shard, dryRun }, round) {
    const counts = shard === undefined ? [] : (0,matrix/* countShards */.x)(fleet.shardKeys, shard.count);
    return {
        version: 1,
        ok: round.ok,
        dryRun,
        shard: shard === undefined ? null : `${shard.index}/${shard.count}`,
        filled: counts.flatMap((count, index) => (count > 0 ? [index + 1] : [])),
        mirrors: round.mirrors.length,
        seconds: round.seconds,
    };
}


/***/ }),

/***/ 69235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ makeMatrix),
/* harmony export */   x: () => (/* binding */ countShards)
/* harmony export */ });
/* harmony import */ var _shard_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31840);

/** How many mirrors each shard has, in order. `keys`: for each mirror, the name by which it is put into a shard. */
function countShards(keys, count) {
    const counts = Array.from({ length: count }, () => 0);
    for (const key of keys)
        counts[(0,_shard_js__WEBPACK_IMPORTED_MODULE_0__/* .shardOf */ .IS)(key, count) - 1] += 1;
    return counts;
}
/**
 * A matrix of the shards that have something to do. It holds numbers alone: an output with a masked value is dropped
 * as a whole. Undefined: nothing is to do, and an empty matrix would fail the workflow.
 */
function makeMatrix(keys, count) {
    const shards = Math.min(count, _shard_js__WEBPACK_IMPORTED_MODULE_0__/* .MOST_SHARDS */ .Y);
    const include = countShards(keys, shards).flatMap((mirrors, index) => mirrors === 0 ? [] : [{ shard: `${index + 1}/${shards}`, count: mirrors }]);
    return include.length === 0 ? undefined : { include };
}


/***/ }),

/***/ 1325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ openRoundState)
/* harmony export */ });
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(56743);
/* harmony import */ var _state_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24891);


/** Milliseconds between two writings. */
const WRITE_INTERVAL_MS = 5000;
/** Never throws: a file that cannot be read or written is told, and a round does the same without it. */
function openRoundState({ path, onWarning, now }) {
    const known = (0,_state_file_js__WEBPACK_IMPORTED_MODULE_1__/* .readStateFile */ .qy)(path, onWarning);
    const mirrors = new Map(known.mirrors);
    const found = new Map(known.found);
    let written = now();
    let hasWarned = false;
    const write = () => {
        written = now();
        try {
            (0,_state_file_js__WEBPACK_IMPORTED_MODULE_1__/* .writeStateFile */ .VP)(path, { mirrors, found });
        }
        catch (thrown) {
            const { code = 'no reason given' } = thrown;
            if (!hasWarned)
                onWarning(`the state file can't be written (${code}): the next round will not know of this one`);
            hasWarned = true;
        }
    };
    const record = (name) => mirrors.get(name) ?? _records_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_RECORD */ .iF;
    return {
        record,
        found: known.found,
        take(line, pushed) {
            if ('name' in line)
                mirrors.set(line.name, (0,_records_js__WEBPACK_IMPORTED_MODULE_0__/* .withRun */ .Yq)(record(line.name), line, now(), pushed));
            else if ('discovery' in line && line.error === null)
                found.set(line.discovery, line.found);
            if (now() - written >= WRITE_INTERVAL_MS)
                write();
        },
        end(names) {
            if (names !== undefined)
                for (const name of mirrors.keys())
                    if (!names.has(name))
                        mirrors.delete(name);
            write();
        },
    };
}


/***/ })

};
