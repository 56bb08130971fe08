export const id = 5364;
export const ids = [5364];
export const modules = {

/***/ 5364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openHostSteps: () => (/* binding */ openHostSteps)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(86815);
/* harmony import */ var _hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36566);
/* harmony import */ var _hosts_api_token_expiry_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5452);
/* harmony import */ var _plan_refspec_match_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(99400);
/* harmony import */ var _sessions_receive_pack_session_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51200);
/* harmony import */ var _sessions_retry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(59528);







const HEADS = 'refs/heads/';
/** Hosts may not know a repository, or a branch, for so many tries after it was made. */
const MOST_TRIES = 10;
const TRY_DELAY_MS = 1000;
/** Milliseconds in which a rule is put back: those that are left when the run was cancelled, and otherwise. */
const LAST_MOMENT_MS = 3000;
const PUT_BACK_LIMIT_MS = 60_000;
/** @throws MirrorError `usage` where nobody knows the API of the host */
async function openHostSteps(context, endpoint, ledger) {
    const { options, server, signal } = context;
    const host = await (0,_hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__/* .openHost */ .Z)(endpoint, {
        env: options.env,
        signal,
        kind: options.host.kind,
        api: options.host.api,
        onNotice: (text) => ledger.note(text),
        onRequest: options.verbose ? (text) => ledger.note(text) : undefined,
    });
    const allowances = [];
    const tried = new Set();
    let isDefaultSet = false;
    await (0,_hosts_api_token_expiry_js__WEBPACK_IMPORTED_MODULE_5__/* .warnOfExpiry */ .b)(host, (text) => ledger.warn(text));
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
            const branch = wantedBranch(context, planned, ledger);
            if (branch === undefined)
                return false;
            if (!names.has(`${HEADS}${branch}`)) {
                ledger.warn(`default-branch: the destination has no branch ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(branch, 200)}`);
                return false;
            }
            if ((await lookAfterPush(host, signal))?.defaultBranch === branch)
                return false;
            await setDefaultBranch(host, branch, signal);
            ledger.note(`the default branch is now ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(branch, 200)}`);
            return true;
        },
        async liftRules(step, forced) {
            if (!options.host.allowForce || host.allowForce === undefined || step.kind !== 'again')
                return step;
            const lifted = new Set();
            for (const record of step.records) {
                if (record.kind !== 'refusal' || !isForceRefused(record, forced))
                    continue;
                const { ref } = record.update;
                if (tried.has(ref))
                    continue;
                tried.add(ref);
                const allows = await host.allowForce(ref.slice(HEADS.length), (allowance) => void allowances.push(allowance));
                if (!allows)
                    continue;
                lifted.add(record);
                ledger.note(`${ref} is protected: a forced push is allowed until this run ends`);
            }
            return lifted.size === 0
                ? step
                : { ...step, records: step.records.filter((record) => !lifted.has(record)) };
        },
        async end() {
            const limit = signal.aborted ? LAST_MOMENT_MS : PUT_BACK_LIMIT_MS;
            for (const { rule, putBack } of allowances.toReversed()) {
                try {
                    await putBack(AbortSignal.timeout(limit));
                    ledger.note(`forced pushes to ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(rule, 200)} are forbidden again`);
                }
                catch (thrown) {
                    const { message } = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'cut' });
                    ledger.warn(`the rule of ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(rule, 200)} could not be put back (${message}): forbid forced pushes there again by hand`);
                }
            }
            await host.dispose();
        },
    };
}
function missing(label) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`${label} does not exist, or the token may not see it`, {
        code: 'not-found',
        side: 'destination',
        hint: 'A run without dry-run would make it.',
    });
}
/** A host may answer 404 for a moment after it has made a repository. @throws MirrorError */
async function waitForRepository({ server, signal }) {
    for (let tries = 1;; tries++) {
        try {
            const session = await _sessions_receive_pack_session_js__WEBPACK_IMPORTED_MODULE_3__/* .ReceivePackSession */ .n.open(server);
            return await session.close();
        }
        catch (thrown) {
            const error = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'cut', side: 'destination' });
            if (error.code !== 'not-found' || tries === MOST_TRIES)
                throw error;
            await (0,_sessions_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .waitFor */ .fm)(TRY_DELAY_MS, signal);
        }
    }
}
function wantedBranch({ options }, { source }, ledger) {
    const wanted = options.host.defaultBranch;
    if (wanted.kind === 'name')
        return wanted.name;
    if (source.head === undefined) {
        ledger.warn('default-branch: the source does not tell its default branch');
        return undefined;
    }
    const ref = (0,_plan_refspec_match_js__WEBPACK_IMPORTED_MODULE_2__/* .mapToDestination */ .i)(options.refspecs, source.head);
    if (ref?.startsWith(HEADS) === true)
        return ref.slice(HEADS.length);
    ledger.warn(`default-branch: ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(source.head, 200)}, the default branch of the source, is not mirrored as a branch`);
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
        await (0,_sessions_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .waitFor */ .fm)(TRY_DELAY_MS, signal);
    }
}
/** A branch that was pushed a moment ago may be unknown yet. */
async function setDefaultBranch(host, branch, signal) {
    for (let tries = 1;; tries++) {
        try {
            return await host.setDefaultBranch(branch);
        }
        catch (thrown) {
            const error = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'cut', side: 'destination' });
            const isUnknown = error.status === 404 || error.status === 422 || error.status === 400;
            if (!isUnknown || tries === MOST_TRIES)
                throw error;
            await (0,_sessions_retry_js__WEBPACK_IMPORTED_MODULE_4__/* .waitFor */ .fm)(TRY_DELAY_MS, signal);
        }
    }
}
/** A branch that history shows to be forced, or whose refusal speaks of force. */
function isForceRefused({ update, reason, lines }, forced) {
    if (!update.ref.startsWith(HEADS) || update.action !== 'update')
        return false;
    return forced?.get(update.ref) === false || /\bforce\b/i.test([reason, ...lines].join('\n'));
}


/***/ })

};
