export const id = 6785;
export const ids = [6785];
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

/***/ 27085:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NP: () => (/* binding */ renderConfigError),
/* harmony export */   RO: () => (/* binding */ namePlace),
/* harmony export */   ig: () => (/* binding */ comparePlaces),
/* harmony export */   xL: () => (/* binding */ ConfigError)
/* harmony export */ });
/* unused harmony export MOST_COMPLAINTS */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62867);


/** `line 5`, or `more.yml:5` where there are several files. */
function namePlace({ file, line }) {
    return file === undefined ? `line ${line}` : `${file}:${line}`;
}
/** More mistakes are counted, and not told one by one. */
const MOST_COMPLAINTS = 50;
/** Everything that is wrong with a config file, at once and in the order of the file. */
class ConfigError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En {
    /** Printable path of the file, or of the folder or the first of several; `config` for an inline one. */
    file;
    complaints;
    /** Mistakes beyond `MOST_COMPLAINTS`. */
    leftOut;
    constructor(file, complaints) {
        const sorted = complaints.toSorted(comparePlaces);
        const told = sorted.slice(0, MOST_COMPLAINTS);
        const count = complaints.length;
        super(`${file}: ${count === 1 ? 'one mistake' : `${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(count)} mistakes`}; nothing was touched`, {
            code: 'usage',
            hint: 'Mend the file, and see it checked with: check CONFIG',
        });
        this.file = file;
        this.complaints = told;
        this.leftOut = count - told.length;
    }
}
/** In the order of the files and of what stands in them. */
function comparePlaces(a, b) {
    const [one = '', other = ''] = [a.file, b.file];
    return (one < other ? -1 : one > other ? 1 : 0) || a.line - b.line || a.column - b.column;
}
/** `mirrors.yml:8:5  unknown key "prun". Did you mean "prune"?`, a line for each mistake. */
function renderConfigError(error) {
    const lines = error.complaints.map(({ file = error.file, line, column, text, hint }) => `${file}:${line}:${column}  ${text}${hint === undefined ? '' : `. ${hint}`}`);
    return error.leftOut === 0 ? lines : [...lines, `${error.file}: … and ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .formatCount */ .B4)(error.leftOut)} more`];
}


/***/ }),

/***/ 24750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g$: () => (/* binding */ tooLarge),
/* harmony export */   gM: () => (/* binding */ readYaml),
/* harmony export */   zX: () => (/* binding */ MOST_CONFIG_BYTES)
/* harmony export */ });
/* harmony import */ var _config_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27085);

/** Bytes. 50,000 mirrors of 80 bytes each. */
const MOST_CONFIG_BYTES = 4 * 1024 * 1024;
/** Values that a file may have when every anchor is unfolded. */
const MOST_VALUES = 2_000_000;
const MOST_DEPTH = 50;
/** Open brackets in the text before it is parsed. */
const MOST_BRACKETS = 500;
/** The library's own messages may quote a line, and a line may hold a secret. */
const WORDS = {
    TAB_AS_INDENT: 'a tab indents this line: YAML takes spaces only',
    MULTIPLE_DOCS: 'a second document begins here: a config is one document',
    TAG_RESOLVE_FAILED: 'a tag (!…) has no meaning here',
    NON_STRING_KEY: 'a key must be text',
    BAD_INDENT: 'the indentation does not fit what stands above',
    MISSING_CHAR: 'a character is missing, such as a bracket, a quote, a comma or a colon',
    UNEXPECTED_TOKEN: 'something stands here that YAML does not allow at this place',
    BAD_SCALAR_START: 'a plain value cannot begin like this: put it in quotes',
    BAD_DQ_ESCAPE: 'a backslash in double quotes begins no escape: use single quotes',
    BAD_ALIAS: 'an alias (*…) has no name',
    MULTILINE_IMPLICIT_KEY: 'a key or a colon is missing, or a quote is not closed',
    BLOCK_AS_IMPLICIT_KEY: 'a mapping cannot begin on this line: a key, a value or an indentation is missing',
    KEY_OVER_1024_CHARS: 'a key is longer than 1,024 characters',
    RESOURCE_EXHAUSTION: 'values are nested too deep',
};
const TWICE = 'this key stands twice in one mapping';
/**
 * Reads one YAML 1.2 document, strictly: no tags, no merge keys, no second document.
 * @throws ConfigError with every mistake
 */
async function readYaml(text, name) {
    if (Buffer.byteLength(text) > MOST_CONFIG_BYTES) {
        throw tooLarge(name);
    }
    const yaml = await __webpack_require__.e(/* import() */ 8815).then(__webpack_require__.t.bind(__webpack_require__, 38815, 19));
    const lines = new yaml.LineCounter();
    const document = parse(yaml, text.replace(/^\ufeff/, ''), name, lines);
    const reading = { yaml, lines, complaints: [], anchors: new Map(), targets: new Map() };
    for (const { code, pos } of [...document.errors, ...document.warnings]) {
        complain(reading, pos[0], WORDS[code] ?? 'this is not YAML');
    }
    if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
        complain(reading, 0, 'the file asks for an older YAML: it is read as YAML 1.2');
    }
    const root = document.contents;
    const { value, size } = convert(reading, root, 0);
    if (size > MOST_VALUES)
        complain(reading, 0, 'anchors unfold to more values than a fleet needs');
    if (reading.complaints.length > 0)
        throw new _config_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL(name, reading.complaints);
    return {
        name,
        value,
        place: (path, part = 'value') => findPlace(reading, root, path, part),
    };
}
/** A config that was not read for its size. */
function tooLarge(name) {
    const text = 'a config file has at most 4 MiB';
    const hint = 'Let `discover` find the repositories, or split the fleet into several files';
    return new _config_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL(name, [{ line: 1, column: 1, text, hint }]);
}
function parse(yaml, text, name, lineCounter) {
    try {
        // Deep nesting takes the library a long time, and at the end of the stack it takes Node down.
        if (nestsTooDeep(text))
            throw new RangeError();
        return yaml.parseDocument(text, {
            lineCounter,
            prettyErrors: false,
            schema: 'core',
            resolveKnownTags: false,
            stringKeys: true,
            // Compares each key with all before it; `convertMap` does it in linear time.
            uniqueKeys: false,
            logLevel: 'error',
        });
    }
    catch {
        throw new _config_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ConfigError */ .xL(name, [{ line: 1, column: 1, text: 'values are nested too deep' }]);
    }
}
/** By the brackets and the indicators of one line; quotes are not looked at, so the limit is far from any real file. */
function nestsTooDeep(text) {
    if (/(?:[-?:][ \t]+){100}|^ {400}/m.test(text))
        return true;
    let depth = 0;
    for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === 0x5b || code === 0x7b)
            depth++;
        else if ((code === 0x5d || code === 0x7d) && depth > 0)
            depth--;
        if (depth > MOST_BRACKETS)
            return true;
    }
    return false;
}
const NOTHING = { value: null, size: 1 };
/** Not the library's `toJS`: it looks an alias up from the top each time, and takes a hundred of one for an attack. */
function convert(reading, node, depth) {
    const { yaml } = reading;
    if (node === null)
        return NOTHING;
    if (depth > MOST_DEPTH) {
        complain(reading, startOf(node), 'values are nested too deep');
        return NOTHING;
    }
    if (yaml.isAlias(node))
        return followAlias(reading, node);
    const converted = yaml.isMap(node)
        ? convertMap(reading, node, depth)
        : yaml.isSeq(node)
            ? convertList(reading, node, depth)
            : { value: yaml.isScalar(node) ? node.value : null, size: 1 };
    if ('anchor' in node && node.anchor !== undefined)
        reading.anchors.set(node.anchor, { ...converted, node });
    return converted;
}
function followAlias(reading, alias) {
    const found = reading.anchors.get(alias.source);
    if (found === undefined) {
        complain(reading, startOf(alias), 'an alias (*…) names no anchor (&…) that stands before it', 'Put a value that begins with * in quotes.');
        return NOTHING;
    }
    reading.targets.set(alias, found.node);
    return found;
}
function convertMap(reading, map, depth) {
    const value = {};
    let size = 1;
    for (const pair of map.items) {
        const key = keyOf(reading, pair);
        if (Object.hasOwn(value, key))
            complain(reading, startOf(pair.key), TWICE);
        if (key === '<<') {
            complain(reading, startOf(pair.key), 'merge keys (<<) are not read', 'Use `defaults`.');
            continue;
        }
        const converted = convert(reading, pair.value, depth + 1);
        size += converted.size;
        // Not an assignment: `__proto__` is a key like any other.
        Object.defineProperty(value, key, { value: converted.value, enumerable: true, configurable: true });
    }
    return { value, size };
}
function convertList(reading, list, depth) {
    const value = [];
    let size = 1;
    for (const item of list.items) {
        const converted = convert(reading, item, depth + 1);
        size += converted.size;
        value.push(converted.value);
    }
    return { value, size };
}
function keyOf({ yaml }, pair) {
    return yaml.isScalar(pair.key) ? String(pair.key.value) : '';
}
function findPlace(reading, root, path, part) {
    const { yaml, targets } = reading;
    let node = root;
    let offset = startOf(root);
    for (const [depth, step] of path.entries()) {
        const whole = node !== null && yaml.isAlias(node) ? targets.get(node) : node;
        if (whole && yaml.isMap(whole)) {
            const pair = whole.items.find((item) => keyOf(reading, item) === step);
            if (pair === undefined)
                break;
            node = pair.value;
            const isKey = node === null || (part === 'key' && depth === path.length - 1);
            offset = startOf(isKey ? pair.key : node);
        }
        else if (whole && yaml.isSeq(whole) && typeof step === 'number' && step < whole.items.length) {
            node = whole.items[step];
            if (node !== null)
                offset = startOf(node);
        }
        else
            break;
    }
    return placeAt(reading, offset);
}
function startOf(node) {
    return node?.range?.[0] ?? 0;
}
function placeAt({ lines }, offset) {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
}
function complain(reading, offset, text, hint) {
    reading.complaints.push({ ...placeAt(reading, offset), text, hint });
}


/***/ }),

/***/ 97653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   At: () => (/* binding */ describeSkipped),
/* harmony export */   Ll: () => (/* binding */ makeGlobMatcher),
/* harmony export */   t9: () => (/* binding */ filterRepositories)
/* harmony export */ });
/** Whether a text matches one of the globs: `*` within a part of a path, `**` across; case does not count. */
async function makeGlobMatcher(globs) {
    const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
    return picomatch([...globs], { dot: true, nocase: true, nonegate: true, windows: false });
}
/** What `include`, `exclude`, `archived` and `forks` leave; `exclude` wins. Empty repositories have nothing to mirror. */
async function filterRepositories(found, discover) {
    // Not `**`: a glob matches no name that could lead out of a folder, and such a name is to be told.
    const include = discover['include'] === undefined ? () => true : await makeGlobMatcher(listOf(discover['include']));
    const exclude = await makeGlobMatcher(listOf(discover['exclude'] ?? []));
    const skipped = { excluded: 0, archived: 0, forks: 0, empty: 0 };
    const kept = found.filter(({ path, archived, fork, empty }) => {
        const reason = !include(path) || exclude(path)
            ? 'excluded'
            : archived && discover['archived'] !== true
                ? 'archived'
                : fork && discover['forks'] !== true
                    ? 'forks'
                    : empty
                        ? 'empty'
                        : undefined;
        if (reason !== undefined)
            skipped[reason]++;
        return reason === undefined;
    });
    return { kept, skipped };
}
/** `3 excluded, 1 archived`; empty where nothing was left out. */
function describeSkipped(skipped) {
    const words = [
        ['excluded', 'excluded'],
        ['archived', 'archived'],
        ['forks', 'forks'],
        ['empty', 'empty'],
    ];
    return words
        .filter(([key]) => skipped[key] > 0)
        .map(([key, word]) => `${skipped[key]} ${word}`)
        .join(', ');
}
function listOf(value) {
    return typeof value === 'string' ? [value] : value;
}


/***/ }),

/***/ 14662:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L4: () => (/* binding */ stateOf),
/* harmony export */   ak: () => (/* binding */ countRound),
/* harmony export */   fs: () => (/* binding */ changesOf),
/* harmony export */   u1: () => (/* binding */ findTroubles)
/* harmony export */ });
function stateOf({ ok, skipped, unpushed, result }) {
    if (unpushed === true)
        return 'unpushed';
    if (skipped !== null)
        return ok ? 'paused' : 'skipped';
    const statuses = new Set((result?.destinations ?? []).map(({ status }) => status));
    if (!ok) {
        const isRejected = result?.error === null && !statuses.has('failed') && statuses.has('rejected');
        return isRejected ? 'rejected' : 'failed';
    }
    return changesOf(result?.destinations ?? []) > 0 ? 'changed' : 'unchanged';
}
function countRound({ mirrors }) {
    const counts = {
        changed: 0,
        unchanged: 0,
        failed: 0,
        rejected: 0,
        skipped: 0,
        paused: 0,
        unpushed: 0,
        refs: 0,
        bytes: 0,
    };
    for (const mirror of mirrors) {
        counts[stateOf(mirror)]++;
        const destinations = mirror.result?.destinations ?? [];
        counts.refs += changesOf(destinations);
        for (const { figures } of destinations)
            counts.bytes += figures.packBytes;
    }
    return { mirrors: mirrors.length, ...counts };
}
function changesOf(destinations) {
    return destinations.reduce((sum, { changed }) => sum + changed.length, 0);
}
/** What failed, by cause: the cause that hit most comes first. A thousand mirrors of a dead host are one trouble. */
function findTroubles({ mirrors, discoveries }) {
    const troubles = new Map();
    const add = (name, cause, remedy) => {
        const key = `${cause}\n${remedy}`;
        const found = troubles.get(key) ?? { cause, remedy, names: [] };
        if (!found.names.includes(name))
            found.names.push(name);
        troubles.set(key, found);
    };
    for (const discovery of discoveries)
        addDiscovery(discovery, add);
    for (const mirror of mirrors)
        if (!mirror.ok)
            addMirror(mirror, add);
    return [...troubles.values()].toSorted((a, b) => b.names.length - a.names.length);
}
function addDiscovery({ discovery, error, refused }, add) {
    const name = `discover ${discovery}`;
    if (error !== null)
        add(name, error.message, error.hint ?? undefined);
    for (const reason of refused)
        add(name, reason, 'Leave it out with exclude, or rename it.');
}
function addMirror({ name, skipped, result }, add) {
    if (skipped !== null)
        return add(name, `not tried: ${skipped}`, undefined);
    const errors = [];
    for (const error of [result?.error ?? null, ...(result?.destinations ?? []).map(({ error }) => error)]) {
        if (error !== null && !errors.some(({ message }) => message === error.message))
            errors.push(error);
    }
    for (const { message, hint, side } of errors) {
        add(name, side === null ? message : `${side}: ${message}`, hint ?? undefined);
    }
    for (const { rejected } of result?.destinations ?? []) {
        const hard = rejected.filter(({ warning }) => !warning);
        for (const reason of new Set(hard.map(({ reason }) => reason))) {
            const { advice } = hard.find((ref) => ref.reason === reason);
            add(name, `refs rejected: ${reason}`, advice ?? undefined);
        }
    }
}


/***/ }),

/***/ 5214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ joinReports)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86815);


/**
 * One report of the files of all shards. A shard that has no file, and a file that has no end, are failures: what died
 * did not mirror.
 * @throws MirrorError `usage` for a file that holds something else, by its name and line
 */
function joinReports(files) {
    const mirrors = new Map();
    const discoveries = new Map();
    const ends = [];
    const missing = [];
    for (const file of files) {
        const read = readReport(file);
        for (const line of read.mirrors) {
            const before = mirrors.get(line.name);
            // A name that stands in two files was run twice: what failed once is not well.
            if (before === undefined || before.ok)
                mirrors.set(line.name, line);
        }
        for (const line of read.discoveries) {
            const before = discoveries.get(line.discovery);
            if (before === undefined || before.ok)
                discoveries.set(line.discovery, line);
        }
        if (read.end === undefined)
            missing.push(`${file.name} ends in the middle: its round did not`);
        else
            ends.push(read.end);
    }
    missing.push(...findMissingShards(ends));
    const all = [...mirrors.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const found = [...discoveries.values()];
    return {
        mirrors: all,
        discoveries: found,
        missing,
        ok: missing.length === 0 && all.every(({ ok }) => ok) && found.every(({ ok }) => ok),
        dryRun: ends.length > 0 && ends.every(({ dryRun }) => dryRun),
        seconds: Math.max(0, ...ends.map(({ seconds }) => seconds)),
    };
}
/** Each shard knows which others have something to do. */
function findMissingShards(ends) {
    const counts = new Set(ends.flatMap(({ shard }) => shard?.split('/')[1] ?? []));
    if (counts.size > 1)
        return [`the files are of rounds with ${[...counts].join(' and ')} shards`];
    const [count] = counts;
    if (count === undefined)
        return [];
    const there = new Set(ends.map(({ shard }) => Number(shard?.split('/')[0])));
    const wanted = new Set(ends.flatMap(({ filled }) => filled));
    return [...wanted]
        .filter((index) => !there.has(index))
        .toSorted((a, b) => a - b)
        .map((index) => `shard ${index}/${count} left no report`);
}
function readReport({ name, text }) {
    const mirrors = [];
    const discoveries = [];
    let end;
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
        if (line.trim() === '')
            continue;
        // The last line of a process that was killed.
        const isCut = index === lines.length - 1;
        const value = parseLine(line);
        if (value === undefined && isCut)
            continue;
        if (isLine(value, 'round'))
            end = value['round'];
        else if (isLine(value, 'name'))
            mirrors.push(value);
        else if (isLine(value, 'discovery'))
            discoveries.push(value);
        else {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(name, 300)}:${index + 1}: this is no line of a report`, {
                code: 'usage',
                hint: 'Give the files that `round --jsonl FILE` wrote.',
            });
        }
    }
    return { mirrors, discoveries, end };
}
function parseLine(line) {
    try {
        return JSON.parse(line);
    }
    catch {
        return undefined;
    }
}
const KINDS = { round: 'object', name: 'string', discovery: 'string' };
function isLine(value, key) {
    if (typeof value !== 'object' || value === null)
        return false;
    const record = value;
    const hasFlag = key === 'round' || typeof record['ok'] === 'boolean';
    return typeof record[key] === KINDS[key] && record[key] !== null && hasFlag;
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

/***/ 31840:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IS: () => (/* binding */ shardOf),
/* harmony export */   Xy: () => (/* binding */ readShard),
/* harmony export */   Y: () => (/* binding */ MOST_SHARDS),
/* harmony export */   hw: () => (/* binding */ defaultShardCount)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26039);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);


/** GitHub runs no job of a matrix that has more. */
const MOST_SHARDS = 256;
const DEFAULT_MOST_SHARDS = 64;
const MIRRORS_PER_SHARD = 50;
/** For Kubernetes and others that run more at once than a matrix may have jobs. */
const MOST_PARTS = 100_000;
/** The shard, from 1, in which a name is: the same wherever it is asked, whatever other names there are. */
function shardOf(name, count) {
    const hash = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_1__/* .loadCrypto */ .Q)().createHash('sha256').update(name).digest();
    return (hash.readUInt32BE(0) % count) + 1;
}
/** How many shards a matrix has for so many mirrors, where nobody says it. */
function defaultShardCount(mirrors) {
    return Math.min(DEFAULT_MOST_SHARDS, Math.ceil(mirrors / MIRRORS_PER_SHARD));
}
/** Variables by which engines tell a process which of several it is. */
const ENGINES = [
    { index: 'JOB_COMPLETION_INDEX', first: 0, count: ['KALANDRA_SHARDS'] },
    { index: 'CI_NODE_INDEX', first: 1, count: ['CI_NODE_TOTAL'] },
    { index: 'AWS_BATCH_JOB_ARRAY_INDEX', first: 0, count: ['AWS_BATCH_JOB_ARRAY_SIZE', 'KALANDRA_SHARDS'] },
    { index: 'NOMAD_ALLOC_INDEX', first: 0, count: ['KALANDRA_SHARDS'] },
];
/**
 * Reads `I/N`, or `auto` by the variables of Kubernetes (Indexed Job), GitLab CI (`parallel`), AWS Batch and Nomad.
 * @throws MirrorError `usage` that names `label`
 */
function readShard(text, env, label) {
    if (text.trim().toLowerCase() === 'auto')
        return readAuto(env, label);
    const parts = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim());
    const index = Number(parts?.[1]);
    const count = Number(parts?.[2]);
    if (index >= 1 && index <= count && count <= MOST_PARTS)
        return { index, count };
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: this is not a shard`, {
        code: 'usage',
        hint: 'Write I/N, such as 3/20 for the third of twenty, or auto.',
    });
}
function readAuto(env, label) {
    const engine = ENGINES.find(({ index }) => (env[index] ?? '') !== '');
    if (engine === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: auto finds none of ${ENGINES.map(({ index }) => index).join(', ')}`, {
            code: 'usage',
            hint: 'Write I/N where no engine says which part of the fleet a process has.',
        });
    }
    const named = engine.count.find((name) => (env[name] ?? '') !== '');
    const index = readWhole(env, engine.index, label) + 1 - engine.first;
    const count = named === undefined ? Number.NaN : readWhole(env, named, label);
    if (named === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: auto finds ${engine.index}, and not ${engine.count[0]}`, {
            code: 'usage',
            hint: `Set ${engine.count.at(-1)} to the number of shards.`,
        });
    }
    if (index >= 1 && index <= count && count <= MOST_PARTS)
        return { index, count };
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: ${engine.index} is ${env[engine.index]}, and ${named} is ${env[named]}`, {
        code: 'usage',
        hint: 'There are fewer shards than processes: give both the same number.',
    });
}
function readWhole(env, name, label) {
    const text = env[name]?.trim() ?? '';
    if (/^\d{1,6}$/.test(text))
        return Number(text);
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label}: ${name} is not a whole number`, { code: 'usage' });
}


/***/ }),

/***/ 12864:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Po: () => (/* binding */ pickConfigs),
/* harmony export */   Wx: () => (/* binding */ readConfigFiles),
/* harmony export */   a5: () => (/* binding */ inlineConfig),
/* harmony export */   e6: () => (/* binding */ readConfigPath),
/* harmony export */   mO: () => (/* binding */ isInline)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86815);
/* harmony import */ var _config_read_yaml_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(24750);





/** Whether an input is the text of a config, and no list of paths: one of its lines has a key. */
function isInline(config) {
    return config.split(/\r\n|\r|\n/).some((line) => /^[^#]*:(?:\s|$)|^\s*[{[]/.test(line));
}
/** A config that stands in the input itself; relative paths in it begin at `folder`. */
function inlineConfig(text, folder) {
    return { text, name: 'config', folder };
}
/**
 * Reads config files; of a folder those that end in `.yml` or `.yaml`, in the order of their names. Relative paths in a
 * file begin at its own folder.
 * @throws MirrorError `usage` that names the path; with `cause.code` of the system
 */
function readConfigFiles(paths, folder = process.cwd()) {
    return paths.flatMap((path) => readConfigPath(path, folder));
}
/** One of them. @throws MirrorError as `readConfigFiles` */
function readConfigPath(path, folder) {
    try {
        const whole = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) ? path : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, path);
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(whole).isDirectory())
            return [readConfigFile(path, whole)];
        const names = pickConfigs((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(whole), path);
        return names.map((name) => readConfigFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(whole, name)));
    }
    catch (thrown) {
        if (thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En)
            throw thrown;
        const code = thrown.code ?? 'no reason given';
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 300)}: the file can't be read (${code})`, {
            code: 'usage',
            hint: 'Give the path of a config file, or of a folder of them.',
            cause: thrown,
        });
    }
}
/** The config files among the names of a folder, sorted. @throws MirrorError `usage` where there is none */
function pickConfigs(names, folder) {
    const found = names.filter((name) => /^[^.].*\.ya?ml$/i.test(name)).toSorted();
    if (found.length > 0)
        return found;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(folder, 300)}: this folder has no config file`, {
        code: 'usage',
        hint: 'Its files have to end in .yml or .yaml.',
    });
}
function readConfigFile(path, whole) {
    const name = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 300);
    return { text: readLimited(whole, name), name, folder: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(whole)) };
}
function readLimited(path, name) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'r');
    try {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor).size > _config_read_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .MOST_CONFIG_BYTES */ .zX)
            throw (0,_config_read_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .tooLarge */ .g$)(name);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(descriptor, 'utf8');
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}


/***/ }),

/***/ 69517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ readReportFiles)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(86815);
/* harmony import */ var _discover_filter_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(97653);





/** Folders below the one where a pattern begins. */
const MOST_DEPTH = 8;
/**
 * Reads the reports that paths and globs name.
 * @throws MirrorError `usage` for one that names nothing: a report that stays away is a failure
 */
async function readReportFiles(patterns, folder = process.cwd()) {
    const paths = new Set();
    for (const pattern of patterns) {
        const found = /[*?[{]/.test(pattern) ? await findFiles(pattern, folder) : [pattern];
        if (found.length === 0)
            throw missingFile(pattern, 'there is no such file');
        for (const path of found)
            paths.add(path);
    }
    return [...paths].map((path) => readFile(path, folder));
}
function readFile(path, folder) {
    try {
        return {
            name: (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(path, 300),
            text: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(path) ? '/' : folder, path), 'utf8'),
        };
    }
    catch (thrown) {
        const { code = 'no reason given' } = thrown;
        throw missingFile(path, `the file can't be read (${code})`);
    }
}
function missingFile(path, problem) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(path, 300)}: ${problem}`, {
        code: 'usage',
        hint: 'Give the files that rounds wrote; where one is missing, its shard failed.',
    });
}
async function findFiles(pattern, folder) {
    const plain = pattern.replaceAll('\\', '/').replace(/^\.\//, '');
    const matches = await (0,_discover_filter_js__WEBPACK_IMPORTED_MODULE_4__/* .makeGlobMatcher */ .Ll)([plain]);
    const start = plain.replace(/[^/]*[*?[{].*$/s, '').replace(/\/$/, '');
    const found = [];
    const walk = (below, depth) => {
        for (const entry of listFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(below) ? below : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, below))) {
            const path = below === '' ? entry.name : `${below}/${entry.name}`;
            if (entry.isDirectory() && depth < MOST_DEPTH)
                walk(path, depth + 1);
            else if (entry.isFile() && matches(path))
                found.push(path);
        }
    };
    walk(start, 0);
    return found.toSorted();
}
function listFolder(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(path, { withFileTypes: true });
    }
    catch {
        return [];
    }
}


/***/ })

};
