export const id = 9890;
export const ids = [9890];
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

/***/ 49890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createPlanRun: () => (/* binding */ createPlanRun)
/* harmony export */ });
/* harmony import */ var _fleet_prepare_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(50980);
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

/***/ 1090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ci: () => (/* binding */ LANES),
/* harmony export */   Ep: () => (/* binding */ HostGate),
/* harmony export */   PJ: () => (/* binding */ USUAL_AT_ONCE)
/* harmony export */ });
/** Mirrors at once, over all hosts. */
const LANES = { check: 16, transfer: 8 };
/** Where nobody says it. */
const USUAL_AT_ONCE = { most: 4, besideThem: 1 };
/** Mirrors that went well before one more is let in. */
const WELL_BEFORE_MORE = 20;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;
/** Times in a row that a host asks to slow down, with nothing that went well between, before it is given up. */
const MOST_IN_VAIN = 10;
/**
 * How many mirrors may talk with one host: fewer when it asks to slow down, slowly more when all is well again
 * (additive increase, multiplicative decrease). Knows no clock: `now` in milliseconds is given.
 */
class HostGate {
    #atOnce;
    #allowed;
    #running = { check: 0, transfer: 0 };
    #closedUntil = 0;
    #pause = FIRST_PAUSE_MS;
    #well = 0;
    #slowdowns = 0;
    #inVain = 0;
    #restMs;
    /** `restMs`: milliseconds after which a host that was given up may be tried again; for a round, never. */
    constructor(atOnce = USUAL_AT_ONCE, restMs = Infinity) {
        this.#restMs = restMs;
        this.#atOnce = atOnce;
        this.#allowed = atOnce.most;
    }
    /** Another limit, by a file that was read anew. */
    setAtOnce(atOnce) {
        if (atOnce.most !== this.#atOnce.most)
            this.#allowed = atOnce.most;
        this.#atOnce = atOnce;
    }
    /** Times that the host asked to slow down. */
    get slowdowns() {
        return this.#slowdowns;
    }
    get allowed() {
        return this.#allowed;
    }
    /** The time before which nothing starts here. */
    get closedUntil() {
        return this.#closedUntil;
    }
    /** Whether it only ever asks to slow down. */
    isGivenUp(now) {
        if (this.#inVain < MOST_IN_VAIN)
            return false;
        if (now < this.#closedUntil + this.#restMs)
            return true;
        this.#inVain = 0;
        return false;
    }
    isOpen(now, lane) {
        if (now < this.#closedUntil)
            return false;
        const { check, transfer } = this.#running;
        // A host that asked to slow down gets nothing beside what it is allowed.
        const beside = this.#allowed < this.#atOnce.most ? 0 : this.#atOnce.besideThem;
        if (lane === 'transfer' && transfer < beside)
            return true;
        return check + Math.max(0, transfer - beside) < this.#allowed;
    }
    enter(lane) {
        this.#running[lane]++;
    }
    leave(lane) {
        this.#running[lane]--;
    }
    /** A mirror ended, and the host had nothing against it. */
    well() {
        this.#well++;
        this.#inVain = 0;
        this.#pause = FIRST_PAUSE_MS;
        if (this.#well % WELL_BEFORE_MORE === 0)
            this.#allowed = Math.min(this.#atOnce.most, this.#allowed + 1);
    }
    /** The host asked to slow down: for `wait` milliseconds, or for longer each time that it does not say. */
    slower(wait, now) {
        this.#well = 0;
        this.#slowdowns++;
        const until = now + Math.min(wait ?? this.#pause, LONGEST_PAUSE_MS);
        if (wait === undefined)
            this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
        // Those that run at the same time are all told so: once is meant.
        if (now >= this.#closedUntil) {
            this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
            this.#inVain++;
        }
        this.#closedUntil = Math.max(this.#closedUntil, until);
    }
}


/***/ }),

/***/ 47938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ describeLoad)
/* harmony export */ });
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);
/* harmony import */ var _make_jobs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64153);


/** Hosts that are named one by one. */
const MOST_HOSTS = 10;
/** What so many jobs may do to each host when all of them run at once, in lines: limits count in each process. */
function describeLoad({ file, hosts }, jobs) {
    if (jobs < 2)
        return [];
    const lines = hosts.slice(0, MOST_HOSTS).map((host) => {
        const { most, besideThem } = (0,_make_jobs_js__WEBPACK_IMPORTED_MODULE_1__/* .limitOf */ .L)(file, host);
        const each = most + besideThem;
        return `${host}: at most ${each} mirrors at once in each of ${jobs} jobs, ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(each * jobs)} in all`;
    });
    const left = hosts.length - lines.length;
    return left > 0 ? [...lines, `… and so at ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(left)} more hosts`] : lines;
}


/***/ }),

/***/ 64153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ limitOf),
/* harmony export */   V: () => (/* binding */ makeJobs)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(26039);
/* harmony import */ var _transport_address_identity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32227);
/* harmony import */ var _config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92130);
/* harmony import */ var _host_gate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1090);




/** The jobs of a fleet, in the order of the names. */
function makeJobs({ file, chains }, mirrors) {
    const endOf = makeEndReader(file);
    return mirrors.map(({ name, groups }) => ({
        name,
        pairs: groups.map((options) => ({
            options,
            source: endOf(options.source),
            destinations: options.destinations.map(endOf),
        })),
        after: chains.before.get(name) ?? [],
    }));
}
/** Equal credentials get equal names, that say nothing about them. */
function makeEndReader({ hosts }) {
    const names = new Map();
    return ({ url, credentials, app }) => {
        const host = url.scheme === 'file' ? undefined : (0,_config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__/* .hostKey */ ._9)(hosts, url);
        const key = JSON.stringify([host, url.scheme, 'user' in url ? url.user : '', credentials, app]);
        const hash = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_3__/* .loadCrypto */ .Q)().createHash('sha256').update(key).digest('hex');
        if (!names.has(hash))
            names.set(hash, `${host ?? ''}#${names.size + 1}`);
        return { host, credential: names.get(hash), repository: (0,_transport_address_identity_js__WEBPACK_IMPORTED_MODULE_0__/* .identity */ .D)(url) };
    };
}
/** Mirrors that may talk with a host at the same time: what the file says is all of them. */
function limitOf({ hosts }, host) {
    for (const part of hosts.values()) {
        const most = (0,_config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__/* .hostOf */ .w4)(part) === host ? part.tree['mirrors-at-once'] : undefined;
        if (most !== undefined)
            return { most, besideThem: 0 };
    }
    return _host_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .USUAL_AT_ONCE */ .PJ;
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
