export const id = 2560;
export const ids = [2560];
export const modules = {

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

/***/ 23963:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ REAL_CLOCK),
  m: () => (/* binding */ runRound)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/transport/connection/connections.js
var connection_connections = __webpack_require__(15770);
// EXTERNAL MODULE: ./build/fleet/notices.js
var notices = __webpack_require__(74054);
// EXTERNAL MODULE: ./build/fleet/report/round-lines.js
var round_lines = __webpack_require__(14416);
// EXTERNAL MODULE: ./build/fleet/shard/matrix.js
var matrix = __webpack_require__(69235);
// EXTERNAL MODULE: ./build/fleet/round/app-tokens.js
var app_tokens = __webpack_require__(78290);
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
// EXTERNAL MODULE: ./build/fleet/round/run-job.js + 2 modules
var run_job = __webpack_require__(47948);
// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/fleet/state/order.js
var order = __webpack_require__(95777);
;// CONCATENATED MODULE: ./build/fleet/round/unseen.js




/** What a mirror is to do, and what the list of its owner says of its source; undefined: it says nothing. */
function markOf({ pushed, groups }) {
    if (pushed === undefined)
        return undefined;
    const text = JSON.stringify([pushed, groups.map(describeWork)]);
    return (0,base_crypto/* loadCrypto */.Q)().createHash('sha256').update(text).digest('hex');
}
/** Everything that decides what is mirrored where, and no secret. A mirror that was changed has to run. */
function describeWork(options) {
    const { source, destinations, env: _env, app: _app, ...others } = options;
    return [(0,remote_url/* printUrl */.D1)(source.url), destinations.map(({ url }) => (0,remote_url/* printUrl */.D1)(url)), others];
}
/** Where its list says that nothing was pushed since the last success, and that is not too long ago. */
function lineOfUnseen({ chains }, mirror, state) {
    const { name, skipUnpushed } = mirror;
    if (state === undefined || skipUnpushed === undefined)
        return undefined;
    // What another mirror writes in this round may be newer than the list.
    if (chains.before.has(name))
        return undefined;
    const { status, lastSuccess, pushed } = state.record(name);
    const isWell = status === 'mirrored' || status === 'unchanged';
    if (!isWell || lastSuccess === undefined || pushed === undefined || pushed !== markOf(mirror))
        return undefined;
    const age = Date.now() - lastSuccess;
    return age >= 0 && age < skipUnpushed ? (0,round_lines/* lineOfUnpushed */.kj)(name, lastSuccess) : undefined;
}
/** What failed last time first, where that is known; else by name. */
function orderMirrors(mirrors, state) {
    if (state === undefined)
        return mirrors;
    const byName = new Map(mirrors.map((mirror) => [mirror.name, mirror]));
    return (0,order/* inTurn */.l)([...byName.keys()], state.record).map((name) => byName.get(name));
}

// EXTERNAL MODULE: ./build/fleet/round/scheduler.js + 3 modules
var scheduler = __webpack_require__(41046);
;// CONCATENATED MODULE: ./build/fleet/round/round.js














/** That of this machine. */
const REAL_CLOCK = {
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
    const marks = new Map(fleet.mirrors.map((mirror) => [mirror.name, markOf(mirror)]));
    const take = (line) => {
        lines.set(line.name, line);
        input.onLine?.(line);
        state?.take(line, marks.get(line.name));
    };
    const discoveries = fleet.discovered.map((entry) => {
        const line = (0,round_lines/* lineOfDiscovery */.GM)({ ...entry, found: entry.drafts.length });
        input.onLine?.(line);
        return line;
    });
    state?.setFound((0,notices/* countFound */.WC)(fleet.discovered));
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
        const line = mirror.paused
            ? (0,round_lines/* lineOfSkip */.dW)(mirror.name, 'it is paused', true)
            : lineOfUnseen(fleet, mirror, input.state);
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
        apps: (0,app_tokens/* createLazyAppTokens */.E)({
            signal,
            secrets: () => fleet.secrets,
            onSecret: input.onSecret,
            onNotice: (text) => input.onNotice?.(text),
            isVerbose: fleet.mirrors.some(({ groups }) => groups.some(({ verbose }) => verbose)),
        }),
        signal,
        earlier,
        onEvent: (name, event) => input.onEvent?.(name, event),
    };
    try {
        await (0,scheduler/* schedule */._)({
            jobs: (0,make_jobs/* makeJobs */.V)(fleet, orderMirrors(waiting, input.state)),
            clock: REAL_CLOCK,
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
            text: (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, path), 'utf8'),
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
        for (const entry of listFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(folder, below))) {
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
            mirrors.set(line.name, (0,_records_js__WEBPACK_IMPORTED_MODULE_0__/* .withRun */ .Yq)(record(line.name), line, now(), pushed));
            if (now() - written >= WRITE_INTERVAL_MS)
                write();
        },
        setFound(counts) {
            for (const [name, count] of counts)
                found.set(name, count);
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
