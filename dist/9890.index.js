export const id = 9890;
export const ids = [9890];
export const modules = {

/***/ 74523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CU: () => (/* binding */ createFleetRun),
/* harmony export */   IZ: () => (/* binding */ refuseMirrorOptions),
/* harmony export */   Ou: () => (/* binding */ readPrepareInput)
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
    const [path, ...others] = given.positionals;
    if (path === undefined || others.length > 0) {
        throw (0,_terminal_arguments_js__WEBPACK_IMPORTED_MODULE_8__/* .usage */ .CI)(path === undefined ? 'CONFIG is missing' : 'there is more than one CONFIG', 'See --help.');
    }
    refuseMirrorOptions(given);
    const shard = given.values['shard'];
    return {
        config: (0,_fleet_source_load_config_js__WEBPACK_IMPORTED_MODULE_5__/* .readConfigFile */ .RG)(path),
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
const FLEET_OPTIONS = new Set(['only', 'shard', 'shards', 'report-file', 'dry-run']);
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
/* harmony import */ var _fleet_prepare_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(15166);
/* harmony import */ var _fleet_shard_matrix_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69235);
/* harmony import */ var _fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(31840);
/* harmony import */ var _fleet_discover_filter_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(97653);
/* harmony import */ var _options_values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(68739);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62867);
/* harmony import */ var _terminal_arguments_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(85822);
/* harmony import */ var _terminal_command_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(10331);
/* harmony import */ var _fleet_verb_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(74523);









/** `plan CONFIG [--shards N] [--matrix]`: what a round would run, a line of JSON each. Needs no credential but those of discovery. */
function createPlanRun(given, terminal) {
    return (0,_fleet_verb_js__WEBPACK_IMPORTED_MODULE_7__/* .createFleetRun */ .CU)(terminal, async (signal, voice) => {
        const wanted = (0,_options_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readValue */ .wK)({ values: given.values, label: _terminal_arguments_js__WEBPACK_IMPORTED_MODULE_5__/* .labelOf */ .Wy }, 'shards');
        const input = (0,_fleet_verb_js__WEBPACK_IMPORTED_MODULE_7__/* .readPrepareInput */ .Ou)(given, terminal, { signal, voice, depth: 'names', discovers: true });
        const { mirrors, discovered, shardKeys } = await (0,_fleet_prepare_js__WEBPACK_IMPORTED_MODULE_0__/* .prepareFleet */ .m)(input);
        const count = Math.min(_fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_2__/* .MOST_SHARDS */ .Y, wanted ?? Math.max(1, (0,_fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_2__/* .defaultShardCount */ .hw)(shardKeys.length)));
        for (const { name, labels, paused, shardKey } of mirrors) {
            terminal.stdout.write(`${JSON.stringify({ name, shard: (0,_fleet_shard_shard_js__WEBPACK_IMPORTED_MODULE_2__/* .shardOf */ .IS)(shardKey, count), labels, paused })}\n`);
        }
        for (const { name, drafts, skipped, error, refused } of discovered) {
            const left = (0,_fleet_discover_filter_js__WEBPACK_IMPORTED_MODULE_8__/* .describeSkipped */ .At)(skipped);
            if (error !== undefined)
                voice.printer().line(`discover ${name}: failed: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .describeMessage */ .Xc)(error)}`);
            else
                voice
                    .printer()
                    .line(`discover ${name}: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .formatPlural */ .yk)(drafts.length, 'mirror')}${left === '' ? '' : `; ${left}`}`);
            for (const reason of refused)
                voice.printer().line(`discover ${name}: ${reason}`);
        }
        if (given.flags.has('matrix')) {
            const matrix = (0,_fleet_shard_matrix_js__WEBPACK_IMPORTED_MODULE_1__/* .makeMatrix */ .E)(shardKeys, count);
            terminal.stdout.write(`${matrix === undefined ? '' : JSON.stringify(matrix)}\n`);
        }
        return discovered.every(({ error, refused }) => error === undefined && refused.length === 0)
            ? _terminal_command_js__WEBPACK_IMPORTED_MODULE_6__/* .EXIT_OK */ .Ij
            : _terminal_command_js__WEBPACK_IMPORTED_MODULE_6__/* .EXIT_FAILED */ .hj;
    });
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
