export const id = 768;
export const ids = [768];
export const modules = {

/***/ 10768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ parseStrangersJson)
/* harmony export */ });
/** An escape of a surrogate: half of a character, unless the other half stands beside it. */
const SURROGATE = /\\u[dD][89a-fA-F]/;
/**
 * Reads JSON of a stranger. Half a character, which no encoding can hold, becomes U+FFFD: what makes an address of such a text throws.
 * @throws SyntaxError; RangeError where it has half a character and is nested thousands of levels deep
 */
function parseStrangersJson(text) {
    if (!SURROGATE.test(text))
        return JSON.parse(text);
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? value.toWellFormed() : value));
}


/***/ })

};
