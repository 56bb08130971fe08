export const id = 402;
export const ids = [402];
export const modules = {

/***/ 5402:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createActionRun: () => (/* binding */ createActionRun)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(5145);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 94 modules
var mirror = __webpack_require__(4161);
// EXTERNAL MODULE: ./build/options/read-options.js + 2 modules
var read_options = __webpack_require__(3935);
// EXTERNAL MODULE: ./build/report/recorder.js
var report_recorder = __webpack_require__(397);
// EXTERNAL MODULE: ./build/options/secrets.js
var options_secrets = __webpack_require__(3588);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(7234);
// EXTERNAL MODULE: ./build/base/version.js
var version = __webpack_require__(7844);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(2867);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js + 1 modules
var remote_url = __webpack_require__(3766);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "os"
var external_os_ = __webpack_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function issue(name, message = '') {
    issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "crypto"
var external_crypto_ = __webpack_require__(6982);
// EXTERNAL MODULE: external "fs"
var external_fs_ = __webpack_require__(9896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: ./build/action/core.js



/**
 * What the action needs of @actions/core (GitHub's "Workflow commands for GitHub Actions"). Texts are escaped as the
 * runner reads them, and outputs get delimiters that nobody can guess. Imported file by file: the package as a whole
 * loads an HTTP client for OpenID Connect and a runner of programs first, more than half of the start of a step.
 */
const core = {
    /** Has the runner hide a text from now on. */
    setSecret: (text) => issueCommand('add-mask', {}, text),
    info: (line) => void process.stdout.write(`${line}${external_node_os_.EOL}`),
    warning: (text) => issueCommand('warning', {}, text),
    error: (text) => issueCommand('error', {}, text),
    startGroup: (title) => issue('group', title),
    endGroup: () => issue('endgroup'),
    /** @throws Error where the runner's file for outputs is missing. A runner that names none gets the older command. */
    setOutput(name, value) {
        if (process.env['GITHUB_OUTPUT'])
            issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
        else
            issueCommand('set-output', { name }, value);
    },
};

// EXTERNAL MODULE: ./build/options/names.js
var names = __webpack_require__(3845);
;// CONCATENATED MODULE: ./build/action/inputs.js

/** The action's inputs as the runner hands them over, none checked. */
function readInputs(env) {
    const values = {};
    for (const name of names/* OPTION_NAMES */.TM) {
        const value = env[`INPUT_${name.toUpperCase()}`] ?? '';
        // Spaces belong to a passphrase.
        values[name] = name.endsWith('-passphrase') ? value : value.trim();
    }
    return values;
}
/**
 * Tells the token that the runner gives to every workflow. It is named by an input of its own; where that is
 * missing (another runner), a token of the same kind is taken for it.
 */
function isWorkflowToken(values, env) {
    const own = values['workflow-token'] ?? '';
    if (own !== '')
        return (token) => token === own;
    return (token) => token.startsWith('ghs_') || (token !== '' && token === env['GITHUB_TOKEN']);
}

// EXTERNAL MODULE: ./build/report/progress-meter.js
var progress_meter = __webpack_require__(7100);
;// CONCATENATED MODULE: ./build/action/log.js



/** The runner keeps ten annotations of a type for a step; the last error is the verdict's. */
const MOST_ANNOTATIONS = 9;
const MOST_REF_LINES = 200;
const MOST_LENGTH = 2000;
const GROUP_TITLES = {
    list: 'List refs',
    negotiate: 'Negotiate',
    transfer: 'Transfer',
    verify: 'Verify',
};
const PHASE_ORDER = ['list', 'negotiate', 'transfer', 'verify'];
const SIGNS = { create: '+', update: '*', force: '!', delete: '-' };
/** The log of a step: phases as groups, a line of progress now and then, everything else as it comes. */
function createLog(options) {
    const { sink, destinations, secrets = redact/* NO_SECRETS */.g1 } = options;
    const logLine = (text) => (0,redact/* safeLine */.om)(text, secrets, MOST_LENGTH);
    const meter = (0,progress_meter/* createProgressMeter */.P)(options.progressInterval ?? 3000, () => performance.now());
    const silence = options.silenceInterval ?? 60_000;
    const several = destinations.length > 1;
    const refLines = new Map();
    const said = new Set();
    const annotations = { warning: 0, error: 0 };
    let group;
    let lastPhase = 'starting';
    let lastLine = performance.now();
    function info(text) {
        lastLine = performance.now();
        sink.info(logLine(text));
    }
    function annotate(level, text) {
        if (said.has(text))
            return;
        said.add(text);
        lastLine = performance.now();
        annotations[level] += 1;
        if (annotations[level] <= MOST_ANNOTATIONS)
            sink[level](logLine(text));
        else
            sink.info(logLine(`${level}: ${text}`));
    }
    function prefix(destination) {
        return several && destination !== undefined ? `[${shortAddress(destination)}] ` : '';
    }
    function enterPhase(event) {
        lastPhase = event.text;
        // Groups do not nest and destinations run side by side: with several, a group begins with the first of them.
        const begins = !several || group === undefined || PHASE_ORDER.indexOf(event.phase) > PHASE_ORDER.indexOf(group);
        if (begins && (event.phase !== group || !several)) {
            if (group !== undefined)
                sink.endGroup();
            sink.startGroup(logLine(several ? GROUP_TITLES[event.phase] : beginSentence(event.text)));
            group = event.phase;
            if (!several)
                return;
        }
        const names = event.destination !== undefined && event.text.includes(event.destination);
        info(`${names ? '' : prefix(event.destination)}${event.text}`);
    }
    function refLine(destination, text) {
        const count = (refLines.get(destination) ?? 0) + 1;
        refLines.set(destination, count);
        if (count <= MOST_REF_LINES)
            info(`${prefix(destination)}${text}`);
        if (count === MOST_REF_LINES + 1)
            info(`${prefix(destination)}… and more; the outputs and the summary have them`);
    }
    function report(event) {
        switch (event.kind) {
            case 'phase':
                return enterPhase(event);
            case 'progress': {
                const line = meter.update(event.destination, event.bytes, event.objects);
                if (line !== undefined)
                    info(`${prefix(event.destination)}${line}`);
                return;
            }
            case 'server-text':
                return info(`${prefix(event.server)}${event.side === 'source' ? 'source' : 'remote'}: ${event.text}`);
            case 'notice':
                if (event.level === 'warning')
                    annotate('warning', `${prefix(event.destination)}${event.text}`);
                else
                    info(`${prefix(event.destination)}${event.text}`);
                return;
            case 'changed': {
                const { change } = event;
                const ids = [(0,wording/* shortId */.m_)(change.old), (0,wording/* shortId */.m_)(change.new)].filter((id) => id !== '').join('..');
                return refLine(event.destination, `${SIGNS[change.action]} ${event.dryRun ? 'would ' : ''}${change.action} ${change.ref} ${ids}`);
            }
            case 'rejected': {
                const { rejected } = event;
                return refLine(event.destination, `x rejected: ${rejected.action} ${rejected.ref}: ${rejected.reason}`);
            }
        }
    }
    const heartbeat = setInterval(() => {
        const quiet = performance.now() - lastLine;
        if (quiet >= silence)
            info(`still waiting, no news for a minute: ${lastPhase}`);
    }, silence / 4);
    heartbeat.unref();
    return {
        reporter: report,
        info,
        warning: (text) => annotate('warning', text),
        error: (text) => annotate('error', text),
        line: logLine,
        close() {
            clearInterval(heartbeat);
            if (group !== undefined)
                sink.endGroup();
            group = undefined;
        },
    };
}
function beginSentence(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
/** An address without its scheme, for the start of a line. */
function shortAddress(address) {
    return address.replace(/^[a-z]+:\/\//, '');
}

// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(6815);
;// CONCATENATED MODULE: ./build/action/outputs.js



const OUTPUT_NAMES = [
    'changed',
    'updated-refs',
    'rejected-refs',
    'created',
    'updated',
    'deleted',
    'rejected',
    'pack-bytes',
];
/** Bytes for both lists together. The runner counts UTF-16, two bytes a character, against 1 MB a job. */
const MOST_BYTES = 880_000;
/** What a run is for the steps after it; for a dry run, `updated-refs` and the counts tell what would change. */
function computeOutputs(result) {
    const counts = (0,wording/* countActions */.Bd)(result.destinations.flatMap((destination) => destination.changed));
    const rejected = listJson(result.destinations, rejectedEntries, MOST_BYTES / 2);
    const updated = listJson(result.destinations, changedEntries, MOST_BYTES - rejected.bytes);
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
            'pack-bytes': String(sumBytes(result.destinations)),
        },
        leftOut: updated.leftOut + rejected.leftOut,
    };
}
/** @throws Error when the runner's output file is missing. */
function writeOutputs(outputs) {
    for (const name of OUTPUT_NAMES)
        core.setOutput(name, outputs.values[name]);
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
function sumBytes(destinations) {
    return destinations.reduce((sum, destination) => sum + destination.figures.packBytes, 0);
}

// EXTERNAL MODULE: ./build/report/group-advice.js
var group_advice = __webpack_require__(1605);
;// CONCATENATED MODULE: ./build/action/report.js


/** The end of the log: one line a destination, what was rejected and why, and the verdict as the step's status. */
function reportResult(log, sink, result) {
    for (const destination of result.destinations)
        reportDestination(log, destination, result);
    const verdict = (0,wording/* describeVerdict */.XZ)(result);
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
    for (const { advice, refs } of (0,group_advice/* groupAdvice */.A)(destination.rejected)) {
        for (const ref of refs) {
            const said = advice === undefined || ref !== refs[0] ? '' : `. ${advice}`;
            const line = `${destination.destination}: ${ref.ref} was not changed (${ref.action}): ${ref.reason}${said}`;
            if (ref.warning)
                log.warning(line);
            else
                log.error(line);
        }
    }
    log.info(`${destination.destination}: ${(0,wording/* describeDestination */.aC)(destination)}`);
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
    const lines = (error.serverText ?? '').split(/[\r\n]+/).filter((line) => line.trim() !== '');
    for (const line of lines.slice(0, 20))
        log.info(`remote: ${line}`);
    if (lines.length > 20)
        log.info(`remote: … and ${(0,wording/* formatPlural */.yk)(lines.length - 20, 'more line')}`);
}
function hintOf(error) {
    return error?.hint === undefined ? '' : ` ${error.hint}`;
}

;// CONCATENATED MODULE: ./build/action/mask.js


/**
 * Has the runner hide every secret, before anything is printed.
 * @returns warnings about secrets that can't be hidden
 */
function maskSecrets({ texts, tooShort }) {
    for (const text of texts) {
        // The runner hides each line of a text as well: a short last line would hide half of the log.
        const lines = text.split(/\r?\n/).map((line) => line.trim());
        if (lines.every((line) => line.length >= redact/* SHORTEST_SECRET */.c3 || line === ''))
            core.setSecret(text);
        else
            for (const line of lines)
                if (line.length >= redact/* SHORTEST_SECRET */.c3)
                    core.setSecret(line);
    }
    return tooShort.map((name) => `${name} is shorter than ${redact/* SHORTEST_SECRET */.c3} characters: the log can't hide it.`);
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
const summary_MOST_BYTES = 900_000;
const MOST_ROWS = 300;
/** Rows of all tables of a summary, roughly. */
const ALL_ROWS = 3000;
const MOST_CELL = 250;
const MOST_WARNINGS = 20;
const PHASES = ['list', 'negotiate', 'transfer', 'verify'];
/** The job summary in Markdown, below 900 kB: verdict, changed and rejected refs by destination, figures. */
function renderSummary(result, env) {
    const most = Math.min(MOST_ROWS, Math.floor(ALL_ROWS / Math.max(1, result.destinations.length)));
    for (let rows = most; rows > 0; rows = Math.floor(rows / 5)) {
        const text = renderAll(result, env, rows);
        if (Buffer.byteLength(text) < summary_MOST_BYTES)
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
    const mark = result.ok ? '✅' : '❌';
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
    const warnings = destination.warnings.slice(0, MOST_WARNINGS);
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
        .map(({ ref, advice }) => row(`${ref.warning ? '⚠️' : '❌'} ${code(ref.ref)}`, ref.action, inline(ref.reason, MOST_CELL), inline(advice, MOST_CELL * 2)));
    return [
        row('Rejected', 'Change', 'Reason', 'What to do'),
        '| --- | --- | --- | --- |',
        ...rows,
        ...moreRow(rejected.length - rows.length, 4),
    ];
}
function renderFigures(result) {
    const rows = result.destinations.map(({ destination, figures, upToDate }) => row(inline(destination), (0,wording/* formatCount */.B4)(upToDate), (0,wording/* formatBytes */.z3)(figures.packBytes), (0,wording/* formatCount */.B4)(figures.objects), (0,wording/* formatCount */.B4)(figures.pushes), ...PHASES.map((phase) => (0,wording/* formatSeconds */.Xo)(figures.seconds[phase]))));
    return [
        '<details><summary>Figures</summary>',
        '',
        row('Destination', 'Up to date', 'Sent', 'Objects', 'Pushes', 'List', 'Negotiate', 'Transfer', 'Verify'),
        `|${' --- |'.repeat(9)}`,
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
function code(text, max = MOST_CELL) {
    return `<code>${inline(text, max)}</code>`;
}
function sentence(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

;// CONCATENATED MODULE: ./build/action/run.js

















function createActionRun(env) {
    const state = {
        log: createLog({ sink: core, destinations: [] }),
        secrets: redact/* NO_SECRETS */.g1,
        recorder: undefined,
        status: undefined,
    };
    return {
        async run(signal) {
            const result = await runMirror(state, env, signal);
            return publish(state, env, result);
        },
        abandon(error) {
            return publish(state, env, state.recorder?.toResult(error) ?? (0,report_recorder/* resultOfError */.L)(error));
        },
    };
}
async function runMirror(state, env, signal) {
    try {
        const options = prepare(state, env);
        const recorder = (0,report_recorder/* createRecorder */.T)({
            now: () => performance.now(),
            source: (0,remote_url/* printUrl */.D1)(options.source.url),
            destinations: options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)),
            dryRun: options.dryRun,
        });
        state.recorder = recorder;
        const { log } = state;
        const result = await (0,mirror/* mirror */.e)(options, (event) => {
            recorder.reporter(event);
            log.reporter(event);
        }, signal);
        return await diagnose(result, options, signal);
    }
    catch (thrown) {
        return state.recorder?.toResult(asError(thrown)) ?? (0,report_recorder/* resultOfError */.L)(asError(thrown));
    }
}
function prepare(state, env) {
    const values = readInputs(env);
    state.secrets = (0,options_secrets/* collectSecrets */.q)(values);
    const { secrets } = state;
    const warnings = maskSecrets(secrets);
    state.log.close();
    state.log = createLog({ sink: core, destinations: [], secrets });
    for (const warning of warnings)
        state.log.warning(warning);
    const { options, notices } = (0,read_options/* readOptions */.T)({
        values,
        env,
        isWorkflowToken: isWorkflowToken(values, env),
        verbose: env['RUNNER_DEBUG'] === '1',
    });
    const destinations = options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url));
    state.log.close();
    state.log = createLog({ sink: core, destinations, secrets });
    state.log.info(`Kalandra ${version/* VERSION */.x}: ${(0,remote_url/* printUrl */.D1)(options.source.url)} to ${destinations.join(', ')}`);
    for (const notice of notices) {
        if (notice.level === 'warning')
            state.log.warning(notice.text);
        else
            state.log.info(notice.text);
    }
    return options;
}
/** Asks GitHub why it refused, where it did; nothing is loaded where it did not. */
async function diagnose(result, options, signal) {
    const errors = [result.error, ...result.destinations.map(({ error }) => error)];
    const refused = errors.some((error) => error?.code === 'auth' || error?.code === 'not-found');
    if (!refused || signal.aborted)
        return result;
    const { addDiagnosis } = await __webpack_require__.e(/* import() */ 975).then(__webpack_require__.bind(__webpack_require__, 6975));
    return await addDiagnosis(result, options, signal);
}
/** Log, outputs, summary and status, each even when another one can't be written; once. */
function publish(state, env, given) {
    if (state.status !== undefined)
        return state.status;
    state.status = given.ok ? 0 : 1;
    const { log, secrets } = state;
    const result = (0,redact/* redactResult */.rd)(given, secrets);
    log.close();
    const steps = [
        () => publishOutputs(log, result),
        () => publishSummary(log, env, result),
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
function publishOutputs(log, result) {
    const outputs = computeOutputs(result);
    if (outputs.leftOut > 0) {
        log.warning(`The outputs updated-refs and rejected-refs leave out ${(0,wording/* formatPlural */.yk)(outputs.leftOut, 'ref')}: ` +
            'a job may hold 1 MB of outputs. The counts are complete.');
    }
    writeOutputs(outputs);
}
function publishSummary(log, env, result) {
    const path = env['GITHUB_STEP_SUMMARY'];
    if (path)
        (0,external_node_fs_.appendFileSync)(path, renderSummary(result, env));
    else
        log.info('There is no GITHUB_STEP_SUMMARY to write the summary to.');
}
function asError(thrown) {
    return (0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' });
}


/***/ })

};
