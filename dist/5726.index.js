export const id = 5726;
export const ids = [5726];
export const modules = {

/***/ 16630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createFleetAction: () => (/* binding */ createFleetAction)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/fleet/config/config-error.js
var config_error = __webpack_require__(27085);
// EXTERNAL MODULE: ./build/fleet/discover/filter.js
var filter = __webpack_require__(97653);
// EXTERNAL MODULE: ./build/fleet/prepare.js + 12 modules
var prepare = __webpack_require__(50980);
// EXTERNAL MODULE: ./build/fleet/report/join-reports.js
var join_reports = __webpack_require__(5214);
// EXTERNAL MODULE: ./build/fleet/report/round-lines.js
var round_lines = __webpack_require__(14416);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
// EXTERNAL MODULE: ./build/fleet/report/findings.js
var findings = __webpack_require__(14662);
// EXTERNAL MODULE: ./build/fleet/report/round-text.js
var round_text = __webpack_require__(82252);
// EXTERNAL MODULE: ./build/fleet/report/verdict.js
var report_verdict = __webpack_require__(57111);
;// CONCATENATED MODULE: ./build/fleet/report/round-summary.js






/** The runner drops a summary of more than 1 MiB as a whole. */
const MOST_SUMMARY_BYTES = 900_000;
const MOST_CELL = 600;
const MOST_CHANGED = 500;
/** The page of a job for a person in a hurry: verdict, what failed and what to do, what changed, figures. */
function renderRoundSummary(report) {
    const page = new Page(`## ${report.ok ? '✅' : '❌'} ${(0,printable/* escapeMarkdown */.FV)((0,report_verdict/* describeRound */.Q)(report))}\n\n`);
    for (const text of report.missing)
        page.add(`- **Missing:** ${cell(text)}\n`);
    if (report.missing.length > 0)
        page.add('\n');
    const troubles = (0,findings/* findTroubles */.u1)(report);
    page.table(['Failed', 'Cause', 'What to do'], troubles.map(({ cause, remedy, names }) => [(0,round_text/* listNames */.Z)(names), cause, remedy ?? '']), 'cause');
    const changed = report.mirrors.filter((mirror) => (0,findings/* stateOf */.L4)(mirror) === 'changed');
    page.table([report.dryRun ? 'Would change' : 'Changed', 'Refs', 'Bytes'], changed
        .slice(0, MOST_CHANGED)
        .map((mirror) => [mirror.name, String(refsOf(mirror)), (0,wording/* formatBytes */.z3)(bytesOf(mirror))]), 'mirror', changed.length);
    const left = report.discoveries.filter(({ ok }) => ok);
    if (left.length > 0) {
        page.table(['Discovered', 'Mirrors', 'Left out'], left.map(({ discovery, found, skipped }) => [discovery, String(found), (0,filter/* describeSkipped */.At)(skipped)]), 'discovery');
    }
    const { refs, bytes } = (0,findings/* countRound */.ak)(report);
    if (refs > 0)
        page.add(`${(0,wording/* formatPlural */.yk)(refs, 'ref')} moved, with ${(0,wording/* formatBytes */.z3)(bytes)} of objects.\n`);
    return page.text;
}
function refsOf({ result }) {
    return (0,findings/* changesOf */.fs)(result?.destinations ?? []);
}
function bytesOf({ result }) {
    return (result?.destinations ?? []).reduce((sum, { figures }) => sum + figures.packBytes, 0);
}
/** Text that knows how much of it is left to write. */
class Page {
    text;
    #bytes;
    constructor(text) {
        this.text = text;
        this.#bytes = Buffer.byteLength(text);
    }
    add(text) {
        const bytes = Buffer.byteLength(text);
        if (this.#bytes + bytes > MOST_SUMMARY_BYTES)
            return false;
        this.text += text;
        this.#bytes += bytes;
        return true;
    }
    table(heads, rows, word, count = rows.length) {
        if (rows.length === 0)
            return;
        this.add(`| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |\n`);
        let written = 0;
        while (written < rows.length && this.add(`| ${rows[written].map(cell).join(' | ')} |\n`))
            written++;
        const left = count - written;
        this.text +=
            left === 0 ? '\n' : `\n… and ${(0,wording/* formatPlural */.yk)(left, `more ${word}`)}: see the report files.\n\n`;
    }
}
function cell(text) {
    return (0,printable/* escapeMarkdown */.FV)((0,printable/* printableLine */.oy)(text, MOST_CELL));
}

// EXTERNAL MODULE: ./build/fleet/round/load.js
var load = __webpack_require__(47938);
// EXTERNAL MODULE: ./build/fleet/round/round.js + 1 modules
var round = __webpack_require__(81591);
// EXTERNAL MODULE: ./build/fleet/shard/matrix.js
var shard_matrix = __webpack_require__(69235);
// EXTERNAL MODULE: ./build/fleet/shard/shard.js
var shard_shard = __webpack_require__(31840);
// EXTERNAL MODULE: ./build/fleet/source/report-files.js
var report_files = __webpack_require__(69517);
// EXTERNAL MODULE: ./build/options/values.js
var values = __webpack_require__(68739);
// EXTERNAL MODULE: ./build/fleet/source/load-config.js
var load_config = __webpack_require__(12864);
;// CONCATENATED MODULE: ./build/fleet/source/workflow-config.js




/**
 * The config of a workflow: inline, files of the workspace, or those of the repository in which the workflow runs, as they
 * are in the commit that started it. So a fleet needs no checkout.
 * @throws MirrorError that names the path
 */
async function loadWorkflowConfig(input) {
    const { config, env } = input;
    const folder = env['GITHUB_WORKSPACE'] || process.cwd();
    if ((0,load_config/* isInline */.mO)(config))
        return { sources: [(0,load_config/* inlineConfig */.a5)(config, folder)], isInWorkspace: false };
    const sources = [];
    let isInWorkspace = true;
    for (const { line: path } of (0,values/* splitLines */.uz)(config)) {
        try {
            sources.push(...(0,load_config/* readConfigPath */.e6)(path, folder));
        }
        catch (thrown) {
            const repository = env['GITHUB_REPOSITORY'] ?? '';
            if (!isMissing(thrown) || repository === '')
                throw thrown;
            sources.push(...(await fetchConfigs(input, { path, repository, folder })));
            isInWorkspace = false;
        }
    }
    return { sources, isInWorkspace };
}
function isMissing(thrown) {
    const cause = thrown instanceof errors/* MirrorError */.En ? thrown.cause : undefined;
    return cause?.code === 'ENOENT' || cause?.code === 'ENOTDIR';
}
async function fetchConfigs({ env, workflowToken, signal }, given) {
    const { path, repository, folder } = given;
    const name = (0,printable/* printableLine */.oy)(path, 300);
    const { readRepositoryPath } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(6460)]).then(__webpack_require__.bind(__webpack_require__, 76460));
    const ask = async (below) => await readRepositoryPath({
        repository,
        path: below,
        ref: env['GITHUB_SHA'] || 'HEAD',
        token: workflowToken,
        env,
        signal,
    });
    try {
        const top = path.replace(/^\.\//, '').replace(/\/+$/, '');
        const found = await ask(top);
        if (typeof found === 'string')
            return [{ text: found, name, folder }];
        const sources = [];
        for (const file of (0,load_config/* pickConfigs */.Po)(found, path)) {
            const text = await ask(`${top}/${file}`);
            if (typeof text === 'string')
                sources.push({ text, name: `${name.replace(/\/+$/, '')}/${file}`, folder });
        }
        return sources;
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* MirrorError */.En))
            throw thrown;
        throw (0,errors/* withDetails */.FE)(thrown, { hint: 'Check the path. Without a checkout the job needs `permissions: contents: read`.' }, `config: ${name} is not in the workspace, and not to be had from ${repository}: ${thrown.message}`);
    }
}

// EXTERNAL MODULE: ./build/fleet/state/round-state.js
var round_state = __webpack_require__(1325);
// EXTERNAL MODULE: ./build/options/secrets.js
var options_secrets = __webpack_require__(93588);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/action/inputs.js
var inputs = __webpack_require__(7126);
// EXTERNAL MODULE: ./build/action/mask.js
var action_mask = __webpack_require__(18839);
;// CONCATENATED MODULE: ./build/action/round-outputs.js
/** What a round is for the steps after it: counts over all mirrors. The refs themselves are in the report file. */
function roundOutputs({ mirrors, dryRun, }) {
    const destinations = mirrors.flatMap(({ result }) => result?.destinations ?? []);
    const changes = destinations.flatMap(({ changed }) => changed);
    const count = (...actions) => String(changes.filter(({ action }) => actions.includes(action)).length);
    return {
        changed: String(changes.length > 0 && !dryRun),
        created: count('create'),
        updated: count('update', 'force'),
        deleted: count('delete'),
        rejected: String(destinations.reduce((sum, { rejected }) => sum + rejected.length, 0)),
        'pack-bytes': String(destinations.reduce((sum, { figures }) => sum + figures.packBytes, 0)),
    };
}

;// CONCATENATED MODULE: ./build/action/fleet.js
























/** Annotations of a type that the runner keeps for a step; the last one is the verdict's. */
const MOST_ANNOTATIONS = 9;
const LINE_LENGTH = 2000;
/** The action as a fleet: `check`, `plan`, `round` or `report`. Never throws but where @actions/core can't be loaded. */
function createFleetAction(input) {
    let secrets = redact/* NO_SECRETS */.g1;
    let isInWorkspace = false;
    const line = (text) => (0,redact/* safeLine */.om)(text, secrets, LINE_LENGTH);
    async function fail(thrown) {
        const core = await input.load();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' });
        if (thrown instanceof config_error/* ConfigError */.xL)
            annotate(core, thrown, isInWorkspace, line);
        core.error(line(`${(0,wording/* describeMessage */.Xc)(error)}${error.hint === undefined ? '' : `. ${error.hint}`}`));
        writeSummary(input.env, `## ❌ ${(0,redact/* redact */.E$)((0,wording/* describeMessage */.Xc)(error), secrets)}\n`);
        return 1;
    }
    async function run(signal) {
        const core = await input.load();
        const masked = new Set();
        const mask = (found, tooShort = []) => {
            secrets = found;
            const texts = found.texts.filter((text) => !masked.has(text));
            for (const text of texts)
                masked.add(text);
            (0,action_mask/* maskSecrets */.Q)({ secrets: { texts }, tooShort: [] }, core);
            for (const name of tooShort)
                core.warning(line(`${name} is too short to be hidden`));
        };
        mask((0,options_secrets/* collectSecrets */.qb)(input.values, input.env).secrets);
        const { options, env } = input;
        if (options.command === 'report') {
            const report = (0,join_reports/* joinReports */.c)(await (0,report_files/* readReportFiles */.A)(options.reportFiles, workspaceOf(env)));
            return publish(core, input, report, line);
        }
        const workflowToken = input.values['workflow-token'] ?? '';
        const config = await loadWorkflowConfig({ config: options.config, env, workflowToken, signal });
        isInWorkspace = config.isInWorkspace;
        const shard = options.shard === '' ? undefined : (0,shard_shard/* readShard */.Xy)(options.shard, env, 'shard');
        const depth = { check: 'everything', plan: 'names', round: 'credentials', doctor: 'names', mirror: 'names' }[options.command];
        const dryRun = input.values['dry-run'] === 'true';
        const state = options.command === 'round' ? openState(input, (text) => core.warning(line(text))) : undefined;
        const fleet = await (0,prepare/* prepareFleet */.m)({
            config: config.sources,
            env,
            signal,
            only: options.only,
            shard,
            depth,
            discovers: options.command !== 'check',
            isWorkflowToken: (0,inputs/* isWorkflowToken */.b)(input.values, env),
            verbose: env['RUNNER_DEBUG'] === '1',
            dryRun,
            lastFound: state?.found,
            onNotice: (text) => core.info(line(text)),
            onSecrets: (found) => mask(found),
        });
        mask(fleet.secrets, fleet.tooShort);
        for (const { level, text } of fleet.notices)
            core[level](line(text));
        switch (options.command) {
            case 'check':
                core.info(line(`${fleet.file.name} ${fleet.file.files.length === 1 ? 'is' : 'are'} right: ${(0,wording/* formatPlural */.yk)(fleet.mirrors.length, 'mirror')}.`));
                return 0;
            case 'plan':
                return plan(core, input, fleet, line);
            default:
                return await fleet_round(core, { input, fleet, shard, state, dryRun, signal, line });
        }
    }
    return {
        async run(signal) {
            try {
                return await run(signal);
            }
            catch (thrown) {
                return await fail(thrown);
            }
        },
        abandon: fail,
    };
}
/** Lists the mirrors, and how many jobs run them. */
function plan(core, { options }, fleet, line) {
    for (const { name } of fleet.mirrors)
        core.info(line(name));
    for (const { name, drafts, skipped, error, refused } of fleet.discovered) {
        if (error !== undefined)
            core.error(line(`discover ${name}: ${(0,wording/* describeMessage */.Xc)(error)}`));
        else
            core.info(line(`discover ${name}: ${(0,wording/* formatPlural */.yk)(drafts.length, 'mirror')} ${(0,filter/* describeSkipped */.At)(skipped)}`));
        for (const reason of refused)
            core.error(line(`discover ${name}: ${reason}`));
    }
    const count = options.shards ?? Math.max(1, (0,shard_shard/* defaultShardCount */.hw)(fleet.shardKeys.length));
    const matrix = (0,shard_matrix/* makeMatrix */.E)(fleet.shardKeys, count);
    const jobs = matrix?.include.length ?? 0;
    core.info(line(`${(0,wording/* formatPlural */.yk)(fleet.shardKeys.length, 'mirror')} in ${(0,wording/* formatPlural */.yk)(jobs, 'job')}`));
    for (const text of (0,load/* describeLoad */.s)(fleet, jobs))
        core.info(line(text));
    core.setOutput('matrix', matrix === undefined ? '' : JSON.stringify(matrix));
    return fleet.discovered.every(({ error, refused }) => error === undefined && refused.length === 0) ? 0 : 1;
}
async function fleet_round(core, given) {
    const { input, fleet, shard, state, dryRun, signal, line } = given;
    const write = openReport(input, fleet.secrets);
    core.info(line(`${(0,wording/* formatPlural */.yk)(fleet.mirrors.length, 'mirror')} to run.`));
    const report = await (0,round/* runRound */.m)({
        fleet,
        shard,
        isWhole: input.options.only.length === 0,
        state,
        dryRun,
        env: input.env,
        signal,
        onEvent(name, event) {
            if (event.kind === 'notice' && event.level === 'warning')
                core.info(line(`[${name}] ${event.text}`));
        },
        onNotice: (text) => core.warning(line(text)),
        onLine(found) {
            write(found);
            if ('name' in found && !found.ok && found.skipped === null)
                core.info(line(`${found.name}: failed`));
        },
    });
    return publish(core, input, report, line);
}
/** Log, outputs and summary. @returns the exit status */
function publish(core, { env }, report, line) {
    const verdict = line((0,report_verdict/* describeRound */.Q)(report));
    for (const text of (0,round_text/* renderRoundText */.Y)(report).map(line))
        if (text !== verdict)
            core.info(text);
    for (const [name, value] of Object.entries(roundOutputs(report)))
        core.setOutput(name, value);
    writeSummary(env, renderRoundSummary(report));
    if (report.ok)
        core.info(verdict);
    else
        core.error(verdict);
    return report.ok ? 0 : 1;
}
/** Each mistake at its line, where the file is in the workspace; those that the runner would drop as plain lines. */
function annotate(core, error, isInWorkspace, line) {
    for (const [index, complaint] of error.complaints.entries()) {
        const { file = error.file, line: startLine, column, text, hint } = complaint;
        const words = line(`${file}:${startLine}:${column} ${text}${hint === undefined ? '' : `. ${hint}`}`);
        if (index >= MOST_ANNOTATIONS)
            core.info(words);
        else if (isInWorkspace)
            core.error(words, { file, startLine, startColumn: column });
        else
            core.error(words);
    }
}
/** Each line is written when it is known: a job that is killed leaves what it had done. */
function openReport({ options, env }, secrets) {
    const [path] = options.reportFiles;
    if (path === undefined)
        return () => undefined;
    const whole = (0,external_node_path_.isAbsolute)(path) ? path : (0,external_node_path_.join)(workspaceOf(env), path);
    (0,external_node_fs_.writeFileSync)(whole, '');
    return (line) => (0,external_node_fs_.appendFileSync)(whole, `${(0,redact/* redact */.E$)((0,round_lines/* printLine */.wi)(line), secrets)}\n`);
}
function openState({ options, env }, onWarning) {
    const { stateFile } = options;
    if (stateFile === '')
        return undefined;
    const path = (0,external_node_path_.isAbsolute)(stateFile) ? stateFile : (0,external_node_path_.join)(workspaceOf(env), stateFile);
    return (0,round_state/* openRoundState */.u)({ path, onWarning, now: Date.now });
}
function writeSummary(env, text) {
    const path = env['GITHUB_STEP_SUMMARY'];
    if (path)
        (0,external_node_fs_.appendFileSync)(path, text);
}
function workspaceOf(env) {
    return env['GITHUB_WORKSPACE'] || process.cwd();
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
