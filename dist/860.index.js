export const id = 860;
export const ids = [860];
export const modules = {

/***/ 7860:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCommandRun: () => (/* binding */ createCommandRun)
});

// UNUSED EXPORTS: EXIT_FAILED, EXIT_OK, EXIT_USAGE

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
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
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
// EXTERNAL MODULE: ./build/options/names.js
var names = __webpack_require__(3845);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(6815);
;// CONCATENATED MODULE: ./build/cli/arguments.js




const SWITCHES = ['prune', 'force', 'atomic', 'dry-run', 'allow-unrelated'];
const TEXTS = [
    'source-username',
    'destination-username',
    'max-deletions',
    'retries',
    'idle-timeout',
    'max-pack-size',
    'max-refs-per-push',
    'transfer',
];
/** The secrets that a command line knows: by file or environment variable, since arguments show in process lists. */
const COMMAND_SECRETS = names/* SECRET_OPTIONS */.C.filter((name) => name !== 'workflow-token');
/**
 * Reads the arguments after `node dist/index.js`.
 * @throws MirrorError `usage`; no message holds a value that may be secret.
 */
function parseArguments(args, env) {
    const { values, positionals } = parse(args);
    if (values['help'] === true)
        return { kind: 'help' };
    if (values['version'] === true)
        return { kind: 'version' };
    for (const name of COMMAND_SECRETS) {
        if (values[name] !== undefined) {
            throw usage(`--${name} is not taken from the command line, where every user of this machine can read it`, `Put it into the environment variable ${variableOf(name)}, or into a file: --${name}-file PATH.`);
        }
    }
    if (positionals.length < 2) {
        const missing = positionals.length === 0 ? 'SOURCE and DESTINATION are' : 'DESTINATION is';
        throw usage(`${missing} missing`, 'See --help.');
    }
    const read = {
        source: positionals[0] ?? '',
        destination: positionals.slice(1).join('\n'),
    };
    for (const name of TEXTS) {
        const text = values[name];
        if (typeof text === 'string')
            read[name] = text;
    }
    for (const name of SWITCHES) {
        if (values[name] === true)
            read[name] = 'true';
        if (values[`no-${name}`] === true)
            read[name] = 'false';
    }
    const refs = values['refs'];
    if (Array.isArray(refs))
        read.refs = refs.join('\n');
    return {
        kind: 'mirror',
        values: read,
        ...readSecretPlaces(values, read, env),
        json: values['json'] === true,
        verbose: values['verbose'] === true,
    };
}
/** What the command line calls an input, for messages. */
function labelOf(name) {
    if (name === 'source' || name === 'destination')
        return name.toUpperCase();
    if (name === 'ssh-known-hosts')
        return '--ssh-known-hosts-file';
    return COMMAND_SECRETS.includes(name) ? variableOf(name) : `--${name}`;
}
function variableOf(name) {
    return `KALANDRA_${name.toUpperCase().replaceAll('-', '_')}`;
}
function parse(args) {
    const options = {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
        json: { type: 'boolean' },
        verbose: { type: 'boolean', short: 'v' },
        refs: { type: 'string', multiple: true },
        'ssh-known-hosts-file': { type: 'string', multiple: true },
    };
    for (const name of SWITCHES) {
        options[name] = { type: 'boolean' };
        options[`no-${name}`] = { type: 'boolean' };
    }
    for (const name of TEXTS)
        options[name] = { type: 'string' };
    for (const name of COMMAND_SECRETS) {
        options[name] = { type: 'string' };
        options[`${name}-file`] = { type: 'string' };
    }
    try {
        return (0,external_node_util_.parseArgs)({ args: [...args], options, allowPositionals: true, strict: true });
    }
    catch (thrown) {
        // Node's first sentence names the option and no value; the rest is advice about positionals.
        const message = thrown instanceof Error ? thrown.message : String(thrown);
        throw usage((0,printable/* printableLine */.oy)(message.split(/\. |\n/)[0] ?? message, 200).replace(/\.$/, ''), 'See --help.');
    }
}
function readSecretPlaces(values, read, env) {
    const files = new Map();
    for (const name of COMMAND_SECRETS) {
        const path = values[`${name}-file`];
        const given = env[variableOf(name)];
        if (typeof path === 'string')
            files.set(name, path);
        else if (given !== undefined && given !== '')
            read[name] = given;
    }
    const known = values['ssh-known-hosts-file'];
    return { files, knownHostsFiles: Array.isArray(known) ? known.map(String) : [] };
}
function usage(message, hint) {
    return new errors/* MirrorError */.En(message, { code: 'usage', hint });
}

// EXTERNAL MODULE: ./build/options/options.js
var options = __webpack_require__(3919);
;// CONCATENATED MODULE: ./build/cli/help.js

const HELP = `Mirrors a Git repository to other servers, without a clone.

Usage: node dist/index.js SOURCE DESTINATION [DESTINATION...] [options]

SOURCE and DESTINATION are https://, http://, ssh://, git:// or file:// addresses, git@host:path, or
absolute paths.

What is mirrored
  --refs REFSPEC            may be repeated; default: refs/heads/* and refs/tags/*
                            refs/heads/main:refs/heads/stable renames, ^refs/heads/wip/* leaves out
  --no-prune                keep destination refs that the source no longer has
  --max-deletions N         stop when more would be deleted; default ${options/* DEFAULT_MAX_DELETIONS */.PQ}, or: unlimited
  --no-force                branches only fast-forward, tags never move
  --atomic                  all refs of a destination or none
  --dry-run                 plan and report, change nothing
  --allow-unrelated         allow a destination that shares nothing with the source

How
  --retries N               attempts after a passing failure; default ${options/* DEFAULT_RETRIES */.TU}
  --idle-timeout SECONDS    give up after so long without a byte; default ${options/* DEFAULT_IDLE_SECONDS */.hL}
  --max-pack-size SIZE      largest pack of one push: 500M, 2G
  --max-refs-per-push N     most refs of one push; default 5000, or the known limit of the host;
                            a path takes a million
  --transfer WAY            auto, stream or spool
  --source-username NAME, --destination-username NAME
                            default: x-access-token

Keys and tokens are never arguments. Each has an environment variable and an option that names a file:
  KALANDRA_SOURCE_TOKEN                --source-token-file PATH
  KALANDRA_DESTINATION_TOKEN           --destination-token-file PATH
  KALANDRA_SOURCE_SSH_KEY              --source-ssh-key-file PATH
  KALANDRA_DESTINATION_SSH_KEY         --destination-ssh-key-file PATH
  KALANDRA_SOURCE_SSH_PASSPHRASE       --source-ssh-passphrase-file PATH
  KALANDRA_DESTINATION_SSH_PASSPHRASE  --destination-ssh-passphrase-file PATH
  ~/.ssh/known_hosts is read; --ssh-known-hosts-file PATH adds another one.

Output
  --json                    the result as JSON on stdout, everything else on stderr
  --verbose, -v             show the progress texts of the servers
  --help, -h   --version

Exit status: 0 mirrored, 1 failed or rejected, 2 wrong use.
`;

// EXTERNAL MODULE: ./build/report/progress-meter.js
var progress_meter = __webpack_require__(7100);
;// CONCATENATED MODULE: ./build/cli/print.js


const PLAIN_INTERVAL = 5000;
const LIVE_INTERVAL = 200;
const CLEAR_LINE = '\r\u001B[K';
/** Messages of a run: one live line on a terminal, else a plain line every few seconds. */
function createPrinter(o) {
    const { stream } = o;
    const live = stream.isTTY === true;
    const meter = (0,progress_meter/* createProgressMeter */.P)(live ? LIVE_INTERVAL : PLAIN_INTERVAL, () => performance.now());
    let shown = '';
    function safe(text, max = 2000) {
        return (0,redact/* safeLine */.om)(text, o.secrets, max);
    }
    function line(text) {
        stream.write(`${shown === '' ? '' : CLEAR_LINE}${safe(text)}\n`);
        if (shown !== '')
            stream.write(shown);
    }
    function showLive(text) {
        shown = safe(text, Math.max(20, (stream.columns || 80) - 1));
        stream.write(`${CLEAR_LINE}${shown}`);
    }
    function prefix(destination) {
        return o.several && destination !== undefined ? `[${destination}] ` : '';
    }
    function report(event) {
        switch (event.kind) {
            case 'phase': {
                const names = event.destination !== undefined && event.text.includes(event.destination);
                const text = `${names ? '' : prefix(event.destination)}${event.text}`;
                return live ? showLive(text) : line(text);
            }
            case 'progress': {
                const text = meter.update(event.destination, event.bytes, event.objects);
                if (text === undefined)
                    return;
                const whole = `${prefix(event.destination)}${text}`;
                return live ? showLive(whole) : line(whole);
            }
            case 'server-text':
                return line(`${prefix(event.server)}${event.side === 'source' ? 'source' : 'remote'}: ${event.text}`);
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

;// CONCATENATED MODULE: ./build/report/result-json.js


/** The result as JSON in ASCII, so that nothing in it reaches a terminal or a runner as more than text. */
function renderJson(result) {
    const value = {
        ...result,
        error: errorValue(result.error),
        destinations: result.destinations.map((destination) => ({
            ...destination,
            rejected: destination.rejected.map((ref) => ({
                ...ref,
                advice: ref.advice ?? null,
                adviceId: ref.adviceId ?? null,
            })),
            error: errorValue(destination.error),
        })),
    };
    return JSON.stringify(value, undefined, 2).replaceAll(/[\u007f-\uffff]|(?<=##)\[/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
function errorValue(error) {
    if (!error)
        return null;
    return {
        code: error.code,
        message: (0,wording/* describeMessage */.Xc)(error),
        hint: error.hint ?? null,
        side: error.side ?? null,
        status: error.status ?? null,
        retryable: error.retryable,
    };
}

// EXTERNAL MODULE: ./build/report/group-advice.js
var group_advice = __webpack_require__(1605);
;// CONCATENATED MODULE: ./build/cli/report.js




const SIGNS = { create: '+', update: ' ', force: '!', delete: '-' };
const MOST_SERVER_LINES = 20;
/** The result for a person, in lines: every changed and rejected ref by destination, the verdict last. */
function renderReport(result) {
    const lines = result.destinations.flatMap((destination) => renderDestination(destination, result));
    return [...lines, (0,wording/* describeVerdict */.XZ)(result), ...(result.error ? renderError(result.error) : [])].map(printable/* muteLine */.WB);
}
function renderDestination(destination, result) {
    const lines = [`${(0,printable/* printableLine */.oy)(destination.destination, 300)}: ${(0,wording/* describeDestination */.aC)(destination)}`];
    for (const change of destination.changed)
        lines.push(`  ${renderChange(change)}`);
    for (const { advice, refs } of (0,group_advice/* groupAdvice */.A)(destination.rejected)) {
        for (const ref of refs) {
            lines.push(`  x ${(0,printable/* printableLine */.oy)(ref.ref, 300)}: ${ref.action} rejected: ${(0,printable/* printableLine */.oy)(ref.reason, 500)}`);
        }
        if (advice !== undefined)
            lines.push(`    ${(0,printable/* printableLine */.oy)(advice, 1000)}`);
    }
    for (const warning of destination.warnings)
        lines.push(`  warning: ${(0,printable/* printableLine */.oy)(warning, 1000)}`);
    const { error } = destination;
    if (error && error.message !== result.error?.message)
        lines.push(...renderError(error).map((line) => `  ${line}`));
    return lines;
}
function renderChange(change) {
    const ids = [(0,wording/* shortId */.m_)(change.old), (0,wording/* shortId */.m_)(change.new)].filter((id) => id !== '').join('..');
    return `${SIGNS[change.action]} ${(0,printable/* printableLine */.oy)(change.ref, 300)} ${change.action} ${ids}`;
}
function renderError(error) {
    const said = (error.serverText ?? '').split(/[\r\n]+/).filter((line) => line.trim() !== '');
    return [
        ...said.slice(0, MOST_SERVER_LINES).map((line) => `remote: ${(0,printable/* printableLine */.oy)(line, 1000)}`),
        ...(error.hint === undefined ? [] : [`What to do: ${(0,printable/* printableLine */.oy)(error.hint, 1000)}`]),
    ];
}

;// CONCATENATED MODULE: ./build/cli/run.js

















const EXIT_OK = 0;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
function createCommandRun(input) {
    let recorder;
    let printer = createPrinter({ stream: input.stderr, secrets: redact/* NO_SECRETS */.g1, several: false });
    let secrets = redact/* NO_SECRETS */.g1;
    let json = false;
    let status;
    function finish(given) {
        if (status !== undefined)
            return status;
        const result = (0,redact/* redactResult */.rd)(given, secrets);
        status = result.ok ? EXIT_OK : isWrongUse(result) ? EXIT_USAGE : EXIT_FAILED;
        printer.close();
        const report = renderReport(result);
        if (json) {
            for (const line of report)
                printer.line(line);
            input.stdout.write(`${(0,redact/* redact */.E$)(renderJson(result), secrets)}\n`);
        }
        else {
            input.stdout.write(`${(0,redact/* redact */.E$)(report.join('\n'), secrets)}\n`);
        }
        return status;
    }
    function fail(error) {
        if (recorder)
            return finish(recorder.toResult(error));
        if (status !== undefined)
            return status;
        status = error.code === 'usage' ? EXIT_USAGE : EXIT_FAILED;
        printer.close();
        printer.line(`error: ${(0,wording/* describeMessage */.Xc)(error)}${error.hint === undefined ? '' : `. ${error.hint}`}`);
        return status;
    }
    return {
        async run(signal) {
            try {
                const command = parseArguments(input.args, input.env);
                if (command.kind !== 'mirror') {
                    input.stdout.write(command.kind === 'help' ? HELP : `${version/* VERSION */.x}\n`);
                    status = EXIT_OK;
                    return status;
                }
                json = command.json;
                const values = withFiles(command);
                secrets = (0,options_secrets/* collectSecrets */.q)(values);
                printer = createPrinter({ stream: input.stderr, secrets, several: isSeveral(values) });
                const options = prepare(command, values, input.env, printer);
                recorder = (0,report_recorder/* createRecorder */.T)({
                    now: () => performance.now(),
                    source: (0,remote_url/* printUrl */.D1)(options.source.url),
                    destinations: options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)),
                    dryRun: options.dryRun,
                });
                const { reporter: record } = recorder;
                const { reporter: print } = printer;
                return finish(await (0,mirror/* mirror */.e)(options, (event) => {
                    record(event);
                    print(event);
                }, signal));
            }
            catch (thrown) {
                return fail((0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' }));
            }
        },
        abandon: fail,
    };
}
function prepare(command, values, env, printer) {
    const { options, notices } = (0,read_options/* readOptions */.T)({
        values,
        env,
        label: (name) => (command.files.has(name) ? `--${name}-file` : labelOf(name)),
        knownHostsFiles: [(0,external_node_path_.join)((0,external_node_os_.homedir)(), '.ssh', 'known_hosts'), ...command.knownHostsFiles],
        verbose: command.verbose,
    });
    if (/:\/\/[^/?#\s]*:[^/?#\s]*@/.test(`${values.source}\n${values.destination}`)) {
        printer.line('warning: a password in an argument can be read by every user of this machine. See --help.');
    }
    for (const { level, text } of notices)
        printer.line(level === 'warning' ? `warning: ${text}` : text);
    return options;
}
function withFiles(command) {
    const values = { ...command.values };
    for (const [name, path] of command.files)
        values[name] = readSecretFile(name, path);
    return values;
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
function isSeveral(values) {
    return (values.destination ?? '').includes('\n');
}
/** Nothing was tried but what the arguments forbid. */
function isWrongUse(result) {
    if (result.error)
        return result.error.code === 'usage';
    const failed = result.destinations.filter(({ status }) => status === 'failed' || status === 'rejected');
    return failed.length > 0 && failed.every(({ error }) => error?.code === 'usage');
}


/***/ })

};
