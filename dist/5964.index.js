export const id = 5964;
export const ids = [5964];
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

/***/ 44225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ releaseMemory)
/* harmony export */ });
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

/***/ 35412:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ mirror)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
;// CONCATENATED MODULE: ./build/advice/azure-rows.js
/** Rules of Azure Repos, by the codes in its words. */
const AZURE_ROWS = [
    {
        id: 'azure-system-ref',
        next: 'nothing',
        says: /current action can only be performed by the system/i,
        meaning: 'Azure Repos writes refs such as refs/pull/* itself and lets nobody else do it.',
        todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken.',
    },
    {
        id: 'azure-email',
        next: 'apart',
        says: /VS403702/i,
        meaning: 'A policy of Azure Repos does not allow the author address of a commit.',
        todo: 'Turn off the policy "Commit author email validation" of the destination repository; a mirror cannot change commits.',
    },
    {
        id: 'azure-pull-request',
        next: 'apart',
        says: /TF402455/i,
        meaning: 'A branch policy of Azure Repos takes changes to this branch by pull request only.',
        todo: 'Give the mirror\'s identity "Bypass policies when pushing" on the branch, or remove the policy.',
    },
    {
        id: 'azure-permission',
        next: 'apart',
        says: /TF401027/i,
        meaning: "The mirror's identity lacks the permission at Azure Repos that the message names.",
        todo: 'Grant it in Project settings, Repositories, Security: GenericContribute is "Contribute", rewritten branches and deletions need "Force push".',
    },
    {
        id: 'azure-policy',
        next: 'apart',
        general: true,
        certain: true,
        says: /\b(?!TF401028)(TF|VS)40\d{4}\b/,
        meaning: 'A rule of Azure Repos refuses it; the code and the words behind it say which.',
        todo: 'Search for that code, and change the policy or the permission in the settings of the destination repository.',
    },
];

;// CONCATENATED MODULE: ./build/advice/gerrit-rows.js
/** Rights of Gerrit, in its words; each is granted by ref pattern in the access settings of a project. */
const GERRIT_ROWS = [
    {
        id: 'gerrit-forge',
        next: 'apart',
        says: /you lack 'forge (author|committer|server)' permission|commit [0-9a-f]{4,64}: invalid (author|committer)\b|^invalid (author|committer)$/i,
        meaning: "Gerrit takes commits of other people only from those who may forge an identity, and a mirror's commits are other people's.",
        todo: "Give the mirror's account Forge Author, Forge Committer and, for Gerrit's own merges, Forge Server on refs/* in the access settings of the project.",
    },
    {
        id: 'gerrit-merge',
        next: 'apart',
        says: /not allowed to upload merges|pushing merge commit \S{1,80} by .{1,200} requires '.{1,60}' permission/i,
        meaning: 'Gerrit takes merge commits only from those who have the right for them.',
        todo: "Give the mirror's account Push Merge Commit on refs/for/refs/* and refs/heads/* in the access settings of the project.",
    },
    {
        id: 'gerrit-tag',
        next: 'apart',
        says: /not permitted: create (signed |annotated )?tag/i,
        meaning: 'Gerrit takes annotated and signed tags only from those who have the right for them.',
        todo: "Give the mirror's account Create Annotated Tag, Create Signed Tag and Create Reference on refs/tags/* in the access settings of the project.",
    },
    {
        id: 'gerrit-read-only',
        next: 'nothing',
        says: /project state does not permit write|^project is read.only$/i,
        side: 'destination',
        meaning: 'The project is read-only at Gerrit.',
        todo: 'Set its state to Active in the settings of the project, or mirror to another one.',
    },
    {
        id: 'gerrit-footer',
        next: 'apart',
        says: /not Signed-off-by author\/committer\/uploader|missing (Change-Id|subject).{0,40}(footer|message)/i,
        meaning: 'Gerrit demands a footer in each commit message that a mirrored commit does not have.',
        todo: 'Turn off "Require Change-Id" and "Require Signed-off-by" for the project; a mirror cannot change commits.',
    },
    {
        id: 'gerrit-prohibited',
        next: 'apart',
        says: /prohibited by Gerrit/i,
        meaning: 'Gerrit takes direct pushes only from those who have the right for this ref.',
        todo: "Give the mirror's account Push, Create Reference, Force Push and Delete Reference in the access settings of the project.",
    },
];

;// CONCATENATED MODULE: ./build/advice/git-rows.js
/** Refusals of git's own receive-pack, and of those that speak like it. */
const GIT_ROWS = [
    {
        id: 'checked-out-branch',
        next: 'apart',
        says: /branch is currently checked out|refusing to update checked out branch/i,
        meaning: 'The destination has a work tree, and this branch is checked out in it.',
        todo: 'Mirror to a bare repository (git clone --bare), or check out another branch there.',
    },
    {
        id: 'reference-transaction',
        next: 'apart',
        says: /ref updates aborted by (the reference-transaction )?hook/i,
        meaning: 'A hook of the destination (reference-transaction) refused the ref, and git ended the whole push with it.',
        todo: 'Change that hook at the destination, or leave the ref out of refs.',
    },
    {
        id: 'non-fast-forward',
        next: 'nothing',
        says: /^non-fast-forward|denying non-fast-forward/i,
        meaning: 'The history of the ref was rewritten, and the destination takes fast-forwards only.',
        todo: 'Set receive.denyNonFastForwards to false at the destination, or allow force pushes there.',
    },
    {
        id: 'deletion-prohibited',
        next: 'nothing',
        says: /^deletion prohibited|denying ref deletion/i,
        meaning: 'The destination allows nobody to delete refs.',
        todo: 'Set receive.denyDeletes to false at the destination, or prune: false here.',
    },
    {
        id: 'funny-refname',
        next: 'nothing',
        says: /funny ref/i,
        meaning: 'The destination takes no ref of that name: names begin with refs/ and two more parts.',
        todo: 'Leave the ref out of refs, or map it to a name such as refs/heads/….',
    },
    {
        id: 'shallow-update',
        next: 'nothing',
        says: /shallow update not allowed/i,
        meaning: 'The pack ends at the boundary of a shallow clone, and the destination wants the whole history.',
        todo: 'Mirror from a complete repository: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
    },
    {
        id: 'missing-objects',
        next: 'plainer',
        says: /missing necessary objects|Missing (unknown|commit|tree|blob|tag) [0-9a-f]{40}|did not (receive|send) all necessary objects|one or more objects weren't sent|did not receive expected object/i,
        meaning: 'Objects behind the ref did not arrive: the source is a partial or damaged clone, or the destination is.',
        todo: 'Run git fsck at both; a partial clone is completed by git fetch --refetch --no-filter.',
    },
    {
        id: 'fsck',
        next: 'nothing',
        says: /fsck error|(?:^|error: )object [0-9a-f]{40,64}: [a-z]+[A-Z][A-Za-z]*:/,
        meaning: 'The destination checks objects (fsck) and finds an old one malformed; the message names it and the fault.',
        todo: 'Ignore that check at the destination (receive.fsck.<name> = ignore), for a mirror cannot change objects.',
    },
    {
        id: 'unresolved-deltas',
        next: 'plainer',
        says: /unresolved deltas?|Missing delta base/i,
        meaning: 'The destination lacks objects that it showed as its own, so the pack could not be completed.',
        todo: 'Run git fsck at the destination; a shallow, partial or damaged repository has to be made anew.',
    },
    {
        id: 'non-commit-branch',
        next: 'nothing',
        says: /trying to write non-commit object|^invalid new value provided/i,
        meaning: 'Names below refs/heads/ must be commits, and this one is a tag, a tree or a blob.',
        todo: 'Map the ref to a name below refs/tags/, or leave it out of refs.',
    },
    {
        id: 'aliased-update',
        next: 'nothing',
        says: /inconsistent aliased update/i,
        meaning: 'The destination has a symbolic ref, and the push would give it and its target different values.',
        todo: 'Leave the symbolic ref out of refs, or delete it at the destination.',
    },
    {
        id: 'folder-conflict',
        next: 'again',
        says: /refname conflict|'refs\/[^']{1,300}' exists; cannot create/i,
        meaning: 'A ref cannot have the name of a folder of others, and the destination has such a pair.',
        todo: 'Delete or rename the other ref at the destination, or leave one of the two out of refs.',
    },
    {
        id: 'case-conflict',
        next: 'nothing',
        says: /case-insensitive file ?system/i,
        meaning: 'Two names differ in upper and lower case only, which the file system of the destination cannot keep apart.',
        todo: 'Rename one of the two at the source, or map it to another name in refs.',
    },
    {
        id: 'stale-lock',
        next: 'again',
        says: /Unable to create '.{1,600}\.lock': File exists|Cannot lock \S{1,600}\. Ensure that no other process/i,
        meaning: 'A lock file of the ref lies at the destination: another push holds it now, or one that broke off left it behind.',
        todo: 'Run again, and where no git runs at the destination any more, delete the .lock file that its words name.',
    },
    {
        id: 'reftable-fault',
        next: 'nothing',
        says: /reftable: .{0,80}(I\/O error|corrupt reftable file|zlib failure|misuse of the reftable API)|corrupt reftable file/i,
        meaning: 'The ref storage of the destination (reftable) is damaged or cannot be written.',
        todo: 'Run git refs verify (or git fsck) at the destination, and look at its disk and at who owns its files.',
    },
    {
        id: 'lost-race',
        only: 'ref',
        next: 'again',
        general: true,
        says: /failed to update ref|incorrect old value|(^|reference )already exists|reference does not exist|invalid old id|remote ref has changed|cannot lock ref|unable to create .{1,600}\.lock|failed to lock|lock failure|data is locked|data concurrently modified|expected symref|fetch first|stale info|TF401028/i,
        meaning: 'The ref could not be locked or moved meanwhile: something else writes to the destination.',
        todo: 'Run again, and let one mirror at a time write there (concurrency in a workflow).',
    },
    {
        id: 'hook-declined',
        next: 'apart',
        general: true,
        says: /hook declined/i,
        meaning: 'A hook at the destination declined it; what the hook wrote says why.',
        todo: 'Read the lines of the destination in the log, and change its rules or leave the ref out of refs.',
    },
    {
        id: 'not-allowed',
        next: 'apart',
        only: 'ref',
        general: true,
        says: /\bdeclin|\bdenied\b|\bnot (allowed|permitted)\b|\bprohibited\b|\bforbidden\b|\bprotected\b|\bpolicy\b|\bGH0\d\d\b/i,
        meaning: 'A rule of the destination forbids this change; its words say which.',
        todo: 'Change that rule for the account of the mirror, or leave the ref out of refs.',
    },
    {
        id: 'unpack-failed',
        next: 'plainer',
        general: true,
        says: /unpacker error|unpack failed|index-pack (abnormal exit|failed)|unpack-objects abnormal exit|error processing packfiles/i,
        meaning: 'The destination could not store the objects, so no ref of this push moved.',
        todo: 'Read the lines of the destination in the log: a full disk, a limit or a damaged repository are the usual causes.',
    },
    {
        id: 'server-fault',
        next: 'plainer',
        general: true,
        says: /internal (server )?error|fatal error in commit_refs|^failure$|^failed$/i,
        meaning: 'The server failed by itself.',
        todo: 'Run again later, and ask the host if it stays so.',
    },
];

;// CONCATENATED MODULE: ./build/advice/gitea-rows.js
/** Rules of Gitea, Forgejo and Gogs, in their words: over ssh before the first byte of Git, over http as a page, in hooks. */
const GITEA_ROWS = [
    {
        id: 'gitea-no-repository',
        next: 'nothing',
        says: /Cannot find repository:? \S|Push to create is not enabled/i,
        meaning: 'There is no such repository at this Gitea or Forgejo, or none that the key or token may see, and a push does not create it.',
        todo: 'Create the repository there (empty, without a README), check the address, and give the key or token access to it.',
    },
    {
        id: 'gitea-not-authorized',
        next: 'nothing',
        says: /is not authorized to write to \S/i,
        side: 'destination',
        meaning: 'The ssh key may not write to this repository: it is a deploy key that only reads, or of an account without the right.',
        todo: 'Add the deploy key again with "Enable Write Access", or give its account Write in Settings, Collaborators.',
    },
    {
        id: 'gitea-not-readable',
        next: 'nothing',
        says: /is not authorized to read \S/i,
        meaning: 'The ssh key may not read this repository.',
        todo: 'Add it to the repository as a deploy key, or give its account access.',
    },
    {
        id: 'gitea-protected-files',
        next: 'apart',
        says: /is protected from changing file /i,
        only: 'branch',
        meaning: 'A rule of the branch protects files that the push changes.',
        todo: 'Clear the protected file patterns of the branch rule at the destination, or leave the branch out of refs.',
    },
    {
        id: 'gitea-signed-commits',
        next: 'apart',
        says: /is protected from unverified commit /i,
        only: 'branch',
        meaning: 'A rule of the branch takes signed commits only, and not all of the mirrored ones are.',
        todo: 'Turn off "Require signed commits" in the branch rule of the destination; a mirror cannot sign commits.',
    },
    {
        id: 'gitea-protected-branch',
        next: 'apart',
        says: /branch '?[^ ']{1,300}'? is protected( from|$)|not allowed to (force-)?push to protected branch|protected branch \S{1,300} can not be pushed to/i,
        only: 'branch',
        meaning: 'The branch is protected at the destination (Gitea, Forgejo or Gogs).',
        todo: "Add the mirror's account or key to the push and force push allow lists of the branch, or remove the protection.",
    },
    {
        id: 'gitea-protected-tag',
        next: 'apart',
        says: /Tag \S{1,300} is protected$/i,
        only: 'tag',
        meaning: 'The tag is protected at the destination (Gitea or Forgejo).',
        todo: "Add the mirror's account to the allowed users in Settings, Tags, or leave the tag out of refs.",
    },
];

;// CONCATENATED MODULE: ./build/advice/github-rows.js
/** Rules of GitHub, in its words. */
const GITHUB_ROWS = [
    {
        id: 'workflow-permission',
        next: 'apart',
        says: /refusing to allow an? .{1,80}to (create|update|create or update) workflow/i,
        meaning: 'The push changes a file below .github/workflows, and this token may not do that.',
        todo: 'Use an ssh deploy key, a classic token with the scope workflow, or a fine-grained or App token with Workflows: write; GITHUB_TOKEN can never do it.',
    },
    {
        id: 'lfs-unchecked',
        next: 'nothing',
        says: /LFS object integrity could not be checked/i,
        meaning: 'GitHub could not look whether the LFS objects are there: that is a trouble of its own.',
        todo: 'Run again a little later; githubstatus.com tells of troubles that last.',
    },
    {
        id: 'github-secret',
        next: 'apart',
        says: /push cannot contain secrets|GITHUB PUSH PROTECTION|GH009/i,
        meaning: "GitHub's push protection found what looks like a secret in the commits.",
        todo: 'Follow the link in its message to allow that secret, or turn push protection off for the mirror.',
    },
    {
        id: 'github-email',
        next: 'apart',
        says: /GH007|push declined due to email privacy|would publish a private email/i,
        meaning: 'A commit holds an e-mail address that its owner told GitHub to keep private.',
        todo: 'Let the owner turn off "Block command line pushes that expose my email", or push with the key or token of another account.',
    },
    {
        id: 'lfs-objects',
        next: 'apart',
        says: /GH008|unknown Git LFS objects?|LFS objects are missing/i,
        meaning: 'The commits point to Git LFS objects that the destination does not have.',
        todo: 'The warnings of this run name those that the source does not give: whoever has them can upload them there with git lfs push --all. lfs: full carries those of commits that were mirrored before without LFS, and lfs: false carries none; or turn LFS off at the destination.',
    },
    {
        id: 'hex-name',
        next: 'apart',
        says: /GH002|names consisting of 40 hex|40-character hexadecimal branch name/i,
        meaning: 'The destination takes no name that looks like an object id.',
        todo: 'Rename the ref at the source, or map it to another name in refs.',
    },
    {
        id: 'github-force-push',
        next: 'apart',
        says: /GH003|force-pushing to .{1,300} is not allowed/i,
        meaning: 'The history of the branch was rewritten, and GitHub lets nobody force-push to it.',
        todo: 'Allow force pushes in the settings of the destination, or set force: false here.',
    },
    {
        id: 'github-protected-branch',
        next: 'apart',
        says: /GH006|protected branch hook declined/i,
        only: 'branch',
        meaning: 'GitHub protects this branch against such a change by this token or key.',
        todo: "Allow the mirror's account to bypass the protection (force pushes and deletions too), or leave the branch out of refs.",
    },
    {
        id: 'github-ruleset',
        next: 'apart',
        general: true,
        certain: true,
        says: /GH013|repository rule violations/i,
        meaning: 'A ruleset of the repository at GitHub forbids this change; its message names the rule.',
        todo: "Add the mirror's App, key or role to the bypass list of the ruleset, or leave the ref out of refs.",
    },
];

;// CONCATENATED MODULE: ./build/advice/gitlab-rows.js
/** Rules of GitLab, in its words. Its hook declines all refs of a push for one of them. */
const GITLAB_ROWS = [
    {
        id: 'gitlab-force-push',
        next: 'apart',
        says: /not allowed to force push code to a protected branch/i,
        only: 'branch',
        meaning: 'GitLab protects a branch of this push, and its history was rewritten.',
        todo: 'Turn on "Allowed to force push" for the branch in Settings, Repository, Protected branches, or unprotect it.',
    },
    {
        id: 'gitlab-protected-branch',
        next: 'apart',
        says: /not allowed to (push code to|delete|create|merge code into) protected branches|only delete protected branches using the web/i,
        only: 'branch',
        meaning: 'GitLab protects a branch of this push against this token or key.',
        todo: 'Add the mirror\'s account or deploy key to "Allowed to push" in Settings, Repository, Protected branches, or unprotect the branch.',
    },
    {
        id: 'gitlab-protected-tag',
        next: 'apart',
        says: /protected tags cannot be (updated|deleted)|not allowed to (create|update|delete|change) (this|existing|protected) tags?/i,
        only: 'tag',
        meaning: 'GitLab protects a tag of this push against this change.',
        todo: "Allow the mirror's account in Settings, Repository, Protected tags, or leave the tag out of refs.",
    },
    {
        id: 'gitlab-push-rule',
        next: 'apart',
        says: /does not follow the pattern|is not a member of (the )?team|You cannot push commits for|commit must be signed with|was (blacklisted|prohibited) by the pattern/i,
        meaning: 'A push rule of GitLab does not like a commit: its author, message, signature or file names.',
        todo: 'Loosen the push rules of the destination project; a mirror cannot change commits.',
    },
];

;// CONCATENATED MODULE: ./build/advice/host-rows.js
/** Rules that several hosting services have, and those of the smaller ones. */
const HOST_ROWS = [
    {
        id: 'hidden-ref',
        next: 'nothing',
        says: /deny (updating|deleting) a hidden ref|refs that are reserved for Bitbucket/i,
        meaning: 'The destination keeps this namespace for itself and lets nobody write to it.',
        todo: 'Leave these refs out of refs: refs/heads/* and refs/tags/* are taken everywhere.',
    },
    {
        id: 'default-branch-delete',
        next: 'apart',
        says: /deletion of the current branch prohibited|refusing to delete the current branch|default branch of a project cannot be deleted|default branch .{0,200}(cannot|can't|may not) be deleted/i,
        only: 'delete',
        meaning: 'The branch is the default branch of the destination, which cannot be deleted.',
        todo: 'Make another branch the default branch in the settings of the destination, then run again.',
    },
    {
        id: 'bitbucket-branch-permission',
        next: 'apart',
        says: /permission denied to update branch|can only be modified through pull requests|check your branch permissions/i,
        only: 'branch',
        meaning: 'A branch restriction of Bitbucket forbids this change.',
        todo: "Add the mirror's user or access key to the restriction (rewriting history and deletions too), or remove it.",
    },
    {
        id: 'gitolite-fallthru',
        next: 'nothing',
        says: /^(fatal: )?[RWCDM+]+ any \S{1,300} \S{1,300} DENIED by /i,
        meaning: 'There is no such repository at this gitolite, or its rules give this key no right to it: it does not tell which.',
        todo: 'Check the path in the address, and give the user of the key RW+ on the repository in gitolite.conf (with a C rule, where a push is to create it).',
    },
    {
        id: 'gitolite-rule',
        next: 'apart',
        says: /(^|[ :])[RWCDM+]+ refs\/\S{1,300} \S{1,300} \S{1,300} DENIED by /,
        meaning: 'The rules of gitolite do not let this key do that to this ref.',
        todo: 'Give its user RW+ on the ref in gitolite.conf: RW moves forward and creates, + also rewrites and deletes (with C and D, where the rules have them); or leave the ref out of refs.',
    },
    {
        id: 'commit-policy',
        next: 'apart',
        says: /Committer is not authenticated|Commit is not signed|GPG public key not provided|Signature verification failed/i,
        meaning: 'A rule of the destination does not like a commit: who made it, or its signature.',
        todo: 'Turn that rule off for the destination repository; a mirror cannot change commits.',
    },
    {
        id: 'mirror-read-only',
        next: 'nothing',
        says: /mirror repository (\S{1,300} )?is read-only/i,
        side: 'destination',
        meaning: 'The destination is itself a pull mirror and takes no push.',
        todo: 'Convert it to a regular repository in its settings, or mirror to another one.',
    },
    {
        id: 'archived',
        next: 'nothing',
        says: /(repository|project|repo:?)( \S{1,300})? (was|is|has been) archived/i,
        side: 'destination',
        meaning: 'The destination is archived and takes no push.',
        todo: 'Unarchive it in its settings, or mirror to another repository.',
    },
    {
        id: 'server-read-only',
        next: 'nothing',
        says: /read-only GitLab instance|repository is (temporarily|currently) read-only|repository is in read.only mode|Repository cannot be accessed, you could retry it later/i,
        side: 'destination',
        meaning: 'The server is read-only at the moment, or always (a Geo secondary).',
        todo: 'Run again later, or use the address of the primary server.',
    },
];

;// CONCATENATED MODULE: ./build/advice/login-rows.js
/** Keys, tokens and accounts that a server does not let in, or not so far. */
const LOGIN_ROWS = [
    {
        id: 'host-key-changed',
        next: 'nothing',
        codes: ['host-key'],
        meaning: 'The server shows another host key than the known one: the host changed it, or someone listens in between.',
        todo: 'Compare the fingerprint with the one the host publishes before you put the new key into ssh-known-hosts.',
    },
    {
        id: 'host-key-revoked',
        next: 'nothing',
        codes: ['host-key'],
        meaning: 'The host key of the server was revoked.',
        todo: 'Do not connect; ask the host which key it uses now and put it into ssh-known-hosts.',
    },
    {
        id: 'host-key-unknown',
        next: 'nothing',
        codes: ['host-key'],
        meaning: 'Nothing tells whether the ssh server is the right one: its host key is not among the known ones.',
        todo: 'Put the line that ssh-keyscan HOST prints into ssh-known-hosts, once its fingerprint is the published one.',
    },
    {
        id: 'read-only-key',
        next: 'nothing',
        says: /marked as read.only|deploy key does not have write access|deployment key is read-only|denied to deploy key/i,
        side: 'destination',
        meaning: 'The ssh key is a deploy key that may only read.',
        todo: 'Add the key again with write access; at most hosts an existing deploy key cannot be changed.',
    },
    {
        id: 'ssh-no-key-login',
        next: 'nothing',
        codes: ['auth'],
        meaning: 'The ssh server lets nobody log in with a key.',
        todo: 'Turn on PubkeyAuthentication in its sshd_config, or use the https address with a token.',
    },
    {
        id: 'ssh-key-refused',
        next: 'nothing',
        codes: ['auth', 'server', 'cut', 'connect'],
        says: /Permission denied \(publickey|too many authentication failures/i,
        meaning: 'The server does not know the ssh key, knows it for another account, or takes user certificates only.',
        todo: 'Add its public half (ssh-keygen -y prints it) to the repository as a deploy key or to an account, and check the user name in the address.',
    },
    {
        id: 'saml-sso',
        next: 'nothing',
        says: /SAML SSO/i,
        meaning: 'The organization demands SAML single sign-on, and the token or key is not authorized for it.',
        todo: 'Choose "Configure SSO" beside the token or key in the account settings at GitHub and authorize the organization.',
    },
    {
        id: 'ip-allow-list',
        next: 'nothing',
        says: /IP (address )?(allow|access) ?list|IP address is not (permitted|allowed)/i,
        meaning: 'The host lets only certain network addresses in, and this machine has none of them.',
        todo: 'Run on a machine whose address is on the list, or add its address.',
    },
    {
        id: 'account-blocked',
        next: 'nothing',
        says: /account (is|has been|was) (suspended|blocked|disabled)/i,
        meaning: 'The account of the key or token is blocked at the host.',
        todo: 'Use the key or token of another account, or ask the host.',
    },
    {
        id: 'accept-terms',
        next: 'nothing',
        says: /must accept the Terms of Service/i,
        meaning: 'The account has not yet accepted the terms of the host.',
        todo: 'Log in to the website with that account once and accept them.',
    },
    {
        id: 'password-refused',
        next: 'nothing',
        says: /password authentication (was removed|is not supported)|two-factor authentication enabled cannot perform HTTP/i,
        meaning: 'The host takes tokens and no passwords, or the token is wrong and looks like a password to it.',
        todo: 'Give a token (at GitHub: a personal access token or an App token) in place of the password.',
    },
    {
        id: 'login-scheme',
        next: 'nothing',
        codes: ['auth'],
        meaning: 'The server takes no user name and password or token (Basic), but another kind of login, such as Negotiate, NTLM or Bearer.',
        todo: 'Use its ssh address, or turn on Basic for tokens there (behind a single sign-on there is often an address of its own for git).',
    },
    {
        id: 'login-page',
        next: 'nothing',
        codes: ['auth', 'protocol', 'http'],
        says: /_signin\b|users\/sign_in\b/i,
        meaning: 'The server sends a page to log in at: it asks for a credential, or does not accept the one it got.',
        todo: 'Give a valid token, and check that the address is the one that git clone takes.',
    },
    {
        id: 'no-write-permission',
        next: 'nothing',
        says: /write access to repository not granted|permission to \S{1,300} denied to|not allowed to (push code to this project|upload code)|User permission denied/i,
        side: 'destination',
        meaning: 'The token or key may read the destination and not write to it.',
        todo: "Give it write access (Contents: write at GitHub, write_repository at GitLab); a workflow's GITHUB_TOKEN reaches its own repository only.",
    },
    {
        id: 'no-read-permission',
        next: 'nothing',
        codes: ['auth'],
        meaning: 'The server knows the token or key and does not let it read this repository.',
        todo: 'Give it read access (Contents: read at GitHub, read_repository at GitLab).',
    },
    {
        id: 'token-refused',
        next: 'nothing',
        codes: ['auth', 'http'],
        says: /HTTP Basic: Access denied|Invalid username or (password|token)|Bad credentials|Invalid credentials|TF400813/i,
        meaning: 'The server does not accept the token: it is wrong, expired or revoked, or the user name does not fit.',
        todo: 'Make a new token with an expiry date that you will not miss, and store it in the secret again.',
    },
];

;// CONCATENATED MODULE: ./build/advice/network-rows.js
/** What lies between here and the server, and how much of it the server gives. */
const NETWORK_ROWS = [
    {
        id: 'proxy-page',
        next: 'nothing',
        codes: ['protocol', 'http', 'auth'],
        says: /captive portal|hotspot|squid|zscaler|fortiguard|blue ?coat|web filter|blocked by (your|the) (network|organi[sz]ation|administrator|firewall)/i,
        meaning: 'A proxy, firewall or portal of this network answered in place of the server.',
        todo: 'Ask for the host to be let through, set https_proxy, or run on another network.',
    },
    {
        id: 'proxy-login',
        next: 'nothing',
        says: /Proxy Authentication Required/i,
        statuses: [407],
        meaning: 'A proxy stands in between and asks for a login.',
        todo: 'Put its user and password into https_proxy: http://user:password@host:port.',
    },
    {
        id: 'proxy-unreachable',
        next: 'nothing',
        codes: ['connect', 'timeout', 'cut', 'http', 'protocol'],
        meaning: 'The proxy of the environment is not there or is no HTTP proxy.',
        todo: 'Correct https_proxy, or add the host to no_proxy.',
    },
    {
        id: 'certificate-authority',
        next: 'nothing',
        codes: ['connect'],
        meaning: 'The certificate of the server comes from an authority that this machine does not trust.',
        todo: 'Set NODE_EXTRA_CA_CERTS to a PEM file with the certificate of that authority.',
    },
    {
        id: 'unknown-host',
        next: 'nothing',
        codes: ['connect'],
        meaning: 'No server of that name is known here.',
        todo: 'Check the spelling of the address; names of a private network resolve only inside it.',
    },
    {
        id: 'asks-to-wait',
        next: 'nothing',
        codes: ['http', 'auth'],
        meaning: 'The server asks for more patience than a run has.',
        todo: 'Start again later, or run less often.',
    },
    {
        id: 'rate-limit',
        next: 'nothing',
        says: /\brate limit|too many requests/i,
        statuses: [429],
        meaning: 'The host has had too many requests from this account or address.',
        todo: 'Run less often, or give a token: anonymous limits are lower.',
    },
    {
        id: 'length-required',
        next: 'collected',
        statuses: [411],
        side: 'destination',
        meaning: 'The server wants to know the length of a push before it begins.',
        todo: 'Set transfer: spool, so that the pack is collected first.',
    },
    {
        id: 'slow-push',
        next: 'collected',
        codes: ['http', 'timeout', 'cut'],
        statuses: [408, 504],
        side: 'destination',
        meaning: 'The server, or a proxy before it, gave up waiting for the push to end.',
        todo: 'Set max-pack-size so that each push is shorter, or use ssh.',
    },
];

;// CONCATENATED MODULE: ./build/advice/repository-rows.js
/** What stands at an address, or does not: repositories, programs, other servers. */
const REPOSITORY_ROWS = [
    {
        id: 'github-not-found',
        next: 'nothing',
        codes: ['not-found'],
        any: true,
        hosts: /(^|\.)(github\.com|ghe\.com)$/,
        meaning: 'GitHub shows no such repository to this token or key: the name is wrong, or the repository is private.',
        todo: 'Check the address, and give access to that repository; GITHUB_TOKEN and a deploy key reach one repository only.',
    },
    {
        id: 'not-found',
        next: 'nothing',
        codes: ['not-found'],
        any: true,
        meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
        todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
    },
    {
        id: 'hidden-repository',
        next: 'nothing',
        codes: ['server', 'cut', 'auth', 'http', 'protocol'],
        says: /repository not found|project you were looking for could not be found|TF401019|does not appear to be a git repository|repository either does not exist|may not have access to this repository/i,
        meaning: 'The server shows no such repository: the address is wrong, or the token or key may not see it.',
        todo: 'Check the address, create the repository if there is none, and give the token or key access to it.',
    },
    {
        id: 'not-exported',
        next: 'nothing',
        says: /service not enabled|access denied or repository not exported/i,
        meaning: 'The server does not offer this repository, or not for this direction.',
        todo: 'Allow it there: git-daemon-export-ok and --enable=receive-pack for git daemon, http.receivepack for http-backend.',
    },
    {
        id: 'dumb-http',
        next: 'nothing',
        codes: ['protocol'],
        says: /^[0-9a-f]{40,64}\s+refs\//,
        meaning: 'The web server offers the repository as plain files (dumb HTTP), which cannot be mirrored from.',
        todo: "Use the repository's ssh or git address, or set up git http-backend there.",
    },
    {
        id: 'not-a-git-server',
        next: 'nothing',
        codes: ['protocol'],
        meaning: 'What stands at the address is a web page and no Git repository.',
        todo: 'Use the address that git clone takes; a login page, a bot wall or a portal may answer in its place.',
    },
    {
        id: 'partial-source',
        next: 'nothing',
        says: /from promisor remote/i,
        side: 'source',
        meaning: 'The source is a partial clone, and what it left out cannot be fetched from where it was cloned.',
        todo: 'Mirror the original repository, or complete this one: git fetch --refetch --no-filter.',
    },
    {
        id: 'damaged-source',
        next: 'nothing',
        codes: ['server', 'cut', 'pack', 'protocol'],
        says: /bad (tree|blob|commit|tag)? ?object [0-9a-f]{40}|unable to read (tree |sha1 file of )?[(']?[0-9a-f]{40}|(loose|packed) object [0-9a-f]{40,64} \(stored in .{1,600}\) is corrupt|object file .{1,600} is empty|inflate: data stream error|object corrupt or missing|could not read [0-9a-f]{40}|packfile .{1,600} (cannot be accessed|is truncated)/i,
        side: 'source',
        meaning: 'The source lacks objects of its own history, or has damaged ones, and cannot make the pack.',
        todo: 'Run git fsck --full there, and bring the objects that it names from another clone or a backup (git fetch from it, or git index-pack of its packs).',
    },
    {
        id: 'shallow-source',
        next: 'nothing',
        codes: ['shallow'],
        any: true,
        meaning: 'The source is a shallow clone: it lacks the history behind its oldest commits.',
        todo: 'Mirror the original repository, or complete this one: git fetch --unshallow, or fetch-depth: 0 for actions/checkout.',
    },
    {
        id: 'dubious-ownership',
        next: 'nothing',
        says: /dubious ownership/i,
        meaning: 'The folder of the repository belongs to another user, so git refuses to touch it.',
        todo: "Run git config --global --add safe.directory with the repository's path as the user that runs this.",
    },
    {
        id: 'no-shell',
        next: 'nothing',
        codes: ['server', 'cut', 'protocol'],
        says: /account is currently not available|nologin|shell access|interactive git shell is not enabled/i,
        meaning: 'The ssh account may log in and not run git.',
        todo: 'Allow git-upload-pack and git-receive-pack for the account (git-shell), or check the user name in the address.',
    },
];

;// CONCATENATED MODULE: ./build/advice/size-rows.js
/** Limits: of a file, of a push, of its refs, of the room. A large file is no large push. */
const SIZE_ROWS = [
    {
        id: 'large-file',
        next: 'apart',
        says: /error: GH001|exceeds \S{1,60} file size limit|\bobject exceeds maximum allowed size|VS403713|VS403658|Object too large\b.{0,60}, rejecting the pack|one or more blobs which exceed|is larger than the allowed size|files? (found )?exceeding the (file )?size limit/i,
        meaning: 'A file somewhere in the history is larger than the destination takes.',
        todo: 'Raise its limit for files there, mirror to a host that takes such files, or move the file to Git LFS in a rewritten history.',
    },
    {
        id: 'no-room',
        next: 'nothing',
        says: /has exceeded (its|the) .{0,30}(limit|quota)|would cause it to exceed the size limit|would have exceeded the .{0,30}limit|repo has exceeded|above (its|the) size limit|\(over \d+ GB size limit\)|No space left on device|Out of diskspace|(disk )?quota exceeded/i,
        meaning: 'The destination has no room left: a quota is used up or a disk is full.',
        todo: 'Raise the quota or free space at the destination, then run again.',
    },
    {
        id: 'ref-count',
        next: 'fewer',
        says: /can ?not update more than (?<limit>\d+) (branches|tags|refs)|maximum ref updates exceeded(?:: \d+ commands sent but max allowed is (?<limit2>\d+))?|Commands size exceeds limit defined in receive\.maxCommandBytes|too many ref(s|erences| updates)/i,
        meaning: 'The destination takes fewer refs in one push than were sent.',
        todo: 'Set max-refs-per-push to the number in its message.',
    },
    {
        id: 'pack-too-large',
        next: 'smaller',
        says: /pack exceeds maximum allowed size(?: \((?<limit>[\d.]+) ?(?<unit>[KMGT]?i?B|bytes)\))?|Pack exceeds the limit of (?<limit2>\d+) (?<unit2>bytes), rejecting the pack|greater than the (?<limit3>\d+) (?<unit3>[KMGT]B) limit for pushes|\bpush (?:size )?(?:has )?exceed(?:s|ed)\b|request entity too large|request body (?:is )?too large/i,
        statuses: [413],
        meaning: 'The push is larger than the destination takes in one go.',
        todo: 'Set max-pack-size below that limit, or raise it: receive.maxInputSize in git, client_max_body_size in nginx.',
    },
];

;// CONCATENATED MODULE: ./build/advice/table.js











/**
 * What servers say, what it means, and what may be tried. The most specific row comes first, and the first that fits
 * counts: limits, for their words stand in other refusals too; then each host's own words; then git's; then the way in.
 */
const ADVICE_TABLE = [
    ...SIZE_ROWS,
    ...GITHUB_ROWS,
    ...GITLAB_ROWS,
    ...AZURE_ROWS,
    ...GITEA_ROWS,
    ...GERRIT_ROWS,
    ...HOST_ROWS,
    ...GIT_ROWS,
    ...LOGIN_ROWS,
    ...REPOSITORY_ROWS,
    ...NETWORK_ROWS,
];

// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
;// CONCATENATED MODULE: ./build/advice/words.js

/** Characters of a line that are looked at; the sentences that tell something are shorter. */
const LINE_LOOKED_AT_LENGTH = 2000;
/** And of a text of many lines: error pages and last words are cut to less. */
const TEXT_LOOKED_AT_LENGTH = 64 * 1024;
/** A server's text as lines without colours, control characters and the `remote:` that git puts before them. */
function cleanLines(texts) {
    return texts
        .flatMap((text) => (text ?? '').slice(0, TEXT_LOOKED_AT_LENGTH).split(/[\r\n]+/))
        .map((line) => (0,printable/* printableLine */.oy)(line, LINE_LOOKED_AT_LENGTH).replace(/^remote: ?/, ''));
}
const BLOCK_START = /^(error|fatal|warning|hint):|^(GitLab|Gitea|Forgejo|Gogs|Bitbucket): /i;
/**
 * The lines that are about `ref` or about no ref in particular. A line that names another ref begins a block
 * about that one, up to the next line that names a ref or begins a message of its own.
 */
function linesAbout(ref, lines) {
    let isOurs = true;
    return lines.filter((line) => {
        const names = [...line.matchAll(/refs\/[^\s'"`,;]+/g)].map(([name]) => name.replace(/[.:)\]!]+$/, ''));
        const refs = names.filter((name) => /^refs\/(heads|tags|notes|pull|merge-requests)\//.test(name));
        if (refs.length > 0)
            isOurs = refs.includes(ref);
        else if (BLOCK_START.test(line))
            isOurs = true;
        return isOurs;
    });
}
const UNIT_BYTES = {
    b: 1,
    bytes: 1,
    kb: 1000,
    kib: 1024,
    mb: 1_000_000,
    mib: 1024 ** 2,
    gb: 1_000_000_000,
    gib: 1024 ** 3,
    tb: 1_000_000_000_000,
    tib: 1024 ** 4,
};
/** The limit that a server tells in words that `says` matches, in refs or bytes; undefined where it tells none. */
function readLimit(says, lines) {
    for (const line of lines) {
        const groups = Object.entries(says.exec(line)?.groups ?? {});
        const [, count] = groups.find(([name, text]) => name.startsWith('limit') && text !== undefined) ?? [];
        const [, unit] = groups.find(([name, text]) => name.startsWith('unit') && text !== undefined) ?? [];
        const limit = Number(count ?? Number.NaN) * (UNIT_BYTES[unit?.toLowerCase() ?? 'b'] ?? Number.NaN);
        if (Number.isFinite(limit) && limit > 0)
            return Math.floor(limit);
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/advice/advise.js



/** What a server's words mean; undefined where no row of the table fits. */
function diagnose(told) {
    const found = told.refusal === undefined ? readError(told) : readRefusal(told, told.refusal);
    if (found === undefined)
        return undefined;
    const { row, lines } = found;
    const limit = row.says && readLimit(row.says, lines);
    const next = limit === undefined ? { kind: row.next } : { kind: row.next, limit };
    return { advice: { id: row.id, meaning: row.meaning, todo: row.todo }, next };
}
/** Meaning and what to do, for people. */
function printAdvice({ meaning, todo }) {
    return `${meaning} ${todo}`;
}
/** Reasons that tell that something declined and not what: there the lines beside the report may say more. */
const TELLS_NOTHING = /declin|unpack|fail|internal|error|reject|violation|no reason|^$/i;
/**
 * The reason of the ref decides. Only one that tells nothing lets the lines beside the report speak, those about
 * other refs left out; what they do not explain is not guessed at.
 */
function readRefusal(told, refusal) {
    const rows = ADVICE_TABLE.filter((row) => row.codes === undefined && isAbout(row, refusal, told.host));
    const reason = cleanLines([refusal.reason]);
    const exact = rows.filter((row) => row.general === undefined);
    const general = rows.filter((row) => row.general !== undefined);
    const byReason = findRow(exact, reason);
    if (byReason !== undefined)
        return byReason;
    const lines = TELLS_NOTHING.test(refusal.reason) ? linesAbout(refusal.ref, cleanLines(told.words)) : [];
    const certain = general.filter((row) => row.certain !== undefined);
    return findRow(exact, lines) ?? findRow(certain, lines) ?? findRow(general, reason);
}
function isAbout(row, { ref, action }, host) {
    if (row.hosts !== undefined && !row.hosts.test(host?.toLowerCase() ?? ''))
        return false;
    switch (row.only) {
        case 'branch':
            return ref.startsWith('refs/heads/');
        case 'tag':
            return ref.startsWith('refs/tags/');
        case 'delete':
            return action === 'delete';
        default:
            return true;
    }
}
/** Errors that say in our own words what to do. */
const OWN_WORDS = new Set(['usage', 'guard', 'format', 'race', 'limit', 'cancelled']);
/** Errors of a push that the server explains in the lines beside its report. */
const EXPLAINED_BESIDE = new Set(['unpack', 'server', 'cut', 'too-large', 'http']);
/**
 * The server's own words tell most, then the row that the error names, then the lines beside the report of a push,
 * then its status. Our own message is not read: it may name a repository that is called after anything.
 */
function readError({ phase, words, host, error }) {
    if (error !== undefined && error.advice === undefined && OWN_WORDS.has(error.code))
        return undefined;
    const rows = ADVICE_TABLE.filter((row) => mayExplain(row, error, host));
    const exact = rows.filter((row) => row.general === undefined);
    const said = cleanLines([error?.serverText]);
    const isPush = phase === 'transfer' && (error === undefined || EXPLAINED_BESIDE.has(error.code));
    const beside = isPush ? cleanLines(words) : [];
    const named = exact.find((row) => row.id === error?.advice);
    const byStatus = exact.find((row) => row.any === true || (error?.status !== undefined && row.statuses?.includes(error.status)));
    return (findRow(exact, said) ??
        (named && { row: named, lines: [] }) ??
        findRow(exact, beside) ??
        (byStatus && { row: byStatus, lines: [] }) ??
        findRow(rows, said) ??
        findRow(rows, beside));
}
function mayExplain(row, error, host) {
    return (row.only === undefined &&
        (row.codes === undefined || (error !== undefined && row.codes.includes(error.code))) &&
        (row.side === undefined || error?.side === undefined || row.side === error.side) &&
        (row.hosts === undefined || row.hosts.test(host?.toLowerCase() ?? '')));
}
function findRow(rows, lines) {
    const matching = new Set(lines.flatMap(rowsMatching));
    const row = matching.size === 0 ? undefined : rows.find((candidate) => matching.has(candidate));
    return row && { row, lines };
}
/** Lines whose rows are kept: thousands of refs are refused with the same few lines. */
const MOST_LINES_KNOWN = 1000;
const known = new Map();
function rowsMatching(line) {
    const found = known.get(line);
    if (found !== undefined)
        return found;
    const rows = ADVICE_TABLE.filter(({ says }) => says?.test(line));
    if (known.size >= MOST_LINES_KNOWN)
        known.clear();
    known.set(line, rows);
    return rows;
}
/**
 * The error with what it means and what to do as its hint, where the table has it. A hint that the error came with
 * says what to do in this very case: it stays, unless the server's own words tell more.
 */
function withAdvice(error, told) {
    const advice = diagnose({ ...told, error })?.advice;
    if (advice === undefined)
        return error;
    const { hint } = error;
    const hasWords = (error.serverText?.trim() ?? '') !== '';
    if (hint === undefined || (hasWords && advice.id !== error.advice))
        return (0,errors/* withDetails */.FE)(error, { hint: printAdvice(advice), advice: advice.id });
    return advice.id === error.advice ? (0,errors/* withDetails */.FE)(error, { hint: `${advice.meaning} ${hint}` }) : error;
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

// EXTERNAL MODULE: ./build/base/steps.js
var steps = __webpack_require__(24779);
// EXTERNAL MODULE: ./build/plan/refspec-match.js
var refspec_match = __webpack_require__(99400);
;// CONCATENATED MODULE: ./build/plan/plan-types.js
/** An update that removes its ref. A null id as new value of any other is a fault, and no deletion. */
function isDelete(update) {
    return update.action === 'delete';
}

// EXTERNAL MODULE: ./build/base/bytes.js
var bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/protocol/pack.js
var protocol_pack = __webpack_require__(97084);
// EXTERNAL MODULE: ./build/mirror/sessions/pack-stream.js
var pack_stream = __webpack_require__(53922);
;// CONCATENATED MODULE: ./build/mirror/pack/opened-pack.js




/**
 * Reads the pack of an answer that was asked for its other lines: it has no objects. One that has some, because the server
 * did not understand the question, is given up.
 * @throws MirrorError `pack` or the source's own.
 */
async function skipEmptyPack(fetching) {
    if (fetching.answer.pack === undefined)
        return;
    const { objects, source } = await openPack(fetching);
    if (objects > 0)
        source.cancel();
    else
        while (await source.next())
            ;
}
/** Waits for the pack's header. @throws MirrorError `pack` or the source's own. */
async function openPack(fetching) {
    const held = [];
    let length = 0;
    while (length < protocol_pack/* PACK_HEADER_LENGTH */.z5) {
        const slice = await fetching.next();
        if (slice === undefined) {
            throw new errors/* MirrorError */.En('the source sent no pack', { code: 'pack', side: 'source', retryable: true });
        }
        held.push(slice);
        length += slice.length;
    }
    const first = (0,bytes/* concatBytes */.Id)(held);
    let header;
    try {
        header = (0,protocol_pack/* parsePackHeader */.QT)(first);
    }
    catch (error) {
        fetching.cancel(error);
        throw (0,errors/* toMirrorError */.Ho)(error, { code: 'pack', side: 'source' });
    }
    return { objects: header.objects, shared: fetching.shared === true, source: (0,pack_stream/* putBack */.p)(fetching, first) };
}

;// CONCATENATED MODULE: ./build/mirror/history/known-ids.js
/** Ids in one question; a server answers with a line for each that it has. */
const IDS_IN_A_QUESTION = 10_000;
/**
 * Which of `ids` the server says that it has. An id that is missing from the answer may still be there:
 * git since 2.45 leaves out what stands behind another (C4).
 *
 * v2 with `wait-for-done` is asked without any want; elsewhere `want` (a tip of the server) is needed, and a
 * pack that comes unasked is given up.
 * @throws MirrorError with the server's side.
 */
async function askKnownIds(server, options) {
    const common = new Set();
    for (let from = 0; from < options.ids.length; from += IDS_IN_A_QUESTION) {
        const ids = options.ids.slice(from, from + IDS_IN_A_QUESTION);
        for (const id of await askSome(server, ids, options.want))
            common.add(id);
    }
    return common;
}
async function askSome(server, ids, want) {
    const session = await server.lease();
    const { advertisement } = session;
    if (advertisement.version !== 2) {
        if (want === undefined) {
            server.release(session);
            return [];
        }
        const { acks } = await session.askReady([want], ids);
        server.release(session);
        return acks;
    }
    const waits = advertisement.capabilities.value('fetch')?.split(' ').includes('wait-for-done') ?? false;
    if (!waits && want === undefined) {
        server.release(session);
        return [];
    }
    const fetching = await session.fetch({
        wants: waits ? [] : [want],
        haves: ids,
        thin: true,
        ofsDelta: true,
        done: false,
        waitForDone: waits,
    });
    fetching.cancel();
    server.release(session);
    return fetching.answer.acks;
}

;// CONCATENATED MODULE: ./build/mirror/history/boundary.js


/** Deeper questions cost a server seconds; what is not found by then is taken as not shared. */
const DEEPEST_COMMITS = 65_536;
/** Tips that are asked about at once. */
const TIPS_ASKED = 64;
/** Tips that are asked about one by one, where all of them together show nothing. */
const TIPS_ASKED_ALONE = 8;
/**
 * Looks for the place where two histories part, without a clone: the destination's upload-pack is asked for
 * the commits N steps behind `tips` (`want T`, `have T`, `deepen N`, `done`: shallow lines and an empty pack,
 * gitprotocol-v2 "fetch"), at growing N, until the source knows one of them; then N is narrowed down.
 * @throws MirrorError of either server.
 */
async function findBoundary(options) {
    const all = options.tips.slice(0, TIPS_ASKED);
    const found = await searchBoundary({ ...options, tips: all });
    if (found.shared || all.length === 1)
        return found;
    // A short history may share its first commit alone, which no depth shows when a longer one is asked about with it.
    for (const tip of all.slice(0, TIPS_ASKED_ALONE)) {
        const alone = await searchBoundary({ ...options, tips: [tip] });
        if (alone.shared)
            return alone;
    }
    return found;
}
async function searchBoundary({ destination, source, tips, want }) {
    const asked = new Map();
    const ask = async (depth) => {
        const before = asked.get(depth);
        if (before)
            return before;
        const ids = await askBoundary(destination, tips, depth);
        const common = ids.length === 0 ? new Set() : await askKnownIds(source, { ids, want });
        const boundary = { ids, shared: common.size > 0, depth };
        asked.set(depth, boundary);
        return boundary;
    };
    let low = 1;
    for (let depth = 2; depth <= DEEPEST_COMMITS; depth *= depth < 512 ? 2 : 8) {
        const found = await ask(depth);
        if (found.shared)
            return await narrow(low, found, ask);
        if (found.ids.length === 0)
            return await searchEnd(low, depth, ask);
        low = depth;
    }
    return { ids: [], shared: false, depth: low };
}
/** The first commits stand between a depth that shows commits and one that shows none. */
async function searchEnd(low, high, ask) {
    let [under, over] = [low, high];
    while (over - under > 1) {
        const middle = await ask(Math.floor((under + over) / 2));
        if (middle.shared)
            return await narrow(under, middle, ask);
        if (middle.ids.length === 0)
            over = middle.depth;
        else
            under = middle.depth;
    }
    return { ids: [], shared: false, depth: under };
}
async function narrow(low, found, ask) {
    let best = found;
    let under = low;
    while (best.depth - under > 1) {
        const middle = await ask(Math.floor((under + best.depth) / 2));
        if (middle.shared)
            best = middle;
        else
            under = middle.depth;
    }
    return best;
}
/** The commits `depth` steps behind `tips`; empty where the whole history is shorter. */
async function askBoundary(server, tips, depth) {
    const session = await server.lease();
    const fetching = await session.fetch({
        wants: tips,
        haves: tips,
        thin: true,
        ofsDelta: true,
        deepen: depth,
    });
    await skipEmptyPack(fetching);
    server.release(session);
    return fetching.answer.shallow;
}

;// CONCATENATED MODULE: ./build/protocol/unknown-object.js
/**
 * How servers say that they do not have an object, or do not give it because it is no tip: git and what is built on
 * it, JGit and Gerrit, dulwich, Azure Repos, go-git. Each sentence has the id where `ID` stands, or no id at all.
 */
const SENTENCES = [
    String.raw `\bnot our ref(?: ID)?`,
    String.raw `\bwant(?: ID)? not valid\b`,
    String.raw `\bMissing (?:unknown|commit|tree|blob|tag)(?: ID\b|$)`,
    String.raw `\bwants invalid object(?: b?'?ID)?`,
    String.raw `\bTF401035: The object(?: '?ID'?)? does not exist`,
    String.raw `(?:^|: )object not found(?:: ID)?$`,
];
const ID = '([0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])';
const PATTERNS = SENTENCES.map((sentence) => new RegExp(sentence.replace('ID', ID), 'i'));
/** What git's own programs add when the other side has gone: it tells nothing. */
const HANG_UP = /^(?:fatal: )?the remote end hung up\b/i;
/** Characters of a line that are looked at: the sentences are short. */
const unknown_object_LINE_LOOKED_AT_LENGTH = 1000;
/**
 * Whether a server's last words, given when it was asked for `id`, mean that it does not have that object or does not
 * give it (gitprotocol-v2 "fetch", gitprotocol-pack "Packfile Negotiation": a want has to be known there). Servers do
 * not tell these two apart.
 *
 * Words that name another id mean that one. No words at all may mean it, too: some servers hang up without a word.
 * Where the connection may have been cut for another reason, ask once more before you believe the silence.
 *
 * @param words raw; undefined or empty: the connection ended without a word
 */
function meansUnknownObject(words, id) {
    const lines = linesOf(words);
    if (lines.length === 0)
        return true;
    const named = lines.flatMap(readLine);
    return named.includes(id) || (named.length > 0 && named.every((name) => name === undefined));
}
/** The first object that a server names as one that it does not have or does not give; undefined: it names none. */
function findUnknownObject(words) {
    return linesOf(words)
        .flatMap(readLine)
        .find((id) => id !== undefined);
}
function linesOf(words = '') {
    return words
        .split(/[\r\n]+/)
        .map((line) => line.slice(0, unknown_object_LINE_LOOKED_AT_LENGTH).trim())
        .filter((line) => line !== '' && !HANG_UP.test(line));
}
/** The id that the line calls unknown, undefined where it names none; nothing when it says something else. */
function readLine(line) {
    for (const pattern of PATTERNS) {
        const match = pattern.exec(line);
        if (match !== null)
            return [match[1]?.toLowerCase()];
    }
    return [];
}

;// CONCATENATED MODULE: ./build/mirror/history/ancestry.js




/** Questions that are asked side by side: requests of one connection pool, or connections of their own. */
const REQUESTS_AT_ONCE = 12;
const CONNECTIONS_AT_ONCE = 4;
/** A connection may be cut for other reasons: silence is an answer when it comes again. */
const SILENCES_BELIEVED = 2;
/** Ids and refs that are compared, to see whether all of some ids are tips. */
const MOST_COMPARED = 1_000_000;
/** The HTTP status of a program that failed. */
const SERVER_FAILED = 500;
/**
 * For each question: is `old` an ancestor of `new`? True only where that is shown, false where it is not, undefined where
 * the server cannot be asked.
 *
 * `want OLD`, `have NEW`, `done`: the pack is empty exactly when everything behind OLD is behind NEW too. No
 * commit is read. Some servers take tips alone as wants: those are asked the other way round.
 * @throws MirrorError of the source.
 */
async function askAncestry(source, questions) {
    if (questions.length === 0)
        return [];
    const session = await source.lease();
    const atOnce = session.forgets ? REQUESTS_AT_ONCE : CONNECTIONS_AT_ONCE;
    source.release(session);
    const answers = new Map();
    const groups = [...groupByNew(questions)];
    let next = 0;
    const worker = async () => {
        for (let index = next++; index < groups.length; index = next++) {
            const [tip, olds] = groups[index];
            await askGroup(source, tip, olds, (old, answer) => answers.set(`${old} ${tip}`, answer));
        }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, worker));
    return questions.map((question) => answers.get(`${question.old} ${question.new}`));
}
function groupByNew(questions) {
    const groups = new Map();
    for (const question of questions) {
        const olds = groups.get(question.new) ?? new Set();
        groups.set(question.new, olds.add(question.old));
    }
    return new Map([...groups].map(([tip, olds]) => [tip, [...olds]]));
}
/** Several branches that moved to one commit make one question; where the answer is no, each is asked about by itself. */
async function askGroup(source, tip, olds, tell) {
    if (olds.length > 1 && (await askWhole(source, olds, tip)) === true) {
        for (const old of olds)
            tell(old, true);
        return;
    }
    for (const old of olds) {
        const whole = await askWhole(source, [old], tip);
        tell(old, typeof whole === 'boolean' ? whole : await askFromTip(source, { old, tip, whole }));
    }
}
/** Whether all that is behind `olds` is behind `tip`. */
async function askWhole(source, olds, tip) {
    for (let asked = 0; asked < SILENCES_BELIEVED; asked++) {
        const session = await source.lease();
        const { advertisement } = session;
        if (!session.forgets && !mayGive(advertisement, olds)) {
            source.release(session);
            return 'untold';
        }
        try {
            const pack = await openPack(await session.fetch({ wants: olds, haves: [tip], thin: true, ofsDelta: true }));
            if (pack.objects > 0)
                pack.source.cancel();
            else
                while (await pack.source.next())
                    ;
            source.release(session);
            return pack.objects === 0;
        }
        catch (thrown) {
            source.release(session);
            const isTold = isRefusedInWords(refusalOf(source, thrown, olds));
            if (isTold)
                return advertisement.version === 2 ? 'refused' : 'untold';
        }
    }
    return 'untold';
}
/** Git over ssh gives tips alone in v0, unless it was told otherwise. */
function mayGive(advertisement, ids) {
    if (advertisement.version === 2 || advertisement.capabilities.has('allow-reachable-sha1-in-want'))
        return true;
    const { refs } = advertisement;
    if (ids.length * refs.length > MOST_COMPARED)
        return false;
    return ids.every((id) => refs.some((ref) => ref.id === id));
}
/**
 * `want NEW`, `shallow OLD`, `have OLD`, without `done`: `ready` means that a way leads from NEW to what we have. OLD is
 * called shallow because servers count the parents of a have as ours, too: a commit that was amended is ready by its
 * parent. JGit calls any commit without parents ready, so NEW has to have some.
 * @returns undefined where the server has no such answer. One that refused OLD in version 2 gives whatever lies behind its
 * tips, as far as is known: to it, OLD lies behind none.
 */
async function askFromTip(source, question) {
    const { old, tip, whole } = question;
    const ready = await askReady(source, old, tip);
    if (ready === undefined)
        return whole === 'refused' ? false : undefined;
    if (!ready)
        return false;
    try {
        const boundary = await askBoundary(source, [tip], 1);
        return boundary.includes(tip);
    }
    catch (error) {
        refusalOf(source, error, [tip]);
        return undefined;
    }
}
async function askReady(source, old, tip) {
    const session = await source.lease();
    try {
        if (!session.tellsReady)
            return undefined;
        const { ready } = await session.askReady([tip], [old], { shallow: [old] });
        return ready;
    }
    catch (error) {
        refusalOf(source, error, [old, tip]);
        return undefined;
    }
    finally {
        source.release(session);
    }
}
/** A page of http is none where the program behind it failed: it says nothing of objects. */
function isRefusedInWords({ serverText, status }) {
    return Boolean(serverText) && status !== SERVER_FAILED;
}
/**
 * The error of a server that does not have an object or does not give it, in its words or without one: over http,
 * servers that else would hang up say that they failed (go-git, dulwich).
 * @throws the error when it is another one; the reason of the run's signal.
 */
function refusalOf(source, thrown, ids) {
    source.server.signal.throwIfAborted();
    const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source' });
    if (error.code === 'http' && error.status === SERVER_FAILED)
        return error;
    const isAnswer = error.code === 'cut' || error.code === 'server';
    if (isAnswer && ids.some((id) => meansUnknownObject(error.serverText, id)))
        return error;
    throw error;
}

;// CONCATENATED MODULE: ./build/mirror/history/tips-behind.js


/** Tips on either side that are asked about: each pair may be a question of its own. */
const tips_behind_TIPS_ASKED = 16;
const TIPS_BEHIND_ASKED = 4;
/**
 * Looks for tips of the source behind those of the destination, which is then ahead: the source knows nothing of what
 * came after them.
 * @throws MirrorError of the destination.
 */
async function findTipsBehind(destination, { sourceTips, tips, }) {
    const known = await askKnownIds(destination, { ids: sourceTips, want: tips[0] });
    if (known.size === 0)
        return { shared: false, ids: [] };
    const questions = tips
        .slice(0, tips_behind_TIPS_ASKED)
        .flatMap((tip) => [...known].slice(0, TIPS_BEHIND_ASKED).map((old) => ({ old, new: tip })));
    const answers = await askAncestry(destination, questions);
    const ids = new Set(questions.filter((_, index) => answers[index] === true).map(({ old }) => old));
    return { shared: true, ids: [...ids] };
}

// EXTERNAL MODULE: ./build/mirror/sessions/upload-pack-pool.js
var upload_pack_pool = __webpack_require__(10594);
;// CONCATENATED MODULE: ./build/mirror/history/negotiate.js





/**
 * Asks the source for the smallest pack, and makes sure on the way that the two repositories share history.
 * Undefined when nothing is wanted.
 * @throws MirrorError `guard` for unrelated repositories; the source's errors.
 */
async function negotiate(options) {
    const base = {
        wants: options.wants,
        haves: options.haves,
        thin: options.thin && options.shallow.length === 0,
        ofsDelta: options.ofsDelta,
        shallow: options.shallow,
    };
    if (options.unknownTips.length === 0)
        return await finalFetch(options, base);
    const first = await askWithoutDone(options, base);
    if (first.fetching)
        return first.fetching;
    if (first.common)
        return await finalFetch(options, base);
    const behind = await lookBehind(options);
    const related = options.shared || first.related || behind?.shared === true;
    if (!related && !options.allowUnrelated)
        throw unrelated(behind !== undefined);
    if (behind === undefined)
        return await finalFetch(options, base);
    const haves = [...behind.ids, ...options.haves];
    return await finalFetch(options, { ...base, haves });
}
async function finalFetch(options, question) {
    if (question.wants.length === 0)
        return undefined;
    return await options.fetchPack({ ...question, done: true });
}
/**
 * The question without `done`: a source that sees a way from every want to a have sends the pack at once, in
 * the same answer; one that knows some of the haves says so; silence means that it knows none of the tips.
 */
async function askWithoutDone(options, question) {
    const { source, wants, unknownTips } = options;
    const session = await source.lease();
    const { version } = session.advertisement;
    source.release(session);
    if (version !== 2 || wants.length === 0 || unknownTips.length > 10_000) {
        const common = await askKnownIds(source, { ids: unknownTips.slice(0, 10_000), want: options.anyTip });
        return { common: common.size > 0, related: common.size > 0 };
    }
    const fetching = await options.fetchPack({ ...question, done: false });
    if (fetching.answer.pack !== undefined)
        return { fetching, common: true, related: true };
    const tips = new Set(unknownTips);
    const { acks } = fetching.answer;
    return { common: acks.some((id) => tips.has(id)), related: acks.length > 0 };
}
/** What lies behind both histories; undefined where the destination cannot be read. */
async function lookBehind(options) {
    const { destination, source, unknownTips, sourceTips, reporter, destinationLabel } = options;
    const note = (text) => reporter({
        kind: 'notice',
        level: 'info',
        destination: destinationLabel,
        text: `the source does not know what the destination has; ${text}, only what lies after that is sent`,
    });
    try {
        const boundary = await findBoundary({ destination, source, tips: unknownTips, want: options.anyTip });
        if (boundary.shared) {
            note(`the histories meet ${boundary.depth} commits back`);
            return boundary;
        }
        const behind = await findTipsBehind(destination, { sourceTips, tips: unknownTips });
        if (behind.ids.length > 0)
            note('it is ahead of what the source has');
        return behind.shared ? behind : boundary;
    }
    catch (error) {
        source.server.signal.throwIfAborted();
        if (error instanceof errors/* MirrorError */.En && error.side === 'source')
            throw error;
        reporter({
            kind: 'notice',
            level: 'warning',
            destination: destinationLabel,
            text: 'the source does not know what the destination has, and the destination cannot be read: more than what is missing will be sent, up to the whole history',
        });
        return undefined;
    }
}
function unrelated(looked) {
    return new errors/* MirrorError */.En(looked
        ? 'the destination shares no history with the source, and refs of it would be overwritten or deleted'
        : 'nothing shows that the destination shares history with the source, and refs of it would be overwritten or deleted', {
        code: 'guard',
        side: 'destination',
        hint: 'Check that source and destination are the right way round and the right repositories; allow-unrelated: true overwrites what is there.',
    });
}

// EXTERNAL MODULE: ./build/protocol/object-id.js
var object_id = __webpack_require__(94566);
;// CONCATENATED MODULE: ./build/mirror/history/order-haves.js


/**
 * The ids to send as haves, each once, at most `max` (A6, A7). First what the source shows too, for that is
 * common for sure; then the old values of the refs that move, whose history is most likely shared, and for which up
 * to half of the room is kept; then the rest. Ids of tags, trees and blobs are as good as those of commits.
 */
function* orderHaves(options) {
    const haves = new Set();
    function* add(ids, max, isWanted) {
        yield* (0,steps/* someInSteps */.te)(ids, (id) => {
            if (haves.size >= max)
                return true;
            if (!(0,object_id/* isNullId */.JC)(id) && (isWanted === undefined || isWanted(id)))
                haves.add(id);
            return false;
        });
    }
    const isShared = (id) => options.sourceIds.has(id);
    const unshared = new Set();
    yield* (0,steps/* forEachInSteps */.pM)(options.oldValues, (id) => {
        if (!(0,object_id/* isNullId */.JC)(id) && !isShared(id))
            unshared.add(id);
    });
    yield* add(options.destination, options.max - Math.min(unshared.size, Math.floor(options.max / 2)), isShared);
    yield* add(unshared, options.max);
    yield* add(options.oldValues, options.max);
    yield* add(options.destination, options.max);
    return [...haves];
}

;// CONCATENATED MODULE: ./build/mirror/planned-round.js





/** 50 bytes each: 5 MB of a request that servers take up to 10 MiB (A7). */
const MOST_HAVES = 100_000;
/** `thin`: the destination takes thin packs, as far as is known. */
function startEarly(context, planned, thin) {
    const fetching = needsOf(context, planned, thin).then(negotiate);
    // Its failure is met where the pack is waited for, or nowhere when it is no longer wanted.
    fetching.catch(() => undefined);
    return {
        updates: planned.updates,
        fetching,
        cancel: () => void fetching.then((pack) => pack?.cancel()).catch(() => undefined),
    };
}
/** The plan did not change since the pack was asked for. */
function isStillWanted(planned) {
    const { early, updates } = planned;
    if (early === undefined || early.updates.length !== updates.length)
        return false;
    return early.updates.every((update, at) => update.ref === updates[at].ref && update.new === updates[at].new);
}
/** What the round needs of the source. `thin`: the destination takes thin packs, as far as is known. */
async function needsOf(context, planned, thin) {
    const { source, updates, session } = planned;
    const { listing } = session;
    const { signal } = context;
    const there = await listing.ids();
    const sourceIds = await source.ids();
    const shared = await (0,turns/* runInTurns */.hp)(someIn(there, sourceIds), signal);
    const { defaultBranchDelete } = planned.plan;
    const atStake = [...updates, ...planned.later, ...(defaultBranchDelete ? [defaultBranchDelete] : [])];
    const ordering = { destination: there, sourceIds, oldValues: oldValuesOf(updates), max: MOST_HAVES };
    return {
        source: context.source.uploadPack,
        destination: context.reader,
        wants: await wantsOf(listing, updates, signal),
        haves: await (0,turns/* runInTurns */.hp)(orderHaves(ordering), signal),
        thin: thin && !listing.capabilities.has('no-thin'),
        ofsDelta: listing.capabilities.has('ofs-delta'),
        anyTip: source.refs[0]?.id,
        sourceTips: firstOf(newValues([...updates, ...planned.later]), sourceIds),
        shallow: listing.shallow,
        unknownTips: await (0,turns/* runInTurns */.hp)(unknownTips(atStake, sourceIds, shared), signal),
        shared,
        allowUnrelated: context.options.allowUnrelated,
        destinationLabel: context.server.remote.label,
        reporter: context.reporter,
        fetchPack: (question) => context.pack.fetch(question),
    };
}
/** Tips of the source that the destination is asked about, where the two show nothing in common. */
const MOST_TIPS_ASKED = 10_000;
function oldValuesOf(updates) {
    return {
        *[Symbol.iterator]() {
            for (const update of updates)
                yield update.old;
        },
    };
}
function* newValues(updates) {
    // What keeps an old value names what the destination has anyway: that shows nothing.
    for (const update of updates)
        if (!isDelete(update) && update.keeps === undefined)
            yield update.new;
}
function firstOf(...lists) {
    const ids = new Set();
    for (const list of lists) {
        for (const id of list) {
            if (ids.size >= MOST_TIPS_ASKED)
                return [...ids];
            ids.add(id);
        }
    }
    return [...ids];
}
/** New values that the destination does not show. */
async function wantsOf(listing, updates, signal) {
    const there = await listing.ids();
    const wants = new Set();
    const addWant = (update) => {
        if (!isDelete(update) && !there.has(update.new))
            wants.add(update.new);
    };
    await (0,turns/* forEachInTurns */.q3)(updates, addWant, signal);
    return [...wants];
}
function* someIn(ids, known) {
    if (known.size === 0)
        return false;
    return yield* (0,steps/* someInSteps */.te)(ids, (id) => known.has(id));
}
/**
 * Old values that the source does not show. Where histories are known to be shared, only branches count: a
 * moved tag or a deleted ref says nothing about what is missing.
 */
function* unknownTips(updates, known, shared) {
    const tips = new Set();
    yield* (0,steps/* forEachInSteps */.pM)(updates, (update) => {
        if (update.action === 'create' || known.has(update.old))
            return;
        if (shared && (isDelete(update) || !update.ref.startsWith('refs/heads/')))
            return;
        tips.add(update.old);
    });
    return [...tips];
}

// EXTERNAL MODULE: ./build/mirror/sessions/retry.js
var retry = __webpack_require__(59528);
;// CONCATENATED MODULE: ./build/mirror/carry-round.js






/**
 * Carries the LFS objects that a round will make visible, before any ref moves. Where there are pointers, neither the
 * greeted receive-pack nor a pack that was asked for early waits while objects flow.
 * @returns what is still to be pushed with
 * @throws MirrorError for what cannot be carried; the signal's reason.
 */
async function carryRound(context, { planned, ledger, onClosing }) {
    const { lfs, options, reporter, server, signal } = context;
    if (lfs === undefined)
        return planned;
    const { wants, haves } = await needsOf(context, planned, false);
    const hasNothing = wants.length === 0 && options.lfs !== 'full';
    if (hasNothing || lfs.isCarried(wants)) {
        lfs.leave();
        return planned;
    }
    const { session, source } = planned;
    const { label } = server.remote;
    ledger.figures.enter('lfs');
    const { lfsBytes, lfsObjects } = ledger.figures;
    let early = planned.early;
    try {
        await lfs.carry({
            listing: source,
            wants,
            haves,
            tips: await (0,turns/* runInTurns */.hp)(tipsOf(context, planned), signal),
            ref: planned.updates.find((update) => !isDelete(update))?.ref,
            notice: (level, text) => (level === 'warning' ? ledger.warn(text) : ledger.note(text)),
            retry: (what, act) => (0,retry/* withRetries */.LH)(act, {
                retries: options.retries,
                signal,
                onRetry: (error, delay) => ledger.note((0,retry/* describeRetry */.eV)(`${what} again`, error, delay)),
            }),
            async onFound(count) {
                const text = `carrying LFS objects to ${label}: ${count} ${count === 1 ? 'pointer' : 'pointers'} found`;
                reporter({ kind: 'phase', phase: 'lfs', destination: label, text });
                early?.cancel();
                early = undefined;
                // A server that forgets between requests has nothing that waits.
                if (!session.forgets)
                    onClosing(session.leave());
            },
            onProgress({ bytes, objects, missing }) {
                ledger.figures.lfsBytes = lfsBytes + bytes;
                ledger.figures.lfsObjects = lfsObjects + objects;
                reporter({ kind: 'lfs-progress', destination: label, bytes, objects, missing });
            },
        });
    }
    catch (error) {
        early?.cancel();
        throw error;
    }
    finally {
        ledger.figures.enter('list');
    }
    return { ...planned, early };
}
/** The source's tips in scope, the default branch's first. */
function* tipsOf({ options }, { source }) {
    const ids = new Set();
    const isInScope = (name) => (0,refspec_match/* mapToDestination */.i)(options.refspecs, name) !== undefined;
    yield* (0,steps/* forEachInSteps */.pM)(source.refs, ({ name, id }) => {
        if (name === source.head && isInScope(name))
            ids.add(id);
    });
    yield* (0,steps/* forEachInSteps */.pM)(source.refs, ({ name, id }) => {
        if (isInScope(name))
            ids.add(id);
    });
    return [...ids];
}

;// CONCATENATED MODULE: ./build/mirror/force-labels.js

/** So many are asked about after the push, more beside it. */
const FEW_LABELS = 8;
/** More branches than this are reported as `update` without asking which of them were forced. */
const MOST_LABELS = 200;
/** Asked beside the transfer: which of the updates are no fast-forwards. `force`: any of them may be none. */
async function askLabels(source, updates, force) {
    const labels = new Map();
    const asked = questions(updates);
    if (asked.length > MOST_LABELS)
        return labels;
    try {
        const answers = force || asked.some((update) => update.forced)
            ? await askAncestry(source, asked)
            : asked.map(() => true);
        for (const [index, update] of asked.entries()) {
            const answer = answers[index];
            if (answer !== undefined)
                labels.set(update.ref, answer);
        }
    }
    catch {
        // A label is not worth a failure: the ref is then reported as `update`.
    }
    return labels;
}
/** Updates of which history tells whether they are forced. */
function questions(updates) {
    return updates.filter((update) => update.action === 'update');
}

// EXTERNAL MODULE: ./build/options/read-host.js
var read_host = __webpack_require__(63288);
;// CONCATENATED MODULE: ./build/plan/anchors.js
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

// EXTERNAL MODULE: ./build/mirror/sessions/receive-pack-session.js + 1 modules
var receive_pack_session = __webpack_require__(51200);
;// CONCATENATED MODULE: ./build/mirror/pieces/remove-refs.js



/** Removes refs of ours, as far as the server lets. Never fails but for the run's signal. */
async function removeRefs(run, session, refs) {
    let current = session;
    const left = new Set(refs.map((ref) => ref.name));
    let words = '';
    try {
        for (let from = 0; from < refs.length; from += run.mode.maxRefs) {
            if (!current.usable)
                current = await receive_pack_session/* ReceivePackSession */.n.open(run.server);
            const part = refs.slice(from, from + run.mode.maxRefs);
            const report = await current.push({
                commands: part.map((ref) => ({ kind: 'delete', ref: ref.name, old: ref.id })),
                atomic: false,
                plain: !run.mode.agent,
                pack: undefined,
            });
            for (const { name } of part) {
                if (isRemoved(report, name))
                    left.delete(name);
                else
                    words ||= reasonOf(report, name);
            }
            if (!current.forgets)
                await current.close();
        }
    }
    catch (error) {
        run.signal.throwIfAborted();
        words = (0,errors/* toMirrorError */.Ho)(error, { code: 'cut' }).message;
    }
    return { left: [...left], words };
}
function reasonOf(report, name) {
    const answer = report?.refs.get(name);
    return answer === undefined || answer.ok ? 'the server did not say why' : (0,printable/* printableLine */.oy)(answer.reason);
}
/** A server without report-status says nothing: its next listing does. */
function isRemoved(report, name) {
    return report === undefined || report.refs.get(name)?.ok === true;
}

;// CONCATENATED MODULE: ./build/mirror/pieces/remove-anchors.js






/**
 * Removes the anchors of this run and of earlier ones, and says which stay. Never fails a run but for its signal:
 * what stays is tried again by the next.
 */
async function removeAnchors(run, session) {
    const anchors = await (0,turns/* runInTurns */.hp)((0,steps/* filterInSteps */.pj)(session.listing.refs, (ref) => isAnchor(ref.name)), run.signal);
    const { left, words } = await removeRefs(run, session, anchors);
    run.ledger.keepLeftovers(left);
    if (left.length > 0)
        run.ledger.warn(`${countRefs(left)} could not be removed: ${words}. ${TRIES_AGAIN}`);
}
const TRIES_AGAIN = 'The next run tries again.';
/**
 * A run has failed: what it left of a transfer in pieces stays for the next run where the failure passes, and is
 * removed where it does not. Either way the result names what stays. Never throws.
 */
async function settleAnchors(run, error) {
    const anchors = run.ledger.leftovers;
    if (anchors.length === 0)
        return;
    if (run.signal.aborted || isPassing(error)) {
        run.ledger.warn(`${countRefs(anchors)} stay at the destination: they keep what has arrived. The next run goes on behind it, and removes them.`);
        return;
    }
    try {
        const session = await receive_pack_session/* ReceivePackSession */.n.open(run.server);
        await removeAnchors(run, session);
        run.onClosing(session.leave());
        if (run.ledger.leftovers.length === 0)
            run.ledger.note('removed what had arrived of the history in pieces');
    }
    catch (thrown) {
        const words = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut' }).message;
        run.ledger.warn(`${countRefs(anchors)} stay at the destination: ${words}. The next run removes them.`);
    }
}
function isPassing(error) {
    return error.retryable || error.code === 'cancelled' || error.code === 'race' || error.code === 'limit';
}
function countRefs(names) {
    const [first = ''] = names;
    const folder = first.slice(0, first.lastIndexOf('/') + 1);
    return `${names.length} ref${names.length === 1 ? '' : 's'} of ours below ${folder}`;
}

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

;// CONCATENATED MODULE: ./build/plan/ref-table.js

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
                findFar ??= (0,steps/* runToEnd */.cd)(makeFindFar(refs));
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
        if (at % steps/* STEP_ITEMS */.eK === 0)
            yield;
        if (refs[at - 1].name >= refs[at].name)
            return yield* makeFindByMap(refs);
    }
    return (name) => findByHalves(refs, name);
}
function* makeFindByMap(refs) {
    const positions = new Map();
    for (let at = 0; at < refs.length; at++) {
        if (at % steps/* STEP_ITEMS */.eK === steps/* STEP_ITEMS */.eK - 1)
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
    const table = makeRefTable(destination.refs);
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
;// CONCATENATED MODULE: ./build/mirror/hold-back-diverged.js





/**
 * `force: false`: a branch whose old tip is no ancestor of the new one stays as it is.
 * @returns what is left to push.
 * @throws MirrorError of the source; `guard` where all refs or none are to move.
 */
async function holdBackDiverged({ options, source, signal }, ledger, updates) {
    const asked = questions(updates).filter((update) => !update.forced);
    if (asked.length === 0)
        return updates;
    ledger.figures.enter('negotiate');
    const answers = await (0,retry/* withRetries */.LH)(() => askAncestry(source.uploadPack, asked), {
        retries: options.retries,
        signal,
        onRetry: (error, delay) => ledger.note((0,retry/* describeRetry */.eV)('asking the source again', error, delay)),
    });
    const held = new Set();
    for (const [index, { ref }] of asked.entries()) {
        const answer = answers[index];
        if (answer === true)
            continue;
        held.add(ref);
        ledger.reject(diverged(ref, answer));
    }
    if (options.atomic && held.size > 0)
        throw atomicHeldBack([...held]);
    return updates.filter((update) => !held.has(update.ref));
}
/** `answer`: undefined where the source cannot tell. */
function diverged(ref, answer) {
    return {
        ref,
        action: 'update',
        reason: answer === false
            ? 'the branch diverged: its tip at the destination is not behind the source’s, and force is false'
            : 'the source’s protocol cannot tell whether this is a fast-forward, and force is false',
        advice: 'Merge the destination’s commits into the source, or set force: true to overwrite them.',
        warning: false,
    };
}
function atomicHeldBack(refs) {
    return new errors/* MirrorError */.En(`atomic: true was asked for, and force: false holds back ${(0,list_names/* listNames */.Z)(refs, 5)}: nothing is pushed`, {
        code: 'guard',
        side: 'destination',
        hint: 'Set force: true to overwrite what diverged, or atomic: false to push the other refs.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/secure-old-values.js










/** With more branches than this, none is asked about: each counts as one that may be overwritten. */
const MOST_QUESTIONS = 2000;
const MOST_NAMES = 5;
/**
 * With `backup`, a ref is overwritten or deleted only when the listing shows its old value under a name of ours. Those
 * names are made by a push of their own: a server may refuse some refs of a push that it calls atomic and move the
 * others (git's receive-pack does so for hidden refs).
 * @throws MirrorError `guard` where all refs or none are to move and an old value cannot be kept
 */
async function secureOldValues(context, secure) {
    const { options } = context;
    const { updates, session, learned, ledger } = secure;
    const { backup } = options;
    if (backup === undefined || options.dryRun || updates.length === 0) {
        return { updates, later: [], labels: undefined };
    }
    const labels = await askForced(context, ledger, updates);
    const isStanding = standingBackups(session.listing, ledger, backup.prefixes);
    const open = updates.filter((update) => losesValue(update, labels, options.force) && !isStanding(update));
    if (open.length === 0)
        return { updates, later: [], labels };
    const prefix = backup.prefixes[learned.backups.prefixAt];
    if (prefix === undefined) {
        secure_old_values_holdBack(open, { ledger, reason: learned.backups.reason, atomic: options.atomic });
        const held = new Set(open);
        return { updates: updates.filter((update) => !held.has(update)), later: [], labels };
    }
    const backups = makeBackups(open, session.listing, prefix);
    return { updates: backups, later: updates, labels };
}
function makeBackups(open, { refs, format }, prefix) {
    const taken = new Set(refs.map(({ name }) => name));
    const names = open.map(({ ref }) => ref);
    const time = (0,ours_backups/* freeBackupTime */.Oe)(names, taken, { prefix, now: Date.now() });
    const none = (0,object_id/* nullId */.BW)(format);
    return open.map(({ ref, old }) => ({
        ref: (0,ours_backups/* backupName */.aw)(prefix, time, ref),
        sourceRef: undefined,
        action: 'create',
        old: none,
        new: old,
        reason: 'keeps an old value',
        keeps: ref,
    }));
}
/** Whether this run has kept the old value of an update, by what the destination shows now. */
function standingBackups({ refs }, { backups }, prefixes) {
    if (backups.size === 0)
        return () => false;
    const kept = (0,ours_backups/* findBackups */.Tx)(refs, prefixes).filter(({ name }) => backups.has(name));
    const values = new Set(kept.map(({ ref, id }) => `${id} ${ref}`));
    return ({ ref, old }) => values.has(`${old} ${ref}`);
}
function losesValue(update, labels, force) {
    if (isDelete(update) || update.action === 'force')
        return true;
    if (update.action !== 'update')
        return false;
    // With `force: false` what is left was found to be a fast-forward.
    if (!force && update.forced !== true)
        return false;
    return labels.get(update.ref) !== true;
}
/** Which updates are fast-forwards, as far as the source can tell. */
async function askForced({ options, source, signal }, ledger, updates) {
    const asked = questions(updates).filter((update) => options.force || update.forced === true);
    const labels = new Map();
    if (asked.length === 0 || asked.length > MOST_QUESTIONS)
        return labels;
    ledger.figures.enter('negotiate');
    try {
        const answers = await (0,retry/* withRetries */.LH)(() => askAncestry(source.questions, asked), {
            retries: options.retries,
            signal,
            onRetry: (error, delay) => ledger.note(`asking the source again in ${(delay / 1000).toFixed(1)} s: ${error.message}`),
        });
        for (const [index, { ref }] of asked.entries()) {
            const answer = answers[index];
            if (answer !== undefined)
                labels.set(ref, answer);
        }
    }
    catch {
        signal.throwIfAborted();
        // What nobody can tell counts as overwritten: an old value too many harms nothing.
    }
    return labels;
}
/** No namespace is left: nothing is overwritten without its old value. */
function secure_old_values_holdBack(open, given) {
    const { ledger, atomic } = given;
    const reason = (0,printable/* printableLine */.oy)(given.reason, 300);
    const names = open.map(({ ref }) => ref);
    if (atomic) {
        throw new errors/* MirrorError */.En(`atomic: true was asked for, and the old values of ${(0,wording/* formatPlural */.yk)(names.length, 'ref')} cannot be kept (${(0,list_names/* listNames */.Z)(names, MOST_NAMES)}): ${reason}`, { code: 'guard', side: 'destination', hint: ADVICE });
    }
    for (const { ref, action } of open) {
        ledger.reject({
            ref,
            action,
            reason: `its old value cannot be kept at the destination: ${reason}`,
            advice: ADVICE,
            warning: false,
        });
    }
}
const ADVICE = 'Let backup name a namespace that the destination takes, such as refs/heads/backup/, or set backup: false to overwrite without keeping.';

;// CONCATENATED MODULE: ./build/mirror/plan-round.js















/** Push options that a warning names. */
const plan_round_MOST_NAMES = 5;
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
    const open = pending(plan, ledger, learned);
    const wanted = options.force ? open : await holdBackDiverged(context, ledger, open);
    const { updates, later, labels } = await secureOldValues(context, { ...round, updates: wanted });
    const isToldLater = !options.dryRun && [updates, later].some((some) => some.some(({ ref }) => ref === refs.head));
    if (!isToldLater)
        await rejectHeld(true);
    if (updates.length > 0 && session.listing.shallow.length > 0)
        ledger.warn(SHALLOW_DESTINATION);
    if (updates.length > 0)
        warnOfPushOptions(options.pushOptions, session, ledger);
    return { source, plan, updates, later, labels, refs, early };
}
const SHALLOW_DESTINATION = 'the destination is a shallow clone: it is sent whole objects, and history behind its boundary stays away';
function warnOfPushOptions(pushOptions, { listing }, ledger) {
    if (pushOptions.length === 0 || listing.capabilities.has('push-options'))
        return;
    ledger.warn(`the destination takes no push options, so none is sent: ${(0,list_names/* listNames */.Z)(pushOptions, plan_round_MOST_NAMES)} has no effect`);
}
/** The plan, with the destination's symbolic refs where they could matter. */
async function draftPlan(context, { session, learned, ledger }, source) {
    const { options } = context;
    const { listing } = session;
    const backups = (0,ours_backups/* knownBackupPrefixes */.go)(options.backup);
    const isTheirs = ({ name }) => !isAnchor(name) && !(0,ours_backups/* isBackup */.rk)(name, backups);
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
    if (!isInDoubt && !plan.updates.some(isDelete)) {
        prepare();
        return { plan, refs: plain, early: undefined };
    }
    let early;
    if (mayStartEarly(context, plan, learned) && !ledger.hasRejected) {
        await context.admit();
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
    return plan.defaultBranchDelete === undefined && !plan.updates.some(isDelete);
}
/** The plan's updates that were not judged in an earlier round; the default branch goes last, alone. */
function pending(plan, ledger, { brokenIds }) {
    const left = plan.updates.filter((update) => !ledger.isRejected(update.ref) && !brokenIds.has(update.new));
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

// EXTERNAL MODULE: ./build/protocol/capabilities.js
var protocol_capabilities = __webpack_require__(98543);
;// CONCATENATED MODULE: ./build/mirror/state/piece-weight.js
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

;// CONCATENATED MODULE: ./build/mirror/state/cut-search.js

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
    if (left === undefined || state.tries >= TRUSTED_TRIES)
        return middle;
    const aim = aimAt(state, maxBytes);
    for (const [before, after] of cut_search_linesOf(state, left)) {
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
    return left === undefined ? top - low : (top - low) * Math.min(1, aimAt(state, maxBytes) / left);
}
/** Objects that a pack up to `at` is expected to hold; undefined while nothing is known. */
function expectObjects(state, at) {
    if (state.left === undefined)
        return undefined;
    for (const [before, after] of cut_search_linesOf(state, state.left)) {
        if (after.at < at)
            continue;
        const part = (at - before.at) / Math.max(1, after.at - before.at);
        return before.objects + part * (after.objects - before.objects);
    }
    return state.left;
}
/** From mark to mark: between them a history is taken to be even. */
function cut_search_linesOf({ low, from, top, marks }, left) {
    const points = [{ at: Math.max(low, from), objects: 0 }, ...marks, { at: top, objects: left }];
    return points.slice(1).map((after, index) => [points[index], after]);
}

;// CONCATENATED MODULE: ./build/mirror/state/piece-state.js


/** `top`: a moment after the newest commit, in seconds since 1970. */
function newPieceState(top) {
    return {
        ...newSearch({ kind: 'time' }, { low: 0, top, isLowKnown: false, from: 0 }),
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
    return state.left === undefined || isLeftLight(state, maxBytes);
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
    return { ...state, overflow, ...weighOverflow(state, overflow) };
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
    const misled = objects * MISLED_FACTOR < (expectObjects(state, at) ?? 0);
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
        overflow: leftOfOverflow(state.overflow, piece),
        lastWeight: weight,
        weightBefore: state.lastWeight,
        surprise: surpriseOf(state, piece),
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
    const entered = { ...newSearch(axis, range), left: seen, isWholeTooLarge: seen !== undefined };
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
        ...newSearch(axis, { low, top, isLowKnown, from }),
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

;// CONCATENATED MODULE: ./build/mirror/state/thin-or-whole.js
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

// EXTERNAL MODULE: ./build/base/crypto.js
var base_crypto = __webpack_require__(26039);
;// CONCATENATED MODULE: ./build/mirror/pieces/anchor-prefix.js







/** These say nothing about a namespace: any other push would fail like this one. */
const ABOUT_ANY_PUSH = new Set([
    'auth',
    'not-found',
    'host-key',
    'connect',
    'cancelled',
    'local',
]);
/**
 * Where the anchors of this destination go: where earlier ones are, else below `refs/kalandra/` if a small push there
 * succeeds, else below `refs/tags/`. A piece would be a large price for learning that.
 * @throws MirrorError of the destination, where no push at all would succeed.
 */
async function chooseAnchorPrefix(run, held) {
    const shown = shownPrefix(held.session.listing.refs);
    if (shown !== undefined)
        return shown;
    if (await takesProbe(run, held)) {
        run.ledger.keepLeftovers([...run.ledger.leftovers, ANCHOR_PROBE]);
        return ANCHOR_PREFIX;
    }
    run.ledger.note(`the destination takes no refs below ${ANCHOR_PREFIX}: tags keep what has arrived`);
    // What the server said about the probe is not about what comes next.
    held.session.abort();
    held.session = await receive_pack_session/* ReceivePackSession */.n.open(run.server);
    return ANCHOR_TAG_PREFIX;
}
async function takesProbe(run, held) {
    if (!held.session.usable)
        held.session = await receive_pack_session/* ReceivePackSession */.n.open(run.server);
    const { session } = held;
    const { format, refs } = session.listing;
    const [there] = refs;
    const probe = there === undefined ? await makeProbe(format) : { id: there.id, pack: (0,protocol_pack/* emptyPack */.pb)(format) };
    run.ledger.figures.pushes++;
    try {
        const report = await session.push({
            commands: [{ kind: 'update', ref: ANCHOR_PROBE, old: (0,object_id/* nullId */.BW)(format), new: probe.id }],
            atomic: false,
            plain: !run.mode.agent,
            pack: probe.pack,
        });
        if (!session.forgets)
            await session.close();
        return report?.unpack === 'ok' && report.refs.get(ANCHOR_PROBE)?.ok === true;
    }
    catch (thrown) {
        run.signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'destination' });
        if (ABOUT_ANY_PUSH.has(error.code))
            throw error;
        return false;
    }
}
const CONTENT = new TextEncoder().encode('kalandra');
const PACK_TYPE_BLOB = 3;
/** A file of a few bytes, for a repository that has nothing yet that a ref could name (gitformat-pack). */
async function makeProbe(format) {
    const { deflateSync } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 38522, 19));
    const { createHash } = (0,base_crypto/* loadCrypto */.Q)();
    const id = createHash(format).update(`blob ${CONTENT.length}\0`).update(CONTENT).digest('hex');
    const header = Uint8Array.from((0,protocol_pack/* emptyPack */.pb)(format).subarray(0, protocol_pack/* PACK_HEADER_LENGTH */.z5));
    header[protocol_pack/* PACK_HEADER_LENGTH */.z5 - 1] = 1;
    const entry = Uint8Array.of((PACK_TYPE_BLOB << 4) | CONTENT.length);
    const body = (0,bytes/* concatBytes */.Id)([header, entry, deflateSync(CONTENT)]);
    return { id, pack: (0,bytes/* concatBytes */.Id)([body, createHash(format).update(body).digest()]) };
}

;// CONCATENATED MODULE: ./build/mirror/pieces/narrow-down.js


/** Each of these searches is about ancestors of the one around it: no real history needs nearly so many. */
const MOST_SEARCHES = 1000;
/**
 * What lies behind `ids` is too large, and everything before it has arrived: several are sent in parts, and one is
 * cut by depth.
 * @param isAll they are all that is wanted.
 */
async function narrowDown({ run }, state, ids, { isAll }) {
    if (state.outer.length >= MOST_SEARCHES) {
        throw new errors/* MirrorError */.En('the source shows a history that cannot be cut into pieces', {
            code: 'limit',
            side: 'source',
        });
    }
    const [tip, ...others] = isAll ? await orderTips(run.source, ids) : ids;
    if (tip === undefined)
        throw new errors/* MirrorError */.En('there is nothing to cut into pieces', { code: 'protocol' });
    const isOne = others.length === 0 && !state.byTips;
    const axis = isOne
        ? { kind: 'depth', tip, isAll }
        : { kind: 'tips', ids: [tip, ...others], isAll };
    return { kind: 'again', state: enterAxis(state, axis) };
}
/** Tags in the order of their versions, then the other refs: older history first, as far as names tell. */
async function orderTips(source, ids) {
    const { refs } = await source.listing();
    const collator = new Intl.Collator('en', { numeric: true });
    const rank = (name) => (name.startsWith('refs/tags/') ? 0 : 1);
    const wanted = new Set(ids);
    const named = refs
        .filter((ref) => wanted.has(ref.id))
        .toSorted((a, b) => rank(a.name) - rank(b.name) || collator.compare(a.name, b.name));
    return [...new Set([...named.map((ref) => ref.id), ...ids])];
}

;// CONCATENATED MODULE: ./build/mirror/pieces/open-fetch.js

/**
 * Asks the source and waits for the header of the pack.
 * @returns the number of objects alone where that is refused.
 * @throws MirrorError of the source.
 */
async function openFetch(run, { listing, refuses, thin, ...question }) {
    const fetching = await run.source.uploadPack.fetch({
        ...question,
        thin: thin && run.mode.thin && !listing.capabilities.has('no-thin'),
        ofsDelta: listing.capabilities.has('ofs-delta'),
    });
    const pack = await openPack(fetching);
    if (!refuses(pack.objects))
        return { pack, isThin: thin };
    pack.source.cancel();
    return pack.objects;
}
/** Bytes of a pack that fits nowhere: read and thrown away, up to `most`. */
async function measurePack(pack, most) {
    let bytes = 0;
    for (let slice = await pack.source.next(); slice; slice = await pack.source.next()) {
        bytes += slice.length;
        if (bytes < most)
            continue;
        pack.source.cancel();
        break;
    }
    return bytes;
}

;// CONCATENATED MODULE: ./build/mirror/pieces/piece-maker.js


/** Refs that keep one piece, at most: with more tips the cut is moved. */
const MOST_ANCHORS = 2000;
/** What names a question to the source, as long as nothing more arrives. */
function keyOf(wants) {
    return wants.join(' ');
}
/**
 * Asks for everything behind `wants` that did not arrive.
 * @returns the number of objects alone where those are too many.
 * @throws MirrorError of the source.
 */
async function openPiece(options, state, wants, mostObjects = Infinity) {
    const { run, maxBytes, refused } = options;
    // A moment that no estimate finds is cut by order in the end; no bytes are spent on doubt before that.
    const trusted = state.axis.kind === 'time' ? { ...state, tries: 0 } : state;
    const refuses = (objects) => objects > mostObjects || isHopeless(trusted, objects, maxBytes);
    const before = refused.get(keyOf(wants));
    if (before !== undefined && (before.isCutOff || refuses(before.objects)))
        return before.objects;
    const opened = await openFetch(run, {
        ...questionOf(options, state, wants),
        thin: run.thinness.isThin,
        refuses,
    });
    if (typeof opened === 'number')
        refused.set(keyOf(wants), { objects: opened, isCutOff: false });
    return opened;
}
/** As `openPiece`, in the smallest form, and refused by no estimate. @throws MirrorError of the source. */
async function openAlone(options, state, wants) {
    const question = questionOf(options, state, wants);
    const opened = await openFetch(options.run, { ...question, thin: true, refuses: () => false });
    if (typeof opened === 'number')
        throw new Error('a pack was refused that nothing refuses');
    return opened;
}
function questionOf({ listing, arrived, haves }, { floor }, wants) {
    return { listing, wants, haves: [...new Set([...floor, ...arrived, ...haves])] };
}
/** Whether a pack holds nothing: then all that it was asked for is there. It is read to its end. */
async function isEmpty({ pack }) {
    if (pack.objects > 0)
        return false;
    while (await pack.source.next())
        ;
    return true;
}
/** `ids` without those that the destination shows, or that arrived. */
function leaveOutKnown({ arrived, haves }, ids) {
    const known = new Set([...arrived, ...haves]);
    return ids.filter((id) => !known.has(id));
}

;// CONCATENATED MODULE: ./build/mirror/pieces/cut-by-order.js





/** The depth of a history is looked for in steps of this factor. */
const DEPTH_FACTOR = 8;
const FIRST_DEPTH = 4;
/** Git counts no further. */
const DEEPEST = 2 ** 31 - 2;
/**
 * Tries the next point of a history without asking for dates: so many steps behind a tip, or the first of some tips.
 * @throws MirrorError of the source.
 */
async function cutByOrder(options, from) {
    const state = from.isLowKnown ? from : await findDepth(options, from);
    const at = chooseCut(state, options.maxBytes);
    if (at === undefined)
        return await cutLayer(options, state);
    const ids = await idsAt(options, state, at);
    if (ids.length === 1 && isTip(state, ids[0]))
        return { kind: 'again', state: noteTooLarge(state, at, undefined) };
    const unknown = leaveOutKnown(options, ids);
    if (unknown.length === 0)
        return { kind: 'again', state: noteNothingBefore(state, at, ids) };
    if (unknown.length > MOST_ANCHORS)
        return { kind: 'again', state: noteTooLarge(state, at, undefined) };
    const opened = await openPiece(options, state, unknown);
    if (typeof opened === 'number')
        return { kind: 'again', state: noteTooLarge(state, at, opened) };
    if (await isEmpty(opened))
        return { kind: 'again', state: noteNothingBefore(state, at, ids) };
    return { kind: 'piece', state, ids: unknown, at, opened, alone: undefined };
}
/**
 * Looks for a depth at which nothing is left.
 * A question about depth reads no files: it is cheap, and few are needed.
 */
async function findDepth(options, state) {
    for (let depth = FIRST_DEPTH;; depth *= DEPTH_FACTOR) {
        const ids = depth < DEEPEST ? await idsAt(options, state, -depth) : [];
        if (leaveOutKnown(options, ids).length > 0)
            continue;
        return { ...noteNothingBefore(state, -Math.min(depth, DEEPEST), ids), isLowKnown: true, tries: 0 };
    }
}
/**
 * Everything below `high` has arrived, and what lies there is too large: each of its commits is sent by itself. One
 * that is the tip itself has no parents that did not arrive: then nothing smaller can be asked for.
 */
async function cutLayer(options, state) {
    const { axis, high, top } = state;
    if (axis.kind === 'tips') {
        const tip = axis.ids[high - 1];
        return state.byTips
            ? await sendAlone(options, state, { id: tip, kind: 'between-refs' })
            : await narrowDown(options, state, [tip], { isAll: false });
    }
    const ids = await idsAt(options, state, high);
    if (ids.length === 1 && isTip(state, ids[0])) {
        // A commit is one step behind itself; what is not is a tag, a file or a folder.
        return await sendAlone(options, state, { id: ids[0], kind: high < top ? 'commit' : 'object' });
    }
    const unknown = leaveOutKnown(options, ids);
    if (unknown.length === 0)
        return { kind: 'again', state: noteNothingBefore(state, high, ids) };
    return await narrowDown(options, state, unknown, { isAll: false });
}
/** The one object is asked for with its parents as haves, whatever estimates say. */
async function sendAlone(options, state, alone) {
    const isByDepth = state.axis.kind === 'depth';
    const at = isByDepth ? state.top : state.high;
    // They have arrived; named one by one they hold where a source looks for what they reach by dates.
    const parents = isByDepth ? await idsAt(options, state, -2) : [];
    const opened = await openAlone(options, { ...state, floor: [...state.floor, ...parents] }, [alone.id]);
    if (await isEmpty(opened))
        return { kind: 'again', state: noteNothingBefore(state, at, [alone.id]) };
    return { kind: 'piece', state, ids: [alone.id], at, opened, alone };
}
/** The commits at a point; empty where the history is not so deep. */
async function idsAt({ run }, { axis }, at) {
    if (axis.kind === 'tips')
        return axis.ids.slice(0, at);
    if (axis.kind === 'time')
        return [];
    return at === 0 ? [axis.tip] : await askBoundary(run.source.questions, [axis.tip], -at);
}
function isTip({ axis }, id) {
    return axis.kind === 'depth' && id === axis.tip;
}

;// CONCATENATED MODULE: ./build/mirror/history/time-cut.js


/**
 * Asks for the boundary of the history of `tips` at `since` (seconds since 1970): `want`, `have`,
 * `deepen-since`, `done` is answered with shallow lines and an empty pack (gitprotocol-v2, "fetch").
 * A moment after the newest commit makes git end the answer early (D4).
 * @throws MirrorError of the source.
 */
async function askTimeCut(source, tips, since) {
    const session = await source.lease();
    try {
        const fetching = await session.fetch({
            wants: tips,
            haves: tips,
            thin: true,
            ofsDelta: true,
            deepenSince: since,
        });
        await skipEmptyPack(fetching);
        source.release(session);
        const ids = fetching.answer.shallow;
        return ids.length === 0 ? { kind: 'before' } : { kind: 'cut', ids };
    }
    catch (thrown) {
        source.server.signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source' });
        if (isEmptySlice(error.serverText ?? '') || error.code === 'cut')
            return { kind: 'after' };
        throw error;
    }
}
/** Questions of one search: what is not found by then is not worth more of them. */
const SEARCH_QUESTIONS = 40;
/** Which of `ids` are newer than `limit` (seconds since 1970), a few of many: asked for halves, and halves of halves. */
async function findNewer(source, ids, limit) {
    const newer = [];
    const parts = [ids];
    for (let asked = 0; parts.length > 0 && asked < SEARCH_QUESTIONS; asked++) {
        const part = parts.pop();
        const { kind } = await askTimeCut(source, part, limit);
        if (kind === 'after')
            continue;
        if (part.length === 1)
            newer.push(...part);
        else
            parts.push(part.slice(part.length >> 1), part.slice(0, part.length >> 1));
    }
    return newer;
}
/**
 * Those of `ids` that come first after `from` (seconds since 1970): a merge of what ended before, made long after,
 * would bring everything up to itself.
 *
 * @param top a moment after all of them
 */
async function findOldest(source, ids, { from, top }) {
    for (let span = 1; ids.length > 1 && from + span < top; span *= 4) {
        const newer = new Set(await findNewer(source, ids, from + span));
        if (newer.size < ids.length)
            return ids.filter((id) => !newer.has(id));
    }
    return ids;
}
function isEmptySlice(words) {
    return /no commits selected/i.test(words);
}

;// CONCATENATED MODULE: ./build/mirror/pieces/cut-by-time.js






/** Few histories are older than Git itself, in seconds since 1970. */
const GIT_BEGAN_SECONDS = Date.UTC(2005, 0) / 1000;
/** The beginning is known well enough within this part of the whole: the first cut is not far from there. */
const BEGINNING_PART = FIRST_OBJECTS_PART;
/** Moments that are tried for one piece: dates that tell nothing by then are not asked about any more. */
const MOST_TRIES = 10;
/** Dates that have told nothing so many times are not asked about in this run any more. */
const MOST_FAILURES = 2;
/** A piece with this many times the expected objects is checked: the merge of an old branch may have dragged them in. */
const SUSPICIOUS_FACTOR = 1.5;
/** With so many times of them they are taken for certain, though the pack may fit. */
const DRAGGED_FACTOR = 4;
/** So few objects are never too many. */
const FEW_OBJECTS = 100;
/** Tries the next moment to cut at. @throws MirrorError of the source. */
async function cutByTime(options, from) {
    const { maxBytes } = options;
    let state = from;
    if (state.isTimeless || state.timeFailures >= MOST_FAILURES)
        return await cutAll(options, state);
    let asked;
    if (!state.isLowKnown)
        ({ state, asked } = await findBeginning(options, state));
    const since = state.tries < MOST_TRIES ? chooseCut(state, maxBytes) : undefined;
    if (since === undefined)
        return await cutMoment(options, state);
    const cut = asked?.since === since ? asked.cut : await ask(options, since);
    if (cut.kind === 'before')
        return { kind: 'again', state: noteNothingBefore(state, since) };
    if (cut.kind === 'after')
        return { kind: 'again', state: noteNothingAfter(state, since) };
    const unknown = leaveOutKnown(options, cut.ids);
    if (unknown.length === 0)
        return { kind: 'again', state: noteNothingBefore(state, since) };
    const limit = limitOf(state, since, maxBytes);
    const ids = leaveOutNewer(state, unknown, limit);
    if (ids.length === 0) {
        return {
            kind: 'again',
            state: await noteMerges(options, state, { ids: unknown, since, objects: undefined }),
        };
    }
    if (ids.length > MOST_ANCHORS)
        return { kind: 'again', state: noteTooLarge(state, since, undefined) };
    return await tryIds(options, state, { ids, since, limit });
}
/** No moment gives a piece: what begins at `high` is cut by other means. */
async function cutMoment(options, state) {
    const { high, top } = state;
    const cut = high < top ? await ask(options, high) : { kind: 'after' };
    const ids = cut.kind === 'cut' ? leaveOutKnown(options, cut.ids) : [];
    if (ids.length === 0)
        return await cutAll(options, state);
    const noted = { ...state, timeFailures: state.timeFailures + 1 };
    return await narrowDown(options, noted, ids, { isAll: false });
}
async function cutAll(options, state) {
    return await narrowDown(options, { ...state, high: state.top }, options.wants, { isAll: true });
}
async function tryIds(options, state, cut) {
    const { ids, since, limit } = cut;
    const aim = aimAt(state, options.maxBytes);
    const opened = await openPiece(options, state, ids, Math.max(FEW_OBJECTS, DRAGGED_FACTOR * aim));
    if (typeof opened !== 'number') {
        if (await isEmpty(opened))
            return { kind: 'again', state: noteNothingBefore(state, since, ids) };
        return { kind: 'piece', state, ids, at: since, opened, alone: undefined };
    }
    const objects = opened;
    const expected = Math.min(aim, expectObjects(state, since) ?? objects);
    if (objects <= SUSPICIOUS_FACTOR * expected) {
        return { kind: 'again', state: noteTooLarge(state, since, objects) };
    }
    // A merge long after `since` of a branch that ended before it is one of the ids, and brings everything up to
    // itself: such ones are left for later.
    const newer = await findNewer(options.run.source.questions, ids, limit);
    const noted = noteNewer(state, newer, limit);
    const older = leaveOutNewer(noted, ids, limit);
    if (older.length === 0) {
        return { kind: 'again', state: await noteMerges(options, noted, { ids, since, objects }) };
    }
    if (newer.length === 0)
        return { kind: 'again', state: noteTooLarge(noted, since, objects) };
    return await tryIds(options, noted, { ...cut, ids: older });
}
/**
 * All of `ids`, the oldest commits at `since` that did not arrive, are much newer. Where the same ones are the oldest
 * right behind what arrived, they are merges of old branches and nothing lies between; else it is larger than a piece.
 */
async function noteMerges(options, state, cut) {
    const { ids, since, objects } = cut;
    const first = await ask(options, state.low + 1);
    const before = new Set(first.kind === 'cut' ? leaveOutKnown(options, first.ids) : []);
    const isSame = before.size === ids.length && ids.every((id) => before.has(id));
    return isSame ? noteNothingBefore(state, since) : noteTooLarge(state, since, objects);
}
/** Commits behind this moment belong to a later piece, whatever they were made of; the narrower the more was tried. */
function limitOf(state, since, maxBytes) {
    const span = Math.max(since - state.low, state.tries < 2 ? expectSpan(state, maxBytes) : 0);
    return since + Math.max(1, Math.floor(span / 4));
}
/**
 * Looks for the time of the first commit: each question costs the server a walk through the history, so one that
 * begins when most long ones do, or a little later, is taken at that.
 *
 * @returns what was asked, too, where that is likely to be the first cut.
 */
async function findBeginning(options, from) {
    let state = from;
    let since = Math.floor(GIT_BEGAN_SECONDS + (state.top - GIT_BEGAN_SECONDS) * BEGINNING_PART);
    let high = state.top;
    for (let first = true;; first = false) {
        if (since > state.low && since < high) {
            const cut = await ask(options, since);
            const { kind } = cut;
            if (first && kind === 'cut') {
                return { state: { ...state, from: GIT_BEGAN_SECONDS, isLowKnown: true }, asked: { since, cut } };
            }
            if (kind === 'before')
                state = noteNothingBefore(state, since);
            else
                high = since;
            if (kind === 'after')
                state = noteNothingAfter(state, since);
        }
        if (high - state.low < 2 || high - state.low <= (state.top - state.low) * BEGINNING_PART)
            break;
        since = state.low + Math.floor((high - state.low) / 2);
    }
    return { state: { ...state, isLowKnown: true, tries: 0 } };
}
async function ask({ run, wants }, since) {
    return await askTimeCut(run.source.questions, wants, since);
}

;// CONCATENATED MODULE: ./build/mirror/pieces/next-piece.js





/** All that is left was taken to fit so many times and did not: from then on it is sent as a piece, too. */
const MOST_REST_OVERFLOWS = 3;
/**
 * Cuts the next piece off a history, and asks the source for it, until the header of a pack shows that it will fit
 * one push. Nothing is sent to the destination.
 *
 * Time is the first guess. Where no moment gives a piece that fits, the history behind what is too large is cut by
 * depth and by tips, which needs no dates: each step goes to ancestors of what was too large, until something fits
 * or one commit is left whose parents have all arrived.
 * @throws MirrorError of the source.
 */
async function makeNextPiece(options, from) {
    let state = from;
    for (;;) {
        const step = await takeStep(options, state);
        if (step.kind !== 'again')
            return step;
        state = step.state;
    }
}
async function takeStep(options, state) {
    const { axis, low, top, outer } = state;
    if (outer.length > 0 && low >= top)
        return { kind: 'again', state: leaveAxis(state) };
    try {
        if (state.isAllSent || restFits(state, options.maxBytes))
            return await sendWhole(options, state);
        return await (axis.kind === 'time' ? cutByTime(options, state) : cutByOrder(options, state));
    }
    catch (error) {
        const plainer = askPlainer(state, error);
        if (plainer === undefined)
            throw error;
        if (plainer.byTips)
            noteByTips(options.run);
        return { kind: 'again', state: plainer };
    }
}
/** All that is left: of the history, or of what the search was narrowed down to. */
async function sendWhole(options, state) {
    const { axis, isAllSent } = state;
    const wants = next_piece_wantsOf(options, state);
    const opened = isAllSent ? await openAlone(options, state, wants) : await openPiece(options, state, wants);
    if (typeof opened === 'number')
        return { kind: 'again', state: noteWholeTooLarge(state, opened) };
    const { objects } = opened.pack;
    const known = noteLeft(state, objects);
    const isAll = axis.kind === 'time' || axis.isAll;
    if (isAll && (objects === 0 || isAllSent || state.restOverflows < MOST_REST_OVERFLOWS)) {
        return { kind: 'rest', state: known, opened };
    }
    if (await isEmpty(opened))
        return { kind: 'again', state: { ...known, low: state.top } };
    const ids = leaveOutKnown(options, wants);
    if (ids.length <= MOST_ANCHORS) {
        return { kind: 'piece', state: known, ids, at: state.top, opened, alone: undefined };
    }
    opened.pack.source.cancel();
    return { kind: 'again', state: noteWholeTooLarge(state, objects) };
}
function next_piece_wantsOf({ wants }, { axis }) {
    if (axis.kind === 'time')
        return wants;
    return axis.kind === 'tips' ? axis.ids : [axis.tip];
}
const REFUSES_DEPTH = new Set(['server', 'protocol', 'http']);
/**
 * A source that refuses what dates need is asked about depth, and one that refuses that is asked for its tips.
 * Undefined where the error says something else, or nothing is left to try.
 */
function askPlainer(state, error) {
    if (!(error instanceof errors/* MirrorError */.En) || error.side !== 'source' || error.retryable)
        return undefined;
    if (!REFUSES_DEPTH.has(error.code) || state.byTips)
        return undefined;
    const restarted = restartSearch(state);
    const isAboutTime = state.axis.kind === 'time' && !state.isTimeless;
    return { ...restarted, isTimeless: true, byTips: !isAboutTime };
}
function noteByTips(run) {
    run.ledger.note('the source gives nothing but the tips of its refs: cutting along tags and branches, as far as that goes');
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/base/memory.js
var memory = __webpack_require__(44225);
;// CONCATENATED MODULE: ./build/mirror/pack/given-slices.js

/** Bytes that are remembered until they are written; the memory of more is left to the garbage collector. */
const REMEMBERED_BYTES = 1024 * 1024;
/** Slices of a pack that were handed on and are not known to be written. */
class GivenSlices {
    #slices = [];
    #bytes = 0;
    /** `batch` was handed on. `written`: all of it, and what was handed on before, is written; `next` comes behind it. */
    settle(batch, { written, next }) {
        for (const slice of batch) {
            this.#slices.push(slice);
            this.#bytes += slice.length;
        }
        // Slices arrive in chunk order, so every chunk before the one of `next` is fully used.
        if (written)
            (0,memory/* releaseMemory */.H)(this.#slices.filter(({ buffer }) => buffer !== next.buffer));
        if (!written && this.#bytes <= REMEMBERED_BYTES)
            return;
        this.#slices = [];
        this.#bytes = 0;
    }
}

;// CONCATENATED MODULE: ./build/mirror/pack/relay.js




/** About so many bytes are handed on at once: a slow destination gets what piled up in few writes. */
const BATCH_BYTES = 256 * 1024;
/** After a smaller batch the relay waits a moment for more: each write wakes other programs. */
const SMALL_BATCH_BYTES = 128 * 1024;
const GATHER_MS = 1;
/** So many bytes of a pack pass without any such wait: a small pack is not held up. */
const EAGER_BYTES = 1024 * 1024;
/**
 * Hands the slices of a pack on, unchanged, as the destination pulls them: those that are here together, together.
 * The last slice is held back, so that the last bytes leave only when the trailer was right: a pack that is
 * damaged on its way never looks complete to the destination (E7).
 */
class Relay {
    bytes = 0;
    /** The pack was handed on to its last byte. */
    complete = false;
    /** Why it was not: the source's failure, or the limit of size. */
    error;
    #options;
    constructor(options) {
        this.#options = options;
    }
    /** Memory of what was written is given back at once, unless others read it (`TurnBody` tells how that is known). */
    async *body() {
        const { pack, format, destination } = this.#options;
        const checker = new protocol_pack/* PackChecker */.BB(format);
        let held = [];
        const given = new GivenSlices();
        try {
            for (;;) {
                destination.pause();
                const first = await pack.source.next();
                destination.resume();
                if (first === undefined)
                    break;
                const batch = [...held, ...this.#gather(first, checker)];
                held = batch.splice(-1);
                if (batch.length === 0)
                    continue;
                pack.source.pause();
                const length = this.#count(batch);
                const written = yield batch;
                if (!pack.shared)
                    given.settle(batch, { written: written === true, next: held[0] });
                if (length < SMALL_BATCH_BYTES && this.bytes > EAGER_BYTES)
                    await (0,promises_.setTimeout)(GATHER_MS);
                pack.source.resume();
            }
            checker.finish();
            this.complete = true;
            this.#count(held);
            yield held;
        }
        catch (error) {
            this.error = (0,errors/* toMirrorError */.Ho)(error, { code: 'cut', side: 'source', retryable: true });
            throw this.error;
        }
        finally {
            destination.resume();
            if (!this.complete)
                pack.source.cancel(this.error);
        }
    }
    /** `first` and what came with it. */
    #gather(first, checker) {
        const { pack, maxBytes } = this.#options;
        const slices = [];
        let length = 0;
        for (let slice = first; slice;) {
            checker.update(slice);
            if (maxBytes !== undefined && checker.bytes > maxBytes)
                throw tooLarge(maxBytes);
            slices.push(slice);
            length += slice.length;
            slice = length < BATCH_BYTES ? pack.source.nextNow() : undefined;
        }
        return slices;
    }
    /** @returns their length. */
    #count(slices) {
        let length = 0;
        for (const slice of slices)
            length += slice.length;
        this.bytes += length;
        this.#options.onBytes(this.bytes);
        return length;
    }
}
/** Our own limit, reached. */
function tooLarge(maxBytes) {
    return new errors/* MirrorError */.En(`the pack is larger than the ${maxBytes} bytes of one push`, {
        code: 'too-large',
        side: 'destination',
    });
}

;// CONCATENATED MODULE: ./build/mirror/pack/pack-to-send.js



/**
 * Makes a pack ready to be sent in the manner that this destination needs; one that is to be collected is waited
 * for here.
 * @throws MirrorError of the source, `too-large` at our own limit, `local` when the disk cannot take it.
 */
async function prepareOutgoing(options) {
    const { pack } = options;
    const { source, waited } = watchHunger(pack.source);
    const opened = { ...pack, source };
    if (options.spool)
        return await collect({ ...options, pack: opened });
    const relay = new Relay({ ...options, pack: opened });
    return {
        pack: relay.body(),
        length: undefined,
        bytes: () => relay.bytes,
        error: () => relay.error,
        starved: waited,
        dispose: async () => {
            if (!relay.complete)
                source.cancel();
            options.onSent(relay.bytes);
        },
    };
}
async function collect(options) {
    const { onBytes } = options;
    // Nothing is sent meanwhile: the destination's clock stands.
    options.destination.pause();
    const relay = new Relay({ ...options, destination: NO_CLOCK });
    const { spoolPack } = await __webpack_require__.e(/* import() */ 5077).then(__webpack_require__.bind(__webpack_require__, 85077));
    const spooled = await spoolPack(relay.body(), {
        onDisk: (folder) => options.note(`the pack does not fit in memory: keeping it in a temporary file in ${folder}`),
    });
    const { length } = spooled;
    const where = spooled.onDisk ? 'in a temporary file' : 'in memory';
    options.note(`collected a pack of ${length} bytes ${where} before sending it`);
    let sent = 0;
    const onSlice = (bytes) => {
        sent += bytes;
        onBytes(sent);
    };
    return {
        pack: counted(spooled.body(), onSlice),
        length,
        bytes: () => sent,
        error: () => undefined,
        starved: () => 0,
        dispose: async () => {
            options.onSent(sent);
            await spooled.dispose();
        },
    };
}
const NO_CLOCK = { pause: () => undefined, resume: () => undefined };
async function* counted(slices, onSlice) {
    for await (const slice of slices) {
        onSlice(slice.length);
        yield slice;
    }
}
/** The same stream, with a clock for the time that its reader waits. */
function watchHunger(stream) {
    let since;
    let last = 0;
    const source = (0,pack_stream/* tap */.M)(stream, {
        onWait: (isWaiting) => {
            const now = performance.now();
            if (!isWaiting && since !== undefined)
                last = now - since;
            since = isWaiting ? now : undefined;
        },
    });
    return {
        source,
        waited: () => Math.max(last, since === undefined ? 0 : performance.now() - since),
    };
}

;// CONCATENATED MODULE: ./build/mirror/pieces/push-piece.js




/**
 * Pushes one piece.
 * @returns its bytes, and whether it arrived: false where it went over the limit, and was ended there.
 * @throws MirrorError of either server.
 */
async function pushPiece(run, held, piece) {
    const { pack } = piece;
    run.ledger.figures.enter('transfer');
    const label = run.server.remote.label;
    const watched = watchEnd(pack, piece.onStreamed);
    const outgoing = await prepareOutgoing({
        spool: run.mode.spool,
        note: (text) => run.ledger.note(text),
        onSent: (bytes) => (run.ledger.figures.packBytes += bytes),
        pack: watched,
        format: held.session.listing.format,
        maxBytes: piece.maxBytes,
        destination: { pause: () => held.session.pause(), resume: () => held.session.resume() },
        onBytes: (bytes) => run.reporter({ kind: 'progress', destination: label, bytes, objects: pack.objects }),
    }).catch((error) => {
        if (error instanceof errors/* MirrorError */.En && error.code === 'too-large')
            return undefined;
        throw error;
    });
    if (outgoing === undefined)
        return { arrived: false, bytes: 0 };
    try {
        if (!held.session.usable)
            held.session = await receive_pack_session/* ReceivePackSession */.n.open(run.server);
        run.ledger.figures.pushes++;
        const report = await held.session.push({
            commands: piece.anchors,
            atomic: false,
            plain: !run.mode.agent,
            pack: outgoing.pack,
            packLength: outgoing.length,
        });
        const failure = outgoing.error();
        if (failure !== undefined)
            throw failure;
        if (report !== undefined)
            requireOk(report, piece.anchors, held.session.lines);
        run.ledger.figures.objects += pack.objects;
        return { arrived: true, bytes: outgoing.bytes() };
    }
    catch (thrown) {
        const failure = outgoing.error();
        if (failure?.code === 'too-large')
            return { arrived: false, bytes: outgoing.bytes() };
        throw failure ?? (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'destination', retryable: true });
    }
    finally {
        const { session } = held;
        run.lines = session.lines;
        run.pieces = { ...run.pieces, lastBytes: outgoing.bytes(), lastStarved: outgoing.starved() };
        await outgoing.dispose();
        if (!session.forgets)
            await session.close();
    }
}
/** The same pack, telling with its bytes when the source has given all of it. */
function watchEnd(pack, onEnd) {
    if (onEnd === undefined)
        return pack;
    let bytes = 0;
    const source = (0,pack_stream/* tap */.M)(pack.source, {
        onSlice: ({ length }) => (bytes += length),
        onEnd: () => onEnd(bytes),
    });
    return { ...pack, source };
}
/** The words of the server beside its report that an error quotes, the last of them. */
const MOST_LINES = 20;
/** @throws MirrorError with the server's words, those beside the report too. */
function requireOk(report, anchors, lines) {
    const quote = (words) => [words, ...lines.slice(-MOST_LINES)].join('\n');
    if (report.unpack !== 'ok') {
        throw new errors/* MirrorError */.En(`the destination could not take a piece of the history: ${report.unpack}`, {
            code: 'unpack',
            side: 'destination',
            serverText: quote(report.unpack),
        });
    }
    for (const { ref } of anchors) {
        const words = report.refs.get(ref);
        if (words?.ok === true)
            continue;
        const reason = words?.reason ?? 'it said nothing about it';
        throw new errors/* MirrorError */.En(`the destination refused ${ref}, which was to keep a piece of the history: ${reason}`, {
            code: 'server',
            side: 'destination',
            serverText: quote(words?.reason ?? ''),
        });
    }
}

;// CONCATENATED MODULE: ./build/mirror/pieces/too-large.js



/** What cannot be cut is measured up to this many times the limit. */
const MEASURED_FACTOR = 16;
/** The error for what fits no push and cannot be cut, with its size. @throws MirrorError of the source. */
async function cannotCut(options, state, alone) {
    const { maxBytes } = options;
    const most = maxBytes * MEASURED_FACTOR;
    const { pack } = await openAlone(options, state, [alone.id]);
    const bytes = await measurePack(pack, most);
    const size = bytes >= most ? `at least ${bytes}` : bytes > maxBytes ? `${bytes}` : `more than ${maxBytes}`;
    const limit = bytes > maxBytes ? `, more than the ${maxBytes} bytes of one push` : ', which is the limit of one push';
    return new errors/* MirrorError */.En(`${nameOf(alone)} makes a pack of ${size} bytes${limit}`, {
        code: 'too-large',
        side: 'destination',
        hint: HINTS[alone.kind],
    });
}
function nameOf({ id, kind }) {
    if (kind === 'between-refs')
        return `the history between ${id} and the refs before it`;
    return kind === 'commit' ? `the commit ${id} alone` : `the object ${id} alone`;
}
const RAISE = 'Raise max-pack-size if the destination takes more';
const HINTS = {
    commit: `${RAISE}, or take the large files out of the history.`,
    object: `${RAISE}, or take the large files out of the history.`,
    'between-refs': `${RAISE}, or read the source in a way that speaks protocol v2 (https, or ssh with AcceptEnv GIT_PROTOCOL): it gives nothing but the tips of its refs now, and only tags and branches are cut along.`,
};

;// CONCATENATED MODULE: ./build/mirror/pieces/send-pieces.js













/** More than any limit of a real host asks for. */
const MOST_PIECES = 100_000;
/**
 * Brings the older part of a history to the destination, in packs of at most `maxBytes`, from old to new, each
 * held by anchors, until what is left fits one push. While one piece is pushed, the source is already asked for
 * the next.
 * @throws MirrorError of either server; `too-large` for what cannot be cut.
 */
async function sendPieces(run, session, options) {
    const held = { session };
    const arrived = resume(run, session);
    if (!run.pieces.byTips && !(await canCut(run))) {
        run.pieces = { ...run.pieces, isTimeless: true, byTips: true };
        noteByTips(run);
    }
    const prefix = run.pieces.anchorPrefix ?? (await chooseAnchorPrefix(run, held));
    run.pieces = { ...run.pieces, anchorPrefix: prefix };
    const rest = await sendAll({ run, options, held, arrived, prefix, refused: new Map() });
    if (!held.session.usable)
        held.session = await receive_pack_session/* ReceivePackSession */.n.open(run.server);
    return { session: held.session, ids: arrived, rest: rest.pack.source };
}
/** @returns the ids that arrived in earlier rounds and runs. */
function resume(run, { listing }) {
    const all = listing.refs.filter((ref) => isAnchor(ref.name));
    const anchors = all.filter((ref) => !isProbe(ref.name));
    run.ledger.keepLeftovers(all.map((ref) => ref.name));
    let state = run.pieces;
    if (state.outer.length > 0 || state.isAllSent)
        state = restartSearch(state);
    const before = latestCut(listing.refs);
    const isNew = before !== undefined && before > state.low;
    if (isNew)
        state = { ...state, low: before, isLowKnown: true, high: state.top, marks: [], tries: 0 };
    if (anchors.length > 0 && state.pieces === 0) {
        run.ledger.note(`going on behind ${anchors.length} commits that arrived before`);
    }
    run.pieces = state;
    return anchors.map((ref) => ref.id);
}
/** Servers without v2 give nothing but the tips of their refs, and some with it know no depth. */
async function canCut({ source }) {
    const session = await source.questions.lease();
    const { version, capabilities } = session.advertisement;
    source.questions.release(session);
    return version === 2 && (0,protocol_capabilities/* featuresOf */.Hi)('fetch', capabilities).has('shallow');
}
/** @returns the rest. */
async function sendAll(progress) {
    const { run } = progress;
    const turn = { next: prepare(progress, run.pieces, []) };
    try {
        for (;;) {
            const piece = await turn.next;
            piece.opened.pack.source.resume();
            run.pieces = piece.state;
            if (piece.kind === 'rest')
                return piece.opened;
            if (run.pieces.pieces >= MOST_PIECES)
                throw tooManyPieces();
            await sendAndPrepare(progress, piece, turn);
        }
    }
    catch (error) {
        dropPiece(turn.next);
        throw error;
    }
}
/** Pushes a piece; while the destination works on it, the next one is asked for, as if it had arrived. */
async function sendAndPrepare(progress, piece, turn) {
    const { run, options } = progress;
    const { ids, at, opened } = piece;
    const { objects } = opened.pack;
    let ahead;
    const started = performance.now();
    let streamed = started;
    const sent = await pushIds(progress, piece, (bytes) => {
        streamed = performance.now();
        // Not before the source has given all of it: only then its weight is known, and with it where to cut next.
        ahead = prepare(progress, noteSent(run.pieces, { at, objects, bytes }), ids);
        turn.next = ahead;
    });
    if (sent.arrived) {
        noteArrived(progress, piece, sent.bytes);
        const { surprise } = run.pieces;
        const working = performance.now() - streamed;
        const { isThin } = opened;
        const arrived = { isThin, objects, streaming: streamed - started, working, surprise };
        run.thinness = judgePiece(run.thinness, arrived);
    }
    else {
        // What was prepared as if it had arrived is not sent.
        if (ahead !== undefined)
            dropPiece(ahead);
        ahead = undefined;
        await noteCutOff(progress, piece, options.maxBytes);
    }
    turn.next = ahead ?? prepare(progress, run.pieces, []);
}
/** A piece was cut off at the limit. @throws MirrorError `too-large` where nothing smaller can be asked for. */
async function noteCutOff(progress, piece, maxBytes) {
    const { run } = progress;
    const { at, alone, opened, ids } = piece;
    if (alone !== undefined)
        throw await cannotCut(makerOf(progress, []), run.pieces, alone);
    const { objects } = opened.pack;
    progress.refused.set(keyOf(ids), { objects, isCutOff: opened.isThin });
    const overflow = { at, objects, bytes: maxBytes };
    run.thinness = judgeTooLarge(run.thinness, opened.isThin, surpriseOf(run.pieces, overflow));
    const noted = noteOverflow(run.pieces, overflow);
    run.pieces = at === noted.top ? noteWholeTooLarge(noted, objects) : noteTooLarge(noted, at, objects);
}
/** What was asked for beforehand is not needed. */
function dropPiece(next) {
    void next.then((piece) => piece.opened.pack.source.cancel()).catch(() => undefined);
}
/** `coming`: ids that are about to arrive. */
function prepare(progress, state, coming) {
    const next = makeNextPiece(makerOf(progress, coming), state);
    // The source is not to blame while the destination works on the piece before. A failure is met where the piece is
    // waited for, or nowhere when the one before it failed.
    next.then((piece) => piece.opened.pack.source.pause()).catch(() => undefined);
    return next;
}
function makerOf(progress, coming) {
    const { run, options, held, arrived } = progress;
    const refused = coming.length > 0 ? new Map() : progress.refused;
    return { ...options, run, listing: held.session.listing, arrived: [...arrived, ...coming], refused };
}
async function pushIds({ run, held, options, prefix }, { ids, at, opened }, onStreamed) {
    const none = (0,object_id/* nullId */.BW)(held.session.listing.format);
    const since = anchorTime(run.pieces, at);
    const anchors = ids.map((id) => ({
        kind: 'update',
        ref: anchorName(prefix, since, id),
        old: none,
        new: id,
    }));
    return await pushPiece(run, held, { anchors, pack: opened.pack, maxBytes: options.maxBytes, onStreamed });
}
/** The moment that the names of a piece's anchors tell: the next run begins there. */
function anchorTime(state, at) {
    return state.axis.kind === 'time' && at < state.top ? at : timeOf(state);
}
function noteArrived({ run, arrived, prefix, refused }, { ids, at, opened }, bytes) {
    const { objects } = opened.pack;
    const since = anchorTime(run.pieces, at);
    const names = ids.map((id) => anchorName(prefix, since, id));
    const isByTime = run.pieces.axis.kind === 'time';
    arrived.push(...ids);
    refused.clear();
    run.pieces = noteSent(run.pieces, { at, objects, bytes });
    run.ledger.keepLeftovers([...run.ledger.leftovers, ...names]);
    const until = isByTime ? `, history up to ${new Date(at * 1000).toISOString().slice(0, 19)}` : '';
    run.ledger.note(`piece ${run.pieces.pieces}: ${bytes} bytes, ${objects} objects${until}`);
}
function tooManyPieces() {
    return new errors/* MirrorError */.En(`${MOST_PIECES} pieces of the history were sent, and more is left`, {
        code: 'limit',
        side: 'source',
        hint: 'Raise max-pack-size; the next run goes on behind what has arrived.',
    });
}

;// CONCATENATED MODULE: ./build/mirror/push/batches.js


/** Cuts the updates into pushes, in their order. */
function* makeBatches(updates, options) {
    const size = Math.max(1, Math.floor(options.maxRefs));
    const groups = yield* groupsOf(updates, options);
    const parts = groups.flatMap((group) => slicesOf(group, size));
    const carrier = parts.findIndex((part) => needsObjects(part));
    return parts.map((part, index) => ({ updates: part, carriesPack: index === carrier }));
}
/** Whether a push of `updates` must come with a pack, be it an empty one. */
function needsObjects(updates) {
    return updates.some((update) => !isDelete(update));
}
function* groupsOf(updates, { byKind, atomic }) {
    const groups = byKind ? yield* kindsOf(updates) : [updates];
    const room = atomic ? [] : yield* (0,steps/* filterInSteps */.pj)(updates, (update) => update.makesRoom === true);
    if (room.length === 0)
        return groups;
    // Servers that lock all refs of a push before they delete the first one (JGit) find the folder still there.
    const parts = [room];
    for (const group of groups)
        parts.push(yield* (0,steps/* filterInSteps */.pj)(group, (update) => update.makesRoom !== true));
    return parts;
}
const KINDS = ['refs/heads/', 'refs/tags/'];
function* kindsOf(updates) {
    const groups = [];
    for (const prefix of KINDS)
        groups.push(yield* (0,steps/* filterInSteps */.pj)(updates, ({ ref }) => ref.startsWith(prefix)));
    const isOther = ({ ref }) => !KINDS.some((prefix) => ref.startsWith(prefix));
    groups.push(yield* (0,steps/* filterInSteps */.pj)(updates, isOther));
    return groups;
}
function slicesOf(updates, size) {
    const parts = [];
    for (let from = 0; from < updates.length; from += size)
        parts.push(updates.slice(from, from + size));
    return parts;
}

;// CONCATENATED MODULE: ./build/mirror/state/fallbacks.js


const SMALLEST_PIECE_BYTES = 16 * 1024;
/** For a refusal that came before the bytes: what gateways allow when nobody has set it is 1 MB. */
const FIRST_GUESS_BYTES = 1_000_000;
/** A push that breaks off after this many bytes has met a limit rather than a fault. */
const LIMIT_LIKELY_BYTES = 16 * 1024 * 1024;
/** Part of a limit that is used: of one that was told, and of one that was met. */
const TOLD_LIMIT_PART = 0.95;
const MET_LIMIT_PART = 0.8;
/** Milliseconds of waiting for the source after which a closed push counts as a timeout of the destination. */
const STARVED_MS = 1000;
/** Of gateways too: what they say when the program behind them is gone. */
const GAVE_UP_STATUSES = new Set([400, 408, 499, 500, 502, 503, 504]);
/** Refs that were declined together are not tried apart when there are more. */
const MOST_REFS_APART = 500;
/** What the table of advice says may be tried after a push; undefined where no row fits. */
function chooseTry(push) {
    const { words, host, unpack } = push;
    if (push.error !== undefined || unpack !== undefined) {
        const error = push.error ??
            new errors/* MirrorError */.En('the pack was not taken', { code: 'unpack', side: 'destination', serverText: unpack });
        return diagnose({ phase: 'transfer', words, host, error })?.next;
    }
    const tries = push.refused
        .slice(0, MOST_REFS_APART)
        .map((refusal) => diagnose({ phase: 'transfer', words, host, refusal })?.next);
    const ofPush = tries.find((next) => next?.kind === 'fewer') ?? tries.find((next) => next?.kind === 'smaller');
    if (ofPush !== undefined)
        return ofPush;
    return tries.length > 0 && tries.every((next) => next?.kind === 'apart') ? { kind: 'apart' } : undefined;
}
/**
 * Whether a refusal may have struck the ref only because it was pushed together with others: a hook that sees a push
 * as a whole declines all of it for one ref, or for its size.
 */
function mayPassApart(push, refusal) {
    const next = diagnose({ phase: 'transfer', words: push.words, host: push.host, refusal })?.next;
    return next?.kind === 'apart' || next?.kind === 'fewer' || next?.kind === 'smaller';
}
/** The destination ended the push while it waited for a byte of the source. */
function hasStarved({ error, unpack, starved }) {
    if (starved < STARVED_MS)
        return false;
    if (error === undefined)
        return unpack !== undefined;
    if (error.side === 'source')
        return false;
    return error.status === undefined
        ? error.code === 'cut' || error.code === 'server'
        : GAVE_UP_STATUSES.has(error.status);
}
/** The plainer way to try next, or undefined when nothing is left to try (A3, D8, F5, G7, K3, K6). */
function fallBack(mode, failure) {
    if (failure.overOurLimit)
        return cutAtOurLimit(mode);
    const next = chooseTry(failure);
    if (next?.kind === 'nothing' || next?.kind === 'again')
        return undefined;
    return (stopGreetingAhead(mode, failure) ??
        collectForImpatient(mode, failure) ??
        cutSmaller(mode, failure, next) ??
        collectForLength(mode, failure, next) ??
        sendFewerRefs(mode, failure, next) ??
        sendApart(mode, failure, next) ??
        sendPlainer(mode, failure, next));
}
function cutAtOurLimit(mode) {
    if (mode.maxBytes === undefined)
        return undefined;
    return {
        mode: { ...mode, pieces: true },
        notice: `the pack is larger than ${mode.maxBytes} bytes: sending the history in pieces`,
    };
}
function stopGreetingAhead(mode, { greetedAhead, error }) {
    if (!greetedAhead || !mode.greetAhead || (error?.code !== 'cut' && error?.code !== 'server'))
        return undefined;
    return {
        mode: { ...mode, greetAhead: false },
        notice: 'the destination ended a connection that was opened before it was needed: opening one push after the other',
    };
}
function collectForImpatient(mode, failure) {
    if (mode.spool || !failure.transferAllowed.spool || !hasStarved(failure))
        return undefined;
    const seconds = (failure.starved / 1000).toFixed(1);
    return {
        mode: { ...mode, spool: true },
        notice: `the destination gave up after waiting ${seconds} s for the source: collecting the pack first, to send it at once`,
    };
}
function cutSmaller(mode, failure, next) {
    const { error, bytes } = failure;
    const isTold = next?.kind === 'smaller' || error?.code === 'too-large';
    const hungUp = (next === undefined || next.kind === 'collected') &&
        (error?.status === 408 || error?.status === 504 || error?.code === 'cut') &&
        bytes > LIMIT_LIKELY_BYTES;
    if (!isTold && !hungUp)
        return undefined;
    const limit = next?.kind === 'smaller' ? next.limit : undefined;
    const told = limit === undefined ? Infinity : Math.floor(limit * TOLD_LIMIT_PART);
    const isNews = told < (mode.maxBytes ?? Infinity);
    const reached = bytes < SMALLEST_PIECE_BYTES ? FIRST_GUESS_BYTES : bytes;
    const met = Math.floor(Math.min(reached, mode.maxBytes ?? Infinity) * MET_LIMIT_PART);
    const maxBytes = isNews ? told : met;
    if (maxBytes < SMALLEST_PIECE_BYTES)
        return undefined;
    const why = isNews
        ? `the destination takes at most ${limit} bytes in one push`
        : `the destination gave up after ${bytes} bytes of one pack`;
    return {
        mode: { ...mode, maxBytes, pieces: true },
        notice: `${why}: sending pieces of at most ${maxBytes} bytes`,
    };
}
function collectForLength(mode, failure, next) {
    const status = failure.error?.status;
    if (mode.spool || !failure.transferAllowed.spool)
        return undefined;
    if (next?.kind !== 'collected' && (status !== 400 || mode.thin))
        return undefined;
    return {
        mode: { ...mode, spool: true },
        notice: `the destination answered ${status} to a streamed pack: collecting the pack first, to send it with its length`,
    };
}
function sendFewerRefs(mode, failure, next) {
    const { commands, error } = failure;
    if (commands < 2 || (next?.kind !== 'fewer' && error?.status !== 500))
        return undefined;
    const told = next?.kind === 'fewer' ? (next.limit ?? 0) : 0;
    const half = commands > 100 ? Math.ceil(commands / 2) : 1;
    const maxRefs = told > 0 && told < commands ? told : half;
    return {
        mode: { ...mode, maxRefs },
        notice: `the destination refused a push of ${commands} refs: trying at most ${maxRefs} at once`,
    };
}
function sendApart(mode, failure, next) {
    const { commands, refused } = failure;
    if (next?.kind !== 'apart' || commands < 2 || Math.max(commands, refused.length) > MOST_REFS_APART)
        return undefined;
    if (refused.length === 0) {
        const maxRefs = fewerRefs(commands);
        return {
            mode: { ...mode, maxRefs, ownObjects: true },
            notice: `the destination refused a push of ${commands} refs as a whole: trying at most ${maxRefs} at once, with their own objects`,
        };
    }
    if (!mode.byKind && new Set(refused.map(({ ref }) => kindOf(ref))).size > 1) {
        return {
            mode: { ...mode, byKind: true },
            notice: 'the destination declined every ref of the push: trying branches, tags and others apart',
        };
    }
    if (mode.maxRefs === 1)
        return undefined;
    const maxRefs = fewerRefs(commands);
    return {
        mode: { ...mode, maxRefs },
        notice: `the destination declined every ref of the push: trying at most ${maxRefs} at once`,
    };
}
/** `refs/heads/`, `refs/tags/`, or what else stands there. */
function kindOf(ref) {
    return /^refs\/[^/]+\//.exec(ref)?.[0] ?? '';
}
function fewerRefs(commands) {
    return commands > 64 ? Math.ceil(commands / 8) : 1;
}
function sendPlainer(mode, failure, next) {
    if (next !== undefined && next.kind !== 'plainer' && next.kind !== 'collected')
        return undefined;
    const status = failure.error?.status;
    const isRefused = failure.unpack !== undefined ||
        (status !== undefined && (status === 400 || status === 422 || status >= 500)) ||
        (failure.error?.code === 'cut' && failure.error.side === 'destination');
    if (!isRefused)
        return undefined;
    if (mode.thin) {
        return {
            mode: { ...mode, thin: false },
            notice: failure.unpack === undefined
                ? 'the destination broke the push off: trying once more with a pack that stands alone (not thin)'
                : 'the destination refused the pack: trying once more with a pack that stands alone (not thin)',
        };
    }
    return failure.unpack === undefined ? askLess(mode, failure) : undefined;
}
/** A server that breaks off without a report may dislike any of these; the most expensive to give up comes last. */
function askLess(mode, failure) {
    if (mode.agent) {
        return {
            mode: { ...mode, agent: false },
            notice: 'the destination broke the push off: trying once more without the agent capability',
        };
    }
    if (!mode.spool && failure.transferAllowed.spool && failure.bytes > 0) {
        return {
            mode: { ...mode, spool: true },
            notice: 'the destination broke the push off: collecting the pack first, to send it with its length',
        };
    }
    if (failure.commands < 2 || mode.maxRefs === 1)
        return undefined;
    const maxRefs = fewerRefs(failure.commands);
    return {
        mode: { ...mode, maxRefs },
        notice: `the destination broke off a push of ${failure.commands} refs: trying at most ${maxRefs} at once`,
    };
}

;// CONCATENATED MODULE: ./build/mirror/push/batch-sessions.js

/** A kept-open receive-pack that has waited longer than this is greeted anew before the push. */
const LONGEST_WAIT_MS = 10_000;
/** The receive-packs of a push of several batches. */
class BatchSessions {
    /** The one that is pushed to, or was last. */
    current;
    #server;
    #mayGreetAhead;
    /** What is greeted for the batch after this one. */
    #ahead;
    /** Milliseconds of the last batch. */
    #lastTime = 0;
    /** `held`: greeted already. */
    constructor(server, held, mayGreetAhead) {
        this.#server = server;
        this.current = held;
        this.#mayGreetAhead = mayGreetAhead;
    }
    /** The next push goes over a connection that was opened during the one before. */
    get isGreetedAhead() {
        return this.#ahead !== undefined;
    }
    /**
     * The kept session while it is young, else the one that was greeted meanwhile, else a new one: no server waits on
     * an idle upload (F13, K7).
     */
    async renew() {
        if (this.current.forgets || isYoung(this.current))
            return;
        await endSession(this.current, undefined);
        const ahead = this.#ahead;
        this.#ahead = undefined;
        const next = await ahead?.session;
        if (next !== undefined && !isYoung(next))
            await endSession(next, undefined);
        this.current = next !== undefined && isYoung(next) ? next : await receive_pack_session/* ReceivePackSession */.n.open(this.#server);
    }
    noteTime(milliseconds) {
        this.#lastTime = milliseconds;
    }
    /**
     * Greets the receive-pack of the next batch while the server works on this one: it shows every ref, which takes
     * long where there are many. What it shows is not used; a command names the old value that was planned with.
     * Not beside the batch that brings the objects: a server that looks before they are there may not look again.
     */
    greetAhead() {
        if (this.current.forgets || !this.#mayGreetAhead || this.#lastTime > LONGEST_WAIT_MS)
            return;
        const controller = new AbortController();
        const opening = receive_pack_session/* ReceivePackSession */.n.open(this.#server, controller.signal);
        // Its failure is met by greeting once more, when it is needed.
        const ahead = { session: opening.catch(() => undefined), controller, isGreeted: false };
        void ahead.session.then(() => (ahead.isGreeted = true));
        this.#ahead = ahead;
    }
    /** All is over. `error`: what ended it. A server that does not greet is not waited for. */
    async end(error) {
        const closed = endSession(this.current, error);
        // The report is whole: the listing need not wait for the end of the program that wrote it.
        if (error !== undefined)
            await closed;
        const ahead = this.#ahead;
        if (ahead !== undefined) {
            if (!ahead.isGreeted)
                ahead.controller.abort(new Error('no other push is made'));
            await (await ahead.session)?.close();
        }
        return { closed };
    }
}
function isYoung(session) {
    return session.usable && performance.now() - session.openedAt < LONGEST_WAIT_MS;
}
/** Ends a session politely, or at once when its side failed. */
async function endSession(session, error) {
    if (error !== undefined && error.side === 'destination')
        session.abort(error);
    await session.close();
}

// EXTERNAL MODULE: ./build/protocol/push-request.js
var push_request = __webpack_require__(11769);
;// CONCATENATED MODULE: ./build/mirror/push/push-one.js








/** Milliseconds between two events that tell of progress. */
const PROGRESS_INTERVAL_MS = 250;
/** Pushes `updates`. Never throws but for the signal. */
async function pushOne(tools, options) {
    const opened = options.fetching === undefined ? undefined : await openOutgoing(tools, options.fetching);
    if (opened?.error !== undefined)
        return { ...notSent(opened.error), objects: opened.objects, overLimit: opened.overLimit };
    const outgoing = opened?.outgoing;
    let isSent = false;
    let report;
    let error;
    let starved = 0;
    try {
        await tools.sessions.renew();
        report = await sendCommands(tools, options.updates, outgoing, () => {
            isSent = true;
            options.onSent();
        });
        error = outgoing?.error();
    }
    catch (thrown) {
        // The side that failed first is the one to name: a broken source breaks the push, too.
        error = outgoing?.error() ?? (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'destination', retryable: true });
        tools.signal.throwIfAborted();
    }
    finally {
        starved = outgoing?.starved() ?? 0;
        await outgoing?.dispose();
    }
    return {
        isSent,
        report,
        error,
        lines: [...tools.sessions.current.lines],
        bytes: outgoing?.bytes() ?? 0,
        objects: opened?.objects,
        overLimit: error?.code === 'too-large' && error === outgoing?.error(),
        starved,
    };
}
/** A push that ended before it began. */
function notSent(error) {
    return {
        isSent: false,
        report: undefined,
        error,
        lines: [],
        bytes: 0,
        objects: undefined,
        overLimit: false,
        starved: 0,
    };
}
async function sendCommands({ atomic, learned, ledger, sessions }, updates, outgoing, onSent) {
    const session = sessions.current;
    const commands = updates.map((update) => commandOf(update));
    return await session.push({
        commands,
        atomic,
        plain: !learned.mode.agent,
        pack: (0,push_request/* needsPack */.t)(commands) ? (outgoing?.pack ?? (0,protocol_pack/* emptyPack */.pb)(session.listing.format)) : undefined,
        packLength: outgoing?.length,
        onSent: () => {
            ledger.figures.pushes++;
            onSent();
        },
    });
}
/** Waits for the source's pack header, and collects the pack first where the destination wants it whole. */
async function openOutgoing(tools, fetching) {
    const { ledger, sessions, learned } = tools;
    const { spool, maxBytes } = learned.mode;
    let objects;
    try {
        const pack = await openPack(fetching);
        objects = pack.objects;
        if (maxBytes !== undefined && isHopeless(learned.pieces, objects, maxBytes)) {
            pack.source.cancel();
            throw tooLarge(maxBytes);
        }
        ledger.figures.objects += objects;
        ledger.figures.enter('transfer');
        const outgoing = await prepareOutgoing({
            spool,
            note: (text) => ledger.note(text),
            onSent: (bytes) => (ledger.figures.packBytes += bytes),
            pack,
            format: sessions.current.listing.format,
            maxBytes,
            // Asked each time: a batch may have been greeted anew since the relay was made.
            destination: { pause: () => sessions.current.pause(), resume: () => sessions.current.resume() },
            onBytes: reportProgress(tools, objects),
        });
        return { outgoing, error: undefined, overLimit: false, objects };
    }
    catch (thrown) {
        tools.signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source', retryable: true });
        const overLimit = error.code === 'too-large' && error.side === 'destination';
        return { outgoing: undefined, error, overLimit, objects };
    }
}
function reportProgress({ reporter, server }, objects) {
    const destination = server.remote.label;
    let last = 0;
    return (bytes) => {
        const now = performance.now();
        if (now - last < PROGRESS_INTERVAL_MS)
            return;
        last = now;
        reporter({ kind: 'progress', destination, bytes, objects });
    };
}
function commandOf(update) {
    const { ref, old } = update;
    return isDelete(update) ? { kind: 'delete', ref, old } : { kind: 'update', ref, old, new: update.new };
}

;// CONCATENATED MODULE: ./build/mirror/push/push-outcome.js
/** What could not even be asked for. */
function emptyOutcome(updates, error) {
    return {
        updates,
        pushes: [],
        error,
        lines: [],
        bytes: 0,
        objects: 0,
        overLimit: false,
        starved: 0,
        isShared: false,
        greetedAhead: false,
    };
}
/** The report's `unpack` words of a pack that was not taken. */
function unpackFailure(push) {
    const words = push?.report?.unpack;
    return words === 'ok' ? undefined : words;
}
/** The words of the last push, where its pack was not taken: after such a push there is no other. */
function lastUnpackFailure({ pushes }) {
    return unpackFailure(pushes.at(-1));
}
/** Commands of the largest push that was sent. */
function mostCommands({ pushes }) {
    let most = 0;
    for (const push of pushes)
        if (push.isSent)
            most = Math.max(most, push.updates.length);
    return most;
}

;// CONCATENATED MODULE: ./build/mirror/push/push-batches.js








/**
 * Pushes the batches one after the other; the first that needs a pack brings all objects, unless each has to bring
 * its own. A server that refuses every ref of that one drops the objects with them: from then on each brings its own,
 * too. Stops at the first failure, and at the first push that was too many refs. Never throws but for the signal.
 */
async function pushBatches(context, options) {
    const { batches, learned, ledger, fetching } = options;
    const { server, signal, reporter } = context;
    const sessions = new BatchSessions(server, options.held, learned.mode.greetAhead);
    const { atomic } = context.options;
    const tools = { server, signal, reporter, atomic, learned, ledger, sessions };
    const pushes = [];
    const arrived = [];
    let bringsOwn = learned.mode.ownObjects;
    for (const [index, batch] of batches.entries()) {
        const isLast = index === batches.length - 1;
        const pushed = await pushBatch(tools, options, { batch, isLast, bringsOwn, arrived });
        const push = refuseAlone(pushed, server.host);
        pushes.push(push);
        if (hasFailed(push) || isRefusedAsTooMany(push, server.host))
            break;
        await (0,turns/* forEachInTurns */.q3)(takenOf(push), (id) => arrived.push(id), signal);
        bringsOwn ||= hasLostObjects(push);
    }
    fetching?.cancel();
    const { closed } = await sessions.end(pushes.at(-1)?.error);
    options.onClosing(closed);
    return summarize(options, pushes);
}
async function pushBatch(tools, options, turn) {
    const { sessions } = tools;
    const { updates } = turn.batch;
    const hasObjects = turn.batch.carriesPack || (turn.bringsOwn && needsObjects(updates));
    const made = { updates, hasObjects, hasPack: false, greetedAhead: false };
    let fetching;
    try {
        fetching = hasObjects ? await findPack(options, turn) : undefined;
    }
    catch (thrown) {
        tools.signal.throwIfAborted();
        return { ...made, ...notSent((0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source', retryable: true })) };
    }
    const greetedAhead = sessions.isGreetedAhead;
    const started = performance.now();
    const result = await pushOne(tools, {
        updates,
        fetching,
        onSent: () => {
            if (!turn.isLast && !hasObjects)
                sessions.greetAhead();
        },
    });
    sessions.noteTime(performance.now() - started);
    return { ...made, ...result, hasPack: fetching !== undefined, greetedAhead };
}
async function findPack({ fetching, fetchFor }, { batch, arrived }) {
    return batch.carriesPack ? fetching : await fetchFor(batch.updates, arrived);
}
function hasFailed(push) {
    return push.error !== undefined || unpackFailure(push) !== undefined;
}
/** New values that the server said it has. */
function* takenOf({ updates, report }) {
    for (const update of updates)
        if (!isDelete(update) && report?.refs.get(update.ref)?.ok === true)
            yield update.new;
}
/** The server refused every ref, as far as it tells. */
function isRefused({ updates, report }) {
    return report !== undefined && !updates.some((update) => report.refs.get(update.ref)?.ok === true);
}
function isRefusedAsTooMany(push, host) {
    if (!isRefused(push))
        return false;
    const { lines: words, report, updates } = push;
    const refused = updates.map(({ ref, action }) => ({ ref, action, reason: push_batches_reasonOf(report, ref) }));
    return chooseTry({ error: undefined, unpack: undefined, refused, words, host })?.kind === 'fewer';
}
function push_batches_reasonOf(report, ref) {
    const words = report?.refs.get(ref);
    return words?.ok === false ? words.reason : '';
}
/**
 * A push of one ref that the server ended for what that ref is, or brings: the ref is refused, and the pushes of the
 * others go on.
 */
function refuseAlone(push, host) {
    const unpack = unpackFailure(push);
    const [update] = push.updates;
    if (!hasFailed(push) || push.error?.side === 'source' || update === undefined || push.updates.length > 1)
        return push;
    const next = chooseTry({ error: push.error, unpack, refused: [], words: push.lines, host });
    if (next?.kind !== 'apart')
        return push;
    const reason = push.error?.serverText ?? push.error?.message ?? `the pack was not taken: ${unpack}`;
    const report = { unpack: 'ok', refs: new Map([[update.ref, { ok: false, reason }]]) };
    return { ...push, error: undefined, report };
}
/** A server drops the objects of a push with the last of its refs. */
function hasLostObjects(push) {
    return push.hasPack && isRefused(push);
}
function summarize({ batches, fetching }, pushes) {
    const last = pushes.at(-1);
    let bytes = 0;
    let objects = 0;
    for (const push of pushes) {
        bytes += push.bytes;
        objects = push.objects ?? objects;
    }
    return {
        updates: batches.flatMap((batch) => batch.updates),
        pushes,
        error: last?.error,
        lines: last?.lines ?? [],
        bytes,
        objects,
        overLimit: last?.overLimit === true,
        starved: last?.starved ?? 0,
        isShared: fetching?.shared === true,
        greetedAhead: last?.greetedAhead === true,
    };
}

;// CONCATENATED MODULE: ./build/mirror/push-round.js








/**
 * Asks the source for what the destination lacks and pushes it with the ref commands.
 * @throws MirrorError `guard`; the signal's reason. Everything else is in the outcome.
 */
async function pushRound(context, options) {
    const { planned, ledger, onClosing } = options;
    const { updates, session } = planned;
    const { mode } = options.learned;
    ledger.figures.enter('negotiate');
    await (0,turns/* giveTurn */.pN)(context.signal);
    const batches = await (0,turns/* runInTurns */.hp)(makeBatches(updates, { ...mode, atomic: context.options.atomic }), context.signal);
    const pieces = beginPieces(context, options);
    const held = { session };
    let got;
    try {
        got = await getPack(context, { planned, pieces, held, learned: options.learned, batches });
    }
    catch (thrown) {
        held.session.abort(thrown);
        context.signal.throwIfAborted();
        const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'source', retryable: true });
        if (error.code === 'guard' || isFinal(error))
            throw error;
        const { lastBytes: bytes, lastStarved: starved } = pieces.pieces;
        const outcome = { ...emptyOutcome(updates, error), lines: pieces.lines, bytes, starved };
        return { outcome, learned: withPieces(options.learned, pieces) };
    }
    const learned = withPieces(options.learned, pieces);
    announce(context, ledger, updates.length);
    const outcome = await pushBatches(context, {
        batches,
        learned,
        ledger,
        onClosing,
        fetching: got.fetching,
        held: held.session,
        fetchFor: (some, arrived) => fetchFor(context, got.needs, { some, arrived, session: held.session }),
    });
    return { outcome, learned };
}
/** The pack of the push, asked for; what is too large for one push goes before it, in pieces. */
async function getPack(context, { planned, pieces, held, learned, batches, }) {
    const { mode } = learned;
    const isEarly = isStillWanted(planned) && !mode.ownObjects;
    if (!isEarly)
        planned.early?.cancel();
    const needs = await needsOf(context, planned, mode.thin);
    if (mode.pieces && mode.maxBytes !== undefined && needs.wants.length > 0) {
        context.pack.pass();
        const { wants, haves } = needs;
        const sent = await sendPieces(pieces, held.session, { wants, haves, maxBytes: mode.maxBytes });
        held.session = sent.session;
        const left = { ...needs, haves: [...sent.ids, ...needs.haves] };
        return { fetching: sent.rest ?? (await negotiate(left)), needs: left };
    }
    if (isEarly)
        return { fetching: await planned.early.fetching, needs };
    const first = batches.find((batch) => batch.carriesPack);
    if (!mode.ownObjects || first === undefined)
        return { fetching: await negotiate(needs), needs };
    const wants = await wantsOf(held.session.listing, first.updates, context.signal);
    return { fetching: await negotiate({ ...needs, wants }), needs };
}
/** The objects of some updates alone. */
async function fetchFor({ signal }, needs, { some, arrived, session, }) {
    const known = new Set(arrived);
    const wants = (await wantsOf(session.listing, some, signal)).filter((id) => !known.has(id));
    return await negotiate({ ...needs, wants, haves: [...arrived, ...needs.haves] });
}
function beginPieces({ source, server, reporter, signal }, { learned: { mode, pieces, thinness }, ledger }) {
    return { source, server, reporter, signal, mode, ledger, pieces, thinness, lines: [] };
}
function withPieces(learned, { pieces, thinness }) {
    return { ...learned, pieces, thinness };
}
function announce({ reporter, server }, ledger, count) {
    ledger.figures.enter('transfer');
    const { label } = server.remote;
    const text = `pushing ${count} ref${count === 1 ? '' : 's'} to ${label}`;
    reporter({ kind: 'phase', phase: 'transfer', destination: label, text });
}
/** True for our own `too-large` (a commit that fits no piece); a server's refusal has a status or text. */
function isFinal(error) {
    return error.code === 'too-large' && error.status === undefined && error.serverText === undefined;
}
/** For a dry run: would the push be refused because the repositories share no history? @throws MirrorError `guard`. */
async function checkRelation(context, planned, { mode }) {
    const needs = await needsOf(context, planned, mode.thin);
    await negotiate({ ...needs, wants: [] });
}

;// CONCATENATED MODULE: ./build/mirror/remove-backups.js



/**
 * Removes old values that were kept long enough, and those that this run has kept of refs that have not moved after
 * all. Never fails a run but for its signal: what stays is tried again by the next.
 */
async function removeBackups(run, session) {
    const { backup } = run.options;
    if (backup === undefined)
        return;
    const { refs } = session.listing;
    const backups = (0,ours_backups/* findBackups */.Tx)(refs, backup.prefixes);
    if (backups.length === 0)
        return;
    const expired = new Set((0,ours_backups/* findExpired */.je)(backups, { keepDays: backup.keepDays, now: Date.now() }));
    const values = new Map(refs.map(({ name, id }) => [name, id]));
    const needless = backups.filter(({ name, ref, id }) => run.ledger.backups.has(name) && values.get(ref) === id);
    const doomed = [...new Set([...expired, ...needless])];
    if (doomed.length === 0)
        return;
    const { left, words } = await removeRefs(run, session, doomed);
    if (left.length > 0) {
        run.ledger.warn(`${(0,wording/* formatPlural */.yk)(left.length, 'old value')} could not be removed from the destination: ${words}. The next run tries again.`);
    }
    const removed = [...expired].filter(({ name }) => !left.includes(name)).length;
    if (removed > 0) {
        const days = (0,wording/* formatPlural */.yk)(backup.keepDays, 'day');
        run.ledger.note(`removed ${(0,wording/* formatPlural */.yk)(removed, 'old value')} that the destination had kept for more than ${days}`);
    }
}

;// CONCATENATED MODULE: ./build/mirror/push/apply-step.js




/** Writes down what a step says, and does what it asks for. A step that fails ends the run: its error is written down. */
async function applyStep(step, effects) {
    const { ledger, hosts } = effects;
    await (0,turns/* forEachInTurns */.q3)(step.records, (record) => write(record, ledger, hosts.destination), effects.signal);
    if (step.kind === 'fail') {
        const { error, lines } = step;
        return ledger.fail(withAdvice(error, { phase: 'transfer', words: lines, host: hosts[error.side ?? 'destination'] }));
    }
    if (step.kind === 'retry')
        await waitOut(step.error, effects);
    if (step.refreshSource)
        await effects.refreshSource();
}
async function waitOut(error, { ledger, failures, retries, wait }) {
    const count = failures + 1;
    const delay = (0,retry/* retryDelay */.a2)(count, error.retryAfter);
    ledger.note(`trying again in ${(delay / 1000).toFixed(1)} s (${count} of ${retries}): ${error.message}`);
    await wait(delay);
}
function write(record, ledger, host) {
    switch (record.kind) {
        case 'note':
            return ledger.note(record.text);
        case 'warning':
            return ledger.warn(record.text);
        case 'refusal':
            return ledger.reject(explainRefusal(record, host));
    }
}
/** A refusal with the advice that fits it, by the words of its own push. */
function explainRefusal({ update, reason, lines, isWarning }, host) {
    const { ref, action } = update;
    const refusal = { ref, action, reason };
    const advice = diagnose({ phase: 'transfer', words: lines, host, refusal })?.advice;
    return {
        ref,
        action,
        reason: (0,printable/* printableLine */.oy)(reason),
        advice: advice && printAdvice(advice),
        adviceId: advice?.id,
        warning: isWarning,
    };
}

;// CONCATENATED MODULE: ./build/mirror/state/learned.js



/** `top`: a moment after the newest commit, in seconds since 1970. */
function startLearned(mode, top) {
    return {
        mode,
        pieces: newPieceState(top),
        thinness: THIN,
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
        thinness: judgeTooLarge(thinness, thinness.isThin, surpriseOf(pieces, { objects, bytes })),
        pieces: noteRestTooLarge(pieces, objects, bytes),
    };
}

;// CONCATENATED MODULE: ./build/mirror/push/failure.js



/** What ended the pushes of a round, for the choice of a plainer way. */
function describeFailure(facts) {
    const { outcome, options, host } = facts;
    return {
        error: outcome.error,
        unpack: lastUnpackFailure(outcome),
        refused: [],
        words: outcome.lines,
        host,
        commands: options.atomic ? 1 : mostCommands(outcome),
        bytes: outcome.bytes,
        overOurLimit: outcome.overLimit,
        starved: outcome.starved,
        greetedAhead: outcome.greetedAhead,
        transferAllowed: { spool: options.transfer !== 'stream' },
    };
}
/**
 * Pushes of several refs that were declined to the last one, each for itself: one ref may have sunk the others (G7).
 */
function* describeDeclined(facts) {
    if (facts.options.atomic)
        return [];
    const refusals = new Map();
    for (const verdict of facts.verdicts)
        if (verdict.kind === 'refused')
            refusals.set(verdict.update, verdict);
    if (refusals.size === 0)
        return [];
    const whole = describeFailure(facts);
    const declined = [];
    for (const push of facts.outcome.pushes) {
        yield;
        const { updates, lines } = push;
        const refused = updates.flatMap((update) => refusals.get(update) ?? []);
        if (updates.length < 2 || refused.length < updates.length)
            continue;
        if (!(yield* mayAllPassApart(push, refused, facts)))
            continue;
        declined.push({ ...whole, refused: refused.map(failure_refusalOf), words: lines, commands: updates.length });
    }
    return declined;
}
function* mayAllPassApart({ lines: words }, refused, { host }) {
    const staysRefused = (verdict) => !mayPassApart({ words, host }, failure_refusalOf(verdict));
    return !(yield* (0,steps/* someInSteps */.te)(refused, staysRefused));
}
function failure_refusalOf({ update: { ref, action }, reason }) {
    return { ref, action, reason };
}

;// CONCATENATED MODULE: ./build/mirror/push/own-objects.js




/**
 * Some servers check each push by itself (Gerrit), or throw away what no ref needs: objects that an earlier push
 * brought for later ones are missing to those. True where a push that relied on such objects failed for want of them.
 */
function* lacksEarlierObjects({ outcome, verdicts, host, }) {
    const relying = relyingPushes(outcome);
    if (relying.size === 0)
        return false;
    // Such a push brings the empty pack: nothing but the missing objects can be wrong with it.
    if ([...relying].some((push) => unpackFailure(push) !== undefined))
        return true;
    return yield* (0,steps/* someInSteps */.te)(verdicts, (verdict) => isMissing(verdict, relying, host));
}
/** Pushes whose refs need objects that an earlier one of the same round brought. */
function relyingPushes({ pushes }) {
    const carrier = pushes.findIndex((push) => push.hasObjects && push.isSent);
    if (carrier < 0)
        return new Set();
    const later = pushes.slice(carrier + 1);
    return new Set(later.filter((push) => push.isSent && !push.hasObjects && needsObjects(push.updates)));
}
function isMissing(verdict, relying, host) {
    if (verdict.kind !== 'refused' || !relying.has(verdict.push))
        return false;
    const { update, reason, push } = verdict;
    const refusal = { ref: update.ref, action: update.action, reason };
    return diagnose({ phase: 'transfer', words: push.lines, host, refusal })?.advice.id === 'missing-objects';
}

;// CONCATENATED MODULE: ./build/mirror/push/next-step.js








/** How often one ref may be lost to another writer before it is given up. */
const MOST_RACES = 5;
/** A connection that ends behind so many bytes of a pack was most likely cut, and means nothing else. */
const CUT_MID_PACK_BYTES = 64 * 1024;
const SILENCE = 'the server said nothing about it, and its listing shows the old value';
const FORBIDDEN = 'The destination wants the pack at once or its length beforehand, and transfer: stream forbids to collect it: set transfer: auto or spool.';
/**
 * What follows a push, once the listing has shown what moved. Pure: what it says is written down and done by
 * `applyStep`.
 */
function* chooseNextStep(all) {
    // What changed decides nothing, and may be millions of refs.
    const verdicts = yield* (0,steps/* filterInSteps */.pj)(all.verdicts, ({ kind }) => kind !== 'changed');
    const facts = { ...all, verdicts };
    const failure = describeFailure(facts);
    // The next listing will show these as if they were done: they are judged now, whatever is tried next.
    const doubts = verdicts.flatMap((verdict) => verdict.kind === 'doubted' && verdict.update.keeps === undefined ? refusal(facts, verdict) : []);
    // The first rule that applies decides.
    const step = afterSourceFailure(facts) ??
        keepElsewhere(facts) ??
        leaveSharedPack(facts, failure) ??
        repeatAfterCut(facts, failure) ??
        (yield* bringOwnObjects(facts)) ??
        (yield* pushPlainer(facts, failure)) ??
        acceptVerdicts(facts, failure);
    return { ...step, records: [...doubts, ...step.records] };
}
function again(facts, changes) {
    return { learned: facts.learned, records: [], refreshSource: false, ...changes, kind: 'again' };
}
function next_step_retry(facts, error, changes = {}) {
    return { learned: facts.learned, records: [], refreshSource: false, ...changes, kind: 'retry', error };
}
function fail(facts, error, changes = {}) {
    const lines = error.side === 'source' ? [] : facts.outcome.lines;
    return { learned: facts.learned, records: [], refreshSource: false, ...changes, kind: 'fail', error, lines };
}
function note(text) {
    return { kind: 'note', text };
}
function afterSourceFailure(facts) {
    const { learned, options, failures } = facts;
    const { error } = facts.outcome;
    if (error?.side !== 'source')
        return undefined;
    const isLast = failures >= options.retries;
    const id = error.serverText === undefined ? undefined : findUnknownObject(error.serverText);
    const isOurs = id !== undefined && facts.outcome.updates.some((update) => update.new === id);
    if (isOurs && !isLast) {
        // The ref moved since it was listed, or it is broken: what a new listing still shows is broken (G19).
        const text = `the source lists ${id} and cannot give it: refs with that id are left out`;
        const records = learned.suspectIds.has(id) ? [{ kind: 'warning', text }] : [];
        return again(facts, { learned: noteRefused(learned, id), records, refreshSource: true });
    }
    return error.retryable && !isLast ? next_step_retry(facts, error, { refreshSource: true }) : fail(facts, error);
}
/** Names that are to keep old values are ours: where one namespace is refused, another one may do. */
function keepElsewhere(facts) {
    const { outcome, verdicts, learned } = facts;
    if (outcome.error !== undefined)
        return undefined;
    const refused = verdicts.find(({ kind, update }) => update.keeps !== undefined && isRefusal(kind));
    if (refused === undefined)
        return undefined;
    const reason = 'reason' in refused ? refused.reason : SILENCE;
    const text = `the destination does not take ${refused.update.ref}, which was to keep an old value: ${reason}`;
    return again(facts, { learned: noteBackupRefused(learned, reason), records: [note(text)] });
}
function isRefusal(kind) {
    return kind === 'refused' || kind === 'silent' || kind === 'doubted';
}
function leaveSharedPack(facts, failure) {
    if (!facts.outcome.isShared || !hasStarved(failure))
        return undefined;
    const text = 'the destination gave up while it waited for a slower one: fetching for it alone';
    return again(facts, { records: [note(text)] });
}
/** A connection that ends in the middle of a pack was most likely cut: the same way once more comes first. */
function repeatAfterCut(facts, failure) {
    const { error } = facts.outcome;
    if (error === undefined || !isPlainCut(facts.outcome) || hasStarved(failure) || !hasOpen(facts))
        return undefined;
    if (facts.options.retries === 0)
        return fail(facts, error);
    return facts.failures === 0 ? next_step_retry(facts, error) : undefined;
}
function isPlainCut(outcome) {
    const { error, bytes } = outcome;
    if (error?.code !== 'cut' || error.status !== undefined)
        return false;
    return lastUnpackFailure(outcome) === undefined && bytes > CUT_MID_PACK_BYTES;
}
function* bringOwnObjects(facts) {
    const { learned } = facts;
    const { mode } = learned;
    if (mode.ownObjects || !(yield* lacksEarlierObjects(facts)))
        return undefined;
    const text = 'the destination does not find objects that an earlier push brought: each push brings its own from now on';
    return again(facts, { learned: { ...learned, mode: { ...mode, ownObjects: true } }, records: [note(text)] });
}
function* pushPlainer(facts, failure) {
    const { learned, outcome } = facts;
    if (isSpoolForbidden(facts, failure))
        return undefined;
    const fallback = yield* findFallback(facts, failure);
    if (fallback === undefined)
        return undefined;
    return again(facts, {
        learned: noteMode(learned, fallback.mode, outcome),
        records: [note(fallback.notice)],
    });
}
function* findFallback(facts, failure) {
    const { mode } = facts.learned;
    if (failure.error !== undefined || failure.unpack !== undefined)
        return fallBack(mode, failure);
    for (const declined of yield* describeDeclined(facts)) {
        const fallback = fallBack(mode, declined);
        if (fallback !== undefined)
            return fallback;
    }
    return undefined;
}
/** Collecting the pack is what would help, and is not allowed: no other way is tried instead. */
function isSpoolForbidden({ learned: { mode } }, failure) {
    if (failure.transferAllowed.spool || mode.spool)
        return false;
    if (!hasStarved(failure) && ![408, 411, 504].includes(failure.error?.status ?? 0))
        return false;
    return fallBack(mode, { ...failure, transferAllowed: { spool: true } })?.mode.spool === true;
}
/** Nothing else is left to try: what was refused is refused, and a failure is one. */
function acceptVerdicts(facts, failure) {
    const { outcome, verdicts, options, failures } = facts;
    const races = verdicts.filter((verdict) => verdict.kind === 'raced');
    const learned = noteRaces(facts.learned, races.map(({ update }) => update.ref));
    const refusals = verdicts.flatMap((verdict) => verdict.kind === 'refused' && verdict.update.keeps === undefined ? refusal(facts, verdict) : []);
    const records = [...refusals, ...races.map((verdict) => recordRace({ ...facts, learned }, verdict))];
    const changes = { learned, records };
    if (outcome.error !== undefined && hasOpen(facts)) {
        const isForbidden = isSpoolForbidden(facts, failure);
        const error = isForbidden ? (0,errors/* withDetails */.FE)(outcome.error, { hint: FORBIDDEN }) : outcome.error;
        if (error.retryable && failures < options.retries)
            return next_step_retry(facts, error, changes);
        return fail(facts, error, changes);
    }
    if (failure.unpack !== undefined && hasOpen(facts)) {
        return fail(facts, unpackError(outcome, failure.unpack), changes);
    }
    const silences = verdicts.flatMap((verdict) => verdict.kind === 'silent' && verdict.update.keeps === undefined ? recordSilence(facts, verdict) : []);
    return again(facts, { learned, records: [...records, ...silences], refreshSource: races.length > 0 });
}
function hasOpen({ verdicts }) {
    return verdicts.some(({ kind }) => kind === 'open');
}
function refusal({ defaultBranch }, { update, reason, push }) {
    const isWarning = update.action === 'delete' && update.ref === defaultBranch;
    return { kind: 'refusal', update, reason, lines: push.lines, isWarning };
}
function recordRace(facts, verdict) {
    const { update, reason } = verdict;
    const races = facts.learned.races.get(update.ref) ?? 0;
    if (races >= MOST_RACES)
        return refusal(facts, { ...verdict, reason: `${reason} (${races} times)` });
    return note(`${update.ref} moved while it was pushed (${reason}): listing and planning again`);
}
function recordSilence(facts, { update, push }) {
    return refusal(facts, { kind: 'refused', update, reason: SILENCE, push });
}
function unpackError({ lines }, words) {
    return new errors/* MirrorError */.En(`the destination could not take the pack: ${words}`, {
        code: 'unpack',
        side: 'destination',
        serverText: [words, ...lines.slice(-20)].join('\n'),
    });
}

;// CONCATENATED MODULE: ./build/mirror/push/record-changes.js


/** Writes down every ref that the listing shows at its new value; what is doubted is refused by the step that follows. */
function* recordChanges(ledger, verdicts, labels) {
    let count = 0;
    let kept = 0;
    let folder = '';
    for (const { kind, update } of verdicts) {
        if (++count % steps/* STEP_ITEMS */.eK === 0)
            yield;
        if (kind !== 'changed')
            continue;
        const { ref, keeps } = update;
        if (keeps === undefined) {
            ledger.change(changeOf(update, labels?.get(ref)));
            continue;
        }
        ledger.keepBackup({ name: ref, ref: keeps, id: update.new });
        folder = ref.slice(0, ref.length - keeps.length + 'refs/'.length);
        kept++;
    }
    if (kept > 0)
        ledger.note(`kept ${(0,wording/* formatPlural */.yk)(kept, 'old value')} below ${folder}`);
}
/** `isFastForward`: undefined where nobody knows. */
function changeOf(update, isFastForward) {
    const isForced = update.action === 'update' && isFastForward === false;
    const action = isForced ? 'force' : update.action;
    return { ref: update.ref, action, old: update.old, new: update.new };
}

;// CONCATENATED MODULE: ./build/mirror/push/verdict.js







/** The verdict on each update: each is judged by its own push, whatever became of the others. */
function* judgePushes({ pushes, updates }, listing, host) {
    const none = (0,object_id/* nullId */.BW)(listing.format);
    const table = makeRefTable(listing.refs);
    const verdicts = [];
    let count = 0;
    for (const push of pushes) {
        for (const update of push.updates) {
            if (++count % steps/* STEP_ITEMS */.eK === 0)
                yield;
            if (!push.isSent) {
                verdicts.push({ kind: 'open', update });
                continue;
            }
            yield* table.prepareFor(update.ref);
            const at = table.find(update.ref);
            const found = at < 0 ? none : listing.refs[at].id;
            verdicts.push(judgeUpdate(push, update, { found, host }));
        }
    }
    // Pushes go through the updates in their order: what is behind the last of them was not tried.
    for (const update of updates.slice(count))
        verdicts.push({ kind: 'open', update });
    return verdicts;
}
/**
 * A server that says `ok` and shows the old value is not believed, and neither is one that says `ng` and shows the
 * new one.
 *
 * @param now.found the value that the listing shows; null: the ref is not there
 */
function judgeUpdate(push, update, { found, host }) {
    if (found === update.new)
        return judgeMoved(push, update);
    if (found !== update.old)
        return { kind: 'raced', update, reason: 'another writer moved it', push };
    const reason = whyRefused(push, update, found);
    if (reason !== undefined && isRace(push, update, { reason, host }))
        return { kind: 'raced', update, reason, push };
    // The pack as a whole was not taken, or the push broke off: that is judged as one, not ref by ref.
    if (unpackFailure(push) !== undefined || push.error !== undefined)
        return { kind: 'open', update };
    return reason === undefined ? { kind: 'silent', update, push } : { kind: 'refused', update, reason, push };
}
function judgeMoved(push, update) {
    const failure = unpackFailure(push);
    // A deletion needs no objects: it is whole whatever became of the pack.
    if (failure === undefined || isDelete(update))
        return { kind: 'changed', update };
    const words = (0,printable/* printableLine */.oy)(failure, 300);
    const reason = `the server said that it could not take the pack (${words}) and moved the ref all the same`;
    return { kind: 'doubted', update, reason, push };
}
function whyRefused({ report }, update, found) {
    const words = report?.refs.get(update.ref);
    if (words === undefined)
        return undefined;
    if (!words.ok)
        return words.reason;
    const other = words.refname;
    const shows = (0,object_id/* isNullId */.JC)(found) ? 'no such ref' : found;
    return (`the server reported ok but the listing shows ${shows}` +
        (other === undefined || other === update.ref ? '' : `; it says that it moved ${other}`));
}
/** A lost compare-and-swap, or a lock that another push holds (G8). */
function isRace({ lines }, { ref, action }, { reason, host }) {
    const refusal = { ref, action, reason };
    return diagnose({ phase: 'transfer', words: lines, host, refusal })?.next.kind === 'again';
}

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
/** Changes of a dry run that are written down before others get a turn: each is an event, too. */
const CHANGES_AT_ONCE = 1_000;
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
        ledger.fail(withAdvice(error, { phase: 'list', words: [], host }));
    }
    await host?.end();
    if (ledger.error !== undefined)
        await settleAnchors({ ...context, ledger, mode, onClosing }, ledger.error);
    context.pack.leave();
    context.lfs?.leave();
    return { result: ledger.result(), inScope: ledger.inScope, closed: Promise.all(closing) };
}
/** Nothing of the hosts' APIs is loaded where no option needs it. */
async function openHostIfNeeded(context, ledger) {
    if (!(0,read_host/* usesHost */.J$)(context.options.host) || context.options.restores)
        return undefined;
    const { openHostSteps } = await Promise.all(/* import() */[__webpack_require__.e(8288), __webpack_require__.e(6995), __webpack_require__.e(5364)]).then(__webpack_require__.bind(__webpack_require__, 5364));
    return await openHostSteps(context, context.endpoint, ledger);
}
async function runRounds(rounds, learnedBefore) {
    const { context, ledger, onClosing, onLearned, host } = rounds;
    let learned = learnedBefore;
    let pushed;
    /** What was pushed broke off, and the step after it is done: the server may have finished it later than was listed. */
    let isJudged = false;
    let failures = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
        const session = await list(rounds, pushed === undefined || isJudged ? 'list' : 'verify');
        try {
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
            if (host !== undefined && isDefaultBranchLeft(drafted)) {
                const names = new Set(session.listing.refs.map(({ name }) => name));
                if ((await host.settleDefaultBranch(drafted, names)) && drafted.updates.length > 0) {
                    await session.close();
                    continue;
                }
            }
            const here = { ...drafted, session };
            // What only keeps old values makes nothing visible.
            const wasUsable = session.usable;
            const planned = drafted.later.length > 0 ? here : await carryRound(context, { planned: here, ledger, onClosing });
            if (context.options.dryRun || planned.updates.length === 0) {
                // It left while LFS objects were carried, and nothing is to be pushed: what is there is looked at anew.
                if (wasUsable && !session.usable && !session.forgets)
                    continue;
                await finish(rounds, { planned, session, learned });
                return;
            }
            await context.admit();
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
/** All is done but for the deletion of the default branch, if there is one. */
function isDefaultBranchLeft({ plan, updates }) {
    const last = plan.defaultBranchDelete?.ref;
    return updates.every(({ ref, keeps }) => last !== undefined && (keeps ?? ref) === last);
}
/** Writes down what the listing shows as moved. */
async function settle({ context, ledger }, { outcome, labels }, { listing }) {
    const { signal, server } = context;
    await (0,turns/* giveTurn */.pN)(signal);
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
    const defaultBranch = planned.plan.defaultBranchDelete?.ref;
    const choosing = chooseNextStep({ ...facts, options, outcome, defaultBranch, host: server.host });
    return await (0,turns/* runInTurns */.hp)(choosing, signal);
}
async function follow({ context, ledger }, step, { pushed, session, failures, }) {
    const { options, server, signal, source } = context;
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
        await checkRelation(context, { ...planned, session }, learned);
        await recordPlan(context, ledger, planned);
    }
    else {
        const removal = { ...context, ledger, mode: learned.mode };
        await removeAnchors(removal, session);
        await removeBackups(removal, session);
    }
    onClosing(session.leave());
}
async function labelsOf({ source, options }, { updates, labels }) {
    if (labels !== undefined)
        return labels;
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
    const { defaultBranchDelete } = planned.plan;
    const updates = new Set(planned.updates);
    if (defaultBranchDelete !== undefined)
        updates.add(defaultBranchDelete);
    let count = 0;
    for (const update of updates) {
        if (++count % CHANGES_AT_ONCE === 0)
            await (0,turns/* giveTurn */.pN)(context.signal);
        ledger.change(changeOf(update, labels.get(update.ref)));
    }
}

// EXTERNAL MODULE: ./build/hosts/limits.js
var hosts_limits = __webpack_require__(10242);
// EXTERNAL MODULE: ./build/mirror/sessions/door.js
var door = __webpack_require__(10912);
// EXTERNAL MODULE: ./build/mirror/sessions/server.js
var sessions_server = __webpack_require__(5927);
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
        const { createCarrier } = await Promise.all(/* import() */[__webpack_require__.e(8288), __webpack_require__.e(5160)]).then(__webpack_require__.bind(__webpack_require__, 75160));
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
        return await this.#source.questions.fetch({
            wants,
            haves,
            thin: false,
            ofsDelta: true,
            deepen,
            filter,
        });
    }
    async #filters() {
        const { questions } = this.#source;
        const session = await questions.lease();
        const { version, capabilities } = session.advertisement;
        questions.release(session);
        return version === 2 ? (0,protocol_capabilities/* featuresOf */.Hi)('fetch', capabilities).has('filter') : capabilities.has('filter');
    }
}

// EXTERNAL MODULE: ./build/mirror/open-server.js + 1 modules
var open_server = __webpack_require__(41810);
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
const shared_fetch_LONGEST_WAIT_MS = 3000;
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
        const key = await (0,turns/* runInTurns */.hp)(shared_fetch_keyOf(question), this.#options.signal);
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
            this.#timer ??= setTimeout(() => this.#serveAll(), shared_fetch_LONGEST_WAIT_MS);
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
function* shared_fetch_keyOf(question) {
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

// EXTERNAL MODULE: ./build/mirror/sessions/upload-pack-session.js + 3 modules
var upload_pack_session = __webpack_require__(9955);
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
        const isTheirs = ({ name }) => name.startsWith('refs/') && !isAnchor(name) && !(0,ours_backups/* isBackup */.rk)(name, backups);
        const refs = await (0,turns/* runInTurns */.hp)((0,steps/* filterInSteps */.pj)(listing.refs, isTheirs), signal);
        let ids;
        const damaged = listing.damaged.filter((ref) => !isAnchor(ref.name));
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
    return startLearned(mode, Math.floor(Date.now() / 1000) + CLOCK_SKEW_S);
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
            return (await Promise.all(/* import() */[__webpack_require__.e(8288), __webpack_require__.e(5935)]).then(__webpack_require__.bind(__webpack_require__, 45935))).createHttpRemote(url, options);
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
            await (0,_base_deadline_js__WEBPACK_IMPORTED_MODULE_1__/* .within */ .u)(Promise.race([Promise.all(this.#inside), aborted(signal)]), OTHERS_LIMIT);
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
async function aborted(signal) {
    if (signal.aborted)
        return;
    await new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
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
        const head = await (0,turns/* runInTurns */.hp)(encoding, this.#server.signal);
        const { connection, watch, text } = this.#talk;
        this.#over = !this.forgets;
        this.#server.door?.take(this);
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
/* harmony import */ var _upload_pack_session_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9955);



/**
 * The upload-pack of one server: sessions are opened when needed. One that has answered a fetch is spent: servers may keep
 * what they know of us until the connection ends (JGit does), and the next answer would be too small. One that has not
 * is kept for the next question.
 */
class UploadPackPool {
    server;
    #twin;
    #idle;
    #refusesInsisting = false;
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
    /** A session for one question; give it back with `release`. */
    async lease() {
        const shared = (await this.#twin?.shared()) ?? (await this.shared());
        if (shared)
            return shared;
        const idle = this.#takeIdle() ?? (this.#twin ? this.#twin.#takeIdle() : undefined);
        if (idle)
            return idle;
        const session = await _upload_pack_session_js__WEBPACK_IMPORTED_MODULE_0__/* .UploadPackSession */ .R.open(this.server);
        if (session.forgets)
            this.#shared = Promise.resolve(session);
        return session;
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
        const shared = await this.#shared?.catch(() => undefined);
        this.#shared = undefined;
        await Promise.all([shared?.leave(), this.#takeIdle()?.leave()]);
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

/***/ 9955:
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
// EXTERNAL MODULE: ./build/base/steps.js
var steps = __webpack_require__(24779);
// EXTERNAL MODULE: ./build/protocol/pkt-line.js
var pkt_line = __webpack_require__(52309);
;// CONCATENATED MODULE: ./build/protocol/fetch-request.js





/**
 * The `fetch` command (gitprotocol-v2, "fetch").
 * @throws MirrorError `protocol` without a want: git gives no answer at all to that, and a kept-open
 * connection would hang. Also for what was not offered.
 */
function* encodeFetchV2(request) {
    const features = (0,protocol_capabilities/* featuresOf */.Hi)('fetch', request.capabilities);
    if (request.waitForDone !== true)
        requireWant(request);
    else if (!features.has('wait-for-done'))
        throw (0,protocol_capabilities/* notOffered */.JM)('wait-for-done');
    if (isAboutDepth(request) && !features.has('shallow'))
        throw (0,protocol_capabilities/* notOffered */.JM)('a fetch by depth');
    if (request.filter !== undefined && !features.has('filter'))
        throw (0,protocol_capabilities/* notOffered */.JM)('a filtered fetch');
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
    return (0,base_bytes/* concatBytes */.Id)([
        (0,protocol_capabilities/* encodeCommandHead */.wc)('fetch', request),
        (0,pkt_line/* encodePackets */._k)(args),
        ...(yield* encodeIds('want', request.wants)),
        (0,pkt_line/* encodePackets */._k)(others),
        ...(yield* encodeIds('have', request.haves)),
        (0,pkt_line/* encodePackets */._k)(request.done === false ? [] : ['done\n']),
        pkt_line/* FLUSH */.ZM,
    ]);
}
/** A line for each id, in parts. */
function* encodeIds(word, ids) {
    const parts = [];
    for (let from = 0; from < ids.length; from += steps/* STEP_ITEMS */.eK) {
        if (from > 0)
            yield;
        parts.push((0,pkt_line/* encodePackets */._k)(ids.slice(from, from + steps/* STEP_ITEMS */.eK).map((id) => `${word} ${id}\n`)));
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
        throw (0,protocol_capabilities/* notOffered */.JM)('a fetch by depth');
    if (request.deepenSince !== undefined && !capabilities.has('deepen-since')) {
        throw (0,protocol_capabilities/* notOffered */.JM)('a fetch by date');
    }
    if (request.filter !== undefined && !capabilities.has('filter'))
        throw (0,protocol_capabilities/* notOffered */.JM)('a filtered fetch');
    const [first, ...others] = request.wants;
    const head = [`want ${[first, ...wordsV0(request)].join(' ')}\n`];
    const rest = [];
    addDepth(rest, request);
    if (request.filter !== undefined)
        rest.push(`filter ${request.filter}\n`);
    const wants = [(0,pkt_line/* encodePackets */._k)(head), ...(yield* encodeIds('want', others)), (0,pkt_line/* encodePackets */._k)(rest), pkt_line/* FLUSH */.ZM];
    const done = (0,pkt_line/* encodePackets */._k)(request.done === false ? [] : ['done\n']);
    return {
        wants: (0,base_bytes/* concatBytes */.Id)(wants),
        haves: (0,base_bytes/* concatBytes */.Id)([...(yield* encodeIds('have', request.haves)), done]),
    };
}
function requireWant(request) {
    if (request.wants.length > 0)
        return;
    throw new errors/* MirrorError */.En('a fetch without a want has no answer', { code: 'protocol' });
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
        ['thin-pack', request.thin || isDulwich(capabilities)],
        ['ofs-delta', request.ofsDelta],
        ['no-progress', !request.progress],
        ['deepen-since', request.deepenSince !== undefined],
        ['filter', request.filter !== undefined],
    ];
    const words = wanted.filter(([name, on]) => on && capabilities.has(name)).map(([name]) => name);
    if (capabilities.has('object-format'))
        words.push(`object-format=${request.format}`);
    words.push(...(0,protocol_capabilities/* agentWord */.s_)(capabilities, request.agent));
    return words;
}
/** It makes no thin packs, and hangs up on who could not read one. */
function isDulwich(capabilities) {
    return capabilities.value('agent')?.startsWith('dulwich/') === true;
}

// EXTERNAL MODULE: ./build/protocol/line-budget.js
var line_budget = __webpack_require__(32793);
// EXTERNAL MODULE: ./build/protocol/object-id.js
var object_id = __webpack_require__(94566);
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
                const { packets, bytes } = await this.#turn(await (0,turns/* runInTurns */.hp)(encodeFetchV2(request), this.#server.signal));
                const answer = await readFetchV2(packets, { onProgress });
                if (!isDeepening(question))
                    refuseShallow(answer.shallow);
                return this.#fetching(answer, bytes);
            }
            const { wants, haves } = await (0,turns/* runInTurns */.hp)(encodeFetchV0(request), this.#server.signal);
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
            const encoding = encodeFetchV0({
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
        about: '`mirror`: one source to its destinations. `doctor`: says what can be known of that without writing. `round`: every mirror of `config`. `check`: reads `config` and says what is ' +
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
        about: 'Most refs of one push. By default 5,000, or the known limit of the host; a million to a path.',
        help: 'most refs of one push; by default 5000, or the known limit of the host; a million to a path',
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
    if (command === 'mirror' || command === 'doctor')
        refuseFleetOptions(reader, options);
    return options;
}
/** A pair is a pair: what chooses among many would be passed over in silence. */
function refuseFleetOptions(reader, options) {
    const { only, shard, shards, reportFiles, config } = options;
    const found = [
        ['config', config !== ''],
        ['only', only.length > 0],
        ['shard', shard !== ''],
        ['shards', shards !== undefined],
        ['report-file', reportFiles.length > 0],
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
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(68739);



/** Whether anything is to be done at the host: without that its API is never asked. */
function usesHost({ create, defaultBranch, allowForce }) {
    return create !== undefined || defaultBranch.kind !== 'keep' || allowForce;
}
/** @throws MirrorError `usage` */
function readHost(reader) {
    const create = (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readValue */ .wK)(reader, 'create');
    const kind = (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readValue */ .wK)(reader, 'host-kind');
    return {
        create: create === 'off' ? undefined : create,
        defaultBranch: readDefaultBranch(reader),
        allowForce: (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readValue */ .wK)(reader, 'protected') === 'allow-force',
        kind: kind === 'auto' ? undefined : kind,
        api: readApi(reader),
    };
}
function readDefaultBranch(reader) {
    const text = (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readText */ .yR)(reader, 'default-branch');
    if (text === 'keep' || text === 'source')
        return { kind: text };
    const name = text.replace(/^refs\/heads\//, '');
    try {
        if (/[*:+^!]/.test(name))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En('a pattern', { code: 'usage' });
        (0,_plan_refspec_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRefspecs */ .JH)([`refs/heads/${name}`], '');
    }
    catch {
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .usageError */ .Wp)(reader, 'default-branch', `"${(0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(text)}" is no name of a branch`, 'Write keep, source, or a branch such as main.');
    }
    return { kind: 'name', name };
}
function readApi(reader) {
    const text = (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readText */ .yR)(reader, 'host-api');
    if (text === '')
        return undefined;
    const url = URL.parse(text);
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (url && isWeb && url.username === '' && url.password === '' && url.search === '' && url.hash === '')
        return text;
    throw (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .usageError */ .Wp)(reader, 'host-api', 'is no https address, or holds a login, a query or a fragment', 'Write the base address of the API alone, such as https://git.example.org/api/v4.');
}
/** @throws MirrorError `usage` where one of the two is missing; the key itself is read when it is used */
function readApp(reader) {
    const id = (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readText */ .yR)(reader, 'app-id');
    const privateKey = (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .readText */ .yR)(reader, 'app-private-key');
    if (id === '' && privateKey === '')
        return undefined;
    if (!/^[\w.-]{1,100}$/.test(id)) {
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .usageError */ .Wp)(reader, 'app-id', id === '' ? 'is empty, and there is a key of an App' : `"${(0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .quote */ .hD)(id)}" is no id of an App`, 'Write the client id (Iv23…) or the App id, as the settings of the App show it.');
    }
    if (privateKey === '') {
        throw (0,_values_js__WEBPACK_IMPORTED_MODULE_2__/* .usageError */ .Wp)(reader, 'app-private-key', 'is empty, and there is an App', 'Give the private key that the settings of the App make, as text.');
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

/***/ 97084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BB: () => (/* binding */ PackChecker),
/* harmony export */   QT: () => (/* binding */ parsePackHeader),
/* harmony export */   pb: () => (/* binding */ emptyPack),
/* harmony export */   z5: () => (/* binding */ PACK_HEADER_LENGTH)
/* harmony export */ });
/* unused harmony export trailerLength */
/* harmony import */ var _base_crypto_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26039);
/* harmony import */ var _base_bytes_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(25771);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(45145);



/** `PACK`, version, number of objects (gitformat-pack). */
const PACK_HEADER_LENGTH = 12;
const SIGNATURE = 0x5041434b;
/** @throws MirrorError `pack` for bytes that are no header of version 2 or 3. */
function parsePackHeader(bytes) {
    if (bytes.length < PACK_HEADER_LENGTH)
        throw damaged('its header is cut');
    const view = new DataView(bytes.buffer, bytes.byteOffset, PACK_HEADER_LENGTH);
    if (view.getUint32(0) !== SIGNATURE)
        throw damaged('it does not begin with PACK');
    const version = view.getUint32(4);
    if (version !== 2 && version !== 3)
        throw damaged(`its version is ${version}`);
    return { version, objects: view.getUint32(8) };
}
/** A pack without objects: 32 bytes for SHA-1, 44 for SHA-256. */
function emptyPack(format) {
    const header = new Uint8Array(PACK_HEADER_LENGTH);
    const view = new DataView(header.buffer);
    view.setUint32(0, SIGNATURE);
    view.setUint32(4, 2);
    return (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([header, (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_2__/* .loadCrypto */ .Q)().createHash(format).update(header).digest()]);
}
/** Bytes of the hash at the end of a pack. */
function trailerLength(format) {
    return format === 'sha1' ? 20 : 32;
}
/**
 * Checks a pack while its slices pass: the trailer is the hash of all bytes before it. The last slice is kept, and
 * must stay as it is until the next one.
 */
class PackChecker {
    /** Bytes seen so far. */
    bytes = 0;
    #hash;
    #length;
    /** The last slices, not hashed yet: they end with the trailer, if nothing follows. */
    #held = new Uint8Array(0);
    #header = new Uint8Array(0);
    constructor(format) {
        this.#hash = (0,_base_crypto_js__WEBPACK_IMPORTED_MODULE_2__/* .loadCrypto */ .Q)().createHash(format);
        this.#length = trailerLength(format);
    }
    /** Objects by the header; undefined before its last byte. @throws MirrorError `pack` for what is no header. */
    get objects() {
        return this.#header.length < PACK_HEADER_LENGTH ? undefined : parsePackHeader(this.#header).objects;
    }
    update(slice) {
        this.bytes += slice.length;
        if (this.#header.length < PACK_HEADER_LENGTH) {
            const missing = PACK_HEADER_LENGTH - this.#header.length;
            this.#header = (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([this.#header, slice.subarray(0, missing)]);
        }
        if (slice.length >= this.#length) {
            this.#hash.update(this.#held);
            this.#held = slice;
        }
        else
            this.#held = this.#hashAllBut(this.#length, (0,_base_bytes_js__WEBPACK_IMPORTED_MODULE_0__/* .concatBytes */ .Id)([this.#held, slice]));
    }
    /** Hashes `bytes` without the last `length` of them, which are given back. */
    #hashAllBut(length, bytes) {
        const end = Math.max(0, bytes.length - length);
        this.#hash.update(bytes.subarray(0, end));
        return bytes.subarray(end);
    }
    /** To be called once, after the last slice. @throws MirrorError `pack`. */
    finish() {
        if (this.bytes < PACK_HEADER_LENGTH + this.#length)
            throw damaged(`it ends after ${this.bytes} bytes`);
        parsePackHeader(this.#header);
        const trailer = this.#hashAllBut(this.#length, this.#held);
        if (!this.#hash.digest().equals(trailer)) {
            throw damaged(`after ${this.bytes} bytes its trailer is not the hash of what came before`);
        }
    }
}
function damaged(how) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MirrorError */ .En(`the pack is damaged or was cut: ${how}`, {
        code: 'pack',
        side: 'source',
        retryable: true,
    });
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
            return url.port === SSH_PORT
                ? `${url.user}@${printHost(url.host, url.port, SSH_PORT)}:${url.path}`
                : `[${url.user}@${url.host}:${url.port}]:${url.path}`;
        case 'file':
            return url.path;
    }
}
function printHost(host, port, usual) {
    const name = host.includes(':') ? `[${host}]` : host;
    return port === usual ? name : `${name}:${port}`;
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
