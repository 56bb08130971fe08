export const id = 1791;
export const ids = [1791];
export const modules = {

/***/ 1791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createHealthRun: () => (/* binding */ createHealthRun)
/* harmony export */ });
/* harmony import */ var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37067);
/* harmony import */ var _terminal_arguments_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(85822);
/* harmony import */ var _terminal_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10331);



const DEFAULT_URL = 'http://127.0.0.1:8080';
/** Milliseconds: whoever asks for health wants to know it now. */
const TIME_LIMIT_MS = 5000;
/** `health [URL]`: whether a server is alive, for images that have nothing else to ask with. */
function createHealthRun(given, terminal) {
    const [text = DEFAULT_URL, ...others] = given.positionals;
    const url = URL.parse(text);
    if (url?.protocol !== 'http:' || others.length > 0) {
        throw (0,_terminal_arguments_js__WEBPACK_IMPORTED_MODULE_1__/* .usage */ .CI)('URL is not one http:// address', `Leave it out for ${DEFAULT_URL}.`);
    }
    const target = new URL('/healthz', url);
    return {
        async run(signal) {
            const problem = await ask(target, AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]));
            terminal.stdout.write(problem === undefined ? 'ok\n' : `not healthy: ${problem}\n`);
            return problem === undefined ? _terminal_command_js__WEBPACK_IMPORTED_MODULE_2__/* .EXIT_OK */ .Ij : _terminal_command_js__WEBPACK_IMPORTED_MODULE_2__/* .EXIT_FAILED */ .hj;
        },
        abandon(error) {
            terminal.stderr.write(`${(0,_terminal_command_js__WEBPACK_IMPORTED_MODULE_2__/* .describeError */ .Uc)(error)}\n`);
            return (0,_terminal_command_js__WEBPACK_IMPORTED_MODULE_2__/* .statusOf */ .c2)(error);
        },
    };
}
/** What is wrong; undefined: nothing. No proxy is used: it asks the machine that it runs on. */
async function ask(url, signal) {
    return await new Promise((resolve) => {
        const asked = (0,node_http__WEBPACK_IMPORTED_MODULE_0__.request)(url, { signal, agent: false }, (response) => {
            response.resume();
            resolve(response.statusCode === 200 ? undefined : `HTTP ${response.statusCode ?? 0}`);
        });
        asked.on('error', (error) => resolve(error.code ?? 'no answer'));
        asked.end();
    });
}


/***/ })

};
