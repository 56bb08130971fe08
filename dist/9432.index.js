export const id = 9432;
export const ids = [9432];
export const modules = {

/***/ 5222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createDoctorRun: () => (/* binding */ createDoctorRun)
/* harmony export */ });
/* harmony import */ var _doctor_describe_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(73781);
/* harmony import */ var _doctor_examine_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33414);
/* harmony import */ var _fleet_doctor_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19409);
/* harmony import */ var _fleet_doctor_render_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73211);
/* harmony import */ var _fleet_prepare_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(25026);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(17234);
/* harmony import */ var _terminal_command_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(10331);
/* harmony import */ var _fleet_verb_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(74523);
/* harmony import */ var _mirror_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(62903);









const LINE_LENGTH = 2000;
/**
 * Says what can be known of a mirror, or of all mirrors of a file, without writing anything, one line each.
 * @throws MirrorError `usage`
 */
function createDoctorRun(given, terminal) {
    return given.positionals.length === 1 ? runForFile(given, terminal) : runForPair(given, terminal);
}
function runForPair(given, terminal) {
    return (0,_mirror_js__WEBPACK_IMPORTED_MODULE_7__/* .createOptionsRun */ .CF)(given, terminal, {
        values: (0,_mirror_js__WEBPACK_IMPORTED_MODULE_7__/* .readAddresses */ .B1)(given.positionals),
        async prepare({ printer, secrets, signal, read, withTokens }) {
            const options = await withTokens(read());
            const onEvent = given.flags.has('verbose') ? printer.reporter : undefined;
            const { findings } = await (0,_doctor_examine_js__WEBPACK_IMPORTED_MODULE_0__.examine)(options, { signal, onEvent });
            printer.close();
            if (given.flags.has('json')) {
                for (const one of findings)
                    terminal.stdout.write(`${(0,_report_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redact */ .E$)(JSON.stringify((0,_doctor_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .cleanFinding */ .BN)(one)), secrets)}\n`);
            }
            else
                print(findings.map(_doctor_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .describeFinding */ .jb), terminal, secrets);
            return findings.some(({ level }) => level === 'error') ? _terminal_command_js__WEBPACK_IMPORTED_MODULE_5__/* .EXIT_FAILED */ .hj : _terminal_command_js__WEBPACK_IMPORTED_MODULE_5__/* .EXIT_OK */ .Ij;
        },
    });
}
function runForFile(given, terminal) {
    return (0,_fleet_verb_js__WEBPACK_IMPORTED_MODULE_6__/* .createFleetRun */ .CU)(terminal, async (signal, voice) => {
        const input = (0,_fleet_verb_js__WEBPACK_IMPORTED_MODULE_6__/* .readPrepareInput */ .Ou)(given, terminal, { signal, voice, depth: 'credentials', discovers: true });
        const fleet = await (0,_fleet_prepare_js__WEBPACK_IMPORTED_MODULE_3__/* .prepareFleet */ .m)(input);
        voice.setSecrets(fleet.secrets);
        for (const name of fleet.tooShort)
            voice.printer().line(`warning: ${name} is too short to be hidden`);
        for (const { level, text } of fleet.notices)
            voice.printer().line(`${level === 'warning' ? 'warning: ' : ''}${text}`);
        const onNotice = (text) => voice.printer().line(text);
        const examination = await (0,_fleet_doctor_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__/* .examineFleet */ .q)({ fleet, signal, onNotice });
        if (given.flags.has('json')) {
            for (const line of (0,_fleet_doctor_render_js__WEBPACK_IMPORTED_MODULE_2__/* .renderLines */ .ET)(examination))
                terminal.stdout.write(`${(0,_report_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .redact */ .E$)(line, fleet.secrets)}\n`);
        }
        else
            print((0,_fleet_doctor_render_js__WEBPACK_IMPORTED_MODULE_2__/* .renderText */ .S5)(examination), terminal, fleet.secrets);
        return (0,_fleet_doctor_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__/* .countLevels */ .Z)(examination).errors > 0 ? _terminal_command_js__WEBPACK_IMPORTED_MODULE_5__/* .EXIT_FAILED */ .hj : _terminal_command_js__WEBPACK_IMPORTED_MODULE_5__/* .EXIT_OK */ .Ij;
    });
}
function print(lines, { stdout }, secrets) {
    for (const line of lines)
        stdout.write(`${(0,_doctor_describe_js__WEBPACK_IMPORTED_MODULE_8__/* .cleanLine */ .Ow)(line, (text) => (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_4__/* .safeLine */ .om)(text, secrets, LINE_LENGTH))}\n`);
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

/***/ 23963:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ REAL_CLOCK),
  m: () => (/* binding */ runRound)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/transport/connection/connections.js
var connection_connections = __webpack_require__(15770);
// EXTERNAL MODULE: ./build/fleet/notices.js
var notices = __webpack_require__(74054);
// EXTERNAL MODULE: ./build/fleet/report/round-lines.js
var round_lines = __webpack_require__(14416);
// EXTERNAL MODULE: ./build/fleet/shard/matrix.js
var matrix = __webpack_require__(69235);
// EXTERNAL MODULE: ./build/fleet/round/app-tokens.js
var app_tokens = __webpack_require__(78290);
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
// EXTERNAL MODULE: ./build/fleet/round/run-job.js + 2 modules
var run_job = __webpack_require__(47948);
// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/fleet/state/order.js
var order = __webpack_require__(95777);
;// CONCATENATED MODULE: ./build/fleet/round/unseen.js




/** What a mirror is to do, and what the list of its owner says of its source; undefined: it says nothing. */
function markOf({ pushed, groups }) {
    if (pushed === undefined)
        return undefined;
    const text = JSON.stringify([pushed, groups.map(describeWork)]);
    return (0,base_crypto/* loadCrypto */.Q)().createHash('sha256').update(text).digest('hex');
}
/** Everything that decides what is mirrored where, and no secret. A mirror that was changed has to run. */
function describeWork(options) {
    const { source, destinations, env: _env, app: _app, ...others } = options;
    return [(0,remote_url/* printUrl */.D1)(source.url), destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)), others];
}
/** Where its list says that nothing was pushed since the last success, and that is not too long ago. */
function lineOfUnseen({ chains }, mirror, state) {
    const { name, skipUnpushed } = mirror;
    if (state === undefined || skipUnpushed === undefined)
        return undefined;
    // What another mirror writes in this round may be newer than the list.
    if (chains.before.has(name))
        return undefined;
    const { status, lastSuccess, pushed } = state.record(name);
    const isWell = status === 'mirrored' || status === 'unchanged';
    if (!isWell || lastSuccess === undefined || pushed === undefined || pushed !== markOf(mirror))
        return undefined;
    const age = Date.now() - lastSuccess;
    return age >= 0 && age < skipUnpushed ? (0,round_lines/* lineOfUnpushed */.kj)(name, lastSuccess) : undefined;
}
/** What failed last time first, where that is known; else by name. */
function orderMirrors(mirrors, state) {
    if (state === undefined)
        return mirrors;
    const byName = new Map(mirrors.map((mirror) => [mirror.name, mirror]));
    return (0,order/* inTurn */.l)([...byName.keys()], state.record).map((name) => byName.get(name));
}

// EXTERNAL MODULE: ./build/fleet/round/scheduler.js + 3 modules
var scheduler = __webpack_require__(41046);
;// CONCATENATED MODULE: ./build/fleet/round/round.js














/** That of this machine. */
const REAL_CLOCK = {
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
    const marks = new Map(fleet.mirrors.map((mirror) => [mirror.name, markOf(mirror)]));
    const take = (line) => {
        lines.set(line.name, line);
        input.onLine?.(line);
        state?.take(line, marks.get(line.name));
    };
    const discoveries = fleet.discovered.map((entry) => {
        const line = (0,round_lines/* lineOfDiscovery */.GM)({ ...entry, found: entry.drafts.length });
        input.onLine?.(line);
        return line;
    });
    state?.setFound((0,notices/* countFound */.WC)(fleet.discovered));
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
        const line = mirror.paused
            ? (0,round_lines/* lineOfSkip */.dW)(mirror.name, 'it is paused', true)
            : lineOfUnseen(fleet, mirror, input.state);
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
        apps: (0,app_tokens/* createLazyAppTokens */.E)({
            signal,
            secrets: () => fleet.secrets,
            onSecret: input.onSecret,
            onNotice: (text) => input.onNotice?.(text),
            isVerbose: fleet.mirrors.some(({ groups }) => groups.some(({ verbose }) => verbose)),
        }),
        signal,
        earlier,
        onEvent: (name, event) => input.onEvent?.(name, event),
    };
    try {
        await (0,scheduler/* schedule */._)({
            jobs: (0,make_jobs/* makeJobs */.V)(fleet, orderMirrors(waiting, input.state)),
            clock: REAL_CLOCK,
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


/***/ })

};
