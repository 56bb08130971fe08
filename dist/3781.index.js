export const id = 3781;
export const ids = [3781];
export const modules = {

/***/ 73781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BN: () => (/* binding */ cleanFinding),
/* harmony export */   Ow: () => (/* binding */ cleanLine),
/* harmony export */   describeWithoutLevel: () => (/* binding */ describeWithoutLevel),
/* harmony export */   jb: () => (/* binding */ describeFinding)
/* harmony export */ });
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(86815);

const LINE_LENGTH = 1000;
/** A finding whose texts are one harmless line each, for a reader that is a program. */
function cleanFinding(finding) {
    const { place, text, remedy } = finding;
    return {
        ...finding,
        place: (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(place, LINE_LENGTH),
        text: (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(text, LINE_LENGTH),
        remedy: remedy === undefined ? undefined : (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(remedy, LINE_LENGTH),
    };
}
/** `clean` on what a line says; the columns before that stay as wide as they are. */
function cleanLine(line, clean) {
    const [start = ''] = /^ *(?:(?:ok|warning|error) +)?/.exec(line) ?? [];
    return `${start}${clean(line.slice(start.length))}`;
}
/** A finding as one line: level, place, topic, what is known, and what to do. Secrets are still in it. */
function describeFinding(finding) {
    return `${finding.level.padEnd('warning'.length)}  ${describeWithoutLevel(finding)}`;
}
function describeWithoutLevel({ place, topic, text, remedy }) {
    const said = (0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(text, LINE_LENGTH).replace(/\.$/, '');
    return `${place}: ${topic}: ${said}${remedy === undefined ? '' : `. ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_0__/* .printableLine */ .oy)(remedy, LINE_LENGTH)}`}`;
}


/***/ })

};
