export const id = 5968;
export const ids = [5968];
export const modules = {

/***/ 5968:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   sshLibrary: () => (/* binding */ sshLibrary)
/* harmony export */ });
/* harmony import */ var ssh2_lib_agent_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(63849);
/* harmony import */ var ssh2_lib_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(66297);
/* harmony import */ var ssh2_lib_protocol_keyParser_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41789);
/* harmony import */ var ssh2_package_json__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(78342);




/** The one version whose inside `tuning.ts` was tried with; package.json pins it. */
const TRIED_VERSION = '1.17.0';
/**
 * What a client needs of the ssh library. Asked for as a whole, it loads a server, a maker of keys and agents for
 * https with Node's TLS besides, before the first byte is on the wire; its parts are the same objects.
 */
const sshLibrary = {
    Client: ssh2_lib_client_js__WEBPACK_IMPORTED_MODULE_1__,
    BaseAgent: ssh2_lib_agent_js__WEBPACK_IMPORTED_MODULE_0__.BaseAgent,
    createAgent: ssh2_lib_agent_js__WEBPACK_IMPORTED_MODULE_0__.createAgent,
    parseKey: ssh2_lib_protocol_keyParser_js__WEBPACK_IMPORTED_MODULE_2__.parseKey,
    /** It is the version whose inside is known: with any other, nothing but its public door is used. */
    tried: ssh2_package_json__WEBPACK_IMPORTED_MODULE_3__/* .version */ .rE === TRIED_VERSION,
};


/***/ })

};
