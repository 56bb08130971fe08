export const id = 336;
export const ids = [336,768];
export const modules = {

/***/ 10768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ parseStrangersJson)
/* harmony export */ });
/** An escape of a surrogate: half of a character, unless the other half stands beside it. */
const SURROGATE = /\\u[dD][89a-fA-F]/;
/**
 * Reads JSON of a stranger. Half a character, which no encoding can hold, becomes U+FFFD: what makes an address of such a text throws.
 * @throws SyntaxError; RangeError where it has half a character and is nested thousands of levels deep
 */
function parseStrangersJson(text) {
    if (!SURROGATE.test(text))
        return JSON.parse(text);
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}


/***/ }),

/***/ 44225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ releaseMemory),
/* harmony export */   p: () => (/* binding */ keepHeapSmall)
/* harmony export */ });
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78877);

/** Versions whose V8 knows the flags of `keepHeapSmall`. */
const TRIED_NODES = /^v2[0-4]\./;
let isGuarded;
/**
 * Whether Node refuses to give away the memory that small buffers share: until 24.14 it does not, and every small
 * buffer of the process would be gone. Asks for more than there can be, so that nothing is given away either way: the
 * refusal comes first.
 */
function isPoolGuarded() {
    const pool = Buffer.allocUnsafe(1).buffer;
    try {
        pool.transfer?.(Number.MAX_SAFE_INTEGER);
    }
    catch (error) {
        return error instanceof TypeError;
    }
    return false;
}
function mayBePool({ byteLength }) {
    return byteLength === Buffer.poolSize && !(isGuarded ??= isPoolGuarded());
}
/**
 * Gives the memory behind `slices` back at once: what is outside of V8's heap would stay until the next collection
 * of all garbage. They are empty afterwards, and so is every other view of the same memory: none may be in use, by
 * the system either. Does nothing where Node cannot (20), and leaves alone what small buffers share.
 *
 * Without it a first mirror of 300 MB takes a quarter more memory at its peak, and over ssh a quarter more processor
 * time (Node 24.21, both servers on loopback, mean of three, with and without): http 101 and 127 MB, 1.7 and 1.7 s;
 * ssh 97 and 121 MB, 3.8 and 4.7 s.
 */
function releaseMemory(slices) {
    for (const slice of slices) {
        const memory = slice.buffer;
        if (memory.detached !== false || mayBePool(memory))
            continue;
        try {
            memory.transfer?.(0);
        }
        catch {
            // Shared by small buffers, and guarded.
        }
    }
}
let isHeapKeptSmall = false;
/**
 * Lets V8 look for garbage sooner than it would: on a machine with much memory it lets a heap grow to several times what
 * is in use, and the part for young objects to 48 MiB or more. To be called before much is made, by what lives long and
 * makes much that is soon garbage. The two flags are read whenever the heap may grow. Does nothing where they were not
 * tried: V8 complains of a flag that it does not know.
 *
 * With 60 a round of 1,000 mirrors takes 112 MB in place of 224, one of 3,000 takes 146 in place of 296, for half as much
 * processor time again (Node 24.21, a server that answers at once). With 120 a server of 2,000 mirrors that answers 200
 * webhooks a second takes 190 MB in place of 200 to 265; with 60 it takes 165, and pauses more often.
 *
 * Relaying 1,200 MB of LFS objects takes 97 MB with it, and 128 without.
 *
 * @param growingPercent how far a heap grows beyond what is in use before all of it is looked at; the first call counts
 */
function keepHeapSmall(growingPercent = 60) {
    if (isHeapKeptSmall || !TRIED_NODES.test(process.version))
        return;
    isHeapKeptSmall = true;
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--semi-space-growth-factor=1');
    (0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)(`--heap-growing-percent=${growingPercent}`);
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


/***/ }),

/***/ 90336:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createServeRun: () => (/* binding */ createServeRun)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(44225);
// EXTERNAL MODULE: ./build/fleet/source/load-config.js
var load_config = __webpack_require__(12864);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/version.js
var version = __webpack_require__(7844);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./node_modules/hono/dist/index.js + 20 modules
var dist = __webpack_require__(64440);
// EXTERNAL MODULE: ./node_modules/hono/dist/middleware/body-limit/index.js
var body_limit = __webpack_require__(62542);
// EXTERNAL MODULE: ./node_modules/hono/dist/router/linear-router/index.js + 1 modules
var linear_router = __webpack_require__(74406);
// EXTERNAL MODULE: ./node_modules/@hono/node-server/dist/conninfo.mjs
var conninfo = __webpack_require__(84146);
// EXTERNAL MODULE: ./build/fleet/config/complaints.js
var config_complaints = __webpack_require__(65354);
// EXTERNAL MODULE: ./build/fleet/config/fill-in.js
var fill_in = __webpack_require__(27921);
// EXTERNAL MODULE: ./build/options/secrets.js
var secrets = __webpack_require__(93588);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/croner/dist/croner.js
var croner = __webpack_require__(55814);
// EXTERNAL MODULE: ./build/fleet/config/check-schedules.js
var check_schedules = __webpack_require__(35557);
;// CONCATENATED MODULE: ./build/serve/jobs/timetable.js



/** Share of its period by which a mirror is shifted, at most `MOST_SPREAD_MS`: a fleet must not start at one moment. */
const SPREAD_SHARE = 0.1;
const MOST_SPREAD_MS = 15 * 60_000;
/** Runs of a schedule of cron of which the shortest distance counts as its period. */
const SAMPLE_RUNS = 10;
/** A Monday, so that the period of a schedule does not depend on the day on which somebody asks. */
const SAMPLE_START = new Date('2024-01-01T00:00:00Z');
/** When mirrors run by their schedules. Times are milliseconds since 1970; the same name has the same shift always. */
class Timetable {
    #timeZone;
    #schedules = new Map();
    constructor(timeZone) {
        this.#timeZone = timeZone;
    }
    /** The first time after `after`; undefined: never. */
    next(schedule, name, after) {
        return this.#schedule(schedule).next(after, name);
    }
    /** A moment of the first tenth of the period: where a mirror runs that is due when the program starts. */
    startDelay(schedule, name) {
        return shiftOf(name, spreadOf(this.#schedule(schedule).period));
    }
    /** Whether a time has passed since the last run without one. */
    isMissed(schedule, name, lastRun, now) {
        if (lastRun === undefined)
            return true;
        const next = this.next(schedule, name, lastRun);
        return next !== undefined && next <= now;
    }
    #schedule(text) {
        const found = this.#schedules.get(text);
        if (found !== undefined)
            return found;
        const period = (0,check_schedules/* readPeriod */.e0)(text);
        const made = period === undefined ? cronSchedule(text, this.#timeZone) : everySchedule(period.every);
        this.#schedules.set(text, made);
        return made;
    }
}
/** Whether this machine knows the zone. */
function isTimeZone(name) {
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
    }
    catch {
        return false;
    }
}
function cronSchedule(text, timezone) {
    const cron = new croner.Cron(text, { paused: true, timezone });
    const runs = cron.nextRuns(SAMPLE_RUNS, SAMPLE_START).map((run) => run.getTime());
    const gaps = runs.slice(1).map((time, index) => time - runs[index]);
    const period = gaps.length === 0 ? Infinity : Math.min(...gaps);
    return {
        period,
        next(after, name) {
            const shift = shiftOf(name, spreadOf(period));
            const next = cron.nextRun(new Date(after - shift));
            return next === null ? undefined : next.getTime() + shift;
        },
    };
}
/** A period has no hour of its own: each mirror has its own point in it. */
function everySchedule(period) {
    return {
        period,
        next(after, name) {
            const phase = shiftOf(name, period);
            return (Math.floor((after - phase) / period) + 1) * period + phase;
        },
    };
}
function spreadOf(period) {
    return Math.min(MOST_SPREAD_MS, Math.floor(period * SPREAD_SHARE));
}
/** Whole seconds below `range`, by the name alone. */
function shiftOf(name, range) {
    const seconds = Math.floor(range / 1000);
    if (seconds < 1)
        return 0;
    return ((0,external_node_crypto_.hash)('sha256', name, 'buffer').readUInt32BE(0) % seconds) * 1000;
}

;// CONCATENATED MODULE: ./build/serve/config/settings.js





/** Hosts whose webhooks are taken. */
const HOOK_KINDS = ['github', 'gitlab', 'gitea', 'bitbucket', 'azure'];
const SHORTEST_TOKEN = 16;
const SHORTEST_HOOK_SECRET = 8;
const UNIT_SECONDS = { '': 1, s: 1, m: 60, h: 3600 };
const DEFAULT_STOP_GRACE = '20s';
const DEFAULT_HOOK_USER = 'kalandra';
/** @throws ConfigError with every mistake */
function readServerSettings(file, env) {
    const complaints = (0,config_complaints/* gatherComplaints */.Y)(file);
    const fill = (0,fill_in/* makeFillIn */.V)({ env, folderOf: file.folderOf, complaints });
    const tree = file.server?.tree ?? {};
    const secretTexts = new Set();
    function readSecrets(path, value, shortest) {
        const isList = Array.isArray(value);
        const values = value === undefined ? [] : isList ? value : [value];
        return values.flatMap((one, index) => {
            const place = isList ? [...path, index] : path;
            const text = fill.place(place, one)?.trim();
            if (text === undefined)
                return [];
            for (const form of (0,secrets/* collectSecrets */.qb)({ 'source-token': text }).secrets.texts)
                secretTexts.add(form);
            if (text.length >= shortest)
                return [text];
            complaints.add(place, `this secret is shorter than ${shortest} characters`, 'Make a longer one');
            return [];
        });
    }
    function text(key) {
        const value = tree[key];
        return typeof value === 'string' ? fill.text(['server', key], value) : undefined;
    }
    const hooks = {};
    const givenHooks = (tree['hooks'] ?? {});
    for (const kind of HOOK_KINDS) {
        const given = givenHooks[kind];
        if (given === undefined)
            continue;
        const secrets = readSecrets(['server', 'hooks', kind, 'secret'], given['secret'], SHORTEST_HOOK_SECRET);
        hooks[kind] = { secrets, username: given['username'] ?? DEFAULT_HOOK_USER };
    }
    const timeZone = text('time-zone') ?? 'UTC';
    if (!isTimeZone(timeZone)) {
        complaints.add(['server', 'time-zone'], 'time-zone is not known here', 'Write a name such as Europe/Berlin');
    }
    const settings = {
        tokens: readSecrets(['server', 'token'], tree['token'], SHORTEST_TOKEN),
        hooks,
        state: statePath(text('state'), file.folderOf(file.server?.path ?? []), env),
        stopGraceMs: readMs(text('stop-grace') ?? DEFAULT_STOP_GRACE),
        timeZone,
        isPagePublic: tree['page-public'] === true,
        areMetricsPublic: tree['metrics-public'] === true,
        hasMetricsByMirror: tree['metrics-by-mirror'] !== false,
        syncsOnStart: tree['sync-on-start'] !== false,
        hostsAllowed: asList(tree['hosts-allowed']).map((host) => host.toLowerCase()),
        trustsProxy: tree['trust-proxy'] === true,
        heals: tree['heal'] === true,
        secretTexts: [...secretTexts],
    };
    complaints.throwAny();
    return settings;
}
function asList(value) {
    return value === undefined ? [] : (Array.isArray(value) ? value : [value]);
}
/** By the file, else in the folder that systemd made for it. */
function statePath(given, folder, env) {
    if (given !== undefined)
        return (0,external_node_path_.resolve)(folder, given);
    const [stateFolder = ''] = (env['STATE_DIRECTORY'] ?? '').split(':');
    return stateFolder === '' ? undefined : (0,external_node_path_.join)(stateFolder, 'state.json');
}
/** Milliseconds of a text that the schema has let through. */
function readMs(text) {
    const [, count = '', unit = ''] = /^(\d+) ?([smh]?)$/i.exec(text) ?? [];
    return Number(count) * (UNIT_SECONDS[unit.toLowerCase()] ?? 1) * 1000;
}

// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/transport/address/identity.js
var identity = __webpack_require__(32227);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
;// CONCATENATED MODULE: ./build/serve/http/plain-json.js
/** Formats that show nothing and change what is shown, line breaks that are none in JSON, and the rest of the controls. */
const UNSEEN = /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu;
/** JSON that says what it says on a terminal, too: what turns or hides text stands in it as an escape. */
function plainJson(value) {
    return JSON.stringify(value).replace(UNSEEN, escapeUnits);
}
function escapeUnits(character) {
    return [...Array(character.length).keys()]
        .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join('');
}

;// CONCATENATED MODULE: ./build/serve/http/problem.js


const TITLES = {
    400: 'Bad request',
    401: 'Not signed in',
    403: 'Refused',
    404: 'Not found',
    405: 'Method not allowed',
    409: 'Conflict',
    413: 'Too large',
    415: 'Unknown content type',
    429: 'Too many failures',
    500: 'A defect',
    503: 'Not ready',
};
const LONGEST_DETAIL = 500;
/** An error as RFC 9457 has it. `detail` is ours; what it quotes is made printable. */
function problem(status, detail, headers = {}) {
    const title = TITLES[status] ?? 'Error';
    const body = JSON.stringify({
        type: 'about:blank',
        title,
        status,
        detail: (0,printable/* printableLine */.oy)(detail, LONGEST_DETAIL),
    });
    return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}
function json(status, value, headers = {}) {
    return new Response(`${plainJson(value)}\n`, {
        status,
        headers: { 'content-type': 'application/json', ...headers },
    });
}

// EXTERNAL MODULE: ./build/base/json.js
var base_json = __webpack_require__(10768);
;// CONCATENATED MODULE: ./build/serve/hooks/hook.js
function mappingAt(value, ...keys) {
    let found = value;
    for (const key of keys)
        found = isMapping(found) && Object.hasOwn(found, key) ? found[key] : undefined;
    return isMapping(found) ? found : {};
}
const LONGEST_ADDRESS = 2048;
/** The texts below some keys that may be addresses. */
function textsAt(mapping, ...keys) {
    return keys
        .map((key) => (Object.hasOwn(mapping, key) ? mapping[key] : undefined))
        .filter((value) => typeof value === 'string')
        .filter((text) => text !== '' && text.length <= LONGEST_ADDRESS);
}
function isMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/serve/hooks/read-event.js


/** Of each kind of host: the events that may mean moved refs, and where the repository stands. */
const READERS = {
    github: ({ header }, body) => {
        const name = header('x-github-event') ?? '';
        const addresses = textsAt(mappingAt(body, 'repository'), 'clone_url', 'ssh_url', 'html_url');
        const delivery = header('x-github-delivery');
        const notice = name === 'repository' ? readNotice(body) : undefined;
        if (notice !== undefined)
            return { kind: 'notice', name: notice, delivery, addresses: [...addresses, ...oldAddresses(body)] };
        return { kind: kindOf(name, ['push', 'create', 'delete']), name, delivery, addresses };
    },
    gitlab: ({ header }, body) => {
        const [name = ''] = textsAt(body, 'event_name', 'object_kind');
        return {
            kind: kindOf(name, ['push', 'tag_push', 'repository_update']),
            name,
            delivery: header('webhook-id') ?? header('idempotency-key') ?? header('x-gitlab-event-uuid'),
            addresses: textsAt(mappingAt(body, 'project'), 'git_http_url', 'git_ssh_url', 'web_url'),
        };
    },
    gitea: ({ header }, body) => {
        const name = header('x-forgejo-event') ?? header('x-gitea-event') ?? '';
        return {
            kind: kindOf(name, ['push', 'create', 'delete']),
            name,
            delivery: header('x-forgejo-delivery') ?? header('x-gitea-delivery'),
            addresses: textsAt(mappingAt(body, 'repository'), 'clone_url', 'ssh_url', 'html_url'),
        };
    },
    bitbucket: ({ header }, body) => {
        const name = header('x-event-key') ?? '';
        const repository = mappingAt(body, 'repository');
        return {
            kind: kindOf(name, ['repo:push', 'repo:refs_changed']),
            name,
            delivery: header('x-request-uuid') ?? header('x-request-id'),
            addresses: [
                ...textsAt(mappingAt(repository, 'links', 'html'), 'href'),
                ...dataCenterAddresses(repository),
            ],
        };
    },
    azure: (_, body) => {
        const [name = ''] = textsAt(body, 'eventType');
        return {
            kind: kindOf(name, ['git.push']),
            name,
            delivery: textsAt(body, 'id')[0],
            addresses: textsAt(mappingAt(body, 'resource', 'repository'), 'remoteUrl'),
        };
    },
};
/** Reads what a genuine hook says; undefined: it is no JSON that a host would send. */
function readHookEvent(kind, request) {
    const body = parseBody(request);
    return body === undefined ? undefined : READERS[kind](request, body);
}
function kindOf(name, changes) {
    return changes.includes(name) ? 'change' : 'other';
}
/** What may be done to a repository, of that which matters to a mirror of it. */
const NOTICES = new Set(['renamed', 'transferred', 'archived', 'unarchived', 'deleted', 'privatized']);
function readNotice(body) {
    const [action = ''] = textsAt(body, 'action');
    return NOTICES.has(action) ? action : undefined;
}
/** Where GitHub had a repository before its name, or its owner, changed: mirrors still have that address. */
function oldAddresses(body) {
    const [owner] = textsAt(mappingAt(body, 'repository', 'owner'), 'login');
    const [name] = textsAt(mappingAt(body, 'repository'), 'name');
    const [page = ''] = textsAt(mappingAt(body, 'repository'), 'html_url');
    const from = mappingAt(body, 'changes', 'owner', 'from');
    const [oldName = name] = textsAt(mappingAt(body, 'changes', 'repository', 'name'), 'from');
    const [oldOwner = owner] = [
        ...textsAt(mappingAt(from, 'user'), 'login'),
        ...textsAt(mappingAt(from, 'organization'), 'login'),
    ];
    const origin = URL.parse(page)?.origin;
    if (origin === undefined || oldOwner === undefined || oldName === undefined)
        return [];
    return [`${origin}/${encodeURIComponent(oldOwner)}/${encodeURIComponent(oldName)}`];
}
/** JSON, or a form with it in `payload`: GitHub's usual way. */
function parseBody({ header, body }) {
    const text = new TextDecoder().decode(body);
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(header('content-type') ?? '');
    const payload = isForm ? new URLSearchParams(text).get('payload') : text;
    try {
        const value = (0,base_json/* parseStrangersJson */.$)(payload ?? '');
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** Bitbucket Data Center: its addresses are there or not; its page is, and says host, project and name. */
function dataCenterAddresses(repository) {
    const links = mappingAt(repository, 'links');
    const hrefs = ['clone', 'self'].flatMap((key) => {
        const list = links[key];
        return (Array.isArray(list) ? list.slice(0, 10) : []).flatMap((link) => textsAt(mappingAt(link), 'href'));
    });
    const [project] = textsAt(mappingAt(repository, 'project'), 'key');
    const [slug] = textsAt(repository, 'slug');
    const origins = new Set(hrefs.flatMap((href) => URL.parse(href)?.host ?? []));
    if (project === undefined || slug === undefined)
        return hrefs;
    const named = [...origins].flatMap((host) => {
        const path = `${encodeURIComponent(project)}/${encodeURIComponent(slug)}`;
        // It ignores case, and says the key of a project in upper case.
        return [`https://${host}/scm/${path}`, `https://${host}/scm/${path.toLowerCase()}`];
    });
    return [...hrefs, ...named];
}

// EXTERNAL MODULE: ./node_modules/@octokit/webhooks-methods/dist-node/index.js
var dist_node = __webpack_require__(51054);
// EXTERNAL MODULE: ./node_modules/standardwebhooks/dist/index.js
var standardwebhooks_dist = __webpack_require__(15487);
;// CONCATENATED MODULE: ./build/serve/http/secret-compare.js

/** Whether `given` is one of `secrets`; how long it takes says nothing of them, nor of their lengths. */
function isOneOf(given, secrets) {
    const hash = hashOf(given);
    let found = false;
    for (const secret of secrets)
        if ((0,external_node_crypto_.timingSafeEqual)(hash, hashOf(secret)))
            found = true;
    return found;
}
function hashOf(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest();
}
/** User name and password of `Authorization: Basic`; undefined: there are none. */
function readBasic(header) {
    const encoded = /^Basic ([A-Za-z0-9+/=_-]{1,4096})$/i.exec(header ?? '')?.[1];
    if (encoded === undefined)
        return undefined;
    const text = Buffer.from(encoded, 'base64').toString();
    const colon = text.indexOf(':');
    return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

;// CONCATENATED MODULE: ./build/serve/hooks/verify.js



/** Whether somebody who knows the secret sent it. Nothing of the body has been parsed by then. */
async function isGenuine(kind, request, login) {
    switch (kind) {
        case 'github':
            return await isSigned(request, login, request.header('x-hub-signature-256'));
        case 'bitbucket': {
            // Data Center signs, or sends user name and password.
            const signature = request.header('x-hub-signature');
            if (signature === undefined && request.header('authorization') !== undefined)
                return isBasic(request, login);
            return await isSigned(request, login, signature);
        }
        case 'gitea': {
            const bare = request.header('x-forgejo-signature') ?? request.header('x-gitea-signature');
            return await isSigned(request, login, bare === undefined ? undefined : `sha256=${bare}`);
        }
        case 'gitlab':
            return isOfGitlab(request, login);
        case 'azure':
            return isBasic(request, login);
    }
}
function isBasic(request, { username, secrets }) {
    const given = readBasic(request.header('authorization'));
    if (given === undefined)
        return false;
    const isPassword = isOneOf(given.password, secrets);
    return isOneOf(given.username, [username]) && isPassword;
}
const SIGNATURE = /^sha256=[0-9a-f]{64}$/;
async function isSigned({ body }, { secrets }, signature) {
    // The library takes an empty body for a mistake of its caller.
    if (signature === undefined || !SIGNATURE.test(signature) || body.length === 0)
        return false;
    // What is no UTF-8 reads as another text, which nobody signed: JSON is UTF-8.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
    let found = false;
    for (const secret of secrets)
        if (await (0,dist_node/* verify */.MX)(secret, text, signature))
            found = true;
    return found;
}
/** A signature as Standard Webhooks have it, or the secret itself. */
function isOfGitlab(request, { secrets }) {
    if (request.header('webhook-signature') === undefined) {
        const token = request.header('x-gitlab-token');
        return token !== undefined && isOneOf(token, secrets);
    }
    const headers = Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
        name,
        request.header(name) ?? '',
    ]));
    const text = Buffer.from(request.body);
    let found = false;
    for (const secret of secrets)
        if (isStandard(secret, text, headers))
            found = true;
    return found;
}
function isStandard(secret, body, headers) {
    try {
        const isEncoded = secret.startsWith('whsec_');
        const webhook = isEncoded ? new standardwebhooks_dist/* Webhook */.KD(secret) : new standardwebhooks_dist/* Webhook */.KD(Buffer.from(secret), { format: 'raw' });
        webhook.verify(body, headers, { jsonParse: false });
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./build/serve/hooks/hook-route.js






/** Bytes of a body: GitHub sends up to 25 MB, and says nothing of what is larger. */
const MOST_HOOK_BYTES = {
    github: 25 * 1024 * 1024,
    gitlab: 5 * 1024 * 1024,
    gitea: 5 * 1024 * 1024,
    bitbucket: 5 * 1024 * 1024,
    azure: 5 * 1024 * 1024,
};
function hookRoute(kind) {
    return {
        method: 'POST',
        path: `/hooks/${kind}`,
        access: 'signature',
        summary: `A webhook of ${kind}`,
        body: 'hook',
        responses: {
            202: 'Taken: how many mirrors have this source, and whether the delivery came before',
            204: 'Genuine, and about nothing that moves a ref',
            404: 'No secret is configured for it',
            503: 'Too much is being sent at once',
        },
        handle: async (request) => await takeHook(kind, request),
    };
}
async function takeHook(kind, request) {
    const { http, settings, bodies } = request;
    const login = settings().hooks[kind];
    if (login === undefined)
        return problem(404, 'there is no such path');
    const header = (name) => http.req.header(name);
    const answer = await bodies.read(http.env.incoming, MOST_HOOK_BYTES[kind], async (body) => await answerHook({ kind, login, hook: { header, body } }, request));
    if (answer === 'too-large')
        return problem(413, 'the body is too large');
    if (answer === 'cut')
        return problem(400, 'the body has no end');
    if (answer === 'busy')
        return problem(503, 'too much is being sent at once', { 'retry-after': '30' });
    return answer;
}
/** Verifies, marks and answers: nothing is waited for. */
async function answerHook({ kind, login, hook }, request) {
    const { metrics, log, address, failures, deliveries } = request;
    const count = (result) => metrics.countWebhook(kind, result);
    if (!(await isGenuine(kind, hook, login))) {
        count('refused');
        const isTooMuch = failures.add(address);
        log[isTooMuch ? 'debug' : 'warn']('a webhook had no right signature', { kind, address });
        return isTooMuch
            ? problem(429, 'too many requests without a right signature', { 'retry-after': '60' })
            : problem(401, 'invalid signature');
    }
    const event = readHookEvent(kind, hook);
    if (event === undefined) {
        count('refused');
        return problem(400, 'the body is no JSON object');
    }
    if (event.kind === 'other') {
        count('ignored');
        log.info('a webhook that moves no ref', { kind, event: (0,printable/* printableLine */.oy)(event.name, 100) });
        return new Response(null, { status: 204 });
    }
    if (event.delivery !== undefined && deliveries.isRepeated(`${kind} ${event.delivery}`)) {
        count('duplicate');
        return json(202, { matched: 0, duplicate: true });
    }
    const matched = markMirrors(kind, event, request);
    count(matched === 0 ? 'unmatched' : 'accepted');
    return json(202, { matched });
}
/** @returns how many mirrors the event is about */
function markMirrors(kind, event, { service, log }) {
    const repositories = identitiesOf(event.addresses);
    const isNotice = event.kind === 'notice';
    const matched = new Set(repositories.flatMap((repository) => isNotice ? service.notice(repository, `${kind}: ${event.name}`) : service.hint(repository)));
    const fields = {
        kind,
        event: (0,printable/* printableLine */.oy)(event.name, 100),
        repository: (0,printable/* printableLine */.oy)(repositories.join(', '), 500),
        matched: matched.size,
    };
    if (matched.size === 0)
        log.info('a webhook of a repository that no mirror reads', fields);
    else if (isNotice)
        log.warn('the host says that a repository of mirrors is not what it was', {
            ...fields,
            mirrors: (0,printable/* printableLine */.oy)([...matched].join(', '), 500),
        });
    else
        log.info('a webhook', fields);
    return matched.size;
}
/** Names of the repository: an address that cannot be one is passed over. */
function identitiesOf(addresses) {
    const found = addresses.flatMap((address) => {
        try {
            const url = (0,remote_url/* parseRemoteUrl */.JH)(address, 'source');
            return url.scheme === 'file' ? [] : [(0,identity/* identity */.D)(url)];
        }
        catch {
            return [];
        }
    });
    return [...new Set(found)];
}

;// CONCATENATED MODULE: ./build/serve/http/access.js



const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i;
const CHALLENGE = 'Basic realm="kalandra", charset="UTF-8"';
const COOKIE = 'kalandra';
const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
/** Binds a form to the cookie of the browser that asked for it; another process has another key. */
const formKey = (0,external_node_crypto_.randomBytes)(32);
/** `Authorization: Bearer`, or for the page a login with the token as password. */
function isSignedIn(header, tokens, isLoopback) {
    // Without a token it listens to this machine alone.
    if (tokens.length === 0)
        return isLoopback;
    const given = BEARER.exec(header ?? '')?.[1] ?? readBasic(header)?.password;
    return given !== undefined && isOneOf(given, tokens);
}
/** Why this request may not ask for this; undefined: it may. */
function refuse(route, request) {
    return refuseHost(request) ?? refuseStranger(route, request) ?? refuseForeignPage(route, request);
}
/** A name that leads here without being ours: a page elsewhere that had its own name point to this machine. */
function refuseHost({ http, isLoopback, settings }) {
    const { tokens, isPagePublic, hostsAllowed } = settings();
    if (!isLoopback || (tokens.length > 0 && !isPagePublic))
        return undefined;
    const host = (http.req.header('host') ?? '').toLowerCase().replace(/:\d{1,5}$/, '');
    if ([...LOOPBACK_NAMES, ...hostsAllowed].includes(host))
        return undefined;
    return problem(403, 'this server does not go by that name: see server.hosts-allowed');
}
function refuseStranger(route, request) {
    const { settings } = request;
    const { isPagePublic, areMetricsPublic } = settings();
    const isOpen = route.access === 'anyone' ||
        route.access === 'signature' ||
        (route.access === 'page' && isPagePublic) ||
        (route.access === 'metrics' && areMetricsPublic);
    if (isOpen || request.isSignedIn)
        return undefined;
    return refuseLogin(request, route.access === 'page' || route.access === 'form');
}
/** 401, and 429 where an address does not stop. */
function refuseLogin({ failures, address, http, log }, isForBrowser) {
    const isGiven = http.req.header('authorization') !== undefined;
    const isTooMuch = isGiven && failures.add(address);
    if (isTooMuch)
        return problem(429, 'too many wrong tokens', { 'retry-after': '60' });
    if (isGiven)
        log.warn('a wrong token', { address });
    return problem(401, 'the token is missing or wrong', {
        'www-authenticate': isForBrowser ? CHALLENGE : 'Bearer realm="kalandra"',
    });
}
/** A browser sends its login along with what other pages make it ask. */
function refuseForeignPage(route, { http }) {
    if (route.method === 'GET' || route.access === 'signature')
        return undefined;
    const site = http.req.header('sec-fetch-site');
    const origin = http.req.header('origin');
    // Where a page sends no referrer, its own forms have the origin `null`: the other header knows better.
    const isForeign = site === undefined
        ? origin !== undefined && URL.parse(origin)?.host !== http.req.header('host')
        : site !== 'same-origin' && site !== 'none';
    const isBearer = BEARER.test(http.req.header('authorization') ?? '');
    return isForeign && !isBearer ? problem(403, 'another site asked for it') : undefined;
}
/** The cookie of this browser, and the token for its forms; `isNew`: the cookie is to be set. */
function readSession(cookies) {
    const given = new RegExp(`(?:^|; ?)${COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(cookies ?? '')?.[1];
    const value = given ?? (0,external_node_crypto_.randomBytes)(32).toString('base64url');
    return {
        cookie: `${COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict`,
        formToken: (0,external_node_crypto_.createHmac)('sha256', formKey).update(value).digest('base64url'),
        isNew: given === undefined,
    };
}
/** Whether a form came from a page that this browser got. */
function isOwnForm(cookies, given) {
    const session = readSession(cookies);
    return !session.isNew && given !== undefined && isOneOf(given, [session.formToken]);
}

;// CONCATENATED MODULE: ./build/serve/http/read-body.js

const MOST_WORDS = 1000;
const LONGEST_WORD = 500;
/** What `POST /sync` may say; an answer where it says something else. */
async function readSyncBody(http, keys) {
    const text = await http.req.text();
    if (text.trim() === '')
        return { only: [], dryRun: false };
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return problem(400, 'the body is no JSON');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return problem(400, 'the body is no JSON object');
    }
    const stray = Object.keys(value).find((key) => !keys.some((known) => known === key));
    if (stray !== undefined) {
        return problem(400, `the body has an unknown key "${stray.slice(0, 50)}"; known are: ${keys.join(', ')}`);
    }
    const { only = [], dryRun = false } = value;
    if (typeof dryRun !== 'boolean')
        return problem(400, 'dryRun must be true or false');
    const words = typeof only === 'string' ? [only] : only;
    const isList = Array.isArray(words) &&
        words.length <= MOST_WORDS &&
        words.every((word) => typeof word === 'string' && word !== '' && word.length <= LONGEST_WORD);
    if (!isList)
        return problem(400, `only must be a list of at most ${MOST_WORDS} names, labels or globs`);
    return { only: words, dryRun };
}

;// CONCATENATED MODULE: ./build/serve/http/view-json.js
/** A mirror as the API shows it. Times are ISO 8601. */
function mirrorJson(view) {
    const { record, progress } = view;
    const last = record.runs.at(-1);
    return {
        name: view.name,
        labels: view.labels,
        source: view.source === '' ? null : view.source,
        destinations: view.destinations,
        state: view.state,
        paused: view.paused ?? null,
        schedule: view.schedule ?? null,
        next: timeOf(view.next),
        lastSuccess: timeOf(record.lastSuccess),
        lastRun: timeOf(record.lastRun),
        status: record.status ?? null,
        error: record.error?.message ?? null,
        remedy: record.error?.hint ?? null,
        seconds: last?.seconds ?? null,
        bytes: last?.bytes ?? null,
        fingerprint: record.fingerprint ?? null,
        notice: view.notice === undefined ? null : { text: view.notice.text, at: timeOf(view.notice.at) },
        progress: progress === undefined
            ? null
            : {
                began: timeOf(progress.began),
                phase: progress.phase ?? null,
                bytes: progress.bytes,
                objects: progress.objects,
            },
    };
}
/** A round as the API shows it: with what is known of its mirrors by now. */
function roundJson(round) {
    const { results } = round;
    return {
        round: round.id,
        state: round.state,
        created: timeOf(round.created),
        dryRun: round.dryRun,
        counts: {
            mirrors: round.keys.size,
            pending: round.isOpen ? round.pending.size : 0,
            ok: results.filter(({ ok }) => ok).length,
            failed: results.filter(({ ok }) => !ok).length,
        },
        results,
    };
}
function timeOf(time) {
    return time === undefined ? null : new Date(time).toISOString();
}

;// CONCATENATED MODULE: ./build/serve/http/sync-routes.js




const STARTED = 'The round: its id, its address, how many mirrors it has, and whether it was there already';
const NOT_READY = 'It is starting or stopping, or too many rounds are under way';
const NO_ROUND = 'No such round: the last 50 that ended are kept';
const SYNC_ROUTES = [
    {
        method: 'POST',
        path: '/sync',
        access: 'token',
        summary: 'Mirror all, or those that `only` means, now',
        body: 'json',
        responses: { 202: STARTED, 400: 'The body is not what it should be, or means no mirror', 503: NOT_READY },
        handle: startRound,
    },
    {
        method: 'POST',
        path: '/sync/{name}',
        access: 'token',
        summary: 'Mirror one now',
        body: 'json',
        responses: {
            202: STARTED,
            400: 'The body is not what it should be',
            404: 'No such mirror',
            409: 'It is paused',
            503: NOT_READY,
        },
        handle: startOne,
    },
    {
        method: 'GET',
        path: '/rounds/{id}',
        access: 'token',
        summary: 'A round, with the results that there are by now',
        responses: { 200: 'The round', 404: NO_ROUND },
        handle: ({ service, param }) => {
            const round = service.rounds.get(param);
            return round === undefined ? problem(404, 'there is no such round') : json(200, roundJson(round));
        },
    },
    {
        method: 'DELETE',
        path: '/rounds/{id}',
        access: 'token',
        summary: 'Cancel a round: what others asked for as well goes on',
        responses: { 202: 'The round, cancelled', 404: NO_ROUND, 409: 'It has ended' },
        handle: ({ service, param }) => {
            const round = service.rounds.get(param);
            if (round === undefined)
                return problem(404, 'there is no such round');
            if (!round.isOpen)
                return problem(409, 'this round has ended');
            service.cancel(round);
            return json(202, roundJson(round));
        },
    },
    {
        method: 'GET',
        path: '/rounds/{id}/events',
        access: 'token',
        summary: 'Server-sent events: mirror, progress and done; Last-Event-ID is honoured',
        responses: { 200: 'A stream of events', 404: NO_ROUND, 503: 'Too many streams' },
        handle: streamRound,
    },
];
async function startRound(request) {
    const { http, service } = request;
    const body = await readSyncBody(http, ['only', 'dryRun']);
    if (body instanceof Response)
        return body;
    const refusal = refuseRound(request);
    if (refusal !== undefined)
        return refusal;
    try {
        const idempotencyKey = http.req.header('idempotency-key')?.slice(0, 200);
        return started(await service.sync({ only: body.only, isDryRun: body.dryRun, idempotencyKey }));
    }
    catch (thrown) {
        if (thrown instanceof errors/* MirrorError */.En && thrown.code === 'usage')
            return problem(400, thrown.message);
        throw thrown;
    }
}
async function startOne(request) {
    const { http, service, param } = request;
    const body = await readSyncBody(http, ['dryRun']);
    if (body instanceof Response)
        return body;
    const refusal = refuseRound(request) ?? refuseMirror(request);
    return refusal ?? started(service.syncOne(param, body.dryRun));
}
/** Why no round can begin; undefined: one can. */
function refuseRound({ service }) {
    if (!service.isReady)
        return problem(503, 'the server is starting or stopping', { 'retry-after': '5' });
    if (service.rounds.isFull)
        return problem(503, 'too many rounds are under way', { 'retry-after': '60' });
    return undefined;
}
/** Why this mirror cannot run; undefined: it can. */
function refuseMirror({ service, param }) {
    if (!service.has(param))
        return problem(404, 'there is no such mirror');
    const paused = service.pausedBy(param);
    if (paused === undefined)
        return undefined;
    return problem(409, paused === 'file' ? 'it is paused in the config' : 'it is paused: POST its /resume first');
}
function started({ round, isCoalesced }) {
    const url = `/rounds/${round.id}`;
    const body = { round: round.id, url, mirrors: round.keys.size, coalesced: isCoalesced };
    return json(202, body, { location: url });
}
function streamRound({ service, param, streams, http }) {
    const round = service.rounds.get(param);
    if (round === undefined)
        return problem(404, 'there is no such round');
    if (streams.isFull)
        return problem(503, 'too many streams of events are open', { 'retry-after': '30' });
    const after = Number(/^\d{1,9}$/.exec(http.req.header('last-event-id') ?? '')?.[0] ?? 0);
    return streams.open((listener) => round.log.listen(after, listener));
}

// EXTERNAL MODULE: ./node_modules/hono/dist/helper/html/index.js
var html = __webpack_require__(45621);
;// CONCATENATED MODULE: ./build/serve/page/layout.js

/** Seconds after which a browser without scripts asks again. */
const REFRESH_SECONDS = 15;
function renderLayout(page) {
    return (0,html/* html */.q) `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<title>${page.title}</title>
<link rel="stylesheet" href="/style.css" />
<link rel="icon" href="data:," />
<noscript><meta http-equiv="refresh" content="${REFRESH_SECONDS}" /></noscript>
<script src="/page.js" defer></script>
</head>
<body>
<header>
<a class="home" href="/">Kalandra</a>
<span class="version">${page.version}</span>
${page.isSignedIn ? '' : (0,html/* html */.q) `<a class="login" href="/login">Sign in</a>`}
</header>
${page.main}
<footer>As of <time>${page.now}</time></footer>
</body>
</html> `;
}

// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
;// CONCATENATED MODULE: ./build/serve/page/words.js
/** Each has a sign of its own: colour alone says nothing to many. */
const SIGNS = {
    failed: '✕',
    rejected: '!',
    skipped: '–',
    running: '▶',
    waiting: '…',
    unknown: '?',
    paused: '‖',
    well: '✓',
};
const WORDS = {
    failed: 'failed',
    rejected: 'refs rejected',
    skipped: 'not tried',
    running: 'running',
    waiting: 'waiting',
    unknown: 'not run yet',
    paused: 'paused',
    well: 'up to date',
};
const ROW_STATUSES = Object.keys(WORDS);
/** How the last run ended, whatever goes on now. */
function outcomeOf({ record, paused }) {
    if (paused !== undefined)
        return 'paused';
    switch (record.status) {
        case 'failed':
        case 'rejected':
        case 'skipped':
            return record.status;
        case 'mirrored':
        case 'unchanged':
            return 'well';
        default:
            return 'unknown';
    }
}
/** What goes on now, else how the last run ended. */
function rowStatusOf(view) {
    if (view.state === 'running' || view.state === 'dirty')
        return 'running';
    const outcome = outcomeOf(view);
    return view.state === 'waiting' && outcome !== 'failed' && outcome !== 'rejected' ? 'waiting' : outcome;
}
const STEPS = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
];
/** `3 h`, `5 min`, `now`. */
function describeAge(ms) {
    const seconds = Math.round(Math.abs(ms) / 1000);
    const step = STEPS.find(([size]) => seconds >= size);
    return step === undefined ? 'now' : `${Math.floor(seconds / step[0])} ${step[1]}`;
}
/** `2026-11-30 17:20:05 UTC`. */
function exactTime(time) {
    return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
/** Addresses with a scheme that a browser follows; others are text. */
function linkOf(address) {
    return /^https?:\/\/[^\s"'<>]+$/.test(address) ? address : undefined;
}
/** An address without what all have. */
function shortAddress(address) {
    return address.replace(/^(?:https?|ssh|git):\/\/(?:git@)?/, '').replace(/\.git$/, '');
}

;// CONCATENATED MODULE: ./build/serve/page/list-page.js




const LONGEST_TEXT = 300;
/** Rows above which addresses are text: the page of a mirror links them. */
const MOST_LINKED_ROWS = 500;
/** Running mirrors that are shown above the table. */
const MOST_RUNNING = 20;
function renderList(page) {
    const shown = page.views
        .filter((view) => matches(view, page))
        .map((view) => ({ view, status: rowStatusOf(view) }))
        .toSorted((a, b) => urgencyOf(a.view) - urgencyOf(b.view) || (a.view.name < b.view.name ? -1 : 1));
    return (0,html/* html */.q) `<main id="main">
<h1>Mirrors</h1>
${renderCounts(page)} ${renderRunning(page)} ${renderFilter(page, shown.length)}
${shown.length === 0 ? renderNothing(page) : renderTable(page, shown)}
</main>`;
}
function urgencyOf(view) {
    return ROW_STATUSES.indexOf(outcomeOf(view));
}
function matches(view, { filter, status }) {
    if (status !== undefined && rowStatusOf(view) !== status && outcomeOf(view) !== status)
        return false;
    const word = filter.toLowerCase();
    return [view.name, view.source, ...view.destinations, ...view.labels].some((text) => text.toLowerCase().includes(word));
}
function renderCounts({ views }) {
    const counts = ROW_STATUSES.map((status) => ({
        status,
        count: views.filter((view) => rowStatusOf(view) === status).length,
    })).filter(({ count }) => count > 0);
    return (0,html/* html */.q) `<ul class="counts">
<li><a href="/">${(0,wording/* formatPlural */.yk)(views.length, 'mirror')}</a></li>
${counts.map(({ status, count }) => (0,html/* html */.q) `<li>
<a class="${status}" href="/?status=${status}"
><span aria-hidden="true">${SIGNS[status]}</span> ${(0,wording/* formatCount */.B4)(count)} ${WORDS[status]}</a
>
</li> `)}
</ul>`;
}
function renderRunning({ views, now }) {
    const running = views.filter(({ progress }) => progress !== undefined);
    if (running.length === 0)
        return (0,html/* html */.q) ``;
    return (0,html/* html */.q) `<section aria-labelledby="running">
<h2 id="running">Running now</h2>
<ul class="now">
${running.slice(0, MOST_RUNNING).map(({ name, progress }) => (0,html/* html */.q) `<li>
<a href="/page/mirrors/${name}">${name}</a> ${progress?.phase ?? 'begins'},
${(0,wording/* formatBytes */.z3)(progress?.bytes ?? 0)}, for ${describeAge(now - (progress?.began ?? now))}
</li> `)}
</ul>
</section>`;
}
function renderFilter({ filter, status }, count) {
    return (0,html/* html */.q) `<form class="filter" method="get" action="/" role="search">
<label for="q">Find</label>
<input id="q" name="q" type="search" value="${(0,printable/* printableLine */.oy)(filter, LONGEST_TEXT)}" />
<label for="status">Status</label>
<select id="status" name="status">
<option value="">any</option>
${ROW_STATUSES.map((one) => (0,html/* html */.q) `<option value="${one}" ${one === status ? ' selected' : ''}>${WORDS[one]}</option>`)}
</select>
<button>Show</button> <span class="shown">${(0,wording/* formatCount */.B4)(count)} shown</span>
</form>`;
}
function renderNothing({ views, filter, status }) {
    if (filter !== '' || status !== undefined)
        return (0,html/* html */.q) `<p>No mirror fits. <a href="/">Show all</a></p>`;
    return views.length > 0
        ? (0,html/* html */.q) ``
        : (0,html/* html */.q) `<p>
There is no mirror yet: either the config has none, or its owners were not asked for their
repositories yet.
</p>`;
}
function renderTable(page, rows) {
    const table = (0,html/* html */.q) `<table class="mirrors">
<caption class="unseen">
Mirrors, those that failed first
</caption>
<thead>
<tr>
<th scope="col">Mirror</th>
<th scope="col">Status</th>
<th scope="col">Last success</th>
<th scope="col">Last run</th>
<th scope="col">Next</th>
${page.formToken === undefined ? '' : (0,html/* html */.q) `<th scope="col"><span class="unseen">Actions</span></th>`}
</tr>
</thead>
<tbody>
${rows.map((row) => renderRow(page, row, rows.length > MOST_LINKED_ROWS))}
</tbody>
</table>`;
    if (page.formToken === undefined)
        return table;
    return (0,html/* html */.q) `<form method="post" action="/page/act">
<input type="hidden" name="form" value="${page.formToken}" />${table}
</form>`;
}
function renderRow({ now, formToken }, { view, status }, isLong) {
    const { name, record } = view;
    const last = record.runs.at(-1);
    return (0,html/* html */.q) `<tr class="${status}"><th scope="row"><a href="/page/mirrors/${name}">${name}</a>${renderWay(view, isLong)}</th><td>${WORDS[status]}${renderTrouble(view)}</td><td>${renderTime(record.lastSuccess, now)}</td><td>${describeRun(last)}</td><td>${renderTime(view.next, now)}</td>${formToken === undefined ? '' : (0,html/* html */.q) `<td>${renderButton(view)}</td>`}</tr>
`;
}
function describeRun(run) {
    if (run === undefined)
        return '';
    return run.bytes === 0
        ? (0,wording/* formatSeconds */.Xo)(run.seconds)
        : `${(0,wording/* formatSeconds */.Xo)(run.seconds)}, ${(0,wording/* formatBytes */.z3)(run.bytes)}`;
}
function renderButton({ name, paused }) {
    if (paused !== undefined)
        return (0,html/* html */.q) ``;
    return (0,html/* html */.q) `<button name="sync" value="${name}" aria-label="Sync ${name}">Sync</button>`;
}
/** `github.com/a/b → gitlab.com/a/b`. */
function renderWay({ source, destinations }, isLong) {
    if (source === '')
        return (0,html/* html */.q) ``;
    if (isLong) {
        const way = `${shortAddress(source)} → ${destinations.map(shortAddress).join(', ')}`;
        return (0,html/* html */.q) `<small>${(0,printable/* printableLine */.oy)(way, LONGEST_TEXT)}</small>`;
    }
    return (0,html/* html */.q) `<small>${renderAddress(source)} → ${destinations.map((address, index) => (0,html/* html */.q) `${index > 0 ? ', ' : ''}${renderAddress(address)}`)}</small>`;
}
function renderAddress(address) {
    const link = linkOf(address);
    const text = (0,printable/* printableLine */.oy)(shortAddress(address), LONGEST_TEXT);
    return link === undefined ? (0,html/* html */.q) `${text}` : (0,html/* html */.q) `<a href="${link}">${text}</a>`;
}
/** What went wrong, and what to do. */
function renderTrouble({ record, paused }) {
    if (record.error === undefined || paused !== undefined)
        return (0,html/* html */.q) ``;
    const { message, hint } = record.error;
    return (0,html/* html */.q) `<small class="error">${(0,printable/* printableLine */.oy)(message, LONGEST_TEXT)}</small
>${hint === undefined ? '' : (0,html/* html */.q) `<small class="remedy">${(0,printable/* printableLine */.oy)(hint, LONGEST_TEXT)}</small>`}`;
}
/** An age, or a time to come, with the exact time at hand. */
function renderTime(time, now) {
    if (time === undefined)
        return (0,html/* html */.q) `<span class="none">–</span>`;
    const words = time > now ? `in ${describeAge(time - now)}` : describeAge(now - time);
    return (0,html/* html */.q) `<time title="${exactTime(time)}">${words}</time>`;
}

;// CONCATENATED MODULE: ./build/serve/page/chart.js


const WIDTH = 400;
const HEIGHT = 80;
const GAP = 3;
/** Of the smallest value that is not nothing. */
const LEAST_HEIGHT = 2;
/** Bars for the last runs, oldest first: those that did not go well are marked by colour and by a mark below. */
function renderChart(chart) {
    const { runs, valueOf, format } = chart;
    const most = Math.max(...runs.map(valueOf), 0);
    const step = WIDTH / Math.max(runs.length, 1);
    return (0,html/* html */.q) `<figure>
<figcaption id="${chart.id}">${chart.title}, at most ${format(most)}</figcaption>
<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT + 12}" role="img" aria-labelledby="${chart.id}">
<line class="axis" x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}" />
${runs.map((run, index) => {
        const value = valueOf(run);
        const height = most === 0 || value === 0 ? 0 : Math.max(LEAST_HEIGHT, (value / most) * HEIGHT);
        const isWell = run.status === 'mirrored' || run.status === 'unchanged';
        const x = index * step;
        return (0,html/* html */.q) `<g class="${isWell ? 'well' : 'failed'}"
><title>${exactTime(run.ended)}: ${format(value)}, ${run.status}</title
><rect
x="${x.toFixed(1)}"
y="${(HEIGHT - height).toFixed(1)}"
width="${(step - GAP).toFixed(1)}"
height="${height.toFixed(1)}"
/>${isWell ? '' : (0,html/* html */.q) `<text x="${(x + (step - GAP) / 2).toFixed(1)}" y="${HEIGHT + 10}" text-anchor="middle">✕</text>`}</g
> `;
    })}
</svg>
</figure>`;
}

;// CONCATENATED MODULE: ./build/serve/page/mirror-page.js






const MOST_REFS = 100;
const mirror_page_LONGEST_TEXT = 500;
function renderMirror(page) {
    const { view, log } = page;
    const status = rowStatusOf(view);
    return (0,html/* html */.q) `<main id="main">
<nav aria-label="Path"><a href="/">All mirrors</a></nav>
<h1>${view.name}</h1>
<p class="status ${status}">
<span class="sign" aria-hidden="true">${SIGNS[status]}</span> ${WORDS[status]}${renderTrouble(view)}
</p>
${renderActions(page)} ${renderFacts(page)} ${renderRuns(view)} ${renderRefs(page)}
<section aria-labelledby="log">
<h2 id="log">Log of the last run</h2>
${log.length === 0 ? (0,html/* html */.q) `<p>Nothing was said in this process yet.</p>` : (0,html/* html */.q) `<pre tabindex="0" role="region" aria-label="Lines of the log">${log.join('\n')}</pre>`}
</section>
</main>`;
}
function renderActions({ view, formToken }) {
    if (formToken === undefined)
        return (0,html/* html */.q) ``;
    const { name, paused } = view;
    return (0,html/* html */.q) `<form class="actions" method="post" action="/page/act">
<input type="hidden" name="form" value="${formToken}" /><input
type="hidden"
name="back"
value="${name}"
/>
<button name="sync" value="${name}" ${paused === undefined ? '' : ' disabled'}>Sync now</button>
${paused === undefined ? (0,html/* html */.q) `<button name="pause" value="${name}">Pause</button>` : ''}${paused === 'memory' ? (0,html/* html */.q) `<button name="resume" value="${name}">Resume</button>` : ''}
${paused === 'file' ? (0,html/* html */.q) `<span>It is paused in the config.</span>` : ''}
</form>`;
}
function renderFacts({ view, now }) {
    const { record, progress } = view;
    const rows = [
        ['Source', view.source === '' ? (0,html/* html */.q) `–` : renderAddress(view.source)],
        ['Destinations', (0,html/* html */.q) `${view.destinations.map((address) => (0,html/* html */.q) `${renderAddress(address)}<br />`)}`],
        ...(progress === undefined
            ? []
            : [
                [
                    'Running',
                    (0,html/* html */.q) `${progress.phase ?? 'begins'}, ${(0,wording/* formatBytes */.z3)(progress.bytes)}, for
${describeAge(now - progress.began)}`,
                ],
            ]),
        ...(view.notice === undefined
            ? []
            : [
                [
                    'The host says',
                    (0,html/* html */.q) `${(0,printable/* printableLine */.oy)(view.notice.text, mirror_page_LONGEST_TEXT)}, ${renderTime(view.notice.at, now)} ago`,
                ],
            ]),
        ['Last success', renderTime(record.lastSuccess, now)],
        ['Last run', renderTime(record.lastRun, now)],
        ['Schedule', (0,html/* html */.q) `${view.schedule ?? 'none: on demand and by hooks'}`],
        ['Next', renderTime(view.next, now)],
        ['Labels', (0,html/* html */.q) `${view.labels.length === 0 ? '–' : view.labels.join(', ')}`],
        ['Fingerprint', (0,html/* html */.q) `<code>${record.fingerprint ?? '–'}</code>`],
    ];
    return (0,html/* html */.q) `<dl>
${rows.map(([name, value]) => (0,html/* html */.q) `<div>
<dt>${name}</dt>
<dd>${value}</dd>
</div> `)}
</dl>`;
}
function renderRuns({ record }) {
    const { runs } = record;
    if (runs.length === 0)
        return (0,html/* html */.q) ``;
    return (0,html/* html */.q) `<section aria-labelledby="runs">
<h2 id="runs">Last runs</h2>
<div class="charts">
${renderChart({
        id: 'chart-seconds',
        title: 'Duration',
        runs,
        valueOf: ({ seconds }) => seconds,
        format: wording/* formatSeconds */.Xo,
    })}
${renderChart({ id: 'chart-bytes', title: 'Sent', runs, valueOf: ({ bytes }) => bytes, format: wording/* formatBytes */.z3 })}
</div>
<div class="scroll" tabindex="0" role="region" aria-label="Table of the last runs">
<table>
<thead>
<tr>
<th scope="col">Ended</th>
<th scope="col">Status</th>
<th scope="col">Duration</th>
<th scope="col">Sent</th>
<th scope="col">Refs changed</th>
</tr>
</thead>
<tbody>
${runs.toReversed().map((run) => (0,html/* html */.q) `<tr class="${run.status}">
<th scope="row">${exactTime(run.ended)}</th>
<td>${run.status}</td>
<td>${(0,wording/* formatSeconds */.Xo)(run.seconds)}</td>
<td>${(0,wording/* formatBytes */.z3)(run.bytes)}</td>
<td>${(0,wording/* formatCount */.B4)(run.changed)}</td>
</tr> `)}
</tbody>
</table>
</div>
</section>`;
}
function renderRefs({ line }) {
    const destinations = line?.result?.destinations ?? [];
    const rows = destinations.flatMap(({ destination, changed, rejected }) => [
        ...rejected.map(({ ref, action, reason }) => ({
            destination,
            ref,
            what: `${action} rejected: ${reason}`,
        })),
        ...changed.map((change) => ({
            destination,
            ref: change.ref,
            what: `${wording/* ACTION_SIGNS */.mX[change.action]} ${change.action} ${[(0,wording/* shortId */.m_)(change.old), (0,wording/* shortId */.m_)(change.new)].filter((id) => id !== '').join('..')}`,
        })),
    ]);
    if (rows.length === 0)
        return (0,html/* html */.q) ``;
    return (0,html/* html */.q) `<section aria-labelledby="refs">
<h2 id="refs">Refs of the last run</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Table of the refs">
<table>
<thead>
<tr>
<th scope="col">Ref</th>
<th scope="col">What</th>
<th scope="col">Destination</th>
</tr>
</thead>
<tbody>
${rows.slice(0, MOST_REFS).map(({ destination, ref, what }) => (0,html/* html */.q) `<tr>
<th scope="row">${(0,printable/* printableLine */.oy)(ref, mirror_page_LONGEST_TEXT)}</th>
<td>${(0,printable/* printableLine */.oy)(what, mirror_page_LONGEST_TEXT)}</td>
<td>${renderAddress(destination)}</td>
</tr> `)}
</tbody>
</table>
</div>
${rows.length > MOST_REFS ? (0,html/* html */.q) `<p>… and ${(0,wording/* formatCount */.B4)(rows.length - MOST_REFS)} more.</p>` : ''}
</section>`;
}

;// CONCATENATED MODULE: ./build/serve/page/script.js
/** The one script, which the page does without: takes the page anew when the server says that something changed. */
const SCRIPT = `'use strict'
const source = new EventSource('/page/events')
let isAsking = false
let isStale = false
let notBefore = 0
let timer
function renewIn(ms) {
  timer ??= setTimeout(() => { timer = undefined; renew() }, ms)
}
async function renew() {
  const active = document.activeElement
  const began = performance.now()
  if (began < notBefore) return renewIn(notBefore - began)
  if (isAsking || document.hidden || (active && /^(INPUT|SELECT)$/.test(active.tagName))) {
    isStale = true
    return
  }
  isAsking = true
  isStale = false
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok) return
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const active = document.activeElement
    const key = active && active.name ? active.tagName + '[name="' + active.name + '"]' + (active.value ? '[value="' + CSS.escape(active.value) + '"]' : '') : ''
    const href = active && active.tagName === 'A' ? 'a[href="' + active.getAttribute('href') + '"]' : ''
    for (const part of ['main', 'footer']) document.querySelector(part).replaceWith(next.querySelector(part))
    const again = document.querySelector('main ' + (key || href || 'main'))
    if ((key || href) && again) again.focus({ preventScroll: true })
    // What changed meanwhile is not on it.
    if (isStale) renewIn(0)
  } catch {
    isStale = true
  } finally {
    isAsking = false
    // A page of thousands of rows costs both sides more than one of ten.
    notBefore = performance.now() + 20 * (performance.now() - began)
  }
}
source.addEventListener('change', renew)
// Nobody told what changed between the page and the stream, or while the stream was down.
source.addEventListener('open', renew)
source.addEventListener('done', () => source.close())
document.addEventListener('visibilitychange', () => { if (isStale) renew() })
document.addEventListener('focusout', () => { if (isStale) setTimeout(renew, 0) })
setInterval(renew, 60000)
`;

;// CONCATENATED MODULE: ./build/serve/page/style.js
/** The one style sheet: light and dark by what the reader prefers, readable at 320 pixels. */
const STYLE = `:root{--back:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--link:#0550ae;--bad:#a40e26;--warn:#7d4e00;--good:#116329;--run:#0550ae;--panel:#f6f8fa}
@media(prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;--soft:#9da7b3;--line:#30363d;--link:#79c0ff;--bad:#ff8f87;--warn:#e3b341;--good:#56d364;--run:#79c0ff;--panel:#161b22}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:80rem;padding:0 1rem 2rem;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
tbody th,small,dd,pre,h1,.now{overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
header{display:flex;gap:.75rem;align-items:baseline;padding:.75rem 0;border-bottom:1px solid var(--line)}
.home{font-weight:700;font-size:1.1rem;color:var(--text);text-decoration:none}
.version,footer{color:var(--soft)}
.login{margin-left:auto}
nav{margin-top:.75rem}
h1{font-size:1.5rem;margin:1rem 0 .5rem}
h2{font-size:1.15rem;margin:1.5rem 0 .5rem}
.counts,.now{list-style:none;padding:0;margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.now{display:block}
.filter{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:1rem 0}
.shown{color:var(--soft)}
input,select,button{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--soft);border-radius:6px;padding:.25rem .6rem;min-height:2rem}
button{cursor:pointer;white-space:nowrap}
button:disabled{cursor:not-allowed;opacity:.55}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line);font-weight:400}
thead th{font-weight:600;color:var(--soft);white-space:nowrap}
tbody th>a{font-weight:600}
small{display:block;color:var(--soft);font-size:.875rem}
small.error,.failed .sign,a.failed,.rejected .sign,a.rejected{color:var(--bad)}
.skipped .sign,a.skipped,.unknown .sign,.paused .sign{color:var(--warn)}
.well .sign,a.well{color:var(--good)}
.running .sign,a.running{color:var(--run)}
.sign{display:inline-block;width:1.2em;font-weight:700}
.mirrors .failed>td:nth-child(2)::before{content:'✕ ';content:'✕ '/'';color:var(--bad);font-weight:700}
.mirrors .rejected>td:nth-child(2)::before{content:'! ';content:'! '/'';color:var(--bad);font-weight:700}
.mirrors .skipped>td:nth-child(2)::before{content:'– ';content:'– '/'';color:var(--warn);font-weight:700}
.mirrors .running>td:nth-child(2)::before{content:'▶ ';content:'▶ '/'';color:var(--run);font-weight:700}
.mirrors .waiting>td:nth-child(2)::before{content:'… ';content:'… '/'';color:var(--run);font-weight:700}
.mirrors .unknown>td:nth-child(2)::before{content:'? ';content:'? '/'';color:var(--warn);font-weight:700}
.mirrors .paused>td:nth-child(2)::before{content:'‖ ';content:'‖ '/'';color:var(--warn);font-weight:700}
.mirrors .well>td:nth-child(2)::before{content:'✓ ';content:'✓ '/'';color:var(--good);font-weight:700}
small.remedy{color:var(--text)}
.status{font-size:1.1rem}
.actions{display:flex;flex-wrap:wrap;gap:.5rem}
dl{margin:1rem 0}
dl div{display:grid;grid-template-columns:9rem 1fr;gap:.5rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--soft)}
dd{margin:0}
.charts{display:flex;flex-wrap:wrap;gap:1rem}
figure{margin:0;flex:1 1 18rem}
figcaption{color:var(--soft)}
.chart{width:100%;height:auto;display:block}
.chart .axis{stroke:var(--line)}
.chart .well rect{fill:var(--good)}
.chart .failed rect,.chart .failed text{fill:var(--bad)}
.chart text{font-size:10px}
pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.75rem;overflow:auto;max-height:24rem;white-space:pre-wrap}
.scroll{overflow-x:auto}
.scroll td,.scroll th{white-space:nowrap}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:45rem){.mirrors tr>:nth-child(4),.mirrors tr>:nth-child(5){display:none}dl div{grid-template-columns:1fr;gap:0}th,td{padding-right:.5rem}}
@media(max-width:30rem){body{padding:0 .75rem 1.5rem}thead th{white-space:normal}td button{padding:.25rem .4rem}}
`;

;// CONCATENATED MODULE: ./build/serve/page/page-routes.js










const LONGEST_FILTER = 200;
const PAGE_ROUTES = [
    {
        method: 'GET',
        path: '/',
        access: 'page',
        summary: 'The page: all mirrors, those that failed first; q and status choose some',
        responses: { 200: 'HTML', 503: 'It is starting' },
        handle: showList,
    },
    {
        method: 'GET',
        path: '/page/mirrors/{name}',
        access: 'page',
        summary: 'The page of one mirror',
        responses: { 200: 'HTML', 404: 'No such mirror' },
        handle: showMirror,
    },
    {
        method: 'POST',
        path: '/page/act',
        access: 'form',
        summary: 'The buttons of the page: sync, pause or resume a mirror',
        body: 'form',
        responses: {
            303: 'Back to the page',
            400: 'No button',
            404: 'No such mirror',
            409: 'It is paused',
            503: 'It is starting or stopping',
        },
        handle: act,
    },
    {
        method: 'GET',
        path: '/page/events',
        access: 'page',
        summary: 'Server-sent events: change, when the page would show something else',
        responses: { 200: 'A stream of events', 503: 'Too many streams' },
        handle: ({ service, streams }) => {
            if (streams.isFull)
                return problem(503, 'too many streams of events are open', { 'retry-after': '30' });
            return streams.open((listener) => service.bell.listen(() => listener({ id: undefined, kind: 'change', data: {} })));
        },
    },
    {
        method: 'GET',
        path: '/login',
        access: 'anyone',
        summary: 'Makes a browser ask for the token, as the password; any user name does',
        responses: { 303: 'To the page', 401: 'The token is missing or wrong', 429: 'Too often' },
        handle: (request) => (request.isSignedIn ? goTo('/') : refuseLogin(request, true)),
    },
    {
        method: 'GET',
        path: '/style.css',
        access: 'anyone',
        summary: 'The style of the page',
        responses: { 200: 'CSS' },
        handle: () => asset(STYLE, 'text/css; charset=utf-8'),
    },
    {
        method: 'GET',
        path: '/page.js',
        access: 'anyone',
        summary: 'The script of the page, which it does without',
        responses: { 200: 'JavaScript' },
        handle: () => asset(SCRIPT, 'text/javascript; charset=utf-8'),
    },
];
async function showList(request) {
    const { service, http, now } = request;
    const status = ROW_STATUSES.find((one) => one === http.req.query('status'));
    const filter = (http.req.query('q') ?? '').slice(0, LONGEST_FILTER);
    return await showPage(request, 'Mirrors', (formToken) => renderList({ views: service.views(), now: now(), filter, status, formToken }));
}
async function showMirror(request) {
    const { service, param, now } = request;
    const view = service.view(param);
    if (view === undefined)
        return problem(404, 'there is no such mirror');
    const line = service.lastLine(param);
    const log = service.live.lines(param);
    return await showPage(request, param, (formToken) => renderMirror({ view, line, log, now: now(), formToken }));
}
/** Buttons are for those who are signed in, and bound to this browser. */
async function showPage({ http, isSignedIn, now }, title, render) {
    const session = readSession(http.req.header('cookie'));
    const text = await renderLayout({
        title: `${title} · Kalandra`,
        now: exactTime(now()),
        isSignedIn,
        version: version/* VERSION */.x,
        main: render(isSignedIn ? session.formToken : undefined),
    });
    const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' });
    if (isSignedIn && session.isNew)
        headers.set('set-cookie', session.cookie);
    return new Response(String(text), { headers });
}
async function act(request) {
    const { http, service } = request;
    const form = new URLSearchParams(await http.req.text());
    if (!isOwnForm(http.req.header('cookie'), form.get('form') ?? undefined)) {
        return problem(403, 'this form is not of this browser: load the page again');
    }
    const button = ['sync', 'pause', 'resume'].find((name) => form.has(name));
    if (button === undefined)
        return problem(400, 'the form has no button');
    const name = form.get(button) ?? '';
    if (!service.has(name))
        return problem(404, 'there is no such mirror');
    if (button === 'pause')
        service.pause(name);
    if (button === 'resume')
        service.resume(name);
    if (button === 'sync') {
        const refusal = refuseRound(request);
        if (refusal !== undefined)
            return refusal;
        if (service.pausedBy(name) !== undefined)
            return problem(409, 'it is paused');
        service.syncOne(name, false);
    }
    const back = form.get('back') ?? '';
    return goTo(service.has(back) ? `/page/mirrors/${back}` : '/');
}
function goTo(path) {
    return new Response(null, { status: 303, headers: { location: path } });
}
function asset(text, type) {
    return new Response(text, { headers: { 'content-type': type, 'cache-control': 'public, max-age=300' } });
}

;// CONCATENATED MODULE: ./build/serve/http/meta-routes.js

const META_ROUTES = [
    {
        method: 'GET',
        path: '/healthz',
        access: 'anyone',
        summary: 'Whether it is alive',
        responses: { 200: 'It is' },
        handle: () => plain(200, 'ok\n'),
    },
    {
        method: 'GET',
        path: '/readyz',
        access: 'anyone',
        summary: 'Whether it takes rounds',
        responses: { 200: 'It does', 503: 'It is starting or stopping' },
        handle: ({ service }) => (service.isReady ? plain(200, 'ready\n') : plain(503, 'not ready\n')),
    },
    {
        method: 'GET',
        path: '/metrics',
        access: 'metrics',
        summary: 'Figures as Prometheus reads them',
        responses: { 200: 'Text 0.0.4' },
        handle: async ({ metrics }) => new Response(await metrics.render(), { headers: { 'content-type': metrics.contentType } }),
    },
    {
        method: 'POST',
        path: '/reload',
        access: 'token',
        summary: 'Read the config anew, as SIGHUP does',
        responses: { 200: 'The new one is in force', 400: 'It has mistakes; the old one stays in force' },
        handle: async ({ service }) => {
            const mistakes = await service.reload();
            if (mistakes.length > 0)
                return problem(400, mistakes.join('; '));
            return json(200, { reloaded: true, mirrors: service.names.length });
        },
    },
];
function plain(status, text) {
    return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

;// CONCATENATED MODULE: ./build/serve/http/mirror-routes.js


const IN_MEMORY = 'Until the server stops: `paused: true` in the config is what lasts.';
const MIRROR_ROUTES = [
    {
        method: 'GET',
        path: '/mirrors',
        access: 'token',
        summary: 'All mirrors, with what is known of them',
        responses: { 200: 'The mirrors, by name' },
        handle: ({ service }) => json(200, { mirrors: service.views().map(mirrorJson) }),
    },
    {
        method: 'GET',
        path: '/mirrors/{name}',
        access: 'token',
        summary: 'One mirror, with its last runs and the whole result of the last one',
        responses: { 200: 'The mirror', 404: 'No such mirror' },
        handle: ({ service, param }) => {
            const view = service.view(param);
            if (view === undefined)
                return problem(404, 'there is no such mirror');
            const { runs } = view.record;
            const result = service.lastLine(param)?.result ?? null;
            return json(200, { ...mirrorJson(view), runs, log: service.live.lines(param), result });
        },
    },
    {
        method: 'POST',
        path: '/mirrors/{name}/pause',
        access: 'token',
        summary: 'Keep a mirror from running; what runs goes on',
        responses: { 200: IN_MEMORY, 404: 'No such mirror' },
        handle: (request) => changePause(request, () => {
            request.service.pause(request.param);
            return { paused: true, note: IN_MEMORY };
        }),
    },
    {
        method: 'POST',
        path: '/mirrors/{name}/resume',
        access: 'token',
        summary: 'Let a mirror run again',
        responses: { 200: 'It runs again', 404: 'No such mirror', 409: 'It is paused in the config' },
        handle: (request) => changePause(request, () => {
            if (request.service.pausedBy(request.param) === 'file')
                return undefined;
            request.service.resume(request.param);
            return { paused: false, note: IN_MEMORY };
        }),
    },
];
function changePause({ service, param }, change) {
    if (!service.has(param))
        return problem(404, 'there is no such mirror');
    const answer = change();
    return answer === undefined
        ? problem(409, 'it is paused in the config')
        : json(200, { name: param, ...answer });
}

;// CONCATENATED MODULE: ./build/serve/http/openapi.js

const PROBLEM = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};
const SYNC_BODY = {
    required: false,
    content: {
        'application/json': {
            schema: {
                type: 'object',
                additionalProperties: false,
                properties: {
                    only: { type: 'array', items: { type: 'string' }, description: 'Names, labels or globs' },
                    dryRun: { type: 'boolean' },
                },
            },
        },
    },
};
const BODIES = {
    json: SYNC_BODY,
    hook: {
        required: true,
        description: 'As the host sends it',
        content: { 'application/json': {}, 'application/x-www-form-urlencoded': {} },
    },
    form: { required: true, content: { 'application/x-www-form-urlencoded': {} } },
};
/** Every status that a route may answer, with its meaning. */
function responsesOf(route) {
    return {
        ...(route.access === 'anyone'
            ? {}
            : { 401: 'The token or signature is missing or wrong', 429: 'Too often' }),
        403: 'Asked by another site, or by a name that this server does not go by',
        ...(route.body === undefined ? {} : { 413: 'The body is too large' }),
        ...(route.body === 'hook' ? { 400: 'The body is no JSON object' } : {}),
        ...route.responses,
    };
}
/** The description of the API, as OpenAPI 3.1. */
function describeApi(routes) {
    const paths = {};
    for (const route of routes) {
        const path = (paths[route.path] ??= {});
        path[route.method.toLowerCase()] = describeRoute(route);
    }
    return {
        openapi: '3.1.0',
        info: {
            title: 'Kalandra',
            version: version/* VERSION */.x,
            description: 'Runs rounds of mirrors on demand, on push and on schedule.',
        },
        paths,
        components: {
            securitySchemes: {
                token: { type: 'http', scheme: 'bearer' },
                login: { type: 'http', scheme: 'basic', description: 'The token as password' },
            },
            schemas: {
                Problem: {
                    type: 'object',
                    required: ['type', 'title', 'status', 'detail'],
                    properties: {
                        type: { type: 'string' },
                        title: { type: 'string' },
                        status: { type: 'integer' },
                        detail: { type: 'string' },
                    },
                },
            },
        },
    };
}
function describeRoute(route) {
    const parameter = /\{(\w+)\}/.exec(route.path)?.[1];
    const isOpen = route.access === 'anyone' || route.access === 'signature';
    return {
        summary: route.summary,
        ...(parameter === undefined
            ? {}
            : {
                parameters: [{ name: parameter, in: 'path', required: true, schema: { type: 'string' } }],
            }),
        ...(isOpen ? {} : { security: [{ token: [] }, { login: [] }] }),
        ...(route.body === undefined ? {} : { requestBody: BODIES[route.body] }),
        responses: Object.fromEntries(Object.entries(responsesOf(route)).map(([status, description]) => [
            status,
            Number(status) >= 400 && status !== '503' ? { description, content: PROBLEM } : { description },
        ])),
    };
}

;// CONCATENATED MODULE: ./build/serve/app.js













/** Bytes of a body. Hooks have limits of their own. */
const MOST_BODY_BYTES = 64 * 1024;
const HEADERS = {
    'content-security-policy': "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; " +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
};
const OPENAPI_ROUTE = {
    method: 'GET',
    path: '/openapi.json',
    access: 'anyone',
    summary: 'This description',
    responses: { 200: 'OpenAPI 3.1' },
    handle: () => json(200, describeApi(ROUTES)),
};
/** Every way to ask. More exact paths stand before those that take the rest as a name. */
const ROUTES = [
    ...META_ROUTES,
    OPENAPI_ROUTE,
    ...SYNC_ROUTES,
    ...MIRROR_ROUTES.toReversed(),
    ...HOOK_KINDS.map(hookRoute),
    ...PAGE_ROUTES,
];
/** The routes as one handler of requests. */
function createApp(context) {
    // Names have slashes, and the last part may come behind one: of hono's routers this one takes both.
    const app = new dist/* Hono */.$({ router: new linear_router/* LinearRouter */.j() });
    app.use(async (http, next) => {
        await next();
        for (const [name, value] of Object.entries(HEADERS))
            http.res.headers.set(name, value);
        if (!http.res.headers.has('cache-control'))
            http.res.headers.set('cache-control', 'no-store');
    });
    const limit = (0,body_limit/* bodyLimit */.k)({
        maxSize: MOST_BODY_BYTES,
        onError: () => problem(413, 'the body is too large'),
    });
    for (const route of ROUTES) {
        const handle = async (http) => {
            const request = makeRequest(context, http);
            return refuse(route, request) ?? (await route.handle(request));
        };
        if (route.body === 'hook')
            app.on([route.method], [patternOf(route.path)], handle);
        else
            app.on([route.method], [patternOf(route.path)], limit, handle);
    }
    for (const path of new Set(ROUTES.map((route) => route.path))) {
        const methods = ROUTES.filter((route) => route.path === path).map(({ method }) => method);
        const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
        app.all(patternOf(path), () => problem(405, `this path takes ${allow}`, { allow }));
    }
    app.notFound(() => problem(404, 'there is no such path'));
    app.onError((thrown) => {
        context.log.error(`a request came upon a defect: ${thrown.message}`);
        return problem(500, 'this is a defect of the server; its log has more');
    });
    return app;
}
/** Names of mirrors have slashes: they take the rest of the path, or all before the last part. */
function patternOf(path) {
    return path.replace('{name}', ':param{.+}').replace('{id}', ':param{[^/]+}');
}
function makeRequest(context, http) {
    const { tokens, trustsProxy } = context.settings();
    const forwarded = trustsProxy ? http.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
    return {
        ...context,
        http,
        param: http.req.param('param') ?? '',
        address: forwarded ?? (0,conninfo/* getConnInfo */.n)(http).remote.address ?? 'unknown',
        isSignedIn: isSignedIn(http.req.header('authorization'), tokens, context.isLoopback),
    };
}

// EXTERNAL MODULE: ./build/fleet/config/config-error.js
var config_error = __webpack_require__(27085);
// EXTERNAL MODULE: ./build/fleet/config/draft.js
var draft = __webpack_require__(29993);
// EXTERNAL MODULE: ./build/fleet/notices.js
var fleet_notices = __webpack_require__(74054);
// EXTERNAL MODULE: ./build/fleet/prepare.js + 11 modules
var prepare = __webpack_require__(25026);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/serve/config/secret-files.js



/** The files that hold secrets, by the config file: each `{ file: PATH }` in it. */
function listSecretFiles(file, env) {
    const fill = (0,fill_in/* makeFillIn */.V)({ env, folderOf: file.folderOf, complaints: { add: () => undefined } });
    const found = new Set();
    const walk = (value, folder) => {
        if (Array.isArray(value))
            return value.forEach((item) => walk(item, folder));
        if (typeof value !== 'object' || value === null)
            return;
        const entries = Object.entries(value);
        const [only] = entries;
        if (entries.length === 1 && only?.[0] === 'file' && typeof only[1] === 'string') {
            const path = fill.text([], only[1]);
            if (path !== undefined)
                found.add((0,external_node_path_.isAbsolute)(path) ? path : (0,external_node_path_.join)(folder, path));
        }
        else
            for (const [, below] of entries)
                walk(below, folder);
    };
    for (const { tree, folder } of file.files)
        walk(tree, folder);
    return [...found].toSorted();
}
/** Changes when one of the files does: mounted secrets are replaced behind a link. */
async function markFiles(paths) {
    const marks = await Promise.all(paths.map(async (path) => {
        const found = await (0,promises_.stat)(path).catch(() => undefined);
        return found === undefined ? 'missing' : `${found.ino}:${found.size}:${found.mtimeMs}`;
    }));
    return marks.join(' ');
}

;// CONCATENATED MODULE: ./build/serve/config/fleet-keeper.js








/** Milliseconds between two looks at the files with secrets. */
const LOOK_INTERVAL_MS = 1000;
/** Milliseconds after which owners are asked for their repositories again. */
const DISCOVER_INTERVAL_MS = 3_600_000;
/** Keeps the fleet as the file and its secrets say. One thing at a time; a bad file leaves what was there. */
class FleetKeeper {
    #input;
    #sources;
    #loaded;
    #secretFiles = [];
    #found = new Map();
    #mark = '';
    #lastLook = -Infinity;
    #turn = Promise.resolve();
    constructor(input) {
        this.#input = input;
    }
    get loaded() {
        if (this.#loaded === undefined)
            throw new Error('the config was not read yet');
        return this.#loaded;
    }
    get hasDiscoveries() {
        return this.#loaded?.fleet.file.mirrors.some(draft/* isDiscovery */.rT) ?? false;
    }
    /** Reads the file, and asks nobody. @throws ConfigError */
    async load() {
        return await this.#inTurn(async () => {
            const sources = this.#input.readConfig();
            return await this.#prepare(sources, { discovers: false });
        });
    }
    /** Reads the file anew. @returns what is wrong with it, in lines; empty: it is in force */
    async reload() {
        return await this.#attempt('the config was not taken: the one from before stays in force', async () => {
            const sources = this.#input.readConfig();
            await this.#prepare(sources, { discovers: true });
        });
    }
    /** Asks owners for their repositories; what cannot be asked keeps its mirrors. */
    async discover() {
        if (!this.hasDiscoveries)
            return;
        await this.#attempt('the repositories could not be listed', async () => {
            await this.#prepare(this.#sources, { discovers: true });
        });
    }
    /** Before mirrors run: takes secrets that changed. Their file being gone leaves the old ones. */
    async refreshSecrets() {
        const now = this.#input.now();
        if (now - this.#lastLook < LOOK_INTERVAL_MS || this.#secretFiles.length === 0)
            return;
        this.#lastLook = now;
        const mark = await markFiles(this.#secretFiles);
        if (mark === this.#mark)
            return;
        this.#mark = mark;
        await this.#attempt('changed secrets could not be read: the old ones stay in use', async () => {
            await this.#prepare(this.#sources, { discovers: this.#loaded.fleet.discovered.length > 0 });
            this.#input.log.info('took secrets that changed');
        });
    }
    async #attempt(words, work) {
        return await this.#inTurn(async () => {
            try {
                await work();
                return [];
            }
            catch (thrown) {
                const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' });
                const lines = thrown instanceof config_error/* ConfigError */.xL ? (0,config_error/* renderConfigError */.NP)(thrown) : [(0,wording/* describeMessage */.Xc)(error)];
                for (const line of lines)
                    this.#input.log.error(`${words}: ${line}`);
                return lines;
            }
        });
    }
    async #prepare(sources, { discovers }) {
        const { env, signal, knownHostsFiles, log, onSecrets, onChange } = this.#input;
        const fleet = await (0,prepare/* prepareFleet */.m)({
            config: sources,
            env,
            signal,
            only: [],
            shard: undefined,
            depth: 'credentials',
            discovers,
            knownHostsFiles,
            lastFound: this.#found,
            onSecrets,
            onNotice: (text) => log.info(text),
        });
        const settings = readServerSettings(fleet.file, env);
        const texts = [...fleet.secrets.texts, ...settings.secretTexts].toSorted((a, b) => b.length - a.length);
        const secrets = { texts };
        onSecrets(secrets);
        this.#tell(fleet);
        const isSameFile = textOf(sources) === textOf(this.#sources ?? []);
        const mirrors = joinMirrors(fleet, discovers, isSameFile ? this.#loaded?.mirrors : undefined);
        this.#secretFiles = listSecretFiles(fleet.file, env);
        this.#mark = await markFiles(this.#secretFiles);
        this.#sources = sources;
        this.#loaded = { fleet, mirrors, settings, secrets };
        onChange(this.#loaded);
        return this.#loaded;
    }
    #tell({ notices, tooShort, discovered }) {
        const { log } = this.#input;
        for (const { level, text } of notices)
            log[level === 'warning' ? 'warn' : 'info'](text);
        for (const name of tooShort)
            log.warn(`${name} is too short to be hidden`);
        for (const [name, count] of (0,fleet_notices/* countFound */.WC)(discovered))
            this.#found.set(name, count);
        for (const { name, drafts, error, refused } of discovered) {
            if (error !== undefined)
                log.error(`discover ${name}: ${(0,wording/* describeMessage */.Xc)(error)}`);
            else
                log.info(`discover ${name}`, { mirrors: drafts.length, refused: refused.length });
        }
    }
    async #inTurn(work) {
        const turn = this.#turn.then(work);
        this.#turn = turn.catch(() => undefined);
        return await turn;
    }
}
function textOf(sources) {
    return JSON.stringify(sources.map(({ name, text }) => [name, text]));
}
/** A discovery that fails, or was not made, must not take mirrors away that it had found. */
function joinMirrors(fleet, hasDiscovered, before) {
    const placeOf = ({ file, line, column }) => `${file}:${line}:${column}`;
    const parts = hasDiscovered
        ? fleet.discovered.filter(({ error }) => error !== undefined).map(({ part }) => part)
        : fleet.file.mirrors.filter(draft/* isDiscovery */.rT);
    const lost = new Set(parts.map(({ path }) => placeOf(fleet.file.place(path))));
    const names = new Set(fleet.mirrors.map(({ name }) => name));
    const kept = (before ?? []).filter(({ name, place }) => lost.has(placeOf(place)) && !names.has(name));
    return [...fleet.mirrors, ...kept].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

// EXTERNAL MODULE: ./node_modules/pino/pino.js
var pino = __webpack_require__(65005);
;// CONCATENATED MODULE: ./build/serve/create-log.js


/** UTF-16 units. */
const create_log_LONGEST_TEXT = 2000;
/** Lines of JSON, or of text for a person; what could be a secret or move a terminal is taken out of both. */
function createLog(input) {
    const clean = (text) => (0,redact/* safeLine */.om)(text, input.secrets(), create_log_LONGEST_TEXT);
    const cleanFields = (fields = {}) => Object.fromEntries(Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]));
    const log = input.format === 'json' ? createJsonLog(input) : createTextLog(input);
    const at = (level) => (message, fields) => log(level, clean(message), cleanFields(fields));
    return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
function createJsonLog({ isVerbose, write, }) {
    const logger = (0,pino.pino)({
        level: isVerbose ? 'debug' : 'info',
        base: null,
        timestamp: pino.pino.stdTimeFunctions.isoTime,
        formatters: { level: (level) => ({ level }) },
    }, { write });
    return (level, message, fields) => logger[level](fields, message);
}
function createTextLog({ isVerbose, write, }) {
    return (level, message, fields) => {
        if (level === 'debug' && !isVerbose)
            return;
        const mark = level === 'warn' ? 'warning: ' : level === 'error' ? 'error: ' : '';
        const more = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
        const time = new Date().toISOString().slice(11, 19);
        write(`${[time, `${mark}${message}`, ...more].join(' ')}\n`);
    };
}

;// CONCATENATED MODULE: ./build/serve/http/body-budget.js
/** Bytes of bodies that nobody has vouched for yet, over all requests. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
/** Reads bodies of senders that may be anybody: however many send at once, they fill no more than so much memory. */
class BodyBudget {
    #most;
    #used = 0;
    constructor(most = MOST_WAITING_BYTES) {
        this.#most = most;
    }
    /** Bytes that are taken now. */
    get used() {
        return this.#used;
    }
    /**
     * Reads a body, and hands it to `use`; it counts until that has ended.
     * @returns `too-large` for more than `limit` bytes, `busy` where others have sent too much, `cut` where the sender is
     * gone before its end
     */
    async read(request, limit, use) {
        if (Number(request.headers['content-length'] ?? 0) > limit)
            return 'too-large';
        const parts = [];
        let size = 0;
        try {
            const end = await new Promise((resolve) => {
                const stop = (reason) => {
                    request.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
                    resolve(reason);
                };
                // What was announced is not counted before it has come: a slow sender takes what it has sent.
                const onData = (part) => {
                    size += part.length;
                    this.#used += part.length;
                    parts.push(part);
                    if (size > limit)
                        stop('too-large');
                    else if (this.#used > this.#most)
                        stop('busy');
                };
                const onEnd = () => stop(undefined);
                const onCut = () => stop('cut');
                request.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
            });
            return end ?? (await use(Buffer.concat(parts)));
        }
        finally {
            this.#used -= size;
        }
    }
}

;// CONCATENATED MODULE: ./build/serve/http/deliveries.js
const MOST_KEPT = 1000;
const KEPT_MS = 600_000;
/** Deliveries of the last minutes: a repeated one asks for nothing new. */
class Deliveries {
    #now;
    #seen = new Map();
    constructor(now) {
        this.#now = now;
    }
    /** @returns whether it came before */
    isRepeated(id) {
        const now = this.#now();
        const before = this.#seen.get(id);
        this.#seen.delete(id);
        this.#seen.set(id, now);
        for (const oldest of this.#seen.keys()) {
            if (this.#seen.size <= MOST_KEPT)
                break;
            this.#seen.delete(oldest);
        }
        return before !== undefined && now - before < KEPT_MS;
    }
}

;// CONCATENATED MODULE: ./build/serve/http/failures.js
/** Failures of one address in a minute before it is told to slow down. */
const MOST_FAILURES = 10;
const WINDOW_MS = 60_000;
/** Addresses that are counted. */
const MOST_ADDRESSES = 10_000;
/**
 * Counts failed logins by address. An address that has too many is told so; a right secret is taken all the same, or
 * whoever shares an address with it could keep pushes away.
 */
class FailureCounts {
    #now;
    #counts = new Map();
    constructor(now) {
        this.#now = now;
    }
    get size() {
        return this.#counts.size;
    }
    /** @returns whether it is too much by now */
    add(address) {
        const now = this.#now();
        const found = this.#counts.get(address);
        if (found !== undefined && now - found.since < WINDOW_MS)
            return ++found.count > MOST_FAILURES;
        this.#counts.delete(address);
        this.#counts.set(address, { since: now, count: 1 });
        for (const oldest of this.#counts.keys()) {
            if (this.#counts.size <= MOST_ADDRESSES)
                break;
            this.#counts.delete(oldest);
        }
        return false;
    }
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: ./node_modules/@hono/node-server/dist/index.mjs + 2 modules
var node_server_dist = __webpack_require__(26652);
;// CONCATENATED MODULE: ./build/serve/http/listen.js




const DEFAULT_LISTEN = { host: '127.0.0.1', port: 8080 };
const MOST_CONNECTIONS = 512;
const MOST_REQUESTS_OF_CONNECTION = 1000;
/** Milliseconds without a byte in either direction: a reader that does not read keeps a connection no longer. */
const SILENCE_MS = 120_000;
const LIMITS = {
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: 5000,
    maxHeaderSize: 16 * 1024,
};
/** `HOST:PORT`, `[::1]:8080`, `:8080` or a port. @throws MirrorError `usage` */
function readListen(text) {
    if (text === undefined)
        return DEFAULT_LISTEN;
    const parts = /^(?:(\[[0-9a-f:.]+\]|[^\s:[\]/@]*):)?(\d{1,5})$/i.exec(text);
    const port = Number(parts?.[2]);
    if (parts === null || port > 65_535) {
        throw new errors/* MirrorError */.En('--listen is not HOST:PORT', {
            code: 'usage',
            hint: 'Write for instance 127.0.0.1:8080, [::1]:8080 or 0.0.0.0:8080.',
        });
    }
    const host = (parts[1] ?? DEFAULT_LISTEN.host).replace(/^\[|\]$/g, '');
    return { host: host === '' ? '0.0.0.0' : host, port };
}
/** Whether only this machine reaches it. */
function isLoopback({ host }) {
    return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
/** @throws MirrorError `usage` when the address can't be had */
async function listen(app, address) {
    const server = (0,node_server_dist/* createAdaptorServer */.b$)({
        fetch: app.fetch,
        createServer: external_node_http_.createServer,
        serverOptions: LIMITS,
    });
    server.maxConnections = MOST_CONNECTIONS;
    server.maxRequestsPerSocket = MOST_REQUESTS_OF_CONNECTION;
    server.timeout = SILENCE_MS;
    await new Promise((resolve, reject) => {
        server.once('error', (error) => {
            reject(new errors/* MirrorError */.En(`--listen: ${address.host}:${address.port} can't be listened on (${error.code ?? 'error'})`, {
                code: 'usage',
                hint: 'Choose another port, or end what listens there.',
            }));
        });
        server.listen(address.port, address.host, resolve);
    });
    server.on('error', () => undefined);
    const found = server.address();
    const port = typeof found === 'object' && found !== null ? found.port : address.port;
    return {
        server,
        url: `http://${(0,external_node_net_.isIPv6)(address.host) ? `[${address.host}]` : address.host}:${port}`,
        close() {
            server.close();
            server.closeIdleConnections();
        },
        destroy: () => server.closeAllConnections(),
    };
}

;// CONCATENATED MODULE: ./build/serve/http/streams.js

/** Streams of events at once. */
const MOST_STREAMS = 50;
/** Bytes that may wait for a reader before it is given up. */
const streams_MOST_WAITING_BYTES = 1024 * 1024;
const PING_MS = 15_000;
/** Streams of server-sent events: a reader that does not read is given up, and so are all at the end. */
class Streams {
    #open = new Set();
    get size() {
        return this.#open.size;
    }
    get isFull() {
        return this.#open.size >= MOST_STREAMS;
    }
    /** Tells the end to each reader. */
    close() {
        for (const close of this.#open)
            close();
    }
    /** `listen` is told where to send events, and gives how to stop; the stream ends behind an event `done`. */
    open(listen) {
        const streams = this.#open;
        const encoder = new TextEncoder();
        let stop = () => undefined;
        let end = () => undefined;
        const body = new ReadableStream({
            start(controller) {
                let isOver = false;
                const finish = () => {
                    if (isOver)
                        return;
                    isOver = true;
                    clearInterval(pings);
                    streams.delete(close);
                    stop();
                    controller.close();
                };
                const send = (text) => {
                    if (isOver)
                        return;
                    controller.enqueue(encoder.encode(text));
                    if ((controller.desiredSize ?? 0) <= 0)
                        finish();
                };
                const close = () => {
                    send('event: done\ndata: {"state":"stopping"}\n\n');
                    finish();
                };
                const pings = setInterval(() => send(': ping\n\n'), PING_MS);
                streams.add(close);
                end = finish;
                send(': hello\n\n');
                stop = listen((event) => {
                    send(renderEvent(event));
                    if (event.kind === 'done')
                        finish();
                });
                if (isOver)
                    stop();
            },
            cancel: () => end(),
        }, new ByteLengthQueuingStrategy({ highWaterMark: streams_MOST_WAITING_BYTES }));
        return new Response(body, {
            headers: {
                'content-type': 'text/event-stream',
                'cache-control': 'no-store',
                'x-accel-buffering': 'no',
            },
        });
    }
}
/** JSON has no line breaks outside of its escapes. */
function renderEvent({ id, kind, data }) {
    const head = id === undefined ? '' : `id: ${id}\n`;
    return `${head}event: ${kind}\ndata: ${plainJson(data)}\n\n`;
}

// EXTERNAL MODULE: ./node_modules/prom-client/index.js
var prom_client = __webpack_require__(95222);
// EXTERNAL MODULE: ./build/fleet/state/records.js
var records = __webpack_require__(56743);
;// CONCATENATED MODULE: ./build/serve/metrics.js



/** Seconds. */
const DURATION_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200];
/** Figures for Prometheus. No names of refs and no addresses: mirrors and hosts alone are labels. */
function createMetrics(input) {
    const registry = new prom_client.Registry();
    const registers = [registry];
    const names = new Set();
    function gauge(name, help, labelNames, collect) {
        registry.registerMetric(new prom_client.Gauge({
            name,
            help,
            labelNames: [...labelNames],
            registers: [],
            collect() {
                this.reset();
                collect(this);
            },
        }));
    }
    const runs = new prom_client.Counter({
        name: 'kalandra_mirror_runs_total',
        help: 'Runs of a mirror, by how they ended.',
        labelNames: ['mirror', 'status'],
        registers,
    });
    const durations = new prom_client.Summary({
        name: 'kalandra_mirror_run_duration_seconds',
        help: 'Time that runs of a mirror took.',
        labelNames: ['mirror'],
        percentiles: [],
        registers,
    });
    const allDurations = new prom_client.Histogram({
        name: 'kalandra_run_duration_seconds',
        help: 'Time that runs took, by how they ended.',
        labelNames: ['status'],
        buckets: DURATION_BUCKETS,
        registers,
    });
    const bytes = new prom_client.Counter({
        name: 'kalandra_pack_bytes_total',
        help: 'Bytes of packs that were sent.',
        labelNames: ['mirror'],
        registers,
    });
    const refs = new prom_client.Counter({
        name: 'kalandra_refs_changed_total',
        help: 'Refs that changed at destinations.',
        labelNames: ['action'],
        registers,
    });
    const webhooks = new prom_client.Counter({
        name: 'kalandra_webhooks_total',
        help: 'Webhooks, by what became of them.',
        labelNames: ['kind', 'result'],
        registers,
    });
    gauge('kalandra_build_info', 'The version that runs.', ['version'], (one) => one.set({ version: version/* VERSION */.x }, 1));
    gauge('kalandra_mirrors', 'Mirrors that are configured.', [], (one) => one.set(input.service().names.length));
    gauge('kalandra_mirror_last_success_timestamp_seconds', 'When the mirror was last known to be like its source.', ['mirror'], (one) => eachMirror((mirror, service) => {
        const { lastSuccess } = service.record(mirror);
        if (lastSuccess !== undefined)
            one.set({ mirror }, lastSuccess / 1000);
    }));
    gauge('kalandra_mirror_last_run_success', 'Whether the last run went well.', ['mirror'], (one) => eachMirror((mirror, service) => {
        const { status } = service.record(mirror);
        if (status !== undefined)
            one.set({ mirror }, status === 'mirrored' || status === 'unchanged' ? 1 : 0);
    }));
    gauge('kalandra_runs_in_flight', 'Runs that go on.', [], (one) => one.set(input.service().engine.runningKeys.length));
    gauge('kalandra_queue_length', 'Mirrors that wait for a place.', ['lane'], (one) => {
        const { waiting } = input.service().engine.counts;
        for (const [lane, count] of Object.entries(waiting))
            one.set({ lane }, count);
    });
    gauge('kalandra_host_limit', 'Mirrors at once that a host is allowed.', ['host'], (one) => {
        for (const [host, { allowed }] of input.service().engine.hostLimits)
            one.set({ host }, allowed);
    });
    const throttled = new prom_client.Counter({
        name: 'kalandra_host_throttled_total',
        help: 'Times that a host asked to slow down.',
        labelNames: ['host'],
        registers,
        collect() {
            this.reset();
            for (const [host, { slowdowns }] of input.service().engine.hostLimits)
                this.inc({ host }, slowdowns);
        },
    });
    void throttled;
    gauge('kalandra_config_last_reload_successful', 'Whether the config was taken.', [], (one) => one.set(input.service().lastReload.isGood ? 1 : 0));
    gauge('kalandra_config_last_reload_timestamp_seconds', 'When the config was last read.', [], (one) => one.set(input.service().lastReload.at / 1000));
    (0,prom_client.collectDefaultMetrics)({ register: registry });
    // Of the process, and not of Node: among those are some that are no number at first, which the text writes as `Nan`.
    for (const { name } of registry.getMetricsAsArray())
        if (name.startsWith('nodejs_'))
            registry.removeSingleMetric(name);
    function eachMirror(visit) {
        const service = input.service();
        if (input.isByMirror())
            for (const name of service.names)
                visit(name, service);
    }
    /** Mirrors that left the file take their figures with them. */
    function dropStrangers() {
        const known = new Set(input.isByMirror() ? input.service().names : []);
        for (const mirror of names) {
            if (known.has(mirror))
                continue;
            names.delete(mirror);
            for (const status of ['mirrored', 'unchanged', 'rejected', 'failed', 'skipped'])
                runs.remove({ mirror, status });
            durations.remove({ mirror });
            bytes.remove({ mirror });
        }
    }
    return {
        contentType: registry.contentType,
        async render() {
            dropStrangers();
            return await registry.metrics();
        },
        countWebhook(kind, result) {
            webhooks.inc({ kind, result });
        },
        countRun(mirror, line) {
            const status = (0,records/* statusOf */.c2)(line);
            const seconds = line.result?.seconds ?? 0;
            if (line.result !== null)
                allDurations.observe({ status }, seconds);
            for (const { changed } of line.result?.destinations ?? []) {
                for (const { action } of changed)
                    refs.inc({ action });
            }
            if (!input.isByMirror())
                return;
            names.add(mirror);
            runs.inc({ mirror, status });
            if (line.result !== null)
                durations.observe({ mirror }, seconds);
            bytes.inc({ mirror }, (0,records/* bytesOf */.$$)(line));
        },
    };
}

// EXTERNAL MODULE: ./build/fleet/report/round-lines.js
var round_lines = __webpack_require__(14416);
// EXTERNAL MODULE: ./build/fleet/select.js
var fleet_select = __webpack_require__(86055);
;// CONCATENATED MODULE: ./build/serve/jobs/clock.js
/** Longest wait of a timer: what it waits for is compared with the clock again, which may have jumped. */
const LONGEST_WAIT_MS = 60_000;
const WALL_CLOCK = {
    now: () => Date.now(),
    after(ms, callback) {
        const timer = setTimeout(callback, Math.max(0, ms));
        return () => clearTimeout(timer);
    },
};

;// CONCATENATED MODULE: ./build/serve/jobs/alarms.js

/** Milliseconds by which the clock must have gone back to be called set back. */
const SET_BACK_MS = 5000;
/** Rings when the time of a mirror has come: once, however many of its times have passed. */
class Alarms {
    #clock;
    #ring;
    #due = new Map();
    #schedules = new Map();
    #timetable;
    #lastLook;
    #stop;
    constructor(clock, timetable, ring) {
        this.#clock = clock;
        this.#timetable = timetable;
        this.#ring = ring;
        this.#lastLook = clock.now();
    }
    /** The next time of a mirror; undefined: none. */
    next(name) {
        return this.#due.get(name);
    }
    /** Other mirrors or schedules: those that stay as they were keep their time. `firstTime` is that of a new one. */
    set(mirrors, timetable, firstTime) {
        const isSame = this.#timetable === timetable;
        const before = this.#schedules;
        this.#timetable = timetable;
        this.#schedules = new Map(mirrors.map(({ name, schedule }) => [name, schedule]));
        for (const name of this.#due.keys())
            if (!this.#schedules.has(name))
                this.#due.delete(name);
        for (const mirror of mirrors) {
            if (isSame && before.get(mirror.name) === mirror.schedule)
                continue;
            const isNew = !before.has(mirror.name);
            this.#setDue(mirror.name, (isNew ? firstTime(mirror) : undefined) ?? this.#nextOf(mirror.name));
        }
        this.#look();
    }
    stop() {
        this.#stop?.();
        this.#stop = undefined;
        this.#due.clear();
        this.#schedules.clear();
    }
    #look() {
        const now = this.#clock.now();
        if (now < this.#lastLook - SET_BACK_MS) {
            for (const name of this.#schedules.keys())
                this.#setDue(name, this.#nextOf(name));
        }
        this.#lastLook = now;
        const ringing = [...this.#due].filter(([, time]) => time <= now).map(([name]) => name);
        for (const name of ringing)
            this.#setDue(name, this.#nextOf(name));
        this.#stop?.();
        const soonest = [...this.#due.values()].reduce((least, time) => Math.min(least, time), Infinity);
        const wait = Math.min(LONGEST_WAIT_MS, soonest - now);
        this.#stop = this.#due.size === 0 ? undefined : this.#clock.after(wait, () => this.#look());
        if (ringing.length > 0)
            this.#ring(ringing);
    }
    #setDue(name, time) {
        if (time === undefined)
            this.#due.delete(name);
        else
            this.#due.set(name, time);
    }
    #nextOf(name) {
        const schedule = this.#schedules.get(name);
        return schedule === undefined ? undefined : this.#timetable.next(schedule, name, this.#clock.now());
    }
}

;// CONCATENATED MODULE: ./build/serve/jobs/bell.js
/** Milliseconds between two rings: whoever listens looks for himself what changed. */
const INTERVAL_MS = 1000;
/** Tells listeners that something changed, at most once a second. */
class Bell {
    #clock;
    #listeners = new Set();
    #isWaiting = false;
    constructor(clock) {
        this.#clock = clock;
    }
    ring() {
        if (this.#isWaiting || this.#listeners.size === 0)
            return;
        this.#isWaiting = true;
        this.#clock.after(INTERVAL_MS, () => {
            this.#isWaiting = false;
            for (const listener of this.#listeners)
                listener();
        });
    }
    listen(listener) {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
}

;// CONCATENATED MODULE: ./build/serve/jobs/debounce.js
/** Milliseconds without a hint after which a mirror is queued: branches of one change are pushed one by one. */
const QUIET_MS = 2000;
/** Milliseconds after the first hint when it is queued anyhow. */
const LONGEST_MS = 10_000;
/** Waits for quiet after hints, for each key on its own. */
class Debounce {
    #clock;
    #fire;
    #hints = new Map();
    constructor(clock, fire) {
        this.#clock = clock;
        this.#fire = fire;
    }
    get size() {
        return this.#hints.size;
    }
    hint(key) {
        const now = this.#clock.now();
        const hints = this.#hints.get(key);
        if (hints !== undefined)
            hints.last = now;
        else
            this.#hints.set(key, {
                first: now,
                last: now,
                stop: this.#clock.after(QUIET_MS, () => this.#look(key)),
            });
    }
    /** Forgets all that was hinted. */
    stop() {
        for (const { stop } of this.#hints.values())
            stop();
        this.#hints.clear();
    }
    /** One timer a key, however many hints come: it looks how long there has been quiet, and waits for the rest. */
    #look(key) {
        const hints = this.#hints.get(key);
        if (hints === undefined)
            return;
        const now = this.#clock.now();
        const due = Math.min(hints.last + QUIET_MS, hints.first + LONGEST_MS);
        // A clock that was set back must not hold a hint up.
        if (now < due && due - now <= QUIET_MS) {
            hints.stop = this.#clock.after(due - now, () => this.#look(key));
            return;
        }
        this.#hints.delete(key);
        this.#fire(key);
    }
}

;// CONCATENATED MODULE: ./build/serve/jobs/idempotency.js
/** Milliseconds for which the same `Idempotency-Key` means the same. */
const idempotency_KEPT_MS = 600_000;
const MOST_KEYS = 1000;
/** What was answered to the last keys. */
class IdempotencyKeys {
    #clock;
    #known = new Map();
    constructor(clock) {
        this.#clock = clock;
    }
    find(key, get) {
        const found = key === undefined ? undefined : this.#known.get(key);
        if (found === undefined || this.#clock.now() - found.at > idempotency_KEPT_MS)
            return undefined;
        return get(found.id);
    }
    remember(key, id) {
        if (key === undefined)
            return;
        this.#known.delete(key);
        this.#known.set(key, { id, at: this.#clock.now() });
        for (const oldest of this.#known.keys()) {
            if (this.#known.size <= MOST_KEYS)
                break;
            this.#known.delete(oldest);
        }
    }
}

;// CONCATENATED MODULE: ./build/serve/jobs/event-log.js
/** Events of a round, in order: those that matter are kept, so that a reader that comes back misses none. */
class EventLog {
    #kept = [];
    #listeners = new Set();
    #isClosed = false;
    get isClosed() {
        return this.#isClosed;
    }
    add(kind, data) {
        const event = { id: this.#kept.length + 1, kind, data };
        this.#kept.push(event);
        this.#tell(event);
    }
    /** Tells who listens now, and keeps nothing. */
    mention(kind, data) {
        this.#tell({ id: undefined, kind, data });
    }
    /** The last event: `done`. */
    close(data) {
        if (this.#isClosed)
            return;
        this.#isClosed = true;
        this.add('done', data);
        this.#listeners.clear();
    }
    /** Gives what is kept behind `after`, then what comes; returns how to stop listening. */
    listen(after, listener) {
        for (const event of this.#kept.slice(Math.max(0, after)))
            listener(event);
        if (this.#isClosed)
            return () => undefined;
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
    #tell(event) {
        for (const listener of this.#listeners)
            listener(event);
    }
}

;// CONCATENATED MODULE: ./build/serve/jobs/rounds.js

/** Rounds that are kept once they have ended. */
const KEPT_ROUNDS = 50;
/** Rounds that may be under way: each is a set of names. */
const MOST_OPEN_ROUNDS = 500;
/** A name for a set of mirrors: it ends when each of them has ended a run that began after the round was made. */
class Round {
    id;
    /** Milliseconds since 1970. */
    created;
    dryRun;
    keys;
    log = new EventLog();
    #pending;
    #results = new Map();
    #onDone;
    #hasBegun = false;
    #isCancelled = false;
    constructor(given) {
        this.id = given.id;
        this.created = given.created;
        this.dryRun = given.dryRun;
        this.keys = new Set(given.keys);
        this.#pending = new Set(given.keys);
        this.#onDone = given.onDone;
    }
    get state() {
        if (this.#isCancelled)
            return 'cancelled';
        if (this.#pending.size === 0)
            return 'done';
        return this.#hasBegun ? 'running' : 'queued';
    }
    get isOpen() {
        return this.state === 'queued' || this.state === 'running';
    }
    get pending() {
        return this.#pending;
    }
    /** By name. */
    get results() {
        return [...this.#results.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    }
    onBegin() {
        this.#hasBegun = true;
    }
    onEnd(key, line) {
        if (!this.#pending.delete(key))
            return;
        this.#hasBegun = true;
        this.#results.set(key, line);
        this.log.add('mirror', line);
        if (this.#pending.size === 0 && !this.#isCancelled)
            this.#finish();
    }
    cancel() {
        if (!this.isOpen)
            return;
        this.#isCancelled = true;
        this.#finish();
    }
    #finish() {
        const failed = this.results.filter(({ ok }) => !ok).length;
        this.log.close({ state: this.state, mirrors: this.keys.size, failed });
        this.#onDone(this);
    }
}
/** The rounds that are under way, and the last of those that ended. */
class Rounds {
    #open = new Map();
    #ended = new Map();
    get isFull() {
        return this.#open.size >= MOST_OPEN_ROUNDS;
    }
    get open() {
        return [...this.#open.values()];
    }
    get(id) {
        return this.#open.get(id) ?? this.#ended.get(id);
    }
    add(given) {
        const round = new Round({ ...given, onDone: (ended) => this.#keep(ended) });
        this.#open.set(round.id, round);
        return round;
    }
    /** One that means the same: nothing of it has begun yet. */
    findSame(keys) {
        return this.open.find((round) => round.state === 'queued' &&
            round.keys.size === keys.size &&
            [...keys].every((key) => round.keys.has(key)));
    }
    #keep(round) {
        this.#open.delete(round.id);
        this.#ended.set(round.id, round);
        for (const id of this.#ended.keys()) {
            if (this.#ended.size <= KEPT_ROUNDS)
                break;
            this.#ended.delete(id);
        }
    }
}

// EXTERNAL MODULE: ./build/fleet/state/state-file.js
var state_file = __webpack_require__(24891);
// EXTERNAL MODULE: ./build/fleet/state/order.js
var order = __webpack_require__(95777);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/serve/jobs/state-file.js




/** Milliseconds between two writings. */
const WRITE_INTERVAL_MS = 5000;
/** Writes the state at most every five seconds, whole or not at all; nothing else waits for the disk meanwhile. */
class StateFile {
    #input;
    #stop;
    #hasWarned = false;
    #writing;
    /** Of the writing that counts: an older one that is still under way ends without a trace. */
    #turn = 0;
    constructor(input) {
        this.#input = input;
    }
    /** Something changed. */
    touch() {
        this.#stop ??= this.#input.clock.after(WRITE_INTERVAL_MS, () => {
            this.#stop = undefined;
            this.#writing = this.#write((this.#writing ?? Promise.resolve()).catch(() => undefined));
        });
    }
    /** Until what is being written is on the disk. */
    async settle() {
        await this.#writing;
    }
    /** Writes now, and waits for it. Never throws: a full disk is told once. */
    flush() {
        this.#stop?.();
        this.#stop = undefined;
        this.#turn++;
        const { path, collect } = this.#input;
        try {
            (0,state_file/* writeStateFile */.VP)(path, collect(), `${path}.last`);
            this.#hasWarned = false;
        }
        catch (thrown) {
            this.#complain(thrown);
        }
    }
    async #write(before) {
        await before;
        const { path, collect } = this.#input;
        const turn = ++this.#turn;
        const next = `${path}.next`;
        try {
            const { mirrors, found } = collect();
            const parts = [];
            // Thousands of mirrors are megabytes of JSON: others have their turn in between.
            for (const part of (0,state_file/* renderParts */.Rs)({ mirrors: new Map(mirrors), found: new Map(found) })) {
                parts.push(part);
                await (0,external_node_timers_promises_.setImmediate)();
            }
            await (0,promises_.writeFile)(next, parts, { mode: 0o600, flush: true });
            if (turn === this.#turn)
                (0,external_node_fs_.renameSync)(next, path);
            else
                (0,external_node_fs_.rmSync)(next, { force: true });
            this.#hasWarned = false;
        }
        catch (thrown) {
            (0,state_file/* removeQuietly */.S2)(next);
            this.#complain(thrown);
        }
    }
    #complain(thrown) {
        const { code = 'no reason given' } = thrown;
        if (!this.#hasWarned)
            this.#input.onWarning(`the state file can't be written (${code}); mirrors run all the same`);
        this.#hasWarned = true;
    }
}

// EXTERNAL MODULE: ./build/fleet/round/diagnose.js
var diagnose = __webpack_require__(49374);
// EXTERNAL MODULE: ./build/fleet/round/app-tokens.js
var app_tokens = __webpack_require__(78290);
// EXTERNAL MODULE: ./build/fleet/round/host-gate.js
var host_gate = __webpack_require__(1090);
// EXTERNAL MODULE: ./build/fleet/round/make-jobs.js
var make_jobs = __webpack_require__(64153);
// EXTERNAL MODULE: ./build/fleet/round/run-job.js + 2 modules
var run_job = __webpack_require__(47948);
// EXTERNAL MODULE: ./build/fleet/round/scheduler.js + 3 modules
var scheduler = __webpack_require__(41046);
// EXTERNAL MODULE: ./build/transport/connection/connections.js
var connections = __webpack_require__(15770);
;// CONCATENATED MODULE: ./build/serve/jobs/board.js
const RANKS = { hand: 0, webhook: 1, schedule: 2 };
/** A lower one goes first. */
function rankOf(cause) {
    return RANKS[cause];
}
/**
 * What is to run, by key. However often a key is triggered while it runs, it runs once more; a waiter is told of the
 * first run that began after it came. Pure: starts nothing, and knows no time.
 */
class Board {
    #slots = new Map();
    state(key) {
        const slot = this.#slots.get(key);
        if (slot === undefined)
            return 'idle';
        if (!slot.isRunning)
            return 'waiting';
        return slot.next === undefined ? 'running' : 'dirty';
    }
    trigger(key, cause, waiter) {
        const slot = this.#slots.get(key);
        if (slot === undefined) {
            const nextWaiters = new Set(waiter === undefined ? [] : [waiter]);
            this.#slots.set(key, { isRunning: false, next: cause, nextWaiters, waiters: new Set() });
            return 'queued';
        }
        if (slot.isRunning && cause === 'schedule' && slot.next === undefined)
            return 'ignored';
        if (waiter !== undefined)
            slot.nextWaiters.add(waiter);
        const before = slot.next;
        const isStronger = before === undefined || rankOf(cause) < rankOf(before);
        if (isStronger)
            slot.next = cause;
        if (slot.isRunning)
            return before === undefined ? 'dirty' : 'joined';
        return isStronger ? 'raised' : 'joined';
    }
    /** Who waits for the run that goes on. */
    watchers(key) {
        return [...(this.#slots.get(key)?.waiters ?? [])];
    }
    /** A run begins: who comes from now on waits for another one. */
    begin(key) {
        const slot = this.#slots.get(key);
        if (slot === undefined || slot.isRunning)
            return;
        slot.isRunning = true;
        slot.next = undefined;
        slot.waiters = slot.nextWaiters;
        slot.nextWaiters = new Set();
        for (const waiter of slot.waiters)
            waiter.onBegin(key);
    }
    /** A run ended, or what waited is not going to run. @returns who asked for the next one; undefined: nobody */
    end(key, outcome) {
        const slot = this.#slots.get(key);
        if (slot === undefined)
            return undefined;
        const told = slot.isRunning ? slot.waiters : slot.nextWaiters;
        const next = slot.isRunning ? slot.next : undefined;
        if (next === undefined)
            this.#slots.delete(key);
        else {
            slot.isRunning = false;
            slot.waiters = new Set();
        }
        for (const waiter of told)
            waiter.onEnd(key, outcome);
        return next;
    }
    /**
     * A waiter does not wait any more.
     * @returns what nobody else waits for or asked for: `waiting` may be taken back, `running` may be stopped
     */
    leave(key, waiter) {
        const slot = this.#slots.get(key);
        if (slot === undefined)
            return undefined;
        if (slot.waiters.delete(waiter))
            return slot.waiters.size === 0 ? 'running' : undefined;
        if (!slot.nextWaiters.delete(waiter) || slot.nextWaiters.size > 0 || slot.next !== 'hand')
            return undefined;
        if (!slot.isRunning)
            return 'waiting';
        slot.next = undefined;
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/serve/run/keys.js
const DRY_RUN_MARK = ' (dry run)';
/** What stands for a mirror's run: a dry run is one of its own. No name has a space. */
function keyOf(name, isDryRun) {
    return isDryRun ? `${name}${DRY_RUN_MARK}` : name;
}
function readKey(key) {
    const isDryRun = key.endsWith(DRY_RUN_MARK);
    return { name: isDryRun ? key.slice(0, -DRY_RUN_MARK.length) : key, isDryRun };
}

;// CONCATENATED MODULE: ./build/serve/run/engine.js











/** Above every sequence number: the cause decides first. */
const RANK_STEP = 2 ** 48;
/** Milliseconds without a run after which connections are ended. */
const IDLE_MS = 30_000;
/** Runs what is triggered, with the lanes, limits and circuits of a round, for as long as the server lives. */
class Engine {
    #input;
    #board = new Board();
    #schedule;
    #stopping = new AbortController();
    #apps = (0,app_tokens/* createLazyAppTokens */.E)({
        signal: this.#stopping.signal,
        secrets: () => this.#loaded.secrets,
        onNotice: () => undefined,
    });
    #running = new Map();
    #earlier = new Map();
    #incoming = new Map();
    #loaded;
    #jobs = new Map();
    #orders = new Map();
    #sequence = 0;
    #connections;
    #stopIdle;
    #isDraining = false;
    #isClosed = false;
    constructor(input) {
        this.#input = input;
        this.#schedule = (0,scheduler/* openSchedule */.k)({
            clock: input.clock,
            signal: this.#stopping.signal,
            lanes: host_gate/* LANES */.Ci,
            limitOf: (host) => (0,make_jobs/* limitOf */.L)(this.#fleet.file, host),
            run: async (job, claim) => await this.#run(job, claim),
            retriesOf: ({ pairs }) => Math.max(0, ...pairs.map(({ options }) => options.retries)),
            onEnd: (job, outcome) => void this.#publish(job, outcome),
            onSkip: (job, reason) => this.#end(job.name, (0,round_lines/* lineOfSkip */.dW)(readKey(job.name).name, reason, false)),
        });
    }
    get runningKeys() {
        return [...this.#running.keys()];
    }
    get counts() {
        return this.#schedule.count();
    }
    get hostLimits() {
        return this.#schedule.limits();
    }
    state(name) {
        return this.#board.state(name);
    }
    watchers(key) {
        return this.#board.watchers(key);
    }
    /** Another file, or other secrets: what runs ends as it began, what waits takes the new ones. */
    setFleet(loaded) {
        const before = this.#jobs;
        this.#loaded = loaded;
        const jobs = (0,make_jobs/* makeJobs */.V)(loaded.fleet, loaded.mirrors.filter(({ groups }) => groups.length > 0));
        this.#jobs = new Map(jobs.map((job) => [job.name, job]));
        this.#dropConnections();
        for (const [key, order] of this.#orders) {
            if (!this.#schedule.remove(key))
                continue;
            const job = this.#jobOf(key);
            if (job === undefined)
                this.#end(key, (0,round_lines/* lineOfSkip */.dW)(readKey(key).name, 'it is not in the file any more', false));
            else
                this.#schedule.add(job, order);
        }
        if (before.size > 0)
            this.#schedule.renew();
    }
    /** Whether the mirror can run at all: it is in the file, and not paused there. */
    has(name) {
        return this.#jobs.has(name);
    }
    /** In the order in which they are to run, as far as limits allow. */
    trigger(name, cause, more = {}) {
        const key = keyOf(name, more.isDryRun ?? false);
        const job = this.#jobs.get(name);
        // Who presses a button has mended something, and does not want to hear of what was before.
        if (cause === 'hand' && job !== undefined)
            this.#schedule.hope(job);
        const triggered = this.#board.trigger(key, cause, more.waiter);
        if (triggered === 'queued')
            this.#queue(key, cause);
        if (triggered === 'raised') {
            const isWaiting = this.#incoming.has(key) || this.#schedule.remove(key);
            if (isWaiting)
                this.#queue(key, cause);
        }
        return triggered;
    }
    /** Nobody asks for it any more: it is taken back, or stopped where it runs. */
    leave(key, waiter) {
        const left = this.#board.leave(key, waiter);
        if (left === 'waiting')
            this.drop(key, 'the round was cancelled', false);
        if (left === 'running')
            this.#running.get(key)?.abort();
    }
    /** Takes back what waits. */
    drop(key, reason, ok) {
        const isWaiting = this.#incoming.delete(key) || this.#schedule.remove(key);
        if (isWaiting)
            this.#end(key, (0,round_lines/* lineOfSkip */.dW)(readKey(key).name, reason, ok));
    }
    /** No run begins from now on. */
    close() {
        this.#isClosed = true;
        this.#incoming.clear();
        this.#stopping.abort();
    }
    /** Stops what runs. */
    abort() {
        this.close();
        for (const controller of this.#running.values())
            controller.abort();
    }
    async dispose() {
        this.#stopIdle?.();
        await this.#connections?.dispose();
        this.#connections = undefined;
    }
    get #fleet() {
        return this.#loaded.fleet;
    }
    #queue(key, cause) {
        if (this.#isClosed)
            return;
        this.#incoming.set(key, rankOf(cause) * RANK_STEP + ++this.#sequence);
        if (!this.#isDraining)
            void this.#drain();
    }
    /** Whoever comes while secrets are looked at waits for that look, too. */
    async #drain() {
        this.#isDraining = true;
        try {
            await this.#input.refresh();
        }
        finally {
            this.#isDraining = false;
        }
        const incoming = [...this.#incoming].toSorted(([, a], [, b]) => a - b);
        this.#incoming.clear();
        for (const [key, order] of incoming) {
            if (this.#isClosed)
                return;
            const job = this.#jobOf(key);
            if (job === undefined) {
                this.#end(key, (0,round_lines/* lineOfSkip */.dW)(readKey(key).name, 'it is not in the file any more', false));
                continue;
            }
            this.#orders.set(key, order);
            this.#schedule.add(job, order);
        }
    }
    #jobOf(key) {
        const { name, isDryRun } = readKey(key);
        const job = this.#jobs.get(name);
        if (job === undefined || !isDryRun)
            return job;
        const pairs = job.pairs.map((pair) => ({ ...pair, options: { ...pair.options, dryRun: true } }));
        return { name: key, pairs, after: [] };
    }
    async #run(job, claim) {
        const { name: key } = job;
        const controller = this.#running.get(key) ?? new AbortController();
        if (this.#board.state(key) === 'waiting') {
            this.#board.begin(key);
            this.#orders.delete(key);
            this.#running.set(key, controller);
            this.#input.onBegin(key);
        }
        this.#stopIdle?.();
        this.#connections ??= (0,connections/* createConnections */.E)();
        return await (0,run_job/* runJob */.b)(job, claim, {
            connections: this.#connections,
            apps: this.#apps,
            signal: controller.signal,
            earlier: this.#earlier,
            onEvent: this.#input.onEvent,
        });
    }
    async #publish(job, outcome) {
        const { secrets } = this.#loaded;
        const signal = this.#running.get(job.name)?.signal ?? this.#stopping.signal;
        const result = await (0,diagnose/* diagnoseRefusals */.U)(job, outcome.result, signal).catch(() => outcome.result);
        this.#end(job.name, (0,round_lines/* lineOfResult */.xR)(readKey(job.name).name, (0,redact/* redactResult */.rd)(result, secrets), outcome.fingerprint));
    }
    #end(key, line) {
        this.#earlier.delete(key);
        this.#orders.delete(key);
        this.#running.delete(key);
        const isStopped = this.#isClosed && line.skipped !== null;
        // A server that stops has not tried it: nothing is known of it that was not known before.
        if (!isStopped)
            this.#input.onEnd(key, line);
        const next = this.#board.end(key, line);
        if (next !== undefined)
            this.#queue(key, next);
        this.#watchIdle();
    }
    #watchIdle() {
        this.#stopIdle?.();
        this.#stopIdle = undefined;
        if (this.#running.size > 0 || this.#isClosed)
            return;
        const { clock } = this.#input;
        this.#stopIdle = clock.at(clock.now() + IDLE_MS, () => this.#dropConnections());
    }
    /** Those that run keep theirs: a disposal waits for nobody. */
    #dropConnections() {
        if (this.#running.size > 0)
            return;
        const connections = this.#connections;
        this.#connections = undefined;
        void connections?.dispose();
    }
}

;// CONCATENATED MODULE: ./build/serve/run/live.js


/** Lines of a run that are kept, and UTF-16 units of each. */
const KEPT_LINES = 60;
const LINE_LENGTH = 300;
/** Milliseconds between two mentions of one mirror's progress. */
const MENTION_INTERVAL_MS = 1000;
/** What is going on, by mirror, and the lines of its last run. In memory only. */
class LiveRuns {
    #live = new Map();
    #lines = new Map();
    #now;
    #secrets;
    constructor(now, secrets) {
        this.#now = now;
        this.#secrets = secrets;
    }
    begin(name) {
        const began = this.#now();
        this.#live.set(name, { began, phase: undefined, bytes: new Map(), objects: new Map(), lastMention: 0 });
        this.#lines.set(name, []);
    }
    end(name) {
        this.#live.delete(name);
    }
    forget(name) {
        this.#live.delete(name);
        this.#lines.delete(name);
    }
    progress(name) {
        const live = this.#live.get(name);
        if (live === undefined)
            return undefined;
        return { began: live.began, phase: live.phase, bytes: sum(live.bytes), objects: sum(live.objects) };
    }
    /** Oldest first, harmless. */
    lines(name) {
        return this.#lines.get(name) ?? [];
    }
    /** @returns whether it is time to tell others how far it is */
    take(name, event) {
        const live = this.#live.get(name);
        if (live === undefined)
            return false;
        const isNews = this.#apply(name, live, event);
        const now = this.#now();
        if (!isNews || now - live.lastMention < MENTION_INTERVAL_MS)
            return false;
        live.lastMention = now;
        return true;
    }
    #apply(name, live, event) {
        switch (event.kind) {
            case 'phase':
                live.phase = event.phase;
                this.#line(name, (0,wording/* describePhase */.$8)(event, ''));
                return true;
            case 'progress':
                live.bytes.set(event.destination, event.bytes);
                live.objects.set(event.destination, event.objects);
                return true;
            case 'server-text':
                this.#line(name, (0,wording/* describeServerLine */.L5)(event));
                return false;
            case 'notice':
                this.#line(name, `${event.level === 'warning' ? 'warning: ' : ''}${event.text}`);
                return false;
            case 'lfs-progress':
            case 'changed':
            case 'rejected':
                return false;
        }
    }
    #line(name, text) {
        const lines = this.#lines.get(name) ?? [];
        lines.push((0,redact/* safeLine */.om)(text, this.#secrets(), LINE_LENGTH));
        if (lines.length > KEPT_LINES)
            lines.shift();
        this.#lines.set(name, lines);
    }
}
function sum(values) {
    let total = 0;
    for (const value of values.values())
        total += value;
    return total;
}

;// CONCATENATED MODULE: ./build/serve/run/source-index.js

/** The mirrors of each source, and where `withDestinations` of each destination as well. */
function indexMirrors(mirrors, withDestinations) {
    const found = new Map();
    const add = (url, name) => {
        const repository = (0,identity/* identity */.D)(url);
        const names = found.get(repository);
        if (names === undefined)
            found.set(repository, new Set([name]));
        else
            names.add(name);
    };
    for (const { name, groups } of mirrors) {
        for (const { source, destinations } of groups) {
            add(source.url, name);
            if (withDestinations)
                for (const { url } of destinations)
                    add(url, name);
        }
    }
    return new Map([...found].map(([repository, names]) => [repository, [...names]]));
}

;// CONCATENATED MODULE: ./build/serve/run/service.js


















/** What the server does, whoever asks: over http, by the clock or by a hook. */
class Service {
    rounds = new Rounds();
    live;
    /** Rings when what a page shows has changed. */
    bell;
    #input;
    #engine;
    #debounce;
    #alarms;
    #paused = new Set();
    #records = new Map();
    #results = new Map();
    #idempotent;
    #mirrors = new Map();
    /** By what hooks run them. */
    #hinted = new Map();
    #bySource = new Map();
    #notices = new Map();
    #loaded;
    #timetable = new Timetable('UTC');
    #timeZone = 'UTC';
    #stateFile;
    #isStopping = false;
    #lastReload;
    constructor(input) {
        this.#input = input;
        const { wall, keeper } = input;
        this.#lastReload = { isGood: true, at: wall.now() };
        this.bell = new Bell(wall);
        this.#idempotent = new IdempotencyKeys(wall);
        this.live = new LiveRuns(wall.now, () => this.#loaded?.secrets ?? { texts: [] });
        this.#engine = new Engine({
            clock: input.clock,
            refresh: async () => await keeper.refreshSecrets(),
            onBegin: (key) => {
                this.live.begin(key);
                this.bell.ring();
            },
            onEvent: (key, event) => this.#onEvent(key, event),
            onEnd: (key, line) => this.#onEnd(key, line),
        });
        this.#debounce = new Debounce(wall, (name) => void this.#trigger(name, 'webhook'));
        this.#alarms = new Alarms(wall, this.#timetable, (names) => {
            for (const name of this.#inOrder(names))
                this.#trigger(name, 'schedule');
        });
    }
    /** Whether rounds are taken. */
    get isReady() {
        return this.#loaded !== undefined && !this.#isStopping;
    }
    get loaded() {
        return this.#loaded;
    }
    get engine() {
        return this.#engine;
    }
    get names() {
        return [...this.#mirrors.keys()];
    }
    /** Another file, or other secrets. */
    setFleet(loaded) {
        const { wall } = this.#input;
        const isFirst = this.#loaded === undefined;
        this.#loaded = loaded;
        this.#mirrors = new Map(loaded.mirrors.map((mirror) => [mirror.name, mirror]));
        this.#bySource = indexMirrors(loaded.mirrors, false);
        this.#hinted = loaded.settings.heals ? indexMirrors(loaded.mirrors, true) : this.#bySource;
        if (isFirst)
            this.#openState();
        this.#forgetStrangers();
        this.#engine.setFleet(loaded);
        const { timeZone, syncsOnStart } = loaded.settings;
        if (timeZone !== this.#timeZone)
            this.#timetable = new Timetable(timeZone);
        this.#timeZone = timeZone;
        const scheduled = loaded.mirrors.flatMap(({ name, schedule, paused }) => schedule === undefined || paused ? [] : [{ name, schedule }]);
        const now = wall.now();
        this.bell.ring();
        this.#alarms.set(scheduled, this.#timetable, ({ name, schedule }) => {
            const { lastSuccess } = this.record(name);
            const isDue = syncsOnStart && this.#timetable.isMissed(schedule, name, lastSuccess, now);
            return isDue ? now + this.#timetable.startDelay(schedule, name) : undefined;
        });
    }
    /** @throws MirrorError `usage` for words that mean no mirror */
    async sync(given) {
        const earlier = this.#idempotent.find(given.idempotencyKey, (id) => this.rounds.get(id));
        if (earlier !== undefined)
            return { round: earlier, isCoalesced: true };
        const chosen = await (0,fleet_select/* selectMirrors */.v)([...this.#mirrors.values()], given.only);
        const answer = this.#startRound(chosen.map(({ name }) => name), given.isDryRun);
        this.#idempotent.remember(given.idempotencyKey, answer.round.id);
        return answer;
    }
    /** One mirror, by its name. */
    syncOne(name, isDryRun) {
        return this.#startRound([name], isDryRun);
    }
    cancel(round) {
        const pending = [...round.pending];
        round.cancel();
        for (const key of pending)
            this.#engine.leave(key, round);
    }
    has(name) {
        return this.#mirrors.has(name);
    }
    pausedBy(name) {
        if (this.#mirrors.get(name)?.paused === true)
            return 'file';
        return this.#paused.has(name) ? 'memory' : undefined;
    }
    /** Until the server stops. What runs goes on. */
    pause(name) {
        this.#paused.add(name);
        this.bell.ring();
        for (const isDryRun of [false, true])
            this.#engine.drop(keyOf(name, isDryRun), 'it is paused', true);
    }
    resume(name) {
        this.#paused.delete(name);
        this.bell.ring();
    }
    /** By name. */
    views() {
        return [...this.#mirrors.values()].map((mirror) => this.#view(mirror));
    }
    view(name) {
        const mirror = this.#mirrors.get(name);
        return mirror === undefined ? undefined : this.#view(mirror);
    }
    /** The whole result of the last run; undefined: there was none in this process. */
    lastLine(name) {
        return this.#results.get(name);
    }
    record(name) {
        return this.#records.get(name) ?? records/* NO_RECORD */.iF;
    }
    /** A hint that a repository changed. @returns the mirrors whose source it is, or with `heal` their destination */
    hint(repository) {
        const names = (this.#hinted.get(repository) ?? []).filter((name) => this.pausedBy(name) === undefined);
        for (const name of names)
            this.#debounce.hint(name);
        return names;
    }
    /** What a host says of a repository itself. @returns the mirrors whose source it is */
    notice(repository, text) {
        const names = this.#bySource.get(repository) ?? [];
        for (const name of names)
            this.#notices.set(name, { text, at: this.#input.wall.now() });
        if (names.length > 0)
            this.bell.ring();
        return names;
    }
    async reload() {
        const mistakes = await this.#input.keeper.reload();
        this.#lastReload = { isGood: mistakes.length === 0, at: this.#input.wall.now() };
        return mistakes;
    }
    get lastReload() {
        return this.#lastReload;
    }
    /** No run begins any more; rounds that wait end with what they have. */
    close() {
        if (this.#isStopping)
            return;
        this.#isStopping = true;
        this.#alarms.stop();
        this.#debounce.stop();
        this.#engine.close();
    }
    get isIdle() {
        return this.#engine.runningKeys.length === 0;
    }
    /** Stops what runs. */
    abort() {
        this.close();
        this.#engine.abort();
    }
    async dispose() {
        for (const round of this.rounds.open)
            round.cancel();
        this.#stateFile?.flush();
        await this.#engine.dispose();
    }
    #startRound(names, isDryRun) {
        const keys = names.map((name) => keyOf(name, isDryRun));
        const same = this.rounds.findSame(new Set(keys));
        if (same !== undefined)
            return { round: same, isCoalesced: true };
        const round = this.rounds.add({
            id: (0,external_node_crypto_.randomUUID)(),
            created: this.#input.wall.now(),
            dryRun: isDryRun,
            keys,
        });
        for (const name of this.#inOrder(names)) {
            if (this.pausedBy(name) === undefined)
                this.#engine.trigger(name, 'hand', { isDryRun, waiter: round });
            else
                round.onEnd(keyOf(name, isDryRun), (0,round_lines/* lineOfSkip */.dW)(name, 'it is paused', true));
        }
        return { round, isCoalesced: false };
    }
    #trigger(name, cause) {
        if (this.#isStopping || this.pausedBy(name) !== undefined || !this.#engine.has(name))
            return;
        const triggered = this.#engine.trigger(name, cause);
        this.#input.log.debug('triggered', { mirror: name, cause, triggered });
    }
    #inOrder(names) {
        return (0,order/* inTurn */.l)(names, (name) => this.record(name));
    }
    #onEvent(key, event) {
        const { name } = readKey(key);
        if (event.kind === 'phase')
            this.#input.log.debug('phase', { mirror: name, phase: event.phase });
        if (!this.live.take(key, event))
            return;
        this.bell.ring();
        const progress = this.live.progress(key);
        if (progress === undefined)
            return;
        const { phase, bytes, objects } = progress;
        for (const waiter of this.#engine.watchers(key)) {
            if (waiter instanceof Round)
                waiter.log.mention('progress', { name, phase, bytes, objects });
        }
    }
    #onEnd(key, line) {
        const { name, isDryRun } = readKey(key);
        this.live.end(key);
        this.bell.ring();
        if (isDryRun)
            this.live.forget(key);
        const { log, wall, onRun } = this.#input;
        const status = (0,records/* statusOf */.c2)(line);
        log[line.ok ? 'info' : 'warn'](status, {
            mirror: name,
            dry_run: isDryRun || undefined,
            duration_seconds: line.result?.seconds,
            pack_bytes: (0,records/* bytesOf */.$$)(line),
            reason: line.skipped ?? line.result?.error?.message ?? undefined,
        });
        if (isDryRun || !this.#mirrors.has(name))
            return;
        this.#records.set(name, (0,records/* withRun */.Yq)(this.record(name), line, wall.now()));
        if (line.result !== null)
            this.#results.set(name, line);
        this.#stateFile?.touch();
        onRun(name, line);
    }
    #view(mirror) {
        const { name, labels, schedule, groups } = mirror;
        const [first] = groups;
        return {
            name,
            labels,
            source: first === undefined ? '' : (0,remote_url/* printUrl */.D1)(first.source.url),
            destinations: groups.flatMap(({ destinations }) => destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url))),
            state: this.#engine.state(name),
            paused: this.pausedBy(name),
            schedule,
            next: this.pausedBy(name) === undefined ? this.#alarms.next(name) : undefined,
            record: this.record(name),
            progress: this.live.progress(name),
            notice: this.#notices.get(name),
        };
    }
    #openState() {
        const { wall, log } = this.#input;
        const path = this.loaded.settings.state;
        if (path === undefined)
            return;
        const onWarning = (text) => log.warn(text);
        const { mirrors, found } = (0,state_file/* readStateFile */.qy)(path, onWarning);
        for (const [name, record] of mirrors)
            this.#records.set(name, record);
        const collect = () => ({ mirrors: this.#records, found });
        this.#stateFile = new StateFile({ path, clock: wall, onWarning, collect });
    }
    /** Mirrors that left the file. Those of a discovery may come back: what is known of them stays until it was made. */
    #forgetStrangers() {
        const { discovered, file } = this.loaded.fleet;
        const isWhole = discovered.length > 0 || !file.mirrors.some(({ tree }) => tree['discover'] !== undefined);
        if (!isWhole)
            return;
        for (const name of [
            ...this.#records.keys(),
            ...this.#results.keys(),
            ...this.#paused,
            ...this.#notices.keys(),
        ]) {
            if (this.#mirrors.has(name))
                continue;
            this.#records.delete(name);
            this.#results.delete(name);
            this.#paused.delete(name);
            this.#notices.delete(name);
            this.live.forget(name);
        }
    }
}

;// CONCATENATED MODULE: ./build/serve/serve.js














/** Milliseconds for what was stopped to end by itself. */
const ABORT_LIMIT_MS = 4000;
const POLL_MS = 25;
const CLOCK = {
    now: () => performance.now(),
    at(time, callback) {
        const timer = setTimeout(callback, Math.max(0, time - performance.now()));
        return () => clearTimeout(timer);
    },
};
function createServe(input) {
    const stop = new AbortController();
    const haste = new AbortController();
    let secrets = redact/* NO_SECRETS */.g1;
    let service;
    const log = createLog({
        format: input.logFormat,
        isVerbose: input.isVerbose,
        secrets: () => secrets,
        write: input.write,
    });
    const keeper = new FleetKeeper({
        readConfig: input.readConfig,
        env: input.env,
        signal: stop.signal,
        knownHostsFiles: input.knownHostsFiles,
        log,
        onSecrets(found) {
            secrets = found;
            input.onSecrets(found);
        },
        onChange: (loaded) => service?.setFleet(loaded),
        now: () => performance.now(),
    });
    return {
        async run() {
            const loaded = await keeper.load();
            const address = readListen(input.listen);
            refuseOpenServer(isLoopback(address), loaded.settings.tokens);
            const metrics = createMetrics({
                service: () => made,
                isByMirror: () => made.loaded.settings.hasMetricsByMirror,
            });
            const made = new Service({
                keeper,
                wall: WALL_CLOCK,
                clock: CLOCK,
                log,
                onRun: (name, line) => metrics.countRun(name, line),
            });
            const streams = new Streams();
            const app = createApp({
                service: made,
                settings: () => made.loaded.settings,
                log,
                metrics,
                failures: new FailureCounts(WALL_CLOCK.now),
                deliveries: new Deliveries(WALL_CLOCK.now),
                bodies: new BodyBudget(),
                streams,
                now: WALL_CLOCK.now,
                isLoopback: isLoopback(address),
            });
            made.setFleet(loaded);
            const listening = await listen(app, address);
            service = made;
            log.info(`serving at ${listening.url}`, { version: version/* VERSION */.x, mirrors: made.names.length });
            void keeper.discover();
            const discoveries = setInterval(() => void keeper.discover(), DISCOVER_INTERVAL_MS);
            await untilAborted(stop.signal);
            clearInterval(discoveries);
            await end(made, listening, streams);
            log.info('stopped');
        },
        onSignal(signal) {
            if (signal === 'SIGHUP') {
                void service?.reload().then((mistakes) => {
                    if (mistakes.length === 0)
                        log.info('the config was read anew', { mirrors: service?.names.length ?? 0 });
                });
                return;
            }
            if (stop.signal.aborted)
                haste.abort();
            else
                log.info(`stopping (${signal})`);
            stop.abort();
        },
    };
    /** What runs has its time; then it is stopped, which is safe at any moment. */
    async function end(made, listening, streams) {
        made.close();
        listening.close();
        streams.close();
        const grace = AbortSignal.any([haste.signal, AbortSignal.timeout(made.loaded.settings.stopGraceMs)]);
        await untilIdle(made, grace);
        if (!made.isIdle) {
            log.warn('what still runs is stopped', { mirrors: made.engine.runningKeys.length });
            made.abort();
            await untilIdle(made, AbortSignal.timeout(ABORT_LIMIT_MS));
        }
        await made.dispose();
        listening.destroy();
    }
}
function refuseOpenServer(isForThisMachine, tokens) {
    if (isForThisMachine || tokens.length > 0)
        return;
    throw new errors/* MirrorError */.En('--listen: others can reach this address, and the config has no server.token', {
        code: 'usage',
        hint: 'Set `server: { token: { env: NAME } }`, or listen on 127.0.0.1.',
    });
}
async function untilAborted(signal) {
    if (signal.aborted)
        return;
    await new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
    });
}
async function untilIdle(service, limit) {
    while (!service.isIdle && !limit.aborted) {
        await new Promise((resolve) => {
            setTimeout(resolve, POLL_MS);
        });
    }
}

// EXTERNAL MODULE: ./build/cli/terminal/arguments.js
var terminal_arguments = __webpack_require__(85822);
// EXTERNAL MODULE: ./build/cli/terminal/command.js
var command = __webpack_require__(10331);
// EXTERNAL MODULE: ./build/cli/fleet-verb.js
var fleet_verb = __webpack_require__(74523);
;// CONCATENATED MODULE: ./build/cli/serve.js








/** Memory stays flat with it, and answers come soon. */
const HEAP_GROWING_PERCENT = 120;
/** `serve CONFIG`: until it is told to stop. */
function createServeRun(given, terminal) {
    const paths = (0,fleet_verb/* readConfigPaths */.R)(given);
    let serving;
    (0,memory/* keepHeapSmall */.p)(HEAP_GROWING_PERCENT);
    const run = (0,fleet_verb/* createFleetRun */.CU)(terminal, async (signal, voice) => {
        serving = createServe({
            readConfig: () => (0,load_config/* readConfigFiles */.Wx)(paths),
            listen: given.texts.get('listen'),
            env: terminal.env,
            knownHostsFiles: [(0,external_node_path_.join)((0,external_node_os_.homedir)(), '.ssh', 'known_hosts'), ...given.knownHostsFiles],
            logFormat: readLogFormat(given, terminal),
            isVerbose: given.flags.has('verbose'),
            write: (line) => void terminal.stdout.write(line),
            onSecrets: voice.setSecrets,
        });
        if (signal.aborted)
            return command/* EXIT_OK */.Ij;
        await serving.run();
        return command/* EXIT_OK */.Ij;
    });
    return {
        ...run,
        onSignal(signal) {
            if (serving === undefined)
                return false;
            serving.onSignal(signal);
            return true;
        },
        abandon: (error) => run.abandon(error),
    };
}
function readLogFormat(given, { stdout }) {
    const text = given.texts.get('log-format') ?? (stdout.isTTY === true ? 'text' : 'json');
    if (text === 'json' || text === 'text')
        return text;
    throw (0,terminal_arguments/* usage */.CI)('--log-format is neither json nor text', 'Leave it out: text on a terminal, else JSON.');
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

/***/ 56743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   LV: () => (/* binding */ RUN_STATUSES),
/* harmony export */   Yq: () => (/* binding */ withRun),
/* harmony export */   c2: () => (/* binding */ statusOf),
/* harmony export */   iF: () => (/* binding */ NO_RECORD),
/* harmony export */   uk: () => (/* binding */ KEPT_RUNS)
/* harmony export */ });
/* harmony import */ var _report_findings_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(14662);

const RUN_STATUSES = ['mirrored', 'unchanged', 'rejected', 'failed', 'skipped'];
const NO_RECORD = {
    lastSuccess: undefined,
    lastRun: undefined,
    status: undefined,
    error: undefined,
    fingerprint: undefined,
    pushed: undefined,
    runs: [],
};
/** Runs of a mirror that are kept. */
const KEPT_RUNS = 20;
function statusOf(line) {
    const state = (0,_report_findings_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)(line);
    if (state === 'changed')
        return 'mirrored';
    return state === 'paused' || state === 'unpushed' ? 'skipped' : state;
}
/** The record after one more run that ended at `now`. `pushed`: its mark before it. */
function withRun(record, line, now, pushed) {
    if (line.unpushed === true)
        return record;
    const status = statusOf(line);
    if (status === 'skipped') {
        // It was not tried: what was known before is still the last that is known.
        return { ...record, status, error: { message: line.skipped ?? 'it was not tried', hint: undefined } };
    }
    const run = {
        ended: now,
        status,
        seconds: line.result?.seconds ?? 0,
        bytes: bytesOf(line),
        changed: (line.result?.destinations ?? []).reduce((sum, { changed }) => sum + changed.length, 0),
    };
    return {
        lastSuccess: line.ok ? now : record.lastSuccess,
        lastRun: now,
        status,
        error: errorOf(line),
        fingerprint: line.fingerprint ?? record.fingerprint,
        pushed: line.ok ? pushed : undefined,
        runs: [...record.runs, run].slice(-KEPT_RUNS),
    };
}
function bytesOf({ result }) {
    return (result?.destinations ?? []).reduce((sum, { figures }) => sum + figures.packBytes, 0);
}
/** What went wrong first, and what to do about it. */
function errorOf({ ok, result }) {
    if (ok || result === null)
        return undefined;
    const error = result.error ?? result.destinations.find((one) => one.error !== null)?.error;
    if (error)
        return { message: error.message, hint: error.hint ?? undefined };
    const rejected = result.destinations.flatMap((one) => one.rejected).find(({ warning }) => !warning);
    if (rejected === undefined)
        return { message: 'it failed without a reason', hint: undefined };
    return {
        message: `${rejected.ref} was rejected: ${rejected.reason}`,
        hint: rejected.advice ?? undefined,
    };
}


/***/ }),

/***/ 24891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rs: () => (/* binding */ renderParts),
/* harmony export */   S2: () => (/* binding */ removeQuietly),
/* harmony export */   VP: () => (/* binding */ writeStateFile),
/* harmony export */   qy: () => (/* binding */ readStateFile)
/* harmony export */ });
/* unused harmony export NO_STATE */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56743);


const VERSION = 1;
/** Mirrors that are rendered before others may have their turn. */
const MIRRORS_AT_ONCE = 100;
const NO_STATE = { mirrors: new Map(), found: new Map() };
/**
 * Reads what was kept of each mirror. One that cannot be read or is of another version is put aside as `PATH.bad`:
 * nothing that matters is in it alone. Never throws.
 */
function readStateFile(path, onWarning) {
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
        return NO_STATE;
    try {
        return parseState((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'));
    }
    catch {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(path, `${path}.bad`);
            onWarning('the state file could not be read: it was renamed to end in .bad, and a new one begins');
        }
        catch {
            onWarning('the state file could not be read, nor renamed: what it knew is not known');
        }
        return NO_STATE;
    }
}
/** Writes it whole or not at all, by way of another file. @throws Error of the system */
function writeStateFile(path, state, next = `${path}.next`) {
    try {
        writeWhole(next, [...renderParts(state)].join(''));
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(next, path);
    }
    catch (thrown) {
        removeQuietly(next);
        throw thrown;
    }
}
function removeQuietly(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path, { force: true });
    }
    catch {
        // What cannot be written often cannot be removed either.
    }
}
function writeWhole(path, text) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'w', 0o600);
    try {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length;)
            at += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(descriptor, bytes, at);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fsyncSync)(descriptor);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}
/** The text of the file, some mirrors at a time. */
function* renderParts({ mirrors, found }) {
    yield `{"version":${VERSION},"mirrors":{`;
    let part = [];
    let isFirst = true;
    for (const [name, record] of mirrors) {
        part.push(`${isFirst ? '' : ','}${JSON.stringify(name)}:${JSON.stringify(record)}`);
        isFirst = false;
        if (part.length < MIRRORS_AT_ONCE)
            continue;
        yield part.join('');
        part = [];
    }
    yield `${part.join('')}},"found":${JSON.stringify(Object.fromEntries(found))}}\n`;
}
/** @throws Error for anything that this version would not have written. */
function parseState(text) {
    const whole = JSON.parse(text);
    if (!isMapping(whole) || whole['version'] !== VERSION || !isMapping(whole['mirrors']))
        throw new Error('version');
    const found = whole['found'] ?? {};
    if (!isMapping(found))
        throw new Error('found');
    return {
        mirrors: new Map(Object.entries(whole['mirrors']).map(([name, value]) => [name, readRecord(value)])),
        found: new Map(Object.entries(found).map(([name, count]) => {
            if (!isTime(count))
                throw new Error('count');
            return [name, count];
        })),
    };
}
function readRecord(value) {
    if (!isMapping(value) || !Array.isArray(value['runs']))
        throw new Error('record');
    const { error } = value;
    return {
        lastSuccess: optional(value['lastSuccess'], isTime),
        lastRun: optional(value['lastRun'], isTime),
        status: optional(value['status'], isStatus),
        error: error === undefined ? undefined : readError(error),
        fingerprint: optional(value['fingerprint'], isText),
        pushed: optional(value['pushed'], isText),
        runs: value['runs'].map(readRun).slice(-_records_js__WEBPACK_IMPORTED_MODULE_1__/* .KEPT_RUNS */ .uk),
    };
}
function readError(value) {
    if (!isMapping(value) || !isText(value['message']))
        throw new Error('error');
    return { message: value['message'], hint: optional(value['hint'], isText) };
}
function readRun(value) {
    if (!isMapping(value))
        throw new Error('run');
    const { ended, status, seconds, bytes, changed } = value;
    if (!isTime(ended) || !isStatus(status) || !isTime(seconds) || !isTime(bytes) || !isTime(changed)) {
        throw new Error('run');
    }
    return { ended, status, seconds, bytes, changed };
}
function optional(value, is) {
    if (value === undefined)
        return undefined;
    if (!is(value))
        throw new Error('value');
    return value;
}
function isTime(value) {
    return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
function isStatus(value) {
    return _records_js__WEBPACK_IMPORTED_MODULE_1__/* .RUN_STATUSES */ .LV.some((status) => status === value);
}
function isText(value) {
    return typeof value === 'string';
}
function isMapping(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ })

};
