export const id = 3301;
export const ids = [3301];
export const modules = {

/***/ 14416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GM: () => (/* binding */ lineOfDiscovery),
/* harmony export */   dW: () => (/* binding */ lineOfSkip),
/* harmony export */   kj: () => (/* binding */ lineOfUnpushed),
/* harmony export */   wi: () => (/* binding */ printLine),
/* harmony export */   xR: () => (/* binding */ lineOfResult)
/* harmony export */ });
/* harmony import */ var _report_result_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51157);

function lineOfResult(name, result, fingerprint) {
    return {
        name,
        ok: result.ok,
        skipped: null,
        fingerprint: fingerprint ?? null,
        result: (0,_report_result_json_js__WEBPACK_IMPORTED_MODULE_0__/* .toResultJson */ .L6)(result),
    };
}
function lineOfSkip(name, reason, ok) {
    return { name, ok, skipped: reason, fingerprint: null, result: null };
}
/** One whose source was not pushed to since its last success. */
function lineOfUnpushed(name, since) {
    const time = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
    const skipped = `its source was not pushed to since the last success, ${time} UTC`;
    return { name, ok: true, skipped, unpushed: true, fingerprint: null, result: null };
}
function lineOfDiscovery(given) {
    const { name, found, skipped, refused, error } = given;
    return {
        discovery: name,
        ok: error === undefined && refused.length === 0,
        found,
        skipped,
        refused,
        error: (0,_report_result_json_js__WEBPACK_IMPORTED_MODULE_0__/* .toErrorJson */ .gf)(error),
    };
}
/** As one line of ASCII, so that nothing in it reaches a terminal or a runner as more than text. */
function printLine(line) {
    return JSON.stringify(line).replaceAll(/[\u007f-\uffff]|(?<=##)\[/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}


/***/ }),

/***/ 78290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ createLazyAppTokens)
/* harmony export */ });
/* harmony import */ var _options_secrets_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93588);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17234);


/** Milliseconds after which a token, which lives for an hour, is worth nothing and need not be hidden any more. */
const TOKEN_LIFE_MS = 3 * 3_600_000;
function createLazyAppTokens({ signal, secrets, onSecret, onNotice, isVerbose, }) {
    let pool;
    const hidden = [];
    const hide = (token) => {
        const now = Date.now();
        const old = hidden.findIndex(({ at }) => now - at < TOKEN_LIFE_MS);
        const expired = hidden.splice(0, old < 0 ? hidden.length : old);
        if (expired.length > 0)
            (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .forgetSecrets */ .DL)(secrets(), new Set(expired.flatMap(({ forms }) => forms)));
        hidden.push({ at: now, forms: (0,_options_secrets_js__WEBPACK_IMPORTED_MODULE_0__/* .tokenForms */ .py)(token) });
        // All of them: a file that was read anew brings a new list.
        const known = new Set(secrets().texts);
        for (const form of hidden.flatMap(({ forms }) => forms))
            if (!known.has(form))
                (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .hideFromNowOn */ .Uy)(secrets(), form);
    };
    const load = async () => {
        const { createAppTokenPool } = await __webpack_require__.e(/* import() */ 7554).then(__webpack_require__.bind(__webpack_require__, 67554));
        return createAppTokenPool({
            signal,
            onNotice,
            onRequest: isVerbose === true ? onNotice : undefined,
            onSecret(token) {
                onSecret?.(token);
                hide(token);
            },
        });
    };
    return {
        async open(options) {
            const hasApp = [options.source, ...options.destinations].some(({ app }) => app !== undefined);
            if (!hasApp)
                return { options, dispose: () => undefined };
            return await (await (pool ??= load())).open(options);
        },
    };
}


/***/ }),

/***/ 49374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ diagnoseRefusals)
/* harmony export */ });
/** Asks GitHub why it refused, where it did; nothing is loaded where it did not. */
async function diagnoseRefusals({ pairs }, result, signal) {
    const [pair] = pairs;
    const errors = [result.error, ...result.destinations.map(({ error }) => error)];
    const isRefused = errors.some((error) => error?.code === 'auth' || error?.code === 'not-found');
    if (!isRefused || pair === undefined || signal.aborted)
        return result;
    const { addDiagnosis } = await __webpack_require__.e(/* import() */ 8948).then(__webpack_require__.bind(__webpack_require__, 68948));
    const destinations = pairs.flatMap(({ options }) => options.destinations);
    return await addDiagnosis(result, { ...pair.options, destinations }, signal);
}


/***/ }),

/***/ 1090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ci: () => (/* binding */ LANES),
/* harmony export */   Ep: () => (/* binding */ HostGate),
/* harmony export */   PJ: () => (/* binding */ USUAL_AT_ONCE)
/* harmony export */ });
/** Mirrors at once, over all hosts. */
const LANES = { check: 16, transfer: 8 };
/** Where nobody says it. */
const USUAL_AT_ONCE = { most: 4, besideThem: 1 };
/** Mirrors that went well before one more is let in. */
const WELL_BEFORE_MORE = 20;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;
/** Times in a row that a host asks to slow down, with nothing that went well between, before it is given up. */
const MOST_IN_VAIN = 10;
/**
 * How many mirrors may talk with one host: fewer when it asks to slow down, slowly more when all is well again
 * (additive increase, multiplicative decrease). Knows no clock: `now` in milliseconds is given.
 */
class HostGate {
    #atOnce;
    #allowed;
    #running = { check: 0, transfer: 0 };
    #closedUntil = 0;
    #pause = FIRST_PAUSE_MS;
    #well = 0;
    #slowdowns = 0;
    #inVain = 0;
    #restMs;
    /** `restMs`: milliseconds after which a host that was given up may be tried again; for a round, never. */
    constructor(atOnce = USUAL_AT_ONCE, restMs = Infinity) {
        this.#restMs = restMs;
        this.#atOnce = atOnce;
        this.#allowed = atOnce.most;
    }
    /** Another limit, by a file that was read anew. */
    setAtOnce(atOnce) {
        if (atOnce.most !== this.#atOnce.most)
            this.#allowed = atOnce.most;
        this.#atOnce = atOnce;
    }
    /** Times that the host asked to slow down. */
    get slowdowns() {
        return this.#slowdowns;
    }
    get allowed() {
        return this.#allowed;
    }
    /** The time before which nothing starts here. */
    get closedUntil() {
        return this.#closedUntil;
    }
    /** Whether it only ever asks to slow down. */
    isGivenUp(now) {
        if (this.#inVain < MOST_IN_VAIN)
            return false;
        if (now < this.#closedUntil + this.#restMs)
            return true;
        this.#inVain = 0;
        return false;
    }
    isOpen(now, lane) {
        if (now < this.#closedUntil)
            return false;
        const { check, transfer } = this.#running;
        // A host that asked to slow down gets nothing beside what it is allowed.
        const beside = this.#allowed < this.#atOnce.most ? 0 : this.#atOnce.besideThem;
        if (lane === 'transfer' && transfer < beside)
            return true;
        return check + Math.max(0, transfer - beside) < this.#allowed;
    }
    enter(lane) {
        this.#running[lane]++;
    }
    leave(lane) {
        this.#running[lane]--;
    }
    /** A mirror ended, and the host had nothing against it. */
    well() {
        this.#well++;
        this.#inVain = 0;
        this.#pause = FIRST_PAUSE_MS;
        if (this.#well % WELL_BEFORE_MORE === 0)
            this.#allowed = Math.min(this.#atOnce.most, this.#allowed + 1);
    }
    /** The host asked to slow down: for `wait` milliseconds, or for longer each time that it does not say. */
    slower(wait, now) {
        this.#well = 0;
        this.#slowdowns++;
        const until = now + Math.min(wait ?? this.#pause, LONGEST_PAUSE_MS);
        if (wait === undefined)
            this.#pause = Math.min(LONGEST_PAUSE_MS, this.#pause * 2);
        // Those that run at the same time are all told so: once is meant.
        if (now >= this.#closedUntil) {
            this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
            this.#inVain++;
        }
        this.#closedUntil = Math.max(this.#closedUntil, until);
    }
}


/***/ }),

/***/ 64153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ limitOf),
/* harmony export */   V: () => (/* binding */ makeJobs)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(26039);
/* harmony import */ var _transport_address_identity_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(32227);
/* harmony import */ var _config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(92130);
/* harmony import */ var _host_gate_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1090);




/** The jobs of a fleet, in the order of the names. */
function makeJobs({ file, chains }, mirrors) {
    const endOf = makeEndReader(file);
    return mirrors.map(({ name, groups }) => ({
        name,
        pairs: groups.map((options) => ({
            options,
            source: endOf(options.source),
            destinations: options.destinations.map(endOf),
        })),
        after: chains.before.get(name) ?? [],
    }));
}
/** Equal credentials get equal names, that say nothing about them. */
function makeEndReader({ hosts }) {
    const names = new Map();
    return ({ url, credentials, app }) => {
        const host = url.scheme === 'file' ? undefined : (0,_config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__/* .hostKey */ ._9)(hosts, url);
        const key = JSON.stringify([host, url.scheme, 'user' in url ? url.user : '', credentials, app]);
        const hash = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_3__/* .loadCrypto */ .Q)().createHash('sha256').update(key).digest('hex');
        if (!names.has(hash))
            names.set(hash, `${host ?? ''}#${names.size + 1}`);
        return { host, credential: names.get(hash), repository: (0,_transport_address_identity_js__WEBPACK_IMPORTED_MODULE_0__/* .identity */ .D)(url) };
    };
}
/** Mirrors that may talk with a host at the same time: what the file says is all of them. */
function limitOf({ hosts }, host) {
    for (const part of hosts.values()) {
        const most = (0,_config_fleet_file_js__WEBPACK_IMPORTED_MODULE_1__/* .hostOf */ .w4)(part) === host ? part.tree['mirrors-at-once'] : undefined;
        if (most !== undefined)
            return { most, besideThem: 0 };
    }
    return _host_gate_js__WEBPACK_IMPORTED_MODULE_2__/* .USUAL_AT_ONCE */ .PJ;
}


/***/ }),

/***/ 47948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ runJob)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/mirror/mirror.js + 19 modules
var mirror = __webpack_require__(57206);
// EXTERNAL MODULE: ./build/report/recorder.js
var report_recorder = __webpack_require__(80397);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/plan/refspec-match.js
var refspec_match = __webpack_require__(99400);
;// CONCATENATED MODULE: ./build/fleet/fingerprint.js


/**
 * What a source has in scope, as one value: `sha256:` and the hash of `NAME SP ID LF` for each ref, by its name at the
 * destination, in the order of its bytes. Two mirrors with one fingerprint hold the same refs.
 */
function fingerprintOf(refs, refspecs) {
    const matcher = (0,refspec_match/* matcherOf */.K)(refspecs);
    const lines = new Set();
    for (const { name, id } of refs) {
        matcher.eachDestination(name, (destination) => lines.add(`${destination} ${id}\n`));
    }
    const hash = (0,base_crypto/* loadCrypto */.Q)().createHash('sha256');
    for (const line of [...lines].map((text) => Buffer.from(text)).toSorted(Buffer.compare))
        hash.update(line);
    return `sha256:${hash.digest('hex')}`;
}

;// CONCATENATED MODULE: ./build/fleet/round/join-results.js
/** One result of a mirror whose destinations have different options, each group with a run of its own. */
function joinGroups(results) {
    const [first, ...others] = results;
    if (first === undefined || others.length === 0)
        return first ?? NOTHING;
    return {
        source: first.source,
        ok: results.every(({ ok }) => ok),
        dryRun: first.dryRun,
        destinations: results.flatMap(({ destinations }) => destinations),
        error: results.find(({ error }) => error !== undefined)?.error,
        seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
        sourceRefs: Math.max(...results.map(({ sourceRefs }) => sourceRefs)),
    };
}
const NOTHING = {
    source: '',
    ok: true,
    dryRun: false,
    destinations: [],
    error: undefined,
    seconds: 0,
    sourceRefs: 0,
};
/** The result of a run after one that failed: what the first one changed stays told. */
function joinRuns(before, now) {
    if (before === undefined)
        return now;
    const destinations = now.destinations.map((destination) => {
        const earlier = before.destinations.find((other) => other.destination === destination.destination);
        return earlier === undefined ? destination : joinDestination(earlier, destination);
    });
    return { ...now, destinations, seconds: before.seconds + now.seconds };
}
function joinDestination(before, now) {
    const later = new Set(now.changed.map(({ ref }) => ref));
    const changed = [...before.changed.filter(({ ref }) => !later.has(ref)), ...now.changed];
    const status = now.status === 'unchanged' && changed.length > 0 ? 'mirrored' : now.status;
    const figures = {
        packBytes: before.figures.packBytes + now.figures.packBytes,
        objects: before.figures.objects + now.figures.objects,
        pushes: before.figures.pushes + now.figures.pushes,
        lfsObjects: before.figures.lfsObjects + now.figures.lfsObjects,
        lfsBytes: before.figures.lfsBytes + now.figures.lfsBytes,
        seconds: now.figures.seconds,
    };
    return { ...now, changed, status, figures };
}

// EXTERNAL MODULE: ./build/fleet/round/verdict.js
var verdict = __webpack_require__(39089);
;// CONCATENATED MODULE: ./build/fleet/round/run-job.js







/**
 * Runs a mirror, one group of destinations after the other. Listings are tried once: the round itself tries again when
 * all others are through, and holds nothing meanwhile. Never throws.
 */
async function runJob(job, claim, context) {
    const before = context.earlier.get(job.name) ?? [];
    const results = [];
    const verdicts = [];
    let fingerprint;
    let isDeferred = false;
    for (const [index, { options }] of job.pairs.entries()) {
        const earlier = before[index];
        if (earlier?.ok === true) {
            results.push(earlier);
            verdicts.push((0,verdict/* judgeHosts */.j)(earlier));
            continue;
        }
        const run = await runPair(job.name, options, { ...context, claim });
        fingerprint ??= run.fingerprint;
        isDeferred ||= run.isDeferred;
        results.push(run.isDeferred ? (earlier ?? run.result) : joinRuns(earlier, run.result));
        verdicts.push(run.isDeferred ? withoutDeferral(run.result) : (0,verdict/* judgeHosts */.j)(run.result));
        if (run.isDeferred)
            break;
    }
    context.earlier.set(job.name, results.map((result, index) => (isDeferred && index === results.length - 1 ? before[index] : result)));
    const result = joinGroups(results);
    const errors = [result.error, ...result.destinations.map(({ error }) => error)].filter((error) => error !== undefined);
    const mayHelp = errors.some(({ retryable }) => retryable);
    const kind = isDeferred && !context.signal.aborted ? 'deferred' : mayHelp && !result.ok ? 'again' : 'done';
    return { kind, result: { result, fingerprint }, verdicts };
}
async function runPair(name, options, context) {
    let isDeferred = false;
    let fingerprint;
    const recorder = (0,report_recorder/* createRecorder */.T)({
        now: () => performance.now(),
        source: (0,remote_url/* printUrl */.D1)(options.source.url),
        destinations: options.destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)),
        dryRun: options.dryRun,
    });
    const reporter = (event) => {
        recorder.reporter(event);
        context.onEvent(name, event);
    };
    let tokens;
    try {
        tokens = await context.apps.open(options);
        const result = await (0,mirror/* mirror */.e)(tokens.options, reporter, context.signal, {
            connections: context.connections,
            listingRetries: 0,
            onSource: (refs) => {
                fingerprint = fingerprintOf(refs, options.refspecs);
            },
            admit: async () => {
                if (context.claim())
                    return;
                isDeferred = true;
                throw new errors/* MirrorError */.En('there is no place for a transfer yet', { code: 'cancelled' });
            },
        });
        return { result, fingerprint, isDeferred };
    }
    catch (thrown) {
        // No token of an App, a time limit that was not heeded, or a defect: of one mirror, not of the round.
        return { result: recorder.toResult((0,errors/* toMirrorError */.Ho)(thrown, { code: 'local' })), fingerprint, isDeferred };
    }
    finally {
        tokens?.dispose();
    }
}
/** Both ends were listed, or there would be nothing to send. */
function withoutDeferral(result) {
    return {
        source: { kind: 'unknown' },
        destinations: result.destinations.map(() => ({ kind: 'unknown' })),
    };
}


/***/ }),

/***/ 74746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  k: () => (/* binding */ openSchedule),
  _: () => (/* binding */ schedule)
});

;// CONCATENATED MODULE: ./build/fleet/round/circuit.js
/** Refusals of one credential, on different repositories, after which it is not tried any more in this round. */
const MOST_REFUSALS = 3;
/** Failures to reach a host, one after the other, after which nothing is tried there. */
const MOST_UNREACHABLE = 5;
/** Milliseconds after which one mirror tries such a host once more. */
const PROBE_MS = 30_000;
/** A credential: once it is refused again and again, the rest would only get this machine locked out. */
class CredentialCircuit {
    #refused = new Set();
    #restMs;
    #openedAt;
    /** `restMs`: milliseconds after which it may be tried again; in a round, never. */
    constructor(restMs = Infinity) {
        this.#restMs = restMs;
    }
    /** Whether it is not to be used any more. */
    get isOpen() {
        return this.#refused.size >= MOST_REFUSALS;
    }
    refused(repository, now = 0) {
        this.#refused.add(repository);
        if (this.isOpen)
            this.#openedAt ??= now;
    }
    /** Lets it be tried again once it has rested. */
    rest(now) {
        if (this.#openedAt !== undefined && now >= this.#openedAt + this.#restMs)
            this.forget();
    }
    /** It opened something: single refusals are about single repositories. */
    well() {
        if (!this.isOpen)
            this.#refused.clear();
    }
    /** There may be another credential behind its name now. */
    forget() {
        this.#refused.clear();
        this.#openedAt = undefined;
    }
}
/** A host: `open` to all, `waiting` for its probe, to be tried by one `probe`, or `given-up` for this round. */
class HostCircuit {
    #failures = 0;
    #probeAt;
    #isProbing = false;
    #isGivenUp = false;
    #givenUpUntil = Infinity;
    #restMs;
    /** `restMs`: milliseconds after which a host that was given up may be tried again; for a round, never. */
    constructor(restMs = Infinity) {
        this.#restMs = restMs;
    }
    state(now) {
        if (this.#isGivenUp && now < this.#givenUpUntil)
            return 'given-up';
        if (this.#isGivenUp)
            this.#wake(now);
        if (this.#probeAt === undefined)
            return 'open';
        return this.#isProbing || now < this.#probeAt ? 'waiting' : 'probe';
    }
    /** The time of the probe; undefined: none is waited for. */
    get probeAt() {
        return this.#isGivenUp || this.#isProbing ? undefined : this.#probeAt;
    }
    #wake(now) {
        this.#isGivenUp = false;
        this.#isProbing = false;
        this.#probeAt = now;
    }
    /** The mirror that starts now is the probe. */
    probe() {
        this.#isProbing = true;
    }
    /** The probe has ended. Where it told nothing of this host, as when its other end failed, the next one is a probe. */
    probeEnded() {
        this.#isProbing = false;
    }
    well() {
        this.#failures = 0;
        this.#isGivenUp = false;
        this.#probeAt = undefined;
        this.#isProbing = false;
    }
    unreachable(now) {
        this.#failures++;
        if (this.#isProbing) {
            this.#isGivenUp = true;
            this.#givenUpUntil = now + this.#restMs;
        }
        else if (this.#failures >= MOST_UNREACHABLE && this.#probeAt === undefined)
            this.#probeAt = now + PROBE_MS;
    }
}

// EXTERNAL MODULE: ./build/fleet/round/host-gate.js
var host_gate = __webpack_require__(1090);
;// CONCATENATED MODULE: ./build/fleet/round/job.js
/** All ends of a job. */
function endsOf({ pairs }) {
    return pairs.flatMap(({ source, destinations }) => [source, ...destinations]);
}
/** The hosts of a job, each once, sorted. */
function hostsOf(job) {
    return [...new Set(endsOf(job).flatMap(({ host }) => host ?? []))].toSorted();
}

;// CONCATENATED MODULE: ./build/fleet/round/scheduler.js



/** Milliseconds before a job runs again, doubled each time. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;
/** A host that asks to slow down each time is given up at last. */
const MOST_SLOW_RUNS = 20;
/** Milliseconds for which a schedule that goes on gives up a host, or a credential. */
const REST_MS = 300_000;
/**
 * Runs jobs in two lanes, with a limit for each host over both. A slow host keeps its own waiting only. What failed and
 * may succeed runs again when all others are through. Resolves when every job has ended or was skipped.
 */
function schedule(input) {
    return new Promise((resolve) => {
        new Scheduler(input, resolve).pump();
    });
}
/** As `schedule`, without an end: what failed and may succeed runs again after its delay. */
function openSchedule(input) {
    return new Scheduler({ ...input, jobs: [] }, undefined);
}
class Scheduler {
    #input;
    /** undefined: it goes on. */
    #resolve;
    #gates = new Map();
    #hosts = new Map();
    #credentials = new Map();
    /** Waiting jobs by their lane and hosts: those of one key are alike. */
    #waiting = new Map();
    /** Jobs that others have to end for, with how many. */
    #blocked = new Map();
    #blockers = new Map();
    #again = [];
    /** Names of all that have not ended. */
    #present = new Set();
    #running = { check: 0, transfer: 0 };
    #left;
    #stopTimer;
    constructor(input, resolve) {
        this.#input = input;
        this.#resolve = resolve;
        this.#left = input.jobs.length;
        for (const { name } of input.jobs)
            this.#present.add(name);
        for (const [order, job] of input.jobs.entries())
            this.#enter(job, order);
        input.signal.addEventListener('abort', () => this.pump(), { once: true });
    }
    add(job, order) {
        this.#left++;
        this.#present.add(job.name);
        this.#enter(job, order);
        this.pump();
    }
    remove(name) {
        for (const queue of this.#waiting.values()) {
            const at = queue.findIndex(({ job }) => job.name === name);
            if (at < 0)
                continue;
            const [entry] = queue.splice(at, 1);
            this.#dropEmpty(queue);
            this.#finish(entry);
            this.pump();
            return true;
        }
        return false;
    }
    renew() {
        for (const circuit of this.#credentials.values())
            circuit.forget();
        for (const [host, gate] of this.#gates)
            gate.setAtOnce(this.#input.limitOf(host));
        this.pump();
    }
    count() {
        const waiting = { check: 0, transfer: 0 };
        for (const [head, ...others] of this.#waiting.values()) {
            if (head !== undefined)
                waiting[head.lane] += 1 + others.length;
        }
        return { waiting, running: this.#running.check + this.#running.transfer };
    }
    limits() {
        return this.#gates;
    }
    #enter(job, order) {
        const entry = {
            job,
            order,
            hosts: hostsOf(job),
            lane: 'check',
            runs: 0,
            slowRuns: 0,
            notBefore: 0,
            probes: [],
        };
        const after = job.after.filter((name) => this.#present.has(name));
        for (const name of after)
            append(this.#blocked, name, entry);
        if (after.length === 0)
            this.#wait(entry);
        else
            this.#blockers.set(entry, after.length);
    }
    /** Starts all that may start now. */
    pump() {
        this.#stopTimer?.();
        this.#stopTimer = undefined;
        // One time for all of it: what may not start yet has to be later than the time that the timer is set by.
        const now = this.#input.clock.now();
        for (let entry = this.#takeNext(now); entry !== undefined; entry = this.#takeNext(now))
            this.#start(entry, now);
        if (this.#left === 0 && this.#resolve !== undefined)
            return this.#resolve();
        const isIdle = this.#running.check + this.#running.transfer === 0;
        const isThrough = isIdle && this.#waiting.size === 0 && this.#again.length > 0;
        if (isThrough) {
            // All at one time: each time would make a queue of its own.
            const latest = Math.max(...this.#again.map(({ notBefore }) => notBefore));
            for (const entry of this.#again.splice(0)) {
                entry.notBefore = latest > now ? latest : 0;
                this.#wait(entry);
            }
            return this.pump();
        }
        const next = this.#nextTime(now);
        if (next !== undefined)
            this.#stopTimer = this.#input.clock.at(next, () => this.pump());
    }
    /** The first waiting job that may start: its lane and its hosts have room. Those that may never are skipped. */
    #takeNext(now) {
        for (;;) {
            let best;
            let skip;
            for (const queue of this.#waiting.values()) {
                const [head] = queue;
                if (head === undefined)
                    continue;
                const reason = this.#reasonToSkip(head, now);
                if (reason !== undefined)
                    skip = { queue, reason };
                else if (this.#mayStart(head, now) && (best === undefined || head.order < best[0].order))
                    best = queue;
            }
            if (skip === undefined)
                return best === undefined ? undefined : this.#shift(best);
            const entry = this.#shift(skip.queue);
            this.#input.onSkip(entry.job, skip.reason);
            this.#finish(entry);
        }
    }
    #mayStart(entry, now) {
        if (this.#running[entry.lane] >= this.#input.lanes[entry.lane] || now < entry.notBefore)
            return false;
        return entry.hosts.every((host) => {
            const state = this.#hostCircuit(host).state(now);
            return this.#gate(host).isOpen(now, entry.lane) && state !== 'waiting';
        });
    }
    #reasonToSkip(entry, now) {
        if (this.#input.signal.aborted)
            return 'the round was cancelled';
        const dead = entry.hosts.find((host) => this.#hostCircuit(host).state(now) === 'given-up');
        if (dead !== undefined)
            return `${dead} could not be reached, again and again`;
        const slow = entry.hosts.find((host) => this.#gate(host).isGivenUp(now));
        if (slow !== undefined)
            return `${slow} asks to slow down, again and again`;
        const refused = endsOf(entry.job).find((end) => {
            const credential = this.#credential(end.credential);
            credential.rest(now);
            return credential.isOpen;
        });
        return refused === undefined ? undefined : `the credential for ${refused.host} was refused 3 times`;
    }
    #start(entry, now) {
        entry.runs++;
        this.#running[entry.lane]++;
        entry.probes = entry.hosts.filter((host) => this.#hostCircuit(host).state(now) === 'probe');
        for (const host of entry.probes)
            this.#hostCircuit(host).probe();
        for (const host of entry.hosts)
            this.#gate(host).enter(entry.lane);
        void this.#input.run(entry.job, () => this.#claim(entry)).then((ending) => this.#end(entry, ending));
    }
    /** From the checks to the transfers, if there is a place; what waited for the place of the check may start. */
    #claim(entry) {
        if (entry.lane === 'transfer')
            return true;
        if (this.#running.transfer >= this.#input.lanes.transfer)
            return false;
        this.#running.check--;
        this.#running.transfer++;
        entry.lane = 'transfer';
        for (const host of entry.hosts) {
            this.#gate(host).leave('check');
            this.#gate(host).enter('transfer');
        }
        this.pump();
        return true;
    }
    #end(entry, ending) {
        this.#running[entry.lane]--;
        for (const host of entry.hosts)
            this.#gate(host).leave(entry.lane);
        const isSlow = this.#learn(entry, ending);
        for (const host of entry.probes)
            this.#hostCircuit(host).probeEnded();
        if (ending.kind === 'deferred') {
            entry.runs--;
            entry.lane = 'transfer';
            this.#wait(entry);
        }
        else if (ending.kind === 'again' && this.#mayRunAgain(entry, isSlow)) {
            entry.lane = 'check';
            // What goes on is never through.
            if (this.#resolve === undefined)
                this.#wait(entry);
            else
                this.#again.push(entry);
        }
        else {
            this.#input.onEnd(entry.job, ending.result);
            this.#finish(entry);
        }
        this.pump();
    }
    #mayRunAgain(entry, isSlow) {
        if (this.#input.signal.aborted)
            return false;
        if (isSlow) {
            entry.runs--;
            return ++entry.slowRuns < MOST_SLOW_RUNS;
        }
        const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (entry.runs - 1));
        entry.notBefore = this.#input.clock.now() + delay;
        return entry.runs <= this.#input.retriesOf(entry.job);
    }
    /** What the end says of hosts and credentials. @returns whether a host asked to slow down */
    #learn({ job }, { verdicts }) {
        const now = this.#input.clock.now();
        let isSlow = false;
        for (const [index, pair] of job.pairs.entries()) {
            const found = verdicts[index];
            if (found === undefined)
                continue;
            const ends = [pair.source, ...pair.destinations];
            for (const [at, verdict] of [found.source, ...found.destinations].entries()) {
                const end = ends[at];
                if (end?.host === undefined || verdict.kind === 'unknown')
                    continue;
                const circuit = this.#hostCircuit(end.host);
                const credential = this.#credential(end.credential);
                if (verdict.kind === 'unreachable')
                    circuit.unreachable(now);
                else
                    circuit.well();
                if (verdict.kind === 'refused')
                    credential.refused(end.repository, now);
                if (verdict.kind === 'slower')
                    this.#gate(end.host).slower(verdict.wait, now);
                if (verdict.kind === 'well') {
                    this.#gate(end.host).well();
                    credential.well();
                }
                isSlow ||= verdict.kind === 'slower';
            }
        }
        return isSlow;
    }
    #finish(entry) {
        this.#left--;
        const { name } = entry.job;
        this.#present.delete(name);
        for (const next of this.#blocked.get(name) ?? []) {
            const count = this.#blockers.get(next) - 1;
            this.#blockers.set(next, count);
            if (count === 0)
                this.#wait(next);
        }
        this.#blocked.delete(name);
    }
    #wait(entry) {
        const credentials = [...new Set(endsOf(entry.job).map(({ credential }) => credential))].join(' ');
        const key = JSON.stringify([entry.lane, entry.hosts, credentials, entry.notBefore]);
        const queue = this.#waiting.get(key) ?? [];
        const last = queue.at(-1);
        if (last === undefined || last.order < entry.order)
            queue.push(entry);
        else
            queue.splice(queue.findIndex(({ order }) => order > entry.order), 0, entry);
        this.#waiting.set(key, queue);
    }
    #shift(queue) {
        const entry = queue.shift();
        this.#dropEmpty(queue);
        return entry;
    }
    #dropEmpty(queue) {
        if (queue.length > 0)
            return;
        for (const [key, found] of this.#waiting)
            if (found === queue)
                this.#waiting.delete(key);
    }
    /** The next time at which something may start that waits for a time alone. */
    #nextTime(now) {
        const times = [...this.#waiting.values()].flatMap(([head]) => {
            const hosts = head?.hosts ?? [];
            return [
                head?.notBefore ?? 0,
                ...hosts.map((host) => this.#gate(host).closedUntil),
                ...hosts.map((host) => this.#hostCircuit(host).probeAt ?? 0),
            ].filter((time) => time > now);
        });
        return times.length === 0 ? undefined : Math.min(...times);
    }
    get #restMs() {
        return this.#resolve === undefined ? REST_MS : Infinity;
    }
    #gate(host) {
        return getOrMake(this.#gates, host, () => new host_gate/* HostGate */.Ep(this.#input.limitOf(host), this.#restMs));
    }
    #hostCircuit(host) {
        return getOrMake(this.#hosts, host, () => new HostCircuit(this.#restMs));
    }
    #credential(credential) {
        return getOrMake(this.#credentials, credential, () => new CredentialCircuit(this.#restMs));
    }
}
function getOrMake(map, key, make) {
    const found = map.get(key);
    if (found !== undefined)
        return found;
    const made = make();
    map.set(key, made);
    return made;
}
function append(map, key, value) {
    const list = map.get(key);
    if (list === undefined)
        map.set(key, [value]);
    else
        list.push(value);
}


/***/ }),

/***/ 39089:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ judgeHosts)
/* harmony export */ });
const WELL = { kind: 'well' };
const UNKNOWN = { kind: 'unknown' };
/** Reads them from the result of a pair. */
function judgeHosts(result) {
    const errors = [result.error, ...result.destinations.map(({ error }) => error)];
    const ofSource = errors.find((error) => error?.side === 'source');
    return {
        source: ofSource === undefined ? (result.sourceRefs > 0 ? WELL : UNKNOWN) : judgeError(ofSource),
        destinations: result.destinations.map(({ error, status }) => {
            if (error === undefined)
                return status === 'failed' ? UNKNOWN : WELL;
            return error.side === 'source' ? UNKNOWN : judgeError(error);
        }),
    };
}
function judgeError(error) {
    if (asksToSlowDown(error))
        return { kind: 'slower', wait: error.retryAfter };
    switch (error.code) {
        case 'auth':
        case 'host-key':
            return { kind: 'refused' };
        case 'connect':
            return { kind: 'unreachable' };
        case 'timeout':
            return { kind: 'unreachable' };
        case 'cut':
        case 'cancelled':
        case 'local':
        case 'usage':
            return UNKNOWN;
        default:
            return WELL;
    }
}
/** In a status, or in words: ssh has no other way, and a server may hang up before it says any. */
function asksToSlowDown(error) {
    if (error.status === 429 || error.advice === 'rate-limit' || error.advice === 'ssh-turned-away')
        return true;
    if ((error.status === 503 || error.status === 403) && error.retryAfter !== undefined)
        return true;
    const words = `${error.message}\n${error.serverText ?? ''}`;
    return /rate.?limit|too many (?:requests|connections|concurrent)|MaxStartups/i.test(words);
}


/***/ }),

/***/ 95777:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ inTurn)
/* harmony export */ });
/** Names in the order in which they run: what failed last time first, then what has waited longest for a success, then by name. */
function inTurn(names, recordOf) {
    const ranked = names.map((name) => {
        const { status, lastSuccess } = recordOf(name);
        const hasFailed = status === 'failed' || status === 'rejected';
        return { name, rank: hasFailed ? 0 : 1, since: lastSuccess ?? 0 };
    });
    return ranked
        .toSorted((a, b) => a.rank - b.rank || a.since - b.since || (a.name < b.name ? -1 : 1))
        .map(({ name }) => name);
}


/***/ }),

/***/ 15770:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ createConnections)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

const DEFAULT_SOCKETS_PER_HOST = 8;
/** For a round: given to each `openRemote`, and disposed of after the last of them. */
function createConnections(options = {}) {
    const kept = new Map();
    let over = false;
    return {
        socketsPerHost: options.socketsPerHost ?? DEFAULT_SOCKETS_PER_HOST,
        share(key, make) {
            if (over)
                throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('the connections were closed', { code: 'cancelled' });
            const found = kept.get(key) ?? make();
            kept.set(key, found);
            return found;
        },
        async dispose() {
            over = true;
            const all = [...kept.values()];
            kept.clear();
            await Promise.all(all.map((shared) => shared.dispose()));
        },
    };
}


/***/ })

};
