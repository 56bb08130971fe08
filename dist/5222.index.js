export const id = 5222;
export const ids = [5222,6443];
export const modules = {

/***/ 5222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createDoctorRun: () => (/* binding */ createDoctorRun)
/* harmony export */ });
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86815);
/* harmony import */ var _mirror_doctor_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(26443);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(17234);
/* harmony import */ var _terminal_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10331);
/* harmony import */ var _mirror_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62903);





const LINE_LENGTH = 1000;
/**
 * Says what can be known of a mirror without writing anything, one line each.
 * @throws MirrorError `usage`
 */
function createDoctorRun(given, terminal) {
    return (0,_mirror_js__WEBPACK_IMPORTED_MODULE_3__/* .createOptionsRun */ .CF)(given, terminal, {
        values: (0,_mirror_js__WEBPACK_IMPORTED_MODULE_3__/* .readAddresses */ .B1)(given.positionals),
        async prepare({ printer, secrets, signal, read, withTokens }) {
            const { findings } = await (0,_mirror_doctor_js__WEBPACK_IMPORTED_MODULE_0__.examine)(await withTokens(read()), signal);
            printer.close();
            const lines = given.flags.has('json')
                ? findings.map((finding) => JSON.stringify(finding))
                : findings.map((finding) => describe(finding));
            for (const line of lines)
                terminal.stdout.write(`${(0,_report_redact_js__WEBPACK_IMPORTED_MODULE_1__/* .safeLine */ .om)(line, secrets, LINE_LENGTH)}\n`);
            return findings.some(({ level }) => level === 'error') ? _terminal_command_js__WEBPACK_IMPORTED_MODULE_2__/* .EXIT_FAILED */ .hj : _terminal_command_js__WEBPACK_IMPORTED_MODULE_2__/* .EXIT_OK */ .Ij;
        },
    });
}
function describe({ level, place, text, remedy }) {
    const said = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(text, LINE_LENGTH).replace(/\.$/, '');
    return `${level.padEnd('warning'.length)}  ${place}: ${said}${remedy === undefined ? '' : `. ${remedy}`}`;
}


/***/ }),

/***/ 26443:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   examine: () => (/* binding */ examine)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(86815);
/* harmony import */ var _hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(36566);
/* harmony import */ var _hosts_api_token_expiry_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5452);
/* harmony import */ var _hosts_limits_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10242);
/* harmony import */ var _options_read_host_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(63288);
/* harmony import */ var _plan_list_names_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3845);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62867);
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(60531);
/* harmony import */ var _mirror_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(57206);










const MOST_NAMES = 5;
const NOTHING_AT_HOST = { create: undefined, defaultBranch: { kind: 'keep' }, allowForce: false };
/**
 * Everything that can be known of a mirror without writing: a dry run of it, and what the APIs of the hosts tell. Never
 * throws but for a defect.
 */
async function examine(options, signal) {
    // What is to be done at the hosts is looked at below.
    const plain = { ...options, dryRun: true, host: { ...options.host, ...NOTHING_AT_HOST } };
    const result = await (0,_mirror_js__WEBPACK_IMPORTED_MODULE_6__/* .mirror */ .e)(plain, () => undefined, signal);
    const [source, ...destinations] = await Promise.all([
        examineHost(options.source, 'source', { options, signal }),
        ...options.destinations.map((endpoint) => examineHost(endpoint, 'destination', { options, signal })),
    ]);
    const findings = [
        ...judgeSource(result, options),
        ...source.findings,
        ...result.destinations.flatMap((destination, at) => {
            const { findings, isToBeMade } = destinations[at];
            return [
                ...(isToBeMade ? [] : judgeDestination(destination, result)),
                ...judgeLimits(options.destinations[at], options),
                ...findings,
            ];
        }),
    ];
    return { findings, result };
}
function sayer(place, level) {
    return (text, remedy) => ({ level, place, text, remedy });
}
function failure(place, error) {
    return sayer(place, 'error')((0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .describeMessage */ .Xc)(error), error.hint);
}
function judgeSource({ source, error, sourceRefs }, options) {
    if (error !== undefined)
        return [failure(source, error)];
    const scope = options.refspecs.texts.map((text) => (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_7__/* .printableLine */ .oy)(text, 100)).join(', ');
    if (sourceRefs > 0)
        return [sayer(source, 'ok')(`can be read: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .formatPlural */ .yk)(sourceRefs, 'ref')} in scope`)];
    const remedy = 'Check the address and refs: a mirror of nothing deletes nothing, and does nothing.';
    return [sayer(source, 'warning')(`can be read, and has no ref in scope (${scope})`, remedy)];
}
function judgeDestination(destination, result) {
    const { destination: place, error, changed, rejected, warnings } = destination;
    // What the source is to blame for stands there once.
    if (error !== undefined)
        return error.side === 'source' && result.error !== undefined ? [] : [failure(place, error)];
    const counts = (0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .describeCounts */ .wv)((0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .countActions */ .Bd)(changed));
    const text = changed.length === 0 ? 'the next run would change nothing' : `the next run: ${counts}`;
    return [
        sayer(place, 'ok')(`takes pushes with this login; ${text}`),
        ...rejected.map(({ ref, reason, advice, warning }) => sayer(place, warning ? 'warning' : 'error')(`${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_7__/* .printableLine */ .oy)(ref, 200)}: ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_7__/* .printableLine */ .oy)(reason, 300)}`, advice)),
        ...warnings.map((warning) => sayer(place, 'warning')(warning)),
    ];
}
function judgeLimits({ url }, { maxPackSize }) {
    const limit = maxPackSize ?? (0,_hosts_limits_js__WEBPACK_IMPORTED_MODULE_2__/* .hostLimits */ .$)(url.scheme === 'file' ? undefined : url.host).maxPackSize;
    if (limit === undefined)
        return [];
    return [
        sayer((0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_5__/* .printUrl */ .D1)(url), 'ok')(`takes up to ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .formatBytes */ .z3)(limit)} in one push; larger histories go in pieces`),
    ];
}
const NOTHING = { findings: [], isToBeMade: false };
/** What the API of the host tells, where there is one and a token for it. */
async function examineHost(endpoint, side, { options, signal }) {
    const { url } = endpoint;
    const place = (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_5__/* .printUrl */ .D1)(url);
    const kind = side === 'destination' ? options.host.kind : undefined;
    const api = side === 'destination' ? options.host.api : undefined;
    const { token } = endpoint.api ?? endpoint.credentials;
    const isWeb = url.scheme === 'https' || url.scheme === 'http' || url.scheme === 'ssh';
    const isNeeded = side === 'destination' && (0,_options_read_host_js__WEBPACK_IMPORTED_MODULE_3__/* .usesHost */ .J$)(options.host);
    if (!isNeeded && (!isWeb || !token))
        return NOTHING;
    // A server of one's own is asked what it is only where something is to be done there.
    if (side === 'source' && (0,_hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__/* .kindByName */ .v)(url, options.env) === undefined)
        return NOTHING;
    let host;
    try {
        host = await (0,_hosts_api_open_host_js__WEBPACK_IMPORTED_MODULE_1__/* .openHost */ .Z)(endpoint, { kind, api, env: options.env, signal });
        const repository = await host.look();
        const isDestination = side === 'destination';
        const findings = [
            ...(await judgeExpiry(host, place)),
            ...(isDestination ? await judgeRepository(host, repository, { place, options }) : []),
        ];
        const isToBeMade = isDestination && repository === undefined && options.host.create !== undefined;
        return { findings, isToBeMade };
    }
    catch (thrown) {
        const error = (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'cut' });
        if (isNeeded)
            return { findings: [failure(place, error)], isToBeMade: false };
        if (error.code === 'usage')
            return NOTHING;
        const text = `the API of the host tells nothing: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .describeMessage */ .Xc)(error)}`;
        return { findings: [sayer(place, 'warning')(text, error.hint)], isToBeMade: false };
    }
    finally {
        await host?.dispose();
    }
}
async function judgeExpiry({ readExpiry }, place) {
    const expiry = await readExpiry?.().catch(() => undefined);
    if (expiry === undefined)
        return [];
    const text = (0,_hosts_api_token_expiry_js__WEBPACK_IMPORTED_MODULE_8__/* .describeExpiry */ .T)(expiry, Date.now());
    if (text === undefined)
        return [sayer(place, 'ok')(`the token lasts until ${expiry.toISOString().slice(0, 10)}`)];
    return [sayer(place, 'warning')(text, 'Make a new token at the host, and put it where this one is.')];
}
async function judgeRepository(host, repository, { place, options }) {
    if (repository === undefined) {
        const { create } = options.host;
        return create === undefined
            ? [sayer(place, 'error')('there is no such repository, or the token may not see it', MAKE_IT)]
            : [sayer(place, 'ok')(`there is no such repository yet: the next run makes it (${create})`)];
    }
    const findings = [];
    const wrong = sayer(place, 'error');
    if (repository.archived)
        findings.push(wrong('is archived and takes no push', 'Unarchive it in its settings.'));
    if (repository.isMirror) {
        findings.push(wrong('is a pull mirror of its host and takes no push', 'Turn pull mirroring off in its settings.'));
    }
    if (repository.mayPush === false) {
        findings.push(wrong('the token may read it and not push', 'Give the token write access to the code.'));
    }
    const branch = repository.defaultBranch;
    if (branch !== undefined)
        findings.push(sayer(place, 'ok')(`its default branch is ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_7__/* .printableLine */ .oy)(branch, 200)}`));
    findings.push(...(await judgeRules(host, { place, options })));
    return findings;
}
const MAKE_IT = 'Make it, empty, or set create: private.';
/** Rules of the host that forced pushes and deletions will meet. */
async function judgeRules(host, { place, options }) {
    if (host.listProtected === undefined || !options.force)
        return [];
    // Those who may not administer a repository may not read its rules everywhere.
    const rules = await host.listProtected().catch(() => []);
    const names = rules.filter(({ allowsForce }) => !allowsForce).map(({ rule }) => rule);
    if (names.length === 0)
        return [];
    const isLifted = options.host.allowForce && host.allowForce !== undefined;
    const text = `protected branches: ${(0,_plan_list_names_js__WEBPACK_IMPORTED_MODULE_9__/* .listNames */ .Z)(names, MOST_NAMES)}`;
    if (isLifted)
        return [sayer(place, 'ok')(`${text}; forced pushes are allowed while a run needs them`)];
    const remedy = host.allowForce === undefined
        ? 'Where the source rewrites them, let this login bypass the rule in the settings of the repository.'
        : 'Where the source rewrites them, set protected: allow-force, or allow forced pushes in its settings.';
    return [sayer(place, 'warning')(text, remedy)];
}


/***/ })

};
