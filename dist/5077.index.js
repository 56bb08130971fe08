export const id = 5077;
export const ids = [5077];
export const modules = {

/***/ 85077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   spoolPack: () => (/* binding */ spoolPack)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(45145);
/* harmony import */ var _report_wording_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(62867);
/* harmony import */ var _transport_connection_connection_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(22079);








/** A pack of up to this many bytes is kept in memory. */
const MEMORY_LIMIT_BYTES = 32 * 1024 * 1024;
/** The part of a disk's free room that a pack may take: the rest is for others, whatever a source sends. */
const DISK_SHARE = 0.9;
/**
 * Collects a pack: in memory up to 32 MiB, beyond that in a temporary file that has no name any more where
 * the system allows (it is gone with the process, whatever happens to it) and is removed by `dispose`. It takes nine
 * tenths of what is free there, at most.
 * @throws MirrorError `local` when the disk cannot take it; whatever `batches` throws.
 */
async function spoolPack(batches, options = {}) {
    const folder = options.folder ?? (process.env['RUNNER_TEMP'] || (0,node_os__WEBPACK_IMPORTED_MODULE_3__.tmpdir)());
    const kept = [];
    let length = 0;
    let file;
    let most = Number.POSITIVE_INFINITY;
    try {
        for await (const batch of batches) {
            for (const slice of (0,_transport_connection_connection_js__WEBPACK_IMPORTED_MODULE_7__/* .listSlices */ .aj)(batch)) {
                length += slice.length;
                if (file === undefined && length > MEMORY_LIMIT_BYTES) {
                    options.onDisk?.(folder);
                    file = await openTemporary(folder);
                    const free = await (options.freeBytes ?? readFreeBytes)(folder);
                    if (free !== undefined)
                        most = Math.floor(free * DISK_SHARE);
                    for (const part of kept.splice(0))
                        await file.write(part);
                }
                if (length > most)
                    throw tooMuchForDisk(folder, most);
                if (file === undefined)
                    kept.push(new Uint8Array(slice));
                else
                    await file.write(slice);
            }
        }
    }
    catch (error) {
        await file?.remove();
        throw error;
    }
    const onDisk = file;
    return {
        length,
        onDisk: onDisk !== undefined,
        body: () => (onDisk === undefined ? fromMemory(kept) : onDisk.read()),
        dispose: async () => {
            kept.length = 0;
            await onDisk?.remove();
        },
    };
}
async function* fromMemory(parts) {
    yield* parts;
}
async function openTemporary(folder) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_4__.join)(folder, `kalandra-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.pack`);
    let handle;
    try {
        handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, 'wx+', 0o600);
    }
    catch (error) {
        throw diskError(folder, error);
    }
    // Windows refuses to unlink an open file: there `remove` does it.
    const unlinked = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.unlink)(path).then(() => true, () => false);
    return {
        write: async (bytes) => {
            try {
                await handle.writeFile(bytes);
            }
            catch (error) {
                throw diskError(folder, error);
            }
        },
        read: () => (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)('', { fd: handle, start: 0, autoClose: false, highWaterMark: 256 * 1024 }),
        remove: async () => {
            await handle.close().catch(() => undefined);
            if (!unlinked)
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.unlink)(path).catch(() => undefined);
        },
    };
}
async function readFreeBytes(folder) {
    try {
        const { bavail, bsize } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.statfs)(folder);
        return bavail * bsize;
    }
    catch {
        return undefined;
    }
}
const DISK_HINT = 'Free some disk, point RUNNER_TEMP (or TMPDIR) elsewhere, or set transfer: stream.';
function tooMuchForDisk(folder, most) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .MirrorError */ .En(`the pack is larger than the ${(0,_report_wording_js__WEBPACK_IMPORTED_MODULE_6__/* .formatBytes */ .z3)(most)} that it may take in ${folder}, nine tenths of what was free`, { code: 'local', hint: DISK_HINT });
}
function diskError(folder, cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .MirrorError */ .En(`the pack cannot be kept in ${folder}: ${words}`, {
        code: 'local',
        hint: DISK_HINT,
        cause,
    });
}


/***/ })

};
