export const id = 4960;
export const ids = [4960];
export const modules = {

/***/ 62903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  jK: () => (/* binding */ createMirrorRun),
  CF: () => (/* binding */ createOptionsRun),
  B1: () => (/* binding */ readAddresses)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 19 modules
var mirror = __webpack_require__(57206);
// EXTERNAL MODULE: ./build/options/read-fleet-options.js
var read_fleet_options = __webpack_require__(73315);
// EXTERNAL MODULE: ./build/options/read-options.js + 4 modules
var read_options = __webpack_require__(67566);
// EXTERNAL MODULE: ./build/options/secrets.js
var options_secrets = __webpack_require__(93588);
// EXTERNAL MODULE: ./build/report/recorder.js
var report_recorder = __webpack_require__(80397);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/cli/terminal/arguments.js
var terminal_arguments = __webpack_require__(85822);
// EXTERNAL MODULE: ./build/cli/terminal/command.js
var command = __webpack_require__(10331);
// EXTERNAL MODULE: ./build/cli/terminal/print.js
var print = __webpack_require__(53473);
// EXTERNAL MODULE: ./build/base/steps.js
var steps = __webpack_require__(24779);
// EXTERNAL MODULE: ./build/base/turns.js
var turns = __webpack_require__(19464);
// EXTERNAL MODULE: ./build/report/result-json.js
var result_json = __webpack_require__(51157);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/report/group-advice.js
var group_advice = __webpack_require__(11605);
;// CONCATENATED MODULE: ./build/cli/terminal/report.js




/**
 * The result for a person, in lines: changed and rejected refs by destination, the verdict last.
 * @param most refs of a list; by default all
 */
function* renderReport(result, most = Number.POSITIVE_INFINITY) {
    for (const destination of result.destinations)
        for (const line of renderDestination(destination, result, most))
            yield (0,printable/* muteLine */.WB)(line);
    yield (0,printable/* muteLine */.WB)(`${(0,wording/* hasEmptyScope */.gj)(result) ? 'warning: ' : ''}${(0,wording/* describeVerdict */.XZ)(result)}`);
    if (result.error)
        for (const line of renderError(result.error))
            yield (0,printable/* muteLine */.WB)(line);
}
function* renderDestination(destination, result, most) {
    const { changed, rejected } = destination;
    yield `${(0,printable/* printableLine */.oy)(destination.destination, 300)}: ${(0,wording/* describeDestination */.aC)(destination)}`;
    for (const [at, change] of changed.entries()) {
        if (at >= most)
            break;
        yield `  ${renderChange(change)}`;
    }
    if (changed.length > most)
        yield `  … and ${(0,wording/* formatPlural */.yk)(changed.length - most, 'more ref')} changed`;
    const lfs = (0,wording/* describeLfs */.FP)(destination);
    if (lfs !== undefined)
        yield `  carried ${lfs}`;
    for (const { advice, refs } of (0,group_advice/* groupAdvice */.A)(rejected.length > most ? rejected.slice(0, most) : rejected)) {
        for (const ref of refs) {
            yield `  x ${(0,printable/* printableLine */.oy)(ref.ref, 300)}: ${ref.action} rejected: ${(0,printable/* printableLine */.oy)(ref.reason, 500)}`;
        }
        if (advice !== undefined)
            yield `    ${(0,printable/* printableLine */.oy)(advice, 1000)}`;
    }
    if (rejected.length > most)
        yield `  … and ${(0,wording/* formatPlural */.yk)(rejected.length - most, 'more ref')} rejected`;
    const leftovers = (0,wording/* describeLeftovers */.c5)(destination);
    for (const warning of [...destination.warnings, ...(leftovers === undefined ? [] : [leftovers])]) {
        yield `  warning: ${(0,printable/* printableLine */.oy)(warning, 1000)}`;
    }
    const { error } = destination;
    if (error && error.message !== result.error?.message)
        for (const line of renderError(error))
            yield `  ${line}`;
}
function renderChange(change) {
    return `${wording/* ACTION_SIGNS */.mX[change.action]} ${(0,printable/* printableLine */.oy)(change.ref, 300)} ${change.action} ${(0,wording/* describeIds */.Sh)(change)}`;
}
function renderError(error) {
    return [
        ...(0,wording/* describeServerText */.wb)(error).map((line) => (0,printable/* printableLine */.oy)(line, 1000)),
        ...(error.hint === undefined ? [] : [`What to do: ${(0,printable/* printableLine */.oy)(error.hint, 1000)}`]),
    ];
}

;// CONCATENATED MODULE: ./build/cli/terminal/print-result.js






/** Refs of a list that are printed of a run that has to end at once. */
const REFS_OF_A_CANCELLED_RUN = 1000;
/**
 * Prints the result in turns, since it may be millions of refs. Of a run that was cancelled it prints some of them.
 * @returns whether it was cut short by the signal
 */
async function printResult(result, options) {
    const { terminal, printer, secrets, json, signal } = options;
    const isUrgent = signal === undefined || signal.aborted;
    const most = isUrgent ? REFS_OF_A_CANCELLED_RUN : Number.POSITIVE_INFINITY;
    const write = (text) => terminal.stdout.write((0,redact/* redact */.E$)(text, secrets));
    const isCancelled = async () => {
        if (isUrgent)
            return false;
        await (0,turns/* turn */.wC)();
        return signal.aborted;
    };
    for (const lines of inBlocks(renderReport(result, most))) {
        if (json)
            for (const line of lines)
                printer.line(line);
        else
            write(`${lines.join('\n')}\n`);
        if (lines.length === steps/* STEP_ITEMS */.eK && (await isCancelled()))
            return true;
    }
    if (!json)
        return false;
    let count = 0;
    for (const part of (0,result_json/* renderJsonParts */.xz)(isUrgent ? cutLists(result, most) : result)) {
        write(part);
        if (++count % PARTS_AT_ONCE === 0 && (await isCancelled()))
            return true;
    }
    write('\n');
    return false;
}
/** Parts of JSON that are written before others get a turn. */
const PARTS_AT_ONCE = 8;
function* inBlocks(lines) {
    let block = [];
    for (const line of lines) {
        block.push(line);
        if (block.length < steps/* STEP_ITEMS */.eK)
            continue;
        yield block;
        block = [];
    }
    if (block.length > 0)
        yield block;
}
function cutLists(result, most) {
    return { ...result, destinations: result.destinations.map((given) => cutDestination(given, most)) };
}
function cutDestination(given, most) {
    const { changed, rejected, warnings } = given;
    const left = Math.max(0, changed.length - most) + Math.max(0, rejected.length - most);
    if (left === 0)
        return given;
    const warning = `the run was cancelled: ${(0,wording/* formatPlural */.yk)(left, 'more ref')} changed or were rejected than are listed here`;
    return {
        ...given,
        changed: changed.slice(0, most),
        rejected: rejected.slice(0, most),
        warnings: [...warnings, warning],
    };
}

;// CONCATENATED MODULE: ./build/cli/mirror.js















/**
 * Mirrors the repository of the first argument to those of all others.
 * @throws MirrorError `usage`: addresses are missing, or a file of secrets can't be read
 */
function createMirrorRun(given, terminal) {
    (0,read_fleet_options/* readFleetOptions */.f)({ values: given.values, label: terminal_arguments/* labelOf */.Wy });
    return createOptionsRun(given, terminal, {
        values: readAddresses(given.positionals),
        prepare: ({ read }) => read(),
    });
}
/**
 * A run whose options somebody prepares, with its report and its exit status.
 * @throws MirrorError `usage`: a file of secrets can't be read
 */
function createOptionsRun(given, terminal, { values: positions, prepare }) {
    const values = { ...positions, ...given.values, ...readSecretFiles(given.files) };
    const { secrets } = (0,options_secrets/* collectSecrets */.qb)(values, terminal.env);
    const printer = (0,print/* createPrinter */.F)({ stream: terminal.stderr, secrets, several: given.positionals.length > 2 });
    let recorder;
    let tokens;
    let status;
    /** Without a signal the run has to end at once. */
    async function finish(raw, signal) {
        if (status !== undefined)
            return status;
        const result = (0,redact/* redactResult */.rd)(raw, secrets);
        status = result.ok ? command/* EXIT_OK */.Ij : isWrongUse(result) ? command/* EXIT_USAGE */.Ri : command/* EXIT_FAILED */.hj;
        printer.close();
        const isCut = await printResult(result, {
            terminal,
            printer,
            secrets,
            json: given.flags.has('json'),
            signal,
        });
        if (isCut) {
            printer.line('The run was cancelled while its result was printed.');
            status = command/* EXIT_FAILED */.hj;
        }
        return status;
    }
    async function abandon(error) {
        if (recorder)
            return await finish(recorder.toResult(error));
        if (status !== undefined)
            return status;
        status = (0,command/* statusOf */.c2)(error);
        printer.close();
        printer.line((0,command/* describeError */.Uc)(error));
        return status;
    }
    return {
        async run(signal) {
            try {
                const read = (more = {}) => readArguments(given, { values, env: terminal.env, ...more }, printer);
                const withTokens = async (options) => {
                    tokens ??= await openTokens(options, { signal, secrets, printer });
                    return tokens?.options ?? options;
                };
                const prepared = await prepare({ printer, secrets, signal, read, withTokens });
                if (typeof prepared === 'number')
                    return (status = prepared);
                const options = await withTokens(prepared);
                recorder = (0,report_recorder/* createRecorder */.T)({
                    now: () => performance.now(),
                    source: (0,remote_url/* printUrl */.D1)(options.source.url),
                    destinations: options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)),
                    dryRun: options.dryRun,
                });
                const { reporter: record } = recorder;
                const { reporter: print } = printer;
                return await finish(await (0,mirror/* mirror */.e)(options, (event) => {
                    record(event);
                    print(event);
                }, signal), signal);
            }
            catch (thrown) {
                return await abandon((0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' }));
            }
            finally {
                tokens?.dispose();
            }
        },
        abandon,
    };
}
/** Nothing is loaded where no App gives the tokens. */
async function openTokens(options, { signal, secrets, printer }) {
    if (options.app === undefined)
        return undefined;
    const { openAppTokens } = await __webpack_require__.e(/* import() */ 7554).then(__webpack_require__.bind(__webpack_require__, 67554));
    return await openAppTokens(options, options.app, {
        signal,
        onSecret: (token) => (0,options_secrets/* tokenForms */.py)(token).forEach((text) => (0,redact/* hideFromNowOn */.Uy)(secrets, text)),
        onNotice: (text) => printer.line(text),
        onRequest: options.verbose ? (text) => printer.line(text) : undefined,
    });
}
/** The addresses as the options that they stand for. */
function readAddresses([source = '', ...destinations]) {
    if (destinations.length === 0) {
        throw (0,terminal_arguments/* usage */.CI)(`${source === '' ? 'SOURCE and DESTINATION are' : 'DESTINATION is'} missing`, 'See --help.');
    }
    return { source, destination: destinations.join('\n') };
}
function readArguments(given, input, printer) {
    const { options, notices } = (0,read_options/* readOptions */.T)({
        ...input,
        label: (name) => (given.files.has(name) ? `--${name}-file` : (0,terminal_arguments/* labelOf */.Wy)(name)),
        lineLabel: (name, line) => `${(0,terminal_arguments/* labelOf */.Wy)(name)} ${line}`,
        knownHostsFiles: [(0,external_node_path_.join)((0,external_node_os_.homedir)(), '.ssh', 'known_hosts'), ...given.knownHostsFiles],
        verbose: given.flags.has('verbose'),
    });
    if (given.positionals.some((address) => /:\/\/[^/?#\s]*:[^/?#\s]*@/.test(address))) {
        printer.line('warning: a password in an argument can be read by every user of this machine. See --help.');
    }
    for (const { level, text } of notices)
        printer.line(level === 'warning' ? `warning: ${text}` : text);
    return options;
}
function readSecretFiles(files) {
    return Object.fromEntries([...files].map(([name, path]) => [name, readSecretFile(name, path)]));
}
function readSecretFile(name, path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (thrown) {
        const code = thrown.code ?? 'no reason given';
        throw new errors/* MirrorError */.En(`--${name}-file: the file can't be read (${code})`, {
            code: 'usage',
            hint: 'Give the path of a readable file.',
            cause: thrown,
        });
    }
}
/** Nothing was tried but what the arguments forbid. */
function isWrongUse(result) {
    if (result.error)
        return result.error.code === 'usage';
    const failed = result.destinations.filter(({ status }) => status === 'failed' || status === 'rejected');
    return failed.length > 0 && failed.every(({ error }) => error?.code === 'usage');
}


/***/ }),

/***/ 4960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCommandRun: () => (/* binding */ createCommandRun)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/version.js
var version = __webpack_require__(7844);
// EXTERNAL MODULE: ./build/options/secrets.js
var options_secrets = __webpack_require__(93588);
// EXTERNAL MODULE: ./build/cli/terminal/arguments.js
var terminal_arguments = __webpack_require__(85822);
// EXTERNAL MODULE: ./build/cli/terminal/command.js
var command = __webpack_require__(10331);
// EXTERNAL MODULE: ./build/options/names.js + 3 modules
var names = __webpack_require__(85222);
// EXTERNAL MODULE: ./build/cli/mirror.js + 2 modules
var mirror = __webpack_require__(62903);
;// CONCATENATED MODULE: ./build/cli/verbs.js

/** What an address alone stands for: `SOURCE DESTINATION`. */
const DEFAULT_VERB = 'mirror';
/** The verbs by name. One more is a row here and a file that it loads. */
const VERBS = {
    [DEFAULT_VERB]: {
        usage: 'SOURCE DESTINATION [DESTINATION...]',
        help: 'mirror one repository to others',
        // What nearly every run needs is not loaded late.
        load: () => mirror/* createMirrorRun */.jK,
    },
    doctor: {
        usage: 'SOURCE DESTINATION [DESTINATION...] | CONFIG',
        help: 'say what can be known of a mirror, or of all of a file, without writing anything, one line each with what to do',
        load: async () => (await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(4237), __webpack_require__.e(1585), __webpack_require__.e(6995), __webpack_require__.e(3211), __webpack_require__.e(9432)]).then(__webpack_require__.bind(__webpack_require__, 5222))).createDoctorRun,
    },
    restore: {
        usage: 'DESTINATION [--at TIME] [--refs REFSPEC] [--all]',
        help: 'list what backup has kept at a destination, or bring it back: all of a time, some refs, or the newest of all; ' +
            '--refs may rename, as refs/heads/x:refs/heads/x-old',
        load: async () => (await __webpack_require__.e(/* import() */ 3946).then(__webpack_require__.bind(__webpack_require__, 13946))).createRestoreRun,
    },
    check: {
        usage: 'CONFIG...',
        help: 'read a file of many mirrors, and say what is wrong with it',
        load: async () => (await Promise.all(/* import() | fleet */[__webpack_require__.e(4237), __webpack_require__.e(2560), __webpack_require__.e(3933)]).then(__webpack_require__.bind(__webpack_require__, 67783))).createCheckRun,
    },
    plan: {
        usage: 'CONFIG...',
        help: 'list its mirrors, a line of JSON each',
        load: async () => (await Promise.all(/* import() | fleet */[__webpack_require__.e(4237), __webpack_require__.e(2560), __webpack_require__.e(3933)]).then(__webpack_require__.bind(__webpack_require__, 49890))).createPlanRun,
    },
    round: {
        usage: 'CONFIG...',
        help: 'mirror all of them, or --only some, once',
        load: async () => (await Promise.all(/* import() | fleet */[__webpack_require__.e(4237), __webpack_require__.e(2560), __webpack_require__.e(3933)]).then(__webpack_require__.bind(__webpack_require__, 68880))).createRoundRun,
    },
    report: {
        usage: 'FILE...',
        help: 'join the reports of all shards of a round',
        load: async () => (await Promise.all(/* import() | fleet */[__webpack_require__.e(4237), __webpack_require__.e(2560), __webpack_require__.e(3933)]).then(__webpack_require__.bind(__webpack_require__, 46785))).createReportRun,
    },
    serve: {
        usage: 'CONFIG...',
        help: 'mirror on demand, on push and on schedule, with a page to look at',
        load: async () => (await Promise.all(/* import() */[__webpack_require__.e(5814), __webpack_require__.e(574), __webpack_require__.e(4237), __webpack_require__.e(336)]).then(__webpack_require__.bind(__webpack_require__, 90336))).createServeRun,
    },
    health: {
        usage: '[URL]',
        help: 'whether a server is alive: exit status 0 or 1',
        load: async () => (await __webpack_require__.e(/* import() */ 1791).then(__webpack_require__.bind(__webpack_require__, 1791))).createHealthRun,
    },
};
/** The verb that the arguments begin with, and those behind it. No address is a single word without a slash. */
function splitVerb(args) {
    const [first = '', ...rest] = args;
    return Object.hasOwn(VERBS, first)
        ? { verb: VERBS[first], rest }
        : { verb: VERBS[DEFAULT_VERB], rest: args };
}

;// CONCATENATED MODULE: ./build/cli/help.js



const LINE_WIDTH = 100;
/** Columns before the words of an option. */
const NAME_WIDTH = 28;
const TITLES = {
    what: 'What is mirrored',
    how: 'How',
    fleet: 'Many mirrors of one file',
};
/** What `--help` prints, from the tables of verbs and options. */
function renderHelp() {
    const parts = [
        'Mirrors a Git repository to other servers, without a clone.',
        renderUsage(),
        wrap('SOURCE and DESTINATION are https://, http://, ssh://, git:// or file:// addresses, git@host:path, or ' +
            'absolute paths.', 0),
        ...['what', 'how'].map((group) => renderGroup(TITLES[group], optionsOf(group))),
        `${renderGroup(TITLES.fleet, optionsOf('fleet'))}\n${renderVerbTexts()}`,
        renderAccess(),
        renderFlags(),
        'Exit status: 0 mirrored, 1 failed or rejected, 2 wrong use.',
    ];
    return `${parts.join('\n\n')}\n`;
}
function renderUsage() {
    const program = 'node dist/index.js';
    const plain = `Usage: ${program} ${VERBS[DEFAULT_VERB].usage} [options]`;
    const others = Object.entries(VERBS).filter(([name]) => name !== DEFAULT_VERB);
    if (others.length === 0)
        return plain;
    return [plain, ...others.map(([name, verb]) => entry(`${program} ${name} ${verb.usage}`, verb.help))].join('\n');
}
function optionsOf(group) {
    return names/* OPTION_SPECS */.Fx.filter((spec) => spec.group === group && !/^(position|never)$/.test((0,terminal_arguments/* mannerOf */.Ji)(spec)));
}
function renderVerbTexts() {
    return terminal_arguments/* VERB_TEXTS */.Jh.map(({ name, value, help }) => entry(`--${name} ${value}`, help)).join('\n');
}
function renderGroup(title, specs) {
    return [title, ...specs.map((spec) => entry(nameOf(spec), withDefault(spec)))].join('\n');
}
function nameOf(spec) {
    if (spec.kind === 'switch')
        return spec.default === 'true' ? `--no-${spec.name}` : `--${spec.name}`;
    return `--${spec.name} ${spec.value ?? 'TEXT'}`;
}
function withDefault(spec) {
    if (spec.kind === 'switch' || spec.default === '')
        return spec.help;
    return `${spec.help}; default: ${spec.default.replaceAll('\n', ' and ')}`;
}
/** Keys, tokens and what goes with them. */
function renderAccess() {
    const specs = optionsOf('access');
    const secrets = specs.filter((spec) => (0,terminal_arguments/* mannerOf */.Ji)(spec) === 'secret');
    const width = Math.max(...secrets.map(({ name }) => (0,terminal_arguments/* variableOf */.Qn)(name).length)) + 2;
    const texts = specs.filter((spec) => (0,terminal_arguments/* mannerOf */.Ji)(spec) === 'text');
    const files = specs.filter((spec) => (0,terminal_arguments/* mannerOf */.Ji)(spec) === 'file');
    return [
        'Keys and tokens are never arguments. Each has an environment variable and an option that names a file:',
        ...secrets.map(({ name }) => `  ${(0,terminal_arguments/* variableOf */.Qn)(name).padEnd(width)}--${name}-file PATH`),
        ...files.map(({ name, help }) => entry(`--${name}-file PATH`, help)),
        ...texts.map((spec) => entry(nameOf(spec), withDefault(spec))),
    ].join('\n');
}
function renderFlags() {
    const entries = terminal_arguments/* FLAGS */.Wg.map((flag) => entry(`--${flag.name}${'short' in flag ? `, -${flag.short}` : ''}`, flag.help));
    const texts = terminal_arguments/* VERB_TEXTS */.Jh.map(({ name, value, help }) => entry(`--${name} ${value}`, help));
    return ['Output and verbs', ...texts, ...entries].join('\n');
}
/** A name and its words beside it, or below it where it is long. */
function entry(name, text) {
    const lines = wrap(text, NAME_WIDTH);
    const start = `  ${name}`;
    return start.length < NAME_WIDTH - 1 ? start.padEnd(NAME_WIDTH) + lines.trimStart() : `${start}\n${lines}`;
}
/** Words in lines that end before `LINE_WIDTH`, each with so many spaces before them. */
function wrap(text, indent) {
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        if (line !== '' && indent + line.length + 1 + word.length > LINE_WIDTH) {
            lines.push(line);
            line = '';
        }
        line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line].map((one) => ' '.repeat(indent) + one).join('\n');
}

// EXTERNAL MODULE: ./build/cli/terminal/print.js
var print = __webpack_require__(53473);
;// CONCATENATED MODULE: ./build/cli/run.js








/** The command line: finds the verb, and hands over to it. */
function createCommandRun(input) {
    let started;
    function fail(error) {
        // What is not parsed may hold a secret all the same: an address with its password.
        const { secrets } = (0,options_secrets/* collectSecrets */.qb)({ destination: input.args.join('\n') }, input.env);
        (0,print/* createPrinter */.F)({ stream: input.stderr, secrets, several: false }).line((0,command/* describeError */.Uc)(error));
        return (0,command/* statusOf */.c2)(error);
    }
    return {
        async run(signal) {
            try {
                const { verb, rest } = splitVerb(input.args);
                const given = (0,terminal_arguments/* parseArguments */.We)(rest, input.env);
                if (given.flags.has('help') || given.flags.has('version')) {
                    input.stdout.write(given.flags.has('help') ? renderHelp() : `${version/* VERSION */.x}\n`);
                    return command/* EXIT_OK */.Ij;
                }
                const createRun = await verb.load();
                started = createRun(given, input);
                return await started.run(signal);
            }
            catch (thrown) {
                return fail((0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' }));
            }
        },
        abandon: (error) => started?.abandon(error) ?? fail(error),
        onSignal: (signal) => started?.onSignal?.(signal) ?? false,
    };
}


/***/ }),

/***/ 85822:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CI: () => (/* binding */ usage),
/* harmony export */   Jh: () => (/* binding */ VERB_TEXTS),
/* harmony export */   Ji: () => (/* binding */ mannerOf),
/* harmony export */   Qn: () => (/* binding */ variableOf),
/* harmony export */   We: () => (/* binding */ parseArguments),
/* harmony export */   Wg: () => (/* binding */ FLAGS),
/* harmony export */   Wy: () => (/* binding */ labelOf)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57975);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(86815);
/* harmony import */ var _options_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(85222);




/** What the command line knows beside the options of a run. */
const FLAGS = [
    { name: 'all', help: 'restore: the newest old value of every ref' },
    { name: 'matrix', help: 'plan: a matrix of GitHub Actions as the last line' },
    { name: 'json', help: 'the result as JSON on stdout, everything else on stderr' },
    { name: 'verbose', short: 'v', help: 'show the progress texts of the servers' },
    { name: 'help', short: 'h', help: 'show this' },
    { name: 'version', help: 'show the version' },
];
/** What a verb takes beside them, with a value. */
const VERB_TEXTS = [
    { name: 'at', value: 'TIME', help: 'restore: the old values of one time, as the list has it' },
    { name: 'explain', value: 'NAME', help: 'check: the options of one mirror, and where each comes from' },
    { name: 'jsonl', value: 'FILE', help: 'round: the same as --report-file' },
    { name: 'listen', value: 'HOST:PORT', help: 'serve: where it listens; default: 127.0.0.1:8080' },
    {
        name: 'log-format',
        value: 'FORMAT',
        help: 'serve: json or text; default: text on a terminal, else json',
    },
];
function mannerOf({ commandLine, kind }) {
    if (commandLine)
        return commandLine;
    if (kind === 'secret' || kind === 'switch')
        return kind;
    return kind === 'lines' ? 'texts' : 'text';
}
/**
 * Reads arguments by the table of options.
 * @throws MirrorError `usage`; no message holds a value that may be secret.
 */
function parseArguments(args, env) {
    const { values: parsed, positionals } = parse(args);
    const values = {};
    const files = new Map();
    const knownHostsFiles = [];
    const flags = new Set(FLAGS.map(({ name }) => name).filter((name) => parsed[name] === true));
    for (const spec of _options_names_js__WEBPACK_IMPORTED_MODULE_2__/* .OPTION_SPECS */ .Fx) {
        const { name } = spec;
        const given = parsed[name];
        const file = parsed[`${name}-file`];
        switch (mannerOf(spec)) {
            case 'switch':
                if (given === true)
                    values[name] = 'true';
                if (parsed[`no-${name}`] === true)
                    values[name] = 'false';
                break;
            case 'text':
                if (typeof given === 'string')
                    values[name] = given;
                break;
            case 'texts':
                if (Array.isArray(given))
                    values[name] = given.join('\n');
                break;
            case 'file':
                if (Array.isArray(file))
                    knownHostsFiles.push(...file.map(String));
                break;
            case 'secret': {
                if (given !== undefined && !flags.has('help'))
                    throw secretInSight(name);
                const variable = env[variableOf(name)];
                if (typeof file === 'string')
                    files.set(name, file);
                else if (variable !== undefined && variable !== '')
                    values[name] = variable;
                break;
            }
            case 'position':
            case 'never':
                break;
        }
    }
    const texts = new Map();
    for (const { name } of VERB_TEXTS) {
        const text = parsed[name];
        if (typeof text === 'string')
            texts.set(name, text);
    }
    return { positionals, values, files, knownHostsFiles, flags, texts };
}
/** What the command line calls an option, for messages. */
function labelOf(name) {
    switch (mannerOf((0,_options_names_js__WEBPACK_IMPORTED_MODULE_2__/* .specOf */ .rI)(name))) {
        case 'position':
            return name.toUpperCase();
        case 'file':
            return `--${name}-file`;
        case 'secret':
            return variableOf(name);
        default:
            return `--${name}`;
    }
}
/** The environment variable that may hold a secret. */
function variableOf(name) {
    return `KALANDRA_${name.toUpperCase().replaceAll('-', '_')}`;
}
/** Wrong use of the command line. */
function usage(message, hint) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(message, { code: 'usage', hint });
}
function secretInSight(name) {
    return usage(`--${name} is not taken from the command line, where every user of this machine can read it`, `Put it into the environment variable ${variableOf(name)}, or into a file: --${name}-file PATH.`);
}
function parse(args) {
    const options = {};
    for (const flag of FLAGS) {
        options[flag.name] = { type: 'boolean', ...('short' in flag ? { short: flag.short } : {}) };
    }
    for (const { name } of VERB_TEXTS)
        options[name] = { type: 'string' };
    for (const spec of _options_names_js__WEBPACK_IMPORTED_MODULE_2__/* .OPTION_SPECS */ .Fx)
        Object.assign(options, parserOptions(spec));
    try {
        return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({ args: [...args], options, allowPositionals: true, strict: true });
    }
    catch (thrown) {
        // Node's first sentence names the option and no value; the rest is advice about positionals.
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        throw usage((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(message.split(/\. |\n/)[0] ?? message, 200).replace(/\.$/, ''), 'See --help.');
    }
}
function parserOptions(spec) {
    const { name } = spec;
    switch (mannerOf(spec)) {
        case 'switch':
            return { [name]: { type: 'boolean' }, [`no-${name}`]: { type: 'boolean' } };
        case 'text':
            return { [name]: { type: 'string' } };
        case 'texts':
            return { [name]: { type: 'string', multiple: true } };
        case 'file':
            return { [`${name}-file`]: { type: 'string', multiple: true } };
        case 'secret':
            // Known by its name, too, so that the refusal can say where it belongs.
            return { [name]: { type: 'string' }, [`${name}-file`]: { type: 'string' } };
        case 'position':
        case 'never':
            return {};
    }
}


/***/ }),

/***/ 10331:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ij: () => (/* binding */ EXIT_OK),
/* harmony export */   Ri: () => (/* binding */ EXIT_USAGE),
/* harmony export */   Uc: () => (/* binding */ describeError),
/* harmony export */   c2: () => (/* binding */ statusOf),
/* harmony export */   hj: () => (/* binding */ EXIT_FAILED)
/* harmony export */ });
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);

const EXIT_OK = 0;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
/** An error that ended a command before it had a result: one line, and what to do. */
function describeError(error) {
    return `error: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .describeMessage */ .Xc)(error)}${error.hint === undefined ? '' : `. ${error.hint}`}`;
}
function statusOf(error) {
    return error.code === 'usage' ? EXIT_USAGE : EXIT_FAILED;
}


/***/ }),

/***/ 53473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ createPrinter)
/* harmony export */ });
/* harmony import */ var _report_progress_meter_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(97100);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17234);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62867);



const PLAIN_INTERVAL_MS = 5000;
const LIVE_INTERVAL_MS = 200;
/** UTF-16 units of the longest line. */
const LINE_LENGTH = 2000;
/** Columns of a terminal that does not tell. */
const USUAL_COLUMNS = 80;
const CLEAR_LINE = '\r\u001B[K';
/** Messages of a run: one live line on a terminal, else a plain line every few seconds. */
function createPrinter(options) {
    const { stream, secrets, several } = options;
    const live = stream.isTTY === true;
    const meter = (0,_report_progress_meter_js__WEBPACK_IMPORTED_MODULE_0__/* .createProgressMeter */ .P)(live ? LIVE_INTERVAL_MS : PLAIN_INTERVAL_MS, () => performance.now());
    let shown = '';
    function safe(text, max = LINE_LENGTH) {
        return (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .safeLine */ .om)(text, secrets, max);
    }
    function line(text) {
        stream.write(`${shown === '' ? '' : CLEAR_LINE}${safe(text)}\n`);
        if (shown !== '')
            stream.write(shown);
    }
    function showLive(text) {
        shown = safe(text, Math.max(20, (stream.columns || USUAL_COLUMNS) - 1));
        stream.write(`${CLEAR_LINE}${shown}`);
    }
    function prefix(destination) {
        return several && destination !== undefined ? `[${destination}] ` : '';
    }
    function report(event) {
        switch (event.kind) {
            case 'phase': {
                const text = (0,_report_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .describePhase */ .$8)(event, prefix(event.destination));
                return live ? showLive(text) : line(text);
            }
            case 'progress': {
                const text = meter.update(event.destination, event.bytes, event.objects);
                if (text === undefined)
                    return;
                const whole = `${prefix(event.destination)}${text}`;
                return live ? showLive(whole) : line(whole);
            }
            case 'lfs-progress': {
                const text = meter.updateLfs(event);
                if (text === undefined)
                    return;
                const whole = `${prefix(event.destination)}${text}`;
                return live ? showLive(whole) : line(whole);
            }
            case 'server-text':
                return line(`${prefix(event.server)}${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_2__/* .describeServerLine */ .L5)(event)}`);
            case 'notice':
                return line(`${prefix(event.destination)}${event.level === 'warning' ? 'warning: ' : ''}${event.text}`);
            case 'changed':
            case 'rejected':
                // The report at the end has them all.
                return;
        }
    }
    return {
        reporter: report,
        line,
        close() {
            if (shown !== '')
                stream.write(CLEAR_LINE);
            shown = '';
        },
    };
}


/***/ }),

/***/ 51157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L6: () => (/* binding */ toResultJson),
/* harmony export */   gf: () => (/* binding */ toErrorJson),
/* harmony export */   xz: () => (/* binding */ renderJsonParts)
/* harmony export */ });
/* unused harmony export renderJson */
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);

/** Goes up when a field goes away or changes its meaning; new fields may come at any time. */
const RESULT_VERSION = 1;
/** The result as JSON in ASCII, so that nothing in it reaches a terminal or a runner as more than text. */
function renderJson(result) {
    return [...renderJsonParts(result)].join('');
}
/** Entries of a list in one part. */
const ENTRIES_IN_A_PART = 1000;
/** Spaces before the entries of a destination's lists. */
const ENTRY_INDENT = 8;
/** As `renderJson`, in parts: with millions of refs it is longer than a string can be. */
function* renderJsonParts(result) {
    const destinations = result.destinations.map((given) => ({ ...given, changed: [], rejected: [] }));
    const frame = JSON.stringify(toResultJson({ ...result, destinations }), undefined, 2);
    // No text can look like that: its quotes are escaped.
    const parts = frame.split(/(?<="(?:changed|rejected)": )\[\]/);
    const lists = result.destinations.flatMap(({ changed, rejected }) => [
        entriesOf(changed, toChangeJson),
        entriesOf(rejected, toRejectedJson),
    ]);
    for (const [index, part] of parts.entries()) {
        yield toAscii(part);
        yield* lists[index] ?? [];
    }
}
function* entriesOf(list, toJson) {
    if (list.length === 0)
        return yield '[]';
    const space = ' '.repeat(ENTRY_INDENT);
    for (let from = 0; from < list.length; from += ENTRIES_IN_A_PART) {
        const some = list.slice(from, from + ENTRIES_IN_A_PART);
        const texts = some.map((entry) => JSON.stringify(toJson(entry), undefined, 2).replaceAll(/^/gm, space));
        yield toAscii(`${from === 0 ? '[' : ','}\n${texts.join(',\n')}`);
    }
    yield `\n${space.slice(2)}]`;
}
function toAscii(json) {
    return json.replaceAll(/[\u007f-\uffff]|(?<=##)\[/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/** The result without anything that JSON does not know. */
function toResultJson(result) {
    const { source, ok, dryRun, destinations, error, seconds, sourceRefs } = result;
    return {
        version: RESULT_VERSION,
        source,
        ok,
        dryRun,
        destinations: destinations.map(toDestinationJson),
        error: toErrorJson(error),
        seconds,
        sourceRefs,
    };
}
function toDestinationJson(given) {
    return {
        destination: given.destination,
        status: given.status,
        changed: given.changed.map(toChangeJson),
        rejected: given.rejected.map(toRejectedJson),
        upToDate: given.upToDate,
        warnings: given.warnings,
        leftovers: given.leftovers ?? [],
        error: toErrorJson(given.error),
        figures: given.figures,
    };
}
function toChangeJson({ ref, action, old, new: now }) {
    return { ref, action, old, new: now };
}
function toRejectedJson({ ref, action, reason, advice, adviceId, warning, }) {
    return { ref, action, reason, advice: advice ?? null, adviceId: adviceId ?? null, warning };
}
function toErrorJson(error) {
    if (!error)
        return null;
    return {
        code: error.code,
        message: (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .describeMessage */ .Xc)(error),
        hint: error.hint ?? null,
        side: error.side ?? null,
        status: error.status ?? null,
        retryable: error.retryable,
    };
}


/***/ })

};
