export const id = 8313;
export const ids = [8313];
export const modules = {

/***/ 18313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectTls: () => (/* binding */ connectTls),
/* harmony export */   loadAuthorities: () => (/* binding */ loadAuthorities)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77030);
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(41692);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(45145);


// Not by name: Node before 22.15 has no getCACertificates, and would refuse to load this file.


/** Speaks TLS over a connected socket, HTTP/1.1 only. @throws MirrorError `connect`. */
function connectTls(socket, options) {
    const { host, port, context, session } = options;
    return new Promise((resolve, reject) => {
        const secured = node_tls__WEBPACK_IMPORTED_MODULE_2__.connect({
            socket,
            host,
            servername: (0,node_net__WEBPACK_IMPORTED_MODULE_1__.isIP)(host) ? '' : host,
            ALPNProtocols: ['http/1.1'],
            ...(context && { secureContext: context }),
            ...(session && { session }),
        });
        // Both stay for good: an error after `destroy` has nowhere else to go.
        secured.on('error', (cause) => reject(describeTlsError(cause, host, port)));
        secured.on('close', () => reject(describeTlsError(new Error('the connection was closed'), host, port)));
        secured.once('secureConnect', () => resolve(secured));
    });
}
/**
 * Node's authorities and those of the file that `GIT_SSL_CAINFO` or `SSL_CERT_FILE` names; undefined when
 * neither is set. (`NODE_EXTRA_CA_CERTS` is read by Node itself, which keeps it to itself before 22.15.)
 * @throws MirrorError `local` when the file cannot be used.
 */
async function loadAuthorities(env) {
    const variable = ['GIT_SSL_CAINFO', 'SSL_CERT_FILE'].find((name) => env[name]);
    if (variable === undefined)
        return undefined;
    try {
        const extra = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(env[variable], 'utf8');
        // OpenSSL passes over a file without any.
        if (!/-----BEGIN [A-Z ]*CERTIFICATE-----/.test(extra))
            throw new Error('no certificate in it');
        return node_tls__WEBPACK_IMPORTED_MODULE_2__.createSecureContext({ ca: [...(await defaultAuthorities(env)), extra] });
    }
    catch (cause) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .MirrorError */ .En(`the certificates that ${variable} names cannot be read`, {
            code: 'local',
            hint: `Set ${variable} to a readable file of PEM certificates, or unset it.`,
            cause,
        });
    }
}
async function defaultAuthorities(env) {
    const get = node_tls__WEBPACK_IMPORTED_MODULE_2__.getCACertificates;
    if (get)
        return get('default');
    const path = env['NODE_EXTRA_CA_CERTS'];
    // As Node does: a file that cannot be read is passed over.
    const extra = path ? await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(() => '') : '';
    return extra === '' ? node_tls__WEBPACK_IMPORTED_MODULE_2__.rootCertificates : [...node_tls__WEBPACK_IMPORTED_MODULE_2__.rootCertificates, extra];
}
const UNKNOWN_AUTHORITY = new Set([
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
function describeTlsError(cause, host, port) {
    const place = `${host}, port ${port}`;
    const code = cause.code ?? '';
    if (UNKNOWN_AUTHORITY.has(code)) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .MirrorError */ .En(`the certificate of ${place} is signed by an authority that is not trusted here`, {
            code: 'connect',
            advice: 'certificate-authority',
            hint: 'Set NODE_EXTRA_CA_CERTS to a file with the certificate of that authority (PEM) before the program starts.',
            cause,
        });
    }
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .MirrorError */ .En(`the certificate of ${place} is for another name`, {
            code: 'connect',
            hint: 'Use the name that stands in the certificate.',
            cause,
        });
    }
    if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
        const when = code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet';
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .MirrorError */ .En(`the certificate of ${place} ${when}`, {
            code: 'connect',
            hint: "Check the clock of this machine, then the server's certificate.",
            cause,
        });
    }
    if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .MirrorError */ .En(`${place} does not speak TLS`, {
            code: 'connect',
            hint: 'Is it an http:// address, or another port?',
            cause,
        });
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .MirrorError */ .En(`no TLS connection to ${place}: ${code || cause.message}`, {
        code: 'connect',
        retryable: !code.startsWith('ERR_SSL') && !code.startsWith('CERT_'),
        hint: 'Check that the server speaks TLS 1.2 or newer on this port.',
        cause,
    });
}


/***/ })

};
