export const id = 5837;
export const ids = [5837];
export const modules = {

/***/ 35837:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readWholePack: () => (/* binding */ readWholePack)
});

// EXTERNAL MODULE: ./build/base/bytes.js
var base_bytes = __webpack_require__(25771);
// EXTERNAL MODULE: ./build/base/errors.js
var errors = __webpack_require__(45145);
// EXTERNAL MODULE: ./build/base/turns.js
var turns = __webpack_require__(19464);
// EXTERNAL MODULE: ./build/lfs/pointers/find-pointers.js + 2 modules
var find_pointers = __webpack_require__(61040);
// EXTERNAL MODULE: ./build/lfs/pointers/delta.js
var pointers_delta = __webpack_require__(93553);
// EXTERNAL MODULE: ./build/lfs/pointers/pointer.js
var pointer = __webpack_require__(64426);
;// CONCATENATED MODULE: ./build/lfs/pointers/suspect-delta.js


/** `version http://git-media.io/v/2`, a hash and a size of one digit. */
const SHORTEST_POINTER_BYTES = 110;
/** What lines of pointers are made of, and the white space in UTF-8 that Git's client takes off both ends. */
const ALPHABET = /^[\w\-:/.+ \t\n\v\f\r\xc2\xe1-\xe3\x80-\x8a\x85\xa0\x9a\xa8\xa9\xaf\x81\x9f]*$/;
/** Before the first line, in any encoding of it. */
const WHITE_SPACE = /^[\s\x80-\xff]+/;
const LINES = ['version ', 'oid sha256:', 'size ', 'ext-'];
/** Of `.gitattributes`: of the attribute, or the beginning of a line for some kind of file. */
const TRACKING = /lfs|(^|\n)\*\./;
/**
 * Whether a delta whose base is not here may make a pointer, or say that some are used. What it adds to its base tells:
 * a pointer has nothing but certain lines. True in doubt. @throws MirrorError `pack`
 */
function mayMakePointer(delta) {
    const { result } = (0,pointers_delta/* readDeltaSizes */.Tn)(delta);
    if (result >= pointer/* POINTER_LIMIT_BYTES */.m)
        return false;
    const literals = (0,pointers_delta/* readLiterals */.tc)(delta);
    const texts = literals.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
    // As in a tree: no text has it.
    if (texts.some((text) => text.includes('\0')))
        return false;
    if (texts.some((text) => TRACKING.test(text)))
        return true;
    return result >= SHORTEST_POINTER_BYTES && literals.every((literal) => fitsPointer(literal, result));
}
/** Whether bytes of a blob of `size` bytes can be a part of a pointer. */
function fitsPointer({ at, bytes }, size) {
    const text = Buffer.from(bytes).toString('latin1');
    if (!ALPHABET.test(text))
        return false;
    const lines = text.split('\n');
    return lines.every((line, index) => {
        const begins = index > 0 || at === 0;
        const ends = index < lines.length - 1 || at + bytes.length === size;
        // Nothing is known of a line whose beginning was copied.
        return !begins || fitsLine(line.replace(WHITE_SPACE, ''), ends);
    });
}
function fitsLine(line, isWhole) {
    if (line === '')
        return true;
    return LINES.some((start) => line.startsWith(start) || (!isWhole && start.startsWith(line)));
}

;// CONCATENATED MODULE: ./build/lfs/pointers/read-whole-pack.js





/** Bytes of a pack that are read before timers and sockets get their turn. */
const TURN_BYTES = 256 * 1024;
/**
 * The pointers of a pack that is here whole and may be thin.
 * @returns undefined where that cannot be said for certain: a delta upon what only the destination has may make one, or
 *   the pack cannot be read
 * @throws the signal's reason.
 */
async function readWholePack(slices, { format, signal }) {
    try {
        const bytes = new base_bytes/* ByteReader */.kP(inTurns(slices, signal));
        const found = await (0,find_pointers/* collectPointers */.rE)(bytes, { format, isSuspect: mayMakePointer });
        return found.unreadable === 0 ? found : undefined;
    }
    catch (error) {
        signal.throwIfAborted();
        // Whoever takes it in tells what is wrong with it.
        if (error instanceof errors/* MirrorError */.En)
            return undefined;
        throw error;
    }
}
async function* inTurns(slices, signal) {
    let read = 0;
    for (const slice of slices) {
        if (read >= TURN_BYTES) {
            read = 0;
            await (0,turns/* giveTurn */.pN)(signal);
        }
        read += slice.length;
        yield slice;
    }
}


/***/ })

};
