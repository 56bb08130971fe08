export const id = 3450;
export const ids = [3450];
export const modules = {

/***/ 25771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Id: () => (/* binding */ concatBytes),
/* harmony export */   ZJ: () => (/* binding */ toBytes),
/* harmony export */   fE: () => (/* binding */ toText),
/* harmony export */   kP: () => (/* binding */ ByteReader)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

const EMPTY = new Uint8Array(0);
/**
 * Pulls bytes from a stream of chunks, as many as the caller asks for. Slices of a chunk are handed out
 * without a copy where one chunk holds them; a slice stays valid because chunks are never reused.
 */
class ByteReader {
    /** Bytes handed out so far. */
    consumed = 0;
    #chunks;
    #chunk = EMPTY;
    #offset = 0;
    #ended = false;
    constructor(chunks) {
        this.#chunks = chunks[Symbol.asyncIterator]();
    }
    /** Bytes that can be taken without waiting. */
    get buffered() {
        return this.#chunk.length - this.#offset;
    }
    /** Exactly `length` bytes, or undefined when the stream ends before the first of them.
     *  @throws MirrorError `cut` when it ends between the first and the last. */
    async read(length) {
        if (this.buffered >= length)
            return this.#take(length);
        if (!(await this.#fill(length))) {
            if (this.buffered === 0)
                return undefined;
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the stream ended after ${this.buffered} of ${length} bytes`, {
                code: 'cut',
                retryable: true,
            });
        }
        return this.#take(length);
    }
    /** `length` bytes when they are here already, else undefined; never waits. */
    readNow(length) {
        return this.#fillNow(length) ? this.#take(length) : undefined;
    }
    /** What `readNow` would give, not consumed. */
    peekNow(length) {
        return this.#fillNow(length) ? this.#chunk.subarray(this.#offset, this.#offset + length) : undefined;
    }
    /** What is here already: at least one byte and at most `max`, else undefined; never waits. */
    readSomeNow(max) {
        return this.#fillNow(1) ? this.#take(Math.min(max, this.buffered)) : undefined;
    }
    /** At least one byte and at most `max`, whatever is here; undefined at the end. */
    async readSome(max = Number.MAX_SAFE_INTEGER) {
        if (this.buffered === 0 && !(await this.#fill(1)))
            return undefined;
        return this.#take(Math.min(max, this.buffered));
    }
    /** Up to `length` bytes without consuming them; fewer only when the stream ends. */
    async peek(length) {
        if (this.buffered < length)
            await this.#fill(length);
        return this.#chunk.subarray(this.#offset, this.#offset + Math.min(length, this.buffered));
    }
    /** Everything until the end. @throws MirrorError `limit` past `max` bytes. */
    async readAll(max) {
        const parts = [];
        let total = 0;
        for (let part = await this.readSome(); part; part = await this.readSome()) {
            total += part.length;
            if (total > max)
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the answer is longer than ${max} bytes`, { code: 'limit' });
            parts.push(part);
        }
        return concatBytes(parts);
    }
    /** Reads and drops what is left. */
    async drain() {
        while (await this.readSome())
            ;
    }
    /** Gives the stream up: its producer is told to stop. */
    async cancel() {
        this.#ended = true;
        this.#chunk = EMPTY;
        this.#offset = 0;
        await this.#chunks.return?.();
    }
    #take(length) {
        const slice = this.#chunk.subarray(this.#offset, this.#offset + length);
        this.#offset += length;
        this.consumed += length;
        return slice;
    }
    #fillNow(length) {
        while (this.buffered < length && !this.#ended) {
            const next = this.#chunks.takeNow?.();
            if (next === undefined)
                return false;
            this.#chunk = this.buffered === 0 ? next : concatBytes([this.#chunk.subarray(this.#offset), next]);
            this.#offset = 0;
        }
        return this.buffered >= length;
    }
    async #fill(length) {
        if (this.buffered >= length)
            return true;
        const parts = this.buffered > 0 ? [this.#chunk.subarray(this.#offset)] : [];
        let total = this.buffered;
        while (total < length && !this.#ended) {
            const next = await this.#chunks.next();
            if (next.done)
                this.#ended = true;
            else if (next.value.length > 0) {
                parts.push(next.value);
                total += next.value.length;
            }
        }
        this.#chunk = parts.length === 1 ? parts[0] : concatBytes(parts);
        this.#offset = 0;
        return total >= length;
    }
}
/** The parts as one array. */
function concatBytes(parts) {
    if (parts.length === 1)
        return parts[0];
    return Buffer.concat(parts);
}
const encoder = new TextEncoder();
const decoder = new TextDecoder();
function toBytes(text) {
    return encoder.encode(text);
}
/** Bytes as UTF-8 text; what is no UTF-8 becomes U+FFFD. */
function toText(bytes) {
    return decoder.decode(bytes);
}


/***/ }),

/***/ 26039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ loadCrypto)
/* harmony export */ });
/**
 * Node's cryptography, loaded when it is first used: that takes longer than most of what a run does before its first
 * byte is on the wire, and a run with nothing to do may never need it.
 */
function loadCrypto() {
    return process.getBuiltinModule('node:crypto');
}


/***/ }),

/***/ 68606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ within)
/* harmony export */ });
/** The value of `promise`, or undefined when it takes longer than `limit` milliseconds. */
async function within(promise, limit) {
    let timer;
    const late = new Promise((resolve) => {
        timer = setTimeout(resolve, limit, undefined);
    });
    try {
        return await Promise.race([promise, late]);
    }
    finally {
        clearTimeout(timer);
    }
}


/***/ }),

/***/ 86815:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   IN: () => (/* binding */ cutText),
/* harmony export */   WB: () => (/* binding */ muteLine),
/* harmony export */   oy: () => (/* binding */ printableLine)
/* harmony export */ });
/** CSI sequences; OSC, DCS, PM and APC strings with their end; other escapes of two bytes. 7-bit and 8-bit. */
const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f\r\n]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]?/g;
/** Bidi controls, zero-width characters, tags and other formats that show nothing and change what is shown. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\u3164\uffa0]+/gu;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const LONE_SURROGATES = /\p{Cs}/gu;
/** Words of printable ASCII with single spaces between them: nothing of the above is in it. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const DEFAULT_MAX = 1000;
/**
 * Text from anywhere as one line that shows what it is: no control characters, no terminal escapes, no bidi
 * or invisible characters, white space as single spaces, at most `max` UTF-16 units (the last one `…` when
 * something was cut). Markup stays: see `escapeMarkdown`.
 */
function printableLine(text, max = DEFAULT_MAX) {
    // Most lines are plain, and the tables of Unicode take longer to load than such a line to read.
    if (text.length <= max && PLAIN.test(text))
        return text;
    // What is cut anyway need not be read: 16 units for each that is shown leave room for escapes.
    const line = text
        .slice(0, max * 16 + 1024)
        .replace(ESCAPES, '')
        .replace(INVISIBLE, '')
        .replace(BREAKS, ' ')
        .replace(LONE_SURROGATES, '\ufffd')
        .trim();
    return cutText(line, max);
}
/**
 * A line in which nothing speaks to the runner: it looks for `::command::` at the start of a line and for
 * `##[command]` anywhere.
 */
function muteLine(line) {
    const text = line.replaceAll('##[', '## [');
    return /^\s*::/.test(text) ? `| ${text}` : text;
}
/** At most `max` UTF-16 units; no character is cut in two. */
function cutText(text, max) {
    if (text.length <= max)
        return text;
    const end = Math.max(0, max - 1);
    const splits = end > 0 && /[\ud800-\udbff]/.test(text.charAt(end - 1));
    return `${text.slice(0, splits ? end - 1 : end)}…`;
}
/**
 * Text as Markdown (GitHub's) that shows it as it is: in a table cell, a list, a heading or inside an HTML
 * element. Line breaks become spaces. Entities rather than backslashes, since a table splits at `\|`'s bar in
 * some places and a backslash means nothing inside HTML.
 */
function escapeMarkdown(text) {
    return text
        .replace(/[\r\n\u2028\u2029]+/g, ' ')
        .replace(/[&<>`*_~[\]#|\\$]/g, entityOf)
        .replace(/:(?=\/\/|[\w+-]+:)/g, entityOf)
        .replace(/\bwww(?=\.)/gi, (word) => `${word.slice(0, -1)}${entityOf(word.slice(-1))}`)
        .replace(/^(\s*)([-+=>])/, (_, space, mark) => `${space}${entityOf(mark)}`)
        .replace(/^(\s*\d+)([.)])/, (_, number, mark) => `${number}${entityOf(mark)}`);
}
function entityOf(character) {
    return `&#${character.codePointAt(0)};`;
}


/***/ }),

/***/ 24779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cd: () => (/* binding */ runToEnd),
/* harmony export */   eK: () => (/* binding */ STEP_ITEMS),
/* harmony export */   pM: () => (/* binding */ forEachInSteps),
/* harmony export */   pj: () => (/* binding */ filterInSteps),
/* harmony export */   r3: () => (/* binding */ mapInSteps),
/* harmony export */   te: () => (/* binding */ someInSteps)
/* harmony export */ });
/** Items between two places where long work may be interrupted. */
const STEP_ITEMS = 8192;
/** Runs the work without a stop. */
function runToEnd(steps) {
    let step = steps.next();
    while (step.done !== true)
        step = steps.next();
    return step.value;
}
function* forEachInSteps(items, act) {
    let count = 0;
    for (const item of items) {
        if (++count % STEP_ITEMS === 0)
            yield;
        act(item);
    }
}
function* filterInSteps(items, isKept) {
    const kept = [];
    for (let at = 0; at < items.length; at++) {
        if (at % STEP_ITEMS === STEP_ITEMS - 1)
            yield;
        const item = items[at];
        if (isKept(item, at))
            kept.push(item);
    }
    return kept;
}
function* someInSteps(items, isSo) {
    let count = 0;
    for (const item of items) {
        if (++count % STEP_ITEMS === 0)
            yield;
        if (isSo(item))
            return true;
    }
    return false;
}
/** Adds what `make` makes of each item to `into`. */
function* mapInSteps(into, items, make) {
    yield* forEachInSteps(items, (item) => into.push(make(item)));
}


/***/ }),

/***/ 19464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hp: () => (/* binding */ runInTurns),
/* harmony export */   pN: () => (/* binding */ giveTurn),
/* harmony export */   q3: () => (/* binding */ forEachInTurns),
/* harmony export */   wC: () => (/* binding */ turn)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _steps_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24779);


/** Milliseconds of work after which timers, sockets and signals get their turn. */
const TURN_MS = 50;
/** Lets timers, sockets and signals have their turn. */
async function turn() {
    await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setImmediate)();
}
/** As `turn`. @throws the reason of `signal`. */
async function giveTurn(signal) {
    await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setImmediate)();
    signal.throwIfAborted();
}
/** Runs long work in turns. @throws whatever it throws; the reason of `signal`. */
async function runInTurns(steps, signal) {
    signal.throwIfAborted();
    let began = performance.now();
    for (let step = steps.next();; step = steps.next()) {
        if (step.done === true)
            return step.value;
        if (performance.now() - began < TURN_MS)
            continue;
        await giveTurn(signal);
        began = performance.now();
    }
}
/** Calls `act` with each item, in turns. @throws whatever it throws; the reason of `signal`. */
async function forEachInTurns(items, act, signal) {
    await runInTurns((0,_steps_js__WEBPACK_IMPORTED_MODULE_1__/* .forEachInSteps */ .pM)(items, act), signal);
}


/***/ }),

/***/ 7844:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** The version of this program; a test holds it to package.json. */
const VERSION = '1.0.0';


/***/ }),

/***/ 10242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ hostLimits)
/* harmony export */ });
/* unused harmony export DEFAULT_REFS_PER_PUSH */
const GIB = 1024 ** 3;
const GB = 1000 ** 3;
/** Host names that are one of these or end in one that begins with a dot. */
const PACK_BYTES = [
    [['github.com', 'ssh.github.com', '.ghe.com'], 2 * GIB],
    [['bitbucket.org', 'altssh.bitbucket.org'], 3.5 * GB],
    [['dev.azure.com', 'ssh.dev.azure.com', '.visualstudio.com'], 5 * GB],
];
const CODECOMMIT = /^git-codecommit(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/;
const CODECOMMIT_REFS_PER_PUSH = 4000;
/** A repository of this machine knows no limit, and its receive-pack reads every ref for each push. */
const LOCAL_REFS_PER_PUSH = 500_000;
/** The known limits of a host; `host` as it stands in an address, without a port; undefined for a path. */
function hostLimits(host) {
    if (host === undefined)
        return { maxPackSize: undefined, maxRefsPerPush: LOCAL_REFS_PER_PUSH };
    const name = host.toLowerCase().replace(/\.$/, '');
    const isOneOf = (hosts) => hosts.some((known) => (known.startsWith('.') ? name.endsWith(known) : name === known));
    return {
        maxPackSize: PACK_BYTES.find(([hosts]) => isOneOf(hosts))?.[1],
        maxRefsPerPush: CODECOMMIT.test(name) ? CODECOMMIT_REFS_PER_PUSH : DEFAULT_REFS_PER_PUSH,
    };
}
const DEFAULT_REFS_PER_PUSH = 5000;


/***/ }),

/***/ 57206:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ mirror)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/mirror/load-acts.js
/** Loads what a run does beyond looking; the second time costs nothing. */
async function loadActs() {
    return (await Promise.all(/* import() */[__webpack_require__.e(1585), __webpack_require__.e(3874)]).then(__webpack_require__.bind(__webpack_require__, 73874))).acts;
}

// EXTERNAL MODULE: ./build/base/turns.js
var turns = __webpack_require__(19464);
// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(68606);
// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
;// CONCATENATED MODULE: ./build/transport/address/same-folder.js
/** Whether two addresses are one folder of this machine, by whatever way they name it. */
async function isSameFolder(first, second) {
    if (first.scheme !== 'file' || second.scheme !== 'file')
        return false;
    const [one, other] = await Promise.all([resolveFolder(first.path), resolveFolder(second.path)]);
    return one !== undefined && one === other;
}
/** A work tree and the repository in it are one. */
async function resolveFolder(path) {
    const { realpath } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 51455, 19));
    try {
        const real = await realpath(path);
        return await realpath(`${real}/.git`).catch(() => real);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/options/read-host.js
var read_host = __webpack_require__(63288);
// EXTERNAL MODULE: ./build/plan/anchors.js
var plan_anchors = __webpack_require__(30684);
// EXTERNAL MODULE: ./build/plan/ours/lifted.js
var lifted = __webpack_require__(61618);
// EXTERNAL MODULE: ./build/base/steps.js
var steps = __webpack_require__(24779);
// EXTERNAL MODULE: ./build/plan/ours/backups.js
var ours_backups = __webpack_require__(75375);
;// CONCATENATED MODULE: ./build/plan/name-conflicts.js

/**
 * Refs of which one is the folder of the other (`a` and `a/b`) cannot live in one repository (G13).
 *
 * @param options.staying names that the destination keeps
 * @param options.stays tells whether a name is among them
 * @param options.creates names that are to be created
 * @returns for each name that cannot be created the name that is in its way
 */
function* findConflicts(options) {
    const conflicts = new Map();
    if (options.creates.length === 0)
        return conflicts;
    const inStaying = yield* collectFolders(options.staying);
    const inCreates = yield* collectFolders(options.creates);
    // Refs that lie in each other's way are few: only names that are folders are kept.
    const created = new Set();
    let seen = 0;
    for (const name of options.creates) {
        if (++seen % steps/* STEP_ITEMS */.eK === 0)
            yield;
        const inFolder = inStaying.get(name);
        if (inFolder !== undefined)
            conflicts.set(name, inFolder);
        else if (inCreates.has(name))
            created.add(name);
    }
    const known = new Map();
    const findAbove = (folder) => {
        if (folder === undefined)
            return undefined;
        if (known.has(folder))
            return known.get(folder);
        const above = findAbove(folderOf(folder)) ??
            (options.stays(folder) || (created.has(folder) && !conflicts.has(folder)) ? folder : undefined);
        known.set(folder, above);
        return above;
    };
    const below = new Map();
    for (const name of options.creates) {
        if (++seen % steps/* STEP_ITEMS */.eK === 0)
            yield;
        const above = conflicts.has(name) ? undefined : findAbove(folderOf(name));
        if (above !== undefined)
            below.set(name, above);
    }
    for (const [name, other] of below)
        conflicts.set(name, other);
    return conflicts;
}
/** The folders of all names, each with the last name that made it one. */
function* collectFolders(names) {
    const folders = new Map();
    let before = '';
    let seen = 0;
    for (const name of names) {
        if (++seen % steps/* STEP_ITEMS */.eK === 0)
            yield;
        // Most names lie in the folder of the one before.
        const length = name.lastIndexOf('/');
        if (length === before.length && name.startsWith(before))
            continue;
        before = name.slice(0, length);
        for (let folder = folderOf(name); folder !== undefined; folder = folderOf(folder))
            folders.set(folder, name);
    }
    return folders;
}
/** Every name that would have to be a folder for `name` to be a ref. */
function foldersOf(name) {
    const folders = [];
    for (let folder = folderOf(name); folder !== undefined; folder = folderOf(folder))
        folders.push(folder);
    return folders;
}
/** `refs/heads/a` of `refs/heads/a/b`; undefined where what is left cannot be a ref. */
function folderOf(name) {
    const slash = name.lastIndexOf('/');
    return slash > 'refs'.length ? name.slice(0, slash) : undefined;
}

// EXTERNAL MODULE: ./build/plan/list-names.js
var list_names = __webpack_require__(3845);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
;// CONCATENATED MODULE: ./build/plan/guards.js





const NAMES_SHOWN = 5;
/**
 * Stops a run before its first write when what it would do is probably not what was meant, or cannot work.
 * @throws MirrorError `guard` (or `format`): says what was about to happen and which input allows it.
 */
function checkGuards(given) {
    guardFormat(given);
    guardDeletions(given);
    if (given.options.atomic && countUpdates(given.plan) > 0)
        guardAtomic(given);
}
/** An empty source of an old server does not tell its format (I1). */
function guardFormat({ source, destination }) {
    if (source.refs.length === 0 || source.format === destination.format)
        return;
    throw new errors/* MirrorError */.En(`the source uses ${source.format}, the destination ${destination.format}`, {
        code: 'format',
        side: 'destination',
        hint: `Mirror to a repository that was made for ${source.format}: git init --object-format=${source.format}`,
    });
}
function guardDeletions({ plan, options, deletedBefore = new Set() }) {
    const names = deletedNames(plan);
    if (!options.prune || names.length === 0)
        return;
    const what = `${names.length} ref${names.length === 1 ? '' : 's'} of the destination would be deleted (${(0,list_names/* listNames */.Z)(names, NAMES_SHOWN)})`;
    if (plan.inScope === 0) {
        const scope = options.refspecs.texts.map((text) => (0,printable/* printableLine */.oy)(text, 100)).join(', ');
        // Only what is in scope was asked for: a source without any ref looks the same.
        throw guardError(`the source shows no ref in scope (${scope}), and ${what}`, 'Check the address and the token of the source, and refs. Set prune: false to keep these refs.');
    }
    const count = deletedBefore.size + names.filter((name) => !deletedBefore.has(name)).length;
    if (count > options.maxDeletions) {
        const before = deletedBefore.size === 0 ? '' : ` after ${deletedBefore.size} that this run has deleted`;
        throw guardError(`${what}${before}, more than max-deletions allows (${options.maxDeletions})`, `If that is right, set max-deletions: ${count} or unlimited; set prune: false to keep these refs.`);
    }
}
function guardAtomic({ plan, atomicAdvertised, maxRefsPerPush }) {
    const hint = 'Set atomic: false to move each ref for itself.';
    if (!atomicAdvertised)
        throw guardError('the destination does not offer atomic pushes', hint);
    const rejected = plan.heldBack.filter((ref) => !ref.warning);
    const [first] = rejected;
    if (first !== undefined) {
        const names = (0,list_names/* listNames */.Z)(rejected.map((ref) => ref.ref), NAMES_SHOWN);
        throw guardError(`atomic wants all refs or none, and ${names} cannot be pushed: ${(0,printable/* printableLine */.oy)(first.reason, 300)}`, `Leave out of refs what cannot be pushed. ${hint}`);
    }
    if (plan.updates.length > maxRefsPerPush) {
        throw guardError(`atomic wants one push, and ${plan.updates.length} refs are more than one push takes (${maxRefsPerPush})`, `Raise max-refs-per-push if the destination takes more. ${hint}`);
    }
    if (plan.defaultBranchDelete !== undefined && plan.updates.length > 0) {
        const name = (0,printable/* printableLine */.oy)(plan.defaultBranchDelete.ref, 200);
        throw guardError(`atomic wants one push, and ${name}, the default branch of the destination, can only be deleted last and alone`, `Make another branch the default one at the destination first. ${hint}`);
    }
    const conflict = findSwap(plan);
    if (conflict !== undefined) {
        const [created, deleted] = conflict.map((name) => (0,printable/* printableLine */.oy)(name, 200));
        throw guardError(`${created} can only be created after ${deleted} is gone, which no server does in one atomic push`, hint);
    }
}
/** A ref that is created in the place of a deleted folder, or the other way round (G12). */
function findSwap(plan) {
    const deleted = plan.updates.filter((update) => update.action === 'delete').map((update) => update.ref);
    const creates = plan.updates.filter((update) => update.action === 'create').map((update) => update.ref);
    if (deleted.length === 0)
        return undefined;
    const names = new Set(deleted);
    const [conflict] = (0,steps/* runToEnd */.cd)(findConflicts({ staying: deleted, stays: (name) => names.has(name), creates }));
    return conflict;
}
function deletedNames(plan) {
    const names = plan.updates.filter((update) => update.action === 'delete').map((update) => update.ref);
    return plan.defaultBranchDelete === undefined ? names : [...names, plan.defaultBranchDelete.ref];
}
function countUpdates(plan) {
    return plan.updates.length + (plan.defaultBranchDelete === undefined ? 0 : 1);
}
function guardError(message, hint) {
    return new errors/* MirrorError */.En(message, { code: 'guard', side: 'destination', hint });
}

// EXTERNAL MODULE: ./build/plan/plan-types.js
var plan_types = __webpack_require__(36227);
// EXTERNAL MODULE: ./build/protocol/object-id.js
var object_id = __webpack_require__(94566);
;// CONCATENATED MODULE: ./build/plan/wishes.js



const UNCLAIMED = -1;
/** Whether a name can be mirrored at all: no HEAD, no `.have`, no peeled line (B4 to B6). */
function isMirrorable(name) {
    return name.startsWith('refs/') && !name.endsWith('^{}');
}
/**
 * How many refs, from `first` of the source and `at` of the destination on, are equal, in scope under their own name
 * and claimed by no other. The common case of a long list, in one loop without calls back.
 */
function countEqual(options, claims, first, at) {
    const { source, destination, matcher } = options;
    const most = Math.min(source.length - first, destination.length - at, steps/* STEP_ITEMS */.eK);
    let count = 0;
    for (; count < most; count++) {
        const one = source[first + count];
        const other = destination[at + count];
        if (one.name !== other.name || one.id !== other.id || claims[at + count] !== UNCLAIMED)
            break;
        if (!matcher.keeps(one.name) || !isMirrorable(one.name))
            break;
        claims[at + count] = first + count;
    }
    return count;
}
/** @throws MirrorError `usage` when two source refs map to one name. */
function* collectWishes(options) {
    const { destination, table } = options;
    const claims = new Int32Array(destination.length).fill(UNCLAIMED);
    const creates = [];
    const moves = [];
    // Where every name stays what it is, no two refs can want the same one.
    const createdBy = options.matcher.keepsNames ? undefined : new Map();
    let upToDate = 0;
    let inScope = 0;
    let reserved = 0;
    let position = 0;
    let mapped = false;
    // One function for all names: a closure for each would be the most expensive part of a run that changes nothing.
    const visit = (name, forced) => {
        const source = options.source[position];
        mapped = true;
        const at = table.find(name);
        const before = at < 0 ? (createdBy?.get(name) ?? wishOf(creates, source, name)) : undefined;
        const claimed = at < 0 ? before?.source : options.source[claims[at]];
        if (claimed !== undefined) {
            if (claimed.name !== source.name)
                throw collision(claimed.name, source.name, name);
            const wish = before ?? wishOf(moves, source, name);
            if (wish !== undefined)
                wish.forced ||= forced;
            return;
        }
        const wish = { name, at, source, forced };
        if (at < 0) {
            creates.push(wish);
            createdBy?.set(name, wish);
            return;
        }
        claims[at] = position;
        if (destination[at].id === source.id)
            upToDate += 1;
        else
            moves.push(wish);
    };
    for (; position < options.source.length; position++) {
        const equal = countEqual(options, claims, position, table.next);
        if (equal > 0) {
            upToDate += equal;
            inScope += equal;
            table.next += equal;
            position += equal;
            yield;
            if (position === options.source.length)
                break;
        }
        else if (position % steps/* STEP_ITEMS */.eK === 0)
            yield;
        const { name } = options.source[position];
        if (!isMirrorable(name))
            continue;
        mapped = false;
        yield* table.prepareFor(name);
        options.matcher.eachDestination(name, visit);
        if (mapped)
            inScope += 1;
        else if (options.isReserved(name))
            reserved += 1;
    }
    return { creates, moves, upToDate, inScope, claims, reserved };
}
/** What `source`, the last ref that was looked at, wants of `name`. */
function wishOf(wishes, source, name) {
    for (let at = wishes.length - 1; at >= 0 && wishes[at].source === source; at--) {
        if (wishes[at].name === name)
            return wishes[at];
    }
    return undefined;
}
function collision(first, second, name) {
    const [one, other, both] = [first, second, name].map((text) => (0,printable/* printableLine */.oy)(text, 200));
    return new errors/* MirrorError */.En(`refs: ${one} and ${other} would both become ${both}`, {
        code: 'usage',
        hint: `Leave one of them out (^${other}), or give one of them another name at the destination.`,
    });
}

// EXTERNAL MODULE: ./build/protocol/ref-name.js
var ref_name = __webpack_require__(75790);
;// CONCATENATED MODULE: ./build/plan/hold-back.js


const TAGS = 'refs/tags/';
function isTag(name) {
    return name.startsWith(TAGS);
}
/** Why a ref cannot be created; undefined when nothing is known against it. */
function weighCreate(wish) {
    return weighName(wish.name, 'create') ?? weighTag(wish, 'create');
}
/** Why a ref cannot or must not be moved. */
function weighMove(wish, options) {
    const action = isTag(wish.name) ? 'force' : 'update';
    if (isTag(wish.name) && !options.force && !wish.forced) {
        return {
            ...holdBack(wish.name, action, 'tags never move with force: false'),
            advice: 'Set force: true, or write a + before a refspec to let its refs move: +refs/tags/nightly',
        };
    }
    return weighName(wish.name, action) ?? weighTag(wish, action);
}
/**
 * Whether a branch may be a symbolic ref to the default branch, at a destination that does not tell: such a ref always
 * shows its id. A tag is never one in practice.
 */
function mayNameHead(ref, { destination, headId }) {
    const { symrefs, head } = destination;
    if (symrefs !== undefined || head === undefined || ref.name === head)
        return false;
    return ref.id === headId && !isTag(ref.name);
}
/** Why a ref must not be deleted; a warning in each case, for what stays harms nothing. */
function weighDelete(ref, options) {
    const { symrefs, head } = options.destination;
    const target = symrefs?.get(ref.name);
    if (target !== undefined) {
        return {
            ...holdBack(ref.name, 'delete', `it is a symbolic ref: deleting it would delete ${shown(target)}`),
            advice: 'Delete it at the destination itself (git symbolic-ref --delete), or leave it out of refs.',
            warning: true,
        };
    }
    const namedBy = options.namedBy.get(ref.name);
    if (namedBy !== undefined) {
        return {
            ...holdBack(ref.name, 'delete', `the symbolic ref ${shown(namedBy)} names it and would break`),
            advice: 'Delete the symbolic ref at the destination first (git symbolic-ref --delete), or leave both out of refs.',
            warning: true,
        };
    }
    if (mayNameHead(ref, options)) {
        return {
            ...holdBack(ref.name, 'delete', `it may be a symbolic ref to ${shown(head ?? '')}: deleting it would delete both`),
            advice: 'The destination does not tell which refs are symbolic. It goes as soon as the two differ; or delete it there, or let the ssh server take version 2 (AcceptEnv GIT_PROTOCOL in its sshd_config).',
            warning: true,
        };
    }
    const invalid = (0,ref_name/* whyInvalidRefName */.yX)(ref.name);
    return invalid === undefined
        ? undefined
        : { ...holdBack(ref.name, 'delete', `it cannot be named in a push: ${invalid}`), warning: true };
}
/** A symbolic ref of the destination that will not show the value that the source wants of it. */
function holdBackSymref(name, target, sourceName) {
    const reason = `it is a symbolic ref at the destination: writing it would move ${shown(target)}`;
    return {
        ...holdBack(name, 'update', reason),
        advice: `Leave it out of refs (^${shown(sourceName)}), or make it a plain ref at the destination.`,
    };
}
function holdBack(ref, action, reason) {
    return { ref, action, reason, advice: undefined, warning: false };
}
function weighName(name, action) {
    const invalid = (0,ref_name/* whyInvalidRefName */.yX)(name);
    if (invalid !== undefined) {
        return { ...holdBack(name, action, `it is no valid ref name: ${invalid}`), advice: LEAVE_OUT };
    }
    // receive-pack checks what follows refs/ as a name of its own, with a slash in it ("funny refname").
    if (!name.slice('refs/'.length).includes('/')) {
        return { ...holdBack(name, action, 'servers take no ref directly below refs/'), advice: LEAVE_OUT };
    }
    return undefined;
}
/** A listing shows what an annotated tag points to: git takes no such object for a branch (G20). */
function weighTag({ name, source }, action) {
    if (source.peeled === undefined || !name.startsWith('refs/heads/'))
        return undefined;
    return {
        ...holdBack(name, action, `${shown(source.name)} is an annotated tag, and a branch can only name a commit`),
        advice: 'Map it to a name below refs/tags/, or map the branch that the tag was made on.',
    };
}
const LEAVE_OUT = 'Leave it out of refs with a line that begins with ^, or map it to another name.';
function shown(name) {
    return (0,printable/* printableLine */.oy)(name, 200);
}

;// CONCATENATED MODULE: ./build/plan/symrefs.js



const SYMREF_HOPS = 5;
/** A symbolic ref is right when the plan gives the ref that it names the value that the source wants of it. */
function judgeSymrefs(options, at) {
    const { wishes, table } = at;
    const names = new Set();
    const heldBack = [];
    let upToDate = 0;
    for (const [name, target] of linksOf(options.destination)) {
        const index = table.find(name);
        const source = index < 0 ? undefined : options.source.refs[wishes.claims[index]];
        if (source === undefined)
            continue;
        names.add(name);
        const isEqual = options.destination.refs[index].id === source.id;
        const willBeEqual = idAfter(options, { ...at, target }) === source.id;
        if (!willBeEqual)
            heldBack.push(holdBackSymref(name, target, source.name));
        upToDate += Number(willBeEqual) - Number(isEqual);
    }
    return { names, heldBack, upToDate };
}
/**
 * Whether a symbolic ref may be among `updates`, or name one of them. It shows the id of the ref that it names: a ref
 * whose id no other shows is none, and is named by none, but for refs that the server hides from who pushes.
 *
 * @param shown what the destination shows: refs and ids of `.have` lines
 */
function* mayMeetSymref(updates, shown) {
    const moved = new Set();
    yield* (0,steps/* forEachInSteps */.pM)(updates, ({ action, old }) => {
        if (action !== 'create')
            moved.add(old);
    });
    if (moved.size === 0)
        return false;
    if (yield* (0,steps/* someInSteps */.te)(shown.haves, (id) => moved.has(id)))
        return true;
    const seen = new Set();
    return yield* (0,steps/* someInSteps */.te)(shown.refs, ({ id }) => moved.has(id) && seen.size === seen.add(id).size);
}
/** Targets of symbolic refs, each with one that names it; HEAD's apart. */
function namedTargets(destination) {
    return new Map(linksOf(destination).map(([name, target]) => [target, name]));
}
function linksOf({ symrefs }) {
    return [...(symrefs ?? [])].filter(([name]) => name !== 'HEAD');
}
function idAfter(options, { target, wishes, table, isHeld, }) {
    let name = target;
    for (let hop = 0; hop < SYMREF_HOPS; hop++)
        name = options.destination.symrefs?.get(name) ?? name;
    const at = table.find(name);
    if (at < 0)
        return undefined;
    const claim = wishes.claims[at];
    return (claim === UNCLAIMED || isHeld(name) ? options.destination.refs[at] : options.source.refs[claim]).id;
}

;// CONCATENATED MODULE: ./build/plan/doubts.js



/** With more names that are none, each destination ref may be one of them. */
const BEGINNINGS_COMPARED = 200;
function findDoubts(options, matcher) {
    const held = new Map();
    const { source, destination } = options;
    const hold = (name, reason, advice) => {
        held.set(name, { ...holdBack(name, 'update', reason), advice, warning: true });
    };
    for (const { name, reason } of destination.damaged ?? []) {
        if (matcher.sourcesOf(name).length > 0)
            hold(name, `the destination lists it without a value: ${reason}`, MEND_DESTINATION);
    }
    for (const damaged of source.damaged ?? []) {
        const reason = `the source lists ${doubts_shown(damaged.name)} without a value: ${damaged.reason}`;
        matcher.eachDestination(damaged.name, (name) => hold(name, reason, MEND_SOURCE));
    }
    let beginnings;
    return {
        held,
        weighAbsence(ref) {
            beginnings ??= findBeginnings(options);
            if (beginnings.length === 0)
                return undefined;
            const names = matcher.sourcesOf(ref.name);
            const beginning = beginnings.find((text) => names.some((name) => name.startsWith(text)));
            if (beginning === undefined)
                return undefined;
            const reason = `the source lists a name that is none and begins with “${doubts_shown(beginning)}”: it may stand for this ref`;
            return { ...holdBack(ref.name, 'delete', reason), advice: MEND_SOURCE, warning: true };
        },
    };
}
const MEND_SOURCE = 'Mend it at the source: git for-each-ref warns of broken refs there; give the ref its value again, or delete it.';
const MEND_DESTINATION = 'Mend it at the destination: git for-each-ref warns of broken refs there; delete it, and the next run makes it anew.';
/** How the names begin that the source lists and that are none: each stands for a ref that is not known. */
function findBeginnings({ source }) {
    const found = new Set();
    const look = (name) => {
        const valid = (0,ref_name/* validPartOf */.jt)(name);
        if (valid.length < name.length)
            found.add(valid);
    };
    for (const { name } of source.damaged ?? [])
        look(name);
    for (const { name } of source.refs)
        if (name.startsWith('refs/') && !name.endsWith('^{}'))
            look(name);
    const kept = [];
    for (const text of [...found].toSorted()) {
        const last = kept.at(-1);
        if (last === undefined || !text.startsWith(last))
            kept.push(text);
    }
    return kept.length > BEGINNINGS_COMPARED ? [''] : kept;
}
function doubts_shown(name) {
    return (0,printable/* printableLine */.oy)(name, 200);
}

// EXTERNAL MODULE: ./build/plan/refspec-match.js
var refspec_match = __webpack_require__(99400);
;// CONCATENATED MODULE: ./build/plan/scope-warnings.js



const scope_warnings_NAMES_SHOWN = 5;
/** What a person should know of a plan and cannot see in it. */
function describeScope(options, found) {
    const warnings = [];
    const missing = findMissing(options);
    if (missing.length > 0) {
        warnings.push(`refs names what the source does not have: ${(0,list_names/* listNames */.Z)(missing, scope_warnings_NAMES_SHOWN)}`);
    }
    if (found.inScope === 0 && missing.length === 0) {
        const scope = options.refspecs.texts.map((text) => (0,printable/* printableLine */.oy)(text, 100)).join(', ');
        const count = options.source.refs.length;
        const has = count === 0 ? 'no refs' : `${count} ref${count === 1 ? '' : 's'}, and none`;
        warnings.push(`the source shows ${has} in scope (${scope}): check its address, its token, and refs`);
    }
    if (found.reserved > 0) {
        const namespaces = [...found.namespaces].map((pattern) => pattern.replace(/\*$/, ''));
        warnings.push(`left out ${found.reserved} ref${found.reserved === 1 ? '' : 's'} that hosts keep for themselves ` +
            `(${namespaces.join(', ')}); to mirror them, name them in refs`);
    }
    if (options.prune && found.deletes > 0 && options.destination.symrefs === undefined) {
        warnings.push('the destination does not tell which of its refs are symbolic: deleting one of those deletes what it names');
    }
    return warnings;
}
/** Refspecs of one name each whose name the source does not have. */
function findMissing(options) {
    const wanted = options.refspecs.include.filter((spec) => !spec.pattern).map((spec) => spec.source);
    if (wanted.length === 0)
        return [];
    const matcher = (0,refspec_match/* matcherOf */.K)(options.refspecs);
    const missing = new Set(wanted.filter((name) => !matcher.isExcluded(name)));
    for (const ref of options.source.refs)
        missing.delete(ref.name);
    return [...missing];
}

// EXTERNAL MODULE: ./build/plan/ref-table.js
var ref_table = __webpack_require__(20482);
// EXTERNAL MODULE: ./build/plan/name-pattern.js
var name_pattern = __webpack_require__(83800);
;// CONCATENATED MODULE: ./build/plan/plan.js












/**
 * What has to happen at the destination so that inside the scope of the refspecs it shows what the source
 * shows. Outside of it nothing is touched. Pure; linear in the number of refs.
 * @throws MirrorError `usage` when two source refs map to one name.
 */
function planUpdates(options) {
    return runToEnd(planInSteps(options));
}
/** As `planUpdates`, with places to stop at: millions of refs take seconds. */
function* planInSteps(options) {
    const { source, destination } = options;
    const table = (0,ref_table/* makeRefTable */.c)(destination.refs);
    const reserved = (options.refspecs.reserved ?? []).map((text) => ({
        text,
        pattern: (0,name_pattern/* parseNamePattern */.L)(text),
    }));
    const namespaces = new Set();
    const matcher = (0,refspec_match/* matcherOf */.K)(options.refspecs);
    const doubts = findDoubts(options, matcher);
    const wishes = yield* collectWishes({
        source: source.refs,
        destination: destination.refs,
        table,
        matcher,
        isReserved: (name) => {
            const found = reserved.find(({ pattern }) => (0,name_pattern/* matchesPattern */.M)(pattern, name));
            if (found !== undefined)
                namespaces.add(found.text);
            return found !== undefined;
        },
    });
    const heldBack = [...doubts.held.values()];
    const isFree = (held) => {
        if (held !== undefined)
            heldBack.push(held);
        return held === undefined;
    };
    const weighing = { destination, headId: headIdOf(options, table), namedBy: namedTargets(destination) };
    const namingHead = new Set();
    const gone = yield* (0,steps/* filterInSteps */.pj)(yield* findGone(options, wishes), (ref) => {
        if (doubts.held.has(ref.name) || !isFree(doubts.weighAbsence(ref)))
            return false;
        if (mayNameHead(ref, weighing))
            namingHead.add(ref.name);
        return isFree(weighDelete(ref, weighing));
    });
    const deletes = yield* (0,steps/* filterInSteps */.pj)(gone, (ref) => ref.name !== destination.head);
    const lastDelete = gone.length === deletes.length ? undefined : gone.find((ref) => ref.name === destination.head);
    let held;
    const isHeld = (name) => {
        held ??= new Set(wishes.moves.filter((wish) => weighMove(wish, options) !== undefined).map((wish) => wish.name));
        return held.has(name);
    };
    const links = judgeSymrefs(options, { wishes, table, isHeld });
    heldBack.push(...links.heldBack);
    const isKnown = (wish) => !doubts.held.has(wish.name);
    const moves = yield* (0,steps/* filterInSteps */.pj)(wishes.moves, (wish) => isKnown(wish) && !links.names.has(wish.name) && isFree(weighMove(wish, options)));
    const possible = yield* (0,steps/* filterInSteps */.pj)(wishes.creates, (wish) => isKnown(wish) && isFree(weighCreate(wish)));
    const going = new Set();
    if (possible.length > 0)
        yield* (0,steps/* forEachInSteps */.pM)(deletes, (ref) => going.add(ref));
    const stays = (name) => {
        const at = table.find(name);
        return at >= 0 ? !going.has(destination.refs[at]) : doubts.held.has(name);
    };
    const conflicts = yield* findConflicts({
        staying: namesWithout([...(destination.damaged ?? []), ...destination.refs], going),
        stays,
        creates: possible.map((wish) => wish.name),
    });
    const creates = yield* (0,steps/* filterInSteps */.pj)(possible, (wish) => isFree(weighConflict(wish.name, conflicts.get(wish.name))));
    const inTheWay = yield* findInTheWay(deletes, creates);
    const toDelete = deletionFor(destination.format, inTheWay);
    const toUpdate = updateFor(options);
    const updates = [];
    const isHead = (wish) => wish.source.name === source.head;
    for (const makesRoom of [true, false]) {
        const some = yield* (0,steps/* filterInSteps */.pj)(deletes, (ref) => inTheWay.has(ref.name) === makesRoom);
        yield* (0,steps/* mapInSteps */.r3)(updates, some, toDelete);
    }
    for (const isFirst of [true, false]) {
        for (const wanted of [creates, moves]) {
            const some = yield* (0,steps/* filterInSteps */.pj)(wanted, (wish) => isHead(wish) === isFirst);
            yield* (0,steps/* mapInSteps */.r3)(updates, some, toUpdate);
        }
    }
    return {
        updates,
        heldBack,
        namingHead,
        upToDate: wishes.upToDate + links.upToDate,
        inScope: wishes.inScope,
        warnings: describeScope(options, {
            inScope: wishes.inScope,
            reserved: wishes.reserved,
            namespaces,
            deletes: deletes.length,
        }),
        defaultBranchDelete: lastDelete === undefined ? undefined : toDelete(lastDelete),
    };
}
/** Destination refs in scope whose source is gone. */
function* findGone(options, wishes) {
    if (!options.prune)
        return [];
    const matcher = (0,refspec_match/* matcherOf */.K)(options.refspecs);
    return yield* (0,steps/* filterInSteps */.pj)(options.destination.refs, (ref, at) => wishes.claims[at] === UNCLAIMED && isMirrorable(ref.name) && matcher.sourcesOf(ref.name).length > 0);
}
function headIdOf(options, table) {
    const at = options.destination.head === undefined ? -1 : table.find(options.destination.head);
    return at < 0 ? undefined : options.destination.refs[at].id;
}
function* namesWithout(refs, going) {
    for (const ref of refs)
        if (isMirrorable(ref.name) && !going.has(ref))
            yield ref.name;
}
function weighConflict(name, other) {
    if (other === undefined)
        return undefined;
    return {
        ...holdBack(name, 'create', `${(0,printable/* printableLine */.oy)(other, 200)} is in the way: no ref can be a folder of others`),
        advice: 'Delete or rename that ref at the destination, or leave this one out of refs.',
    };
}
/**
 * Deletions without which a ref of the plan cannot be created (`x/y` goes, `x` comes): some servers check all names of a
 * push before they delete anything (Gerrit).
 */
function* findInTheWay(deletes, creates) {
    const found = new Set();
    if (deletes.length === 0 || creates.length === 0)
        return found;
    const inCreates = yield* collectFolders(namesOf(creates));
    yield* (0,steps/* forEachInSteps */.pM)(deletes, ({ name }) => {
        if (inCreates.has(name))
            found.add(name);
    });
    const inDeletes = yield* collectFolders(namesOf(deletes));
    const tops = new Set();
    yield* (0,steps/* forEachInSteps */.pM)(creates, ({ name }) => {
        if (inDeletes.has(name))
            tops.add(name);
    });
    if (tops.size === 0)
        return found;
    yield* (0,steps/* forEachInSteps */.pM)(deletes, ({ name }) => {
        if (foldersOf(name).some((folder) => tops.has(folder)))
            found.add(name);
    });
    return found;
}
function* namesOf(refs) {
    for (const { name } of refs)
        yield name;
}
function deletionFor(format, inTheWay) {
    const none = (0,object_id/* nullId */.BW)(format);
    return (ref) => ({
        ref: ref.name,
        sourceRef: undefined,
        action: 'delete',
        old: ref.id,
        new: none,
        reason: 'the source has no such ref',
        ...(inTheWay.has(ref.name) && { makesRoom: true }),
    });
}
function updateFor(options) {
    const none = (0,object_id/* nullId */.BW)(options.destination.format);
    return ({ name, at, source, forced }) => {
        const tag = isTag(name);
        return {
            ref: name,
            sourceRef: source.name,
            action: at < 0 ? 'create' : tag ? 'force' : 'update',
            old: at < 0 ? none : options.destination.refs[at].id,
            new: source.id,
            reason: at < 0 ? 'new at the source' : tag ? 'the tag moved at the source' : 'moved at the source',
            ...(forced && { forced }),
        };
    };
}

// EXTERNAL MODULE: ./build/plan/refspec.js
var refspec = __webpack_require__(57032);
// EXTERNAL MODULE: ./build/mirror/sessions/retry.js
var retry = __webpack_require__(59528);
;// CONCATENATED MODULE: ./build/mirror/plan-round.js














/** Push options that a warning names. */
const MOST_NAMES = 5;
/**
 * Plans one round against what the destination has just shown.
 * @throws MirrorError `guard`, and the source's errors.
 */
async function planRound(context, round) {
    const { options } = context;
    const { ledger, learned, session } = round;
    const source = await context.source.listing();
    await (0,turns/* giveTurn */.pN)(context.signal);
    const drafted = await draftPlan(context, round, source);
    const { plan, refs, early } = drafted;
    try {
        checkGuards({
            plan,
            source,
            destination: refs,
            options,
            deletedBefore: ledger.deleted,
            atomicAdvertised: session.listing.capabilities.has('atomic'),
            maxRefsPerPush: learned.mode.maxRefs,
        });
    }
    catch (error) {
        early?.cancel();
        throw error;
    }
    await (0,turns/* giveTurn */.pN)(context.signal);
    const rejectHeld = async (isNamingHead) => {
        const reject = (held) => {
            if (plan.namingHead.has(held.ref) === isNamingHead)
                ledger.reject(held);
        };
        await (0,turns/* forEachInTurns */.q3)(plan.heldBack, reject, context.signal);
    };
    await rejectHeld(false);
    for (const text of plan.warnings)
        ledger.warn(text);
    ledger.count(plan);
    const open = await (0,turns/* runInTurns */.hp)(pending(plan, ledger, learned), context.signal);
    const { updates, later, labels } = await avoidLosses(context, { ...round, updates: open });
    const isToldLater = !options.dryRun && [updates, later].some((some) => some.some(({ ref }) => ref === refs.head));
    if (!isToldLater)
        await rejectHeld(true);
    if (updates.length > 0 && session.listing.shallow.length > 0)
        ledger.warn(SHALLOW_DESTINATION);
    if (updates.length > 0)
        warnOfPushOptions(options.pushOptions, session, ledger);
    return { source, plan, updates, later, labels, refs, early };
}
async function avoidLosses(context, round) {
    const { updates } = round;
    const { backup, force } = context.options;
    if (updates.length === 0 || (force && backup === undefined)) {
        return { updates, later: [], labels: undefined };
    }
    const { withoutLosses } = await loadActs();
    return await withoutLosses(context, round);
}
const SHALLOW_DESTINATION = 'the destination is a shallow clone: it is sent whole objects, and history behind its boundary stays away';
function warnOfPushOptions(pushOptions, { listing }, ledger) {
    if (pushOptions.length === 0 || listing.capabilities.has('push-options'))
        return;
    ledger.warn(`the destination takes no push options, so none is sent: ${(0,list_names/* listNames */.Z)(pushOptions, MOST_NAMES)} has no effect`);
}
/** The plan, with the destination's symbolic refs where they could matter. */
async function draftPlan(context, { session, learned, ledger }, source) {
    const { options } = context;
    const { listing } = session;
    const backups = (0,ours_backups/* knownBackupPrefixes */.go)(options.backup);
    const isTheirs = ({ name }) => !(0,plan_anchors/* isAnchor */.m4)(name) && !(0,ours_backups/* isBackup */.rk)(name, backups) && !(0,lifted/* isLifted */.np)(name);
    const plain = {
        refs: await (0,turns/* runInTurns */.hp)((0,steps/* filterInSteps */.pj)(listing.refs, isTheirs), context.signal),
        damaged: listing.damaged.filter(isTheirs),
        format: listing.format,
        symrefs: undefined,
        head: undefined,
    };
    const planWith = async (destination) => {
        const { refspecs, prune, force } = options;
        return await (0,turns/* runInTurns */.hp)(planInSteps({ source, destination, refspecs, prune, force }), context.signal);
    };
    const plan = await planWith(plain);
    await (0,turns/* giveTurn */.pN)(context.signal);
    const prepare = () => {
        if (plan.updates.length > 0 && !options.dryRun)
            session.prepare();
    };
    const isInDoubt = await (0,turns/* runInTurns */.hp)(mayMeetSymref(plan.updates, listing), context.signal);
    if (!isInDoubt && !plan.updates.some(plan_types/* isDelete */.O)) {
        prepare();
        return { plan, refs: plain, early: undefined };
    }
    let early;
    if (mayStartEarly(context, plan, learned) && !ledger.hasRejected) {
        await context.admit();
        const { startEarly } = await loadActs();
        const { updates } = plan;
        const unknown = { later: [], labels: undefined, early: undefined };
        const planned = { source, plan, updates, refs: plain, session, ...unknown };
        early = startEarly(context, planned, learned.mode.thin);
    }
    const refs = { ...plain, ...(await readSymrefs(context, { ledger, isInDoubt })) };
    // Not before: a server of one connection at a time waits for the request on it.
    prepare();
    return { plan: await planWith(refs), refs, early };
}
/** Nothing but a symbolic ref can change the plan: the source may be asked for the pack meanwhile. */
function mayStartEarly({ options }, plan, learned) {
    if (!options.force ||
        options.dryRun ||
        options.backup !== undefined ||
        learned.mode.pieces ||
        learned.mode.ownObjects)
        return false;
    return plan.defaultBranchDelete === undefined && !plan.updates.some(plan_types/* isDelete */.O);
}
/** The plan's updates that were not judged in an earlier round; the default branch goes last, alone. */
function* pending(plan, ledger, { brokenIds }) {
    const isOpen = ({ ref, new: id }) => !ledger.isRejected(ref) && !brokenIds.has(id);
    const left = yield* (0,steps/* filterInSteps */.pj)(plan.updates, isOpen);
    if (left.length > 0 || plan.defaultBranchDelete === undefined)
        return left;
    return ledger.isRejected(plan.defaultBranchDelete.ref) ? [] : [plan.defaultBranchDelete];
}
/**
 * Symbolic refs of the destination (G17): its receive-pack does not show which refs are symbolic.
 * `isInDoubt`: a ref that the plan deletes or moves may be one.
 */
async function readSymrefs({ options, reader, signal }, { ledger, isInDoubt }) {
    try {
        const prefixes = [...(0,refspec/* destinationPrefixes */.vo)(options.refspecs), 'HEAD'];
        const { symrefs, head } = await (0,retry/* withRetries */.LH)(() => reader.list(prefixes), {
            retries: options.retries,
            signal,
            onRetry: (error, delay) => ledger.note((0,retry/* describeRetry */.eV)('reading the destination again', error, delay)),
        });
        if (symrefs !== undefined || !isInDoubt)
            return { symrefs, head };
        return (await reader.listInsisting(prefixes)) ?? { symrefs, head };
    }
    catch (error) {
        signal.throwIfAborted();
        // What passes says nothing about what the destination can tell: nothing is deleted on a guess.
        if (error instanceof errors/* MirrorError */.En && error.retryable)
            throw error;
        return { symrefs: undefined, head: undefined };
    }
}

// EXTERNAL MODULE: ./build/mirror/sessions/receive-pack-session.js + 1 modules
var receive_pack_session = __webpack_require__(51200);
;// CONCATENATED MODULE: ./build/mirror/state/figures.js
/** Adds up what the result reports as figures. */
class FiguresKeeper {
    packBytes = 0;
    objects = 0;
    pushes = 0;
    lfsObjects = 0;
    lfsBytes = 0;
    #seconds = { list: 0, lfs: 0, negotiate: 0, transfer: 0, verify: 0 };
    #phase;
    #since = 0;
    /** Time counts for `phase` from now on; undefined: for none. */
    enter(phase) {
        const now = performance.now();
        if (this.#phase !== undefined)
            this.#seconds[this.#phase] += (now - this.#since) / 1000;
        this.#phase = phase;
        this.#since = now;
    }
    result() {
        this.enter(undefined);
        return {
            packBytes: this.packBytes,
            objects: this.objects,
            pushes: this.pushes,
            lfsObjects: this.lfsObjects,
            lfsBytes: this.lfsBytes,
            seconds: { ...this.#seconds },
        };
    }
}

;// CONCATENATED MODULE: ./build/mirror/state/ledger.js

/** Writes down what comes of one destination, and tells the reporter as it happens. Nobody else keeps a result. */
class Ledger {
    figures = new FiguresKeeper();
    #label;
    #isDryRun;
    #reporter;
    #changed = new Map();
    #rejected = new Map();
    #deleted = new Set();
    #backups = new Map();
    #warnings = new Set();
    #leftovers = [];
    #upToDate = 0;
    #inScope;
    #error;
    /** `label`: the printable address of the destination. */
    constructor(options) {
        this.#label = options.label;
        this.#isDryRun = options.isDryRun;
        this.#reporter = options.reporter;
    }
    /** Source refs in scope, once a round was planned. */
    get inScope() {
        return this.#inScope;
    }
    /** Refs that have changed so far. */
    get changes() {
        return this.#changed.size;
    }
    /** Refs that were deleted, whatever came after. */
    get deleted() {
        return this.#deleted;
    }
    /** Refs of ours that the destination has, by name: they keep what has arrived of a history in pieces. */
    get leftovers() {
        return this.#leftovers;
    }
    /** Old values that this run has kept, by the names that keep them. */
    get backups() {
        return this.#backups;
    }
    get error() {
        return this.#error;
    }
    get hasRejected() {
        return this.#rejected.size > 0;
    }
    isRejected(ref) {
        return this.#rejected.has(ref);
    }
    /** A line for the log. */
    note(text) {
        this.#reporter({ kind: 'notice', level: 'info', destination: this.#label, text });
    }
    /** A warning that stands in the result, too; said once. */
    warn(text) {
        if (this.#warnings.has(text))
            return;
        this.#warnings.add(text);
        this.#reporter({ kind: 'notice', level: 'warning', destination: this.#label, text });
    }
    /** What a round's plan counts. Refs that were pushed in earlier rounds are no longer told from those that stood right. */
    count({ inScope, upToDate }) {
        this.#inScope = inScope;
        if (this.figures.pushes === 0)
            this.#upToDate = upToDate;
    }
    /** The destination shows the new value, or would after a dry run. */
    change(now) {
        const before = this.#changed.get(now.ref);
        if (before?.new === now.new)
            return;
        const change = mergeChange(before, now);
        this.#changed.set(now.ref, change);
        this.#rejected.delete(now.ref);
        if (now.action === 'delete')
            this.#deleted.add(now.ref);
        this.#reporter({ kind: 'changed', destination: this.#label, change, dryRun: this.#isDryRun });
    }
    /** The destination shows the old value of a ref under a name of ours. */
    keepBackup(backup) {
        this.#backups.set(backup.name, backup);
    }
    /** The ref stays as it is for this run. The first reason stands. */
    reject(ref) {
        if (this.#rejected.has(ref.ref))
            return;
        this.#rejected.set(ref.ref, ref);
        this.#reporter({ kind: 'rejected', destination: this.#label, rejected: ref });
    }
    /** `names`: all refs of ours that the destination has from now on. */
    keepLeftovers(names) {
        this.#leftovers = names;
    }
    /** What ended the run. */
    fail(error) {
        this.#error = error;
    }
    result() {
        return {
            destination: this.#label,
            status: this.#status(),
            changed: [...this.#changed.values()],
            rejected: [...this.#rejected.values()],
            upToDate: this.#upToDate,
            warnings: [...this.#warnings],
            leftovers: this.#leftovers,
            error: this.#error,
            figures: this.figures.result(),
        };
    }
    #status() {
        if (this.#error !== undefined)
            return 'failed';
        if ([...this.#rejected.values()].some((ref) => !ref.warning))
            return 'rejected';
        if (this.#isDryRun)
            return 'planned';
        return this.#changed.size > 0 ? 'mirrored' : 'unchanged';
    }
}
/** A ref that changed twice in one run (the source moved meanwhile) is one change from first to last. */
function mergeChange(before, now) {
    if (before === undefined)
        return now;
    const action = before.action === 'create' || before.action === 'force' ? before.action : now.action;
    return { ...now, old: before.old, action: now.action === 'delete' ? 'delete' : action };
}

;// CONCATENATED MODULE: ./build/mirror/destination.js













/** Rounds of listing, planning and pushing; a destination that keeps moving is given up after these. */
const MOST_ROUNDS = 60;
/** Milliseconds that the result of a push waits for its labels. */
const LABEL_LIMIT_MS = 5_000;
/**
 * Brings one destination to the state of the source: list, plan, guard, push, and list again, until the
 * listing shows that nothing is left to do, or that what is left was refused. The listing after a push is
 * its verification and the next round's beginning. Never throws.
 *
 * @param learned what is known before the first round
 */
async function runDestination(context, learned) {
    const { options, reporter, server, signal } = context;
    const ledger = new Ledger({ label: server.remote.label, isDryRun: options.dryRun, reporter });
    const closing = [];
    const onClosing = (closed) => void closing.push(closed);
    let { mode } = learned;
    const onLearned = (now) => void ({ mode } = now);
    let host;
    try {
        await refuseSelf(context);
        host = await openHostIfNeeded(context, ledger);
        await host?.prepare();
        await runRounds({ context, ledger, onClosing, onLearned, host }, learned);
    }
    catch (thrown) {
        const error = (0,errors/* toMirrorError */.Ho)(signal.aborted ? signal.reason : thrown, { code: 'cut', side: 'destination' });
        const { host } = error.side === 'source' ? context.source.uploadPack.server : server;
        const { withAdvice } = await loadActs();
        ledger.fail(withAdvice(error, { phase: 'list', words: [], host }));
    }
    await host?.end();
    if (ledger.error !== undefined) {
        const { settleAnchors } = await loadActs();
        await settleAnchors({ ...context, ledger, mode, onClosing }, ledger.error);
    }
    context.pack.leave();
    context.lfs?.leave();
    return { result: ledger.result(), inScope: ledger.inScope, closed: Promise.all(closing) };
}
/** Nothing of the hosts' APIs is loaded where no option needs it. */
async function openHostIfNeeded(context, ledger) {
    if (!(0,read_host/* usesHost */.J$)(context.options.host) || context.options.restores)
        return undefined;
    const { openHostSteps } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(6995), __webpack_require__.e(7874)]).then(__webpack_require__.bind(__webpack_require__, 97874));
    return await openHostSteps(context, context.endpoint, ledger);
}
async function runRounds(rounds, learnedBefore) {
    const { context, ledger, onClosing, onLearned, host } = rounds;
    let learned = learnedBefore;
    let pushed;
    /** What was pushed broke off, and the step after it is done: the server may have finished it later than was listed. */
    let isJudged = false;
    let failures = 0;
    let isImpliedDone = false;
    for (let round = 0; round < MOST_ROUNDS; round++) {
        const session = await list(rounds, pushed === undefined || isJudged ? 'list' : 'verify');
        try {
            if (round === 0 && (await settleLifted(rounds, session))) {
                await session.close();
                continue;
            }
            if (pushed !== undefined) {
                const verdicts = await settle(rounds, pushed, session);
                if (!isJudged) {
                    const chosen = await decide(rounds, { pushed, verdicts, learned, failures });
                    const step = host === undefined
                        ? chosen
                        : await host.liftRules(chosen, await (0,deadline/* within */.u)(pushed.labels, LABEL_LIMIT_MS));
                    learned = step.learned;
                    onLearned(learned);
                    await follow(rounds, step, { pushed, session, failures });
                    if (step.kind === 'fail')
                        return;
                    isJudged = step.kind === 'retry';
                    if (isJudged) {
                        failures++;
                        continue;
                    }
                }
                pushed = undefined;
                isJudged = false;
            }
            const drafted = await planRound(context, { session, learned, ledger });
            if (isDefaultBranchLeft(drafted)) {
                const isSet = await settleDefaultBranch(rounds, { planned: drafted, session, isImpliedDone });
                isImpliedDone ||= ledger.figures.pushes > 0;
                if (isSet && drafted.updates.length > 0) {
                    await session.close();
                    continue;
                }
            }
            const here = { ...drafted, session };
            const wasUsable = session.usable;
            const planned = await carry(rounds, here, learned);
            if (context.options.dryRun || planned.updates.length === 0) {
                // It left while LFS objects were carried, and nothing is to be pushed: what is there is looked at anew.
                if (wasUsable && !session.usable && !session.forgets)
                    continue;
                await finish(rounds, { planned, session, learned });
                return;
            }
            await context.admit();
            const { FEW_LABELS, pushRound, questions } = await loadActs();
            const isMuch = questions(planned.updates).length > FEW_LABELS;
            const beside = isMuch ? labelsOf(context, planned) : undefined;
            const made = await pushRound(context, { planned, learned, ledger, onClosing });
            learned = made.learned;
            onLearned(learned);
            // The session that gave the pack is free by now, and answers while the destination is listed.
            const labels = beside ?? labelsOf(context, planned);
            pushed = { planned, outcome: made.outcome, labels };
        }
        catch (error) {
            session.abort(error);
            throw error;
        }
    }
    throw new errors/* MirrorError */.En('the destination kept changing while it was mirrored', {
        code: 'race',
        side: 'destination',
        hint: 'Something else writes to the refs in scope; stop it, or narrow `refs`.',
    });
}
/** Carries what LFS objects the push will make visible; what only keeps old values makes nothing visible. */
async function carry({ context, ledger, onClosing }, planned, learned) {
    if (context.lfs === undefined || planned.later.length > 0)
        return planned;
    if (planned.updates.length === 0 && context.options.lfs !== 'full') {
        context.lfs.leave();
        return planned;
    }
    const { carryRound } = await loadActs();
    return await carryRound(context, { planned, learned, ledger, onClosing });
}
/** An earlier run may have been killed while it had lifted a rule of the host. @returns whether to list again */
async function settleLifted({ context, ledger, host }, { listing: { refs } }) {
    if (!refs.some(({ name }) => (0,lifted/* isLifted */.np)(name)))
        return false;
    if (host !== undefined)
        return await host.settleLeftovers(refs);
    const { settleLeftovers } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(6995), __webpack_require__.e(7874)]).then(__webpack_require__.bind(__webpack_require__, 97874));
    return await settleLeftovers(context, ledger, refs);
}
/** All is done but for the deletion of the default branch, if there is one. */
function isDefaultBranchLeft({ plan, updates }) {
    const last = plan.defaultBranchDelete?.ref;
    return updates.every(({ ref, keeps }) => last !== undefined && (keeps ?? ref) === last);
}
/** @returns whether it changed: what is left may be possible now */
async function settleDefaultBranch({ context, ledger, host }, { planned, session, isImpliedDone, }) {
    const wanted = context.options.host.defaultBranch;
    const isImplied = wanted.kind === 'source' && wanted.isImplied === true;
    // A round over many mirrors in which nothing changes asks no API.
    const isDue = ledger.figures.pushes > 0 || planned.plan.defaultBranchDelete !== undefined;
    if (isImplied ? isImpliedDone || !isDue || context.options.dryRun : host === undefined)
        return false;
    const names = new Set(session.listing.refs.map(({ name }) => name));
    if (!isImplied)
        return (await host?.settleDefaultBranch(planned, names)) === true;
    const { settleImpliedBranch } = await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(6995), __webpack_require__.e(7874)]).then(__webpack_require__.bind(__webpack_require__, 97874));
    return await settleImpliedBranch(context, ledger, { planned, names });
}
/** Writes down what the listing shows as moved. */
async function settle({ context, ledger }, { outcome, labels }, { listing }) {
    const { signal, server } = context;
    await (0,turns/* giveTurn */.pN)(signal);
    const { judgePushes, recordChanges } = await loadActs();
    const verdicts = await (0,turns/* runInTurns */.hp)(judgePushes(outcome, listing, server.host), signal);
    // A label is not worth a wait: what is not known by now is reported as `update`.
    const known = await (0,deadline/* within */.u)(labels, LABEL_LIMIT_MS);
    const before = ledger.changes;
    try {
        await (0,turns/* runInTurns */.hp)(recordChanges(ledger, verdicts, known), signal);
    }
    catch (error) {
        const { length } = verdicts.filter(({ kind, update }) => kind === 'changed' && !update.keeps);
        const left = length - (ledger.changes - before);
        if (left > 0)
            ledger.warn(`${(0,wording/* formatPlural */.yk)(left, 'more ref')} changed than are listed: writing them down was cut short`);
        throw error;
    }
    return verdicts;
}
async function decide({ context: { options, server, signal } }, { pushed: { outcome, planned }, ...facts }) {
    const { chooseNextStep } = await loadActs();
    const defaultBranch = planned.plan.defaultBranchDelete?.ref;
    const choosing = chooseNextStep({ ...facts, options, outcome, defaultBranch, host: server.host });
    return await (0,turns/* runInTurns */.hp)(choosing, signal);
}
async function follow({ context, ledger }, step, { pushed, session, failures, }) {
    const { options, server, signal, source } = context;
    const { applyStep } = await loadActs();
    await applyStep(step, {
        ledger,
        hosts: { source: source.uploadPack.server.host, destination: server.host },
        failures,
        retries: options.retries,
        wait: async (delay) => {
            await session.close();
            await (0,retry/* waitFor */.fm)(delay, signal);
        },
        refreshSource: () => source.refresh(pushed.planned.source),
        signal,
    });
    if (step.kind === 'fail')
        session.abort(step.error);
}
/** Nothing is left to do, or nothing may be done. */
async function finish({ context, ledger, onClosing }, { planned, session, learned, }) {
    if (context.options.dryRun) {
        const { checkRelation } = await loadActs();
        await checkRelation(context, { ...planned, session }, learned);
        await recordPlan(context, ledger, planned);
    }
    else if (hasOwnRefs(context, session)) {
        const { removeAnchors, removeBackups } = await loadActs();
        const removal = { ...context, ledger, mode: learned.mode };
        await removeAnchors(removal, session);
        await removeBackups(removal, session);
    }
    else {
        ledger.keepLeftovers([]);
    }
    onClosing(session.leave());
}
/** The destination may show refs of ours that have served. */
function hasOwnRefs({ options }, { listing }) {
    return options.backup !== undefined || listing.refs.some(({ name }) => (0,plan_anchors/* isAnchor */.m4)(name));
}
async function labelsOf({ source, options }, { updates, labels }) {
    if (labels !== undefined)
        return labels;
    const { askLabels } = await loadActs();
    return await askLabels(source.questions, updates, options.force);
}
async function refuseSelf({ options, url, server }) {
    if (options.restores || !(await isSameFolder(options.source.url, url)))
        return;
    throw new errors/* MirrorError */.En(`destination: ${server.remote.label} is the source itself`, {
        code: 'guard',
        side: 'destination',
        hint: 'Name another repository: a mirror of a repository into itself would overwrite and delete its own refs.',
    });
}
async function list({ context, ledger }, phase) {
    const { reporter, server, signal } = context;
    ledger.figures.enter(phase);
    const { label } = server.remote;
    const text = phase === 'list' ? `listing ${label}` : `verifying ${label}`;
    reporter({ kind: 'phase', phase, destination: label, text });
    return await (0,retry/* withRetries */.LH)(() => receive_pack_session/* ReceivePackSession */.n.open(server), {
        retries: context.listingRetries,
        signal,
        onRetry: (error, delay) => ledger.note((0,retry/* describeRetry */.eV)('listing the destination again', error, delay)),
    });
}
/** What a dry run would change. */
async function recordPlan(context, ledger, planned) {
    const labels = await labelsOf(context, planned);
    const { changeOf } = await loadActs();
    const { defaultBranchDelete: last } = planned.plan;
    const record = (update) => ledger.change(changeOf(update, labels.get(update.ref)));
    await (0,turns/* forEachInTurns */.q3)(planned.updates, record, context.signal);
    if (last !== undefined && planned.updates.at(-1) !== last)
        record(last);
}

// EXTERNAL MODULE: ./build/hosts/limits.js
var hosts_limits = __webpack_require__(10242);
// EXTERNAL MODULE: ./build/mirror/state/learned.js
var learned = __webpack_require__(50963);
// EXTERNAL MODULE: ./build/mirror/sessions/door.js
var door = __webpack_require__(10912);
// EXTERNAL MODULE: ./build/mirror/sessions/server.js
var sessions_server = __webpack_require__(5927);
// EXTERNAL MODULE: ./build/protocol/capabilities.js
var protocol_capabilities = __webpack_require__(98543);
// EXTERNAL MODULE: ./build/protocol/fetch-request.js
var fetch_request = __webpack_require__(69325);
;// CONCATENATED MODULE: ./build/mirror/lfs/lfs-run.js





/** Carries the LFS objects of one run. What it takes is loaded when the first destination has something to push. */
class LfsRun {
    #options;
    #mode;
    #source;
    #remote;
    #members = [];
    #carrier;
    /** `remote`: how the source's server is reached. */
    constructor(options, source, remote) {
        this.#options = options;
        this.#mode = options.lfs === 'false' ? 'auto' : options.lfs;
        this.#source = source;
        this.#remote = remote;
    }
    /** All join before the first carries. `remote`: how the destination's server is reached. */
    join(remote) {
        const member = { isIn: true, part: undefined };
        this.#members.push(member);
        const seen = new Set();
        let hasCarried = false;
        return {
            isCarried: (wants) => hasCarried && wants.every((id) => seen.has(id)),
            asksGit: () => this.#filters(),
            carry: async ({ listing, ...request }) => {
                this.#carrier ??= this.#start(listing);
                const carrier = await this.#carrier;
                member.part ??= carrier.join();
                const carried = await member.part.carry({ ...request, mode: this.#mode, destination: remote });
                hasCarried = true;
                const { signal } = this.#source.uploadPack.server;
                await (0,turns/* forEachInTurns */.q3)(request.wants, (id) => seen.add(id), signal);
                return carried;
            },
            leave() {
                member.isIn = false;
                member.part?.leave();
            },
        };
    }
    /** Never throws. */
    async dispose() {
        const carrier = await this.#carrier?.catch(() => undefined);
        await carrier?.dispose();
    }
    async #start(listing) {
        const { createCarrier } = await Promise.all(/* import() */[__webpack_require__.e(1040), __webpack_require__.e(942)]).then(__webpack_require__.bind(__webpack_require__, 68631));
        const { signal, reporter } = this.#source.uploadPack.server;
        const { headId, head = '' } = listing;
        const isScanned = (0,refspec_match/* mapToDestination */.i)(this.#options.refspecs, head) !== undefined;
        const carrier = createCarrier({
            source: this.#remote,
            signal,
            format: listing.format,
            head: headId === undefined ? undefined : { commit: headId, isScanned },
            fetch: (question) => this.#fetch(question),
            filters: () => this.#filters(),
            retries: this.#options.retries,
            wait: (attempt, error) => (0,retry/* waitFor */.fm)((0,retry/* retryDelay */.a2)(attempt, error.retryAfter), signal),
            notice: (level, text) => reporter({ kind: 'notice', level, text }),
        });
        for (const member of this.#members)
            if (member.isIn)
                member.part = carrier.join();
        return carrier;
    }
    async #fetch({ wants, haves, deepen, filter }) {
        const { questions, uploadPack } = this.#source;
        const thin = await this.#demandsThin();
        const fetching = questions.fetch({ wants, haves, thin, ofsDelta: true, deepen, filter });
        // It takes the greeted session, which is spent afterwards.
        setImmediate(() => uploadPack.openAhead());
        return await fetching;
    }
    async #filters() {
        const { version, capabilities } = await this.#source.questions.greeting();
        return version === 2 ? (0,protocol_capabilities/* featuresOf */.Hi)('fetch', capabilities).has('filter') : capabilities.has('filter');
    }
    async #demandsThin() {
        const { version, capabilities } = await this.#source.questions.greeting();
        return version !== 2 && (0,fetch_request/* demandsThin */.Ul)(capabilities);
    }
}

// EXTERNAL MODULE: ./build/mirror/open-server.js + 1 modules
var open_server = __webpack_require__(41810);
// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
;// CONCATENATED MODULE: ./build/mirror/pack/tee-pack.js
/** Bytes that a fast destination may be ahead of the slowest one. */
const MOST_AHEAD_BYTES = 8 * 1024 * 1024;
/**
 * One pack for several readers, at the pace of the slowest within a bounded buffer. A reader that cancels
 * leaves the others whole; when all have, the pack is cancelled.
 */
function teeFetching(fetching, count) {
    const pump = new Pump(fetching, count);
    return pump.views.map((view) => ({
        answer: fetching.answer,
        shared: true,
        next: () => pump.next(view),
        nextNow: () => pump.take(view),
        cancel: () => pump.drop(view),
        // The pump keeps the clock of the source: one reader that waits says nothing about it.
        pause: () => undefined,
        resume: () => undefined,
    }));
}
/** What one reader has still to read. */
class View {
    isActive = true;
    bytes = 0;
    #queue = [];
    #wake;
    add(slice) {
        this.#queue.push(slice);
        this.bytes += slice.length;
    }
    take() {
        const slice = this.#queue.shift();
        this.bytes -= slice?.length ?? 0;
        return slice;
    }
    leave() {
        this.isActive = false;
        this.#queue = [];
        this.bytes = 0;
        this.wake();
    }
    /** Until `wake`. */
    async wait() {
        await new Promise((resolve) => (this.#wake = resolve));
    }
    wake() {
        this.#wake?.();
        this.#wake = undefined;
    }
}
/** Reads the pack for all views; it starts with the first of them that reads or leaves. */
class Pump {
    views;
    #stream;
    #hasStarted = false;
    #hasEnded = false;
    #failure;
    #rouse;
    constructor(stream, count) {
        this.#stream = stream;
        this.views = Array.from({ length: count }, () => new View());
    }
    async next(view) {
        this.#start();
        for (;;) {
            const slice = this.take(view);
            if (slice !== undefined)
                return slice;
            if (this.#failure !== undefined)
                throw this.#failure.error;
            if (this.#hasEnded || !view.isActive)
                return undefined;
            await view.wait();
        }
    }
    take(view) {
        const slice = view.take();
        if (slice !== undefined)
            this.#goOn();
        return slice;
    }
    drop(view) {
        if (!view.isActive)
            return;
        view.leave();
        this.#start();
        this.#goOn();
    }
    #start() {
        if (this.#hasStarted)
            return;
        this.#hasStarted = true;
        void this.#run();
    }
    async #run() {
        try {
            await this.#pass();
        }
        catch (error) {
            this.#failure = { error };
        }
        finally {
            this.#hasEnded = true;
            for (const view of this.views)
                view.wake();
        }
    }
    async #pass() {
        for (;;) {
            const active = this.views.filter((view) => view.isActive);
            if (active.length === 0)
                return this.#stream.cancel();
            if (active.some((view) => view.bytes >= MOST_AHEAD_BYTES)) {
                await this.#waitForReaders();
                continue;
            }
            const slice = await this.#stream.next();
            if (slice === undefined)
                return;
            for (const view of active) {
                view.add(slice);
                view.wake();
            }
        }
    }
    async #waitForReaders() {
        this.#stream.pause();
        await new Promise((resolve) => (this.#rouse = resolve));
        this.#stream.resume();
    }
    #goOn() {
        this.#rouse?.();
        this.#rouse = undefined;
    }
}

;// CONCATENATED MODULE: ./build/mirror/pack/shared-fetch.js




/** A destination that has not asked by then is not waited for. */
const LONGEST_WAIT_MS = 3000;
/**
 * Lets the destinations of one run that ask the source the very same question share one answer, and its pack. All
 * join before the first asks; a question waits until every other destination that has no pack yet has asked or
 * passed, or for three seconds.
 */
function createSharedFetch(options) {
    const desk = new Desk(options);
    return { join: () => new Seat(desk, options) };
}
/** Where questions wait for each other. */
class Desk {
    #options;
    /** Destinations that may still ask. */
    #expected = 0;
    #waiting = [];
    #timer;
    constructor(options) {
        this.#options = options;
    }
    get expected() {
        return this.#expected;
    }
    join() {
        this.#expected++;
    }
    leave() {
        this.#expected--;
        this.#serveWhenAllAsked();
    }
    async ask(question) {
        const key = await (0,turns/* runInTurns */.hp)(keyOf(question), this.#options.signal);
        return await new Promise((resolve, reject) => {
            this.#waiting.push({ question, key, resolve, reject });
            this.#serveWhenAllAsked();
        });
    }
    #serveWhenAllAsked() {
        if (this.#waiting.length === 0)
            return;
        if (this.#waiting.length >= this.#expected)
            this.#serveAll();
        else
            this.#timer ??= setTimeout(() => this.#serveAll(), LONGEST_WAIT_MS);
    }
    #serveAll() {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        const groups = new Map();
        for (const one of this.#waiting)
            groups.set(one.key, [...(groups.get(one.key) ?? []), one]);
        this.#waiting = [];
        for (const group of groups.values())
            void this.#serve(group);
    }
    async #serve(group) {
        try {
            const fetching = await this.#options.fetch(group[0].question);
            if (group.length === 1 || fetching.answer.pack === undefined) {
                for (const one of group)
                    one.resolve(fetching);
                return;
            }
            this.#options.onShared(group.length);
            for (const [index, view] of teeFetching(fetching, group.length).entries())
                group[index].resolve(view);
        }
        catch (error) {
            for (const one of group)
                one.reject(error);
        }
    }
}
class Seat {
    #desk;
    #options;
    #isExpected = true;
    #hasLeft = false;
    /** A reader that stops early would block the others once the buffer is full; so it must cancel. */
    #given;
    constructor(desk, options) {
        this.#desk = desk;
        this.#options = options;
        desk.join();
    }
    async fetch(question) {
        const isAlone = !this.#isExpected || this.#desk.expected <= 1;
        const given = isAlone ? await this.#options.fetch(question) : await this.#desk.ask(question);
        this.#given = given;
        if (this.#hasLeft)
            given.cancel();
        if (given.answer.pack !== undefined)
            this.pass();
        return given;
    }
    pass() {
        if (!this.#isExpected)
            return;
        this.#isExpected = false;
        this.#desk.leave();
    }
    leave() {
        this.#hasLeft = true;
        this.#given?.cancel();
        this.pass();
    }
}
function* keyOf(question) {
    const { wants, haves, ...rest } = question;
    const hash = (0,base_crypto/* loadCrypto */.Q)().createHash('sha256');
    hash.update(JSON.stringify(rest));
    for (let from = 0; from < wants.length; from += steps/* STEP_ITEMS */.eK) {
        yield;
        hash.update(`w${wants.slice(from, from + steps/* STEP_ITEMS */.eK).join('w')}`);
    }
    hash.update(`h${haves.toSorted().join('h')}`);
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./build/mirror/time-limit.js


/** Milliseconds for a run to end by itself once its time is over: as after a cancellation. */
const LAST_MOMENT_MS = 4000;
/**
 * Does `work` with a signal that ends it after `limit` milliseconds, as a cancellation would; undefined: never.
 * @throws MirrorError `timeout` where it does not end even then
 */
async function withTimeLimit(limit, signal, work) {
    if (limit === undefined)
        return await work(signal);
    const controller = new AbortController();
    const timers = [];
    const hung = new Promise((_, reject) => {
        timers[0] = setTimeout(() => {
            const error = new errors/* MirrorError */.En(`the run took longer than ${(0,wording/* formatSeconds */.Xo)(limit / 1000)}`, {
                code: 'timeout',
                hint: 'Give it a larger time-limit, or find out what is slow: the log has the phases and the figures.',
            });
            timers[1] = setTimeout(() => reject(error), LAST_MOMENT_MS);
            controller.abort(error);
        }, limit);
    });
    try {
        return await Promise.race([work(AbortSignal.any([signal, controller.signal])), hung]);
    }
    finally {
        for (const timer of timers)
            clearTimeout(timer);
    }
}

// EXTERNAL MODULE: ./build/mirror/sessions/upload-pack-session.js + 2 modules
var upload_pack_session = __webpack_require__(71276);
// EXTERNAL MODULE: ./build/mirror/sessions/upload-pack-pool.js
var upload_pack_pool = __webpack_require__(10594);
;// CONCATENATED MODULE: ./build/mirror/sessions/source-repository.js










/** The source of a run: listed once for all destinations, and again when it moved. */
class SourceRepository {
    uploadPack;
    /** A second view of the source for history questions; its progress text is dropped. */
    questions;
    #options;
    #retries;
    #listing;
    /** `retries`: attempts of a listing after the first. */
    constructor(uploadPack, options, retries = options.retries) {
        this.uploadPack = uploadPack;
        this.questions = new upload_pack_pool/* UploadPackPool */.z((0,sessions_server/* quietServer */.a)(uploadPack.server), uploadPack);
        this.#options = options;
        this.#retries = retries;
    }
    /** @throws MirrorError with the source's side, after the retries. */
    async listing() {
        this.#listing ??= this.#list();
        return await this.#listing;
    }
    /** Lists again, once for all that saw `stale`. */
    async refresh(stale) {
        const now = await this.#listing;
        if (now === stale)
            this.#listing = this.#list();
        return await this.listing();
    }
    async #list() {
        const { server } = this.uploadPack;
        const { refspecs } = this.#options;
        server.reporter({ kind: 'phase', phase: 'list', text: `listing ${server.remote.label}` });
        const listing = await (0,retry/* withRetries */.LH)(() => this.uploadPack.list([...(0,refspec/* sourcePrefixes */.qy)(refspecs), 'HEAD'], { peel: (0,refspec/* mayMakeBranches */.Kk)(refspecs) }), {
            retries: this.#retries,
            signal: server.signal,
            onRetry: (error, delay) => server.reporter({
                kind: 'notice',
                level: 'info',
                text: (0,retry/* describeRetry */.eV)('listing the source again', error, delay),
            }),
        });
        (0,upload_pack_session/* refuseShallow */.n)(listing.shallow);
        const { backup, restores } = this.#options;
        const backups = restores === true ? [] : (0,ours_backups/* knownBackupPrefixes */.go)(backup);
        const { signal } = server;
        const isTheirs = ({ name }) => name.startsWith('refs/') && !(0,plan_anchors/* isAnchor */.m4)(name) && !(0,ours_backups/* isBackup */.rk)(name, backups) && !(0,lifted/* isLifted */.np)(name);
        const refs = await (0,turns/* runInTurns */.hp)((0,steps/* filterInSteps */.pj)(listing.refs, isTheirs), signal);
        let ids;
        const damaged = listing.damaged.filter((ref) => !(0,plan_anchors/* isAnchor */.m4)(ref.name));
        const headId = listing.refs.find((ref) => ref.name === 'HEAD')?.id;
        return { ...listing, refs, headId, damaged, ids: () => (ids ??= (0,turns/* runInTurns */.hp)(idsOf(refs), signal)) };
    }
}
function* idsOf(refs) {
    const ids = new Set();
    yield* (0,steps/* forEachInSteps */.pM)(refs, (ref) => {
        ids.add(ref.id);
        if (ref.peeled !== undefined)
            ids.add(ref.peeled);
    });
    return ids;
}

;// CONCATENATED MODULE: ./build/mirror/mirror.js














/** Seconds that clocks may be wrong: commits may be newer than now. */
const CLOCK_SKEW_S = 86_400;
/** Milliseconds without an answer after which the wait is used to load what a push needs. */
const LOAD_AHEAD_MS = 60;
/**
 * Mirrors the source to every destination, side by side. One that fails does not stop another.
 * Failures are in the result; nothing is thrown but what is a defect of this program.
 */
async function mirror(options, reporter, signal, surroundings = {}) {
    return await withTimeLimit(options.timeLimit, signal, async (limited) => await mirrorAll(options, reporter, limited, surroundings));
}
async function mirrorAll(options, reporter, signal, surroundings) {
    const started = performance.now();
    const servers = [];
    const doorOf = (0,door/* makeDoors */.E)();
    const serverOf = (endpoint, side) => {
        const server = (0,open_server/* openServer */.C)(endpoint, side, { options, reporter, signal, doorOf, surroundings });
        servers.push(server);
        return server;
    };
    const sourceServer = serverOf(options.source, 'source');
    const listingRetries = surroundings.listingRetries ?? options.retries;
    const source = new SourceRepository(new upload_pack_pool/* UploadPackPool */.z(sourceServer), options, listingRetries);
    let admitted;
    const admit = async () => await (admitted ??= surroundings.admit?.('transfer', signal));
    const shared = createSharedFetch({
        signal,
        fetch: (question) => source.uploadPack.fetch(question),
        onShared: (count) => reporter({
            kind: 'notice',
            level: 'info',
            text: `${count} destinations lack the same objects: fetching them once`,
        }),
    });
    const sourceRemote = (0,open_server/* remoteOptionsOf */.k)(options.source, { options, reporter, surroundings });
    const lfs = options.lfs === 'false' || options.dryRun ? undefined : new LfsRun(options, source, sourceRemote);
    const contexts = options.destinations.map((endpoint) => makeContext(serverOf(endpoint, 'destination'), {
        url: endpoint.url,
        endpoint,
        source,
        pack: shared.join(),
        lfs: lfs?.join((0,open_server/* remoteOptionsOf */.k)(endpoint, { options, reporter, surroundings })),
        options,
        listingRetries,
        admit,
    }));
    let closed = [];
    const ahead = setTimeout(() => void loadActs().catch(() => undefined), LOAD_AHEAD_MS);
    try {
        // Greeted at the same time as the destinations; a failure shows again in each run.
        const listing = source.listing();
        listing.catch(() => undefined);
        const ends = await Promise.all(contexts.map((context) => runDestination(context, learnedAtStart(context.server, options))));
        closed = ends.map((end) => end.closed);
        const destinations = ends.map(({ result }) => result);
        let error;
        let sourceRefs = 0;
        try {
            const { refs } = await listing;
            surroundings.onSource?.(refs);
            sourceRefs =
                ends.find((end) => end.inScope !== undefined)?.inScope ??
                    (signal.aborted ? 0 : countInScope(options, refs));
        }
        catch (thrown) {
            const { withAdvice } = await loadActs();
            error = withAdvice((0,errors/* toMirrorError */.Ho)(signal.aborted ? signal.reason : thrown, { code: 'cut', side: 'source' }), {
                phase: 'list',
                words: [],
                host: sourceServer.host,
            });
        }
        return {
            source: sourceServer.remote.label,
            ok: error === undefined &&
                destinations.every(({ status }) => status !== 'failed' && status !== 'rejected'),
            dryRun: options.dryRun,
            destinations,
            error,
            seconds: (performance.now() - started) / 1000,
            sourceRefs,
        };
    }
    finally {
        clearTimeout(ahead);
        await Promise.all([
            source.uploadPack.close(),
            source.questions.close(),
            ...contexts.map(({ reader }) => reader.close()),
            ...closed,
        ]);
        await lfs?.dispose();
        await Promise.all(servers.map((server) => server.remote.dispose()));
    }
}
function countInScope({ refspecs }, refs) {
    return refs.filter((ref) => (0,refspec_match/* mapToDestination */.i)(refspecs, ref.name) !== undefined).length;
}
function makeContext(server, given) {
    const { reporter, signal } = server;
    return { ...given, reporter, signal, server, reader: new upload_pack_pool/* UploadPackPool */.z((0,sessions_server/* quietServer */.a)(server)) };
}
function learnedAtStart(server, options) {
    const limits = (0,hosts_limits/* hostLimits */.$)(server.host);
    const mode = {
        thin: true,
        agent: true,
        spool: options.transfer === 'spool',
        maxRefs: options.maxRefsPerPush ?? limits.maxRefsPerPush,
        byKind: false,
        ownObjects: false,
        maxBytes: options.maxPackSize ?? limits.maxPackSize,
        pieces: false,
        greetAhead: true,
    };
    return (0,learned/* startLearned */.Q_)(mode, Math.floor(Date.now() / 1000) + CLOCK_SKEW_S);
}


/***/ }),

/***/ 41810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  C: () => (/* binding */ openServer),
  k: () => (/* binding */ remoteOptionsOf)
});

// EXTERNAL MODULE: ./build/base/version.js
var version = __webpack_require__(7844);
// EXTERNAL MODULE: ./build/protocol/capabilities.js
var capabilities = __webpack_require__(98543);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
;// CONCATENATED MODULE: ./build/transport/open-remote.js

/**
 * The remote for an address. Its transport is loaded when it is first opened: a run over https never loads
 * what ssh needs.
 */
function openRemote(options) {
    let loaded;
    return {
        label: (0,remote_url/* printUrl */.D1)(options.url),
        mayInsist: options.url.scheme === 'ssh',
        async open(open) {
            loaded ??= loadRemote(options);
            const remote = await loaded;
            return await remote.open(open);
        },
        async dispose() {
            const remote = await loaded?.catch(() => undefined);
            await remote?.dispose();
        },
    };
}
async function loadRemote(options) {
    const { url } = options;
    switch (url.scheme) {
        case 'https':
        case 'http':
            return (await Promise.all(/* import() */[__webpack_require__.e(891), __webpack_require__.e(5935)]).then(__webpack_require__.bind(__webpack_require__, 45935))).createHttpRemote(url, options);
        case 'ssh':
            return (await Promise.all(/* import() */[__webpack_require__.e(7760), __webpack_require__.e(2371)]).then(__webpack_require__.bind(__webpack_require__, 44672))).createSshRemote(url, options);
        case 'git':
            return (await __webpack_require__.e(/* import() */ 7060).then(__webpack_require__.bind(__webpack_require__, 77060))).createDaemonRemote(url, options);
        case 'file':
            return (await __webpack_require__.e(/* import() */ 3260).then(__webpack_require__.bind(__webpack_require__, 63260))).createLocalRemote(url, options);
    }
}

;// CONCATENATED MODULE: ./build/mirror/open-server.js



const CONNECT_LIMIT_MS = 30_000;
const HANDSHAKE_LIMIT_MS = 30_000;
function remoteOptionsOf(endpoint, { options, reporter, surroundings }) {
    return {
        url: endpoint.url,
        credentials: endpoint.credentials,
        retryFreshToken: endpoint.freshToken,
        inputNames: endpoint.inputNames,
        knownHostsFiles: options.knownHostsFiles,
        connections: surroundings.connections,
        env: options.env,
        userAgent: (0,capabilities/* agentValue */.vW)(version/* VERSION */.x),
        limits: { connect: CONNECT_LIMIT_MS, handshake: HANDSHAKE_LIMIT_MS, idle: options.idleTimeout },
        onNotice: (text) => reporter({ kind: 'notice', level: 'info', text }),
    };
}
/** One of the two servers of a run; nothing is asked of it yet. */
function openServer(endpoint, side, context) {
    const { options, reporter, signal, surroundings } = context;
    const { url } = endpoint;
    return {
        remote: openRemote(remoteOptionsOf(endpoint, { options, reporter, surroundings })),
        door: context.doorOf(url),
        opensAhead: url.scheme === 'ssh',
        side,
        host: url.scheme === 'file' ? undefined : url.host.toLowerCase(),
        reporter,
        signal,
        agent: (0,capabilities/* agentValue */.vW)(version/* VERSION */.x),
        idleTimeout: options.idleTimeout,
        pushOptions: options.pushOptions,
        verbose: options.verbose,
    };
}


/***/ }),

/***/ 10912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ makeDoors)
/* harmony export */ });
/* unused harmony export Door */
/* harmony import */ var _base_deadline_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68606);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);


/** Milliseconds that a server which turned us away is given until our other connections to it have ended. */
const OTHERS_LIMIT = 12_000;
/** Milliseconds after which who waits to come in makes what rests there leave: the server may serve one at a time. */
const LONG_WAIT_MS = 1000;
/**
 * Who of ours is at one server. Some servers serve one connection at a time, some have two threads for all their users: at
 * most one connection rests there, and it leaves when another one comes. A server that turns us away all the same is
 * entered by one after the other from then on.
 */
class Door {
    #resting;
    #inside = new Set();
    #isNarrow = false;
    /** The last that waits to come in where one comes after the other. */
    #queue = Promise.resolve();
    /** `session` waits for its next question; the one that rested before leaves. */
    rest(session) {
        if (this.#resting === session)
            return;
        this.#dismiss();
        this.#resting = session;
    }
    /** `session` is used, or has ended. */
    take(session) {
        if (this.#resting === session)
            this.#resting = undefined;
    }
    /**
     * Opens a connection; what rests there leaves meanwhile.
     * @throws MirrorError what `open` throws; the reason of `signal`.
     */
    async enter(open, signal) {
        this.#dismiss();
        if (this.#isNarrow)
            return await this.#enterAlone(open, signal);
        const isAlone = this.#inside.size === 0;
        // What came to rest since then is in the way of one that still waits.
        const timer = setInterval(() => this.#dismiss(), LONG_WAIT_MS);
        try {
            return await open();
        }
        catch (error) {
            if (isAlone || !isTurnedAway(error))
                throw error;
            this.#isNarrow = true;
            return await this.#enterAlone(open, signal);
        }
        finally {
            clearInterval(timer);
        }
    }
    /** A connection stands open. */
    admit() {
        let leave = () => undefined;
        const left = new Promise((resolve) => (leave = resolve));
        this.#inside.add(left);
        void left.then(() => this.#inside.delete(left));
        return { leave };
    }
    async #enterAlone(open, signal) {
        const turn = this.#queue.then(async () => {
            await unlessAborted((0,_base_deadline_js__WEBPACK_IMPORTED_MODULE_1__/* .within */ .u)(Promise.all(this.#inside), OTHERS_LIMIT), signal);
            signal.throwIfAborted();
            this.#dismiss();
            return await open();
        });
        this.#queue = turn.catch(() => undefined);
        return await turn;
    }
    #dismiss() {
        const resting = this.#resting;
        this.#resting = undefined;
        void resting?.close();
    }
}
/** The server hung up before it said anything: what `git daemon` does with a connection too many. */
function isTurnedAway(error) {
    return error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En && error.code === 'cut' && !error.serverText;
}
/** Waits for `waited`, or for the end of the run. A run has many such waits: none leaves a listener on its signal. */
async function unlessAborted(waited, signal) {
    if (signal.aborted)
        return;
    let onAbort = () => undefined;
    const aborted = new Promise((resolve) => (onAbort = resolve));
    signal.addEventListener('abort', onAbort, { once: true });
    try {
        await Promise.race([waited, aborted]);
    }
    finally {
        signal.removeEventListener('abort', onAbort);
    }
}
/** The doors of one run: the same one for all that go to one server, source and destination alike. */
function makeDoors() {
    const doors = new Map();
    return (url) => {
        if (url.scheme !== 'ssh' && url.scheme !== 'git')
            return undefined;
        const address = `${url.scheme}://${url.host.toLowerCase()}:${url.port}`;
        const door = doors.get(address) ?? new Door();
        doors.set(address, door);
        return door;
    };
}


/***/ }),

/***/ 59180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ greet)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/protocol/capabilities.js
var protocol_capabilities = __webpack_require__(98543);
// EXTERNAL MODULE: ./build/protocol/line-budget.js
var line_budget = __webpack_require__(32793);
// EXTERNAL MODULE: ./build/protocol/object-id.js
var object_id = __webpack_require__(94566);
// EXTERNAL MODULE: ./build/protocol/pkt-line.js
var pkt_line = __webpack_require__(52309);
// EXTERNAL MODULE: ./build/protocol/ref-line.js
var ref_line = __webpack_require__(90059);
// EXTERNAL MODULE: ./build/protocol/wire-errors.js
var wire_errors = __webpack_require__(60926);
;// CONCATENATED MODULE: ./build/protocol/advertisement.js







const HTTP_PRELUDE = '# service=';
/** git has about ten, a greeting over http one line of prelude. */
const CAPABILITY_LIMITS = { lines: 1000 };
/**
 * Reads a greeting of v0, v1 or v2 (gitprotocol-pack "Reference Discovery", gitprotocol-v2 "Capability
 * Advertisement", gitprotocol-http "Smart Server Response"), with or without http's `# service=` prelude.
 * A lone flush is an empty repository. `limits`: of the refs of v0, by default 4 million lines and 1 GiB.
 * @throws MirrorError `cut` (also for a server that says nothing at all), `protocol`, `server`, `limit`,
 * `format`.
 */
async function readAdvertisement(packets, limits = {}) {
    let packet = await packets.next();
    if (packet === undefined) {
        throw new errors/* MirrorError */.En('the server ended the connection without a word', { code: 'cut', retryable: true });
    }
    if (packet.kind === 'data' && (0,pkt_line/* lineOf */.cA)(packet.payload).startsWith(HTTP_PRELUDE)) {
        const budget = new line_budget/* LineBudget */.kU('lines before its refs', CAPABILITY_LIMITS);
        for (; packet?.kind === 'data'; packet = await packets.next())
            budget.take(packet.payload.length);
        if (packet !== undefined)
            packet = await packets.next();
        if (packet === undefined)
            throw (0,wire_errors/* cutIn */.Yf)('its greeting');
    }
    const first = packet.kind === 'data' ? (0,pkt_line/* lineOf */.cA)(packet.payload) : '';
    if (first === 'version 2')
        return await readV2(packets);
    if (first === 'version 1')
        return await readRefs(packets, await packets.next(), { version: 1, limits });
    return await readRefs(packets, packet, { version: 0, limits });
}
async function readV2(packets) {
    const budget = new line_budget/* LineBudget */.kU('capabilities', CAPABILITY_LIMITS);
    const words = [];
    for (;;) {
        const payload = payloadOf(await packets.next());
        if (payload === undefined)
            break;
        budget.take(payload.length);
        words.push((0,pkt_line/* lineOf */.cA)(payload));
    }
    const capabilities = (0,protocol_capabilities/* parseCapabilities */.md)(words);
    return { version: 2, capabilities, format: formatOf(capabilities) };
}
async function readRefs(packets, first, options) {
    const budget = new line_budget/* LineBudget */.kU('refs', options.limits);
    const collector = new RefCollector();
    const take = (text, start, space, end) => collector.addRef(text.slice(start, space), text.slice(space + 1, end));
    for (let payload = payloadOf(first); payload !== undefined;) {
        const line = (0,pkt_line/* lineOf */.cA)(payload);
        budget.take(line.length);
        collector.add(line);
        (0,ref_line/* takeRefsNow */.U9)(packets, { format: collector.format, budget, take });
        payload = payloadOf(packets.nextNow() ?? (await packets.next()));
    }
    return { version: options.version, ...collector.result() };
}
/** Undefined at the flush that ends a greeting. */
function payloadOf(packet) {
    if (packet === undefined)
        throw (0,wire_errors/* cutIn */.Yf)('its greeting');
    if (packet.kind === 'data')
        return packet.payload;
    if (packet.kind === 'flush')
        return undefined;
    throw (0,wire_errors/* unexpectedLine */.Oo)(packet.kind, 'the rest of the greeting');
}
/** Gathers the lines of a v0 advertisement. */
class RefCollector {
    #capabilities;
    #format = 'sha1';
    #refs = new ref_line/* ListedRefs */.uJ();
    #haves = [];
    #shallow = [];
    get format() {
        return this.#format;
    }
    /** Any line. @throws MirrorError `protocol`, `format`. */
    add(text) {
        const line = this.#capabilities === undefined ? this.#takeCapabilities(text) : text;
        if (line.startsWith('shallow ')) {
            this.#shallow.push((0,ref_line/* parseId */.Fg)(line.slice('shallow '.length), this.#format, line));
            return;
        }
        const id = (0,ref_line/* takeId */.lX)(line, this.#format);
        this.addRef(id, line.slice(id.length + 1));
    }
    addRef(id, text) {
        const name = (0,ref_line/* checkName */.I3)(text, id);
        if (name === '.have') {
            if (!(0,object_id/* isNullId */.JC)(id))
                this.#haves.push(id);
        }
        else if (name.endsWith('^{}'))
            this.#refs.addPeeled(name, id);
        else
            this.#refs.add({ name, id });
    }
    #takeCapabilities(line) {
        const zero = line.indexOf('\0');
        this.#capabilities = zero < 0 ? protocol_capabilities/* NO_CAPABILITIES */.F4 : (0,protocol_capabilities/* parseCapabilities */.md)(line.slice(zero + 1).split(' '));
        this.#format = formatOf(this.#capabilities);
        return zero < 0 ? line : line.slice(0, zero);
    }
    result() {
        const capabilities = this.#capabilities ?? protocol_capabilities/* NO_CAPABILITIES */.F4;
        this.#refs.link(parseSymrefs(capabilities));
        return {
            capabilities,
            format: this.#format,
            ...this.#refs.result(),
            haves: this.#haves,
            shallow: this.#shallow,
        };
    }
}
/** `symref=<name>:<target>`, as often as the server has them. */
function parseSymrefs(capabilities) {
    const symrefs = new Map();
    for (const value of capabilities.values('symref')) {
        const colon = value.indexOf(':');
        if (colon > 0)
            symrefs.set(value.slice(0, colon), value.slice(colon + 1));
    }
    return symrefs;
}
/** `object-format`; a server that does not tell uses SHA-1. @throws MirrorError `format` for a third one. */
function formatOf(capabilities) {
    const format = capabilities.value('object-format') ?? 'sha1';
    if (format === 'sha1' || format === 'sha256')
        return format;
    throw new errors/* MirrorError */.En(`the server uses the object format ${JSON.stringify(format)}, which is not known here`, {
        code: 'format',
        serverText: format,
    });
}

// EXTERNAL MODULE: ./build/mirror/sessions/talk.js + 1 modules
var sessions_talk = __webpack_require__(90572);
;// CONCATENATED MODULE: ./build/mirror/sessions/greet.js



/** Connects and reads the advertisement. `signal`: ends it beside the run's own. @throws MirrorError with the server's side. */
async function greet(server, service, signal) {
    const { door } = server;
    if (door === undefined)
        return await connect(server, service, signal);
    const ending = signal === undefined ? server.signal : AbortSignal.any([server.signal, signal]);
    return await door.enter(() => connect(server, service, signal), ending);
}
async function connect(server, service, signal) {
    const talk = guest(await (0,sessions_talk/* openTalk */.B)(server, service, signal), server.door);
    const packets = new pkt_line/* PacketReader */.KF(talk.connection.greeting);
    try {
        const advertisement = await readAdvertisement(packets);
        talk.watch.pause();
        return { talk, packets, advertisement };
    }
    catch (error) {
        throw await (0,sessions_talk/* explainEnd */.p)(server, talk, error);
    }
}
/** The same talk, which tells the door when it has ended. */
function guest(talk, door) {
    if (door === undefined)
        return talk;
    const { leave } = door.admit();
    return {
        ...talk,
        abort(reason) {
            talk.abort(reason);
            leave();
        },
        close: () => talk.close().finally(leave),
        leave: () => talk.leave().finally(leave),
    };
}


/***/ }),

/***/ 53922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ tap),
/* harmony export */   p: () => (/* binding */ putBack)
/* harmony export */ });
/** The same stream, with everything else that belongs to it, watched. */
function tap(stream, { onWait, onSlice, onEnd }) {
    return {
        ...stream,
        next: async () => {
            onWait?.(true);
            let slice;
            try {
                slice = await stream.next();
            }
            finally {
                onWait?.(false);
            }
            if (slice === undefined)
                onEnd?.();
            else
                onSlice?.(slice);
            return slice;
        },
        nextNow: () => {
            const slice = stream.nextNow();
            if (slice !== undefined)
                onSlice?.(slice);
            return slice;
        },
    };
}
/** The same stream, with a slice that was taken from its beginning put back. */
function putBack(stream, first) {
    let isHere = true;
    return {
        ...stream,
        next: async () => {
            if (!isHere)
                return await stream.next();
            isHere = false;
            return first;
        },
        // In order: the first slice is asked for with `next`.
        nextNow: () => (isHere ? undefined : stream.nextNow()),
    };
}


/***/ }),

/***/ 51200:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ ReceivePackSession)
});

// EXTERNAL MODULE: ./build/protocol/capabilities.js
var protocol_capabilities = __webpack_require__(98543);
// EXTERNAL MODULE: ./build/protocol/pkt-line.js
var pkt_line = __webpack_require__(52309);
// EXTERNAL MODULE: ./build/protocol/push-request.js
var push_request = __webpack_require__(11769);
// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/protocol/line-budget.js
var line_budget = __webpack_require__(32793);
// EXTERNAL MODULE: ./build/protocol/wire-errors.js
var wire_errors = __webpack_require__(60926);
// EXTERNAL MODULE: ./build/protocol/sideband.js
var sideband = __webpack_require__(41489);
;// CONCATENATED MODULE: ./build/protocol/report-status.js






/**
 * Reads the answer to a push to its end (gitprotocol-pack, "Report Status"): in band 1 the report is a stream
 * of pkt-lines of its own, cut anywhere by the outer packets.
 * @throws MirrorError `cut` when it ends before the report is complete, `server` for band 3 and ERR, `protocol`.
 */
async function readPushReport(packets, options) {
    if (!options.sideband)
        return await readReport(packets);
    const band = new sideband/* SidebandReader */.G(packets, { onProgress: options.onProgress });
    const report = await readReport(new pkt_line/* PacketReader */.KF(new bytes/* ByteReader */.kP(slicesOf(band))));
    await readHookText(band);
    return report;
}
async function* slicesOf(band) {
    for (let slice = await band.next(); slice !== undefined; slice = await band.next())
        yield slice;
}
/** Bytes of data that may follow a report; git sends none. */
const AFTER_REPORT_BYTES = 1024 ** 2;
/** Hooks may speak after the report; a flush ends the answer. Servers that hang up instead have said all. */
async function readHookText(band) {
    let bytes = 0;
    try {
        for (let slice = await band.next(); slice; slice = await band.next()) {
            bytes += slice.length;
            if (bytes > AFTER_REPORT_BYTES)
                return;
        }
    }
    catch (error) {
        if (!(error instanceof errors/* MirrorError */.En) || error.code !== 'cut')
            throw error;
    }
}
async function readReport(packets) {
    const budget = new line_budget/* LineBudget */.kU('lines about the push', line_budget/* ANSWER_LIMITS */.aq);
    const refs = new Map();
    let unpack;
    let ref;
    for (;;) {
        const packet = packets.nextNow() ?? (await packets.next());
        if (packet === undefined) {
            // A server that says why it failed and hangs up has said enough.
            if (unpack !== undefined && unpack !== 'ok')
                return { unpack, refs };
            throw new errors/* MirrorError */.En('the connection ended before the report of the push was complete', {
                code: 'cut',
                retryable: true,
            });
        }
        if (packet.kind === 'flush' && unpack !== undefined)
            return { unpack, refs };
        if (packet.kind !== 'data')
            throw (0,wire_errors/* unexpectedLine */.Oo)(packet.kind, 'the report of the push');
        budget.take(packet.payload.length);
        const line = (0,pkt_line/* lineOf */.cA)(packet.payload);
        if (unpack === undefined)
            unpack = parseUnpack(line);
        else
            ref = readRefLine(line, refs, ref);
    }
}
function parseUnpack(line) {
    if (line.startsWith('unpack '))
        return line.slice('unpack '.length);
    throw (0,wire_errors/* unexpectedLine */.Oo)(line, 'the report of the push');
}
/**
 * A line about a ref. Words that are not known say nothing: a ref without `ok` was not done.
 * @returns the ref that following `option` lines are about.
 */
function readRefLine(line, refs, ref) {
    const [word, rest] = splitOnce(line);
    const [name, words] = splitOnce(rest);
    switch (word) {
        case 'ok':
            // One ref may be done in several places; a refusal in one of them stays.
            if (!refs.has(rest))
                refs.set(rest, { ok: true });
            return rest;
        case 'ng':
            refs.set(name, { ok: false, reason: words === '' ? 'no reason given' : words });
            return name;
        case 'option':
            if (ref !== undefined && name === 'refname' && refs.get(ref)?.ok === true) {
                refs.set(ref, { ok: true, refname: words });
            }
            return ref;
        default:
            return undefined;
    }
}
function splitOnce(text) {
    const space = text.indexOf(' ');
    return space < 0 ? [text, ''] : [text.slice(0, space), text.slice(space + 1)];
}

// EXTERNAL MODULE: ./build/base/steps.js
var steps = __webpack_require__(24779);
// EXTERNAL MODULE: ./build/base/turns.js
var turns = __webpack_require__(19464);
// EXTERNAL MODULE: ./build/transport/connection/connection.js
var connection = __webpack_require__(22079);
// EXTERNAL MODULE: ./build/mirror/sessions/greet.js + 1 modules
var greet = __webpack_require__(59180);
// EXTERNAL MODULE: ./build/mirror/sessions/talk.js + 1 modules
var talk = __webpack_require__(90572);
;// CONCATENATED MODULE: ./build/mirror/sessions/receive-pack-session.js










/** One greeted connection to a receive-pack: good for one push where the server does not forget. */
class ReceivePackSession {
    listing;
    openedAt = performance.now();
    #server;
    #talk;
    #packets;
    #over = false;
    constructor(server, { talk, packets, advertisement }) {
        this.#server = server;
        this.#talk = talk;
        this.#packets = packets;
        this.listing = listingOf(advertisement, server.signal);
    }
    /** `signal`: ends it beside the run's own. @throws MirrorError with the destination's side. */
    static async open(server, signal) {
        const session = new ReceivePackSession(server, await (0,greet/* greet */.K)(server, 'git-receive-pack', signal));
        if (!session.forgets)
            server.door?.rest(session);
        return session;
    }
    get forgets() {
        return this.#talk.connection.forgets;
    }
    /** False after a push on a kept-open connection, where it left for another one, and where the other side has hung up. */
    get usable() {
        return !this.#over && !this.#talk.over();
    }
    /** The words of the server in the last push: progress, hooks, stderr. */
    get lines() {
        return this.#talk.text.lines;
    }
    /** A push will come soon. */
    prepare() {
        this.#talk.connection.prepare?.();
    }
    /** The destination's clock stands while the push waits for the source. */
    pause() {
        this.#talk.watch.pause();
    }
    resume() {
        this.#talk.watch.resume();
    }
    /**
     * Sends the commands and the pack, and reads the report to its end (B12, B16).
     * @returns undefined where the server has no report-status.
     * @throws MirrorError with the destination's side; whether refs moved is then unknown.
     */
    async push(request) {
        const { capabilities, format } = this.listing;
        const encoding = (0,push_request/* encodeCommands */.X)({
            commands: request.commands,
            capabilities,
            format,
            agent: request.plain ? '' : this.#server.agent,
            atomic: request.atomic,
            pushOptions: this.#server.pushOptions,
            quiet: !this.#server.verbose,
        });
        // Used from now on: nobody else who comes in sends it away while the commands are written.
        this.#server.door?.take(this);
        const head = await (0,turns/* runInTurns */.hp)(encoding, this.#server.signal);
        const { connection, watch, text } = this.#talk;
        this.#over = !this.forgets;
        // Over http one session serves several pushes: each has words of its own.
        if (this.forgets)
            text.restart();
        watch.resume();
        request.onSent?.();
        try {
            const body = bodyOf(head, request.pack, () => text.endedByUs());
            const length = request.packLength === undefined ? undefined : head.length + request.packLength;
            // As git does it: with commands alone the input stays open.
            const bytes = await connection.turn(body, { length, last: request.pack !== undefined });
            const packets = bytes === connection.greeting ? this.#packets : new pkt_line/* PacketReader */.KF(bytes);
            if (!capabilities.has('report-status') && !capabilities.has('report-status-v2')) {
                await bytes.drain();
                return undefined;
            }
            return await readPushReport(packets, {
                sideband: capabilities.has('side-band-64k'),
                onProgress: (raw) => text.write(raw),
            });
        }
        catch (error) {
            throw await (0,talk/* explainEnd */.p)(this.#server, this.#talk, error);
        }
        finally {
            watch.pause();
        }
    }
    /** Ends the talk: a flush when nothing was pushed (B19). */
    async close() {
        this.#server.door?.take(this);
        const isWaiting = !this.#over && !this.forgets;
        this.#over = true;
        if (isWaiting)
            await this.#talk.connection.turn(pkt_line/* FLUSH */.ZM).catch(() => undefined);
        await this.#talk.close();
    }
    /** The run ends: as `close`, and no far server is waited for when nothing was pushed. */
    async leave() {
        if (this.#over || this.forgets)
            return await this.close();
        this.#server.door?.take(this);
        this.#over = true;
        await this.#talk.connection.turn(pkt_line/* FLUSH */.ZM).catch(() => undefined);
        await this.#talk.leave();
    }
    abort(reason) {
        this.#server.door?.take(this);
        this.#over = true;
        this.#talk.abort(reason);
    }
}
/** `onBreak`: the pack ends before its end. */
function bodyOf(head, pack, onBreak) {
    if (pack === undefined)
        return head;
    if (pack instanceof Uint8Array)
        return (0,bytes/* concatBytes */.Id)([head, pack]);
    return withHead(head, pack, onBreak);
}
/** The commands go out with the first slices. Not `yield*`: it would put a generator between each slice and its reader. */
function withHead(head, pack, onBreak) {
    const slices = pack[Symbol.asyncIterator]();
    let sent = false;
    const iterator = {
        async next(written) {
            let next;
            try {
                next = await slices.next(written);
            }
            catch (error) {
                onBreak();
                throw error;
            }
            if (sent || next.done === true)
                return next;
            sent = true;
            return { done: false, value: [head, ...(0,connection/* listSlices */.aj)(next.value)] };
        },
        return: async (value) => (await slices.return?.(value)) ?? { done: true, value: undefined },
    };
    return { [Symbol.asyncIterator]: () => iterator };
}
function listingOf(advertisement, signal) {
    const { format } = advertisement;
    if (advertisement.version === 2) {
        // receive-pack has no version 2; a server that says so has nothing that a push could use.
        const none = { refs: [], damaged: [], haves: [], shallow: [] };
        return { ...none, capabilities: protocol_capabilities/* NO_CAPABILITIES */.F4, format, ids: async () => new Set() };
    }
    const refs = advertisement.refs.filter((ref) => ref.name.startsWith('refs/'));
    const { damaged, haves, shallow, capabilities } = advertisement;
    let ids;
    const readIds = () => (ids ??= (0,turns/* runInTurns */.hp)(idsOf(refs, haves), signal));
    return { refs, damaged, haves, shallow, capabilities, format, ids: readIds };
}
function* idsOf(refs, haves) {
    const ids = new Set(haves);
    yield* (0,steps/* forEachInSteps */.pM)(refs, (ref) => ids.add(ref.id));
    return ids;
}


/***/ }),

/***/ 59528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LH: () => (/* binding */ withRetries),
/* harmony export */   a2: () => (/* binding */ retryDelay),
/* harmony export */   eV: () => (/* binding */ describeRetry),
/* harmony export */   fm: () => (/* binding */ waitFor)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);


const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;
/**
 * Milliseconds before attempt `attempt` + 1 (from 1): doubled each time, with jitter; the server's wish comes first. A
 * server that wishes for more than five minutes is not to be asked again: such an error is not retryable.
 */
function retryDelay(attempt, retryAfter, random = Math.random) {
    if (retryAfter !== undefined)
        return Math.min(retryAfter, _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .LONGEST_RETRY_AFTER_MS */ .Q);
    const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
    return Math.round(full / 2 + (full / 2) * random());
}
/** Runs `act` again after passing failures. For what changes nothing at a server. @throws the last MirrorError. */
async function withRetries(act, options) {
    for (let attempt = 1;; attempt++) {
        try {
            return await act();
        }
        catch (thrown) {
            const error = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .toMirrorError */ .Ho)(thrown, { code: 'cut' });
            options.signal.throwIfAborted();
            const late = (error.retryAfter ?? 0) > _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .LONGEST_RETRY_AFTER_MS */ .Q;
            if (!error.retryable || late || attempt > options.retries)
                throw error;
            const delay = retryDelay(attempt, error.retryAfter);
            options.onRetry(error, delay);
            await waitFor(delay, options.signal);
        }
    }
}
/** Sleeps; rejects with the signal's reason. */
async function waitFor(delay, signal) {
    try {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(delay, undefined, { signal });
    }
    catch {
        signal.throwIfAborted();
    }
}
/** What is said before a wait: `what` is tried again in `delay` milliseconds, and why. */
function describeRetry(what, error, delay) {
    return `${what} in ${(delay / 1000).toFixed(1)} s: ${error.message}`;
}


/***/ }),

/***/ 5927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ quietServer)
/* harmony export */ });
/** The same server for questions beside the work: its texts are not shown. */
function quietServer(server) {
    return { ...server, verbose: false, reporter: () => undefined };
}


/***/ }),

/***/ 90572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ explainEnd),
  B: () => (/* binding */ openTalk)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/connection/idle-watch.js
var idle_watch = __webpack_require__(92735);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
;// CONCATENATED MODULE: ./build/mirror/sessions/server-lines.js

/** What git's programs say when the other side stops in the middle, and what then follows. */
const OUR_END = /\b(the remote end hung up|early EOF|unexpected disconnect|broken pipe|pack-objects died|died of signal 1[35]|aborting due to possible repository corruption|(index-pack|unpack-objects|unpacker)( abnormal)? (failed|exit|died|error))\b/i;
/** What git's upload-pack writes beside its answer that no commit is so young: it is one, and nobody's news. */
const OUR_ANSWER = /^fatal: no commits selected for shallow requests$/;
/** Lines with which hosts put a frame around their words: Gitea's `error:` alone, GitLab's rules of `=`. */
const FRAME = /^(?:(?:error|fatal|remote):)?[\s=*-]*$/i;
/** A server's last words without the frame that it puts around them. */
function unframe(words) {
    return words
        .split(/[\r\n]+/)
        .map((line) => line.replace(/^remote: ?/, '').trim())
        .filter((line) => !FRAME.test(line))
        .join('\n');
}
const MAX_LINE = 1000;
const LINES_KEPT = 200;
/** Lines given on; a server that writes more has lost itself, or means harm. */
const LINES_GIVEN = 10_000;
/**
 * Splits at LF and CR (gitprotocol-pack, band 2), leaves out empty lines, cuts a line after 1,000 characters
 * and keeps the last 200.
 */
function createServerText(onLine) {
    const kept = [];
    let partial = '';
    let overwritten = false;
    let given = 0;
    let isOurEnd = false;
    function add(text) {
        const room = MAX_LINE + 1 - partial.length;
        if (room > 0)
            partial += text.slice(0, room);
    }
    function finish(progress) {
        const line = partial.trimEnd();
        partial = '';
        if (line === '') {
            // The LF of a CR LF: the line that CR ended stays.
            if (!progress)
                overwritten = false;
            return;
        }
        if (isOurEnd && OUR_END.test(line))
            return;
        const text = (0,printable/* cutText */.IN)(line, MAX_LINE);
        if (overwritten)
            kept.pop();
        kept.push(text);
        if (kept.length > LINES_KEPT)
            kept.shift();
        overwritten = progress;
        if (OUR_ANSWER.test(line))
            return;
        given += 1;
        if (given <= LINES_GIVEN)
            onLine(text);
        if (given === LINES_GIVEN + 1)
            onLine(`… more than ${LINES_GIVEN} lines; the rest is not shown`);
    }
    return {
        lines: kept,
        write(raw) {
            let from = 0;
            for (const end of raw.matchAll(/[\r\n]/g)) {
                add(raw.slice(from, end.index));
                finish(end[0] === '\r');
                from = end.index + 1;
            }
            add(raw.slice(from));
        },
        end() {
            finish(false);
        },
        endedByUs() {
            isOurEnd = true;
        },
        restart() {
            finish(false);
            kept.length = 0;
            isOurEnd = false;
        },
    };
}

;// CONCATENATED MODULE: ./build/mirror/sessions/talk.js



/**
 * Opens a connection to `server`. It ends with the run's signal, or after `idleTimeout` without a byte.
 * @throws MirrorError with the server's side.
 */
async function openTalk(server, service, signal) {
    const controller = new AbortController();
    const ending = AbortSignal.any([server.signal, controller.signal, ...(signal ? [signal] : [])]);
    const watch = new idle_watch/* IdleWatch */.Kt(server.idleTimeout, (reason) => controller.abort(idleError(server, reason)));
    const text = createServerText((line) => server.reporter({ kind: 'server-text', side: server.side, server: server.remote.label, text: line }));
    const onAbort = () => text.endedByUs();
    ending.addEventListener('abort', onAbort, { once: true });
    // Node keeps a joined signal that somebody listens to, and with it all that the listener knows, for good.
    const forget = () => ending.removeEventListener('abort', onAbort);
    try {
        const connection = await server.remote.open({
            service,
            version: service === 'git-upload-pack' ? 2 : undefined,
            signal: ending,
            onText: (raw) => text.write(raw),
            onActivity: (bytes) => watch.touch(bytes),
        });
        return {
            connection,
            watch,
            text,
            over: () => ending.aborted || connection.over?.() === true,
            abort(reason) {
                watch.stop();
                forget();
                text.endedByUs();
                connection.abort(reason);
            },
            async close() {
                watch.stop();
                const end = await connection.close().finally(forget);
                text.end();
                return end;
            },
            async leave() {
                watch.stop();
                if (connection.leave)
                    connection.leave();
                else
                    await connection.close();
                forget();
                text.end();
            },
        };
    }
    catch (error) {
        watch.stop();
        forget();
        text.end();
        throw (0,errors/* toMirrorError */.Ho)(error, { code: 'connect', side: server.side, retryable: true });
    }
}
function idleError(server, reason) {
    if (reason === 'no-progress') {
        const seconds = Math.round((idle_watch/* NO_PROGRESS_FACTOR */.q3 * server.idleTimeout) / 1000);
        return new errors/* MirrorError */.En(`${server.remote.label} showed no progress for ${seconds} seconds, only that it is alive`, {
            code: 'timeout',
            side: server.side,
            retryable: true,
            hint: `Fewer than ${idle_watch/* LEAST_BYTES_PER_SECOND */.PE} bytes a second moved for ${idle_watch/* NO_PROGRESS_FACTOR */.q3} times the idle-timeout. A server that works so long on one answer needs a larger idle-timeout.`,
        });
    }
    return new errors/* MirrorError */.En(`${server.remote.label} was silent for ${Math.round(server.idleTimeout / 1000)} seconds`, {
        code: 'timeout',
        side: server.side,
        retryable: true,
        hint: 'The server hangs or the network is down; a slow server may need a larger idle-timeout.',
    });
}
/** Errors of the protocol's own readers, which know no address. */
const NAMELESS = new Set(['limit', 'protocol', 'server']);
/** What the server wrote beside a fatal message often says more than the message. */
function wordsOf(error, talk) {
    if (error.code !== 'server')
        return error.serverText;
    return [error.serverText ?? '', ...talk.text.lines.slice(-10)].join('\n');
}
const PASSING = /try again|temporar|time[d ]?-?out|overload|too many|rate limit|connection (closed|reset)|unavailable|hung up|early eof/i;
/**
 * What a talk that broke off died of: the program's own words say more than the end of the stream does.
 * A kept-open talk is closed on the way.
 */
async function explainEnd(server, talk, thrown) {
    const plain = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: server.side, retryable: true });
    const error = NAMELESS.has(plain.code)
        ? (0,errors/* withDetails */.FE)(plain, { serverText: wordsOf(plain, talk) }, `${server.remote.label}: ${plain.message}`)
        : plain;
    // Over http each turn stands for itself: others may still be under way.
    if (talk.connection.forgets)
        return error;
    if (error.code !== 'cut' || server.signal.aborted) {
        talk.abort(error);
        return error;
    }
    const end = await talk.close();
    const words = unframe(end.text);
    if (words !== '' && (end.exitCode ?? 0) !== 0) {
        return new errors/* MirrorError */.En(`${server.remote.label}: ${words}`, {
            code: 'server',
            side: server.side,
            retryable: PASSING.test(words),
            serverText: words,
            cause: error,
        });
    }
    const how = end.exitSignal !== undefined
        ? ` (its program was ended by ${end.exitSignal})`
        : end.exitCode
            ? ` (its program ended with status ${end.exitCode})`
            : '';
    return (0,errors/* withDetails */.FE)(error, { serverText: words === '' ? undefined : words }, `${server.remote.label}: ${error.message}${how}`);
}


/***/ }),

/***/ 10594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ UploadPackPool)
/* harmony export */ });
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5927);
/* harmony import */ var _pack_stream_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(53922);
/* harmony import */ var _upload_pack_session_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71276);



/**
 * The upload-pack of one server: sessions are opened when needed. One that has answered a fetch is spent: servers may keep
 * what they know of us until the connection ends (JGit does), and the next answer would be too small. One that has not
 * is kept for the next question.
 */
class UploadPackPool {
    server;
    #twin;
    #idle;
    #ahead;
    #refusesInsisting = false;
    #greeting;
    #shared;
    /** `twin`: the same server; its greeting, or a session that it does not use, serves for both. */
    constructor(server, twin) {
        this.server = server;
        this.#twin = twin;
    }
    /** The greeting that stands for all requests, where the server forgets and has been greeted. */
    async shared() {
        const session = await this.#shared;
        if (!session?.over)
            return session;
        this.#shared = undefined;
        return undefined;
    }
    /** What the server said of itself when it was last greeted; it is greeted where it was not yet. */
    async greeting() {
        const known = this.#greeting ?? (this.#twin && this.#twin.#greeting);
        if (known !== undefined)
            return known;
        const session = await this.lease();
        this.release(session);
        return session.advertisement;
    }
    /** A session for one question; give it back with `release`. */
    async lease() {
        const shared = (await this.#twin?.shared()) ?? (await this.shared());
        if (shared)
            return shared;
        const idle = this.#takeIdle() ?? (this.#twin ? this.#twin.#takeIdle() : undefined);
        if (idle)
            return idle;
        const ahead = await this.#takeAhead();
        if (ahead)
            return ahead;
        const session = await _upload_pack_session_js__WEBPACK_IMPORTED_MODULE_0__/* .UploadPackSession */ .R.open(this.server);
        const { version, capabilities } = session.advertisement;
        this.#greeting = { version, capabilities };
        if (session.forgets)
            this.#shared = Promise.resolve(session);
        return session;
    }
    /**
     * Another question follows the one that is under way: its connection is opened meanwhile, where the server is worth it.
     * There is never more than one that waits.
     */
    openAhead() {
        if (this.server.opensAhead !== true || this.#ahead !== undefined)
            return;
        const isOneIdle = [this, this.#twin].some((pool) => pool !== undefined && pool.#idle !== undefined);
        if (isOneIdle)
            return;
        const controller = new AbortController();
        const opening = _upload_pack_session_js__WEBPACK_IMPORTED_MODULE_0__/* .UploadPackSession */ .R.open(this.server, controller.signal).catch(() => undefined);
        const ahead = { opening, controller };
        this.#ahead = ahead;
        void opening.then((session) => {
            if (this.#ahead !== ahead)
                return;
            this.#ahead = undefined;
            if (session !== undefined)
                this.release(session);
        });
    }
    /** No question follows for now: what waits for one leaves. */
    leaveIdle() {
        const ahead = this.#ahead;
        this.#ahead = undefined;
        // Not broken off: an ssh connection on which that happened is not used again.
        void ahead?.opening.then((session) => session?.close());
        void this.#takeIdle()?.close();
    }
    release(session) {
        if (session.forgets)
            return;
        // Politely: an ssh connection on which a program was broken off is not used again.
        if (!session.fresh || session.over)
            void session.close();
        else {
            void this.#takeIdle()?.close();
            this.#idle = session;
            this.server.door?.rest(session);
        }
    }
    /** `peel`: tags with what they point to, which v0 always shows. */
    async list(prefixes, options = {}) {
        // A kept session lists what v0 showed when it was greeted: only a new one is true now.
        await this.#dropStale();
        const session = await this.lease();
        const listing = await session.list(prefixes, options);
        this.release(session);
        return listing;
    }
    /**
     * As `list`, with version 2 asked for in the command of ssh, since a server that lists in version 0 shows no symbolic refs:
     * most sshd take no variable that they were not told to take. Undefined where that does not help: an account that runs
     * Git's programs alone refuses the command. It is tried once.
     */
    async listInsisting(prefixes) {
        const { remote, signal } = this.server;
        if (this.#refusesInsisting || !remote.mayInsist)
            return undefined;
        await this.#dropStale();
        const open = (options) => remote.open({ ...options, insists: true });
        try {
            const session = await _upload_pack_session_js__WEBPACK_IMPORTED_MODULE_0__/* .UploadPackSession */ .R.open({
                ...(0,_server_js__WEBPACK_IMPORTED_MODULE_1__/* .quietServer */ .a)(this.server),
                remote: { ...remote, open },
            });
            try {
                if (session.advertisement.version === 2)
                    return await session.list(prefixes);
            }
            finally {
                await session.close();
            }
        }
        catch {
            signal.throwIfAborted();
        }
        this.#refusesInsisting = true;
        return undefined;
    }
    async fetch(question) {
        const session = await this.lease();
        const fetching = await session.fetch(question);
        if (fetching.answer.pack === undefined)
            this.release(session);
        return (0,_pack_stream_js__WEBPACK_IMPORTED_MODULE_2__/* .tap */ .M)(fetching, { onEnd: () => this.release(session) });
    }
    async close() {
        const ahead = this.#ahead;
        this.#ahead = undefined;
        ahead?.controller.abort();
        const late = await ahead?.opening;
        const shared = await this.#shared?.catch(() => undefined);
        this.#shared = undefined;
        await Promise.all([shared?.leave(), late?.leave(), this.#takeIdle()?.leave()]);
    }
    async #takeAhead() {
        const ahead = this.#ahead;
        this.#ahead = undefined;
        const session = await ahead?.opening;
        if (session === undefined || !session.over)
            return session;
        void session.close();
        return undefined;
    }
    #takeIdle() {
        const session = this.#idle;
        this.#idle = undefined;
        if (session === undefined)
            return undefined;
        this.server.door?.take(session);
        if (session.fresh && !session.over)
            return session;
        void session.close();
        return undefined;
    }
    async #dropStale() {
        const shared = await this.#shared;
        if (shared && shared.advertisement.version !== 2)
            this.#shared = undefined;
        const idle = this.#takeIdle();
        if (idle === undefined)
            return;
        if (idle.advertisement.version === 2)
            this.release(idle);
        else
            void idle.close();
    }
}


/***/ }),

/***/ 71276:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ UploadPackSession),
  n: () => (/* binding */ refuseShallow)
});

// EXTERNAL MODULE: ./build/base/bytes.js
var base_bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/turns.js
var turns = __webpack_require__(19464);
// EXTERNAL MODULE: ./build/protocol/capabilities.js
var protocol_capabilities = __webpack_require__(98543);
// EXTERNAL MODULE: ./build/protocol/fetch-request.js
var fetch_request = __webpack_require__(69325);
// EXTERNAL MODULE: ./build/protocol/line-budget.js
var line_budget = __webpack_require__(32793);
// EXTERNAL MODULE: ./build/protocol/object-id.js
var object_id = __webpack_require__(94566);
// EXTERNAL MODULE: ./build/protocol/pkt-line.js
var pkt_line = __webpack_require__(52309);
// EXTERNAL MODULE: ./build/protocol/wire-errors.js
var wire_errors = __webpack_require__(60926);
// EXTERNAL MODULE: ./build/protocol/sideband.js
var sideband = __webpack_require__(41489);
;// CONCATENATED MODULE: ./build/protocol/fetch-response.js






const EXPECTED = 'an answer to the fetch';
/**
 * Reads the sections of a v2 answer (gitprotocol-v2, "fetch") up to the pack, which stays in the stream.
 * @throws MirrorError `cut` when the answer ends early: after `shallow-info` that is git's way to say that a
 * `deepen-since` lies after the newest commit. `server`, `protocol`, `limit`.
 */
async function readFetchV2(packets, options = {}) {
    const draft = makeDraft();
    const budget = new line_budget/* LineBudget */.kU('lines', line_budget/* ANSWER_LIMITS */.aq);
    for (;;) {
        const section = await nextLine(packets, 'its answer');
        if (section === undefined)
            return { ...draft, pack: undefined };
        budget.take(section.length);
        if (section === 'packfile') {
            return { ...draft, pack: new sideband/* SidebandReader */.G(packets, { onProgress: options.onProgress }) };
        }
        const more = await readSection(packets, section, { draft, budget });
        if (!more)
            return { ...draft, pack: undefined };
    }
}
/** @returns whether another section follows. */
async function readSection(packets, section, into) {
    const readLine = SECTIONS.get(section);
    if (readLine === undefined)
        throw (0,wire_errors/* unexpectedLine */.Oo)(section, EXPECTED);
    for (;;) {
        const packet = packets.nextNow() ?? (await packets.next());
        if (packet === undefined)
            throw (0,wire_errors/* cutIn */.Yf)(`the section ${section} of its answer`);
        if (packet.kind !== 'data')
            return packet.kind === 'delim';
        into.budget.take(packet.payload.length);
        const line = (0,pkt_line/* lineOf */.cA)(packet.payload);
        if (!readLine(line, into.draft))
            throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
    }
}
/** Others (`wanted-refs`, `packfile-uris`) are never asked for, and would change what the pack means. */
const SECTIONS = new Map([
    ['acknowledgments', readAckLine],
    ['shallow-info', readShallowLine],
]);
function readAckLine(line, draft) {
    if (line === 'NAK')
        return true;
    if (line === 'ready')
        draft.ready = true;
    else if (line.startsWith('ACK '))
        draft.acks.push(parseId(line.slice(4), line));
    else
        return false;
    return true;
}
/** Whether `line` was one of a shallow answer. */
function readShallowLine(line, draft) {
    if (line.startsWith('shallow '))
        draft.shallow.push(parseId(line.slice('shallow '.length), line));
    else if (line.startsWith('unshallow '))
        parseId(line.slice('unshallow '.length), line);
    else
        return false;
    return true;
}
/**
 * Reads a v0 or v1 answer to a request with `done` (gitprotocol-pack, "Packfile Negotiation") up to the pack:
 * shallow lines and a flush when the request deepened, then ACK and NAK lines, then the pack, multiplexed or bare.
 * `bytes` is the stream below `packets`. A bare pack ends with the stream: only its trailer tells whether it is
 * complete.
 * @throws MirrorError `cut`, `server`, `protocol`, `limit`.
 */
async function readFetchV0(packets, bytes, options) {
    const { capabilities, onProgress } = options;
    const draft = makeDraft();
    const budget = new line_budget/* LineBudget */.kU('lines', line_budget/* ANSWER_LIMITS */.aq);
    if (options.deepened)
        await readDeepened(packets, draft, budget);
    while (!(await readAckV0(packets, draft, budget)))
        ;
    // More than one last line: NAK twice (go-git), or an ACK for each parent of a have (git without multi_ack). No
    // band begins with a letter, and no pack is a packet.
    while (isLetter(await packets.peekByte()))
        await readAckV0(packets, draft, budget);
    const multiplexed = capabilities.has('side-band-64k') || capabilities.has('side-band');
    return {
        ...draft,
        pack: multiplexed ? new sideband/* SidebandReader */.G(packets, { onProgress }) : rawSlices(bytes),
    };
}
function rawSlices(bytes) {
    return { next: () => bytes.readSome(), nextNow: () => bytes.readSomeNow(Number.MAX_SAFE_INTEGER) };
}
async function readDeepened(packets, draft, budget) {
    for (;;) {
        const line = await nextLine(packets, 'its answer about the depth');
        if (line === undefined)
            return;
        budget.take(line.length);
        if (!readShallowLine(line, draft))
            throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
    }
}
/**
 * Reads one line. The last of them is `NAK`, or `ACK <id>` without a state; with states (`common`, `ready`,
 * `continue`) more follows. A server without multi_ack has no states.
 * @returns whether it was the last.
 */
async function readAckV0(packets, draft, budget) {
    const line = await nextLine(packets, 'its acknowledgments');
    if (line === undefined)
        throw (0,wire_errors/* unexpectedLine */.Oo)('flush', EXPECTED);
    budget.take(line.length);
    if (line === 'NAK')
        return true;
    if (readShallowLine(line, draft))
        return false;
    const [word, text, state] = line.split(' ');
    if (word !== 'ACK' || text === undefined)
        throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
    const id = parseId(text, line);
    // git says `ready` and `continue` about ids, too, that it does not have.
    if (state === undefined || state === 'common')
        draft.acks.push(id);
    if (state === 'ready')
        draft.ready = true;
    return state === undefined;
}
/**
 * Reads what v0 or v1 answers to haves that end with a flush in place of `done`: ACK lines, then NAK. Nothing
 * follows until more is sent; a server that forgets ends its answer.
 * @throws MirrorError `cut`, `server`, `protocol`, `limit`.
 */
async function readAcksV0(packets) {
    const draft = makeDraft();
    const budget = new line_budget/* LineBudget */.kU('lines', line_budget/* ANSWER_LIMITS */.aq);
    while (!(await readAckV0(packets, draft, budget)))
        ;
    return { acks: draft.acks, ready: draft.ready };
}
function makeDraft() {
    return { acks: [], ready: false, shallow: [] };
}
/** The next line; undefined for a flush and its like. */
async function nextLine(packets, where) {
    const packet = packets.nextNow() ?? (await packets.next());
    if (packet === undefined)
        throw (0,wire_errors/* cutIn */.Yf)(where);
    return packet.kind === 'data' ? (0,pkt_line/* lineOf */.cA)(packet.payload) : undefined;
}
function isLetter(byte) {
    return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}
function parseId(text, line) {
    if ((0,object_id/* isObjectId */.TS)(text))
        return text;
    throw (0,wire_errors/* unexpectedLine */.Oo)(line, EXPECTED);
}

// EXTERNAL MODULE: ./build/protocol/ref-line.js
var ref_line = __webpack_require__(90059);
;// CONCATENATED MODULE: ./build/protocol/ls-refs.js







/** git ignores all prefixes when there are more than 65,536 of them (gitprotocol-v2, "ls-refs"). */
const REQUEST_PREFIXES = 1000;
/** The `ls-refs` command (gitprotocol-v2, "ls-refs"). @throws MirrorError `protocol` where it is not offered. */
function encodeLsRefs(request) {
    const { prefixes } = request;
    const args = [];
    if (request.peel === true)
        args.push('peel\n');
    if (request.symrefs)
        args.push('symrefs\n');
    if (request.unborn === true && (0,protocol_capabilities/* featuresOf */.Hi)('ls-refs', request.capabilities).has('unborn')) {
        args.push('unborn\n');
    }
    if (prefixes.length <= REQUEST_PREFIXES)
        for (const prefix of prefixes)
            args.push(`ref-prefix ${prefix}\n`);
    return (0,base_bytes/* concatBytes */.Id)([(0,protocol_capabilities/* encodeCommandHead */.wc)('ls-refs', request), (0,pkt_line/* encodePackets */._k)(args), pkt_line/* FLUSH */.ZM]);
}
/**
 * Reads the answer to `ls-refs`, by default up to 4 million lines and 1 GiB.
 * @throws MirrorError `cut`, `protocol`, `server`, `limit`.
 */
async function readLsRefs(packets, limits = {}) {
    const budget = new line_budget/* LineBudget */.kU('refs', limits);
    const refs = new ref_line/* ListedRefs */.uJ();
    let format;
    let unbornHead;
    const take = (text, start, space, end) => {
        refs.add(parseRef(text, start, space, end));
    };
    for (;;) {
        if (format !== undefined)
            (0,ref_line/* takeRefsNow */.U9)(packets, { format, budget, take });
        const packet = packets.nextNow() ?? (await packets.next());
        if (packet === undefined)
            throw (0,wire_errors/* cutIn */.Yf)('the list of its refs');
        if (packet.kind === 'flush')
            return { ...refs.result(), unbornHead };
        if (packet.kind !== 'data')
            throw (0,wire_errors/* unexpectedLine */.Oo)(packet.kind, 'a ref or a flush');
        const line = (0,pkt_line/* lineOf */.cA)(packet.payload);
        budget.take(line.length);
        if (line.startsWith('unborn '))
            unbornHead = parseUnborn(line) ?? unbornHead;
        else {
            format ??= line.charCodeAt((0,object_id/* hexLength */.E6)('sha256')) === SPACE ? 'sha256' : 'sha1';
            const id = (0,ref_line/* takeId */.lX)(line, format);
            refs.add(parseRef(line, 0, id.length, line.length));
        }
    }
}
function parseUnborn(line) {
    return /^unborn HEAD symref-target:([^ ]+)/.exec(line)?.[1];
}
const SPACE = 0x20;
/** `<id> <name>[ symref-target:<ref>][ peeled:<id>]` from `start` to `end` of `text`; `space` follows the id. */
function parseRef(text, start, space, end) {
    const id = text.slice(start, space);
    const found = text.indexOf(' ', space + 1);
    if (found < 0 || found >= end)
        return { name: (0,ref_line/* checkName */.I3)(text.slice(space + 1, end), id), id };
    const ref = { name: (0,ref_line/* checkName */.I3)(text.slice(space + 1, found), id), id };
    const words = text.slice(found + 1, end).split(' ');
    // A space is allowed in no name, and git lists a file with one in its name all the same.
    if (!words.every((word) => ATTRIBUTE.test(word)))
        return { name: (0,ref_line/* checkName */.I3)(text.slice(space + 1, end), id), id };
    return withAttributes(ref, words, text.slice(start, end));
}
/** Those that were not asked for say nothing about the value. */
const ATTRIBUTE = /^[a-z][a-z-]*:/;
function withAttributes(ref, words, line) {
    const format = ref.id.length === (0,object_id/* hexLength */.E6)('sha1') ? 'sha1' : 'sha256';
    let symrefTarget;
    let peeled;
    for (const word of words) {
        if (word.startsWith('symref-target:'))
            symrefTarget = word.slice('symref-target:'.length);
        else if (word.startsWith('peeled:'))
            peeled = (0,ref_line/* parseId */.Fg)(word.slice('peeled:'.length), format, line);
    }
    return { ...ref, peeled, symrefTarget };
}

// EXTERNAL MODULE: ./build/protocol/ref-name.js
var ref_name = __webpack_require__(75790);
// EXTERNAL MODULE: ./build/mirror/sessions/greet.js + 1 modules
var greet = __webpack_require__(59180);
// EXTERNAL MODULE: ./build/mirror/sessions/talk.js + 1 modules
var talk = __webpack_require__(90572);
;// CONCATENATED MODULE: ./build/mirror/sessions/upload-pack-session.js











/** One greeted connection to an upload-pack. */
class UploadPackSession {
    advertisement;
    #server;
    #talk;
    #packets;
    #spent = false;
    #waiting = 0;
    constructor(server, { talk, packets, advertisement }) {
        this.#server = server;
        this.#talk = talk;
        this.#packets = packets;
        this.advertisement = advertisement;
    }
    static async open(server, signal) {
        return new UploadPackSession(server, await (0,greet/* greet */.K)(server, 'git-upload-pack', signal));
    }
    get forgets() {
        return this.#talk.connection.forgets;
    }
    /** No more can be asked of it, even where the server forgets. */
    get over() {
        return this.#talk.over();
    }
    /** It was asked nothing but for its refs: another question can be put to it. */
    get fresh() {
        return !this.#spent;
    }
    /** @throws MirrorError with side. */
    async list(prefixes, options = {}) {
        const { advertisement } = this;
        if (advertisement.version !== 2)
            return listingOfV0(advertisement);
        const request = encodeLsRefs({
            capabilities: advertisement.capabilities,
            format: advertisement.format,
            agent: this.#server.agent,
            prefixes,
            symrefs: true,
            peel: options.peel,
            unborn: true,
        });
        return await this.#guarded(async () => {
            const { packets } = await this.#turn(request);
            const { refs, damaged, unbornHead } = await readLsRefs(packets);
            const symrefs = new Map();
            const keepTarget = ({ name, symrefTarget }) => {
                if (symrefTarget !== undefined)
                    symrefs.set(name, symrefTarget);
            };
            await (0,turns/* forEachInTurns */.q3)(refs, keepTarget, this.#server.signal);
            return {
                refs,
                damaged,
                head: believeHead(symrefs.get('HEAD') ?? unbornHead),
                symrefs,
                format: advertisement.format,
                shallow: [],
            };
        });
    }
    /** @throws MirrorError with side; `server` with the server's words for a want that it refuses. */
    async fetch(question) {
        const { advertisement } = this;
        const request = {
            ...question,
            capabilities: advertisement.capabilities,
            format: advertisement.format,
            agent: this.#server.agent,
            progress: this.#server.verbose,
        };
        const onProgress = (text) => this.#talk.text.write(text);
        return await this.#guarded(async () => {
            // What a server learns of us in one fetch changes its next answer: JGit remembers our objects, git cuts its own
            // view of the history when it deepens.
            this.#spent = !this.forgets;
            if (advertisement.version === 2) {
                const { packets, bytes } = await this.#turn(await (0,turns/* runInTurns */.hp)((0,fetch_request/* encodeFetchV2 */.pW)(request), this.#server.signal));
                const answer = await readFetchV2(packets, { onProgress });
                if (!isDeepening(question))
                    refuseShallow(answer.shallow);
                return this.#fetching(answer, bytes);
            }
            const { wants, haves } = await (0,turns/* runInTurns */.hp)((0,fetch_request/* encodeFetchV0 */.bA)(request), this.#server.signal);
            const { packets, bytes } = await this.#turn((0,base_bytes/* concatBytes */.Id)([wants, haves]));
            const answer = await readFetchV0(packets, bytes, {
                capabilities: advertisement.capabilities,
                deepened: isDeepening(question),
                onProgress,
            });
            return this.#fetching(answer, bytes);
        });
    }
    /**
     * Its `ready` can be relied on: a way leads from each want to a have that was called shallow. Of the servers whose code
     * is known, git cuts at shallow haves before it looks for the way in v0 alone, JGit in both versions; an older JGit does not name
     * itself in v2, git does. dulwich takes no shallow line without a depth.
     */
    get tellsReady() {
        const { version, capabilities } = this.advertisement;
        const agent = capabilities.value('agent') ?? '';
        if (version === 2) {
            return (0,protocol_capabilities/* featuresOf */.Hi)('fetch', capabilities).has('shallow') && (agent === '' || /^JGit\//i.test(agent));
        }
        const isKnown = /^(?:git|JGit)\//i.test(agent);
        return isKnown && capabilities.has('multi_ack_detailed') && capabilities.has('shallow');
    }
    /**
     * Which `haves` the server has, and whether it sees a way from all `wants` to one of them; a pack that comes along is
     * given up. In v0 it needs multi_ack_detailed (gitprotocol-pack, "Packfile Negotiation"). The session is spent.
     */
    async askReady(wants, haves, options = {}) {
        const { advertisement } = this;
        const question = { wants, haves, thin: true, ofsDelta: true, done: false, ...options };
        if (advertisement.version === 2) {
            const { answer, cancel } = await this.fetch(question);
            cancel();
            return answer;
        }
        this.#spent = !this.forgets;
        return await this.#guarded(async () => {
            const encoding = (0,fetch_request/* encodeFetchV0 */.bA)({
                ...question,
                capabilities: advertisement.capabilities,
                format: advertisement.format,
                agent: this.#server.agent,
                progress: false,
            });
            const parts = await (0,turns/* runInTurns */.hp)(encoding, this.#server.signal);
            const { packets } = await this.#turn((0,base_bytes/* concatBytes */.Id)([parts.wants, parts.haves, pkt_line/* FLUSH */.ZM]));
            return await readAcksV0(packets);
        });
    }
    /** Ends the talk: flush for v0 (B19), plain end of input for v2. */
    async close() {
        const { connection } = this.#talk;
        if (!connection.forgets && this.fresh && this.advertisement.version !== 2) {
            await connection.turn(pkt_line/* FLUSH */.ZM).catch(() => undefined);
        }
        this.#spent = true;
        this.#talk.text.endedByUs();
        await this.#talk.close();
    }
    /** The run ends: as `close`, and no far server is waited for when it was asked nothing or has answered. */
    async leave() {
        const { connection } = this.#talk;
        if (connection.forgets || this.advertisement.version !== 2)
            return await this.close();
        this.#spent = true;
        this.#talk.text.endedByUs();
        await this.#talk.leave();
    }
    abort(reason) {
        this.#spent = true;
        this.#talk.abort(reason);
    }
    #fetching(answer, bytes) {
        const { watch } = this.#talk;
        let over = answer.pack === undefined;
        if (!over)
            this.#wait();
        const finish = () => {
            if (over)
                return;
            over = true;
            this.#rest();
        };
        return {
            answer,
            next: async () => {
                const { pack } = answer;
                if (over || pack === undefined)
                    return undefined;
                try {
                    const slice = await this.#guarded(() => pack.next());
                    if (slice === undefined)
                        finish();
                    return slice;
                }
                catch (error) {
                    finish();
                    throw error;
                }
            },
            nextNow: () => (over ? undefined : answer.pack?.nextNow()),
            cancel: (reason) => {
                if (over)
                    return;
                finish();
                if (this.forgets)
                    void bytes.cancel().catch(() => undefined);
                else
                    this.abort(reason);
            },
            pause: () => watch.pause(),
            resume: () => watch.resume(),
        };
    }
    #wait() {
        if (this.#waiting++ === 0)
            this.#talk.watch.resume();
    }
    #rest() {
        if (--this.#waiting === 0)
            this.#talk.watch.pause();
    }
    async #turn(body) {
        return await turnOf(this.#talk.connection, this.#packets, body);
    }
    async #guarded(act) {
        this.#wait();
        try {
            return await act();
        }
        catch (error) {
            this.#spent ||= !this.forgets;
            throw await (0,talk/* explainEnd */.p)(this.#server, this.#talk, error);
        }
        finally {
            this.#rest();
        }
    }
}
function isDeepening(question) {
    return question.deepen !== undefined || question.deepenSince !== undefined;
}
async function turnOf(connection, packets, body) {
    const bytes = await connection.turn(body);
    return { bytes, packets: bytes === connection.greeting ? packets : new pkt_line/* PacketReader */.KF(bytes) };
}
function listingOfV0(advertisement) {
    const head = advertisement.refs.find((ref) => ref.name === 'HEAD')?.symrefTarget ??
        headSymref(advertisement.capabilities);
    return {
        refs: advertisement.refs,
        damaged: advertisement.damaged,
        head: believeHead(head),
        symrefs: undefined,
        format: advertisement.format,
        shallow: advertisement.shallow,
    };
}
/** What HEAD names, where that can be a ref. */
function believeHead(name) {
    return name !== undefined && (0,ref_name/* validPartOf */.jt)(name) === name ? name : undefined;
}
function headSymref(capabilities) {
    return capabilities
        .values('symref')
        .find((value) => value.startsWith('HEAD:'))
        ?.slice('HEAD:'.length);
}
/** @throws MirrorError `shallow` when the source says that it is a shallow clone (H1). */
function refuseShallow(shallow) {
    if (shallow.length === 0)
        return;
    throw new errors/* MirrorError */.En('the source is a shallow clone: it lacks the history behind its oldest commits', {
        code: 'shallow',
        side: 'source',
        hint: 'Mirror the original repository, or complete this one: `git fetch --unshallow`, or fetch-depth: 0 for actions/checkout.',
    });
}


/***/ }),

/***/ 51253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OK: () => (/* binding */ chooseCut),
/* harmony export */   bj: () => (/* binding */ newSearch),
/* harmony export */   sx: () => (/* binding */ expectObjects),
/* harmony export */   yi: () => (/* binding */ expectSpan)
/* harmony export */ });
/* harmony import */ var _piece_weight_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25039);

/** A search that knows nothing yet. */
function newSearch(axis, range) {
    const { top } = range;
    return {
        ...range,
        axis,
        floor: [],
        high: top,
        isWholeTooLarge: false,
        left: undefined,
        marks: [],
        tries: 0,
    };
}
/** The next point to cut at; undefined when none lies between the limits. */
function chooseCut(state, maxBytes) {
    const { low, high, left } = state;
    if (high - low < 2)
        return undefined;
    const middle = low + Math.floor((high - low) / 2);
    if (left === undefined || state.tries >= _piece_weight_js__WEBPACK_IMPORTED_MODULE_0__/* .TRUSTED_TRIES */ .o8)
        return middle;
    const aim = (0,_piece_weight_js__WEBPACK_IMPORTED_MODULE_0__/* .aimAt */ .hB)(state, maxBytes);
    for (const [before, after] of linesOf(state, left)) {
        if (after.objects < aim)
            continue;
        const part = (aim - before.objects) / Math.max(1, after.objects - before.objects);
        const guess = before.at + Math.floor(part * (after.at - before.at));
        return Math.min(high - 1, Math.max(low + 1, guess));
    }
    return middle;
}
/** Points that a piece spans, if all of the history is alike. */
function expectSpan(state, maxBytes) {
    const { low, top, left } = state;
    return left === undefined ? top - low : (top - low) * Math.min(1, (0,_piece_weight_js__WEBPACK_IMPORTED_MODULE_0__/* .aimAt */ .hB)(state, maxBytes) / left);
}
/** Objects that a pack up to `at` is expected to hold; undefined while nothing is known. */
function expectObjects(state, at) {
    if (state.left === undefined)
        return undefined;
    for (const [before, after] of linesOf(state, state.left)) {
        if (after.at < at)
            continue;
        const part = (at - before.at) / Math.max(1, after.at - before.at);
        return before.objects + part * (after.objects - before.objects);
    }
    return state.left;
}
/** From mark to mark: between them a history is taken to be even. */
function linesOf({ low, from, top, marks }, left) {
    const points = [{ at: Math.max(low, from), objects: 0 }, ...marks, { at: top, objects: left }];
    return points.slice(1).map((after, index) => [points[index], after]);
}


/***/ }),

/***/ 50963:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lk: () => (/* binding */ noteRefused),
/* harmony export */   PT: () => (/* binding */ noteBackupRefused),
/* harmony export */   Q_: () => (/* binding */ startLearned),
/* harmony export */   e$: () => (/* binding */ noteMode),
/* harmony export */   f5: () => (/* binding */ noteRaces)
/* harmony export */ });
/* harmony import */ var _piece_state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(98870);
/* harmony import */ var _piece_weight_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(25039);
/* harmony import */ var _thin_or_whole_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(22553);



/** `top`: a moment after the newest commit, in seconds since 1970. */
function startLearned(mode, top) {
    return {
        mode,
        pieces: (0,_piece_state_js__WEBPACK_IMPORTED_MODULE_1__/* .newPieceState */ .av)(top),
        thinness: _thin_or_whole_js__WEBPACK_IMPORTED_MODULE_0__/* .THIN */ .YU,
        suspectIds: new Set(),
        brokenIds: new Set(),
        backups: { prefixAt: 0, reason: '' },
        races: new Map(),
    };
}
/** The source will not give `id`: the first time its ref may have moved, the second time the id is broken. */
function noteRefused(learned, id) {
    if (!learned.suspectIds.has(id))
        return { ...learned, suspectIds: new Set([...learned.suspectIds, id]) };
    return { ...learned, brokenIds: new Set([...learned.brokenIds, id]) };
}
/** The destination did not take refs in the namespace for old values. */
function noteBackupRefused(learned, reason) {
    return { ...learned, backups: { prefixAt: learned.backups.prefixAt + 1, reason } };
}
/** Another writer was faster with each of `refs`. */
function noteRaces(learned, refs) {
    if (refs.length === 0)
        return learned;
    const races = new Map(learned.races);
    for (const ref of refs)
        races.set(ref, (races.get(ref) ?? 0) + 1);
    return { ...learned, races };
}
/** A plainer way to push. `pack`: what did not arrive; where `mode` cuts the history, it tells how large that is. */
function noteMode(learned, mode, pack) {
    if (!mode.pieces || pack.objects === 0)
        return { ...learned, mode };
    const { objects } = pack;
    const bytes = Math.max(pack.bytes, mode.maxBytes ?? 0);
    const { pieces, thinness } = learned;
    return {
        ...learned,
        mode,
        thinness: (0,_thin_or_whole_js__WEBPACK_IMPORTED_MODULE_0__/* .judgeTooLarge */ .XR)(thinness, thinness.isThin, (0,_piece_weight_js__WEBPACK_IMPORTED_MODULE_2__/* .surpriseOf */ .lX)(pieces, { objects, bytes })),
        pieces: (0,_piece_state_js__WEBPACK_IMPORTED_MODULE_1__/* .noteRestTooLarge */ .Q_)(pieces, objects, bytes),
    };
}


/***/ }),

/***/ 98870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $L: () => (/* binding */ leaveAxis),
/* harmony export */   AQ: () => (/* binding */ noteNewer),
/* harmony export */   HD: () => (/* binding */ leaveOutNewer),
/* harmony export */   Q3: () => (/* binding */ enterAxis),
/* harmony export */   Q_: () => (/* binding */ noteRestTooLarge),
/* harmony export */   T9: () => (/* binding */ noteWholeTooLarge),
/* harmony export */   Yv: () => (/* binding */ restartSearch),
/* harmony export */   Yz: () => (/* binding */ noteLeft),
/* harmony export */   _M: () => (/* binding */ noteNothingAfter),
/* harmony export */   av: () => (/* binding */ newPieceState),
/* harmony export */   b_: () => (/* binding */ noteSent),
/* harmony export */   dE: () => (/* binding */ noteNothingBefore),
/* harmony export */   nR: () => (/* binding */ timeOf),
/* harmony export */   nc: () => (/* binding */ noteOverflow),
/* harmony export */   sH: () => (/* binding */ noteTooLarge),
/* harmony export */   tl: () => (/* binding */ restFits)
/* harmony export */ });
/* harmony import */ var _cut_search_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51253);
/* harmony import */ var _piece_weight_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25039);


/** `top`: a moment after the newest commit, in seconds since 1970. */
function newPieceState(top) {
    return {
        ...(0,_cut_search_js__WEBPACK_IMPORTED_MODULE_0__/* .newSearch */ .bj)({ kind: 'time' }, { low: 0, top, isLowKnown: false, from: 0 }),
        outer: [],
        newer: new Map(),
        pieces: 0,
        bytes: 0,
        objects: 0,
        overflow: undefined,
        lastWeight: 0,
        weightBefore: 0,
        surprise: 1,
        lastBytes: 0,
        lastStarved: 0,
        timeFailures: 0,
        isTimeless: false,
        byTips: false,
        restOverflows: 0,
        isAllSent: false,
        anchorPrefix: undefined,
    };
}
/** Nothing speaks against sending all that is left at once: its size is not known, or was estimated to fit. */
function restFits(state, maxBytes) {
    if (state.isWholeTooLarge)
        return false;
    return state.left === undefined || (0,_piece_weight_js__WEBPACK_IMPORTED_MODULE_1__/* .isLeftLight */ .Yx)(state, maxBytes);
}
/** Nothing is lower than `at`, or it was sent already. `floor`: commits there that are at the destination. */
function noteNothingBefore(state, at, floor = []) {
    return { ...state, low: at, floor, tries: state.tries + 1 };
}
/** Nothing is newer than `at`. */
function noteNothingAfter(state, at) {
    return { ...state, high: Math.min(state.high, at), top: at, tries: state.tries + 1 };
}
/** A pack up to `at` is too large. `objects`: by its header, where that was seen. */
function noteTooLarge(state, at, objects) {
    const marks = objects === undefined ? state.marks : [...state.marks, { at, objects }];
    return {
        ...state,
        high: at,
        marks: marks.filter((mark) => mark.at <= at).toSorted((a, b) => a.at - b.at),
        tries: state.tries + 1,
    };
}
/** All that is left does not fit. */
function noteWholeTooLarge(state, objects) {
    return { ...state, left: objects, isWholeTooLarge: true };
}
/** The header of the rest said how many objects it has. */
function noteLeft(state, objects) {
    return { ...state, left: objects };
}
/** `ids` are newer than `limit`. */
function noteNewer(state, ids, limit) {
    const newer = new Map(state.newer);
    for (const id of ids)
        newer.set(id, Math.max(limit, newer.get(id) ?? 0));
    return { ...state, newer };
}
/** `ids` without those that are known to be newer than `limit`. */
function leaveOutNewer(state, ids, limit) {
    return ids.filter((id) => (state.newer.get(id) ?? 0) < limit);
}
/** A pack up to a point was cut off at the limit. */
function noteOverflow(state, overflow) {
    return { ...state, overflow, ...(0,_piece_weight_js__WEBPACK_IMPORTED_MODULE_1__/* .weighOverflow */ .vZ)(state, overflow) };
}
/** The rest was tried at once and does not fit: `objects` is what its header said, `bytes` what is known of its size. */
function noteRestTooLarge(state, objects, bytes) {
    const { restOverflows } = state;
    const noted = {
        ...restartSearch(state),
        left: objects,
        isWholeTooLarge: true,
        restOverflows: restOverflows + 1,
    };
    // By the weight of the pieces before it, it would be taken to fit again, and again.
    return state.pieces > 0 ? noteOverflow(noted, { at: noted.top, objects, bytes }) : noted;
}
/** A piece up to `at` was sent. */
function noteSent(state, piece) {
    const { at, objects, bytes } = piece;
    const weight = bytes / Math.max(1, objects);
    // A piece with far fewer objects than expected shows that the marks are wrong.
    const misled = objects * _piece_weight_js__WEBPACK_IMPORTED_MODULE_1__/* .MISLED_FACTOR */ .pY < ((0,_cut_search_js__WEBPACK_IMPORTED_MODULE_0__/* .expectObjects */ .sx)(state, at) ?? 0);
    return {
        ...state,
        low: Math.max(state.low, at),
        isLowKnown: true,
        floor: [],
        high: state.top,
        isWholeTooLarge: false,
        left: state.left === undefined ? undefined : Math.max(1, state.left - objects),
        marks: state.marks
            .filter((mark) => !misled && mark.at > at && mark.objects > objects)
            .map((mark) => ({ at: mark.at, objects: mark.objects - objects })),
        tries: 0,
        pieces: state.pieces + 1,
        bytes: state.bytes + bytes,
        objects: state.objects + objects,
        overflow: (0,_piece_weight_js__WEBPACK_IMPORTED_MODULE_1__/* .leftOfOverflow */ .Fv)(state.overflow, piece),
        lastWeight: weight,
        weightBefore: state.lastWeight,
        surprise: (0,_piece_weight_js__WEBPACK_IMPORTED_MODULE_1__/* .surpriseOf */ .lX)(state, piece),
        lastBytes: bytes,
    };
}
/** What lies at `high` is too large, and nothing lies between it and `low`: it is cut along another axis. */
function enterAxis(state, axis) {
    const { low, isLowKnown, floor, from, high, top, isWholeTooLarge, left, marks, tries } = state;
    const outer = {
        axis: state.axis,
        low,
        isLowKnown,
        floor,
        from,
        high,
        top,
        isWholeTooLarge,
        left,
        marks,
        tries,
        objectsBefore: state.objects,
    };
    const range = axis.kind === 'tips'
        ? { low: 0, top: axis.ids.length, isLowKnown: true, from: 0 }
        : { low: Number.NEGATIVE_INFINITY, top: 0, isLowKnown: false, from: Number.NEGATIVE_INFINITY };
    const seen = marks.find((mark) => mark.at === high)?.objects ?? (high === top ? left : undefined);
    const entered = { ...(0,_cut_search_js__WEBPACK_IMPORTED_MODULE_0__/* .newSearch */ .bj)(axis, range), left: seen, isWholeTooLarge: seen !== undefined };
    return { ...state, ...entered, outer: [...state.outer, outer], overflow: undefined };
}
/** All that lies at the `high` of the search around this one has arrived: that one goes on. */
function leaveAxis(state) {
    const outer = state.outer.at(-1);
    if (outer === undefined)
        return state;
    const { objectsBefore, ...search } = outer;
    const sent = state.objects - objectsBefore;
    return {
        ...state,
        ...search,
        outer: state.outer.slice(0, -1),
        low: search.high,
        isLowKnown: true,
        floor: [],
        high: search.top,
        isWholeTooLarge: false,
        left: search.left === undefined ? undefined : Math.max(1, search.left - sent),
        marks: [],
        tries: 0,
        overflow: undefined,
        isAllSent: state.isAllSent || (state.axis.kind !== 'time' && state.axis.isAll),
    };
}
/** The search begins again along time, behind what arrived; what the pieces weigh is still known. */
function restartSearch(state) {
    const { top, isLowKnown, from, axis } = state.outer[0] ?? state;
    const low = timeOf(state);
    return {
        ...state,
        ...(0,_cut_search_js__WEBPACK_IMPORTED_MODULE_0__/* .newSearch */ .bj)(axis, { low, top, isLowKnown, from }),
        left: state.outer.length === 0 ? state.left : undefined,
        outer: [],
        isAllSent: false,
        overflow: state.outer.length === 0 ? state.overflow : undefined,
    };
}
/** The moment up to which everything has arrived, as far as dates tell, in seconds since 1970. */
function timeOf(state) {
    return (state.outer[0] ?? state).low;
}


/***/ }),

/***/ 25039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fv: () => (/* binding */ leftOfOverflow),
/* harmony export */   Yx: () => (/* binding */ isLeftLight),
/* harmony export */   cs: () => (/* binding */ isHopeless),
/* harmony export */   gY: () => (/* binding */ FIRST_OBJECTS_PART),
/* harmony export */   hB: () => (/* binding */ aimAt),
/* harmony export */   lX: () => (/* binding */ surpriseOf),
/* harmony export */   o8: () => (/* binding */ TRUSTED_TRIES),
/* harmony export */   pY: () => (/* binding */ MISLED_FACTOR),
/* harmony export */   vZ: () => (/* binding */ weighOverflow)
/* harmony export */ });
/** Bytes for each object of most histories, at least, and what the first piece is made by. */
const LEAST_OBJECT_BYTES = 400;
/** A piece is begun when it fits with this much to spare. */
const SPARE_FACTOR = 1.05;
/** It is aimed at this part of the limit: the first few tell little of those after them. */
const FILL_PART = 0.8;
const EARLY_FILL_PART = 0.65;
const EARLY_PIECES = 3;
/** Before the weight is known, a piece is to fill this part of the limit, and to hold this part of the objects. */
const FIRST_FILL_PART = 0.5;
const FIRST_OBJECTS_PART = 1 / 8;
/** The weight grows from piece to piece by no more than this, as a rule. */
const MOST_GROWTH_FACTOR = 1.5;
/** What arrived tells the weight of so many times as many objects, and of no more. */
const SAMPLE_FACTOR = 6;
const LEAST_SAMPLE_OBJECTS = 1000;
/** How much a pack that was cut off is taken to be larger than what was seen of it. */
const UNSEEN_FACTOR = 1.2;
/** After so many tries the estimate is trusted half as much, and again with each one that follows. */
const TRUSTED_TRIES = 3;
/** Bytes for each object that the next piece will have; undefined before the first. */
function expectWeight(state) {
    const { lastWeight, weightBefore } = state;
    if (lastWeight === 0)
        return undefined;
    // Histories grow heavier as they go on, and go on to do so.
    const seen = weightBefore === 0 ? 1.2 : lastWeight / weightBefore;
    const growth = Math.min(MOST_GROWTH_FACTOR, Math.max(1, seen)) - 1;
    const average = state.objects === 0 ? lastWeight : state.bytes / state.objects;
    const { overflow } = state;
    return Math.max(average, lastWeight * (1 + (state.pieces < EARLY_PIECES ? growth : growth / 2)), overflow === undefined ? 0 : (UNSEEN_FACTOR * overflow.bytes) / overflow.objects);
}
/**
 * A pack that will not fit, by the number of its objects: nothing of it is sent. Before the first piece the weight
 * of an object is not known: what is certainly too large is told from what may fit. It is an estimate, and never
 * the last word on what cannot be cut.
 */
function isHopeless(state, objects, maxBytes) {
    const weight = expectWeight(state);
    const doubt = 2 ** Math.max(0, state.tries - TRUSTED_TRIES);
    return (objects * (weight === undefined ? LEAST_OBJECT_BYTES : weight * SPARE_FACTOR) > maxBytes * doubt &&
        objects > 1);
}
/** The estimate says that all that is left fits one push. */
function isLeftLight(state, maxBytes) {
    if (state.left === undefined || expectWeight(state) === undefined)
        return false;
    return !isHopeless({ ...state, tries: 0 }, state.left, maxBytes);
}
/** Objects that the next piece is meant to hold. */
function aimAt(state, maxBytes) {
    const weight = expectWeight(state) ?? LEAST_OBJECT_BYTES;
    const left = state.left ?? Infinity;
    if (state.pieces === 0)
        return Math.min((FIRST_FILL_PART * maxBytes) / weight, left * FIRST_OBJECTS_PART);
    const fill = state.pieces < EARLY_PIECES ? EARLY_FILL_PART : FILL_PART;
    const sample = SAMPLE_FACTOR * Math.max(LEAST_SAMPLE_OBJECTS, state.objects);
    const objects = Math.min((fill * maxBytes) / weight, sample);
    // The last two pieces are better of one size than one of them tiny.
    return objects < left && objects * 2 > left ? left / 2 : objects;
}
/** The bytes for each object of a piece, as a multiple of what was expected; 1 where nothing was expected. */
function surpriseOf(state, { objects, bytes }) {
    const weight = bytes / Math.max(1, objects);
    return weight / (expectWeight(state) ?? weight);
}
/** The weights that a pack tells of that was cut off after `bytes`: nobody knows how much of it was left. */
function weighOverflow(state, { bytes, objects }) {
    const weight = Math.max(state.lastWeight, (UNSEEN_FACTOR * bytes) / Math.max(1, objects));
    return { lastWeight: weight, weightBefore: weight };
}
/** An expectation is dropped when it was this many times what came. */
const MISLED_FACTOR = 3;
/** What is left of a pack that was cut off, once a piece of it has arrived. */
function leftOfOverflow(overflow, piece) {
    if (overflow === undefined || piece.at >= overflow.at || piece.objects >= overflow.objects)
        return undefined;
    // Thin packs after a whole one that was cut off: all of its weight would seem to lie in what is left.
    if (piece.bytes * overflow.objects * MISLED_FACTOR < overflow.bytes * piece.objects)
        return undefined;
    return {
        at: overflow.at,
        objects: overflow.objects - piece.objects,
        bytes: Math.max(0, overflow.bytes - piece.bytes),
    };
}


/***/ }),

/***/ 22553:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GZ: () => (/* binding */ judgePiece),
/* harmony export */   XR: () => (/* binding */ judgeTooLarge),
/* harmony export */   YU: () => (/* binding */ THIN)
/* harmony export */ });
const THIN = { isThin: true, isSettled: false };
const SETTLED = { isThin: true, isSettled: true };
const WHOLE = { isThin: false, isSettled: false };
/** Milliseconds of the destination's work that are worth a larger pack. */
const WORTHWHILE_WORK_MS = 1000;
/** Whole packs are given up when a piece is this many times heavier than expected. */
const TOO_HEAVY = 2;
/** In a piece of fewer objects, files that changed once are many: without their bases it is much larger. */
const MANY_OBJECTS = 10_000;
/** Where a piece was sent sooner than the destination was done with it, bytes are cheap. */
function judgePiece(thinness, piece) {
    const isSmall = piece.objects < MANY_OBJECTS;
    if (!piece.isThin)
        return isSmall || piece.surprise > TOO_HEAVY ? SETTLED : thinness;
    const isCheap = !isSmall && piece.working >= Math.max(WORTHWHILE_WORK_MS, piece.streaming);
    return isCheap && !thinness.isSettled ? WHOLE : thinness;
}
/**
 * A piece was cut off at the limit: one that was whole may still fit when it is thin.
 *
 * @param surprise its bytes for each object, at least, as a multiple of what was expected
 */
function judgeTooLarge(thinness, isThin, surprise) {
    return isThin || surprise <= TOO_HEAVY ? thinness : SETTLED;
}


/***/ }),

/***/ 56452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ readAppKey)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(26039);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);


/**
 * The private key of a GitHub App, from a text in any of the ways in which secrets hold one.
 * @throws MirrorError `usage`, in words that fit behind the name of the option
 */
function readAppKey(text) {
    try {
        const key = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_1__/* .loadCrypto */ .Q)().createPrivateKey(readPem(text));
        if (key.asymmetricKeyType !== 'rsa')
            throw new Error('no RSA key');
        return key;
    }
    catch (thrown) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En('is no private key of a GitHub App', {
            code: 'usage',
            hint: 'Paste the whole .pem file, from -----BEGIN RSA PRIVATE KEY----- on.',
            cause: thrown,
        });
    }
}
/** Keys are stored with written-out line breaks, or in base64 as a whole. */
function readPem(text) {
    const plain = text.trim().replaceAll('\\n', '\n').replaceAll('\r', '');
    return plain.includes('-----BEGIN') ? plain : Buffer.from(plain, 'base64').toString();
}


/***/ }),

/***/ 85222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  TM: () => (/* binding */ OPTION_NAMES),
  Fx: () => (/* binding */ OPTION_SPECS),
  C: () => (/* binding */ SECRET_OPTIONS),
  rI: () => (/* binding */ specOf)
});

;// CONCATENATED MODULE: ./build/options/destination-rows.js
const KEEP_LIMIT_DAYS = 100_000;
/** Rows of the table of options about a destination and its host; `OPTION_TABLE` holds them to its type. */
const DESTINATION_ROWS = [
    {
        name: 'backup',
        kind: 'text',
        group: 'what',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: 'false',
        about: '`true`: before a ref of the destination is overwritten or deleted, its old value is kept there below ' +
            '`refs/kalandra/backup/TIME/`, or below `refs/tags/kalandra-backup/TIME/` where the destination takes no such ' +
            'refs. Another namespace: its name, such as `refs/backup/`. `kalandra restore DESTINATION` brings it back.',
        help: 'true, or a namespace: keep the old values of refs that are overwritten or deleted',
        value: 'PREFIX',
    },
    {
        name: 'backup-keep',
        kind: 'number',
        min: 1,
        max: KEEP_LIMIT_DAYS,
        unlimited: true,
        group: 'what',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: '30',
        about: 'Days after which a later run removes what `backup` has kept. `unlimited`: never.',
        help: 'days after which a later run removes a backup; unlimited: never',
        value: 'DAYS',
    },
    {
        name: 'push-options',
        kind: 'lines',
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: '',
        about: 'Push options, one per line, for a destination that takes them: `ci.skip` starts no pipeline at GitLab. ' +
            'Where the server takes none, a warning says so.',
        help: 'a push option for the destination, such as ci.skip; may be repeated',
        value: 'OPTION',
    },
    {
        name: 'create',
        kind: 'choice',
        choices: ['off', 'private', 'internal', 'public'],
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: 'off',
        about: '`private`, `internal` or `public`: a destination that does not exist is made, empty, at GitHub, GitLab, Gitea, Forgejo, ' +
            'Bitbucket or Azure DevOps. One that exists is left as it is. See `docs/hosts.md`.',
        help: 'private, internal or public: make a destination that does not exist',
        value: 'VISIBILITY',
    },
    {
        name: 'default-branch',
        kind: 'text',
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: 'keep',
        about: "The default branch of the destination after the push: `source` for the source's, a name, or `keep`. An old default " +
            'branch that the source no longer has can then be deleted in the same run.',
        help: 'keep, source, or a name: the default branch of the destination',
        value: 'NAME',
    },
    {
        name: 'protected',
        kind: 'choice',
        choices: ['respect', 'allow-force'],
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: 'respect',
        about: '`allow-force`: where a rule of GitLab, Gitea or Forgejo forbids a forced push to a branch, it is allowed for the ' +
            'push and put back afterwards, also when the run is cancelled. The rules of GitHub are never touched.',
        help: 'respect, or allow-force: lift the rule against forced pushes for the push',
        value: 'WAY',
    },
    {
        name: 'host-kind',
        kind: 'choice',
        choices: ['auto', 'github', 'gitlab', 'gitea', 'bitbucket', 'bitbucket-server', 'azure'],
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: 'auto',
        about: 'What the host of the destination is, for `create`, `default-branch` and `protected`. `auto`: by its name, or by asking it. ' +
            'Forgejo is `gitea`.',
        help: 'what the host of the destination is; auto asks it',
        value: 'KIND',
    },
    {
        name: 'host-api',
        kind: 'text',
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: '',
        about: "Address of the API of the destination's host, such as `https://git.example.org/api/v1`, where it is not at the usual place.",
        help: "address of the API of the destination's host, where it is not at the usual place",
        value: 'URL',
    },
    {
        name: 'app-id',
        kind: 'text',
        group: 'access',
        places: ['run'],
        default: '',
        about: 'A GitHub App, by its client id or App id: its installation gives the token for a source or destination on GitHub that has ' +
            'no token of its own, and new ones while a long run goes on.',
        help: 'client id or App id of a GitHub App that gives the tokens',
        value: 'ID',
    },
    {
        name: 'app-private-key',
        kind: 'secret',
        group: 'access',
        places: ['run'],
        default: '',
        about: 'Private key of the GitHub App, as text (PEM).',
        help: 'private key of the GitHub App',
    },
];

;// CONCATENATED MODULE: ./build/options/fleet-rows.js
/** Rows of the table of options that choose among many mirrors; `OPTION_TABLE` holds them to its type. */
const FLEET_ROWS = [
    {
        name: 'command',
        kind: 'choice',
        choices: ['auto', 'mirror', 'doctor', 'check', 'plan', 'round', 'report'],
        group: 'fleet',
        places: ['run'],
        default: 'auto',
        about: '`mirror`: one source to its destinations. `doctor`: says what can be known of that, or of every mirror of `config`, without writing. `round`: every mirror of `config`. `check`: reads `config` and says what is ' +
            'wrong. `plan`: lists its mirrors, and writes the output `matrix`. `report`: joins the reports of all shards. ' +
            '`auto`: `round` with a `config`, else `mirror`.',
        help: 'what to do',
        commandLine: 'never',
    },
    {
        name: 'config',
        kind: 'text',
        group: 'fleet',
        places: ['run'],
        default: '',
        about: 'A file of many mirrors: a path in the workspace or in the repository of the workflow, or the text itself. ' +
            'See `docs/fleet.md`.',
        help: 'a file of many mirrors',
        commandLine: 'never',
    },
    {
        name: 'only',
        kind: 'lines',
        group: 'fleet',
        places: ['run'],
        default: '',
        about: 'Mirrors of `config` to run: names, labels, or globs such as `acme/*`, one per line.',
        help: 'mirrors of a config to run, by name, label or glob; may be repeated',
        value: 'NAME',
    },
    {
        name: 'shard',
        kind: 'text',
        group: 'fleet',
        places: ['run'],
        default: '',
        about: 'The part of `config` to run: `3/20` for the third of twenty, or `auto` by the variables of Kubernetes, GitLab CI, ' +
            'AWS Batch and Nomad.',
        help: 'the part of a config to run: 3/20, or auto',
        value: 'I/N',
    },
    {
        name: 'shards',
        kind: 'number',
        min: 1,
        max: 256,
        group: 'fleet',
        places: ['run'],
        default: '',
        about: 'Jobs of the output `matrix`. By default one for each 50 mirrors, and at most 64.',
        help: 'jobs of a matrix; by default one for each 50 mirrors, and at most 64',
        value: 'N',
    },
    {
        name: 'report-file',
        kind: 'lines',
        group: 'fleet',
        places: ['run'],
        default: '',
        about: 'Where a round writes a line of JSON for each mirror. For `report`: the files to join, one per line; `*` stands for ' +
            'any part of a name.',
        help: 'where a round writes a line of JSON for each mirror; - is stdout',
        value: 'PATH',
    },
    {
        name: 'state-file',
        kind: 'text',
        group: 'fleet',
        places: ['run'],
        default: '',
        about: 'Where a round keeps what the next one should know: what failed runs first then, and `skip-unpushed` of the file counts.',
        help: 'where a round keeps what the next one should know: what failed runs first then',
        value: 'PATH',
    },
];

;// CONCATENATED MODULE: ./build/options/table.js


const RETRIES_LIMIT = 100;
const TIME_LIMIT_SECONDS = 1_000_000;
const REFS_LIMIT = 1_000_000_000;
const DELETIONS_LIMIT = 999_999_999;
/**
 * Every option. From here come the inputs of the action, the options of the command line, its help, action.yml and
 * the README's table. A new option is a row here and a line of `readOptions` that says what it means.
 */
const OPTION_TABLE = [
    {
        name: 'source',
        kind: 'text',
        group: 'what',
        places: ['run', 'mirror'],
        default: '',
        runnerDefault: '${{ github.server_url }}/${{ github.repository }}',
        about: 'Where to read: `https://`, `http://`, `ssh://`, `git@host:path`, `git://`, `file://` or an absolute path. ' +
            "By default the workflow's own repository over https.",
        help: 'where to read',
        commandLine: 'position',
    },
    {
        name: 'destination',
        kind: 'lines',
        group: 'what',
        places: ['run', 'mirror'],
        default: '',
        about: 'Where to write, same forms as `source`. Several destinations: one per line. Needed unless `config` is given.',
        help: 'where to write',
        commandLine: 'position',
    },
    {
        name: 'source-ssh-key',
        kind: 'secret',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: '',
        about: 'Private key for an ssh source, as text (OpenSSH, PKCS#1, PKCS#8 or SEC1).',
        help: 'private key for an ssh source',
    },
    {
        name: 'destination-ssh-key',
        kind: 'secret',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: '',
        about: 'Private key for ssh destinations, as text (OpenSSH, PKCS#1, PKCS#8 or SEC1).',
        help: 'private key for ssh destinations',
    },
    {
        name: 'source-ssh-passphrase',
        kind: 'secret',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: '',
        about: 'Passphrase of `source-ssh-key`.',
        help: 'passphrase of the key',
    },
    {
        name: 'destination-ssh-passphrase',
        kind: 'secret',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: '',
        about: 'Passphrase of `destination-ssh-key`.',
        help: 'passphrase of the key',
    },
    {
        name: 'ssh-known-hosts',
        kind: 'lines',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: '',
        about: 'Lines of a known_hosts file, added to the built-in keys of the big hosts. `ssh-keyscan HOST` prints them.',
        help: 'a known_hosts file beside ~/.ssh/known_hosts; may be repeated',
        commandLine: 'file',
    },
    {
        name: 'source-token',
        kind: 'secret',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: '',
        runnerDefault: '${{ github.token }}',
        about: "Token or password for the source. The default token goes to the workflow's own server and to no other host.",
        help: 'token or password for the source',
    },
    {
        name: 'destination-token',
        kind: 'secret',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: '',
        about: 'Token or password for destinations over https.',
        help: 'token or password for destinations over https',
    },
    {
        name: 'source-username',
        kind: 'text',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: 'x-access-token',
        about: 'User name that goes with `source-token`.',
        help: 'user name that goes with the token',
        value: 'NAME',
    },
    {
        name: 'destination-username',
        kind: 'text',
        group: 'access',
        places: ['run', 'host', 'endpoint'],
        default: 'x-access-token',
        about: 'User name that goes with `destination-token`.',
        help: 'user name that goes with the token',
        value: 'NAME',
    },
    {
        name: 'refs',
        kind: 'lines',
        group: 'what',
        places: ['run', 'mirror', 'endpoint'],
        default: 'refs/heads/*\nrefs/tags/*',
        about: "What to mirror: refspecs in Git's own syntax, one per line. `refs/heads/main:refs/heads/stable` renames, " +
            '`^refs/heads/dependabot/*` leaves out.',
        help: 'what to mirror; may be repeated: refs/heads/main:refs/heads/stable renames, ^refs/heads/wip/* leaves out',
        value: 'REFSPEC',
    },
    {
        name: 'prune',
        kind: 'switch',
        group: 'what',
        places: ['run', 'mirror', 'endpoint'],
        default: 'true',
        about: 'Delete destination refs inside the scope of `refs` that the source no longer has.',
        help: 'keep destination refs that the source no longer has',
    },
    {
        name: 'max-deletions',
        kind: 'number',
        min: 0,
        max: DELETIONS_LIMIT,
        unlimited: true,
        group: 'what',
        places: ['run', 'mirror', 'endpoint'],
        default: '50',
        about: 'Stop before anything is touched when more refs than this would be deleted at one destination. ' +
            '`unlimited` lifts it.',
        help: 'stop before anything is touched when more would be deleted; unlimited lifts it',
        value: 'N',
    },
    {
        name: 'force',
        kind: 'switch',
        group: 'what',
        places: ['run', 'mirror', 'endpoint'],
        default: 'true',
        about: '`false`: branches only fast-forward and tags never move; what diverged is reported as rejected.',
        help: 'branches only fast-forward, tags never move',
    },
    {
        name: 'atomic',
        kind: 'switch',
        group: 'what',
        places: ['run', 'mirror', 'endpoint'],
        default: 'false',
        about: 'All refs of a destination move, or none.',
        help: 'all refs of a destination or none',
    },
    {
        name: 'dry-run',
        kind: 'switch',
        group: 'what',
        places: ['run'],
        default: 'false',
        about: 'Plan and report, change nothing.',
        help: 'plan and report, change nothing',
    },
    {
        name: 'allow-unrelated',
        kind: 'switch',
        group: 'what',
        places: ['run', 'mirror', 'endpoint'],
        default: 'false',
        about: 'Allow writing to a destination that has refs and shares no object with the source. ' +
            'Without it such a destination is taken for a wrong address.',
        help: 'allow a destination that shares nothing with the source',
    },
    ...DESTINATION_ROWS,
    {
        name: 'retries',
        kind: 'number',
        min: 0,
        max: RETRIES_LIMIT,
        group: 'how',
        places: ['run', 'mirror', 'host'],
        default: '3',
        about: 'Attempts after a passing failure.',
        help: 'attempts after a passing failure',
        value: 'N',
    },
    {
        name: 'idle-timeout',
        kind: 'seconds',
        min: 1,
        max: TIME_LIMIT_SECONDS,
        group: 'how',
        places: ['run', 'mirror', 'host'],
        default: '900',
        about: 'Seconds without a byte in either direction after which a run gives up.',
        help: 'give up after so long without a byte in either direction',
        value: 'SECONDS',
    },
    {
        name: 'time-limit',
        kind: 'seconds',
        min: 1,
        max: TIME_LIMIT_SECONDS,
        units: true,
        group: 'how',
        places: ['run', 'mirror'],
        default: '',
        about: 'Seconds that a run may take as a whole, or a time such as `90m` or `6h`. ' +
            'What has not moved by then stays as it was, and the run fails. By default there is no limit.',
        help: 'longest time of the whole run, also as 90m or 6h; by default none',
        value: 'SECONDS',
    },
    {
        name: 'max-pack-size',
        kind: 'size',
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: '',
        about: 'Largest pack of one push: bytes, or a number with `k`, `M` or `G` (powers of 1024). ' +
            'Larger first mirrors go in several pushes. By default the known limit of the host.',
        help: 'largest pack of one push: 500M, 2G; by default the known limit of the host',
        value: 'SIZE',
    },
    {
        name: 'max-refs-per-push',
        kind: 'number',
        min: 1,
        max: REFS_LIMIT,
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: '',
        about: 'Most refs of one push. By default 5,000, or the known limit of the host; 500,000 to a path.',
        help: 'most refs of one push; by default 5000, or the known limit of the host; 500,000 to a path',
        value: 'N',
    },
    {
        name: 'transfer',
        kind: 'choice',
        choices: ['auto', 'stream', 'spool'],
        group: 'how',
        places: ['run', 'mirror', 'host', 'endpoint'],
        default: 'auto',
        about: '`stream`: send while receiving. `spool`: collect the pack first, in memory up to 32 MiB and beyond that in a ' +
            'temporary file, for servers that want to know its length. `auto`: stream, and spool where a server asks for it ' +
            'or gives up while it waits for the source.',
        help: 'auto, stream or spool',
        value: 'WAY',
    },
    {
        name: 'lfs',
        kind: 'choice',
        choices: ['auto', 'true', 'false', 'full'],
        group: 'what',
        places: ['run', 'mirror', 'endpoint'],
        default: 'auto',
        about: 'Git LFS objects. `auto`: carry those that the pushed commits point to, and warn where a server has no LFS. ' +
            '`true`: what cannot be carried is a failure. `full`: as `true`, for the whole history, whatever the destination ' +
            'has. `false`: never ask.',
        help: 'Git LFS objects: auto, true, false or full',
        value: 'WHICH',
    },
    {
        name: 'workflow-token',
        kind: 'secret',
        group: 'access',
        places: ['run'],
        default: '',
        runnerDefault: '${{ github.token }}',
        about: "The workflow's own token, so that it is recognised and never sent to another server. Leave it alone.",
        help: "the workflow's own token",
        commandLine: 'never',
    },
    ...FLEET_ROWS,
];

;// CONCATENATED MODULE: ./build/options/names.js

const OPTION_SPECS = OPTION_TABLE;
const OPTION_NAMES = OPTION_TABLE.map(({ name }) => name);
const SPECS = new Map(OPTION_SPECS.map((spec) => [spec.name, spec]));
function specOf(name) {
    return SPECS.get(name);
}
/** Options whose whole value is a secret. */
const SECRET_OPTIONS = OPTION_SPECS.flatMap(({ kind, name }) => kind === 'secret' ? [name] : []);


/***/ }),

/***/ 73315:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ readFleetOptions)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(68739);


/** @throws MirrorError `usage` for options that do not go together */
function readFleetOptions(reader) {
    const config = (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .readValue */ .wK)(reader, 'config');
    const given = (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .readValue */ .wK)(reader, 'command');
    const command = given !== 'auto' ? given : config === '' ? 'mirror' : 'round';
    const options = {
        command,
        config,
        only: (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .readValue */ .wK)(reader, 'only'),
        shard: (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .readValue */ .wK)(reader, 'shard'),
        shards: (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .readValue */ .wK)(reader, 'shards'),
        reportFiles: (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .readValue */ .wK)(reader, 'report-file'),
        stateFile: (0,_values_js__WEBPACK_IMPORTED_MODULE_1__/* .readValue */ .wK)(reader, 'state-file'),
    };
    const needsConfig = command === 'check' || command === 'plan' || command === 'round';
    if (needsConfig && config === '') {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${reader.label('config')}: is empty, and ${command} needs a file of mirrors`, {
            code: 'usage',
            hint: 'Give its path, or its text.',
        });
    }
    if (command === 'report' && options.reportFiles.length === 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${reader.label('report-file')}: is empty, and report joins such files`, {
            code: 'usage',
            hint: 'Give the files that rounds wrote, one per line.',
        });
    }
    if (command === 'mirror' || (command === 'doctor' && config === ''))
        refuseFleetOptions(reader, options);
    if (command === 'doctor')
        refuseRoundOptions(reader, options);
    return options;
}
/** What is only looked at is written to no report and to no matrix. */
function refuseRoundOptions(reader, { shards, reportFiles }) {
    const name = shards !== undefined ? 'shards' : reportFiles.length > 0 ? 'report-file' : undefined;
    if (name === undefined)
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${reader.label(name)}: means nothing to doctor`, {
        code: 'usage',
        hint: 'It goes with plan or round.',
    });
}
/** A pair is a pair: what chooses among many would be passed over in silence. */
function refuseFleetOptions(reader, options) {
    const { only, shard, shards, reportFiles, stateFile, config } = options;
    const found = [
        ['config', config !== ''],
        ['only', only.length > 0],
        ['shard', shard !== ''],
        ['shards', shards !== undefined],
        ['report-file', reportFiles.length > 0],
        ['state-file', stateFile !== ''],
    ].find(([, isGiven]) => isGiven);
    if (found === undefined)
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${reader.label(found[0])}: means nothing to a single pair`, {
        code: 'usage',
        hint: 'It goes with a file of many mirrors.',
    });
}


/***/ }),

/***/ 63288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J$: () => (/* binding */ usesHost),
/* harmony export */   rk: () => (/* binding */ readHost),
/* harmony export */   uW: () => (/* binding */ readApp)
/* harmony export */ });
/* harmony import */ var _plan_refspec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57032);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _app_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56452);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(68739);




/** Whether anything is to be done at the host: without that its API is never asked. */
function usesHost({ create, defaultBranch, allowForce }) {
    const isWished = defaultBranch.kind === 'name' || (defaultBranch.kind === 'source' && defaultBranch.isImplied !== true);
    return create !== undefined || isWished || allowForce;
}
/** @throws MirrorError `usage` */
function readHost(reader) {
    const create = (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readValue */ .wK)(reader, 'create');
    const kind = (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readValue */ .wK)(reader, 'host-kind');
    return {
        create: create === 'off' ? undefined : create,
        defaultBranch: readDefaultBranch(reader),
        allowForce: (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readValue */ .wK)(reader, 'protected') === 'allow-force',
        kind: kind === 'auto' ? undefined : kind,
        api: readApi(reader),
    };
}
function readDefaultBranch(reader) {
    const text = (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readText */ .yR)(reader, 'default-branch');
    if (text === 'keep' || text === 'source')
        return { kind: text };
    const name = text.replace(/^refs\/heads\//, '');
    try {
        if (/[*:+^!]/.test(name))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('a pattern', { code: 'usage' });
        (0,_plan_refspec_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRefspecs */ .JH)([`refs/heads/${name}`], '');
    }
    catch {
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .usageError */ .Wp)(reader, 'default-branch', `"${(0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(text)}" is no name of a branch`, 'Write keep, source, or a branch such as main.');
    }
    return { kind: 'name', name };
}
function readApi(reader) {
    const text = (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readText */ .yR)(reader, 'host-api');
    if (text === '')
        return undefined;
    const url = URL.parse(text);
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (url && isWeb && url.username === '' && url.password === '' && url.search === '' && url.hash === '')
        return text;
    throw (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .usageError */ .Wp)(reader, 'host-api', 'is no https address, or holds a login, a query or a fragment', 'Write the base address of the API alone, such as https://git.example.org/api/v4.');
}
/** @throws MirrorError `usage` where one of the two is missing or the key is none */
function readApp(reader) {
    const id = (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readText */ .yR)(reader, 'app-id');
    const privateKey = (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .readText */ .yR)(reader, 'app-private-key');
    if (id === '' && privateKey === '')
        return undefined;
    if (!/^[\w.-]{1,100}$/.test(id)) {
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .usageError */ .Wp)(reader, 'app-id', id === '' ? 'is empty, and there is a key of an App' : `"${(0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .quote */ .hD)(id)}" is no id of an App`, 'Write the client id (Iv23…) or the App id, as the settings of the App show it.');
    }
    if (privateKey === '') {
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .usageError */ .Wp)(reader, 'app-private-key', 'is empty, and there is an App', 'Give the private key that the settings of the App make, as text.');
    }
    try {
        (0,_app_key_js__WEBPACK_IMPORTED_MODULE_2__/* .readAppKey */ .b)(privateKey);
    }
    catch (thrown) {
        const { message, hint = '' } = thrown;
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .usageError */ .Wp)(reader, 'app-private-key', message, hint);
    }
    return { id, privateKey };
}


/***/ }),

/***/ 67566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ readOptions)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/plan/refspec.js
var refspec = __webpack_require__(57032);
// EXTERNAL MODULE: ./build/options/values.js
var values = __webpack_require__(68739);
;// CONCATENATED MODULE: ./build/options/check-namespaces.js

/** Namespaces that nobody has, and the one that is meant. */
const MISTAKEN = {
    head: 'heads',
    branch: 'heads',
    branches: 'heads',
    tag: 'tags',
    remote: 'remotes',
    note: 'notes',
};
const KNOWN = ['heads', 'tags', 'notes', 'remotes'];
/**
 * Looks for slips in the names of namespaces: `refs/head/*` matches nothing, and a run that mirrors nothing looks
 * like one that had nothing to do.
 * @throws MirrorError `usage` for a namespace that nobody can mean. What is only near to a known one is noted.
 */
function checkNamespaces(reader, refspecs) {
    const written = refspecs.exclude.filter((name) => !refspecs.reserved?.includes(name));
    const names = [...refspecs.include.flatMap(({ source, destination }) => [source, destination]), ...written];
    for (const name of new Set(names)) {
        const [, namespace = '', ...rest] = name.split('/');
        if (rest.length === 0 || KNOWN.includes(namespace))
            continue;
        const meant = findMeant(namespace);
        if (meant === undefined)
            continue;
        const better = ['refs', meant, ...rest].join('/');
        if (MISTAKEN[namespace.toLowerCase()] ?? KNOWN.includes(namespace.toLowerCase())) {
            throw (0,values/* usageError */.Wp)(reader, 'refs', `"${(0,values/* quote */.hD)(name)}" is in no namespace of Git's`, `Write ${(0,values/* quote */.hD)(better)}.`);
        }
        reader.note('warning', `${reader.label('refs')}: ${(0,values/* quote */.hD)(name)} is taken as it is; is ${(0,values/* quote */.hD)(better)} meant?`);
    }
}
function findMeant(namespace) {
    const lower = namespace.toLowerCase();
    if (Object.hasOwn(MISTAKEN, lower))
        return MISTAKEN[lower];
    return KNOWN.find((known) => isOneSlipAway(lower, known));
}
/** One letter more, less, another, or two that changed places. */
function isOneSlipAway(given, known) {
    if (given === known)
        return true;
    let start = 0;
    while (start < given.length && given[start] === known[start])
        start++;
    const rest = [given.slice(start), known.slice(start)];
    return (rest[0].slice(1) === rest[1] ||
        rest[0] === rest[1].slice(1) ||
        rest[0].slice(1) === rest[1].slice(1) ||
        (rest[0].slice(2) === rest[1].slice(2) && rest[0][0] === rest[1][1] && rest[0][1] === rest[1][0]));
}

// EXTERNAL MODULE: ./build/plan/ours/backups.js
var backups = __webpack_require__(75375);
;// CONCATENATED MODULE: ./build/options/read-backup.js


/**
 * `true`, `false`, or the namespace.
 * @returns undefined where nothing is to be kept
 * @throws MirrorError `usage`
 */
function readBackup(reader) {
    const keepDays = (0,values/* readValue */.wK)(reader, 'backup-keep');
    const text = (0,values/* readText */.yR)(reader, 'backup');
    if (text.toLowerCase() === 'false')
        return undefined;
    if (text.toLowerCase() === 'true')
        return { prefixes: backups/* BACKUP_PREFIXES */.iO, keepDays };
    const prefix = `${text.replace(/\/+$/, '')}/`;
    const why = (0,backups/* whyInvalidPrefix */.oN)(prefix);
    if (why !== undefined) {
        throw (0,values/* usageError */.Wp)(reader, 'backup', `"${(0,values/* quote */.hD)(text)}" is neither true nor false nor a namespace of refs: ${why}`, 'Write true, or the beginning of full ref names, such as refs/backup/.');
    }
    return { prefixes: [prefix], keepDays };
}

;// CONCATENATED MODULE: ./build/options/read-push-options.js

/** What one packet holds. */
const MOST_OPTION_BYTES = 65_516;
/**
 * Each is one packet, which a hook sees as one line.
 * @throws MirrorError `usage` for what no packet, or no environment variable of a hook, can hold.
 */
function readPushOptions(reader) {
    const options = (0,values/* readValue */.wK)(reader, 'push-options');
    for (const option of options) {
        if (option.includes('\0')) {
            throw (0,values/* usageError */.Wp)(reader, 'push-options', `"${(0,values/* quote */.hD)(option)}" holds a null byte`, 'Write plain text, one option per line.');
        }
        if (Buffer.byteLength(option) > MOST_OPTION_BYTES) {
            throw (0,values/* usageError */.Wp)(reader, 'push-options', `"${(0,values/* quote */.hD)(option)}" is longer than a push option may be`, `Write at most ${MOST_OPTION_BYTES} bytes in a line.`);
        }
    }
    return options;
}

// EXTERNAL MODULE: ./build/options/read-host.js
var read_host = __webpack_require__(63288);
// EXTERNAL MODULE: ./build/options/names.js + 3 modules
var names = __webpack_require__(85222);
// EXTERNAL MODULE: ./build/transport/address/loopback.js
var loopback = __webpack_require__(4076);
// EXTERNAL MODULE: ./build/transport/ssh-keys/known-hosts.js
var known_hosts = __webpack_require__(16903);
// EXTERNAL MODULE: ./build/transport/ssh-keys/private-key.js + 2 modules
var private_key = __webpack_require__(41523);
// EXTERNAL MODULE: ./build/options/secrets.js
var secrets = __webpack_require__(93588);
;// CONCATENATED MODULE: ./build/options/read-endpoint.js






/** Address and credentials of one server. What stands in the address wins over what the inputs say.
 *  @throws MirrorError `usage` that names the input, without its secrets. */
function readEndpoint(reader, side, address) {
    const url = (0,remote_url/* parseRemoteUrl */.JH)(address, reader.label(side));
    if (url.scheme === 'ssh')
        return readSsh(reader, side, url);
    if (url.scheme === 'https' || url.scheme === 'http')
        return readHttp(reader, side, url);
    return { url, credentials: {}, freshToken: false };
}
function readSsh(reader, side, url) {
    const sshKey = (0,values/* readText */.yR)(reader, `${side}-ssh-key`);
    const sshPassphrase = readPassphrase(reader, side);
    const knownHosts = (0,values/* readText */.yR)(reader, 'ssh-known-hosts');
    const inputNames = {
        sshKey: reader.label(`${side}-ssh-key`),
        sshPassphrase: reader.label(`${side}-ssh-passphrase`),
        knownHosts: reader.label('ssh-known-hosts'),
    };
    if (sshKey === '' && !reader.env['SSH_AUTH_SOCK']) {
        throw (0,values/* usageError */.Wp)(reader, `${side}-ssh-key`, `is empty, and ${(0,remote_url/* printUrl */.D1)(url)} is an ssh address`, 'Give the private key whose public half the server knows, or use an https address with a token.');
    }
    if (sshKey !== '') {
        (0,private_key/* readSshKey */.Qf)({
            text: sshKey,
            passphrase: sshPassphrase,
            inputName: inputNames.sshKey,
            passphraseName: inputNames.sshPassphrase,
        });
    }
    (0,known_hosts/* parseKnownHosts */.uJ)(knownHosts, { name: inputNames.knownHosts, strict: true });
    const credentials = {
        ...(sshKey === '' ? {} : { sshKey }),
        ...(sshPassphrase === '' ? {} : { sshPassphrase }),
        ...(knownHosts === '' ? {} : { knownHosts }),
    };
    return { url, credentials, freshToken: false, inputNames, ...readApiLogin(reader, side) };
}
/** A token beside an ssh key opens the API of the host; the workflow's own one opens no other server's. */
function readApiLogin(reader, side) {
    const token = (0,values/* readText */.yR)(reader, `${side}-token`);
    if (token === '' || reader.isWorkflowToken(token))
        return {};
    return { api: { token, username: readUsername(reader, side) } };
}
/** A passphrase may begin and end with spaces; what a pasted file leaves behind is a newline. */
function readPassphrase(reader, side) {
    return (reader.values[`${side}-ssh-passphrase`] ?? '').replace(/\r?\n$/, '');
}
function readHttp(reader, side, given) {
    const url = { scheme: given.scheme, host: given.host, port: given.port, url: given.url };
    const credentials = readPair(reader, side, given);
    const token = credentials.token ?? '';
    if (token !== '' && given.scheme === 'http' && !(0,loopback/* isLoopback */.U)(given.host)) {
        reader.note('warning', `${reader.label(side)}: ${(0,remote_url/* printUrl */.D1)(url)} is not encrypted, and the token travels as it is. Use https.`);
    }
    return { url, credentials, freshToken: token.startsWith('ghs_') };
}
function readPair(reader, side, given) {
    if (given.password !== undefined && given.password !== '') {
        return { username: given.username || readUsername(reader, side), token: given.password };
    }
    const token = (0,values/* readText */.yR)(reader, `${side}-token`);
    if (/\p{Cc}/u.test(token)) {
        throw (0,values/* usageError */.Wp)(reader, `${side}-token`, 'holds a line break or another control character, which no token has', 'Paste the token alone, as one line.');
    }
    const username = readUsername(reader, side);
    const name = given.username ?? '';
    if (token === '') {
        if (name === '')
            return {};
        return (0,secrets/* looksLikeToken */.NM)(name) ? { username, token: name } : { username: name };
    }
    if (reader.isWorkflowToken(token) && !isOwnServer(given, reader.env)) {
        noteWithheld(reader, side, given);
        return name === '' ? {} : { username: name };
    }
    return { username: name === '' ? username : name, token };
}
function readUsername(reader, side) {
    const username = (0,values/* readText */.yR)(reader, `${side}-username`);
    if (!/[:\p{Cc}]/u.test(username))
        return username;
    throw (0,values/* usageError */.Wp)(reader, `${side}-username`, 'holds a colon or a control character, which HTTP Basic cannot carry', 'Give the user name alone, and the token or password in its own input.');
}
function noteWithheld(reader, side, given) {
    const name = `${side}-token`;
    const own = side === 'source';
    reader.note(own ? 'info' : 'warning', `${reader.label(name)}: the workflow's own token is not sent to ${(0,remote_url/* printUrl */.D1)(given)}, which is another server. ` +
        `Set ${reader.label(name)} to a token of that server${own ? ' if the repository is private' : ''}.`);
}
function isOwnServer(url, env) {
    const own = env['GITHUB_SERVER_URL'] || 'https://github.com';
    return URL.canParse(own) && new URL(own).origin === url.url.origin;
}

;// CONCATENATED MODULE: ./build/options/read-options.js










/**
 * Reads all options before anything is touched, and tells everything that is wrong at once.
 * @throws MirrorError `usage`: names the options, says what is wrong and what to do, and quotes no secret.
 */
function readOptions(input) {
    const notices = [];
    const problems = [];
    const label = input.label ?? ((name) => name);
    const reader = {
        values: input.values,
        env: input.env,
        label,
        isWorkflowToken: input.isWorkflowToken ?? (() => false),
        note: (level, text) => notices.push({ level, text }),
    };
    const attempt = (read) => {
        try {
            return read();
        }
        catch (thrown) {
            if (!(thrown instanceof errors/* MirrorError */.En && thrown.code === 'usage'))
                throw thrown;
            problems.push(thrown);
            return undefined;
        }
    };
    const given = input.restores
        ? undefined
        : attempt(() => readEndpoint(reader, 'source', readSourceAddress(reader)));
    const lineLabel = input.lineLabel ?? ((name, line) => `${label(name)}: line ${line}`);
    const destinations = readDestinations(reader, { source: given, lineLabel, attempt });
    const source = input.restores ? destinations[0] : given;
    const refspecs = attempt(() => {
        const found = (input.parseRefspecs ?? refspec/* parseRefspecs */.JH)((0,values/* readValue */.wK)(reader, 'refs'), label('refs'));
        checkNamespaces(reader, found);
        return found;
    });
    attempt(() => readPushOptions(reader));
    attempt(() => readBackup(reader));
    attempt(() => (0,read_host/* readHost */.rk)(reader));
    attempt(() => (0,read_host/* readApp */.uW)(reader));
    // Once more below, where none of them can fail any more.
    for (const name of names/* OPTION_NAMES */.TM)
        attempt(() => (0,values/* readValue */.wK)(reader, name));
    if (problems.length > 0 || !source || !refspecs)
        throw joinProblems(problems);
    const options = {
        source,
        destinations,
        refspecs,
        prune: (0,values/* readValue */.wK)(reader, 'prune'),
        maxDeletions: (0,values/* readValue */.wK)(reader, 'max-deletions'),
        force: (0,values/* readValue */.wK)(reader, 'force'),
        atomic: (0,values/* readValue */.wK)(reader, 'atomic'),
        dryRun: (0,values/* readValue */.wK)(reader, 'dry-run'),
        allowUnrelated: (0,values/* readValue */.wK)(reader, 'allow-unrelated'),
        pushOptions: readPushOptions(reader),
        backup: readBackup(reader),
        restores: input.restores,
        host: (0,read_host/* readHost */.rk)(reader),
        app: (0,read_host/* readApp */.uW)(reader),
        retries: (0,values/* readValue */.wK)(reader, 'retries'),
        idleTimeout: (0,values/* readValue */.wK)(reader, 'idle-timeout'),
        timeLimit: (0,values/* readValue */.wK)(reader, 'time-limit'),
        maxPackSize: (0,values/* readValue */.wK)(reader, 'max-pack-size'),
        maxRefsPerPush: (0,values/* readValue */.wK)(reader, 'max-refs-per-push'),
        transfer: (0,values/* readValue */.wK)(reader, 'transfer'),
        lfs: (0,values/* readValue */.wK)(reader, 'lfs'),
        knownHostsFiles: input.knownHostsFiles ?? [],
        verbose: input.verbose ?? false,
        env: input.env,
    };
    if (!input.restores)
        noteUnused(reader, 'source', [source]);
    noteUnused(reader, 'destination', destinations);
    noteShared(reader, destinations);
    return { options, notices };
}
/** One error that says what each of several says; what two of them have in common is said once. */
function joinProblems(problems) {
    const [first] = problems;
    if (first && problems.length === 1)
        return first;
    const hints = new Set(problems.flatMap(({ hint }) => hint ?? []));
    return new errors/* MirrorError */.En([...new Set(problems.map(({ message }) => message))].join('; '), {
        code: 'usage',
        hint: [...hints].join(' '),
    });
}
function readSourceAddress(reader) {
    const address = (0,values/* readText */.yR)(reader, 'source');
    if (address !== '')
        return address;
    const repository = reader.env['GITHUB_REPOSITORY'] ?? '';
    if (repository !== '')
        return `${reader.env['GITHUB_SERVER_URL'] || 'https://github.com'}/${repository}`;
    throw (0,values/* usageError */.Wp)(reader, 'source', 'is empty, and there is no workflow whose repository could be meant', 'Give the address of the repository to read.');
}
function readDestinations(reader, given) {
    const lines = (0,values/* splitLines */.uz)((0,values/* readText */.yR)(reader, 'destination'));
    const destinations = [];
    for (const { line, number } of lines) {
        const label = (name) => name === 'destination' && lines.length > 1 ? given.lineLabel(name, number) : reader.label(name);
        const endpoint = given.attempt(() => {
            const found = readEndpoint({ ...reader, label }, 'destination', line);
            checkDestination({ ...reader, label }, found, [given.source, ...destinations]);
            return found;
        });
        if (endpoint)
            destinations.push(endpoint);
    }
    if (lines.length === 0) {
        given.attempt(() => {
            throw (0,values/* usageError */.Wp)(reader, 'destination', 'is empty', 'Give the address to write to, one per line.');
        });
    }
    return destinations;
}
/** `others`: the source, then the destinations that were named before. */
function checkDestination(reader, { url }, [source, ...others]) {
    if (source && (0,remote_url/* sameRepository */.RB)(url, source.url)) {
        throw (0,values/* usageError */.Wp)(reader, 'destination', `${(0,remote_url/* printUrl */.D1)(url)} is the source itself`, 'Give the address of another repository.');
    }
    if (others.some((other) => other && (0,remote_url/* sameRepository */.RB)(other.url, url))) {
        throw (0,values/* usageError */.Wp)(reader, 'destination', `${(0,remote_url/* printUrl */.D1)(url)} is named twice`, 'Name each destination once.');
    }
}
function noteUnused(reader, side, endpoints) {
    const address = side === 'source' ? 'the source is no' : 'no destination is an';
    const ssh = endpoints.some((endpoint) => endpoint.url.scheme === 'ssh');
    const http = endpoints.some(({ url }) => url.scheme === 'https' || url.scheme === 'http');
    const token = (0,values/* readText */.yR)(reader, `${side}-token`);
    if (!ssh && (0,values/* readText */.yR)(reader, `${side}-ssh-key`) !== '') {
        reader.note('warning', `${reader.label(`${side}-ssh-key`)} is not used: ${address} ssh address.`);
    }
    if ((0,values/* readText */.yR)(reader, `${side}-ssh-passphrase`) !== '' && (0,values/* readText */.yR)(reader, `${side}-ssh-key`) === '') {
        reader.note('warning', `${reader.label(`${side}-ssh-passphrase`)} is not used: there is no key that it opens.`);
    }
    const isForApi = side === 'destination' && ssh && (0,read_host/* usesHost */.J$)((0,read_host/* readHost */.rk)(reader));
    if (!http && token !== '' && !isForApi && !reader.isWorkflowToken(token)) {
        reader.note('warning', `${reader.label(`${side}-token`)} is not used: ${address} https address.`);
    }
}
/** One token for several servers is allowed, and each of them gets to see it. */
function noteShared(reader, destinations) {
    const token = (0,values/* readText */.yR)(reader, 'destination-token');
    if (token === '')
        return;
    const hosts = new Set();
    for (const { url, credentials } of destinations) {
        if ((url.scheme === 'https' || url.scheme === 'http') && credentials.token === token)
            hosts.add(url.host);
    }
    if (hosts.size < 2)
        return;
    reader.note('warning', `${reader.label('destination-token')} goes to ${hosts.size} servers: ${[...hosts].join(', ')}. ` +
        'To give each its own, write it into the address: https://USER:TOKEN@HOST/PATH');
}


/***/ }),

/***/ 93588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NM: () => (/* binding */ looksLikeToken),
/* harmony export */   py: () => (/* binding */ tokenForms),
/* harmony export */   qb: () => (/* binding */ collectSecrets)
/* harmony export */ });
/* harmony import */ var _transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(20364);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(85222);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17234);



/** UTF-16 units of the shortest part of base64 that is hidden: a shorter one turns up in names and paths by chance. */
const SHORTEST_CORE_LENGTH = 8;
/** UTF-16 units of the shortest value of a query that is hidden: shorter ones are no tokens. */
const SHORTEST_QUERY_VALUE_LENGTH = 8;
/** Characters of the shortest line of a key that is hidden by itself. */
const SHORTEST_KEY_LINE_LENGTH = 16;
const USERINFO = /^(?:[a-z][\w+.-]*:)?\/\/([^/?#\s]*)@/gim;
/** Variables that may hold the address of a proxy with its password: `https_proxy`, `ALL_PROXY`, `npm_config_proxy`. */
const PROXY_VARIABLE = /(^|_)proxy$/i;
const NO_ADDRESS = /(^|_)no_?proxy$/i;
/**
 * What must never be printed, from the options as they were given, valid or not: keys, passphrases, tokens, passwords
 * and queries in addresses, those of proxies in the environment, and what is built from them (`Basic` headers, base64
 * and URL-encoded forms).
 */
function collectSecrets(values, env = {}) {
    const found = new Set();
    const add = (texts) => {
        for (const text of texts)
            found.add(text);
    };
    const tooShort = [];
    for (const name of _names_js__WEBPACK_IMPORTED_MODULE_0__/* .SECRET_OPTIONS */ .C) {
        const text = values[name]?.trim() ?? '';
        if (text === '')
            continue;
        if (text.length < _report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .SHORTEST_SECRET_LENGTH */ .bp)
            tooShort.push(name);
        add(secretForms(text));
    }
    for (const side of ['source', 'destination']) {
        const token = values[`${side}-token`]?.trim() ?? '';
        const user = values[`${side}-username`]?.trim() || (0,_names_js__WEBPACK_IMPORTED_MODULE_0__/* .specOf */ .rI)(`${side}-username`).default;
        add(addressSecrets(values[side] ?? '', token));
        if (token !== '')
            add([`${user}:${token}`, `:${token}`, `${token}:`].map(toBase64));
    }
    for (const address of proxyAddresses(env))
        add(addressSecrets(address, ''));
    const texts = [...found].filter((text) => text.length >= _report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .SHORTEST_SECRET_LENGTH */ .bp);
    return { secrets: { texts: texts.toSorted((a, b) => b.length - a.length) }, tooShort };
}
/** Every form in which a token of GitHub's may turn up. */
function tokenForms(token) {
    return [...new Set([...secretForms(token), toBase64(`${(0,_names_js__WEBPACK_IMPORTED_MODULE_0__/* .specOf */ .rI)('source-username').default}:${token}`)])];
}
/** What is secret in addresses, one per line. `token` goes with a user name that stands there alone. */
function addressSecrets(addresses, token) {
    const found = [];
    for (const userinfo of userinfos(addresses)) {
        found.push(...userinfoForms(userinfo));
        if (userinfo.includes(':'))
            found.push(toBase64((0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__/* .decodePercentOrKeep */ .i6)(userinfo)));
        else if (token !== '')
            found.push(toBase64(`${(0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__/* .decodePercentOrKeep */ .i6)(userinfo)}:${token}`));
    }
    for (const value of queryValues(addresses))
        found.push(value, ...secretForms((0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__/* .decodePercentOrKeep */ .i6)(value)));
    return found;
}
/** The addresses of proxies in the environment, which may stand there without a scheme. */
function proxyAddresses(env) {
    return Object.entries(env)
        .filter(([name, value]) => value?.includes('@') && PROXY_VARIABLE.test(name) && !NO_ADDRESS.test(name))
        .map(([, value]) => (value.includes('//') ? value : `//${value.trim()}`));
}
function toBase64(text) {
    return Buffer.from(text).toString('base64');
}
/** A name alone in an address is a token in disguise when it looks like one. */
function looksLikeToken(name) {
    return /^(gh[a-z]_|github_pat_|gl[a-z]+-|ATBB|ATCTT)/.test(name) || /^[A-Za-z0-9_-]{32,}$/.test(name);
}
function secretForms(text) {
    // A key's lines turn up alone when something quotes one of them.
    const lines = text.split(/\r?\n|\\n/).map((line) => line.trim());
    const bodies = lines.filter((line) => line.length >= SHORTEST_KEY_LINE_LENGTH && !line.startsWith('-----'));
    return [
        text,
        ...(lines.length > 1 ? bodies : []),
        JSON.stringify(text).slice(1, -1),
        ...percentForms(text),
        ...[0, 1, 2].flatMap((offset) => base64Cores(text, offset)),
    ];
}
/** As a part of a query, of a form (`+` for a space) and of an address as a whole; digits in upper and lower case. */
function percentForms(text) {
    const encoded = encodeURIComponent(text);
    const forms = [encoded, encoded.replaceAll('%20', '+'), encodeURI(text)];
    const lower = (form) => form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    return [...forms, ...forms.map(lower)];
}
/**
 * What is in the base64 of every text that holds `text` at this offset modulo 3, in both alphabets (RFC 4648,
 * 4 and 5). Characters in which its neighbours have a part are left out.
 */
function base64Cores(text, offset) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const first = Math.ceil((offset * 8) / 6);
    const core = bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
    return core.length < SHORTEST_CORE_LENGTH ? [] : [core, core.replaceAll('+', '-').replaceAll('/', '_')];
}
function userinfos(text) {
    const trimmed = text.replaceAll(/^[ \t]+/gm, '');
    return [...trimmed.matchAll(USERINFO)].map((match) => match[1] ?? '').filter((userinfo) => userinfo !== '');
}
/** Servers take tokens in a query too: `?private_token=…`. */
function queryValues(addresses) {
    const queries = [...addresses.matchAll(/\?([^#\s]*)/g)].map((match) => match[1] ?? '');
    const values = queries.flatMap((query) => query.split(/[&;]/).map((pair) => pair.replace(/^[^=]*=/, '')));
    return values.filter((value) => value.length >= SHORTEST_QUERY_VALUE_LENGTH);
}
function userinfoForms(userinfo) {
    const colon = userinfo.indexOf(':');
    if (colon < 0)
        return looksLikeToken((0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__/* .decodePercentOrKeep */ .i6)(userinfo)) ? secretForms((0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__/* .decodePercentOrKeep */ .i6)(userinfo)) : [];
    const password = userinfo.slice(colon + 1);
    // `TOKEN:@host`: the token stands in place of the user.
    if (password === '')
        return [userinfo, ...secretForms((0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__/* .decodePercentOrKeep */ .i6)(userinfo.slice(0, colon)))];
    return [userinfo, password, ...secretForms((0,_transport_address_authority_js__WEBPACK_IMPORTED_MODULE_2__/* .decodePercentOrKeep */ .i6)(password))];
}


/***/ }),

/***/ 68739:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Wp: () => (/* binding */ usageError),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   uz: () => (/* binding */ splitLines),
/* harmony export */   wK: () => (/* binding */ readValue),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(86815);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85222);



const SIZE_UNITS = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const SECONDS_BY_UNIT = { '': 1, s: 1, m: 60, h: 3600 };
/** A wrong option: its name, what is wrong, what to do. `problem` must not quote a secret. */
function usageError(reader, name, problem, hint) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${reader.label(name)}: ${problem}`, { code: 'usage', hint });
}
/** The text of an option, trimmed, or its default. */
function readText(reader, name) {
    const text = reader.values[name]?.trim() ?? '';
    return text === '' ? (0,_names_js__WEBPACK_IMPORTED_MODULE_1__/* .specOf */ .rI)(name).default : text;
}
/**
 * The value of an option, by its kind.
 * @throws MirrorError `usage`
 */
function readValue(reader, name) {
    // The type by name and the reading by kind come from the same row.
    return readByKind(reader, (0,_names_js__WEBPACK_IMPORTED_MODULE_1__/* .specOf */ .rI)(name));
}
function readByKind(reader, spec) {
    const text = readText(reader, spec.name);
    switch (spec.kind) {
        case 'text':
        case 'secret':
            return text;
        case 'lines':
            return splitLines(text).map(({ line }) => line);
        case 'switch':
            return readSwitch(reader, spec, text);
        case 'number':
            return text === '' ? undefined : readNumber(reader, spec, text);
        case 'size':
            return text === '' ? undefined : readSize(reader, spec, text);
        case 'seconds':
            return text === '' ? undefined : readSeconds(reader, spec, text);
        case 'choice':
            return readChoice(reader, spec, text);
    }
}
/** The lines of a text that hold something, trimmed, with their numbers from 1. */
function splitLines(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line, index) => ({ line: line.trim(), number: index + 1 }))
        .filter(({ line }) => line !== '');
}
function readSwitch(reader, { name }, text) {
    const lower = text.toLowerCase();
    if (lower === 'true')
        return true;
    if (lower === 'false')
        return false;
    throw usageError(reader, name, `"${quote(text)}" is neither true nor false`, 'Write true or false.');
}
function readNumber(reader, spec, text) {
    const { min, max, unlimited } = spec;
    if (unlimited && text.toLowerCase() === 'unlimited')
        return Number.POSITIVE_INFINITY;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max)
        return value;
    const example = spec.default || Math.max(min, 1);
    throw unlimited
        ? usageError(reader, spec.name, `"${quote(text)}" is neither a whole number nor unlimited`, `Write digits only, such as ${example}, or unlimited.`)
        : usageError(reader, spec.name, `"${quote(text)}" is not a whole number from ${min} to ${max}`, `Write digits only, such as ${example}.`);
}
function readSize(reader, { name }, text) {
    const match = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmg]?)(?:i?b)?$/i.exec(text);
    const unit = SIZE_UNITS[match?.[2]?.toLowerCase() ?? ''];
    const bytes = match && unit ? Math.floor(Number(match[1]) * unit) : 0;
    if (bytes >= 1 && Number.isSafeInteger(bytes))
        return bytes;
    throw usageError(reader, name, `"${quote(text)}" is not a size`, 'Write a number of bytes above 0, or one with k, M or G: 500M.');
}
/** Milliseconds. */
function readSeconds(reader, spec, text) {
    const { min, max, units } = spec;
    const match = /^(\d{1,15}) ?([smh]?)$/i.exec(text);
    const unit = units || match?.[2] === '' ? SECONDS_BY_UNIT[match?.[2]?.toLowerCase() ?? ''] : undefined;
    const seconds = match && unit ? Number(match[1]) * unit : Number.NaN;
    if (seconds >= min && seconds <= max)
        return seconds * 1000;
    throw units
        ? usageError(reader, spec.name, `"${quote(text)}" is neither a whole number from ${min} to ${max} nor a time such as 90m or 6h`, 'Write seconds, or a whole number with m or h: 3600, 90m, 6h.')
        : usageError(reader, spec.name, `"${quote(text)}" is not a whole number from ${min} to ${max}`, `Write seconds, digits only, such as ${spec.default}.`);
}
function readChoice(reader, spec, text) {
    const found = spec.choices.find((choice) => choice === text.toLowerCase());
    if (found !== undefined)
        return found;
    throw usageError(reader, spec.name, `"${quote(text)}" is not known`, `Write one of: ${spec.choices.join(', ')}.`);
}
/** A wrong value as a message may show it; never for a secret. */
function quote(text) {
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printableLine */ .oy)(text, 80);
}


/***/ }),

/***/ 30684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HY: () => (/* binding */ anchorName),
/* harmony export */   Tb: () => (/* binding */ isProbe),
/* harmony export */   b1: () => (/* binding */ ANCHOR_PROBE),
/* harmony export */   eP: () => (/* binding */ latestCut),
/* harmony export */   m4: () => (/* binding */ isAnchor),
/* harmony export */   mZ: () => (/* binding */ shownPrefix),
/* harmony export */   v3: () => (/* binding */ ANCHOR_PREFIX),
/* harmony export */   w5: () => (/* binding */ ANCHOR_TAG_PREFIX)
/* harmony export */ });
/**
 * Refs of ours at a destination that is filled in pieces: they keep what arrived, and a run that was cut goes
 * on behind them. No branches, which may become the default branch or start somebody's workflow; and no tags, which
 * hosts show as releases, where the server takes another namespace.
 */
const ANCHOR_PREFIX = 'refs/kalandra/pieces/';
/** A ref that is made to learn whether a server takes the namespace. */
const ANCHOR_PROBE = `${ANCHOR_PREFIX}probe`;
/** For servers that take nothing but branches and tags. */
const ANCHOR_TAG_PREFIX = 'refs/tags/kalandra-pieces/';
const ANCHOR_PREFIXES = [ANCHOR_PREFIX, ANCHOR_TAG_PREFIX];
function isAnchor(name) {
    return prefixOf(name) !== undefined;
}
function isProbe(name) {
    return name === ANCHOR_PROBE;
}
/** The name of the anchor of one commit; `since` is the cut, in seconds since 1970. */
function anchorName(prefix, since, id) {
    return `${prefix}${since}-${id.slice(0, 16)}`;
}
/** The namespace that a server is known to take, by the anchors that it shows. */
function shownPrefix(refs) {
    return ANCHOR_PREFIXES.find((prefix) => refs.some((ref) => ref.name.startsWith(prefix)));
}
/** The cut of the latest piece that arrived whole; undefined where there is none. */
function latestCut(refs) {
    let latest;
    for (const { name } of refs) {
        const since = Number.parseInt(name.slice(prefixOf(name)?.length ?? name.length), 10);
        if (!Number.isNaN(since) && (latest === undefined || since > latest))
            latest = since;
    }
    return latest;
}
function prefixOf(name) {
    return ANCHOR_PREFIXES.find((prefix) => name.startsWith(prefix));
}


/***/ }),

/***/ 3845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ listNames)
/* harmony export */ });
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86815);

/** `a, b and 12 more`, fit to print. */
function listNames(names, most) {
    const some = names.slice(0, most).map((name) => (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(name, 100));
    const more = names.length - some.length;
    return more > 0 ? `${some.join(', ')} and ${more} more` : some.join(', ');
}


/***/ }),

/***/ 83800:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ parseNamePattern),
/* harmony export */   M: () => (/* binding */ matchesPattern)
/* harmony export */ });
function parseNamePattern(text) {
    const star = text.indexOf('*');
    return star < 0
        ? { head: text, tail: undefined }
        : { head: text.slice(0, star), tail: text.slice(star + 1) };
}
/** Whether a name matches; the star stands for any text, slashes and nothing included. */
function matchesPattern({ head, tail }, name) {
    if (tail === undefined)
        return name === head;
    return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}


/***/ }),

/***/ 75375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oe: () => (/* binding */ freeBackupTime),
/* harmony export */   Tx: () => (/* binding */ findBackups),
/* harmony export */   aw: () => (/* binding */ backupName),
/* harmony export */   go: () => (/* binding */ knownBackupPrefixes),
/* harmony export */   iO: () => (/* binding */ BACKUP_PREFIXES),
/* harmony export */   je: () => (/* binding */ findExpired),
/* harmony export */   oN: () => (/* binding */ whyInvalidPrefix),
/* harmony export */   rk: () => (/* binding */ isBackup),
/* harmony export */   vw: () => (/* binding */ parseBackupTime)
/* harmony export */ });
/* unused harmony exports BACKUP_PREFIX, BACKUP_TAG_PREFIX, formatBackupTime */
/* harmony import */ var _protocol_ref_name_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75790);

/** Where old values of overwritten and deleted refs are kept: no branches and no tags, which hosts show to people. */
const BACKUP_PREFIX = 'refs/kalandra/backup/';
/** For servers that take nothing but branches and tags. */
const BACKUP_TAG_PREFIX = 'refs/tags/kalandra-backup/';
/** In the order in which they are tried. */
const BACKUP_PREFIXES = [BACKUP_PREFIX, BACKUP_TAG_PREFIX];
/** Namespaces of old values: ours always, whatever an earlier run was told, and the one that was chosen. */
function knownBackupPrefixes(chosen) {
    return chosen === undefined ? BACKUP_PREFIXES : [...new Set([...BACKUP_PREFIXES, ...chosen.prefixes])];
}
/** Why no backup can be named with a prefix, which ends in a slash; undefined: it can. */
function whyInvalidPrefix(prefix) {
    if (!/^refs\/./.test(prefix))
        return 'it does not begin with refs/ and a name';
    return (0,_protocol_ref_name_js__WEBPACK_IMPORTED_MODULE_0__/* .whyInvalidRefName */ .yX)(`${prefix}x`);
}
const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
/** `PREFIX` + `TIME/heads/x` for `refs/heads/x`. `prefix` ends in a slash. */
function backupName(prefix, time, ref) {
    return `${prefix}${time}/${ref.replace(/^refs\//, '')}`;
}
/** Whether a name keeps an old value. Prefixes that a user chose count only when they are given. */
function isBackup(name, prefixes) {
    for (let at = 0; at < prefixes.length; at++) {
        const prefix = prefixes[at];
        if (name.startsWith(prefix) && TIME_AND_REF.test(name.slice(prefix.length)))
            return true;
    }
    return false;
}
const TIME_AND_REF = /^\d{8}T\d{6}Z\/./;
/** The backups among some refs, oldest first, and by name within a time. */
function findBackups(refs, prefixes) {
    const found = [];
    for (const { name, id } of refs) {
        const prefix = prefixes.find((one) => isBackup(name, [one]));
        if (prefix === undefined)
            continue;
        const rest = name.slice(prefix.length);
        const slash = rest.indexOf('/');
        found.push({ name, time: rest.slice(0, slash), ref: `refs/${rest.slice(slash + 1)}`, id });
    }
    return found.toSorted((one, other) => compare(one.time, other.time) || compare(one.ref, other.ref));
}
function compare(one, other) {
    return one === other ? 0 : one < other ? -1 : 1;
}
/** `20261130T171500Z`; `milliseconds` since 1970. */
function formatBackupTime(milliseconds) {
    return new Date(milliseconds).toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
}
/** Milliseconds since 1970; NaN for what is no time. */
function parseBackupTime(time) {
    const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time);
    if (parts === null)
        return Number.NaN;
    const [, year, month, day, hour, minute, second] = parts;
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
/** The first time from `now` on at which none of `refs` has a backup yet. */
function freeBackupTime(refs, taken, { prefix, now }) {
    for (let moment = now;; moment += SECOND_MS) {
        const time = formatBackupTime(moment);
        if (!refs.some((ref) => taken.has(backupName(prefix, time, ref))))
            return time;
    }
}
/** Backups that are older than `keepDays`; one whose time cannot be read stays. */
function findExpired(backups, { keepDays, now }) {
    return backups.filter(({ time }) => now - parseBackupTime(time) > keepDays * DAY_MS);
}


/***/ }),

/***/ 61618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Uq: () => (/* binding */ LIFTED_PREFIXES),
/* harmony export */   ky: () => (/* binding */ liftedName),
/* harmony export */   np: () => (/* binding */ isLifted),
/* harmony export */   s_: () => (/* binding */ findLifted)
/* harmony export */ });
/* unused harmony exports LIFTED_PREFIX, LIFTED_TAG_PREFIX */
/** Notes of rules that a run has lifted: a run that is killed leaves them for the next one. */
const LIFTED_PREFIX = 'refs/kalandra/lifted/';
/** For servers that take nothing but branches and tags. */
const LIFTED_TAG_PREFIX = 'refs/tags/kalandra-lifted/';
/** In the order in which they are tried. */
const LIFTED_PREFIXES = [LIFTED_PREFIX, LIFTED_TAG_PREFIX];
function isLifted(name) {
    return LIFTED_PREFIXES.some((prefix) => name.startsWith(prefix));
}
/** The ref that says that `rule` is lifted: every character that a part of a ref name could not hold is written as `%2A`. */
function liftedName(prefix, rule) {
    const bytes = [...Buffer.from(rule)].map((byte) => {
        const letter = String.fromCharCode(byte);
        return /[\w-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    });
    return `${prefix}${bytes.join('')}`;
}
/** The notes among some refs. What is below our names and was not written by us is none. */
function findLifted(refs) {
    return refs.flatMap(({ name, id }) => {
        const prefix = LIFTED_PREFIXES.find((one) => name.startsWith(one));
        if (prefix === undefined)
            return [];
        const rule = readRule(name.slice(prefix.length));
        return rule === undefined ? [] : [{ name, rule, id }];
    });
}
function readRule(written) {
    try {
        const rule = decodeURIComponent(written);
        return liftedName('', rule) === written && rule !== '' ? rule : undefined;
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 36227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ isDelete)
/* harmony export */ });
/** An update that removes its ref. A null id as new value of any other is a fault, and no deletion. */
function isDelete(update) {
    return update.action === 'delete';
}


/***/ }),

/***/ 20482:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ makeRefTable)
/* harmony export */ });
/* harmony import */ var _base_steps_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24779);

/** Names that lie so far ahead in the listing are found without a look at all others. */
const LOOK_AHEAD_REFS = 8;
/**
 * Servers list refs in the order of their names: two listings that differ little are walked in step, and only
 * a name that is out of step makes the table look at the listing as a whole.
 */
function makeRefTable(refs) {
    let findFar;
    const table = {
        next: 0,
        find(name) {
            let found = findNear(name);
            if (found < 0) {
                findFar ??= (0,_base_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .runToEnd */ .cd)(makeFindFar(refs));
                found = findFar(name);
            }
            if (found >= 0)
                table.next = found + 1;
            return found;
        },
        *prepareFor(name) {
            if (findFar === undefined && findNear(name) < 0)
                findFar = yield* makeFindFar(refs);
        },
    };
    function findNear(name) {
        const { next } = table;
        const end = Math.min(next + LOOK_AHEAD_REFS, refs.length);
        for (let at = next; at < end; at++)
            if (refs[at].name === name)
                return at;
        return -1;
    }
    return table;
}
function* makeFindFar(refs) {
    for (let at = 1; at < refs.length; at++) {
        if (at % _base_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .STEP_ITEMS */ .eK === 0)
            yield;
        if (refs[at - 1].name >= refs[at].name)
            return yield* makeFindByMap(refs);
    }
    return (name) => findByHalves(refs, name);
}
function* makeFindByMap(refs) {
    const positions = new Map();
    for (let at = 0; at < refs.length; at++) {
        if (at % _base_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .STEP_ITEMS */ .eK === _base_steps_js__WEBPACK_IMPORTED_MODULE_0__/* .STEP_ITEMS */ .eK - 1)
            yield;
        positions.set(refs[at].name, at);
    }
    return (name) => positions.get(name) ?? -1;
}
function findByHalves(refs, name) {
    let low = 0;
    let high = refs.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (refs[middle].name < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low < refs.length && refs[low].name === name ? low : -1;
}


/***/ }),

/***/ 99400:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ matcherOf),
/* harmony export */   i: () => (/* binding */ mapToDestination)
/* harmony export */ });
/* harmony import */ var _name_pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83800);

const matchers = new WeakMap();
/** The matcher of a set, made once. */
function matcherOf(set) {
    let matcher = matchers.get(set);
    if (matcher === undefined) {
        matcher = makeMatcher(set);
        matchers.set(set, matcher);
    }
    return matcher;
}
function makeMatcher(set) {
    const exact = set.include.filter((spec) => !spec.pattern);
    const bySource = groupBy(exact, (spec) => spec.source);
    const byDestination = groupBy(exact, (spec) => spec.destination);
    const pairs = set.include.filter((spec) => spec.pattern).map(makePair);
    const isExcluded = makeExclusion(set.exclude);
    const kept = bySource.size === 0 && pairs.every((pair) => pair.same) ? pairs.map((pair) => pair.from) : [];
    return {
        isExcluded,
        keepsNames: set.include.every((spec) => spec.source === spec.destination),
        keeps(name) {
            for (let at = 0; at < kept.length; at++)
                if ((0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesPattern */ .M)(kept[at], name))
                    return !isExcluded(name);
            return false;
        },
        eachDestination(name, visit) {
            if (isExcluded(name))
                return;
            if (bySource.size > 0) {
                for (const spec of bySource.get(name) ?? [])
                    visit(spec.destination, spec.force);
            }
            // Indexed loop: this runs once for each ref, and an iterator would be allocated each time.
            for (let at = 0; at < pairs.length; at++) {
                const pair = pairs[at];
                const mapped = mapName(name, pair.from, pair.to, pair.same);
                if (mapped !== undefined)
                    visit(mapped, pair.force);
            }
        },
        sourcesOf(name) {
            const sources = new Set();
            for (const spec of byDestination.get(name) ?? [])
                sources.add(spec.source);
            for (const pair of pairs) {
                const mapped = mapName(name, pair.to, pair.from, pair.same);
                if (mapped !== undefined)
                    sources.add(mapped);
            }
            return [...sources].filter((source) => !isExcluded(source));
        },
    };
}
function makePair(spec) {
    return {
        from: (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .parseNamePattern */ .L)(spec.source),
        to: (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .parseNamePattern */ .L)(spec.destination),
        same: spec.source === spec.destination,
        force: spec.force,
    };
}
function mapName(name, from, to, same) {
    if (!(0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesPattern */ .M)(from, name))
        return undefined;
    if (same)
        return name;
    const middle = name.slice(from.head.length, name.length - (from.tail?.length ?? 0));
    return `${to.head}${middle}${to.tail ?? ''}`;
}
function makeExclusion(exclude) {
    if (exclude.length === 0)
        return () => false;
    const names = new Set(exclude.filter((text) => !text.includes('*')));
    const patterns = exclude.filter((text) => text.includes('*')).map(_name_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .parseNamePattern */ .L);
    return (name) => names.has(name) || patterns.some((pattern) => (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .matchesPattern */ .M)(pattern, name));
}
function groupBy(specs, key) {
    const groups = new Map();
    for (const spec of specs) {
        const group = groups.get(key(spec));
        if (group === undefined)
            groups.set(key(spec), [spec]);
        else
            group.push(spec);
    }
    return groups;
}
/** The destination name of a source ref, by the first refspec that matches; undefined: not in scope. */
function mapToDestination(set, sourceName) {
    let first;
    matcherOf(set).eachDestination(sourceName, (name) => {
        first ??= name;
    });
    return first;
}


/***/ }),

/***/ 57032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JH: () => (/* binding */ parseRefspecs),
/* harmony export */   Kk: () => (/* binding */ mayMakeBranches),
/* harmony export */   WP: () => (/* binding */ createRefspecParser),
/* harmony export */   qy: () => (/* binding */ sourcePrefixes),
/* harmony export */   vo: () => (/* binding */ destinationPrefixes)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _protocol_ref_name_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(75790);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86815);
/* harmony import */ var _name_pattern_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(83800);




const SHORTHANDS = { branches: 'refs/heads/*', tags: 'refs/tags/*' };
/**
 * Namespaces that hosts fill by themselves, hide or refuse, and what git keeps for one clone (G23). A pattern that is wider
 * than one of them, such as `refs/*`, leaves it out; a refspec that names it takes it in.
 */
const RESERVED = [
    'refs/bisect/*',
    'refs/cache-automerge/*',
    'refs/changes/*',
    'refs/deleted/*',
    'refs/draft-comments/*',
    'refs/environments/*',
    'refs/for/*',
    'refs/for-review/*',
    'refs/github-services/*',
    'refs/groups/*',
    'refs/keep-around/*',
    'refs/merge-requests/*',
    'refs/meta/*',
    'refs/original/*',
    'refs/pipelines/*',
    'refs/prefetch/*',
    'refs/pull-requests/*',
    'refs/pull/*',
    'refs/remotes/*',
    'refs/replace/*',
    'refs/rewritten/*',
    'refs/sequences/*',
    'refs/starred-changes/*',
    'refs/stash',
    'refs/users/*',
    'refs/worktree/*',
];
/**
 * Reads refspecs, one a line: `[+]SOURCE[:DESTINATION]`, with full names and at most one `*` on each side, and
 * `^NAME` or `!NAME` for what stays out of scope, wherever it stands in the list. `branches` and `tags` stand
 * for `refs/heads/*` and `refs/tags/*`.
 * @throws MirrorError `usage`: names the input and quotes the line.
 */
function parseRefspecs(lines, inputName) {
    const include = [];
    const exclude = [];
    const texts = [];
    for (const line of lines) {
        const text = line.trim();
        if (text === '')
            continue;
        const fail = (problem, hint) => {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${inputName}: "${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(text, 200)}" ${problem}`, { code: 'usage', hint });
        };
        texts.push(text);
        if (/^[\^!]/.test(text))
            exclude.push(parseExclusion(text, fail));
        else
            include.push(parseInclusion(text, fail));
    }
    if (include.length === 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${inputName}: ${exclude.length === 0 ? 'is empty' : 'says what to leave out, and not what to mirror'}`, { code: 'usage', hint: 'Name refs to mirror, one pattern a line: refs/heads/*' });
    }
    const heads = include.map(({ source, pattern }) => ({ pattern, head: (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(source).head }));
    const reserved = RESERVED.filter((pattern) => isReachedByChance(heads, pattern));
    return { include, exclude: [...exclude, ...reserved], texts, reserved };
}
/** The same, for many that are mostly alike: equal lines are parsed once, and give one set. */
function createRefspecParser() {
    const known = new Map();
    return (lines, inputName) => {
        const key = lines.join('\n');
        const found = known.get(key) ?? parseRefspecs(lines, inputName);
        known.set(key, found);
        return found;
    };
}
/** Whether a ref that is no branch may become one: a branch names a commit, and an annotated tag is none. */
function mayMakeBranches(set) {
    return set.include.some(({ source, destination }) => reaches(destination, 'refs/heads/') && !(0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(source).head.startsWith('refs/heads/'));
}
function reaches(pattern, namespace) {
    const { head, tail } = (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(pattern);
    return head.startsWith(namespace) || (tail !== undefined && namespace.startsWith(head));
}
/** Prefixes that cover all source names in scope, for `ref-prefix` (gitprotocol-v2, "ls-refs"). */
function sourcePrefixes(set) {
    return shortenPrefixes(set.include.map((spec) => (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(spec.source).head));
}
/** Prefixes that cover all destination names in scope. */
function destinationPrefixes(set) {
    return shortenPrefixes(set.include.map((spec) => (0,_name_pattern_js__WEBPACK_IMPORTED_MODULE_2__/* .parseNamePattern */ .L)(spec.destination).head));
}
/** git ignores the prefixes of a request that holds more than 65,536; each costs a comparison for every ref. */
const LISTING_PREFIXES = 500;
function shortenPrefixes(prefixes) {
    const kept = [];
    for (const prefix of [...new Set(prefixes)].toSorted()) {
        const last = kept.at(-1);
        if (last === undefined || !prefix.startsWith(last))
            kept.push(prefix);
    }
    return kept.length > LISTING_PREFIXES ? ['refs/'] : kept;
}
function parseExclusion(text, fail) {
    const name = expandShorthand(text.slice(1).trim());
    if (name.includes(':')) {
        return fail('has two sides; what is left out has one', 'Write the name at the source alone: ^refs/heads/wip/*');
    }
    checkName(name, fail);
    return name;
}
function parseInclusion(text, fail) {
    const force = text.startsWith('+');
    const sides = (force ? text.slice(1) : text).split(':').map((side) => expandShorthand(side.trim()));
    const [source = '', destination = source] = sides;
    if (sides.length > 2) {
        return fail('has more than two sides', 'Write SOURCE:DESTINATION, both as full names.');
    }
    if (source === '' || destination === '') {
        return fail('has an empty side; Git would delete or guess', 'Write both sides as full names. With prune: true, refs go away when the source no longer has them.');
    }
    for (const side of [source, destination])
        checkName(side, fail);
    const pattern = source.includes('*');
    if (pattern !== destination.includes('*')) {
        return fail('has a * on one side only', 'Give both sides one *, or none: refs/heads/*:refs/heads/mirror/*');
    }
    return { source, destination, pattern, force, text };
}
function expandShorthand(text) {
    return Object.hasOwn(SHORTHANDS, text) ? SHORTHANDS[text] : text;
}
function checkName(name, fail) {
    if (name === 'HEAD' || name === '@') {
        return fail('names HEAD, which is no branch and is never mirrored', 'Write the branch that HEAD stands for, such as refs/heads/main.');
    }
    if (!name.startsWith('refs/')) {
        return fail('is not a full ref name', `Write names from refs/ on, such as ${suggestName(name)}.`);
    }
    if (name.split('*').length > 2)
        return fail('has more than one * on a side', 'One * matches across slashes, too.');
    const why = (0,_protocol_ref_name_js__WEBPACK_IMPORTED_MODULE_3__/* .whyInvalidRefName */ .yX)(name.replace('*', 'x'));
    if (why !== undefined)
        return fail(`is not a ref name: ${why}`, 'See git help check-ref-format for the rules.');
}
function suggestName(name) {
    const full = /^(heads|tags|notes|remotes)\//.test(name) ? `refs/${name}` : `refs/heads/${name || 'main'}`;
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(full, 200);
}
function isReachedByChance(heads, reserved) {
    const name = reserved.replace('/*', '');
    const isWide = heads.some(({ pattern, head }) => pattern && name !== head && name.startsWith(head));
    return isWide && !heads.some(({ head }) => head.startsWith(name));
}


/***/ }),

/***/ 98543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F4: () => (/* binding */ NO_CAPABILITIES),
/* harmony export */   Hi: () => (/* binding */ featuresOf),
/* harmony export */   JM: () => (/* binding */ notOffered),
/* harmony export */   md: () => (/* binding */ parseCapabilities),
/* harmony export */   s_: () => (/* binding */ agentWord),
/* harmony export */   vW: () => (/* binding */ agentValue),
/* harmony export */   wc: () => (/* binding */ encodeCommandHead)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _pkt_line_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52309);



/** Words of the form `name` or `name=value` (gitprotocol-capabilities; gitprotocol-v2 "Capabilities"). */
function parseCapabilities(words) {
    const values = new Map();
    for (const word of words) {
        if (word === '')
            continue;
        const equals = word.indexOf('=');
        const name = equals < 0 ? word : word.slice(0, equals);
        const list = values.get(name) ?? [];
        if (equals >= 0)
            list.push(word.slice(equals + 1));
        values.set(name, list);
    }
    return {
        has: (name) => values.has(name),
        value: (name) => values.get(name)?.[0],
        values: (name) => values.get(name) ?? [],
        names: [...values.keys()],
    };
}
const NO_CAPABILITIES = parseCapabilities([]);
/**
 * The value of `agent` and of the User-Agent header: printable ASCII without space or `=`, which GitHub's
 * parser does not take, and beginning with `git/`, which some hosts ask for (gitprotocol-capabilities, "agent").
 */
function agentValue(version) {
    return `git/kalandra-${version.replace(/[^0-9A-Za-z.+-]/g, '-')}`;
}
/** `agent=<agent>` where the server has an agent too and there is one to name, else nothing. */
function agentWord(capabilities, agent) {
    return agent !== '' && capabilities.has('agent') ? [`agent=${agent}`] : [];
}
/**
 * The beginning of a v2 request: command, capabilities, delimiter (gitprotocol-v2, "Command Request"). Nothing is
 * named that the server did not name: it would hang up.
 * @throws MirrorError `protocol` for a command that was not offered.
 */
function encodeCommandHead(command, request) {
    const { capabilities } = request;
    if (!capabilities.has(command))
        throw notOffered(command);
    const words = [`command=${command}`, ...agentWord(capabilities, request.agent)];
    if (capabilities.has('object-format'))
        words.push(`object-format=${request.format}`);
    return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([(0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_2__/* .encodePackets */ ._k)(words.map((word) => `${word}\n`)), _pkt_line_js__WEBPACK_IMPORTED_MODULE_2__/* .DELIM */ .A$]);
}
/** What a server can do beside the plain command: the words of `fetch=shallow wait-for-done`. */
function featuresOf(command, capabilities) {
    return new Set(capabilities.value(command)?.split(' '));
}
/** The error for something that is needed for a right answer and that the server does not have. */
function notOffered(what) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the server does not offer ${what}`, { code: 'protocol' });
}


/***/ }),

/***/ 69325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ul: () => (/* binding */ demandsThin),
/* harmony export */   bA: () => (/* binding */ encodeFetchV0),
/* harmony export */   pW: () => (/* binding */ encodeFetchV2)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_steps_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(24779);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _capabilities_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(98543);
/* harmony import */ var _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52309);





/**
 * The `fetch` command (gitprotocol-v2, "fetch").
 * @throws MirrorError `protocol` without a want: git gives no answer at all to that, and a kept-open
 * connection would hang. Also for what was not offered.
 */
function* encodeFetchV2(request) {
    const features = (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .featuresOf */ .Hi)('fetch', request.capabilities);
    if (request.waitForDone !== true)
        requireWant(request);
    else if (!features.has('wait-for-done'))
        throw (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .notOffered */ .JM)('wait-for-done');
    if (isAboutDepth(request) && !features.has('shallow'))
        throw (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .notOffered */ .JM)('a fetch by depth');
    if (request.filter !== undefined && !features.has('filter'))
        throw (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .notOffered */ .JM)('a filtered fetch');
    const args = [];
    if (request.thin)
        args.push('thin-pack\n');
    if (request.ofsDelta)
        args.push('ofs-delta\n');
    if (!request.progress)
        args.push('no-progress\n');
    if (request.waitForDone === true)
        args.push('wait-for-done\n');
    const others = [];
    addDepth(others, request);
    if (request.filter !== undefined)
        others.push(`filter ${request.filter}\n`);
    return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([
        (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .encodeCommandHead */ .wc)('fetch', request),
        (0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .encodePackets */ ._k)(args),
        ...(yield* encodeIds('want', request.wants)),
        (0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .encodePackets */ ._k)(others),
        ...(yield* encodeIds('have', request.haves)),
        (0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .encodePackets */ ._k)(request.done === false ? [] : ['done\n']),
        _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .FLUSH */ .ZM,
    ]);
}
/** A line for each id, in parts. */
function* encodeIds(word, ids) {
    const parts = [];
    for (let from = 0; from < ids.length; from += _base_steps_js__WEBPACK_IMPORTED_MODULE_4__/* .STEP_ITEMS */ .eK) {
        if (from > 0)
            yield;
        parts.push((0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .encodePackets */ ._k)(ids.slice(from, from + _base_steps_js__WEBPACK_IMPORTED_MODULE_4__/* .STEP_ITEMS */ .eK).map((id) => `${word} ${id}\n`)));
    }
    return parts;
}
/**
 * The two halves of a v0 or v1 request (gitprotocol-pack, "Packfile Negotiation"): wants with capabilities,
 * shallow and deepen lines and a flush; then haves and `done`. A server may be sent both at once.
 * @throws MirrorError `protocol` without a want, and for what was not offered.
 */
function* encodeFetchV0(request) {
    const { capabilities } = request;
    requireWant(request);
    if (isAboutDepth(request) && !capabilities.has('shallow'))
        throw (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .notOffered */ .JM)('a fetch by depth');
    if (request.deepenSince !== undefined && !capabilities.has('deepen-since')) {
        throw (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .notOffered */ .JM)('a fetch by date');
    }
    if (request.filter !== undefined && !capabilities.has('filter'))
        throw (0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .notOffered */ .JM)('a filtered fetch');
    const [first, ...others] = request.wants;
    const head = [`want ${[first, ...wordsV0(request)].join(' ')}\n`];
    const rest = [];
    addDepth(rest, request);
    if (request.filter !== undefined)
        rest.push(`filter ${request.filter}\n`);
    const wants = [(0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .encodePackets */ ._k)(head), ...(yield* encodeIds('want', others)), (0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .encodePackets */ ._k)(rest), _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .FLUSH */ .ZM];
    const done = (0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .encodePackets */ ._k)(request.done === false ? [] : ['done\n']);
    return {
        wants: (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)(wants),
        haves: (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([...(yield* encodeIds('have', request.haves)), done]),
    };
}
function requireWant(request) {
    if (request.wants.length > 0)
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('a fetch without a want has no answer', { code: 'protocol' });
}
function isAboutDepth(request) {
    const { shallow = [], deepen, deepenSince } = request;
    return shallow.length > 0 || deepen !== undefined || deepenSince !== undefined;
}
function addDepth(lines, request) {
    const { shallow = [], deepen, deepenSince } = request;
    for (const id of shallow)
        lines.push(`shallow ${id}\n`);
    if (deepen !== undefined)
        lines.push(`deepen ${deepen}\n`);
    if (deepenSince !== undefined)
        lines.push(`deepen-since ${deepenSince}\n`);
}
/**
 * Some servers hang up when one of these is missing (dulwich: thin-pack, side-band-64k, ofs-delta; Azure and
 * CodeCommit: multi_ack): each that is offered and that the caller allows is asked for.
 */
function wordsV0(request) {
    const { capabilities } = request;
    const wanted = [
        [capabilities.has('multi_ack_detailed') ? 'multi_ack_detailed' : 'multi_ack', true],
        [capabilities.has('side-band-64k') ? 'side-band-64k' : 'side-band', true],
        ['thin-pack', request.thin],
        ['ofs-delta', request.ofsDelta],
        ['no-progress', !request.progress],
        ['deepen-since', request.deepenSince !== undefined],
        ['filter', request.filter !== undefined],
    ];
    const words = wanted.filter(([name, on]) => on && capabilities.has(name)).map(([name]) => name);
    if (capabilities.has('object-format'))
        words.push(`object-format=${request.format}`);
    words.push(...(0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .agentWord */ .s_)(capabilities, request.agent));
    return words;
}
/**
 * Whether a server hangs up on who does not ask for thin packs: dulwich does, though it makes none. It does not name
 * itself; git did so before it told symbolic refs.
 */
function demandsThin(capabilities) {
    return (capabilities.has('thin-pack') && capabilities.values('symref').length > 0 && !capabilities.has('agent'));
}


/***/ }),

/***/ 32793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   aq: () => (/* binding */ ANSWER_LIMITS),
/* harmony export */   kU: () => (/* binding */ LineBudget)
/* harmony export */ });
/* unused harmony exports LISTING_LINES, LISTING_BYTES */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

/** What one listing may hold: four times a million refs, with long names. */
const LISTING_LINES = 4_000_000;
const LISTING_BYTES = 1024 ** 3;
/** What any other answer in lines may hold. */
const ANSWER_LIMITS = { lines: 1_000_000, bytes: 256 * 1024 ** 2 };
/** Counts the lines of one listing, so that a server cannot fill the memory. */
class LineBudget {
    #what;
    #lines;
    #bytes;
    /** `what`: the lines as a plural, for the error. */
    constructor(what, limits = {}) {
        this.#what = what;
        this.#lines = limits.lines ?? LISTING_LINES;
        this.#bytes = limits.bytes ?? LISTING_BYTES;
    }
    /** A line of `length` bytes was read, or several of as many together. @throws MirrorError `limit`. */
    take(length, lines = 1) {
        this.#bytes -= length;
        this.#lines -= lines;
        if (this.#lines >= 0 && this.#bytes >= 0)
            return;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the server sent more ${this.#what} than any real repository has`, {
            code: 'limit',
        });
    }
}


/***/ }),

/***/ 94566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BW: () => (/* binding */ nullId),
/* harmony export */   E6: () => (/* binding */ hexLength),
/* harmony export */   JC: () => (/* binding */ isNullId),
/* harmony export */   TS: () => (/* binding */ isObjectId)
/* harmony export */ });
const NULL_IDS = { sha1: '0'.repeat(40), sha256: '0'.repeat(64) };
function hexLength(format) {
    return format === 'sha1' ? 40 : 64;
}
/** The id of no object: the old value of a ref that is created, the new one of a ref that is deleted. */
function nullId(format) {
    return NULL_IDS[format];
}
function isNullId(id) {
    return id === NULL_IDS.sha1 || id === NULL_IDS.sha256;
}
const HEX = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Whether `text` is an id of `format`, or of any format. */
function isObjectId(text, format) {
    return HEX.test(text) && (format === undefined || text.length === hexLength(format));
}


/***/ }),

/***/ 52309:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A$: () => (/* binding */ DELIM),
/* harmony export */   D0: () => (/* binding */ PACKET_HEADER_BYTES),
/* harmony export */   KF: () => (/* binding */ PacketReader),
/* harmony export */   Py: () => (/* binding */ encodePacket),
/* harmony export */   Wr: () => (/* binding */ LARGEST_PAYLOAD_BYTES),
/* harmony export */   ZM: () => (/* binding */ FLUSH),
/* harmony export */   _k: () => (/* binding */ encodePackets),
/* harmony export */   cA: () => (/* binding */ lineOf),
/* harmony export */   wh: () => (/* binding */ parseLength)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45145);
/* harmony import */ var _wire_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(60926);




/** gitprotocol-common, "pkt-line Format": four hexadecimal digits of length, themselves included. */
const PACKET_HEADER_BYTES = 4;
/** The largest payload that may be sent; readers take what four digits can say, 65,531. */
const LARGEST_PAYLOAD_BYTES = 65_516;
const FLUSH = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)('0000');
const DELIM = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)('0001');
/** One pkt-line. Text is sent as it is: lines bring their own LF. @throws MirrorError `protocol` past 65,516 bytes. */
function encodePacket(payload) {
    const bytes = typeof payload === 'string' ? (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)(payload) : payload;
    return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .concatBytes */ .Id)([(0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)(encodeHeader(bytes.length)), bytes]);
}
/** Many pkt-lines in one array: the fast way for a hundred thousand haves. */
function encodePackets(payloads) {
    const parts = [];
    for (const payload of payloads)
        parts.push(encodeHeader(Buffer.byteLength(payload)), payload);
    return Buffer.from(parts.join(''));
}
function encodeHeader(length) {
    if (length > LARGEST_PAYLOAD_BYTES) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .MirrorError */ .En(`a packet of ${length} bytes is longer than Git allows`, { code: 'protocol' });
    }
    return (length + PACKET_HEADER_BYTES).toString(16).padStart(4, '0');
}
/** The text of a data packet without its LF; what is no UTF-8 becomes U+FFFD. */
function lineOf(payload) {
    const last = payload.length - 1;
    const end = payload[last] === LF ? last : payload.length;
    return Buffer.from(payload.buffer, payload.byteOffset, end).toString();
}
const LF = 0x0a;
/** By the length in the header. */
const SPECIAL = [{ kind: 'flush' }, { kind: 'delim' }, { kind: 'response-end' }];
const EMPTY = new Uint8Array(0);
const ERR = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_1__/* .toBytes */ .ZJ)('ERR ');
/**
 * Reads pkt-lines, however the bytes are cut. A packet whose bytes are here already is read without waiting.
 * `ERR` packets are thrown (gitprotocol-pack, "pkt-line Format").
 */
class PacketReader {
    #bytes;
    /** Length of the packet whose header was read and whose payload was not; -1: none. */
    #length = -1;
    #first = true;
    /** Count of bytes read up to which a text that is not ASCII reaches. */
    #unplainUntil = 0;
    /** What `textNow` gave last, and the count of bytes read at which it begins. */
    #text;
    #textFrom = 0;
    constructor(bytes) {
        this.#bytes = bytes;
    }
    /**
     * The next packet; undefined at a clean end. The payload is a view of the chunk it came in.
     * @throws MirrorError `protocol` for a wrong length, `cut` inside a packet, `server` for `ERR`.
     */
    async next() {
        const now = this.nextNow();
        if (now !== undefined)
            return now;
        if (this.#length < 0) {
            const header = await this.#bytes.read(PACKET_HEADER_BYTES);
            if (header === undefined)
                return undefined;
            this.#length = this.#parseHeader(header);
        }
        if (this.#length <= PACKET_HEADER_BYTES)
            return this.#finish(EMPTY);
        const payload = await this.#bytes.read(this.#length - PACKET_HEADER_BYTES);
        if (payload === undefined)
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .cutInside */ .PS)();
        return this.#finish(payload);
    }
    /** The next packet when all of it is here; undefined when it would have to be waited for, or at the end. */
    nextNow() {
        if (this.#length < 0) {
            const header = this.#bytes.readNow(PACKET_HEADER_BYTES);
            if (header === undefined)
                return undefined;
            this.#length = this.#parseHeader(header);
        }
        if (this.#length <= PACKET_HEADER_BYTES)
            return this.#finish(EMPTY);
        const payload = this.#bytes.readNow(this.#length - PACKET_HEADER_BYTES);
        return payload === undefined ? undefined : this.#finish(payload);
    }
    /**
     * Bytes that are here, the same as text, and where in both the next packet's header begins; undefined where there
     * are none or one of them is not ASCII. For who reads a hundred thousand lines, and leaves to `next` what is no such
     * line.
     */
    textNow() {
        const { consumed } = this.#bytes;
        if (this.#length >= 0 || consumed < this.#unplainUntil)
            return undefined;
        if (this.#bytes.buffered === 0 && this.#bytes.peekNow(1) === undefined)
            return undefined;
        const { buffered } = this.#bytes;
        const at = consumed - this.#textFrom;
        // Made once for all its lines, even when `next` takes some of them.
        if (this.#text !== undefined && at + buffered === this.#text.view.length)
            return { ...this.#text, at };
        const view = this.#bytes.peekNow(buffered);
        if (!(0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isAscii)(view)) {
            this.#unplainUntil = consumed + view.length;
            return undefined;
        }
        this.#textFrom = consumed;
        this.#text = { view, text: Buffer.from(view.buffer, view.byteOffset, view.length).toString('latin1') };
        return { ...this.#text, at: 0 };
    }
    /** Consumes whole packets of what `textNow` gave: `length` bytes with their headers. */
    skipNow(length) {
        if (length === 0)
            return;
        this.#bytes.readNow(length);
        this.#first = false;
    }
    /**
     * The first byte of the next packet's payload, not consumed and not waited for longer than needed. Undefined
     * for a packet without payload, for bytes that are no packet, and at the end.
     */
    async peekByte() {
        if (this.#length >= 0)
            return this.#length > PACKET_HEADER_BYTES ? (await this.#bytes.peek(1))[0] : undefined;
        const length = parseLength(await this.#bytes.peek(PACKET_HEADER_BYTES));
        return length > PACKET_HEADER_BYTES
            ? (await this.#bytes.peek(PACKET_HEADER_BYTES + 1))[PACKET_HEADER_BYTES]
            : undefined;
    }
    /**
     * Begins a packet whose payload is then taken in slices with `readSome`, so that it is never gathered. Gives
     * its length, header included: 4 and more is data, 0 to 2 flush, delim, response-end; undefined at a clean
     * end. `ERR` is not looked for.
     */
    async begin() {
        if (this.#length < 0) {
            const header = this.#bytes.readNow(PACKET_HEADER_BYTES) ?? (await this.#bytes.read(PACKET_HEADER_BYTES));
            if (header === undefined)
                return undefined;
            this.#length = this.#parseHeader(header);
        }
        const length = this.#length;
        this.#length = -1;
        return length;
    }
    /**
     * Begins a data packet whose payload begins with the byte `first`, if both are here already, and gives the
     * number of bytes that follow that byte. Undefined: nothing was consumed, `begin` knows more.
     */
    beginNow(first) {
        if (this.#length >= 0)
            return undefined;
        const head = this.#bytes.peekNow(PACKET_HEADER_BYTES + 1);
        if (head === undefined || head[PACKET_HEADER_BYTES] !== first)
            return undefined;
        const length = parseLength(head);
        if (length <= PACKET_HEADER_BYTES + 1)
            return undefined;
        this.#bytes.readNow(PACKET_HEADER_BYTES + 1);
        this.#first = false;
        return length - PACKET_HEADER_BYTES - 1;
    }
    /** Bytes as `readSome` gives them, if some are here already. */
    readSomeNow(max) {
        return this.#bytes.readSomeNow(max);
    }
    /** At least one and at most `max` bytes of the packet that `begin` announced. @throws MirrorError `cut`. */
    async readSome(max) {
        const slice = await this.#bytes.readSome(max);
        if (slice === undefined)
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .cutInside */ .PS)();
        return slice;
    }
    #finish(payload) {
        const length = this.#length;
        this.#length = -1;
        if (length < PACKET_HEADER_BYTES)
            return SPECIAL[length];
        if (startsWith(payload, ERR))
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .saidError */ .kM)(payload.subarray(ERR.length));
        return { kind: 'data', payload };
    }
    #parseHeader(header) {
        const length = parseLength(header);
        if (length < 0)
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .noPacket */ .ks)(header, this.#bytes, this.#first);
        this.#first = false;
        return length;
    }
}
/** Length of the packet that begins at `at`, header included. -1: no pkt-line begins like that. */
function parseLength(header, at = 0) {
    if (header.length < at + PACKET_HEADER_BYTES)
        return -1;
    let length = 0;
    for (let index = at; index < at + PACKET_HEADER_BYTES; index++) {
        const digit = hexValue(header[index]);
        if (digit < 0)
            return -1;
        length = length * 16 + digit;
    }
    return length === 3 ? -1 : length;
}
function hexValue(code) {
    if (code >= 0x30 && code <= 0x39)
        return code - 0x30;
    const lower = code | 0x20;
    return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
function startsWith(bytes, prefix) {
    if (bytes.length < prefix.length)
        return false;
    for (let index = 0; index < prefix.length; index++)
        if (bytes[index] !== prefix[index])
            return false;
    return true;
}


/***/ }),

/***/ 11769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ encodeCommands),
/* harmony export */   t: () => (/* binding */ needsPack)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_steps_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(24779);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _capabilities_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(98543);
/* harmony import */ var _object_id_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(94566);
/* harmony import */ var _pkt_line_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(52309);
/* harmony import */ var _ref_name_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(75790);







/**
 * The commands of a push with the capabilities on the first (gitprotocol-pack, "Reference Update Request and
 * Packfile Transfer"), the flush, and the push options with theirs. Nothing is asked for that was not offered.
 * @throws MirrorError `protocol` for no command, two commands for one ref, a command that changes nothing or names what
 * is no ref or no id, and for an update to the null id.
 */
function* encodeCommands(request) {
    const { commands } = request;
    if (commands.length === 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('a push without a command', { code: 'protocol' });
    const none = (0,_object_id_js__WEBPACK_IMPORTED_MODULE_3__/* .nullId */ .BW)(request.format);
    yield* requireRight(commands, request.format);
    const words = wordsOf(request).map((word) => ` ${word}`);
    const parts = [];
    for (let from = 0; from < commands.length; from += _base_steps_js__WEBPACK_IMPORTED_MODULE_5__/* .STEP_ITEMS */ .eK) {
        if (from > 0)
            yield;
        const lines = commands.slice(from, from + _base_steps_js__WEBPACK_IMPORTED_MODULE_5__/* .STEP_ITEMS */ .eK).map((command, index) => {
            const next = command.kind === 'delete' ? none : command.new;
            const line = `${command.old} ${next} ${command.ref}`;
            return from + index === 0 && words.length > 0 ? `${line}\0${words.join('')}\n` : `${line}\n`;
        });
        parts.push((0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_4__/* .encodePackets */ ._k)(lines));
    }
    const options = optionsOf(request);
    if (options.length === 0)
        return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([...parts, _pkt_line_js__WEBPACK_IMPORTED_MODULE_4__/* .FLUSH */ .ZM]);
    return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([...parts, _pkt_line_js__WEBPACK_IMPORTED_MODULE_4__/* .FLUSH */ .ZM, (0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_4__/* .encodePackets */ ._k)(options), _pkt_line_js__WEBPACK_IMPORTED_MODULE_4__/* .FLUSH */ .ZM]);
}
function optionsOf({ capabilities, pushOptions = [] }) {
    return capabilities.has('push-options') ? pushOptions : [];
}
function* requireRight(commands, format) {
    const seen = new Set();
    yield* (0,_base_steps_js__WEBPACK_IMPORTED_MODULE_5__/* .forEachInSteps */ .pM)(commands, (command) => {
        const why = seen.has(command.ref) ? 'two commands for it in one push' : whyWrong(command, format);
        if (why !== undefined) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`${JSON.stringify(command.ref)} is not pushed: ${why}`, { code: 'protocol' });
        }
        seen.add(command.ref);
    });
}
function whyWrong(command, format) {
    const { ref, old } = command;
    const invalid = (0,_ref_name_js__WEBPACK_IMPORTED_MODULE_6__/* .whyInvalidRefName */ .yX)(ref);
    if (invalid !== undefined)
        return `it is no ref name: ${invalid}`;
    const ids = command.kind === 'delete' ? [old] : [old, command.new];
    if (!ids.every((id) => (0,_object_id_js__WEBPACK_IMPORTED_MODULE_3__/* .isObjectId */ .TS)(id, format)))
        return 'its command names what is no object id';
    if (command.kind === 'delete')
        return (0,_object_id_js__WEBPACK_IMPORTED_MODULE_3__/* .isNullId */ .JC)(old) ? 'there is nothing to delete' : undefined;
    if ((0,_object_id_js__WEBPACK_IMPORTED_MODULE_3__/* .isNullId */ .JC)(command.new))
        return 'an update to the null id would delete it';
    return old === command.new ? 'the command leaves it as it is' : undefined;
}
function wordsOf(request) {
    const { capabilities } = request;
    const words = [];
    const report = ['report-status-v2', 'report-status'].find((name) => capabilities.has(name));
    if (report !== undefined)
        words.push(report);
    if (capabilities.has('side-band-64k'))
        words.push('side-band-64k');
    if (request.quiet === true && capabilities.has('quiet'))
        words.push('quiet');
    if (request.atomic && capabilities.has('atomic'))
        words.push('atomic');
    if (optionsOf(request).length > 0)
        words.push('push-options');
    if (capabilities.has('object-format'))
        words.push(`object-format=${request.format}`);
    words.push(...(0,_capabilities_js__WEBPACK_IMPORTED_MODULE_2__/* .agentWord */ .s_)(capabilities, request.agent));
    return words;
}
/** Deletions alone are sent without a pack; anything else needs one, be it empty. */
function needsPack(commands) {
    return commands.some((command) => command.kind === 'update');
}


/***/ }),

/***/ 90059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fg: () => (/* binding */ parseId),
/* harmony export */   I3: () => (/* binding */ checkName),
/* harmony export */   U9: () => (/* binding */ takeRefsNow),
/* harmony export */   lX: () => (/* binding */ takeId),
/* harmony export */   uJ: () => (/* binding */ ListedRefs)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _line_budget_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(32793);
/* harmony import */ var _object_id_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(94566);
/* harmony import */ var _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52309);
/* harmony import */ var _ref_name_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(75790);
/* harmony import */ var _wire_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(60926);






/** Characters of a name that an error shows. */
const NAME_SHOWN_CHARACTERS = 200;
const SPACE = 0x20;
const LF = 0x0a;
/**
 * Hands over lines that begin with an id, as far as they are here whole and ASCII; the first that is another one
 * ends that. For a hundred thousand of them: bytes are looked at, not characters, since texts come in many kinds
 * and V8 compiles anew for each.
 * @throws MirrorError `limit`.
 */
function takeRefsNow(packets, options) {
    const here = packets.textNow();
    if (here === undefined)
        return;
    const { view, text } = here;
    const idLength = (0,_object_id_js__WEBPACK_IMPORTED_MODULE_2__/* .hexLength */ .E6)(options.format);
    let at = here.at;
    let lines = 0;
    for (;;) {
        const start = at + _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .PACKET_HEADER_BYTES */ .D0;
        const space = start + idLength;
        if (space >= view.length || view[space] !== SPACE)
            break;
        const next = at + (0,_pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .parseLength */ .wh)(view, at);
        if (next > view.length)
            break;
        const end = view[next - 1] === LF ? next - 1 : next;
        if (space + 1 >= end || !isHex(view, start, space))
            break;
        options.take(text, start, space, end);
        at = next;
        lines++;
    }
    options.budget.take(at - here.at - lines * _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .PACKET_HEADER_BYTES */ .D0, lines);
    packets.skipNow(at - here.at);
}
function isHex(view, start, end) {
    for (let at = start; at < end; at++) {
        const code = view[at];
        if (code < 0x30 || code > 0x66 || (code > 0x39 && code < 0x61))
            return false;
    }
    return true;
}
/** The id that `line` begins with; a space follows it. @throws MirrorError `protocol` that shows the line. */
function takeId(line, format) {
    const id = line.slice(0, (0,_object_id_js__WEBPACK_IMPORTED_MODULE_2__/* .hexLength */ .E6)(format));
    if ((0,_object_id_js__WEBPACK_IMPORTED_MODULE_2__/* .isObjectId */ .TS)(id, format) && line.charCodeAt(id.length) === SPACE)
        return id;
    throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .unexpectedLine */ .Oo)(line, 'an object id and a ref name');
}
/** `text` as an id of `format`. @throws MirrorError `protocol` that shows `line`. */
function parseId(text, format, line) {
    if ((0,_object_id_js__WEBPACK_IMPORTED_MODULE_2__/* .isObjectId */ .TS)(text, format))
        return text;
    throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .unexpectedLine */ .Oo)(line, 'an object id and a ref name');
}
/** A name as a server wrote it, whatever it holds. @throws MirrorError `protocol` for none, `limit` past 4,096 characters. */
function checkName(name, id) {
    if (name === '')
        throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .unexpectedLine */ .Oo)(`${id} `, 'an object id and a ref name');
    if (name.length > _ref_name_js__WEBPACK_IMPORTED_MODULE_5__/* .LONGEST_REF_NAME_BYTES */ .jc) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`a ref name of the server is longer than ${_ref_name_js__WEBPACK_IMPORTED_MODULE_5__/* .LONGEST_REF_NAME_BYTES */ .jc} characters`, {
            code: 'limit',
            serverText: name.slice(0, NAME_SHOWN_CHARACTERS),
        });
    }
    return name;
}
/** HEAD and its like: names outside of `refs/` that git itself uses. */
const PSEUDO_REF = /^[A-Z][A-Z_-]*$/;
const PEELED = '^{}';
/**
 * Gathers the refs of one listing, and sets apart what is damaged: git lists a broken ref with the null id, and a name
 * that stands there twice has no value at all.
 */
class ListedRefs {
    #refs = [];
    #damaged = new Map();
    #last = '';
    /** All names, from the first one on that is out of order; servers list refs in the order of their names. */
    #names;
    add(ref) {
        const { name, id } = ref;
        if (!this.#isNew(name))
            this.doubt(name, 'it is listed twice');
        else if ((0,_object_id_js__WEBPACK_IMPORTED_MODULE_2__/* .isNullId */ .JC)(id))
            this.doubt(name, 'it is listed with the null id, as broken refs are');
        else if (name.endsWith(PEELED))
            this.doubt(name.slice(0, -PEELED.length), 'only its peeled line is listed');
        else if (!name.startsWith('refs/') && !PSEUDO_REF.test(name)) {
            this.doubt(name, 'its name does not begin with refs/');
        }
        else if (ref.peeled !== undefined && (0,_object_id_js__WEBPACK_IMPORTED_MODULE_2__/* .isNullId */ .JC)(ref.peeled))
            this.doubt(name, 'its peeled id is the null id');
        else
            this.#refs.push(ref);
    }
    /** Takes the line `NAME^{}` of v0, which follows the line of its tag. `capabilities^{}` stands for no refs at all. */
    addPeeled(name, id) {
        if (name === `capabilities${PEELED}`)
            return;
        const tag = name.slice(0, -PEELED.length);
        const last = this.#refs.at(-1);
        if (last === undefined || last.name !== tag)
            this.doubt(tag, 'only its peeled line is listed');
        else if ((0,_object_id_js__WEBPACK_IMPORTED_MODULE_2__/* .isNullId */ .JC)(id))
            this.doubt(tag, 'its peeled id is the null id');
        else
            last.peeled = id;
    }
    /** The first reason stays. */
    doubt(name, reason) {
        if (!PSEUDO_REF.test(name) && !this.#damaged.has(name))
            this.#damaged.set(name, { name, reason });
    }
    /** The symbolic refs that the capabilities of v0 name. */
    link(targets) {
        if (targets.size === 0)
            return;
        for (const ref of this.#refs) {
            const target = targets.get(ref.name);
            if (target !== undefined)
                ref.symrefTarget = target;
        }
    }
    result() {
        const damaged = [...this.#damaged.values()];
        if (damaged.length === 0)
            return { refs: this.#refs, damaged };
        return { refs: this.#refs.filter(({ name }) => !this.#damaged.has(name)), damaged };
    }
    #isNew(name) {
        if (this.#names === undefined) {
            if (name > this.#last) {
                this.#last = name;
                return true;
            }
            if (name === this.#last)
                return false;
            this.#names = new Set(this.#damaged.keys());
            for (const ref of this.#refs)
                this.#names.add(ref.name);
        }
        const { size } = this.#names;
        return this.#names.add(name).size > size;
    }
}


/***/ }),

/***/ 75790:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jc: () => (/* binding */ LONGEST_REF_NAME_BYTES),
/* harmony export */   jt: () => (/* binding */ validPartOf),
/* harmony export */   yX: () => (/* binding */ whyInvalidRefName)
/* harmony export */ });
/** A ref name that no real repository exceeds; file systems take 255 bytes a part. */
const LONGEST_REF_NAME_BYTES = 4096;
/**
 * Why git would refuse `name` as a full ref name (git-check-ref-format), or undefined when it would not.
 * U+FFFD stands for bytes that are no UTF-8: such a name could not be sent back as it was.
 */
function whyInvalidRefName(name) {
    if (name === '')
        return 'it is empty';
    if (name.length > LONGEST_REF_NAME_BYTES)
        return `it is longer than ${LONGEST_REF_NAME_BYTES} characters`;
    if (!name.includes('/'))
        return 'it has no slash';
    if (name.startsWith('/') || name.endsWith('/') || name.includes('//'))
        return 'a part between slashes is empty';
    if (name.endsWith('.'))
        return 'it ends with a dot';
    if (name.includes('..'))
        return 'it holds two dots in a row';
    if (name.includes('@{'))
        return 'it holds @{';
    const bad = /[\0-\x20\x7f~^:?*[\\]/.exec(name);
    if (bad)
        return `it holds ${describe(bad[0])}`;
    if (name.includes('\ufffd'))
        return 'it is not UTF-8';
    for (const part of name.split('/')) {
        if (part.startsWith('.'))
            return 'a part begins with a dot';
        if (part.endsWith('.lock'))
            return 'a part ends with .lock';
    }
    return undefined;
}
/** What `whyInvalidRefName` finds in the middle of a name or at its end. */
const WRONG = /[\0-\x20\x7f~^:?*[\\\ufffd]|\.\.|@\{|\/\/|\/\.|^\.|^\/|\.lock(?=\/|$)|[./]$/;
/**
 * `name` up to the first thing that git refuses in a full ref name; all of it where it is valid. A name that was
 * damaged on its way was once a longer one that began like this.
 */
function validPartOf(name) {
    if (!name.startsWith('refs/'))
        return '';
    const at = name.search(WRONG);
    return at < 0 ? name : name.slice(0, at);
}
function describe(character) {
    if (character === ' ')
        return 'a space';
    const code = character.charCodeAt(0);
    return code < 0x20 || code === 0x7f ? 'a control character' : `“${character}”`;
}


/***/ }),

/***/ 41489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ SidebandReader)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);
/* harmony import */ var _wire_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(60926);
/* harmony import */ var _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(52309);




const DATA = 1;
const PROGRESS = 2;
const FATAL = 3;
const DELIM_LENGTH = 1;
/** Packets without data that one stream may hold; with text they may have as many bytes as `TEXT_BYTES`. */
const ASIDE_PACKETS = 1_000_000;
const TEXT_BYTES = 64 * 1024 ** 2;
/** Empty packets in a row: git sends one each five seconds while it counts, which makes 17,280 a day. */
const KEEPALIVES_IN_A_ROW = 20_000;
/**
 * Takes apart what a server multiplexes on one stream (gitprotocol-pack, "side-band"): band 1 is handed out in
 * slices as they arrive, band 2 goes to `onProgress` raw, band 3 is thrown. Empty packets are keepalives.
 */
class SidebandReader {
    #packets;
    #onProgress;
    /** Bytes of the current band-1 packet that are still to come. */
    #left = 0;
    #ended = false;
    #aside = 0;
    #keepalives = 0;
    #text = 0;
    constructor(packets, options = {}) {
        this.#packets = packets;
        this.#onProgress = options.onProgress;
    }
    /**
     * The next slice of band 1, never empty; undefined after the flush that ends the stream.
     * @throws MirrorError `server` for band 3 and `ERR`, `limit` for text without end, `cut` when the stream ends without a flush, `protocol`.
     */
    async next() {
        while (this.#left === 0) {
            if (this.#ended)
                return undefined;
            await this.#beginPacket();
        }
        const slice = await this.#packets.readSome(this.#left);
        this.#left -= slice.length;
        return slice;
    }
    /** What `next` would give, if it is here already; undefined when it has to be waited for, and at the end. */
    nextNow() {
        if (this.#left === 0)
            this.#left = (this.#ended ? undefined : this.#packets.beginNow(DATA)) ?? 0;
        if (this.#left === 0)
            return undefined;
        const slice = this.#packets.readSomeNow(this.#left);
        this.#left -= slice?.length ?? 0;
        return slice;
    }
    async #beginPacket() {
        const length = await this.#packets.begin();
        if (length === undefined) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('the stream ended before its last packet', { code: 'cut', retryable: true });
        }
        if (length === DELIM_LENGTH) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('a delimiter came inside a sideband stream', { code: 'protocol' });
        }
        if (length <= _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .PACKET_HEADER_BYTES */ .D0 + 1)
            this.#countAside();
        else
            this.#keepalives = 0;
        if (length < _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .PACKET_HEADER_BYTES */ .D0)
            this.#ended = true;
        else if (length > _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .PACKET_HEADER_BYTES */ .D0)
            await this.#beginBand(length - _pkt_line_js__WEBPACK_IMPORTED_MODULE_3__/* .PACKET_HEADER_BYTES */ .D0 - 1);
    }
    async #beginBand(size) {
        const head = await this.#packets.readSome(1);
        const band = head[0];
        if (band === DATA) {
            this.#left = size;
            return;
        }
        this.#text += size;
        if (++this.#aside > ASIDE_PACKETS || this.#text > TEXT_BYTES)
            throw endless();
        const bytes = await this.#gather(size);
        if (band === PROGRESS) {
            if (size > 0)
                this.#onProgress?.((0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)(bytes));
            return;
        }
        const words = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)(bytes.subarray(0, _wire_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .LAST_WORDS_BYTES */ .DE)).trimEnd();
        if (band === FATAL) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the server broke off: ${words}`, { code: 'server', serverText: words });
        }
        // An error may stand in a packet of its own, without a band.
        if (band === 'E'.charCodeAt(0) && words.startsWith('RR '))
            throw (0,_wire_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .saidError */ .kM)(bytes.subarray(3));
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`a packet names band ${band}, which does not exist`, {
            code: 'protocol',
            serverText: (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)((0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([head, bytes.subarray(0, _wire_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .LAST_WORDS_BYTES */ .DE)])),
        });
    }
    #countAside() {
        this.#keepalives++;
        this.#aside++;
        if (this.#aside > ASIDE_PACKETS || this.#keepalives > KEEPALIVES_IN_A_ROW)
            throw endless();
    }
    async #gather(size) {
        const parts = [];
        for (let left = size; left > 0;) {
            const part = await this.#packets.readSome(left);
            left -= part.length;
            parts.push(part);
        }
        return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)(parts);
    }
}
function endless() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('the server sent more text beside its data than any real repository makes it', {
        code: 'limit',
    });
}


/***/ }),

/***/ 60926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DE: () => (/* binding */ LAST_WORDS_BYTES),
/* harmony export */   Oo: () => (/* binding */ unexpectedLine),
/* harmony export */   PS: () => (/* binding */ cutInside),
/* harmony export */   Yf: () => (/* binding */ cutIn),
/* harmony export */   kM: () => (/* binding */ saidError),
/* harmony export */   ks: () => (/* binding */ noPacket)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);


/** Characters of a wrong line, and bytes of what is no packet, that an error shows. */
const LINE_SHOWN_CHARACTERS = 200;
const NO_PACKET_SHOWN_BYTES = 120;
/** A server's last words are cut to this many bytes. */
const LAST_WORDS_BYTES = 16 * 1024;
/** The error for what a server says in an `ERR` packet. */
function saidError(message) {
    const words = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)(message.subarray(0, LAST_WORDS_BYTES)).trimEnd();
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the server said: ${words}`, { code: 'server', serverText: words });
}
function cutInside() {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('the stream ended inside a packet', { code: 'cut', retryable: true });
}
function noPacket(header, rest, first) {
    const more = rest.readNow(Math.min(NO_PACKET_SHOWN_BYTES, rest.buffered)) ?? new Uint8Array(0);
    const words = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .fE)((0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([header, more]));
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`expected a packet of Git's protocol, found ${JSON.stringify(words)}`, {
        code: 'protocol',
        serverText: words,
        hint: first
            ? 'Something other than Git wrote to the connection first: a login shell that prints text, a forced command, or a server of another kind.'
            : undefined,
    });
}
/** The error for a line that is not what Git's protocol has there. */
function unexpectedLine(line, expected) {
    const shown = line.slice(0, LINE_SHOWN_CHARACTERS);
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`expected ${expected}, found ${JSON.stringify(shown)}`, {
        code: 'protocol',
        serverText: shown,
    });
}
/** The error for a stream that ends in the middle of `where`. */
function cutIn(where) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the server ended the connection in ${where}`, { code: 'cut', retryable: true });
}


/***/ }),

/***/ 11605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ groupAdvice)
/* harmony export */ });
/** The rejected refs by their advice, so that it is said once; groups and their refs in the order of `rejected`. */
function groupAdvice(rejected) {
    const groups = new Map();
    for (const ref of rejected) {
        const key = ref.adviceId ?? ref.advice ?? '';
        const refs = groups.get(key);
        if (refs === undefined)
            groups.set(key, [ref]);
        else
            refs.push(ref);
    }
    return Array.from(groups.values(), (refs) => ({ advice: refs[0]?.advice, refs }));
}


/***/ }),

/***/ 97100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ createProgressMeter)
/* harmony export */ });
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62867);

/** `interval`: milliseconds between two lines of one destination; `now`: milliseconds of a clock. */
function createProgressMeter(interval, now) {
    const marks = new Map();
    /** Bytes a second since the last line; undefined: none is due. */
    const measure = (key, bytes) => {
        const time = now();
        const mark = marks.get(key);
        // A second push counts from nothing again.
        if (!mark || bytes < mark.bytes) {
            marks.set(key, { time, bytes });
            return undefined;
        }
        const elapsed = time - mark.time;
        if (elapsed < interval)
            return undefined;
        const rate = ((bytes - mark.bytes) / elapsed) * 1000;
        mark.time = time;
        mark.bytes = bytes;
        return rate;
    };
    return {
        update(destination, bytes, objects) {
            const rate = measure(destination, bytes);
            if (rate === undefined)
                return undefined;
            const count = objects > 0 ? `, pack of ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(objects, 'object')}` : '';
            return `sent ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(bytes)}${count}, ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(rate)}/s`;
        },
        updateLfs({ destination, bytes, objects, missing }) {
            const rate = measure(`lfs ${destination}`, bytes);
            if (rate === undefined)
                return undefined;
            const count = `${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatCount */ .B4)(objects)} of ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPlural */ .yk)(missing, 'LFS object')}`;
            return `sent ${count}, ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(bytes)}, ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .formatBytes */ .z3)(rate)}/s`;
        },
    };
}


/***/ }),

/***/ 80397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ resultOfError),
/* harmony export */   T: () => (/* binding */ createRecorder)
/* harmony export */ });
const NO_FIGURES = {
    packBytes: 0,
    objects: 0,
    pushes: 0,
    lfsObjects: 0,
    lfsBytes: 0,
    seconds: { list: 0, lfs: 0, negotiate: 0, transfer: 0, verify: 0 },
};
function createRecorder(options) {
    const started = options.now();
    const seen = new Map(options.destinations.map((destination) => [destination, nothingSeen()]));
    return {
        reporter: (event) => record(seen, event),
        toResult: (error) => ({
            source: options.source,
            ok: false,
            dryRun: options.dryRun,
            destinations: [...seen].map(([destination, known]) => ({
                destination,
                status: 'failed',
                changed: known.changed,
                rejected: known.rejected,
                upToDate: 0,
                warnings: known.warnings,
                leftovers: [],
                error,
                figures: {
                    ...NO_FIGURES,
                    packBytes: known.bytes,
                    objects: known.objects,
                    lfsBytes: known.lfsBytes,
                    lfsObjects: known.lfsObjects,
                },
            })),
            error,
            seconds: (options.now() - started) / 1000,
            sourceRefs: 0,
        }),
    };
}
/** The result of a run that never began. */
function resultOfError(error) {
    return { source: '', ok: false, dryRun: false, destinations: [], error, seconds: 0, sourceRefs: 0 };
}
function nothingSeen() {
    return { changed: [], rejected: [], warnings: [], bytes: 0, objects: 0, lfsBytes: 0, lfsObjects: 0 };
}
function record(seen, event) {
    const known = 'destination' in event && event.destination ? seen.get(event.destination) : undefined;
    if (!known)
        return;
    if (event.kind === 'changed')
        known.changed.push(event.change);
    if (event.kind === 'rejected')
        known.rejected.push(event.rejected);
    if (event.kind === 'notice' && event.level === 'warning')
        known.warnings.push(event.text);
    if (event.kind === 'progress') {
        known.bytes = Math.max(known.bytes, event.bytes);
        known.objects = Math.max(known.objects, event.objects);
    }
    if (event.kind === 'lfs-progress') {
        known.lfsBytes = Math.max(known.lfsBytes, event.bytes);
        known.lfsObjects = Math.max(known.lfsObjects, event.objects);
    }
}


/***/ }),

/***/ 17234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DL: () => (/* binding */ forgetSecrets),
/* harmony export */   E$: () => (/* binding */ redact),
/* harmony export */   Uy: () => (/* binding */ hideFromNowOn),
/* harmony export */   bp: () => (/* binding */ SHORTEST_SECRET_LENGTH),
/* harmony export */   g1: () => (/* binding */ NO_SECRETS),
/* harmony export */   om: () => (/* binding */ safeLine),
/* harmony export */   rd: () => (/* binding */ redactResult)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(86815);


/** UTF-16 units. Shorter texts turn up everywhere in a log: hiding them would hide all else and give them away. */
const SHORTEST_SECRET_LENGTH = 4;
/** UTF-16 units that tell a secret from others of its kind: tokens begin alike, such as `github_pat_`. */
const TELLING_START_LENGTH = 12;
const NO_SECRETS = { texts: [] };
/** One more text that must never be printed from now on, which was not known when `secrets` was made. */
function hideFromNowOn(secrets, text) {
    if (text.length < SHORTEST_SECRET_LENGTH || secrets === NO_SECRETS)
        return;
    const texts = secrets.texts;
    texts.push(text);
    texts.sort((one, other) => other.length - one.length);
}
/** Texts that `hideFromNowOn` has hidden and that are worth nothing any more: a server that lives long gathers many. */
function forgetSecrets(secrets, forgotten) {
    const texts = secrets.texts;
    texts.splice(0, texts.length, ...texts.filter((text) => !forgotten.has(text)));
}
/** UTF-16 units of the longest line that is shown of a result's texts. */
const RESULT_LINE_LENGTH = 2000;
/** Replaces every secret of a text by `***`, and the beginning of one that was cut before. */
function redact(text, secrets) {
    let result = text;
    for (const secret of secrets.texts)
        result = result.replaceAll(secret, '***');
    return redactStarts(result, secrets.texts);
}
function redactStarts(text, secrets) {
    // The heads of keys, and user names before a password, are no secret.
    const starts = secrets.filter((secret) => secret.length > TELLING_START_LENGTH && !/^-----|:/.test(secret));
    let result = text;
    for (const secret of starts) {
        const head = secret.slice(0, TELLING_START_LENGTH);
        for (let at = result.indexOf(head); at >= 0; at = result.indexOf(head, at + 3)) {
            const end = Math.max(...starts.map((start) => at + countCommon(result.slice(at, at + start.length), start)));
            result = `${result.slice(0, at)}***${result.slice(end)}`;
        }
    }
    return result;
}
function countCommon(text, other) {
    let count = 0;
    while (count < text.length && text[count] === other[count])
        count++;
    return count;
}
/**
 * Text from anywhere as one line of a log, at most `max` UTF-16 units: printable, without a secret, and with
 * nothing that a runner obeys.
 */
function safeLine(text, secrets, max) {
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .cutText */ .IN)((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .muteLine */ .WB)(printWithout(text, secrets, max)), max);
}
/**
 * The result without a secret in any text that a server or a message had a part in: everything but the names
 * of refs. What was one error in several places stays one. Lines of texts stay lines, and are printable.
 */
function redactResult(result, secrets) {
    if (secrets.texts.length === 0)
        return result;
    // Thousands of refs are rejected for the same reason.
    const clean = remember((text) => redactLines(text, secrets));
    const cleanSome = (text) => text === undefined ? undefined : clean(text);
    const cleanError = remember((error) => error === undefined
        ? undefined
        : (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .withDetails */ .FE)(error, { hint: cleanSome(error.hint), serverText: cleanSome(error.serverText) }, clean(error.message)));
    const cleanDestination = (given) => ({
        ...given,
        destination: clean(given.destination),
        rejected: given.rejected.map((ref) => ({
            ...ref,
            reason: clean(ref.reason),
            advice: cleanSome(ref.advice),
        })),
        warnings: given.warnings.map(clean),
        error: cleanError(given.error),
    });
    return {
        ...result,
        source: clean(result.source),
        destinations: result.destinations.map(cleanDestination),
        error: cleanError(result.error),
    };
}
/** A pure function that works once for each argument. */
function remember(make) {
    const known = new Map();
    return (given) => {
        if (!known.has(given))
            known.set(given, make(given));
        return known.get(given);
    };
}
function redactLines(text, secrets) {
    // A secret may have lines itself.
    const lines = redact(text, secrets).split(/\r\n|\r|\n/);
    return lines
        .map((line) => (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .cutText */ .IN)(printWithout(line, secrets, RESULT_LINE_LENGTH), RESULT_LINE_LENGTH))
        .join('\n');
}
/** Not cut to `max` yet, but not much longer. */
function printWithout(text, secrets, max) {
    // Before, since cutting leaves half a secret; after, since taking invisible characters away makes it whole.
    return redact((0,_base_printable_js__WEBPACK_IMPORTED_MODULE_1__/* .printableLine */ .oy)(redact(text, secrets), max * 4), secrets);
}


/***/ }),

/***/ 62867:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $8: () => (/* binding */ describePhase),
/* harmony export */   B4: () => (/* binding */ formatCount),
/* harmony export */   Bd: () => (/* binding */ countActions),
/* harmony export */   FP: () => (/* binding */ describeLfs),
/* harmony export */   L5: () => (/* binding */ describeServerLine),
/* harmony export */   Sh: () => (/* binding */ describeIds),
/* harmony export */   XZ: () => (/* binding */ describeVerdict),
/* harmony export */   Xc: () => (/* binding */ describeMessage),
/* harmony export */   Xo: () => (/* binding */ formatSeconds),
/* harmony export */   ZG: () => (/* binding */ PHASES),
/* harmony export */   aC: () => (/* binding */ describeDestination),
/* harmony export */   c5: () => (/* binding */ describeLeftovers),
/* harmony export */   gj: () => (/* binding */ hasEmptyScope),
/* harmony export */   mX: () => (/* binding */ ACTION_SIGNS),
/* harmony export */   m_: () => (/* binding */ shortId),
/* harmony export */   wb: () => (/* binding */ describeServerText),
/* harmony export */   wv: () => (/* binding */ describeCounts),
/* harmony export */   yk: () => (/* binding */ formatPlural),
/* harmony export */   z3: () => (/* binding */ formatBytes)
/* harmony export */ });
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86815);

/** In the order in which a run goes through them. */
const PHASES = ['list', 'lfs', 'negotiate', 'transfer', 'verify'];
/** One character for each change of a ref. */
const ACTION_SIGNS = {
    create: '+',
    update: '*',
    force: '!',
    delete: '-',
};
/** Lines of a server's text that a report shows. */
const SERVER_LINES = 20;
/** Refs of our own that a sentence names. */
const LEFTOVER_NAMES = 5;
/** `1,234`. */
function formatCount(count) {
    // Not Intl.NumberFormat: making one takes longer than most of what a run does before its first byte.
    return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
/** `1 ref`, `1,234 refs`. */
function formatPlural(count, word) {
    return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
/** Powers of 1000: `906 bytes`, `1.4 MB`. */
function formatBytes(bytes) {
    if (bytes < 1000)
        return bytes === 1 ? '1 byte' : `${Math.round(bytes)} bytes`;
    const units = ['kB', 'MB', 'GB', 'TB'];
    let value = bytes / 1000;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
/** `40 ms`, `1.8 s`, `12 s`, `3 min 5 s`. */
function formatSeconds(seconds) {
    if (seconds < 0.9995)
        return `${Math.round(seconds * 1000)} ms`;
    if (seconds < 9.95)
        return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    if (whole < 60)
        return `${whole} s`;
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
/** The first digits of an id; an empty text for the id of nothing. */
function shortId(id) {
    return /^0*$/.test(id) ? '' : id.slice(0, 10);
}
function countActions(changes) {
    const counts = { create: 0, update: 0, force: 0, delete: 0 };
    for (const change of changes)
        counts[change.action] += 1;
    return counts;
}
/** `aaaaaaaaaa..bbbbbbbbbb`, or the one id that there is. */
function describeIds(change) {
    return [shortId(change.old), shortId(change.new)].filter((id) => id !== '').join('..');
}
/** `2 created, 1 deleted`; `nothing changed` where nothing did. */
function describeCounts(counts) {
    const words = [
        ['create', 'created'],
        ['update', 'updated'],
        ['force', 'forced'],
        ['delete', 'deleted'],
    ];
    const parts = words
        .filter(([action]) => counts[action] > 0)
        .map(([action, word]) => `${formatCount(counts[action])} ${word}`);
    return parts.length === 0 ? 'nothing changed' : parts.join(', ');
}
/** As `describeCounts`; what stays of ours is no "nothing". */
function describeChanges(destinations) {
    const changes = destinations.flatMap(({ changed }) => changed);
    const leftovers = destinations.reduce((sum, destination) => sum + leftoversOf(destination).length, 0);
    if (leftovers === 0)
        return describeCounts(countActions(changes));
    const moved = changes.length === 0 ? 'no ref in scope changed' : describeCounts(countActions(changes));
    return `${moved}, ${formatPlural(leftovers, 'helper ref')} of ours left behind`;
}
function leftoversOf(destination) {
    return destination.leftovers ?? [];
}
/** Which refs of ours stay at a destination, what for, and how to remove them; undefined: none. */
function describeLeftovers(destination) {
    const names = leftoversOf(destination);
    if (names.length === 0)
        return undefined;
    const shown = names.slice(0, LEFTOVER_NAMES);
    const more = names.length > shown.length ? ` and ${formatCount(names.length - shown.length)} more` : '';
    const removal = more === ''
        ? `git push ${destination.destination} --delete ${shown.join(' ')}`
        : 'git push --delete with the name of each';
    return (`our helper refs stay at the destination: ${shown.join(', ')}${more}; ` +
        `the next run goes on from them, or remove them by: ${removal}`);
}
/** What was carried of LFS: `12 LFS objects, 24 MB`; undefined: nothing. */
function describeLfs({ figures }) {
    const { lfsObjects, lfsBytes } = figures;
    if (lfsObjects === 0 && lfsBytes === 0)
        return undefined;
    return `${formatPlural(lfsObjects, 'LFS object')}, ${formatBytes(lfsBytes)}`;
}
/** What a server said about an error, as lines of a report; raw but for their beginning. */
function describeServerText(error) {
    const lines = (error.serverText ?? '').split(/[\r\n]+/).filter((line) => line.trim() !== '');
    const shown = lines.slice(0, SERVER_LINES).map((line) => `remote: ${line}`);
    const left = lines.length - shown.length;
    return left > 0 ? [...shown, `remote: … and ${formatPlural(left, 'more line')}`] : shown;
}
/** A line that a server said while it worked, as git would show it; raw but for its beginning. */
function describeServerLine(event) {
    return `${event.side === 'source' ? 'source' : 'remote'}: ${event.text}`;
}
/** A phase that begins, as a line: with `prefix`, which says whose it is, unless its own words do. */
function describePhase(event, prefix) {
    const names = event.destination !== undefined && event.text.includes(event.destination);
    return `${names ? '' : prefix}${event.text}`;
}
/** One line: what became of a destination. */
function describeDestination(destination) {
    const changes = describeChanges([destination]);
    switch (destination.status) {
        case 'unchanged':
            return leftoversOf(destination).length > 0
                ? changes
                : `up to date, ${formatPlural(destination.upToDate, 'ref')}`;
        case 'mirrored':
            return changes;
        case 'planned':
            return destination.changed.length === 0 ? 'nothing would change' : `would change: ${changes}`;
        case 'rejected':
            return `${formatPlural(countFailingRejections(destination), 'ref')} rejected; ${changes}`;
        case 'failed':
            return `failed${sideOf(destination.error)}: ${describeMessage(destination.error)}; ${changes}`;
    }
}
/** The sentence that comes first: did it work, and what did it do. */
function describeVerdict(result) {
    const { destinations } = result;
    const changes = describeChanges(destinations);
    const places = formatPlural(destinations.length, 'destination');
    const time = formatSeconds(result.seconds);
    const failed = destinations.filter(({ status }) => status === 'failed');
    const rejected = destinations.reduce((sum, destination) => sum + countFailingRejections(destination), 0);
    if (result.error?.code === 'cancelled')
        return `Cancelled after ${time}: ${changes}.`;
    if (result.error)
        return `${describeFailure(result.error)}.`;
    if (failed.length > 0) {
        const others = rejected > 0 ? `, ${formatPlural(rejected, 'ref')} rejected` : '';
        if (destinations.length === 1)
            return `${describeFailure(failed[0]?.error)}.`;
        return `Failed at ${formatCount(failed.length)} of ${places}${others}; ${changes}.`;
    }
    if (!result.ok)
        return `${formatPlural(rejected, 'ref')} rejected; ${changes} at ${places} in ${time}.`;
    if (isUntouched(result))
        return describeUntouched(result, places);
    return result.dryRun
        ? `Dry run: this would change: ${changes}.`
        : `Mirrored: ${changes} at ${places} in ${time}.`;
}
/** Whether the source has no ref that `refs` names: nothing was mirrored, which is not the same as up to date. */
function hasEmptyScope(result) {
    return result.ok && result.sourceRefs === 0 && isUntouched(result);
}
function isUntouched({ destinations }) {
    return destinations.every((destination) => destination.changed.length === 0 && leftoversOf(destination).length === 0);
}
function describeUntouched(result, places) {
    if (hasEmptyScope(result))
        return 'Nothing was mirrored: the source has no ref that refs names.';
    return result.dryRun ? 'Dry run: nothing would change.' : `Up to date: ${places} had nothing to change.`;
}
function describeFailure(error) {
    return `Failed${sideOf(error)}: ${describeMessage(error)}`;
}
/** Both sides may be on one host: its name alone does not tell which one failed. */
function sideOf(error) {
    return error?.side === undefined ? '' : ` at the ${error.side}`;
}
/** An error's message as one printable line, without its full stop. */
function describeMessage(error) {
    return (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(error?.message ?? 'no reason was given', 1000).replace(/\.$/, '');
}
/** Refs whose rejection fails a run. */
function countFailingRejections(destination) {
    return destination.rejected.filter((ref) => !ref.warning).length;
}


/***/ }),

/***/ 20364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cg: () => (/* binding */ checkPath),
/* harmony export */   Og: () => (/* binding */ checkUser),
/* harmony export */   Pt: () => (/* binding */ parseAuthority),
/* harmony export */   RC: () => (/* binding */ checkHost),
/* harmony export */   XT: () => (/* binding */ UrlProblem),
/* harmony export */   ew: () => (/* binding */ checkControl),
/* harmony export */   gr: () => (/* binding */ decodePercent),
/* harmony export */   i6: () => (/* binding */ decodePercentOrKeep),
/* harmony export */   oK: () => (/* binding */ bracketProblem)
/* harmony export */ });
/** Reads `[user[:password]@]host[:port]`, percent-encoded, as Git does for ssh and git addresses.
 *  @throws UrlProblem in words that fit behind the name of the input. */
function parseAuthority(text) {
    const at = text.lastIndexOf('@');
    const userinfo = at < 0 ? undefined : text.slice(0, at);
    const { host, port } = parseHostPort(text.slice(at + 1));
    const colon = userinfo?.indexOf(':') ?? -1;
    const user = colon < 0 ? userinfo : userinfo?.slice(0, colon);
    return {
        user: user === undefined || user === '' ? undefined : checkUser(decodePercent(user)),
        password: colon < 0 ? undefined : userinfo?.slice(colon + 1),
        host: checkHost(decodePercent(host)),
        port: port === undefined ? undefined : parsePort(port),
    };
}
/** What is wrong with an address, as a sentence without a subject. Holds no secret. */
class UrlProblem extends Error {
}
function parseHostPort(text) {
    if (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text))
        throw new UrlProblem(bracketProblem(text));
    const parts = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text);
    if (!parts)
        throw new UrlProblem('has a host name that cannot be read');
    return { host: parts[1] ?? parts[2] ?? '', port: parts[3] === '' ? undefined : parts[3] };
}
/** What is wrong with `::1` before a path. */
function bracketProblem(host) {
    return `has an IPv6 address without brackets: write [${host}]`;
}
function parsePort(text) {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (port < 1 || port > 65535)
        throw new UrlProblem('has a port that is not a number from 1 to 65535');
    return port;
}
/** @throws UrlProblem for what no host is called, and for what a program would take as an option (J7). */
function checkHost(host) {
    if (host === '')
        throw new UrlProblem('has no host name');
    if (host.startsWith('-'))
        throw new UrlProblem("has a host name that begins with '-'");
    if (!/^[\p{L}\p{N}._~:-]+(%[\w.-]+)?$/u.test(host))
        throw new UrlProblem('has a host name that cannot be read');
    return host.toLowerCase();
}
/** @throws UrlProblem */
function checkUser(user) {
    if (user.startsWith('-'))
        throw new UrlProblem("has a user name that begins with '-'");
    if (/[[\]]/.test(user))
        throw new UrlProblem('has a user name with a bracket');
    checkControl(user);
    return user;
}
/** @throws UrlProblem */
function checkPath(path) {
    if (path === '' || path === '/')
        throw new UrlProblem('has no path of a repository');
    if (path.startsWith('-'))
        throw new UrlProblem("has a path that begins with '-'");
    checkControl(path);
    return path;
}
/** @throws UrlProblem */
function checkControl(text) {
    if (/[\n\r]/.test(text))
        throw new UrlProblem('has a line break in it');
    if (/[\u0000-\u001f\u007f]/.test(text))
        throw new UrlProblem('has a control character in it');
    if (!text.isWellFormed())
        throw new UrlProblem('has half a character in it');
}
/** `text` decoded, or as it is where its percent signs are no encoding. */
function decodePercentOrKeep(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
/** @throws UrlProblem */
function decodePercent(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        throw new UrlProblem("has a '%' that begins no percent-encoding (write it as %25)");
    }
}


/***/ }),

/***/ 4076:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isLoopback),
/* harmony export */   n: () => (/* binding */ bareHost)
/* harmony export */ });
/**
 * Whether a host name is this machine itself: `localhost`, what is below it (RFC 6761, section 6.3), 127.0.0.0/8 and
 * ::1, with or without brackets.
 */
function isLoopback(host) {
    const name = bareHost(host);
    return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || isLoopbackV4(name);
}
/** A host name in lower case, without the brackets of IPv6 and without the dot of the root. */
function bareHost(host) {
    return host
        .toLowerCase()
        .replace(/^\[|\]$/g, '')
        .replace(/\.$/, '');
}
function isLoopbackV4(name) {
    return /^127(?:\.\d{1,3}){3}$/.test(name);
}


/***/ }),

/***/ 60531:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D1: () => (/* binding */ printUrl),
/* harmony export */   JH: () => (/* binding */ parseRemoteUrl),
/* harmony export */   RB: () => (/* binding */ sameRepository)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _authority_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20364);


const FORMS = 'Give https://host/path, ssh://user@host/path, user@host:path, git://host/path, file:///path or an absolute path.';
const NO_SCHEME = 'has a name and a password, and no scheme: write https:// before it';
const SSH_PORT = 22;
const GIT_PORT = 9418;
/**
 * Reads an address in the forms of git-clone(1), "GIT URLS". Pure.
 * @throws MirrorError `usage` that names `inputName`, and holds none of the address that may be secret.
 */
function parseRemoteUrl(text, inputName, platform = process.platform) {
    try {
        return parseTrimmed(text.trim(), platform);
    }
    catch (error) {
        if (!(error instanceof _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT))
            throw error;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${inputName} ${error.message}`, { code: 'usage', hint: FORMS });
    }
}
function parseTrimmed(text, platform) {
    if (text === '')
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT('is empty');
    (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkControl */ .ew)(text);
    const helper = /^([\w+.-]+)::/.exec(text);
    if (helper)
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT(`asks for a remote helper (${helper[1]}::), and none is ever run`);
    if (text.startsWith('-'))
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT("begins with '-'");
    const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(text);
    if (scheme)
        return parseScheme(scheme[1].toLowerCase(), scheme[2], text, platform);
    if (platform === 'win32' && /^(?:[a-z]:[\\/]|\\\\)/i.test(text))
        return { scheme: 'file', path: text };
    if (/^\/\/[^/]*[:@]/.test(text))
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT(NO_SCHEME);
    if (text.startsWith('/'))
        return { scheme: 'file', path: (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkPath */ .Cg)(text) };
    if (/^(?:[a-z]:)?\\/i.test(text))
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT('is a Windows path, and this is not Windows');
    if (/^[^/[]*:|^[^/[]*\[[^\]]*\]:/.test(text))
        return parseScp(text);
    throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT(relativeProblem(text));
}
function parseScheme(scheme, rest, text, platform) {
    switch (scheme) {
        case 'https':
        case 'http':
            return parseHttp(scheme, rest, text);
        case 'ssh':
        case 'git+ssh':
        case 'ssh+git':
            return parseSsh(rest);
        case 'git':
            return parseDaemon(rest);
        case 'file':
            return { scheme: 'file', path: parseFile(rest, platform) };
        default:
            throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT(`begins with ${scheme}://, which is not spoken here`);
    }
}
function parseHttp(scheme, rest, text) {
    if (/^[/\\]/.test(rest))
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT('has no host name');
    const authority = /^[^/\\?#]*/.exec(rest)[0];
    checkTail(authority, rest.slice(authority.length));
    const bare = authority.slice(authority.lastIndexOf('@') + 1);
    if (/^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(bare))
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT((0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .bracketProblem */ .oK)(bare));
    if (!URL.canParse(text))
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT(`is not a readable ${scheme} address`);
    const url = new URL(text);
    if (url.hash !== '')
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT("has a fragment ('#' and what follows), which Git does not know");
    const username = (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .decodePercent */ .gr)(url.username);
    const password = (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .decodePercent */ .gr)(url.password);
    (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkControl */ .ew)(username + password);
    url.username = '';
    url.password = '';
    return {
        scheme,
        host: (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkHost */ .RC)(url.hostname.replace(/^\[|\]$/g, '')),
        port: url.port === '' ? undefined : Number(url.port),
        url,
        ...(username === '' ? {} : { username }),
        // `user:@host` is a login with an empty password, `user@host` is none; the parsed address does not tell.
        ...(password === '' && !/^[^@]+:@/.test(authority) ? {} : { password }),
    };
}
function parseSsh(rest) {
    const { authority, path } = splitPath(rest);
    const { user = 'git', password, host, port = SSH_PORT } = (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAuthority */ .Pt)(authority);
    if (password !== undefined) {
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT('has a password, which ssh does not take from an address: use a key');
    }
    return { scheme: 'ssh', host, port, user, path: homePath(path) };
}
function parseDaemon(rest) {
    const { authority, path } = splitPath(rest);
    const { user, host, port = GIT_PORT } = (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAuthority */ .Pt)(authority);
    if (user !== undefined)
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT('has a user name, and git:// knows none');
    return { scheme: 'git', host, port, path: homePath(path) };
}
function splitPath(rest) {
    const slash = rest.indexOf('/');
    if (slash < 0)
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT('has no path of a repository');
    const authority = rest.slice(0, slash);
    checkTail(authority, rest.slice(slash));
    return { authority, path: (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkPath */ .Cg)((0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .decodePercent */ .gr)(rest.slice(slash))) };
}
/** `name:12/34@host/x` looks like a port and a path, and is a password that nobody encoded: it would be printed. */
function checkTail(authority, tail) {
    const at = authority.lastIndexOf('@');
    const cut = at < 0 ? /^[^[\]]*:\d*$/.test(authority) : authority.slice(0, at).includes(':');
    if (!cut || !tail.includes('@'))
        return;
    throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT("has an '@' behind the host: write %2F for a '/' in a password, and %40 for an '@' in a path");
}
function homePath(path) {
    return path.startsWith('/~') ? path.slice(1) : path;
}
function parseScp(text) {
    const bracket = /^((?:[^:/]*@)?)\[([^\]]*)\]:(.*)$/.exec(text);
    const colon = text.indexOf(':');
    const parts = bracket
        ? { before: `${bracket[1]}${scpHost(bracket[2])}`, path: bracket[3] }
        : { before: text.slice(0, colon), path: text.slice(colon + 1) };
    const { user = 'git', password, host, port = SSH_PORT } = parseScpAuthority(parts.before);
    // `name:token@host/path` is an https address that has lost its scheme: a token would become a path.
    const lost = password !== undefined || (!parts.before.includes('@') && /^[^@]+@[^/@]+\//.test(parts.path));
    if (lost)
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT(NO_SCHEME);
    return { scheme: 'ssh', host, port, user: (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkUser */ .Og)(user), path: homePath((0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkPath */ .Cg)(parts.path)) };
}
/** `[host:port]` and `[user@host:port]` are Git's way to give a port without a scheme; else it is IPv6. */
function scpHost(inner) {
    return /:.*:/.test(inner) ? `[${inner}]` : inner;
}
function parseScpAuthority(text) {
    // This form is not percent-encoded.
    return (0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAuthority */ .Pt)(text.replaceAll('%', '%25'));
}
function parseFile(rest, platform) {
    const { authority, path } = splitPath(rest);
    if (platform === 'win32') {
        if (authority !== '')
            return `\\\\${(0,_authority_js__WEBPACK_IMPORTED_MODULE_1__/* .checkHost */ .RC)(authority)}${path.replaceAll('/', '\\')}`;
        return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
    }
    if (authority !== '' && authority !== 'localhost') {
        throw new _authority_js__WEBPACK_IMPORTED_MODULE_1__/* .UrlProblem */ .XT('names a host: write file:/// and the absolute path');
    }
    return path;
}
function relativeProblem(text) {
    if (/^\.{0,2}[\\/]|^\.{1,2}$|^~/.test(text))
        return 'is a relative path: give the absolute one';
    if (/^[\w.-]+\/[\w.-]+$/.test(text))
        return `is '${text}', without a host: write https://github.com/${text} for one at GitHub`;
    return 'is no address of a repository';
}
/** The address for people, without any secret: a query may hold one too, and is left out. */
function printUrl(url) {
    switch (url.scheme) {
        case 'https':
        case 'http':
            return `${url.url.origin}${url.url.pathname}${url.url.search === '' ? '' : '?…'}`;
        case 'git':
            return `git://${printHost(url.host, url.port, GIT_PORT)}${printPath(url.path).replaceAll('@', '%40')}`;
        case 'ssh':
            if (/^[/~]/.test(url.path) && !url.path.startsWith('~/')) {
                return `ssh://${encodeURIComponent(url.user)}@${printHost(url.host, url.port, SSH_PORT)}${printPath(url.path)}`;
            }
            // This form is not percent-encoded.
            return url.port === SSH_PORT
                ? `${url.user}@${inBrackets(url.host)}:${url.path}`
                : `[${url.user}@${url.host}:${url.port}]:${url.path}`;
        case 'file':
            return url.path;
    }
}
function printHost(host, port, usual) {
    // A zone of IPv6 begins with '%', which is encoded in an address (RFC 6874).
    const name = inBrackets(host).replaceAll('%', '%25');
    return port === usual ? name : `${name}:${port}`;
}
function inBrackets(host) {
    return host.includes(':') ? `[${host}]` : host;
}
function printPath(path) {
    const encoded = path.replace(/[%\s?#"<>]/g, encodeURIComponent);
    return encoded.startsWith('/') ? encoded : `/${encoded}`;
}
/**
 * Whether two addresses name the same repository, by their text alone: the case of the host, default ports,
 * `.git` and slashes at the end do not count. Two schemes of one host are two addresses.
 */
function sameRepository(a, b) {
    return identify(a) === identify(b);
}
function identify(url) {
    switch (url.scheme) {
        case 'https':
        case 'http':
            return `${url.url.origin}${trimPath(url.url.pathname)}${url.url.search}`;
        case 'ssh':
            return `ssh ${url.user}@${url.host} ${url.port} ${trimPath(url.path).replace(/^\//, '')}`;
        case 'git':
            return `git ${url.host} ${url.port} ${trimPath(url.path)}`;
        case 'file':
            return `file ${trimPath(url.path.replaceAll('\\', '/').replace(/\/\.git\/*$/, ''))}`;
    }
}
function trimPath(path) {
    return path
        .replace(/\/+$/, '')
        .replace(/\.git$/, '')
        .replace(/\/+$/, '');
}


/***/ }),

/***/ 22079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ht: () => (/* binding */ giveUp),
/* harmony export */   VO: () => (/* binding */ stopBody),
/* harmony export */   aj: () => (/* binding */ listSlices)
/* harmony export */ });
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);

/** `slices` as a list. */
function listSlices(slices) {
    return slices instanceof Uint8Array ? [slices] : slices;
}
/** Tells a body, started or not, that nobody wants it. */
function stopBody(body) {
    giveUp(body[Symbol.asyncIterator]());
}
/** As `stopBody`, for one that is being pulled. */
function giveUp(slices) {
    // Not awaited: a generator that waits for its own source returns when that source does.
    void Promise.resolve(slices.return?.()).catch(() => undefined);
}


/***/ }),

/***/ 92735:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kt: () => (/* binding */ IdleWatch),
/* harmony export */   PE: () => (/* binding */ LEAST_BYTES_PER_SECOND),
/* harmony export */   q3: () => (/* binding */ NO_PROGRESS_FACTOR)
/* harmony export */ });
/** The limit is looked at so often: what moves bytes only has to set a flag and to add. */
const TICKS_PER_LIMIT = 4;
/** Bytes a second below which a connection shows that it lives and no more: a keepalive has 5 to 9. */
const LEAST_BYTES_PER_SECOND = 16;
/** The idle limits, one after the other, in which a server may show no more than that. */
const NO_PROGRESS_FACTOR = 8;
/**
 * Fires once when nothing has touched it for `limit` milliseconds, or a quarter of that later; and when it was touched
 * for eight times as long without progress: interim answers without an end, empty packets, one byte now and then.
 * Progress is a quarter of the limit in which at least 16 bytes a second of Git's own moved, in either direction; a
 * server of that speed is slow beyond use, and one that sends less is not told from one that has stopped. While it is
 * paused no time passes: a server is not blamed for the silence of the other one.
 */
class IdleWatch {
    #limit;
    #onIdle;
    #leastBytes;
    #touched = false;
    /** That moved since the last tick. */
    #bytes = 0;
    #paused = true;
    /** Ticks in a row in which nothing happened. */
    #quiet = 0;
    /** Ticks in a row without progress; a pause does not end the row. */
    #slow = 0;
    #timer;
    constructor(limit, onIdle) {
        this.#limit = limit;
        this.#onIdle = onIdle;
        this.#leastBytes = (LEAST_BYTES_PER_SECOND * limit) / TICKS_PER_LIMIT / 1000;
        this.resume();
    }
    /** It shows life: `bytes` of Git's own moved, or 0 for less than that. */
    touch(bytes) {
        this.#touched = true;
        this.#bytes += bytes;
    }
    /** Called for each batch of a pack, so the timer runs on. */
    pause() {
        this.#paused = true;
    }
    resume() {
        if (!this.#paused)
            return;
        this.#paused = false;
        this.#touched = true;
        this.#timer ??= setInterval(() => this.#tick(), Math.max(1, this.#limit / TICKS_PER_LIMIT));
    }
    /** Pauses, and leaves nothing that keeps the process alive. */
    stop() {
        this.#paused = true;
        clearInterval(this.#timer);
        this.#timer = undefined;
    }
    #tick() {
        if (this.#bytes > 0 && this.#bytes >= this.#leastBytes)
            this.#slow = 0;
        else if (!this.#paused)
            this.#slow++;
        this.#bytes = 0;
        if (this.#paused)
            return this.stop();
        this.#quiet = this.#touched ? 0 : this.#quiet + 1;
        this.#touched = false;
        if (this.#quiet >= TICKS_PER_LIMIT)
            this.#fire('silent');
        else if (this.#slow >= TICKS_PER_LIMIT * NO_PROGRESS_FACTOR)
            this.#fire('no-progress');
    }
    #fire(reason) {
        this.stop();
        this.#onIdle(reason);
    }
}


/***/ }),

/***/ 16903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   qC: () => (/* binding */ matchesHost),
/* harmony export */   rf: () => (/* binding */ hostForm),
/* harmony export */   uJ: () => (/* binding */ parseKnownHosts)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26039);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _wire_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(41117);



const MARKERS = { '@cert-authority': 'cert-authority', '@revoked': 'revoked' };
/** @throws MirrorError `usage` that names input and line, when strict. */
function parseKnownHosts(text, options) {
    const entries = [];
    const lines = text.includes('\n') ? text.split(/\r?\n/) : text.split(/\r|\\n/);
    for (const [index, line] of lines.entries()) {
        const trimmed = line.trim();
        if (trimmed === '' || trimmed.startsWith('#'))
            continue;
        const entry = parseLine(trimmed);
        if (typeof entry !== 'string')
            entries.push({ ...entry, source: options.name, line: index + 1 });
        else if (options.strict)
            throw lineError(options.name, index + 1, entry);
    }
    return entries;
}
function parseLine(line) {
    const fields = line.split(/[ \t]+/);
    const first = fields[0];
    let marker;
    if (first.startsWith('@')) {
        marker = MARKERS[first];
        if (!marker)
            return 'its marker is neither @cert-authority nor @revoked';
        fields.shift();
    }
    const [hosts, type, base64] = fields;
    if (hosts !== undefined && /^(ssh-|ecdsa-|sk-)/.test(hosts) && type?.startsWith('AAAA')) {
        return 'it begins with the key: the host name is missing before it';
    }
    if (hosts === undefined || type === undefined || base64 === undefined) {
        return 'it is not "host type key"';
    }
    const key = Buffer.from(base64, 'base64');
    if ((0,_wire_js__WEBPACK_IMPORTED_MODULE_1__/* .publicKeyType */ .fi)(key) !== type)
        return `its third field is not a key of the type in the second`;
    return { marker, hosts, type, key };
}
function lineError(name, line, what) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${name}, line ${line}, cannot be used: ${what}`, {
        code: 'usage',
        hint: 'Each line is "host type key", as ssh-keyscan prints it.',
    });
}
/** The name of a host as known_hosts has it: `host`, or `[host]:port` beside port 22. */
function hostForm(host, port) {
    return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}
/** Whether the patterns of an entry name this host, given in the form of `hostForm`. */
function matchesHost(hosts, name) {
    if (hosts.startsWith('|'))
        return matchesHash(hosts, name);
    let matched = false;
    for (const pattern of hosts.toLowerCase().split(',')) {
        const negated = pattern.startsWith('!');
        if (!matchesPattern(negated ? pattern.slice(1) : pattern, name))
            continue;
        if (negated)
            return false;
        matched = true;
    }
    return matched;
}
function matchesHash(hosts, name) {
    const [, version, salt, hash] = hosts.split('|');
    if (version !== '1' || salt === undefined || hash === undefined)
        return false;
    const wanted = Buffer.from(hash, 'base64');
    const { createHmac, timingSafeEqual } = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_2__/* .loadCrypto */ .Q)();
    const found = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
    return wanted.length === found.length && timingSafeEqual(wanted, found);
}
// Two indexes and one point to fall back to: a pattern of many stars takes no longer than its length times the name's.
function matchesPattern(pattern, name) {
    let at = 0;
    let star = -1;
    let resume = 0;
    let index = 0;
    while (index < name.length) {
        const wanted = pattern[at];
        if (wanted === '*') {
            star = at++;
            resume = index;
        }
        else if (wanted === '?' || wanted === name[index]) {
            at++;
            index++;
        }
        else if (star >= 0) {
            at = star + 1;
            index = ++resume;
        }
        else
            return false;
    }
    while (pattern[at] === '*')
        at++;
    return at === pattern.length;
}


/***/ }),

/***/ 41523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Bb: () => (/* binding */ damagedKey),
  Yn: () => (/* binding */ isCertificate),
  Qf: () => (/* binding */ readSshKey),
  Eq: () => (/* binding */ wrongPassphrase)
});

// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/transport/ssh-keys/wire.js
var wire = __webpack_require__(41117);
;// CONCATENATED MODULE: ./build/transport/ssh-keys/encode-key.js


/** Curves of RFC 5656 by the names of RFC 7518. */
const CURVES = {
    'P-256': 'nistp256',
    'P-384': 'nistp384',
    'P-521': 'nistp521',
};
/** A private key as an unencrypted OpenSSH file (PROTOCOL.key), or the name of what ssh has no form for. */
function encodeOpenSshKey(key) {
    const fields = encodeFields(key);
    return typeof fields === 'string' ? fields : encodeFile(fields);
}
function encodeFields(key) {
    switch (key.asymmetricKeyType) {
        case 'rsa':
            return encodeRsa(key);
        case 'ec':
            return encodeEc(key);
        case 'ed25519':
            return encodeEd25519(key);
        case 'dsa':
            return 'a DSA key';
        default:
            return `a key of type ${key.asymmetricKeyType ?? 'unknown'}`;
    }
}
function encodeRsa(key) {
    const { n, e, d, p, q, qi } = readNumbers(key);
    const type = (0,wire/* encodeString */.aj)('ssh-rsa');
    const [modulus, exponent] = [(0,wire/* encodeMpint */.HK)(n), (0,wire/* encodeMpint */.HK)(e)];
    const secrets = [d, qi, p, q].map(wire/* encodeMpint */.HK);
    return {
        publicKey: Buffer.concat([type, exponent, modulus]),
        privateKey: Buffer.concat([type, modulus, exponent, ...secrets]),
    };
}
function encodeEc(key) {
    const curve = CURVES[key.export({ format: 'jwk' }).crv ?? ''];
    if (curve === undefined)
        return 'a key on a curve that ssh does not know';
    const { x, y, d } = readNumbers(key);
    const point = (0,wire/* encodeString */.aj)(Buffer.concat([Buffer.from([4]), x, y]));
    const publicKey = Buffer.concat([(0,wire/* encodeString */.aj)(`ecdsa-sha2-${curve}`), (0,wire/* encodeString */.aj)(curve), point]);
    return { publicKey, privateKey: Buffer.concat([publicKey, (0,wire/* encodeMpint */.HK)(d)]) };
}
function encodeEd25519(key) {
    const { x, d } = readNumbers(key);
    const publicKey = Buffer.concat([(0,wire/* encodeString */.aj)('ssh-ed25519'), (0,wire/* encodeString */.aj)(x)]);
    return { publicKey, privateKey: Buffer.concat([publicKey, (0,wire/* encodeString */.aj)(Buffer.concat([d, x]))]) };
}
function readNumbers(key) {
    const fields = Object.entries(key.export({ format: 'jwk' }));
    return Object.fromEntries(fields.map(([name, value]) => [name, Buffer.from(String(value), 'base64url')]));
}
function encodeFile({ publicKey, privateKey }) {
    const check = (0,base_crypto/* loadCrypto */.Q)().randomBytes(4);
    const secret = Buffer.concat([check, check, privateKey, (0,wire/* encodeString */.aj)('')]);
    const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, index) => index + 1));
    const file = Buffer.concat([
        Buffer.from('openssh-key-v1\0'),
        (0,wire/* encodeString */.aj)('none'),
        (0,wire/* encodeString */.aj)('none'),
        (0,wire/* encodeString */.aj)(''),
        Buffer.from([0, 0, 0, 1]),
        (0,wire/* encodeString */.aj)(publicKey),
        (0,wire/* encodeString */.aj)(Buffer.concat([secret, padding])),
    ]);
    const lines = file.toString('base64').replace(/.{70}/g, '$&\n');
    return {
        text: `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines}\n-----END OPENSSH PRIVATE KEY-----\n`,
        publicKey,
    };
}

;// CONCATENATED MODULE: ./build/transport/ssh-keys/key-text.js

const BLOCK = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([\s\S]*?)-----END \1-----/;
const DEK = /DEK-Info:\s*([A-Za-z0-9-]+)\s*,\s*([0-9A-Fa-f]+)/;
const PROC_TYPE = /Proc-Type:\s*4\s*,\s*ENCRYPTED/;
/** Finds the private key in a text that secrets stores, shells and editors have been at. @throws MirrorError `usage`. */
function findArmor(pasted, inputName) {
    const text = straighten(pasted);
    const block = BLOCK.exec(text) ?? BLOCK.exec(straighten(decodeBase64(text)));
    if (!block)
        throw explainNoKey(text, inputName);
    const label = block[1];
    const body = block[2];
    const dek = DEK.exec(body);
    const base64 = body.replace(PROC_TYPE, '').replace(DEK, '').replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) {
        throw new errors/* MirrorError */.En(`${inputName} holds a private key that is damaged between its BEGIN and END lines`, {
            code: 'usage',
            hint: 'Paste the whole file again, as it is.',
        });
    }
    const header = dek ? `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${dek[1]},${dek[2]}\n\n` : '';
    const lines = base64.replace(/.{64}/g, '$&\n').trimEnd();
    return {
        label,
        base64,
        encrypted: dek !== null,
        text: `-----BEGIN ${label}-----\n${header}${lines}\n-----END ${label}-----\n`,
    };
}
function straighten(text) {
    return text
        .replace(/^\uFEFF/, '')
        .trim()
        .replace(/^(["'])([\s\S]*)\1$/, '$2')
        .replace(/\\r\\n|\\n|\r\n?/g, '\n');
}
function decodeBase64(text) {
    const compact = text.replace(/\s+/g, '');
    if (!/^[A-Za-z0-9+/_-]+=*$/.test(compact))
        return '';
    return Buffer.from(compact, 'base64').toString('latin1');
}
function explainNoKey(text, inputName) {
    const fail = (what, hint) => new errors/* MirrorError */.En(`${inputName} ${what}`, { code: 'usage', hint });
    if (text === '') {
        return fail('is empty', 'Give the text of the private key; on GitHub an unknown secret is an empty text.');
    }
    if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) {
        return fail('holds a private key without its END line', 'Paste the whole file, its last line included.');
    }
    if (/^[\w@.-]+-cert-v\d+@openssh\.com AAAA/m.test(text)) {
        return fail('holds a user certificate, and certificates are not supported', 'Give the private key itself, and register its public half at the host (as a deploy key, for example).');
    }
    if (/^(ssh-|ecdsa-|sk-)[\w@.-]+ AAAA|PUBLIC KEY-----|SSH2 PUBLIC KEY/m.test(text)) {
        return fail('holds a public key', 'Give the private key: the file of the same name without .pub.');
    }
    if (text.startsWith('PuTTY-User-Key-File')) {
        return fail('holds a PuTTY key, which is not supported', 'Convert it: puttygen key.ppk -O private-openssh -o key');
    }
    if (looksLikePath(text)) {
        return fail('holds the name of a file', 'Give the text of the private key itself.');
    }
    return fail('holds no private key', 'Give the whole text of the file, from -----BEGIN … PRIVATE KEY----- to the END line.');
}
function looksLikePath(text) {
    return (text.length < 1024 &&
        /^(~|\.{0,2}[/\\]|[A-Za-z]:[/\\]|\$\w)[^\n]*$|^[\w.-]*id_[\w.-]+$|^[^\s]+\.(pem|key)$/.test(text));
}

;// CONCATENATED MODULE: ./build/transport/ssh-keys/private-key.js





const MAGIC = Buffer.from('openssh-key-v1\0');
/** What OpenSSH encrypts keys with, as far as Node opens it. chacha20-poly1305@openssh.com is not among them. */
const CIPHERS = new Set([
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
    'aes128-cbc',
    'aes192-cbc',
    'aes256-cbc',
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
]);
const TYPES = new Set([
    'ssh-ed25519',
    'ssh-rsa',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
]);
/** Whether a type of key is that of a certificate (PROTOCOL.certkeys). */
function isCertificate(type) {
    return /-cert-v\d+@openssh\.com$/.test(type);
}
/**
 * Reads a private key in any of the forms in which keys are pasted: OpenSSH, PKCS#1, PKCS#8, SEC1, with or
 * without passphrase; CRLF, no last newline, literal `\n`, spaces for newlines, base64 of the whole.
 * @throws MirrorError `usage` that names the input and holds nothing of its value.
 */
function readSshKey(input) {
    const armor = findArmor(input.text, input.inputName);
    const passphrase = input.passphrase?.replace(/\r?\n$/, '') || undefined;
    const found = { ...input, passphrase };
    return armor.label === 'OPENSSH PRIVATE KEY' ? readOpenSsh(armor, found) : readPem(armor, found);
}
/** The error for a passphrase that does not open the key. */
function wrongPassphrase(input) {
    return new errors/* MirrorError */.En(`${input.passphraseName} does not open the key in ${input.inputName}`, {
        code: 'usage',
        hint: `Give the passphrase of that key in ${input.passphraseName}.`,
    });
}
/** The error for a key that is damaged, whatever the reader of the key called it. */
function damagedKey(input, cause) {
    return new errors/* MirrorError */.En(`${input.inputName} holds a private key that is cut or damaged`, {
        code: 'usage',
        hint: 'Paste the whole file again, from the BEGIN line to the END line.',
        cause,
    });
}
function missingPassphrase(input) {
    return new errors/* MirrorError */.En(`${input.inputName} holds a key with a passphrase, and ${input.passphraseName} is not set`, {
        code: 'usage',
        hint: `Set ${input.passphraseName}, or use a key without passphrase (ssh-keygen -p removes it).`,
    });
}
function unsupportedKey(input, what) {
    return new errors/* MirrorError */.En(`${input.inputName} holds ${what}, which is not supported`, {
        code: 'usage',
        hint: 'Make a new key with: ssh-keygen -t ed25519 -N "" -f mirror-key',
    });
}
function unreadableCipher(input, cipher) {
    const name = cipher.replace(/[^\w@.-]/g, '').slice(0, 64);
    return new errors/* MirrorError */.En(`${input.inputName} holds a key that is encrypted with ${name}, which cannot be opened`, {
        code: 'usage',
        hint: 'Encrypt it with AES instead, under the same passphrase or another: ssh-keygen -p -Z aes256-ctr -f KEY_FILE',
    });
}
function readOpenSsh(armor, input) {
    const bytes = Buffer.from(armor.base64, 'base64');
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC))
        throw damagedKey(input);
    const reader = new wire/* WireReader */.ZT(bytes.subarray(MAGIC.length));
    const cipher = reader.string()?.toString('latin1');
    reader.string();
    reader.string();
    reader.uint32();
    const publicKey = reader.string();
    if (cipher === undefined || publicKey === undefined || reader.string() === undefined)
        throw damagedKey(input);
    const type = (0,wire/* publicKeyType */.fi)(publicKey);
    if (type.startsWith('sk-'))
        throw unsupportedKey(input, 'a key that lives on a security device');
    if (!TYPES.has(type))
        throw unsupportedKey(input, type === 'ssh-dss' ? 'a DSA key' : 'a key of an unknown type');
    if (cipher !== 'none' && !CIPHERS.has(cipher))
        throw unreadableCipher(input, cipher);
    if (cipher !== 'none' && input.passphrase === undefined)
        throw missingPassphrase(input);
    return {
        text: armor.text,
        ...(cipher === 'none' ? {} : { passphrase: input.passphrase }),
        type,
        fingerprint: (0,wire/* fingerprint */.Rj)(publicKey),
    };
}
function readPem(armor, input) {
    const encoded = encodeOpenSshKey(openPem(armor, input));
    if (typeof encoded === 'string')
        throw unsupportedKey(input, encoded);
    const { text, publicKey } = encoded;
    return { text, type: (0,wire/* publicKeyType */.fi)(publicKey), fingerprint: (0,wire/* fingerprint */.Rj)(publicKey) };
}
function openPem(armor, input) {
    const encrypted = armor.label === 'ENCRYPTED PRIVATE KEY' || armor.encrypted;
    if (encrypted && input.passphrase === undefined)
        throw missingPassphrase(input);
    try {
        return (0,base_crypto/* loadCrypto */.Q)().createPrivateKey(encrypted ? { key: armor.text, passphrase: input.passphrase } : armor.text);
    }
    catch (cause) {
        throw encrypted ? wrongPassphrase(input) : damagedKey(input, cause);
    }
}


/***/ }),

/***/ 41117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HK: () => (/* binding */ encodeMpint),
/* harmony export */   Rj: () => (/* binding */ fingerprint),
/* harmony export */   ZT: () => (/* binding */ WireReader),
/* harmony export */   aj: () => (/* binding */ encodeString),
/* harmony export */   fi: () => (/* binding */ publicKeyType)
/* harmony export */ });
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(26039);

/** Reads the fields of RFC 4251, section 5; undefined where the bytes end early. */
class WireReader {
    #bytes;
    #offset = 0;
    constructor(bytes) {
        this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    uint32() {
        if (this.#offset + 4 > this.#bytes.length)
            return undefined;
        const value = this.#bytes.readUInt32BE(this.#offset);
        this.#offset += 4;
        return value;
    }
    string() {
        const length = this.uint32();
        if (length === undefined || this.#offset + length > this.#bytes.length)
            return undefined;
        this.#offset += length;
        return this.#bytes.subarray(this.#offset - length, this.#offset);
    }
}
/** A `string` of RFC 4251: its length, then its bytes. */
function encodeString(value) {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
}
/** An `mpint` of RFC 4251, of an unsigned number in big-endian order. */
function encodeMpint(number) {
    let start = 0;
    while (start < number.length && number[start] === 0)
        start++;
    const digits = Buffer.from(number.subarray(start));
    const signed = digits.length > 0 && digits[0] >= 0x80;
    return encodeString(signed ? Buffer.concat([Buffer.from([0]), digits]) : digits);
}
/** The type that a public key names itself: `ssh-ed25519`, `ssh-rsa`, … Empty for what is no key. */
function publicKeyType(key) {
    return new WireReader(key).string()?.toString('latin1') ?? '';
}
/** As OpenSSH and the hosts print it: `SHA256:` and unpadded base64. */
function fingerprint(key) {
    return `SHA256:${(0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_0__/* .loadCrypto */ .Q)().createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}


/***/ })

};
