export const id = 7227;
export const ids = [7227];
export const modules = {

/***/ 47227:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openGitLabHost: () => (/* binding */ openGitLabHost)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);
/* harmony import */ var _base_printable_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(86815);
/* harmony import */ var _json_client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24062);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(59465);
/* harmony import */ var _refuse_format_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(65287);





const TOKEN_HINT = 'Give a token with the scope api, and the role Maintainer or Owner.';
const DEVELOPER = 30;
/** GitLab: `/api/v4`. */
const openGitLabHost = (question) => {
    const headers = { 'private-token': question.token };
    const client = (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({ ...question, base: question.api, headers, tokenHint: TOKEN_HINT });
    const name = question.path.at(-1) ?? '';
    const groups = question.path.slice(0, -1);
    const project = `projects/${encodeURIComponent(question.path.join('/'))}`;
    const listRules = async () => {
        const rules = [];
        for await (const { value } of client.pages(`${project}/protected_branches?per_page=100`)) {
            for (const rule of (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .listOf */ .c3)(value)) {
                rules.push({
                    rule: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(rule, 'name') ?? '',
                    allowsForce: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(rule, 'allow_force_push') === true,
                });
            }
        }
        return rules;
    };
    const setForce = async (rule, allows, signal = question.signal) => {
        const other = signal === question.signal
            ? client
            : (0,_json_client_js__WEBPACK_IMPORTED_MODULE_1__.createJsonClient)({ ...question, base: question.api, headers, signal });
        try {
            await other.send('PATCH', `${project}/protected_branches/${encodeURIComponent(rule)}`, {
                allow_force_push: allows,
            });
        }
        finally {
            if (other !== client)
                await other.dispose();
        }
    };
    const host = {
        kind: 'gitlab',
        async look() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get(project));
            if (answer === undefined)
                return undefined;
            const { value } = answer;
            return {
                defaultBranch: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(value, 'default_branch'),
                archived: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'archived') === true,
                isMirror: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'mirror') === true,
                isEmpty: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'empty_repo') === true,
                mayPush: mayPush(value),
            };
        },
        async create({ visibility, format }) {
            (0,_refuse_format_js__WEBPACK_IMPORTED_MODULE_3__/* .refuseFormat */ .A)('GitLab', format);
            const make = async () => {
                const namespace = await findNamespace(client, groups);
                return await client.send('POST', 'projects', {
                    name,
                    path: name,
                    namespace_id: namespace,
                    visibility,
                    initialize_with_readme: false,
                    auto_devops_enabled: false,
                });
            };
            return await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .createOrFind */ .xj)(host, make, 'the scope api, and the role Developer or above in the group');
        },
        async setDefaultBranch(branch) {
            await client.send('PUT', project, { default_branch: branch });
        },
        listProtected: listRules,
        async allowForce(branch, mayLift) {
            const found = (await listRules()).filter(({ rule, allowsForce }) => !allowsForce && (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .isRuleFor */ .SX)(rule, branch));
            for (const { rule } of found) {
                if (!(await mayLift(rule)))
                    return false;
                await setForce(rule, true);
            }
            return found.length > 0;
        },
        forbidForce: (rule, signal) => setForce(rule, false, signal),
        async readExpiry() {
            const answer = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get('personal_access_tokens/self'));
            const text = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .textField */ .M8)(answer?.value, 'expires_at');
            return text === undefined ? undefined : new Date(`${text.slice(0, 10)}T00:00:00Z`);
        },
        dispose: () => client.dispose(),
    };
    return host;
};
function mayPush(value) {
    const permissions = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(value, 'permissions');
    const levels = ['project_access', 'group_access'].map((key) => (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)((0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(permissions, key), 'access_level'));
    const known = levels.filter((level) => typeof level === 'number');
    return known.length === 0 ? undefined : known.some((level) => level >= DEVELOPER);
}
/** The id of the group, or of the user's own namespace; groups in groups are made where they are missing. */
async function findNamespace(client, groups) {
    const path = groups.join('/');
    const found = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get(`namespaces/${encodeURIComponent(path)}`));
    const id = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(found?.value, 'id');
    if (typeof id === 'number')
        return id;
    const name = groups.at(-1);
    if (groups.length < 2 || name === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`there is no group or user ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 200)} that this token may see`, {
            code: 'not-found',
            side: 'destination',
            status: 404,
            hint: 'Make the group first: GitLab makes only groups within groups for a token.',
        });
    }
    const parent = await findNamespace(client, groups.slice(0, -1));
    try {
        const made = await client.send('POST', 'groups', {
            name,
            path: name,
            parent_id: parent,
            visibility: 'private',
        });
        return Number((0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(made.value, 'id'));
    }
    catch (thrown) {
        // Another run may have been faster.
        const again = await (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .orMissing */ .Mr)(() => client.get(`namespaces/${encodeURIComponent(path)}`));
        const known = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .field */ .ZZ)(again?.value, 'id');
        if (typeof known === 'number')
            return known;
        const words = (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .wordsOf */ .Z9)(thrown instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En ? thrown.serverText : undefined);
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the group ${(0,_base_printable_js__WEBPACK_IMPORTED_MODULE_4__/* .printableLine */ .oy)(path, 200)} could not be made: ${words || 'GitLab refused it'}`, {
            code: 'auth',
            side: 'destination',
            hint: TOKEN_HINT,
            cause: thrown,
        });
    }
}


/***/ }),

/***/ 65287:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ refuseFormat)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45145);

/** @throws MirrorError `format` where a service only makes repositories for sha1 */
function refuseFormat(service, format) {
    if (format === 'sha1')
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MirrorError */ .En(`the source uses ${format}, and ${service} makes repositories for sha1`, {
        code: 'format',
        side: 'destination',
        hint: 'Mirror to a host that takes sha256: Gitea or Forgejo.',
    });
}


/***/ })

};
