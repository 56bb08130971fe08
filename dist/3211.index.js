export const id = 3211;
export const ids = [3211,3414,3781];
export const modules = {

/***/ 73781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BN: () => (/* binding */ cleanFinding),
/* harmony export */   Ow: () => (/* binding */ cleanLine),
/* harmony export */   describeWithoutLevel: () => (/* binding */ describeWithoutLevel),
/* harmony export */   jb: () => (/* binding */ describeFinding)
/* harmony export */ });
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86815);

const LINE_LENGTH = 1000;
/** A finding whose texts are one harmless line each, for a reader that is a program. */
function cleanFinding(finding) {
    const { place, text, remedy } = finding;
    return {
        ...finding,
        place: (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(place, LINE_LENGTH),
        text: (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(text, LINE_LENGTH),
        remedy: remedy === undefined ? undefined : (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(remedy, LINE_LENGTH),
    };
}
/** `clean` on what a line says; the columns before that stay as wide as they are. */
function cleanLine(line, clean) {
    const [start = ''] = /^ *(?:(?:ok|warning|error) +)?/.exec(line) ?? [];
    return `${start}${clean(line.slice(start.length))}`;
}
/** A finding as one line: level, place, topic, what is known, and what to do. Secrets are still in it. */
function describeFinding(finding) {
    return `${finding.level.padEnd('warning'.length)}  ${describeWithoutLevel(finding)}`;
}
function describeWithoutLevel({ place, topic, text, remedy }) {
    const said = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(text, LINE_LENGTH).replace(/\.$/, '');
    return `${place}: ${topic}: ${said}${remedy === undefined ? '' : `. ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(remedy, LINE_LENGTH)}`}`;
}


/***/ }),

/***/ 33414:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  examine: () => (/* binding */ examine)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 19 modules
var mirror = __webpack_require__(57206);
// EXTERNAL MODULE: ./build/advice/advise.js + 13 modules
var advise = __webpack_require__(21585);
// EXTERNAL MODULE: ./build/mirror/open-server.js + 1 modules
var open_server = __webpack_require__(41810);
// EXTERNAL MODULE: ./build/mirror/sessions/door.js
var door = __webpack_require__(10912);
// EXTERNAL MODULE: ./build/mirror/sessions/receive-pack-session.js + 1 modules
var receive_pack_session = __webpack_require__(51200);
;// CONCATENATED MODULE: ./build/mirror/try-destination.js





/**
 * Whether a destination takes pushes, by its greeting alone: nothing is pushed.
 * @returns why not
 * @throws the signal's reason
 */
async function tryDestination(endpoint, options, { signal, connections }) {
    const server = (0,open_server/* openServer */.C)(endpoint, 'destination', {
        options,
        reporter: () => undefined,
        signal,
        doorOf: (0,door/* makeDoors */.E)(),
        surroundings: { connections },
    });
    try {
        const session = await receive_pack_session/* ReceivePackSession */.n.open(server);
        await session.close();
        return undefined;
    }
    catch (thrown) {
        signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'destination' });
        return (0,advise/* withAdvice */.b5)(error, { phase: 'list', words: [], host: server.host });
    }
    finally {
        await server.remote.dispose();
    }
}

// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/doctor/finding.js
var finding = __webpack_require__(64227);
// EXTERNAL MODULE: ./build/doctor/judge-connection.js
var judge_connection = __webpack_require__(69338);
// EXTERNAL MODULE: ./build/doctor/judge-host.js
var judge_host = __webpack_require__(16588);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/hosts/limits.js
var limits = __webpack_require__(10242);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
;// CONCATENATED MODULE: ./build/doctor/judge-mirror.js






/** What was read of a source that can be read. Pure. */
function judgeSource({ source, sourceRefs }, options) {
    const say = (0,finding/* sayAt */.L)('repository', source);
    if (sourceRefs > 0)
        return say.ok('read', `${(0,wording/* formatPlural */.yk)(sourceRefs, 'ref')} in scope`);
    const scope = options.refspecs.texts.map((text) => (0,printable/* printableLine */.oy)(text, 100)).join(', ');
    const remedy = 'Check the address and refs: a mirror of nothing deletes nothing, and does nothing.';
    return say.warning('read', `it can be read, and has no ref in scope (${scope})`, remedy);
}
/** What the next run does at a destination that takes pushes. Pure. */
function judgeNextRun({ destination: place, changed, rejected, warnings, }) {
    const say = (0,finding/* sayAt */.L)('repository', place);
    const text = changed.length === 0 ? 'would change nothing' : (0,wording/* describeCounts */.wv)((0,wording/* countActions */.Bd)(changed));
    return [
        say.ok('next run', text),
        ...rejected.map(({ ref, reason, advice, warning }) => say[warning ? 'warning' : 'error']('next run', `${(0,printable/* printableLine */.oy)(ref, 200)}: ${(0,printable/* printableLine */.oy)(reason, 300)}`, advice)),
        ...warnings.map((warning) => say.warning('next run', warning, undefined)),
    ];
}
/** How much one push may bring. Pure. */
function judgeLimit({ url }, { maxPackSize }) {
    const name = (0,judge_connection/* hostOf */.w)(url);
    const known = (0,limits/* hostLimits */.$)(url.scheme === 'file' ? undefined : url.host).maxPackSize;
    const limit = maxPackSize ?? known;
    // What a mirror sets for itself is no fact of the host.
    const say = name === undefined || maxPackSize !== undefined ? (0,finding/* sayAt */.L)('repository', (0,remote_url/* printUrl */.D1)(url)) : (0,finding/* sayAt */.L)('host', name);
    if (limit === undefined)
        return say.ok('size limit', 'none is known for one push');
    return say.ok('size limit', `${(0,wording/* formatBytes */.z3)(limit)} in one push; larger histories go in pieces`);
}

;// CONCATENATED MODULE: ./build/doctor/examine.js








const NOTHING_AT_HOST = { create: undefined, defaultBranch: { kind: 'keep' }, allowForce: false };
/**
 * Everything that can be known of a mirror without writing: a dry run of it, and what the APIs and LFS servers of its
 * hosts tell. Never throws but for its signal, and for a defect.
 */
async function examine(options, context) {
    const { signal, connections, facts = (0,judge_host/* makeHostFacts */.e)(), onEvent = () => undefined } = context;
    // What is to be done at the hosts is looked at below.
    const plain = { ...options, dryRun: true, host: { ...options.host, ...NOTHING_AT_HOST } };
    const result = await (0,mirror/* mirror */.e)(plain, onEvent, signal, { connections });
    signal.throwIfAborted();
    const onRequest = options.verbose
        ? (text) => onEvent({ kind: 'notice', level: 'info', text })
        : undefined;
    const ask = async (endpoint, side) => await (0,judge_host/* judgeHost */.I)(endpoint, side, { options, signal, facts, onRequest });
    const source = await ask(options.source, 'source');
    const findings = [
        ...(0,judge_connection/* judgeConnection */.u)({ endpoint: options.source, side: 'source', error: result.error }),
        ...(result.error === undefined ? [judgeSource(result, options)] : []),
        ...source.findings,
    ];
    const open = [];
    const ofDestinations = [];
    for (const [at, endpoint] of options.destinations.entries()) {
        const { findings: told, isToBeMade } = await ask(endpoint, 'destination');
        const error = await errorOf(result, at, { endpoint, options, context });
        const isOpen = error === undefined;
        if (isOpen)
            open.push(endpoint);
        ofDestinations.push([
            ...(isToBeMade ? [] : (0,judge_connection/* judgeConnection */.u)({ endpoint, side: 'destination', error })),
            ...(isOpen
                ? [(0,finding/* sayAt */.L)('repository', (0,remote_url/* printUrl */.D1)(endpoint.url)).ok('write', 'takes pushes with this login')]
                : []),
            ...(isOpen && result.error === undefined ? judgeNextRun(result.destinations[at]) : []),
            judgeLimit(endpoint, options),
            ...told,
        ]);
    }
    if (result.error === undefined) {
        const { judgeLfs } = await Promise.all(/* import() */[__webpack_require__.e(9003), __webpack_require__.e(267)]).then(__webpack_require__.bind(__webpack_require__, 30267));
        const lfs = await judgeLfs({ options, signal, connections }, open);
        findings.push(lfs.source);
        for (const finding of lfs.destinations) {
            ofDestinations[options.destinations.findIndex(({ url }) => (0,remote_url/* printUrl */.D1)(url) === finding.place)].push(finding);
        }
    }
    return { findings: [...findings, ...ofDestinations.flat()], result };
}
/** Why a destination could not be planned for. Where the source is to blame, the destination is tried alone. */
async function errorOf({ destinations }, at, { endpoint, options, context, }) {
    const { error } = destinations[at];
    if (error?.side !== 'source')
        return error;
    return await tryDestination(endpoint, options, context);
}


/***/ }),

/***/ 64227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ sayAt)
/* harmony export */ });
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);

function sayAt(scope, place) {
    const say = (level, topic, text, remedy) => {
        return { level, topic, scope, place, text, remedy };
    };
    return {
        ok: (topic, text) => say('ok', topic, text, undefined),
        warning: (topic, text, remedy) => say('warning', topic, text, remedy),
        error: (topic, text, remedy) => say('error', topic, text, remedy),
        failure: (topic, error) => say('error', topic, (0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .describeMessage */ .Xc)(error), error.hint),
    };
}


/***/ }),

/***/ 69338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ judgeConnection),
/* harmony export */   w: () => (/* binding */ hostOf)
/* harmony export */ });
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60531);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64227);


/** The name under which facts of the server of an address are told; undefined: it is a path. */
function hostOf(url) {
    if (url.scheme === 'file')
        return undefined;
    const host = url.host.includes(':') ? `[${url.host}]` : url.host;
    return `${url.scheme}://${host}${url.port === undefined ? '' : `:${url.port}`}`;
}
/** Whether there is a server, whether it is the right one, and whether it takes the login. Pure. */
function judgeConnection({ endpoint, side, error }) {
    const { url } = endpoint;
    const name = hostOf(url);
    const topic = error === undefined ? undefined : topicOf(error, side);
    const atRepository = (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .sayAt */ .L)('repository', (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_0__/* .printUrl */ .D1)(url));
    if (name === undefined)
        return error === undefined ? [] : [atRepository.failure(topic, error)];
    const atHost = (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .sayAt */ .L)('host', name);
    if (topic === 'address')
        return [atHost.failure('address', error)];
    const findings = [atHost.ok('address', describeAddress(url))];
    if (topic === 'host key')
        return [...findings, atHost.failure('host key', error)];
    if (url.scheme === 'ssh')
        findings.push(atHost.ok('host key', 'is one that is known'));
    if (topic === 'login')
        return [...findings, atRepository.failure('login', error)];
    const login = describeLogin(endpoint);
    if (error === undefined && login !== undefined)
        findings.push(atHost.ok('login', login));
    return error === undefined ? findings : [...findings, atRepository.failure(topic, error)];
}
const UNREACHABLE = new Set(['connect', 'timeout', 'cut']);
/** Advice about a login that is good, and may not do this. */
const LACKS_RIGHT = new Set([
    'read-only-key',
    'no-write-permission',
    'no-read-permission',
]);
/** What failed first. */
function topicOf(error, side) {
    if (UNREACHABLE.has(error.code))
        return 'address';
    if (error.code === 'host-key')
        return 'host key';
    const isRight = error.status === 403 || LACKS_RIGHT.has(error.advice ?? '');
    if (error.code === 'auth' && !isRight)
        return 'login';
    if (error.code === 'guard' || error.code === 'format')
        return 'next run';
    return side === 'source' ? 'read' : 'write';
}
function describeAddress(url) {
    const words = {
        https: 'over https',
        http: 'over http, without encryption',
        ssh: 'over ssh',
        git: 'over git://, without encryption',
    };
    return url.scheme === 'file' ? 'is a path' : `answers ${words[url.scheme]}`;
}
/** What opened the server; undefined: nothing was given, and nothing was asked for. */
function describeLogin({ url, credentials, app }) {
    if (url.scheme === 'ssh') {
        return credentials.sshKey === undefined ? 'takes a key of the ssh agent' : 'takes the ssh key';
    }
    if (app !== undefined && credentials.token)
        return 'takes the token of the GitHub App';
    if (credentials.token)
        return 'takes the token';
    return url.scheme === 'git' ? undefined : 'asks for no login';
}


/***/ }),

/***/ 16588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ judgeHost),
/* harmony export */   e: () => (/* binding */ makeHostFacts)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(86815);
/* harmony import */ var _hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36566);
/* harmony import */ var _hosts_api_token_expiry_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5452);
/* harmony import */ var _options_read_host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(63288);
/* harmony import */ var _plan_list_names_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3845);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62867);
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(60531);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(64227);
/* harmony import */ var _judge_connection_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(69338);










const MOST_NAMES = 5;
const MAKE_IT = 'Make it, empty, or set create: private.';
function makeHostFacts() {
    return { kinds: new Map(), expiries: new Map() };
}
const NOTHING = { findings: [], isToBeMade: false };
/** What the API of the host of one end tells, where there is one and a token for it. */
async function judgeHost(endpoint, side, context) {
    const { options, signal, facts, onRequest } = context;
    const { url } = endpoint;
    const isDestination = side === 'destination';
    const say = (0,_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .sayAt */ .L)('repository', (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__/* .printUrl */ .D1)(url));
    const { token } = endpoint.api ?? endpoint.credentials;
    const isWeb = url.scheme === 'https' || url.scheme === 'http' || url.scheme === 'ssh';
    const isNeeded = isDestination && (0,_options_read_host_js__WEBPACK_IMPORTED_MODULE_2__/* .usesHost */ .J$)(options.host);
    if (!isNeeded && (!isWeb || !token))
        return NOTHING;
    // A server of one's own is asked what it is only where something is to be done there.
    if (!isDestination && (0,_hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__/* .kindByName */ .vt)(url, options.env) === undefined)
        return NOTHING;
    let host;
    try {
        const asked = { kind: undefined, api: undefined, env: options.env, signal, onRequest };
        const known = isDestination ? { ...asked, kind: options.host.kind, api: options.host.api } : asked;
        const kind = await once(facts.kinds, `${(0,_judge_connection_js__WEBPACK_IMPORTED_MODULE_6__/* .hostOf */ .w)(url)} ${known.kind}`, () => (0,_hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__/* .findKind */ .oH)(url, known));
        host = await (0,_hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__/* .openHost */ .Zb)(endpoint, { ...known, kind });
        const repository = await host.look();
        const findings = [
            ...(await judgeExpiry(host, endpoint, context)),
            ...(isDestination ? await judgeRepository(host, repository, endpoint, options) : []),
        ];
        const isToBeMade = isDestination && repository === undefined && options.host.create !== undefined;
        return { findings, isToBeMade };
    }
    catch (thrown) {
        const error = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'cut' });
        signal.throwIfAborted();
        if (isNeeded)
            return { findings: [say.failure('repository', error)], isToBeMade: false };
        if (error.code === 'usage')
            return NOTHING;
        return { findings: [describeSilence(endpoint, error)], isToBeMade: false };
    }
    finally {
        await host?.dispose();
    }
}
async function once(known, key, ask) {
    const found = known.get(key) ?? ask();
    known.set(key, found);
    return await found;
}
/** The API was only to tell more: a mirror can do without it. */
function describeSilence({ url }, error) {
    const say = (0,_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .sayAt */ .L)('repository', (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__/* .printUrl */ .D1)(url));
    return say.warning('repository', `the API of the host tells nothing: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMessage */ .Xc)(error)}`, error.hint);
}
async function judgeExpiry({ readExpiry }, { url, credentials, api }, { facts }) {
    const name = (0,_judge_connection_js__WEBPACK_IMPORTED_MODULE_6__/* .hostOf */ .w)(url);
    if (readExpiry === undefined || name === undefined)
        return [];
    const { token = '' } = api ?? credentials;
    const expiry = await once(facts.expiries, `${name} ${token}`, () => readExpiry().catch(() => undefined));
    if (expiry === undefined)
        return [];
    const say = (0,_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .sayAt */ .L)('host', name);
    const text = (0,_hosts_api_token_expiry_js__WEBPACK_IMPORTED_MODULE_7__/* .describeExpiry */ .T)(expiry, Date.now());
    if (text === undefined)
        return [say.ok('expiry', `the token lasts until ${expiry.toISOString().slice(0, 10)}`)];
    const remedy = 'Make a new token at the host, and put it where this one is.';
    return [say[expiry.getTime() <= Date.now() ? 'error' : 'warning']('expiry', text, remedy)];
}
async function judgeRepository(host, repository, { url }, options) {
    const say = (0,_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .sayAt */ .L)('repository', (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__/* .printUrl */ .D1)(url));
    if (repository === undefined) {
        const { create } = options.host;
        return create === undefined
            ? [say.error('repository', 'there is no such repository, or the token may not see it', MAKE_IT)]
            : [say.ok('repository', `there is none yet: the next run makes it (${create})`)];
    }
    const findings = [];
    if (repository.archived)
        findings.push(say.error('write', 'it is archived and takes no push', 'Unarchive it in its settings.'));
    if (repository.isMirror) {
        const remedy = 'Turn pull mirroring off in its settings.';
        findings.push(say.error('write', 'it is a pull mirror of its host and takes no push', remedy));
    }
    if (repository.mayPush === false) {
        const remedy = 'Give the token write access to the code.';
        findings.push(say.error('write', 'the token may read it and not push', remedy));
    }
    findings.push(judgeDefaultBranch(repository, say, options));
    const rules = await judgeRules(host, say, options);
    if (rules !== undefined)
        findings.push(rules);
    return findings;
}
function judgeDefaultBranch({ defaultBranch: branch }, say, { host }) {
    const now = branch === undefined ? 'there is none yet' : (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_8__/* .printableLine */ .oy)(branch, 200);
    const { defaultBranch: wanted } = host;
    if (wanted.kind === 'keep')
        return say.ok('default branch', now);
    if (wanted.kind === 'source' && wanted.isImplied === true)
        return say.ok('default branch', `${now}; it follows the source's`);
    const then = wanted.kind === 'name' ? (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_8__/* .printableLine */ .oy)(wanted.name, 200) : "the source's";
    return say.ok('default branch', then === now ? now : `${now}; the next run sets it to ${then}`);
}
/** Rules of the host that forced pushes and deletions will meet; undefined: the host does not tell of them. */
async function judgeRules(host, say, options) {
    // Those who may not administer a repository may not read its rules everywhere.
    const rules = await host.listProtected?.().catch(() => undefined);
    if (rules === undefined)
        return undefined;
    const names = rules.filter(({ allowsForce }) => !allowsForce).map(({ rule }) => rule);
    if (names.length === 0)
        return say.ok('protected branches', 'none that forbids a forced push');
    const text = (0,_plan_list_names_js__WEBPACK_IMPORTED_MODULE_9__/* .listNames */ .Z)(names, MOST_NAMES);
    if (!options.force)
        return say.ok('protected branches', `${text}; with force: false nothing is forced`);
    if (options.host.allowForce && host.allowForce !== undefined)
        return say.ok('protected branches', `${text}; forced pushes are allowed while a run needs them`);
    const remedy = host.allowForce === undefined
        ? 'Where the source rewrites them, let this login bypass the rule in the settings of the repository.'
        : 'Where the source rewrites them, set protected: allow-force, or allow forced pushes in its settings.';
    return say.warning('protected branches', text, remedy);
}


/***/ }),

/***/ 19409:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ countLevels),
/* harmony export */   q: () => (/* binding */ examineFleet)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _doctor_examine_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33414);
/* harmony import */ var _doctor_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(64227);
/* harmony import */ var _doctor_judge_host_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(16588);
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(60531);
/* harmony import */ var _transport_connection_connections_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(15770);
/* harmony import */ var _round_app_tokens_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(78290);
/* harmony import */ var _round_make_jobs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(64153);
/* harmony import */ var _round_round_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(23963);
/* harmony import */ var _round_scheduler_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(41046);
/* harmony import */ var _round_verdict_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(39089);











/** Mirrors at once, over all hosts; at one host as many as a round takes. */
const LANES = { check: 8, transfer: 1 };
/**
 * What can be known of all mirrors of a file without writing. What a host tells of itself is asked and said once.
 * @throws the signal's reason
 */
async function examineFleet(input) {
    const { fleet, signal } = input;
    const connections = (0,_transport_connection_connections_js__WEBPACK_IMPORTED_MODULE_5__/* .createConnections */ .E)();
    const facts = (0,_doctor_judge_host_js__WEBPACK_IMPORTED_MODULE_3__/* .makeHostFacts */ .e)();
    const apps = (0,_round_app_tokens_js__WEBPACK_IMPORTED_MODULE_6__/* .createLazyAppTokens */ .E)({ ...input, secrets: () => fleet.secrets });
    const found = new Map();
    const onHosts = new Map();
    for (const { name, paused } of fleet.mirrors)
        if (paused)
            found.set(name, { name, findings: [], skipped: 'it is paused' });
    const take = (name, findings) => {
        found.set(name, {
            name,
            findings: findings.filter(({ scope }) => scope === 'repository'),
            skipped: undefined,
        });
        for (const finding of findings.filter(({ scope }) => scope === 'host')) {
            const key = JSON.stringify(finding);
            const entry = onHosts.get(key) ?? { finding, mirrors: [] };
            if (!entry.mirrors.includes(name))
                entry.mirrors.push(name);
            onHosts.set(key, entry);
        }
    };
    const look = async (options) => {
        const { options: opened, dispose } = await apps.open(options);
        try {
            const { findings, result } = await (0,_doctor_examine_js__WEBPACK_IMPORTED_MODULE_1__.examine)(opened, { signal, facts, connections });
            return { findings, verdicts: (0,_round_verdict_js__WEBPACK_IMPORTED_MODULE_10__/* .judgeHosts */ .j)(result) };
        }
        finally {
            dispose();
        }
    };
    try {
        const jobs = (0,_round_make_jobs_js__WEBPACK_IMPORTED_MODULE_7__/* .makeJobs */ .V)(fleet, fleet.mirrors.filter(({ paused }) => !paused));
        await (0,_round_scheduler_js__WEBPACK_IMPORTED_MODULE_9__/* .schedule */ ._)({
            // Nothing is written, so nobody waits for what another mirror writes.
            jobs: jobs.map((job) => ({ ...job, after: [] })),
            clock: _round_round_js__WEBPACK_IMPORTED_MODULE_8__/* .REAL_CLOCK */ .I,
            signal,
            lanes: LANES,
            limitOf: (host) => (0,_round_make_jobs_js__WEBPACK_IMPORTED_MODULE_7__/* .limitOf */ .L)(fleet.file, host),
            run: async (job) => await lookAtAll(job, look),
            retriesOf: () => 0,
            onEnd: ({ name }, findings) => take(name, findings),
            onSkip: ({ name }, reason) => found.set(name, { name, findings: [], skipped: reason }),
        });
        signal.throwIfAborted();
    }
    finally {
        await connections.dispose();
    }
    return {
        hosts: [...onHosts.values()].map(sortNames).toSorted(byPlace),
        mirrors: [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        discoveries: describeDiscoveries(fleet),
    };
}
async function lookAtAll({ pairs }, look) {
    const findings = [];
    const verdicts = [];
    for (const { options } of pairs) {
        const found = await look(options).catch((thrown) => failureOf(options, thrown));
        findings.push(...found.findings);
        verdicts.push(found.verdicts);
    }
    return { kind: 'done', result: findings, verdicts };
}
/** No token of an App, or a defect: of one mirror, and others go on. */
function failureOf({ source, destinations }, thrown) {
    const error = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'local' });
    const { url } = error.side === 'source' ? source : (destinations[0] ?? source);
    const unknown = { kind: 'unknown' };
    return {
        findings: [(0,_doctor_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .sayAt */ .L)('repository', (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__/* .printUrl */ .D1)(url)).failure('login', error)],
        verdicts: { source: unknown, destinations: destinations.map(() => unknown) },
    };
}
function sortNames({ finding, mirrors }) {
    return { finding, mirrors: mirrors.toSorted() };
}
function byPlace({ finding: one }, { finding: other }) {
    return one.place === other.place ? 0 : one.place < other.place ? -1 : 1;
}
function describeDiscoveries({ discovered }) {
    return discovered.flatMap(({ name, error, refused }) => [
        ...(error === undefined
            ? []
            : [`discover ${name}: ${error.message}${error.hint === undefined ? '' : `. ${error.hint}`}`]),
        ...refused.map((reason) => `discover ${name}: ${reason}`),
    ]);
}
function countLevels({ hosts, mirrors, discoveries }) {
    const all = [...hosts.map(({ finding }) => finding), ...mirrors.flatMap(({ findings }) => findings)];
    const count = (level) => all.filter((finding) => finding.level === level).length;
    const untried = mirrors.filter(({ skipped }) => skipped !== undefined && skipped !== 'it is paused').length;
    return { errors: count('error') + discoveries.length + untried, warnings: count('warning') };
}


/***/ }),

/***/ 73211:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cf: () => (/* binding */ renderPage),
/* harmony export */   ET: () => (/* binding */ renderLines),
/* harmony export */   S5: () => (/* binding */ renderText),
/* harmony export */   XZ: () => (/* binding */ describeVerdict)
/* harmony export */ });
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(86815);
/* harmony import */ var _doctor_describe_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73781);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);
/* harmony import */ var _examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19409);




/** The runner drops a summary of more than 1 MiB as a whole. */
const MOST_SUMMARY_BYTES = 900_000;
/** `3 mirrors: 1 error, 2 warnings` */
function describeVerdict(examination) {
    const { errors, warnings } = (0,_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__/* .countLevels */ .Z)(examination);
    const parts = [
        ...(errors > 0 ? [(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(errors, 'error')] : []),
        ...(warnings > 0 ? [(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(warnings, 'warning')] : []),
    ];
    return `${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(examination.mirrors.length, 'mirror')}: ${parts.length === 0 ? 'nothing is in the way' : parts.join(', ')}`;
}
/** A heading for the hosts and for each mirror, a line for each finding, the verdict last. */
function renderText(examination) {
    const { hosts, mirrors, discoveries } = examination;
    return [
        ...(hosts.length === 0 ? [] : ['hosts', ...hosts.map((host) => `  ${(0,_doctor_describe_js__WEBPACK_IMPORTED_MODULE_2__/* .describeFinding */ .jb)(withNames(host))}`)]),
        ...mirrors.flatMap(({ name, findings, skipped }) => [
            `mirror ${name}${skipped === undefined ? '' : `: ${skipped}`}`,
            ...findings.map((finding) => `  ${(0,_doctor_describe_js__WEBPACK_IMPORTED_MODULE_2__/* .describeFinding */ .jb)(finding)}`),
        ]),
        ...discoveries.map((text) => `error    ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(text, 1000)}`),
        `${describeVerdict(examination)}.`,
    ];
}
/** A line of JSON for each finding; `mirror` is null for what is true of a host. */
function renderLines({ hosts, mirrors, discoveries }) {
    const lines = [
        ...hosts.map(({ finding, mirrors: names }) => ({
            mirror: null,
            mirrors: names,
            ...(0,_doctor_describe_js__WEBPACK_IMPORTED_MODULE_2__/* .cleanFinding */ .BN)(finding),
        })),
        ...mirrors.flatMap(({ name, findings, skipped }) => skipped === undefined
            ? findings.map((finding) => ({ mirror: name, ...(0,_doctor_describe_js__WEBPACK_IMPORTED_MODULE_2__/* .cleanFinding */ .BN)(finding) }))
            : [{ mirror: name, skipped }]),
        ...discoveries.map((text) => ({
            mirror: null,
            level: 'error',
            topic: 'discover',
            text: (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(text, 1000),
        })),
    ];
    return lines.map((line) => JSON.stringify(line));
}
/** The page of a job: the verdict, a table of the hosts, and one for each mirror; those with errors first. */
function renderPage(examination) {
    const { errors } = (0,_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__/* .countLevels */ .Z)(examination);
    let page = `## ${errors === 0 ? '✅' : '❌'} doctor: ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(describeVerdict(examination))}\n\n`;
    const add = (text) => {
        if (Buffer.byteLength(page) + Buffer.byteLength(text) <= MOST_SUMMARY_BYTES)
            page += text;
    };
    for (const text of examination.discoveries)
        add(`- **error:** ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(text, 600))}\n`);
    add(renderTable('Hosts', examination.hosts.map(withNames)));
    const rank = (findings) => findings.some(({ level }) => level === 'error') ? 0 : 1;
    const mirrors = examination.mirrors.toSorted((a, b) => rank(a.findings) - rank(b.findings));
    for (const { name, findings, skipped } of mirrors) {
        add(skipped === undefined
            ? renderTable(name, findings)
            : `### ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(name)}\n\n${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(skipped)}\n\n`);
    }
    return page;
}
function renderTable(title, findings) {
    if (findings.length === 0)
        return '';
    const cell = (text) => (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .printableLine */ .oy)(text, 600));
    const rows = findings.map(({ level, place, topic, text, remedy = '' }) => `| ${SIGNS[level]} | ${[place, topic, text, remedy].map(cell).join(' | ')} |\n`);
    return `### ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_3__/* .escapeMarkdown */ .FV)(title)}\n\n| | Where | What | Known | What to do |\n| --- | --- | --- | --- | --- |\n${rows.join('')}\n`;
}
const SIGNS = { ok: '✅', warning: '⚠️', error: '❌' };
/** What goes wrong at a host goes wrong for all of these. */
function withNames({ finding, mirrors }) {
    if (finding.level === 'ok')
        return finding;
    return {
        ...finding,
        text: `${finding.text.replace(/\.$/, '')} (${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(mirrors.length, 'mirror')})`,
    };
}


/***/ })

};
