export const id = 8387;
export const ids = [8387];
export const modules = {

/***/ 50768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runFleetDoctor: () => (/* binding */ runFleetDoctor)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _doctor_describe_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(73781);
/* harmony import */ var _fleet_doctor_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19409);
/* harmony import */ var _fleet_doctor_render_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73211);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(17234);





/** `doctor` for a whole file: the log, the page of the job, and the exit status. */
async function runFleetDoctor(core, given) {
    const { fleet, env, signal, line } = given;
    const examination = await (0,_fleet_doctor_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__/* .examineFleet */ .q)({
        fleet,
        signal,
        onNotice: (text) => core.info(line(text)),
        onSecret: (token) => core.setSecret(token),
    });
    const verdict = line(`doctor: ${(0,_fleet_doctor_render_js__WEBPACK_IMPORTED_MODULE_2__/* .describeVerdict */ .XZ)(examination)}`);
    for (const text of (0,_fleet_doctor_render_js__WEBPACK_IMPORTED_MODULE_2__/* .renderText */ .S5)(examination))
        core.info((0,_doctor_describe_js__WEBPACK_IMPORTED_MODULE_4__/* .cleanLine */ .Ow)(text, line));
    const path = env['GITHUB_STEP_SUMMARY'];
    if (path)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(path, (0,_report_redact_js__WEBPACK_IMPORTED_MODULE_3__/* .redact */ .E$)((0,_fleet_doctor_render_js__WEBPACK_IMPORTED_MODULE_2__/* .renderPage */ .Cf)(examination), fleet.secrets));
    const { errors } = (0,_fleet_doctor_examine_fleet_js__WEBPACK_IMPORTED_MODULE_1__/* .countLevels */ .Z)(examination);
    if (errors > 0)
        core.error(verdict);
    return errors > 0 ? 1 : 0;
}


/***/ })

};
