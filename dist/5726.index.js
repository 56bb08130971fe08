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
// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(44225);
// EXTERNAL MODULE: ./build/fleet/config/config-error.js
var config_error = __webpack_require__(27085);
// EXTERNAL MODULE: ./build/fleet/discover/filter.js
var filter = __webpack_require__(97653);
// EXTERNAL MODULE: ./build/fleet/prepare.js + 11 modules
var prepare = __webpack_require__(25026);
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
// EXTERNAL MODULE: ./build/fleet/round/round.js + 2 modules
var round = __webpack_require__(23963);
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
/** The action as a fleet: `check`, `plan`, `round`, `report`, or `doctor` for a file. Never throws but where @actions/core can't be loaded. */
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
        const depth = {
            check: 'everything',
            plan: 'names',
            round: 'credentials',
            doctor: 'credentials',
            mirror: 'names',
        }[options.command];
        const dryRun = input.values['dry-run'] === 'true';
        if (options.command === 'round')
            (0,memory/* keepHeapSmall */.p)();
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
            case 'doctor':
                return await (await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(1585), __webpack_require__.e(6995), __webpack_require__.e(3211), __webpack_require__.e(8387)]).then(__webpack_require__.bind(__webpack_require__, 50768))).runFleetDoctor(core, { fleet, env, signal, line });
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
        onSecret: (token) => core.setSecret(token),
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
