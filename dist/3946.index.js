export const id = 3946;
export const ids = [3946];
export const modules = {

/***/ 13946:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createRestoreRun: () => (/* binding */ createRestoreRun)
});

// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/plan/ours/backups.js
var backups = __webpack_require__(75375);
// EXTERNAL MODULE: ./build/plan/refspec-match.js
var refspec_match = __webpack_require__(99400);
// EXTERNAL MODULE: ./build/transport/address/remote-url.js
var remote_url = __webpack_require__(60531);
// EXTERNAL MODULE: ./build/mirror/open-server.js + 1 modules
var open_server = __webpack_require__(41810);
// EXTERNAL MODULE: ./build/mirror/sessions/door.js
var door = __webpack_require__(10912);
// EXTERNAL MODULE: ./build/mirror/sessions/retry.js
var retry = __webpack_require__(59528);
// EXTERNAL MODULE: ./build/mirror/sessions/upload-pack-pool.js
var upload_pack_pool = __webpack_require__(10594);
;// CONCATENATED MODULE: ./build/mirror/restore.js








/**
 * The old values that the source of `options` has kept.
 * @throws MirrorError of the source, after the retries
 */
async function listBackups(options, reporter, signal) {
    const server = (0,open_server/* openServer */.C)(options.source, 'source', {
        options,
        reporter,
        signal,
        doorOf: (0,door/* makeDoors */.E)(),
        surroundings: {},
    });
    const uploadPack = new upload_pack_pool/* UploadPackPool */.z(server);
    const prefixes = (0,backups/* knownBackupPrefixes */.go)(options.backup);
    try {
        reporter({ kind: 'phase', phase: 'list', text: `listing ${server.remote.label}` });
        const { refs } = await (0,retry/* withRetries */.LH)(() => uploadPack.list(prefixes), {
            retries: options.retries,
            signal,
            onRetry: (error, delay) => reporter({
                kind: 'notice',
                level: 'info',
                text: `listing again in ${(delay / 1000).toFixed(1)} s: ${error.message}`,
            }),
        });
        return (0,backups/* findBackups */.Tx)(refs, prefixes);
    }
    finally {
        await uploadPack.close();
        await server.remote.dispose();
    }
}
/** A time of a backup, in which the signs of ISO 8601 may stand; undefined: it is none. */
function readBackupTime(text) {
    const time = text.replace(/[-:]/g, '');
    return Number.isNaN((0,backups/* parseBackupTime */.vw)(time)) ? undefined : time;
}
/**
 * The options of a mirror that brings the chosen ones back.
 * @throws MirrorError `usage` where nothing is chosen
 */
function chooseBackups(options, backups, { at, refspecs }) {
    const include = new Map();
    // Oldest first: of each ref the last one stays.
    for (const { name, time, ref } of backups) {
        if (at !== undefined && time !== at)
            continue;
        const destination = refspecs === undefined ? ref : (0,refspec_match/* mapToDestination */.i)(refspecs, ref);
        if (destination === undefined)
            continue;
        const text = `${name}:${destination}`;
        include.set(destination, { source: name, destination, pattern: false, force: true, text });
    }
    if (include.size === 0) {
        throw new errors/* MirrorError */.En(`nothing that was kept at ${(0,remote_url/* printUrl */.D1)(options.source.url)} is chosen by these options`, {
            code: 'usage',
            hint: 'kalandra restore DESTINATION lists what was kept.',
        });
    }
    const chosen = [...include.values()];
    return {
        ...options,
        refspecs: { include: chosen, exclude: [], texts: chosen.map(({ text }) => text), reserved: [] },
        prune: false,
        force: true,
        allowUnrelated: true,
    };
}

// EXTERNAL MODULE: ./build/base/printable.js
var printable = __webpack_require__(86815);
// EXTERNAL MODULE: ./build/report/redact.js
var redact = __webpack_require__(17234);
// EXTERNAL MODULE: ./build/cli/terminal/arguments.js
var terminal_arguments = __webpack_require__(85822);
// EXTERNAL MODULE: ./build/cli/terminal/command.js
var command = __webpack_require__(10331);
// EXTERNAL MODULE: ./build/cli/mirror.js + 2 modules
var mirror = __webpack_require__(62903);
;// CONCATENATED MODULE: ./build/cli/restore.js







/**
 * Lists the old values that a destination has kept, or brings some of them back: a mirror whose source is the
 * destination itself.
 * @throws MirrorError `usage`
 */
function createRestoreRun(given, terminal) {
    const [destination = '', ...others] = given.positionals;
    if (destination === '')
        throw (0,terminal_arguments/* usage */.CI)('DESTINATION is missing', 'See --help.');
    if (others.length > 0)
        throw (0,terminal_arguments/* usage */.CI)('restore takes one DESTINATION', 'Restore each for itself.');
    const at = readAt(given.texts.get('at'));
    const hasRefs = given.values.refs !== undefined;
    const isListing = at === undefined && !hasRefs && !given.flags.has('all');
    return (0,mirror/* createOptionsRun */.CF)(given, terminal, {
        // What is overwritten now is kept, too, unless that is forbidden.
        values: { destination, backup: 'true' },
        async prepare({ printer, secrets, signal, read, withTokens }) {
            const options = await withTokens(read({ restores: true }));
            const backups = await listBackups(options, printer.reporter, signal);
            if (!isListing)
                return chooseBackups(options, backups, { at, refspecs: hasRefs ? options.refspecs : undefined });
            printer.close();
            const text = given.flags.has('json') ? renderList(options, backups) : backups.map(describe).join('');
            terminal.stdout.write((0,redact/* redact */.E$)(text, secrets));
            if (backups.length === 0)
                printer.line(`nothing was kept at ${(0,remote_url/* printUrl */.D1)(options.source.url)}`);
            return command/* EXIT_OK */.Ij;
        },
    });
}
function readAt(text) {
    if (text === undefined)
        return undefined;
    const time = readBackupTime(text);
    if (time !== undefined)
        return time;
    throw (0,terminal_arguments/* usage */.CI)(`--at: "${(0,printable/* printableLine */.oy)(text, 80)}" is not a time`, 'Write one as the list has it: 20261130T171500Z.');
}
function describe({ time, ref, id }) {
    return `${time} ${(0,printable/* printableLine */.oy)(ref, 1000)} ${id}\n`;
}
function renderList({ source }, backups) {
    return `${JSON.stringify({ version: 1, destination: (0,remote_url/* printUrl */.D1)(source.url), backups }, undefined, 2)}\n`;
}


/***/ })

};
