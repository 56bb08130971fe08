export const id = 3933;
export const ids = [3933];
export const modules = {

/***/ 67783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCheckRun: () => (/* binding */ createCheckRun)
});

// EXTERNAL MODULE: ./build/fleet/prepare.js + 11 modules
var prepare = __webpack_require__(25026);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/options/names.js + 3 modules
var names = __webpack_require__(85222);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/fleet/config/config-error.js
var config_error = __webpack_require__(27085);
// EXTERNAL MODULE: ./build/fleet/config/option-keys.js
var option_keys = __webpack_require__(91114);
// EXTERNAL MODULE: ./build/fleet/config/resolve-mirror.js + 1 modules
var resolve_mirror = __webpack_require__(43847);
;// CONCATENATED MODULE: ./build/fleet/explain.js






const MOST_VALUE = 1000;
/**
 * The options that a mirror has in the end, in lines, each with the place that it comes from: the question that every
 * file with defaults raises. Needs a fleet that was prepared with `everything`.
 */
function explainMirror(mirror, file) {
    const { name, labels, paused, schedule, place, pairs, shardKey } = mirror;
    return [
        `${name} (${(0,config_error/* namePlace */.RO)(place)})`,
        ...(paused ? ['  paused: true'] : []),
        ...(labels.length === 0 ? [] : [`  labels: ${labels.join(', ')}`]),
        ...(schedule === undefined ? [] : [`  schedule: ${schedule}`]),
        ...(shardKey === name ? [] : [`  runs after and in the shard of: ${shardKey}`]),
        ...pairs.slice(0, 1).map(({ source }) => `  source: ${describeEnd(source)}`),
        ...pairs.flatMap((pair) => explainPair(pair, file)),
    ].map((line) => line.replaceAll(/[^ \S]/g, ' '));
}
/** What may stand with a mirror or a destination, in the order of the table. */
function listKeys() {
    const known = new Set([...(0,option_keys/* keysAt */._)('mirror'), ...(0,option_keys/* keysAt */._)('endpoint')].map(({ name }) => name));
    return names/* OPTION_SPECS */.Fx.filter(({ name }) => known.has(name));
}
function explainPair({ destination, settings }, file) {
    const lines = listKeys().map((spec) => {
        const given = settings.values[spec.name];
        const origin = settings.origins.get(spec.name);
        const from = origin === undefined ? 'by default' : (0,config_error/* namePlace */.RO)(file.place(origin));
        const usual = spec.name === 'time-limit' ? resolve_mirror/* FLEET_TIME_LIMIT */.Re : spec.default;
        const value = spec.kind === 'secret' ? (given === undefined ? '' : 'given') : (given ?? usual);
        return `    ${spec.name}: ${(0,printable/* printableLine */.oy)(value.replaceAll('\n', ' '), MOST_VALUE) || 'none'} (${from})`;
    });
    return [`  destination: ${describeEnd(destination)}`, ...lines];
}
/** With what it is opened, and never with which. */
function describeEnd({ url, credentials }) {
    const { token, sshKey, username } = credentials;
    const login = token !== undefined
        ? `with a token, as ${(0,printable/* printableLine */.oy)(username ?? 'x-access-token', 100)}`
        : sshKey !== undefined
            ? 'with an ssh key'
            : 'without credentials';
    return `${(0,remote_url/* printUrl */.D1)(url)}, ${login}`;
}

// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
// EXTERNAL MODULE: ./build/cli/terminal/command.js
var command = __webpack_require__(10331);
// EXTERNAL MODULE: ./build/cli/fleet-verb.js
var fleet_verb = __webpack_require__(74523);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/cli/check.js








/** `check CONFIG [--explain NAME]`: reads, refuses, prints; asks no server. */
function createCheckRun(given, terminal) {
    return (0,fleet_verb/* createFleetRun */.CU)(terminal, async (signal, voice) => {
        const input = (0,fleet_verb/* readPrepareInput */.Ou)(given, terminal, { signal, voice, depth: 'everything', discovers: false });
        const fleet = await (0,prepare/* prepareFleet */.m)(input);
        for (const { level, text } of fleet.notices)
            voice.printer().line(`${level === 'warning' ? 'warning: ' : ''}${text}`);
        const name = given.texts.get('explain');
        if (name !== undefined) {
            const mirror = fleet.mirrors.find((one) => one.name === name);
            if (mirror === undefined) {
                throw new errors/* MirrorError */.En(`--explain: there is no mirror "${(0,printable/* printableLine */.oy)(name, 100)}" in the file`, {
                    code: 'usage',
                    hint: 'plan lists the names.',
                });
            }
            const text = explainMirror(mirror, fleet.file).join('\n');
            terminal.stdout.write(`${(0,redact/* redact */.E$)(text, fleet.secrets)}\n`);
            return command/* EXIT_OK */.Ij;
        }
        const entries = fleet.file.mirrors.length - fleet.mirrors.length;
        const discovers = entries === 0
            ? ''
            : `, and ${(0,wording/* formatPlural */.yk)(entries, 'entry').replace('entrys', 'entries')} with discover`;
        terminal.stdout.write(`${fleet.file.name} ${fleet.file.files.length === 1 ? 'is' : 'are'} right: ${(0,wording/* formatPlural */.yk)(fleet.mirrors.length, 'mirror')}${discovers}.\n`);
        return command/* EXIT_OK */.Ij;
    });
}


/***/ }),

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

/***/ 49890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createPlanRun: () => (/* binding */ createPlanRun)
/* harmony export */ });
/* harmony import */ var _fleet_prepare_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25026);
/* harmony import */ var _fleet_round_load_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(47938);
/* harmony import */ var _fleet_shard_matrix_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(69235);
/* harmony import */ var _fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(31840);
/* harmony import */ var _fleet_discover_filter_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(97653);
/* harmony import */ var _options_values_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(68739);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62867);
/* harmony import */ var _terminal_arguments_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(85822);
/* harmony import */ var _terminal_command_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(10331);
/* harmony import */ var _fleet_verb_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(74523);










/** `plan CONFIG [--shards N] [--matrix]`: what a round would run, a line of JSON each. Needs no credential but those of discovery. */
function createPlanRun(given, terminal) {
    return (0,_fleet_verb_js__WEBPACK_IMPORTED_MODULE_8__/* .createFleetRun */ .CU)(terminal, async (signal, voice) => {
        const wanted = (0,_options_values_js__WEBPACK_IMPORTED_MODULE_4__/* .readValue */ .wK)({ values: given.values, label: _terminal_arguments_js__WEBPACK_IMPORTED_MODULE_6__/* .labelOf */ .Wy }, 'shards');
        const input = (0,_fleet_verb_js__WEBPACK_IMPORTED_MODULE_8__/* .readPrepareInput */ .Ou)(given, terminal, { signal, voice, depth: 'names', discovers: true });
        const fleet = await (0,_fleet_prepare_js__WEBPACK_IMPORTED_MODULE_0__/* .prepareFleet */ .m)(input);
        const { mirrors, discovered, shardKeys, notices } = fleet;
        const count = Math.min(_fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_SHARDS */ .Y, wanted ?? Math.max(1, (0,_fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_3__/* .defaultShardCount */ .hw)(shardKeys.length)));
        for (const { name, labels, paused, shardKey } of mirrors) {
            terminal.stdout.write(`${JSON.stringify({ name, shard: (0,_fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_3__/* .shardOf */ .IS)(shardKey, count), labels, paused })}\n`);
        }
        for (const { name, drafts, skipped, error, refused } of discovered) {
            const left = (0,_fleet_discover_filter_js__WEBPACK_IMPORTED_MODULE_9__/* .describeSkipped */ .At)(skipped);
            if (error !== undefined)
                voice.printer().line(`discover ${name}: failed: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_5__/* .describeMessage */ .Xc)(error)}`);
            else
                voice
                    .printer()
                    .line(`discover ${name}: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_5__/* .formatPlural */ .yk)(drafts.length, 'mirror')}${left === '' ? '' : `; ${left}`}`);
            for (const reason of refused)
                voice.printer().line(`discover ${name}: ${reason}`);
        }
        for (const { text } of notices)
            voice.printer().line(text);
        if (given.flags.has('matrix')) {
            const matrix = (0,_fleet_shard_matrix_js__WEBPACK_IMPORTED_MODULE_2__/* .makeMatrix */ .E)(shardKeys, count);
            const load = (0,_fleet_round_load_js__WEBPACK_IMPORTED_MODULE_1__/* .describeLoad */ .s)(fleet, matrix?.include.length ?? 0);
            for (const line of load)
                voice.printer().line(line);
            terminal.stdout.write(`${matrix === undefined ? '' : JSON.stringify(matrix)}\n`);
        }
        return discovered.every(({ error, refused }) => error === undefined && refused.length === 0)
            ? _terminal_command_js__WEBPACK_IMPORTED_MODULE_7__/* .EXIT_OK */ .Ij
            : _terminal_command_js__WEBPACK_IMPORTED_MODULE_7__/* .EXIT_FAILED */ .hj;
    });
}


/***/ }),

/***/ 46785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createReportRun: () => (/* binding */ createReportRun)
/* harmony export */ });
/* harmony import */ var _fleet_report_join_reports_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5214);
/* harmony import */ var _fleet_report_round_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(82252);
/* harmony import */ var _fleet_source_report_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(69517);
/* harmony import */ var _terminal_arguments_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85822);
/* harmony import */ var _terminal_command_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(10331);
/* harmony import */ var _fleet_verb_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(74523);






/** `report FILE…`: one report of all shards, and a failure where one is missing. */
function createReportRun({ positionals }, terminal) {
    return (0,_fleet_verb_js__WEBPACK_IMPORTED_MODULE_5__/* .createFleetRun */ .CU)(terminal, async () => {
        if (positionals.length === 0)
            throw (0,_terminal_arguments_js__WEBPACK_IMPORTED_MODULE_3__/* .usage */ .CI)('FILE is missing', 'Give the files that round --report-file wrote.');
        const report = (0,_fleet_report_join_reports_js__WEBPACK_IMPORTED_MODULE_0__/* .joinReports */ .c)(await (0,_fleet_source_report_files_js__WEBPACK_IMPORTED_MODULE_2__/* .readReportFiles */ .A)(positionals));
        terminal.stdout.write(`${(0,_fleet_report_round_text_js__WEBPACK_IMPORTED_MODULE_1__/* .renderRoundText */ .Y)(report).join('\n')}\n`);
        return report.ok ? _terminal_command_js__WEBPACK_IMPORTED_MODULE_4__/* .EXIT_OK */ .Ij : _terminal_command_js__WEBPACK_IMPORTED_MODULE_4__/* .EXIT_FAILED */ .hj;
    });
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
// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(44225);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/fleet/prepare.js + 11 modules
var prepare = __webpack_require__(25026);
// EXTERNAL MODULE: ./build/fleet/report/round-lines.js
var round_lines = __webpack_require__(14416);
// EXTERNAL MODULE: ./build/fleet/report/round-text.js
var round_text = __webpack_require__(82252);
// EXTERNAL MODULE: ./build/fleet/round/round.js + 2 modules
var round = __webpack_require__(23963);
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
        (0,memory/* keepHeapSmall */.p)();
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


/***/ })

};
