export const id = 267;
export const ids = [267];
export const modules = {

/***/ 30267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   judgeLfs: () => (/* binding */ judgeLfs)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(86815);
/* harmony import */ var _lfs_stores_open_store_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(29003);
/* harmony import */ var _mirror_open_server_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41810);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62867);
/* harmony import */ var _transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(60531);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(64227);







/** An object that nobody has, for a question about uploads: the answer is an offer, and nothing is written. */
const NO_OBJECT = { oid: '0'.repeat(64), size: 1 };
const REMEDY = 'Turn LFS on in the settings of the repository, or set lfs: false if the objects are to stay behind.';
/**
 * Whether the LFS objects of a mirror, if it has any, could be read at the source and written at each destination.
 * Never throws but for its signal.
 */
async function judgeLfs(context, 
/** Those that take pushes. */
destinations) {
    const { options } = context;
    const source = (0,_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .sayAt */ .L)('repository', (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__/* .printUrl */ .D1)(options.source.url));
    if (options.lfs === 'false')
        return { source: source.ok('lfs', 'lfs: false, its objects stay behind'), destinations: [] };
    const isThere = await withStore(context, options.source, 'source', (store) => store.isThere());
    if (isThere instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En) {
        const text = `whether there is an LFS server is not known: ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMessage */ .Xc)(isThere)}`;
        return { source: source.warning('lfs', text, isThere.hint), destinations: [] };
    }
    if (!isThere)
        return { source: source.ok('lfs', 'there is no LFS server to read from'), destinations: [] };
    const found = await Promise.all(destinations.map(async (endpoint) => await judgeUploads(context, endpoint)));
    return { source: source.ok('lfs', 'objects of LFS can be read'), destinations: found };
}
async function judgeUploads(context, endpoint) {
    const say = (0,_finding_js__WEBPACK_IMPORTED_MODULE_5__/* .sayAt */ .L)('repository', (0,_transport_address_remote_url_js__WEBPACK_IMPORTED_MODULE_4__/* .printUrl */ .D1)(endpoint.url));
    if (endpoint.url.scheme === 'file')
        return say.ok('lfs', 'objects of LFS can be written');
    const answer = await withStore(context, endpoint, 'destination', async (store) => {
        const [standing] = await store.prepare([NO_OBJECT]);
        if (standing?.kind !== 'refused')
            return undefined;
        return `${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_6__/* .printableLine */ .oy)(standing.message, 200)} (${standing.code})`;
    });
    if (answer === undefined)
        return say.ok('lfs', 'objects of LFS can be written');
    const why = answer instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En ? (0,_report_wording_js__WEBPACK_IMPORTED_MODULE_3__/* .describeMessage */ .Xc)(answer) : answer;
    return say.warning('lfs', `objects of LFS cannot be written: ${why}`, REMEDY);
}
/** @returns why the store does not answer, in the place of its answer. @throws the signal's reason */
async function withStore({ options, signal, connections }, endpoint, side, ask) {
    const reporter = () => undefined;
    const remote = (0,_mirror_open_server_js__WEBPACK_IMPORTED_MODULE_2__/* .remoteOptionsOf */ .k)(endpoint, { options, reporter, surroundings: { connections } });
    let store;
    try {
        store = await (0,_lfs_stores_open_store_js__WEBPACK_IMPORTED_MODULE_1__.openStore)({ remote, side, signal, ref: undefined });
        return await ask(store);
    }
    catch (thrown) {
        signal.throwIfAborted();
        return (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .toMirrorError */ .Ho)(thrown, { code: 'cut', side });
    }
    finally {
        await store?.dispose();
    }
}


/***/ })

};
