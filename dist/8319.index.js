export const id = 8319;
export const ids = [8319];
export const modules = {

/***/ 7126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   b: () => (/* binding */ isWorkflowToken)
/* harmony export */ });
/* harmony import */ var _options_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85222);

/** The action's inputs as the runner hands them over, none checked. */
function readInputs(env) {
    const values = {};
    for (const { name, kind } of _options_names_js__WEBPACK_IMPORTED_MODULE_0__/* .OPTION_SPECS */ .Fx) {
        const value = env[`INPUT_${name.toUpperCase()}`] ?? '';
        // Spaces may belong to a passphrase.
        values[name] = kind === 'secret' ? value : value.trim();
    }
    return values;
}
/**
 * Tells the token that the runner gives to every workflow. It is named by an input of its own; where that is
 * missing (another runner), a token of the same kind is taken for it.
 */
function isWorkflowToken(values, env) {
    const own = values['workflow-token']?.trim() ?? '';
    if (own !== '')
        return (token) => token === own;
    return (token) => token.startsWith('ghs_') || (token !== '' && token === env['GITHUB_TOKEN']);
}


/***/ }),

/***/ 18839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ maskSecrets)
/* harmony export */ });
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(17234);

/**
 * Has the runner hide every secret, before anything is printed.
 * @returns warnings about secrets that can't be hidden
 */
function maskSecrets({ secrets, tooShort }, { setSecret }) {
    for (const text of secrets.texts) {
        // The runner hides each line of a text as well: a short last line would hide half of the log.
        const lines = text.split(/\r?\n/).map((line) => line.trim());
        if (lines.every((line) => line.length >= _report_redact_js__WEBPACK_IMPORTED_MODULE_0__/* .SHORTEST_SECRET_LENGTH */ .bp || line === ''))
            setSecret(text);
        else
            for (const line of lines)
                if (line.length >= _report_redact_js__WEBPACK_IMPORTED_MODULE_0__/* .SHORTEST_SECRET_LENGTH */ .bp)
                    setSecret(line);
    }
    return tooShort.map((name) => `${name} is shorter than ${_report_redact_js__WEBPACK_IMPORTED_MODULE_0__/* .SHORTEST_SECRET_LENGTH */ .bp} characters: the log can't hide it.`);
}


/***/ }),

/***/ 8319:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createActionRun: () => (/* binding */ createActionRun)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/base/errors.js
var base_errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/version.js
var version = __webpack_require__(7844);
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
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
;// CONCATENATED MODULE: ./build/action/command-queue.js
/** Commands that wait until @actions/core is loaded: masks that are given first come out before any line. */
function createCommandQueue() {
    const waiting = [];
    let opened;
    function give(command) {
        if (opened)
            command(opened);
        else
            waiting.push(command);
    }
    return {
        commands: {
            setSecret: (text) => give((core) => core.setSecret(text)),
            info: (text) => give((core) => core.info(text)),
            warning: (text) => give((core) => core.warning(text)),
            error: (text) => give((core) => core.error(text)),
            startGroup: (title) => give((core) => core.startGroup(title)),
            endGroup: () => give((core) => core.endGroup()),
        },
        open(core) {
            opened = core;
            for (const command of waiting.splice(0))
                command(core);
        },
    };
}

;// CONCATENATED MODULE: ./build/action/core.js
/**
 * Loads @actions/core. It takes longer than all else of a start, since an HTTP client and a runner of programs that
 * nothing here uses come with it: load it while servers are waited for.
 */
async function loadCore() {
    return await Promise.all(/* import() */[__webpack_require__.e(4942), __webpack_require__.e(143)]).then(__webpack_require__.bind(__webpack_require__, 90143));
}

// EXTERNAL MODULE: ./build/action/inputs.js
var inputs = __webpack_require__(7126);
// EXTERNAL MODULE: ./build/report/progress-meter.js
var progress_meter = __webpack_require__(97100);
;// CONCATENATED MODULE: ./build/action/annotations.js
/** Annotations of a type that the runner keeps for a step, less one: the last error is the verdict's. */
const ANNOTATIONS_KEPT = 9;
/** Counts annotations: the runner shows some of each type, and drops the others without a word. */
function createAnnotationCounter() {
    const said = new Set();
    const counts = { warning: 0, error: 0 };
    return (level, text) => {
        if (said.has(text))
            return 'nothing';
        said.add(text);
        counts[level] += 1;
        return counts[level] <= ANNOTATIONS_KEPT ? 'annotation' : 'line';
    };
}

;// CONCATENATED MODULE: ./build/action/phase-groups.js

const GROUP_TITLES = {
    list: 'List refs',
    lfs: 'LFS objects',
    negotiate: 'Negotiate',
    transfer: 'Transfer',
    verify: 'Verify',
};
/**
 * Groups of a log, which do not nest. Destinations run side by side: where there are several, a group begins with
 * the first of them that gets so far.
 */
function createPhaseGroups(several) {
    let open;
    return {
        enter({ phase, text }) {
            if (several && open !== undefined && wording/* PHASES */.ZG.indexOf(phase) <= wording/* PHASES */.ZG.indexOf(open)) {
                return { ends: false, begins: undefined, line: true };
            }
            const ends = open !== undefined;
            open = phase;
            return { ends, begins: several ? GROUP_TITLES[phase] : beginSentence(text), line: several };
        },
        close() {
            const wasOpen = open !== undefined;
            open = undefined;
            return wasOpen;
        },
    };
}
function beginSentence(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

;// CONCATENATED MODULE: ./build/action/silence-watch.js
/** Calls `onSilence` whenever nothing was heard for `interval` milliseconds, a quarter of it more at most. */
function watchSilence(interval, onSilence) {
    let last = performance.now();
    const timer = setInterval(() => {
        if (performance.now() - last >= interval)
            onSilence();
    }, interval / 4);
    timer.unref();
    return {
        heard() {
            last = performance.now();
        },
        close: () => clearInterval(timer),
    };
}

;// CONCATENATED MODULE: ./build/action/log.js






const PROGRESS_INTERVAL_MS = 3000;
const SILENCE_INTERVAL_MS = 60_000;
/** Lines about refs of one destination that the log shows. */
const REF_LINES = 200;
/** UTF-16 units of the longest line. */
const LINE_LENGTH = 2000;
/** The log of a step: phases as groups, a line of progress now and then, everything else as it comes. */
function createLog(options) {
    const { sink, destinations, secrets = redact/* NO_SECRETS */.g1 } = options;
    const several = destinations.length > 1;
    const countAnnotation = createAnnotationCounter();
    const groups = createPhaseGroups(several);
    const silence = watchSilence(options.silenceInterval ?? SILENCE_INTERVAL_MS, () => info(`still waiting, no news for a minute: ${lastPhase}`));
    let lastPhase = 'starting';
    function line(text) {
        return (0,redact/* safeLine */.om)(text, secrets, LINE_LENGTH);
    }
    function info(text) {
        silence.heard();
        sink.info(line(text));
    }
    function annotate(level, text) {
        const shown = countAnnotation(level, text);
        if (shown === 'line')
            info(`${level}: ${text}`);
        if (shown !== 'annotation')
            return;
        silence.heard();
        sink[level](line(text));
    }
    function enterPhase(event, text) {
        lastPhase = event.text;
        const change = groups.enter(event);
        if (change.ends)
            sink.endGroup();
        if (change.begins !== undefined)
            sink.startGroup(line(change.begins));
        if (change.line)
            info(text);
    }
    return {
        reporter: createReporter({
            several,
            progressInterval: options.progressInterval ?? PROGRESS_INTERVAL_MS,
            enterPhase,
            info,
            warning: (text) => annotate('warning', text),
        }),
        info,
        warning: (text) => annotate('warning', text),
        error: (text) => annotate('error', text),
        line,
        close() {
            silence.close();
            if (groups.close())
                sink.endGroup();
        },
    };
}
/** Turns events into lines; where there are several destinations, each says whose it is. */
function createReporter(log) {
    const meter = (0,progress_meter/* createProgressMeter */.P)(log.progressInterval, () => performance.now());
    const refLines = new Map();
    function prefix(destination) {
        return log.several && destination !== undefined ? `[${shortAddress(destination)}] ` : '';
    }
    function refLine(destination, text) {
        const count = (refLines.get(destination) ?? 0) + 1;
        refLines.set(destination, count);
        if (count <= REF_LINES)
            log.info(`${prefix(destination)}${text}`);
        if (count === REF_LINES + 1) {
            log.info(`${prefix(destination)}… and more; the outputs and the summary have them`);
        }
    }
    return (event) => {
        switch (event.kind) {
            case 'phase':
                return log.enterPhase(event, (0,wording/* describePhase */.$8)(event, prefix(event.destination)));
            case 'progress': {
                const line = meter.update(event.destination, event.bytes, event.objects);
                if (line !== undefined)
                    log.info(`${prefix(event.destination)}${line}`);
                return;
            }
            case 'lfs-progress': {
                const line = meter.updateLfs(event);
                if (line !== undefined)
                    log.info(`${prefix(event.destination)}${line}`);
                return;
            }
            case 'server-text':
                return log.info(`${prefix(event.server)}${(0,wording/* describeServerLine */.L5)(event)}`);
            case 'notice':
                return log[event.level](`${prefix(event.destination)}${event.text}`);
            case 'changed': {
                const { change, dryRun, destination } = event;
                const action = `${dryRun ? 'would ' : ''}${change.action}`;
                return refLine(destination, `${wording/* ACTION_SIGNS */.mX[change.action]} ${action} ${change.ref} ${(0,wording/* describeIds */.Sh)(change)}`);
            }
            case 'rejected': {
                const { ref, action, reason } = event.rejected;
                return refLine(event.destination, `x rejected: ${action} ${ref}: ${reason}`);
            }
        }
    };
}
/** An address without its scheme, for the start of a line. */
function shortAddress(address) {
    return address.replace(/^[a-z]+:\/\//, '');
}

// EXTERNAL MODULE: ./build/action/mask.js
var mask = __webpack_require__(18839);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
;// CONCATENATED MODULE: ./build/action/outputs.js


/** What a run tells the steps after it. */
const RUN_OUTPUT_NAMES = [
    'changed',
    'updated-refs',
    'rejected-refs',
    'created',
    'updated',
    'deleted',
    'rejected',
    'pack-bytes',
    'lfs-objects',
    'lfs-bytes',
];
/** A plan alone has a matrix. */
const OUTPUT_NAMES = [...RUN_OUTPUT_NAMES, 'matrix'];
/** Bytes for both lists together. The runner counts UTF-16, two bytes a character, against 1 MB a job. */
const LISTS_BYTES = 880_000;
/** What a run is for the steps after it; for a dry run, `updated-refs` and the counts tell what would change. */
function computeOutputs(result) {
    const counts = (0,wording/* countActions */.Bd)(result.destinations.flatMap((destination) => destination.changed));
    const rejected = listJson(result.destinations, rejectedEntries, LISTS_BYTES / 2);
    const updated = listJson(result.destinations, changedEntries, LISTS_BYTES - rejected.bytes);
    const moved = result.destinations.some((destination) => destination.changed.length > 0);
    return {
        values: {
            changed: String(moved && !result.dryRun),
            'updated-refs': updated.json,
            'rejected-refs': rejected.json,
            created: String(counts.create),
            updated: String(counts.update + counts.force),
            deleted: String(counts.delete),
            rejected: String(result.destinations.reduce((sum, destination) => sum + destination.rejected.length, 0)),
            'pack-bytes': sumFigure(result.destinations, 'packBytes'),
            'lfs-objects': sumFigure(result.destinations, 'lfsObjects'),
            'lfs-bytes': sumFigure(result.destinations, 'lfsBytes'),
        },
        leftOut: updated.leftOut + rejected.leftOut,
    };
}
/** @throws Error when the runner's output file is missing. */
function writeOutputs(outputs, { setOutput }) {
    for (const [name, value] of Object.entries(outputs.values))
        setOutput(name, value);
}
function* changedEntries(destination) {
    for (const change of destination.changed) {
        yield {
            destination: destination.destination,
            ref: change.ref,
            action: change.action,
            old: change.old,
            new: change.new,
        };
    }
}
function* rejectedEntries(destination) {
    for (const ref of destination.rejected) {
        const reason = (0,printable/* printableLine */.oy)(ref.reason, 1000);
        yield { destination: destination.destination, ref: ref.ref, action: ref.action, reason };
    }
}
function listJson(destinations, entriesOf, max) {
    const parts = [];
    let bytes = 4;
    let leftOut = 0;
    for (const destination of destinations) {
        for (const entry of entriesOf(destination)) {
            const text = leftOut > 0 ? '' : JSON.stringify(entry);
            const size = Math.max(text.length * 2, Buffer.byteLength(text)) + 2;
            if (leftOut > 0 || bytes + size > max) {
                leftOut += 1;
                continue;
            }
            bytes += size;
            parts.push(text);
        }
    }
    return { json: `[${parts.join(',')}]`, bytes, leftOut };
}
function sumFigure(destinations, name) {
    return String(destinations.reduce((sum, { figures }) => sum + figures[name], 0));
}

// EXTERNAL MODULE: ./build/report/group-advice.js
var group_advice = __webpack_require__(11605);
;// CONCATENATED MODULE: ./build/action/report.js


/** Lines about rejected refs of one destination; the summary counts the others. */
const REJECTED_LINES = 1000;
/** The end of the log: one line a destination, what was rejected and why, and the verdict as the step's status. */
function reportResult(log, sink, result) {
    for (const destination of result.destinations)
        reportDestination(log, destination, result);
    const verdict = (0,wording/* describeVerdict */.XZ)(result);
    if ((0,wording/* hasEmptyScope */.gj)(result))
        return log.warning(verdict);
    if (result.ok)
        return log.info(verdict);
    const error = soleError(result);
    if (error)
        reportServerText(log, error);
    sink.error(log.line(`${verdict}${hintOf(error)}`));
}
function reportDestination(log, destination, result) {
    for (const warning of destination.warnings)
        log.warning(warning);
    const leftovers = (0,wording/* describeLeftovers */.c5)(destination);
    if (leftovers !== undefined)
        log.warning(`${destination.destination}: ${leftovers}`);
    const { rejected } = destination;
    const shown = rejected.length > REJECTED_LINES ? rejected.slice(0, REJECTED_LINES) : rejected;
    for (const { advice, refs } of (0,group_advice/* groupAdvice */.A)(shown)) {
        for (const ref of refs) {
            const said = advice === undefined || ref !== refs[0] ? '' : `. ${advice}`;
            const line = `${destination.destination}: ${ref.ref} was not changed (${ref.action}): ${ref.reason}${said}`;
            if (ref.warning)
                log.warning(line);
            else
                log.error(line);
        }
    }
    const left = rejected.length - shown.length;
    if (left > 0)
        log.error(`${destination.destination}: ${(0,wording/* formatPlural */.yk)(left, 'more ref')} were not changed`);
    log.info(`${destination.destination}: ${(0,wording/* describeDestination */.aC)(destination)}`);
    const lfs = (0,wording/* describeLfs */.FP)(destination);
    if (lfs !== undefined)
        log.info(`${destination.destination}: carried ${lfs}`);
    const { error } = destination;
    // With one destination the verdict says it.
    if (!error || error === result.error || result.destinations.length === 1)
        return;
    log.error(`${destination.destination}: ${(0,wording/* describeMessage */.Xc)(error)}${hintOf(error)}`);
    reportServerText(log, error);
}
function soleError(result) {
    return result.error ?? (result.destinations.length === 1 ? result.destinations[0]?.error : undefined);
}
function reportServerText(log, error) {
    for (const line of (0,wording/* describeServerText */.wb)(error))
        log.info(line);
}
function hintOf(error) {
    return error?.hint === undefined ? '' : ` ${error.hint}`;
}

;// CONCATENATED MODULE: ./build/hosts/web-links.js

const FORGES = {
    'github.com': '/commit/',
    'gitlab.com': '/-/commit/',
    'bitbucket.org': '/commits/',
    'codeberg.org': '/commit/',
};
/** Links for the hosts whose pages are known: the big ones, and the workflow's own server. */
function findLinks(address, env) {
    const url = readAddress(address);
    if (!url || url.scheme === 'file' || url.scheme === 'git')
        return undefined;
    const forge = findForge(url, env);
    if (!forge)
        return undefined;
    const path = (url.scheme === 'ssh' ? url.path : url.url.pathname)
        .replace(/^\/+/, '')
        .replace(/(\.git)?\/*$/, '');
    // Anything else could break out of a link.
    if (!/^[\w.~/-]+$/.test(path))
        return undefined;
    const home = `${forge.origin}/${path}`;
    return { home, commit: (id) => `${home}${forge.commit}${id}` };
}
function findForge(url, env) {
    const host = url.host.toLowerCase();
    const own = env['GITHUB_SERVER_URL'] ?? '';
    const known = FORGES[host];
    if (known !== undefined)
        return { origin: `https://${host}`, commit: known };
    if (!URL.canParse(own) || new URL(own).hostname !== host)
        return undefined;
    return { origin: new URL(own).origin, commit: '/commit/' };
}
function readAddress(address) {
    try {
        return (0,remote_url/* parseRemoteUrl */.JH)(address, 'destination');
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/action/summary.js




/** The runner drops a summary above 1 MiB as a whole. */
const SUMMARY_BYTES = 900_000;
/** Rows of one table. */
const TABLE_ROWS = 300;
/** Rows of all tables of a summary, roughly. */
const ALL_ROWS = 3000;
/** UTF-16 units of a cell. */
const CELL_LENGTH = 250;
/** Warnings of one destination. */
const WARNINGS_SHOWN = 20;
/** The job summary in Markdown, below 900 kB: verdict, changed and rejected refs by destination, figures. */
function renderSummary(result, env) {
    const most = Math.min(TABLE_ROWS, Math.floor(ALL_ROWS / Math.max(1, result.destinations.length)));
    for (let rows = most; rows > 0; rows = Math.floor(rows / 5)) {
        const text = renderAll(result, env, rows);
        if (Buffer.byteLength(text) < SUMMARY_BYTES)
            return text;
    }
    return [renderHead(result), '', 'The result is too long for a summary; the log has it.', ''].join('\n');
}
function renderAll(result, env, rows) {
    const parts = [renderHead(result)];
    for (const destination of result.destinations) {
        parts.push(renderDestination(destination, result, { rows, links: findLinks(destination.destination, env) }));
    }
    if (result.destinations.length > 0)
        parts.push(renderFigures(result));
    return `${parts.join('\n\n')}\n`;
}
function renderHead(result) {
    const mark = (0,wording/* hasEmptyScope */.gj)(result) ? '⚠️' : result.ok ? '✅' : '❌';
    const lines = [`## ${mark} ${(0,printable/* escapeMarkdown */.FV)((0,wording/* describeVerdict */.XZ)(result))}`];
    if (result.source !== '')
        lines.push('', `Source: ${code(result.source)}`);
    if (result.error)
        lines.push('', ...renderHint(result.error));
    return lines.join('\n');
}
function renderDestination(destination, result, view) {
    const title = view.links
        ? `[${inline(destination.destination)}](${view.links.home})`
        : inline(destination.destination);
    const lines = [`### ${title}`, '', sentence(inline((0,wording/* describeDestination */.aC)(destination)))];
    if (destination.error && destination.error !== result.error)
        lines.push('', ...renderHint(destination.error));
    if (destination.rejected.length > 0)
        lines.push('', ...renderRejected(destination.rejected, view));
    if (destination.changed.length > 0)
        lines.push('', ...renderChanged(destination.changed, view, result.dryRun));
    const leftovers = (0,wording/* describeLeftovers */.c5)(destination);
    if (leftovers !== undefined)
        lines.push('', `⚠️ ${sentence(inline(leftovers))}`);
    const warnings = destination.warnings.slice(0, WARNINGS_SHOWN);
    if (warnings.length > 0)
        lines.push('', ...warnings.map((warning) => `* ⚠️ ${inline(warning)}`));
    const more = destination.warnings.length - warnings.length;
    if (more > 0)
        lines.push(`* … and ${(0,wording/* formatPlural */.yk)(more, 'more warning')}`);
    return lines.join('\n');
}
function renderHint(error) {
    const lines = [];
    if (error.hint !== undefined)
        lines.push(`**What to do:** ${inline(error.hint)}`);
    const text = (error.serverText ?? '').trim();
    if (text !== '')
        lines.push('', `The server said: ${code(text, 1000)}`);
    return lines;
}
function renderChanged(changes, view, dryRun) {
    const rows = changes
        .slice(0, view.rows)
        .map((change) => row(code(change.ref), change.action, idCell(change, 'old', view), idCell(change, 'new', view)));
    return [
        row('Ref', dryRun ? 'Would be' : 'Change', 'Old', 'New'),
        '| --- | --- | --- | --- |',
        ...rows,
        ...moreRow(changes.length - rows.length, 4),
    ];
}
/** Below a cell that says it. */
const SAME = '″';
function renderRejected(rejected, view) {
    const rows = (0,group_advice/* groupAdvice */.A)(rejected)
        .flatMap(({ advice = '', refs }) => refs.map((ref) => ({ ref, advice: ref === refs[0] || advice === '' ? advice : SAME })))
        .slice(0, view.rows)
        .map(({ ref, advice }) => row(`${ref.warning ? '⚠️' : '❌'} ${code(ref.ref)}`, ref.action, inline(ref.reason, CELL_LENGTH), inline(advice, CELL_LENGTH * 2)));
    return [
        row('Rejected', 'Change', 'Reason', 'What to do'),
        '| --- | --- | --- | --- |',
        ...rows,
        ...moreRow(rejected.length - rows.length, 4),
    ];
}
const PHASE_HEADS = {
    list: 'List',
    lfs: 'LFS',
    negotiate: 'Negotiate',
    transfer: 'Transfer',
    verify: 'Verify',
};
function renderFigures(result) {
    const hasLfs = result.destinations.some((destination) => (0,wording/* describeLfs */.FP)(destination) !== undefined);
    const phases = wording/* PHASES */.ZG.filter((phase) => hasLfs || phase !== 'lfs');
    const rows = result.destinations.map((given) => {
        const { destination, figures, upToDate } = given;
        return row(inline(destination), (0,wording/* formatCount */.B4)(upToDate), (0,wording/* formatBytes */.z3)(figures.packBytes), (0,wording/* formatCount */.B4)(figures.objects), (0,wording/* formatCount */.B4)(figures.pushes), ...(hasLfs ? [(0,wording/* describeLfs */.FP)(given) ?? '–'] : []), ...phases.map((phase) => (0,wording/* formatSeconds */.Xo)(figures.seconds[phase])));
    });
    const heads = [
        'Destination',
        'Up to date',
        'Sent',
        'Objects',
        'Pushes',
        ...(hasLfs ? ['Carried'] : []),
        ...phases.map((phase) => PHASE_HEADS[phase]),
    ];
    return [
        '<details><summary>Figures</summary>',
        '',
        row(...heads),
        `|${' --- |'.repeat(heads.length)}`,
        ...rows,
        '',
        `${(0,wording/* formatPlural */.yk)(result.sourceRefs, 'ref')} in scope at the source; ${(0,wording/* formatSeconds */.Xo)(result.seconds)} in all.`,
        '',
        '</details>',
    ].join('\n');
}
/** Ids of branches are commits and have a page; ids of tags may be tag objects, which have none. */
function idCell(change, which, view) {
    const id = change[which];
    const short = (0,wording/* shortId */.m_)(id);
    if (short === '')
        return '–';
    const linked = view.links !== undefined && change.ref.startsWith('refs/heads/');
    return linked ? `[\`${short}\`](${view.links?.commit(id)})` : `\`${short}\``;
}
function moreRow(count, columns) {
    return count > 0 ? [row(`… and ${(0,wording/* formatCount */.B4)(count)} more`, ...Array(columns - 1).fill(''))] : [];
}
function row(...cells) {
    return `| ${cells.join(' | ')} |`;
}
/** One line of text from anywhere, harmless in Markdown. */
function inline(text, max = 1000) {
    return (0,printable/* escapeMarkdown */.FV)((0,printable/* printableLine */.oy)(text, max));
}
/** As `inline`, in a typewriter face. HTML, since no backtick can end it. */
function code(text, max = CELL_LENGTH) {
    return `<code>${inline(text, max)}</code>`;
}
function sentence(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

;// CONCATENATED MODULE: ./build/action/run.js



















/**
 * Milliseconds after the start of a mirror, at least, in which nothing is printed: by then the first bytes are on their
 * way to both servers, and what takes long to load is loaded while they answer.
 */
const FIRST_BYTE_MS = 250;
/** A slow machine takes longer to its first byte: at most so many times what it took from the start of the process. */
const FIRST_BYTE_STARTS = 2;
function createActionRun(env) {
    const queue = createCommandQueue();
    let loading;
    const state = {
        env,
        commands: queue.commands,
        load() {
            loading ??= loadCore().then((core) => {
                queue.open(core);
                return core;
            });
            return loading;
        },
        log: createLog({ sink: queue.commands, destinations: [] }),
        secrets: redact/* NO_SECRETS */.g1,
        recorder: undefined,
        status: undefined,
        isDoctor: false,
    };
    let fleet;
    return {
        async run(signal) {
            try {
                fleet = await findFleet(state);
            }
            catch (thrown) {
                return await publish(state, (0,report_recorder/* resultOfError */.L)(asError(thrown)));
            }
            if (fleet !== undefined)
                return await fleet.run(signal);
            const result = await runMirror(state, signal);
            return await publish(state, result);
        },
        async abandon(error) {
            if (fleet !== undefined)
                return await fleet.abandon(error);
            return await publish(state, state.recorder?.toResult(error) ?? (0,report_recorder/* resultOfError */.L)(error));
        },
    };
}
/** What runs many mirrors, where that is asked for; nothing of it is loaded for a pair. */
async function findFleet(state) {
    const { env, load } = state;
    const values = (0,inputs/* readInputs */.K)(env);
    const options = (0,read_fleet_options/* readFleetOptions */.f)({ values, label: (name) => name });
    state.isDoctor = options.command === 'doctor' && options.config === '';
    if (options.command === 'mirror' || state.isDoctor)
        return undefined;
    const { createFleetAction } = await Promise.all(/* import() */[__webpack_require__.e(4237), __webpack_require__.e(2560), __webpack_require__.e(5726)]).then(__webpack_require__.bind(__webpack_require__, 16630));
    return createFleetAction({ env, values, options, load });
}
async function runMirror(state, signal) {
    let tokens;
    try {
        const given = prepare(state);
        tokens = await openTokens(state, given, signal);
        const options = tokens?.options ?? given;
        const recorder = (0,report_recorder/* createRecorder */.T)({
            now: () => performance.now(),
            source: (0,remote_url/* printUrl */.D1)(options.source.url),
            destinations: options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)),
            dryRun: options.dryRun,
        });
        state.recorder = recorder;
        if (state.isDoctor)
            return await runDoctor(state, options, signal);
        const { log } = state;
        const running = (0,mirror/* mirror */.e)(options, (event) => {
            recorder.reporter(event);
            log.reporter(event);
        }, signal);
        // What fails to load fails again where the result is published.
        const delay = Math.max(FIRST_BYTE_MS, performance.now() * FIRST_BYTE_STARTS);
        setTimeout(() => state.load().catch(() => undefined), delay).unref();
        return await diagnose(await running, options, signal);
    }
    catch (thrown) {
        return state.recorder?.toResult(asError(thrown)) ?? (0,report_recorder/* resultOfError */.L)(asError(thrown));
    }
    finally {
        tokens?.dispose();
    }
}
/** Says what can be known of the mirror without writing, and gives the result of a dry run. */
async function runDoctor({ log }, options, signal) {
    const { examine } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(1585), __webpack_require__.e(6995), __webpack_require__.e(3414)]).then(__webpack_require__.bind(__webpack_require__, 33414));
    const { describeWithoutLevel } = await __webpack_require__.e(/* import() */ 3781).then(__webpack_require__.bind(__webpack_require__, 73781));
    const onEvent = options.verbose ? log.reporter : undefined;
    const { findings, result } = await examine(options, { signal, onEvent });
    for (const finding of findings) {
        const line = describeWithoutLevel(finding);
        if (finding.level === 'warning')
            log.warning(line);
        else
            log.info(`${finding.level}: ${line}`);
    }
    const errors = findings.filter(({ level }) => level === 'error');
    if (errors.length === 0 || !result.ok)
        return { ...result, ok: errors.length === 0 };
    const error = new base_errors/* MirrorError */.En(`doctor: ${errors[0].place}: ${errors[0].text}`, {
        code: 'guard',
        hint: errors[0].remedy,
    });
    return { ...result, ok: false, error };
}
/** Nothing is loaded where no App gives the tokens. */
async function openTokens(state, options, signal) {
    if (options.app === undefined)
        return undefined;
    const { openAppTokens } = await __webpack_require__.e(/* import() */ 7554).then(__webpack_require__.bind(__webpack_require__, 67554));
    return await openAppTokens(options, options.app, {
        signal,
        onSecret(token) {
            state.commands.setSecret(token);
            for (const text of (0,options_secrets/* tokenForms */.py)(token))
                (0,redact/* hideFromNowOn */.Uy)(state.secrets, text);
        },
        onNotice: (text) => state.log.info(text),
        onRequest: options.verbose ? (text) => state.log.info(text) : undefined,
    });
}
function prepare(state) {
    const { env, commands } = state;
    const values = (0,inputs/* readInputs */.K)(env);
    const collected = (0,options_secrets/* collectSecrets */.qb)(values, env);
    const { secrets } = collected;
    state.secrets = secrets;
    const warnings = (0,mask/* maskSecrets */.Q)(collected, commands);
    replaceLog(state, []);
    for (const warning of warnings)
        state.log.warning(warning);
    const { options, notices } = (0,read_options/* readOptions */.T)({
        values,
        env,
        isWorkflowToken: (0,inputs/* isWorkflowToken */.b)(values, env),
        verbose: env['RUNNER_DEBUG'] === '1',
    });
    const destinations = options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url));
    replaceLog(state, destinations);
    state.log.info(`Kalandra ${version/* VERSION */.x}: ${(0,remote_url/* printUrl */.D1)(options.source.url)} to ${destinations.join(', ')}`);
    for (const { level, text } of notices)
        state.log[level](text);
    return options;
}
function replaceLog(state, destinations) {
    state.log.close();
    state.log = createLog({ sink: state.commands, destinations, secrets: state.secrets });
}
/** Asks GitHub why it refused, where it did; nothing is loaded where it did not. */
async function diagnose(result, options, signal) {
    const errors = [result.error, ...result.destinations.map(({ error }) => error)];
    const refused = errors.some((error) => error?.code === 'auth' || error?.code === 'not-found');
    if (!refused || signal.aborted)
        return result;
    const { addDiagnosis } = await __webpack_require__.e(/* import() */ 8948).then(__webpack_require__.bind(__webpack_require__, 68948));
    return await addDiagnosis(result, options, signal);
}
/** Log, outputs, summary and status, each even when another one can't be written; once. */
async function publish(state, given) {
    const core = await state.load();
    if (state.status !== undefined)
        return state.status;
    state.status = given.ok ? 0 : 1;
    const { log, secrets } = state;
    const result = (0,redact/* redactResult */.rd)(given, secrets);
    log.close();
    const steps = [
        () => publishOutputs(log, core, result),
        () => publishSummary(log, state.env, result),
        () => reportResult(log, core, result),
    ];
    for (const step of steps) {
        try {
            step();
        }
        catch (thrown) {
            state.status = 1;
            core.error(log.line(`The result could not be written: ${(0,wording/* describeMessage */.Xc)(asError(thrown))}`));
        }
    }
    return state.status;
}
function publishOutputs(log, core, result) {
    const outputs = computeOutputs(result);
    if (outputs.leftOut > 0) {
        log.warning(`The outputs updated-refs and rejected-refs leave out ${(0,wording/* formatPlural */.yk)(outputs.leftOut, 'ref')}: ` +
            'a job may hold 1 MB of outputs. The counts are complete.');
    }
    writeOutputs(outputs, core);
}
function publishSummary(log, env, result) {
    const path = env['GITHUB_STEP_SUMMARY'];
    if (path)
        (0,external_node_fs_.appendFileSync)(path, renderSummary(result, env));
    else
        log.info('There is no GITHUB_STEP_SUMMARY to write the summary to.');
}
function asError(thrown) {
    return (0,base_errors/* toMirrorError */.Ho)(thrown, { code: 'local' });
}


/***/ })

};
