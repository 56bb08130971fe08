export const id = 7783;
export const ids = [7783];
export const modules = {

/***/ 67783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCheckRun: () => (/* binding */ createCheckRun)
});

// EXTERNAL MODULE: ./build/fleet/prepare.js + 12 modules
var prepare = __webpack_require__(50980);
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


/***/ })

};
