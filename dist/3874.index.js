export const id = 3874;
export const ids = [3874];
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

/***/ 73874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  acts: () => (/* binding */ acts)
});

// EXTERNAL MODULE: ./build/advice/advise.js + 13 modules
var advise = __webpack_require__(21585);
// EXTERNAL MODULE: ./build/base/steps.js
var steps = __webpack_require__(24779);
// EXTERNAL MODULE: ./build/base/turns.js
var turns = __webpack_require__(19464);
// EXTERNAL MODULE: ./build/plan/refspec-match.js
var refspec_match = __webpack_require__(99400);
// EXTERNAL MODULE: ./build/plan/plan-types.js
var plan_types = __webpack_require__(36227);
// EXTERNAL MODULE: ./build/base/deadline.js
var deadline = __webpack_require__(68606);
;// CONCATENATED MODULE: ./build/mirror/lfs/held-pack.js
/** A pack that is collected as far as it is looked at, and then handed on from its first byte. */
class HeldPack {
    /** The pack, what was collected first. */
    fetching;
    #source;
    #held = [];
    #bytes = 0;
    #limit = 0;
    #collecting;
    #end;
    constructor(source) {
        this.#source = source;
        this.fetching = {
            ...source,
            next: async () => {
                // What is here is not held up by a source that is slow.
                if (!this.#wantsMore() && this.#held.length > 0)
                    return this.#held.shift();
                await this.#collecting;
                return this.#held.shift() ?? (await this.#next());
            },
            nextNow: () => {
                if (this.#collecting !== undefined)
                    return undefined;
                return this.#held.shift() ?? (this.#isOpen() ? source.nextNow() : undefined);
            },
            cancel: (reason) => {
                if (this.#isOpen())
                    this.#end = 'cancelled';
                this.#held.length = 0;
                source.cancel(reason);
            },
        };
    }
    /** Nothing more has to come from the source. */
    get isWhole() {
        return this.#end === 'whole';
    }
    /**
     * All of it, if it is whole within `limit` bytes; else what came is kept, and a later call goes on. Undefined, too, where
     * the source fails: whoever reads it on meets that. Never throws.
     */
    async collect(limit) {
        this.#limit = limit;
        if (this.#collecting === undefined && this.#wantsMore())
            this.#collecting = this.#collect();
        await this.#collecting;
        // Copies: what is sent on meanwhile gives its memory back.
        return this.isWhole && this.#bytes <= this.#limit
            ? this.#held.map((slice) => new Uint8Array(slice))
            : undefined;
    }
    /** No more is collected than the slice that is waited for. */
    stop() {
        this.#limit = 0;
    }
    async #collect() {
        while (this.#wantsMore()) {
            try {
                const slice = await this.#source.next();
                // One that is given up ends like one that is complete.
                if (!this.#isOpen())
                    break;
                if (slice === undefined)
                    this.#end = 'whole';
                else {
                    // Memory of its own: whoever has sent a slice gives its memory back, which others may share.
                    this.#held.push(Buffer.from(new Uint8Array(slice).buffer));
                    this.#bytes += slice.length;
                }
            }
            catch (failure) {
                this.#end = { failure };
            }
        }
        this.#collecting = undefined;
    }
    async #next() {
        if (typeof this.#end === 'object')
            throw this.#end.failure;
        return this.#isOpen() ? await this.#source.next() : undefined;
    }
    #wantsMore() {
        return this.#isOpen() && this.#bytes <= this.#limit;
    }
    #isOpen() {
        return this.#end === undefined;
    }
}

;// CONCATENATED MODULE: ./build/mirror/lfs/held-early.js


/**
 * Milliseconds that a pack may wait for the answer about pointers. A server that does one thing at a time answers when the
 * pack is given up.
 */
const LONGEST_HELD_MS = 5000;
function holdEarly(options) {
    const { format, signal, glances } = options;
    let held;
    let isGivenUp = false;
    let isOver = false;
    let timer;
    let shown;
    const fetching = glances
        ? options.fetching.then((pack) => pack?.answer.pack === undefined ? pack : (held = new HeldPack(pack)).fetching)
        : options.fetching;
    const drop = () => {
        isGivenUp = true;
        void fetching.then((pack) => pack?.cancel()).catch(() => undefined);
    };
    const giveUp = () => {
        if (held?.isWhole !== true && !isGivenUp)
            drop();
    };
    const startTimer = () => {
        if (!isOver && held?.isWhole !== true)
            timer ??= setTimeout(giveUp, LONGEST_HELD_MS);
    };
    const stopTimer = () => {
        clearTimeout(timer);
        timer = undefined;
    };
    const read = async (limitBytes, limitMs) => {
        await fetching.catch(() => undefined);
        if (held === undefined || isGivenUp)
            return undefined;
        stopTimer();
        const slices = await (0,deadline/* within */.u)(held.collect(limitBytes), limitMs);
        startTimer();
        if (slices === undefined) {
            held.stop();
            return undefined;
        }
        const { readWholePack } = await Promise.all(/* import() */[__webpack_require__.e(1040), __webpack_require__.e(5837)]).then(__webpack_require__.bind(__webpack_require__, 35837));
        return await (shown ??= readWholePack(slices, { format, signal }));
    };
    // Its failure is met where the pack is waited for, or nowhere when it is no longer wanted.
    if (glances)
        fetching.catch(() => undefined);
    else
        fetching.then(startTimer, () => undefined);
    return {
        fetching,
        glance: glances ? { read, stop: () => held?.stop() } : undefined,
        isGivenUp: () => isGivenUp,
        giveUp,
        drop,
        release() {
            isOver = true;
            stopTimer();
        },
    };
}

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
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
    server.openAhead();
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
    try {
        return await findAmong(options, options.tips.slice(0, TIPS_ASKED));
    }
    finally {
        options.destination.leaveIdle();
    }
}
async function findAmong(options, all) {
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
    const ask = async (depth) => {
        const ids = await askBoundary(destination, tips, depth);
        const common = await askKnownIds(source, { ids, want });
        return { ids, shared: common.size > 0, depth };
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
    // Such questions come in series, or the pack is asked for after them.
    server.openAhead();
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
const LINE_LOOKED_AT_LENGTH = 1000;
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
        .map((line) => line.slice(0, LINE_LOOKED_AT_LENGTH).trim())
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
/** Commits from a tip to its parents, itself included. */
const PARENTS_DEPTH = 2;
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
            const hasMore = () => next < groups.length;
            await askGroup({ source, tip, olds, hasMore }, (old, answer) => answers.set(`${old} ${tip}`, answer));
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
async function askGroup({ source, tip, olds, hasMore }, tell) {
    if (olds.length > 1 && (await askWhole({ source, tip, olds, hasMore: hasMore() })) === true) {
        for (const old of olds)
            tell(old, true);
        return;
    }
    for (const [index, old] of olds.entries()) {
        const isLast = index === olds.length - 1;
        const whole = await askWhole({ source, tip, olds: [old], hasMore: !isLast || hasMore() });
        tell(old, typeof whole === 'boolean' ? whole : await askFromTip(source, { old, tip, whole }));
    }
}
/** Whether all that is behind `olds` is behind `tip`. */
async function askWhole({ source, olds, tip, hasMore, }) {
    for (let asked = 0; asked < SILENCES_BELIEVED; asked++) {
        const session = await source.lease();
        const { advertisement } = session;
        if (!session.forgets && !mayGive(advertisement, olds)) {
            source.release(session);
            return 'untold';
        }
        if (hasMore)
            source.openAhead();
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
 * parent. JGit calls any commit without parents ready, so NEW has to have some: at depth 2 there are commits, which at depth 1
 * would be NEW itself in any case.
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
        const parents = await askBoundary(source, [tip], PARENTS_DEPTH);
        return parents.length > 0;
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
        const known = await askKnownIds(source, { ids: unknownTips.slice(0, 10_000), want: options.anyTip });
        const isAnyKnown = known.size > 0;
        return { common: isAnyKnown, related: isAnyKnown };
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
        return behind;
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
        if (!(0,plan_types/* isDelete */.O)(update) && update.keeps === undefined)
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
        if (!(0,plan_types/* isDelete */.O)(update) && !there.has(update.new))
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
        if (shared && ((0,plan_types/* isDelete */.O)(update) || !update.ref.startsWith('refs/heads/')))
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
async function carryRound(context, { planned, learned, ledger, onClosing }) {
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
    // A first mirror of a source that filters is asked about at once: counting the objects of a whole history may take long,
    // and is done for both at the same time.
    const mayGlance = options.lfs !== 'full' && (haves.length > 0 || !(await lfs.asksGit()));
    const beside = planned.early ?? (await startBeside(context, planned, { learned, mayGlance }));
    const held = beside &&
        holdEarly({
            fetching: beside.fetching,
            format: source.format,
            signal,
            glances: mayGlance && isStillWanted({ ...planned, early: beside }),
        });
    const giveUpEarly = () => held?.giveUp();
    try {
        await lfs.carry({
            listing: source,
            wants,
            haves,
            glance: held?.glance,
            tips: await (0,turns/* runInTurns */.hp)(tipsOf(context, planned), signal),
            ref: planned.updates.find((update) => !(0,plan_types/* isDelete */.O)(update))?.ref,
            notice: (level, text) => (level === 'warning' ? ledger.warn(text) : ledger.note(text)),
            retry: (what, act) => (0,retry/* withRetries */.LH)(act, {
                retries: options.retries,
                signal,
                onRetry: (error, delay) => ledger.note((0,retry/* describeRetry */.eV)(`${what} again`, error, delay)),
            }),
            onDoubt: giveUpEarly,
            async onFound(count) {
                const text = `carrying LFS objects to ${label}: ${count} ${count === 1 ? 'pointer' : 'pointers'} found`;
                reporter({ kind: 'phase', phase: 'lfs', destination: label, text });
                giveUpEarly();
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
        held?.drop();
        throw error;
    }
    finally {
        held?.release();
        ledger.figures.enter('list');
    }
    if (beside === undefined || held === undefined || held.isGivenUp())
        return { ...planned, early: undefined };
    const { updates } = beside;
    return { ...planned, early: { updates, fetching: held.fetching, cancel: held.drop } };
}
/**
 * Asks for the pack while pointers are looked for: nearly always there are none, and a small pack shows that itself. Not
 * where connections are counted, nor where several destinations may want one pack: what is given up here is not shared
 * again.
 */
async function startBeside(context, planned, { learned: { mode }, mayGlance }) {
    const { options } = context;
    const { scheme } = options.source.url;
    if (options.lfs === 'full' || options.dryRun || options.destinations.length > 1)
        return undefined;
    if (mode.pieces || mode.ownObjects || planned.updates.length === 0 || scheme === 'git')
        return undefined;
    await context.admit();
    // The question about pointers takes the connection that is greeted.
    if (scheme === 'ssh' && !mayGlance)
        return undefined;
    return startEarly(context, planned, mode.thin);
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

;// CONCATENATED MODULE: ./build/mirror/losses/force-labels.js

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
/** Whether `askLabels` will have to ask, once the push is over. */
function asksAfterwards(updates, force) {
    const asked = questions(updates);
    const isFew = asked.length > 0 && asked.length <= FEW_LABELS;
    return isFew && (force || asked.some((update) => update.forced));
}
/** Updates of which history tells whether they are forced. */
function questions(updates) {
    return updates.filter((update) => update.action === 'update');
}

// EXTERNAL MODULE: ./build/plan/anchors.js
var plan_anchors = __webpack_require__(30684);
// EXTERNAL MODULE: ./build/mirror/sessions/receive-pack-session.js + 1 modules
var receive_pack_session = __webpack_require__(51200);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
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
    const anchors = await (0,turns/* runInTurns */.hp)((0,steps/* filterInSteps */.pj)(session.listing.refs, (ref) => (0,plan_anchors/* isAnchor */.m4)(ref.name)), run.signal);
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

// EXTERNAL MODULE: ./build/protocol/capabilities.js
var protocol_capabilities = __webpack_require__(98543);
// EXTERNAL MODULE: ./build/mirror/state/piece-state.js
var piece_state = __webpack_require__(98870);
// EXTERNAL MODULE: ./build/mirror/state/piece-weight.js
var piece_weight = __webpack_require__(25039);
// EXTERNAL MODULE: ./build/mirror/state/thin-or-whole.js
var thin_or_whole = __webpack_require__(22553);
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
    const shown = (0,plan_anchors/* shownPrefix */.mZ)(held.session.listing.refs);
    if (shown !== undefined)
        return shown;
    if (await takesProbe(run, held)) {
        run.ledger.keepLeftovers([...run.ledger.leftovers, plan_anchors/* ANCHOR_PROBE */.b1]);
        return plan_anchors/* ANCHOR_PREFIX */.v3;
    }
    run.ledger.note(`the destination takes no refs below ${plan_anchors/* ANCHOR_PREFIX */.v3}: tags keep what has arrived`);
    // What the server said about the probe is not about what comes next.
    held.session.abort();
    held.session = await receive_pack_session/* ReceivePackSession */.n.open(run.server);
    return plan_anchors/* ANCHOR_TAG_PREFIX */.w5;
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
            commands: [{ kind: 'update', ref: plan_anchors/* ANCHOR_PROBE */.b1, old: (0,object_id/* nullId */.BW)(format), new: probe.id }],
            atomic: false,
            plain: !run.mode.agent,
            pack: probe.pack,
        });
        if (!session.forgets)
            await session.close();
        return report?.unpack === 'ok' && report.refs.get(plan_anchors/* ANCHOR_PROBE */.b1)?.ok === true;
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

// EXTERNAL MODULE: ./build/mirror/state/cut-search.js
var cut_search = __webpack_require__(51253);
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
    return { kind: 'again', state: (0,piece_state/* enterAxis */.Q3)(state, axis) };
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
    const refuses = (objects) => objects > mostObjects || (0,piece_weight/* isHopeless */.cs)(trusted, objects, maxBytes);
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
    const at = (0,cut_search/* chooseCut */.OK)(state, options.maxBytes);
    if (at === undefined)
        return await cutLayer(options, state);
    const ids = await idsAt(options, state, at);
    if (ids.length === 1 && isTip(state, ids[0]))
        return { kind: 'again', state: (0,piece_state/* noteTooLarge */.sH)(state, at, undefined) };
    const unknown = leaveOutKnown(options, ids);
    if (unknown.length === 0)
        return { kind: 'again', state: (0,piece_state/* noteNothingBefore */.dE)(state, at, ids) };
    if (unknown.length > MOST_ANCHORS)
        return { kind: 'again', state: (0,piece_state/* noteTooLarge */.sH)(state, at, undefined) };
    const opened = await openPiece(options, state, unknown);
    if (typeof opened === 'number')
        return { kind: 'again', state: (0,piece_state/* noteTooLarge */.sH)(state, at, opened) };
    if (await isEmpty(opened))
        return { kind: 'again', state: (0,piece_state/* noteNothingBefore */.dE)(state, at, ids) };
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
        return { ...(0,piece_state/* noteNothingBefore */.dE)(state, -Math.min(depth, DEEPEST), ids), isLowKnown: true, tries: 0 };
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
        return { kind: 'again', state: (0,piece_state/* noteNothingBefore */.dE)(state, high, ids) };
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
        return { kind: 'again', state: (0,piece_state/* noteNothingBefore */.dE)(state, at, [alone.id]) };
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
    source.openAhead();
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
const BEGINNING_PART = piece_weight/* FIRST_OBJECTS_PART */.gY;
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
    const since = state.tries < MOST_TRIES ? (0,cut_search/* chooseCut */.OK)(state, maxBytes) : undefined;
    if (since === undefined)
        return await cutMoment(options, state);
    const cut = asked?.since === since ? asked.cut : await ask(options, since);
    if (cut.kind === 'before')
        return { kind: 'again', state: (0,piece_state/* noteNothingBefore */.dE)(state, since) };
    if (cut.kind === 'after')
        return { kind: 'again', state: (0,piece_state/* noteNothingAfter */._M)(state, since) };
    const unknown = leaveOutKnown(options, cut.ids);
    if (unknown.length === 0)
        return { kind: 'again', state: (0,piece_state/* noteNothingBefore */.dE)(state, since) };
    const limit = limitOf(state, since, maxBytes);
    const ids = (0,piece_state/* leaveOutNewer */.HD)(state, unknown, limit);
    if (ids.length === 0) {
        return {
            kind: 'again',
            state: await noteMerges(options, state, { ids: unknown, since, objects: undefined }),
        };
    }
    if (ids.length > MOST_ANCHORS)
        return { kind: 'again', state: (0,piece_state/* noteTooLarge */.sH)(state, since, undefined) };
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
    const aim = (0,piece_weight/* aimAt */.hB)(state, options.maxBytes);
    const opened = await openPiece(options, state, ids, Math.max(FEW_OBJECTS, DRAGGED_FACTOR * aim));
    if (typeof opened !== 'number') {
        if (await isEmpty(opened))
            return { kind: 'again', state: (0,piece_state/* noteNothingBefore */.dE)(state, since, ids) };
        return { kind: 'piece', state, ids, at: since, opened, alone: undefined };
    }
    const objects = opened;
    const expected = Math.min(aim, (0,cut_search/* expectObjects */.sx)(state, since) ?? objects);
    if (objects <= SUSPICIOUS_FACTOR * expected) {
        return { kind: 'again', state: (0,piece_state/* noteTooLarge */.sH)(state, since, objects) };
    }
    // A merge long after `since` of a branch that ended before it is one of the ids, and brings everything up to
    // itself: such ones are left for later.
    const newer = await findNewer(options.run.source.questions, ids, limit);
    const noted = (0,piece_state/* noteNewer */.AQ)(state, newer, limit);
    const older = (0,piece_state/* leaveOutNewer */.HD)(noted, ids, limit);
    if (older.length === 0) {
        return { kind: 'again', state: await noteMerges(options, noted, { ids, since, objects }) };
    }
    if (newer.length === 0)
        return { kind: 'again', state: (0,piece_state/* noteTooLarge */.sH)(noted, since, objects) };
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
    return isSame ? (0,piece_state/* noteNothingBefore */.dE)(state, since) : (0,piece_state/* noteTooLarge */.sH)(state, since, objects);
}
/** Commits behind this moment belong to a later piece, whatever they were made of; the narrower the more was tried. */
function limitOf(state, since, maxBytes) {
    const span = Math.max(since - state.low, state.tries < 2 ? (0,cut_search/* expectSpan */.yi)(state, maxBytes) : 0);
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
                state = (0,piece_state/* noteNothingBefore */.dE)(state, since);
            else
                high = since;
            if (kind === 'after')
                state = (0,piece_state/* noteNothingAfter */._M)(state, since);
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
        return { kind: 'again', state: (0,piece_state/* leaveAxis */.$L)(state) };
    try {
        if (state.isAllSent || (0,piece_state/* restFits */.tl)(state, options.maxBytes))
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
        return { kind: 'again', state: (0,piece_state/* noteWholeTooLarge */.T9)(state, opened) };
    const { objects } = opened.pack;
    const known = (0,piece_state/* noteLeft */.Yz)(state, objects);
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
    return { kind: 'again', state: (0,piece_state/* noteWholeTooLarge */.T9)(state, objects) };
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
    const restarted = (0,piece_state/* restartSearch */.Yv)(state);
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
    const all = listing.refs.filter((ref) => (0,plan_anchors/* isAnchor */.m4)(ref.name));
    const anchors = all.filter((ref) => !(0,plan_anchors/* isProbe */.Tb)(ref.name));
    run.ledger.keepLeftovers(all.map((ref) => ref.name));
    let state = run.pieces;
    if (state.outer.length > 0 || state.isAllSent)
        state = (0,piece_state/* restartSearch */.Yv)(state);
    const before = (0,plan_anchors/* latestCut */.eP)(listing.refs);
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
        ahead = prepare(progress, (0,piece_state/* noteSent */.b_)(run.pieces, { at, objects, bytes }), ids);
        turn.next = ahead;
    });
    if (sent.arrived) {
        noteArrived(progress, piece, sent.bytes);
        const { surprise } = run.pieces;
        const working = performance.now() - streamed;
        const { isThin } = opened;
        const arrived = { isThin, objects, streaming: streamed - started, working, surprise };
        run.thinness = (0,thin_or_whole/* judgePiece */.GZ)(run.thinness, arrived);
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
    run.thinness = (0,thin_or_whole/* judgeTooLarge */.XR)(run.thinness, opened.isThin, (0,piece_weight/* surpriseOf */.lX)(run.pieces, overflow));
    const noted = (0,piece_state/* noteOverflow */.nc)(run.pieces, overflow);
    run.pieces = at === noted.top ? (0,piece_state/* noteWholeTooLarge */.T9)(noted, objects) : (0,piece_state/* noteTooLarge */.sH)(noted, at, objects);
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
        ref: (0,plan_anchors/* anchorName */.HY)(prefix, since, id),
        old: none,
        new: id,
    }));
    return await pushPiece(run, held, { anchors, pack: opened.pack, maxBytes: options.maxBytes, onStreamed });
}
/** The moment that the names of a piece's anchors tell: the next run begins there. */
function anchorTime(state, at) {
    return state.axis.kind === 'time' && at < state.top ? at : (0,piece_state/* timeOf */.nR)(state);
}
function noteArrived({ run, arrived, prefix, refused }, { ids, at, opened }, bytes) {
    const { objects } = opened.pack;
    const since = anchorTime(run.pieces, at);
    const names = ids.map((id) => (0,plan_anchors/* anchorName */.HY)(prefix, since, id));
    const isByTime = run.pieces.axis.kind === 'time';
    arrived.push(...ids);
    refused.clear();
    run.pieces = (0,piece_state/* noteSent */.b_)(run.pieces, { at, objects, bytes });
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
    return updates.some((update) => !(0,plan_types/* isDelete */.O)(update));
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
        return (0,advise/* diagnose */.h4)({ phase: 'transfer', words, host, error })?.next;
    }
    const tries = push.refused
        .slice(0, MOST_REFS_APART)
        .map((refusal) => (0,advise/* diagnose */.h4)({ phase: 'transfer', words, host, refusal })?.next);
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
    const next = (0,advise/* diagnose */.h4)({ phase: 'transfer', words: push.words, host: push.host, refusal })?.next;
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
        if (maxBytes !== undefined && (0,piece_weight/* isHopeless */.cs)(learned.pieces, objects, maxBytes)) {
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
    return (0,plan_types/* isDelete */.O)(update) ? { kind: 'delete', ref, old } : { kind: 'update', ref, old, new: update.new };
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
        if (!(0,plan_types/* isDelete */.O)(update) && report?.refs.get(update.ref)?.ok === true)
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
        updates: batches.length === 1 ? batches[0].updates : batches.flatMap((batch) => batch.updates),
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
        fetching: got.fetching && openQuestionsAhead(context, updates, got.fetching),
        held: held.session,
        fetchFor: (some, arrived) => fetchFor(context, got.needs, { some, arrived, session: held.session }),
    });
    return { outcome, learned };
}
/** What is asked about the updates afterwards has a connection by then: a far ssh server takes two round trips for one. */
function openQuestionsAhead({ source, options }, updates, fetching) {
    if (!asksAfterwards(updates, options.force))
        return fetching;
    return (0,pack_stream/* tap */.M)(fetching, { onEnd: () => source.questions.openAhead() });
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

;// CONCATENATED MODULE: ./build/mirror/push/apply-step.js




/** Writes down what a step says, and does what it asks for. A step that fails ends the run: its error is written down. */
async function applyStep(step, effects) {
    const { ledger, hosts } = effects;
    await (0,turns/* forEachInTurns */.q3)(step.records, (record) => write(record, ledger, hosts.destination), effects.signal);
    if (step.kind === 'fail') {
        const { error, lines } = step;
        return ledger.fail((0,advise/* withAdvice */.b5)(error, { phase: 'transfer', words: lines, host: hosts[error.side ?? 'destination'] }));
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
    const advice = (0,advise/* diagnose */.h4)({ phase: 'transfer', words: lines, host, refusal })?.advice;
    return {
        ref,
        action,
        reason: (0,printable/* printableLine */.oy)(reason),
        advice: advice && (0,advise/* printAdvice */.kx)(advice),
        adviceId: advice?.id,
        warning: isWarning,
    };
}

// EXTERNAL MODULE: ./build/mirror/state/learned.js
var state_learned = __webpack_require__(50963);
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
    return (0,advise/* diagnose */.h4)({ phase: 'transfer', words: push.lines, host, refusal })?.advice.id === 'missing-objects';
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
        return again(facts, { learned: (0,state_learned/* noteRefused */.Lk)(learned, id), records, refreshSource: true });
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
    return again(facts, { learned: (0,state_learned/* noteBackupRefused */.PT)(learned, reason), records: [note(text)] });
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
        learned: (0,state_learned/* noteMode */.e$)(learned, fallback.mode, outcome),
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
    const learned = (0,state_learned/* noteRaces */.f5)(facts.learned, races.map(({ update }) => update.ref));
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

// EXTERNAL MODULE: ./build/report/wording.js
var wording = __webpack_require__(62867);
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

// EXTERNAL MODULE: ./build/plan/ref-table.js
var ref_table = __webpack_require__(20482);
;// CONCATENATED MODULE: ./build/mirror/push/verdict.js







/** The verdict on each update: each is judged by its own push, whatever became of the others. */
function* judgePushes({ pushes, updates }, listing, host) {
    const none = (0,object_id/* nullId */.BW)(listing.format);
    const table = (0,ref_table/* makeRefTable */.c)(listing.refs);
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
    if (failure === undefined || (0,plan_types/* isDelete */.O)(update))
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
    return (0,advise/* diagnose */.h4)({ phase: 'transfer', words: lines, host, refusal })?.next.kind === 'again';
}

// EXTERNAL MODULE: ./build/plan/ours/backups.js
var ours_backups = __webpack_require__(75375);
;// CONCATENATED MODULE: ./build/mirror/losses/remove-backups.js



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

// EXTERNAL MODULE: ./build/plan/list-names.js
var list_names = __webpack_require__(3845);
;// CONCATENATED MODULE: ./build/mirror/losses/hold-back-diverged.js





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

;// CONCATENATED MODULE: ./build/mirror/losses/secure-old-values.js










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
        holdBack(open, { ledger, reason: learned.backups.reason, atomic: options.atomic });
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
    if ((0,plan_types/* isDelete */.O)(update) || update.action === 'force')
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
function holdBack(open, given) {
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

;// CONCATENATED MODULE: ./build/mirror/losses/without-losses.js


/**
 * What is left to push once what diverged is held back, and what keeps old values before it.
 * @throws MirrorError of the source; `guard` where all refs or none are to move.
 */
async function withoutLosses(context, round) {
    const { ledger, updates } = round;
    const wanted = context.options.force ? updates : await holdBackDiverged(context, ledger, updates);
    return await secureOldValues(context, { ...round, updates: wanted });
}

;// CONCATENATED MODULE: ./build/mirror/acts.js












/** What a run does beyond looking: half of its code, which most runs never need. */
const acts = {
    FEW_LABELS: FEW_LABELS,
    applyStep: applyStep,
    askLabels: askLabels,
    carryRound: carryRound,
    changeOf: changeOf,
    checkRelation: checkRelation,
    chooseNextStep: chooseNextStep,
    judgePushes: judgePushes,
    pushRound: pushRound,
    questions: questions,
    recordChanges: recordChanges,
    removeAnchors: removeAnchors,
    removeBackups: removeBackups,
    settleAnchors: settleAnchors,
    startEarly: startEarly,
    withAdvice: advise/* withAdvice */.b5,
    withoutLosses: withoutLosses,
};


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


/***/ })

};
