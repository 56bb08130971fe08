export const id = 7874;
export const ids = [7874];
export const modules = {

/***/ 97874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openHostSteps: () => (/* binding */ openHostSteps),
  settleImpliedBranch: () => (/* binding */ settleImpliedBranch),
  settleLeftovers: () => (/* binding */ settleLeftovers)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/hosts/api/host.js
var api_host = __webpack_require__(59465);
// EXTERNAL MODULE: ./build/hosts/api/open-host.js
var open_host = __webpack_require__(36566);
// EXTERNAL MODULE: ./build/hosts/api/token-expiry.js
var token_expiry = __webpack_require__(5452);
// EXTERNAL MODULE: ./build/plan/ours/lifted.js
var ours_lifted = __webpack_require__(61618);
// EXTERNAL MODULE: ./build/plan/refspec-match.js
var refspec_match = __webpack_require__(99400);
// EXTERNAL MODULE: ./build/protocol/object-id.js
var object_id = __webpack_require__(94566);
// EXTERNAL MODULE: ./build/protocol/pack.js
var pack = __webpack_require__(97084);
// EXTERNAL MODULE: ./build/mirror/open-server.js + 1 modules
var open_server = __webpack_require__(41810);
// EXTERNAL MODULE: ./build/mirror/sessions/door.js
var door = __webpack_require__(10912);
// EXTERNAL MODULE: ./build/mirror/sessions/receive-pack-session.js + 1 modules
var receive_pack_session = __webpack_require__(51200);
;// CONCATENATED MODULE: ./build/mirror/lifted-rules.js







/**
 * Writes down at the destination that a rule of its host is about to be lifted. What a killed run could not put back, the
 * next one finds there.
 * @param id an object that the destination has
 * @returns undefined where the destination takes no such ref
 * @throws MirrorError where no push at all would succeed; the signal's reason
 */
async function writeNote(server, { rule, id }) {
    for (const prefix of ours_lifted/* LIFTED_PREFIXES */.Uq) {
        const note = { name: (0,ours_lifted/* liftedName */.ky)(prefix, rule), rule, id };
        const session = await receive_pack_session/* ReceivePackSession */.n.open(server);
        try {
            const known = (0,ours_lifted/* findLifted */.s_)(session.listing.refs).find(({ name }) => name === note.name);
            if (known !== undefined)
                return known;
            if (await pushNote(session, note))
                return note;
        }
        catch {
            // What refuses a ref may refuse the whole push.
            server.signal.throwIfAborted();
        }
        finally {
            await session.close();
        }
    }
    return undefined;
}
async function pushNote(session, { name, id }) {
    const { format } = session.listing;
    const report = await session.push({
        commands: [{ kind: 'update', ref: name, old: (0,object_id/* nullId */.BW)(format), new: id }],
        atomic: false,
        plain: false,
        pack: (0,pack/* emptyPack */.pb)(format),
    });
    return report?.unpack === 'ok' && report.refs.get(name)?.ok === true;
}
/**
 * Removes notes of rules that are put back. Never throws: what stays is found by the next run.
 * @param signal its own one, since the run's may have ended
 * @returns why one stays; undefined: all are gone
 */
async function removeNotes({ options, endpoint, reporter }, notes, signal) {
    if (notes.length === 0)
        return undefined;
    const doorOf = (0,door/* makeDoors */.E)();
    const server = (0,open_server/* openServer */.C)(endpoint, 'destination', { options, reporter, signal, doorOf, surroundings: {} });
    try {
        const session = await receive_pack_session/* ReceivePackSession */.n.open(server);
        const there = (0,ours_lifted/* findLifted */.s_)(session.listing.refs);
        const doomed = there.filter(({ name }) => notes.some((note) => note.name === name));
        if (doomed.length === 0)
            return await session.close().then(() => undefined);
        const report = await session.push({
            commands: doomed.map(({ name, id }) => ({ kind: 'delete', ref: name, old: id })),
            atomic: false,
            plain: false,
            pack: undefined,
        });
        await session.close();
        const stays = doomed.find(({ name }) => report?.refs.get(name)?.ok === false);
        return stays === undefined ? undefined : `${stays.name} stays`;
    }
    catch (thrown) {
        return (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut' }).message;
    }
    finally {
        await server.remote.dispose();
    }
}

// EXTERNAL MODULE: ./build/mirror/sessions/retry.js
var retry = __webpack_require__(59528);
;// CONCATENATED MODULE: ./build/mirror/host-steps.js










const HEADS = 'refs/heads/';
/** Hosts may not know a repository, or a branch, for so many tries after it was made. */
const MOST_TRIES = 10;
const TRY_DELAY_MS = 1000;
/** Milliseconds in which all rules are put back: those that are left when the run was cancelled, and otherwise. */
const LAST_MOMENT_MS = 3000;
const PUT_BACK_LIMIT_MS = 60_000;
/** @throws MirrorError `usage` where nobody knows the API of the host */
async function openHostSteps(context, endpoint, ledger) {
    const { options, server, signal } = context;
    const host = await (0,open_host/* openHost */.Zb)(endpoint, {
        env: options.env,
        signal,
        kind: options.host.kind,
        api: options.host.api,
        onNotice: (text) => ledger.note(text),
        onRequest: options.verbose ? (text) => ledger.note(text) : undefined,
    });
    const lifted = [];
    const tried = new Set();
    let isDefaultSet = false;
    await (0,token_expiry/* warnOfExpiry */.b)(host, (text) => ledger.warn(text));
    return {
        async prepare() {
            const visibility = options.host.create;
            if (visibility === undefined || (await host.look()) !== undefined)
                return;
            const { label } = server.remote;
            if (options.dryRun)
                throw missing(label);
            const { format } = await context.source.listing();
            const isMade = await host.create({ visibility, format });
            ledger.note(isMade ? `made the repository ${label} (${visibility})` : `${label} was made by somebody else`);
            await waitForRepository(context);
        },
        async settleDefaultBranch(planned, names) {
            if (isDefaultSet || options.host.defaultBranch.kind === 'keep' || options.dryRun)
                return false;
            isDefaultSet = true;
            const wanted = options.host.defaultBranch;
            const isImplied = wanted.kind === 'source' && wanted.isImplied === true;
            // What nobody has asked for is no reason for a warning.
            const warn = (text) => (isImplied ? undefined : ledger.warn(text));
            const branch = wantedBranch(context, planned, warn);
            if (branch === undefined)
                return false;
            if (!names.has(`${HEADS}${branch}`)) {
                warn(`default-branch: the destination has no branch ${(0,printable/* printableLine */.oy)(branch, 200)}`);
                return false;
            }
            if ((await lookAfterPush(host, signal))?.defaultBranch === branch)
                return false;
            await setDefaultBranch(host, branch, signal);
            ledger.note(`the default branch is now ${(0,printable/* printableLine */.oy)(branch, 200)}`);
            return true;
        },
        async liftRules(step, forced) {
            if (!options.host.allowForce || host.allowForce === undefined || step.kind !== 'again')
                return step;
            const forgiven = new Set();
            for (const record of step.records) {
                if (record.kind !== 'refusal' || !isForceRefused(record, forced))
                    continue;
                const { ref } = record.update;
                if (tried.has(ref))
                    continue;
                tried.add(ref);
                const allows = await host.allowForce(ref.slice(HEADS.length), async (rule) => {
                    const note = await writeNote(server, { rule, id: record.update.old });
                    if (note === undefined) {
                        ledger.warn(`${(0,printable/* printableLine */.oy)(rule, 200)} stays protected: the destination takes no ref of ours, which a later run needs if this one is killed`);
                        return false;
                    }
                    lifted.push(note);
                    return true;
                });
                if (!allows)
                    continue;
                forgiven.add(record);
                ledger.note(`${ref} is protected: a forced push is allowed until this run ends`);
            }
            return forgiven.size === 0
                ? step
                : { ...step, records: step.records.filter((record) => !forgiven.has(record)) };
        },
        async settleLeftovers(refs) {
            const notes = (0,ours_lifted/* findLifted */.s_)(refs);
            if (notes.length === 0 || options.dryRun || host.forbidForce === undefined) {
                for (const note of notes)
                    ledger.warn(describeLeftover(note));
                return false;
            }
            const limit = AbortSignal.any([signal, AbortSignal.timeout(PUT_BACK_LIMIT_MS)]);
            await putBack(host, {
                notes,
                context,
                ledger,
                limit,
                after: ', where an earlier run was ended amid a push',
            });
            signal.throwIfAborted();
            return true;
        },
        async end() {
            const limit = AbortSignal.timeout(signal.aborted ? LAST_MOMENT_MS : PUT_BACK_LIMIT_MS);
            await putBack(host, { notes: lifted, context, ledger, limit, after: '' });
            await host.dispose();
        },
    };
}
/**
 * Puts back the rules that an earlier run was killed over, where this one has nothing else to do at the host.
 * @returns whether the destination is to be listed again
 */
async function settleLeftovers(context, ledger, refs) {
    let steps;
    try {
        steps = await openHostSteps(context, context.endpoint, ledger);
        return await steps.settleLeftovers(refs);
    }
    catch {
        // There is no token, or nobody knows the host.
        context.signal.throwIfAborted();
        for (const note of (0,ours_lifted/* findLifted */.s_)(refs))
            ledger.warn(describeLeftover(note));
        return false;
    }
    finally {
        await steps?.end();
    }
}
/**
 * Sets the default branch that nobody has asked for, where the host is known and there is a token for it. Never fails a
 * run but for its signal.
 * @returns as `HostSteps.settleDefaultBranch`
 */
async function settleImpliedBranch(context, ledger, { planned, names }) {
    const { options, endpoint, signal } = context;
    const { token } = endpoint.api ?? endpoint.credentials;
    if (!token || (options.host.kind ?? (0,open_host/* kindByName */.vt)(endpoint.url, options.env)) === undefined)
        return false;
    let steps;
    try {
        steps = await openHostSteps(context, endpoint, ledger);
        return await steps.settleDefaultBranch(planned, names);
    }
    catch (thrown) {
        signal.throwIfAborted();
        const { message } = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut' });
        ledger.note(`the default branch stays as it is: ${message}. With default-branch: keep it is not looked at`);
        return false;
    }
    finally {
        await steps?.end();
    }
}
/** What there is to say of a rule that an earlier run has lifted, where this one cannot put it back. */
function describeLeftover({ rule }) {
    return (`an earlier run was ended while forced pushes to ${(0,printable/* printableLine */.oy)(rule, 200)} were allowed, and may not have ` +
        'forbidden them again: a run with a token for the API of the host does that');
}
/** Never throws: what could not be done is said, and its note stays for the next run. */
async function putBack(host, { notes, context, ledger, limit, after }) {
    const done = [];
    const one = async (note) => {
        const rule = (0,printable/* printableLine */.oy)(note.rule, 200);
        try {
            await host.forbidForce(note.rule, limit);
            ledger.note(`forced pushes to ${rule} are forbidden again${after}`);
            done.push(note);
        }
        catch (thrown) {
            // Somebody has removed the rule: there is nothing to put back.
            if ((0,api_host/* statusOf */.c2)(thrown) === 404)
                return void done.push(note);
            const { message } = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut' });
            ledger.warn(`the rule of ${rule} could not be put back (${message}): the next run tries again; or forbid forced pushes there by hand`);
        }
    };
    await Promise.all(notes.map(one));
    const left = await removeNotes(context, done, limit);
    if (left !== undefined)
        ledger.note(`the note of a rule that was lifted is left for the next run: ${left}`);
}
function missing(label) {
    return new errors/* MirrorError */.En(`${label} does not exist, or the token may not see it`, {
        code: 'not-found',
        side: 'destination',
        hint: 'A run without dry-run would make it.',
    });
}
/** A host may answer 404 for a moment after it has made a repository. @throws MirrorError */
async function waitForRepository({ server, signal }) {
    for (let tries = 1;; tries++) {
        try {
            const session = await receive_pack_session/* ReceivePackSession */.n.open(server);
            return await session.close();
        }
        catch (thrown) {
            const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'destination' });
            if (error.code !== 'not-found' || tries === MOST_TRIES)
                throw error;
            await (0,retry/* waitFor */.fm)(TRY_DELAY_MS, signal);
        }
    }
}
function wantedBranch({ options }, { source }, warn) {
    const wanted = options.host.defaultBranch;
    if (wanted.kind === 'name')
        return wanted.name;
    if (source.head === undefined) {
        warn('default-branch: the source does not tell its default branch');
        return undefined;
    }
    const ref = (0,refspec_match/* mapToDestination */.i)(options.refspecs, source.head);
    if (ref?.startsWith(HEADS) === true)
        return ref.slice(HEADS.length);
    warn(`default-branch: ${(0,printable/* printableLine */.oy)(source.head, 200)}, the default branch of the source, is not mirrored as a branch`);
    return undefined;
}
/**
 * Hosts keep a database beside the refs, which follows a push after a moment; with the first one it chooses a default
 * branch, whatever was set before.
 */
async function lookAfterPush(host, signal) {
    for (let tries = 1;; tries++) {
        const shown = await host.look();
        if (shown?.isEmpty !== true || tries === MOST_TRIES)
            return shown;
        await (0,retry/* waitFor */.fm)(TRY_DELAY_MS, signal);
    }
}
/** A branch that was pushed a moment ago may be unknown yet. */
async function setDefaultBranch(host, branch, signal) {
    for (let tries = 1;; tries++) {
        try {
            return await host.setDefaultBranch(branch);
        }
        catch (thrown) {
            const error = (0,errors/* toMirrorError */.Ho)(thrown, { code: 'cut', side: 'destination' });
            const isUnknown = error.status === 404 || error.status === 422 || error.status === 400;
            if (!isUnknown || tries === MOST_TRIES)
                throw error;
            await (0,retry/* waitFor */.fm)(TRY_DELAY_MS, signal);
        }
    }
}
/** A branch that history shows to be forced, or whose refusal speaks of force. */
function isForceRefused({ update, reason, lines }, forced) {
    if (!update.ref.startsWith(HEADS) || update.action !== 'update')
        return false;
    return forced?.get(update.ref) === false || /\bforce\b/i.test([reason, ...lines].join('\n'));
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


/***/ })

};
