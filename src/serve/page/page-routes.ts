import { VERSION } from '../../base/version.ts'
import { isOwnForm, readSession, refuseLogin } from '../http/access.ts'
import type { ApiRequest, Route } from '../http/context.ts'
import { problem } from '../http/problem.ts'
import { refuseRound } from '../http/sync-routes.ts'
import { type Html, renderLayout } from './layout.ts'
import { renderList } from './list-page.ts'
import { renderMirror } from './mirror-page.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { exactTime, ROW_STATUSES } from './words.ts'

const LONGEST_FILTER_LENGTH = 200

export const PAGE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    access: 'page',
    summary: 'The page: all mirrors, those that failed first; q and status choose some',
    responses: { 200: 'HTML', 503: 'It is starting' },
    handle: showList,
  },
  {
    method: 'GET',
    path: '/page/mirrors/{name}',
    access: 'page',
    summary: 'The page of one mirror',
    responses: { 200: 'HTML', 404: 'No such mirror' },
    handle: showMirror,
  },
  {
    method: 'POST',
    path: '/page/act',
    access: 'form',
    summary: 'The buttons of the page: sync, pause or resume a mirror',
    body: 'form',
    responses: {
      303: 'Back to the page',
      400: 'No button',
      404: 'No such mirror',
      409: 'It is paused',
      503: 'It is starting or stopping',
    },
    handle: act,
  },
  {
    method: 'GET',
    path: '/page/events',
    access: 'page',
    summary: 'Server-sent events: change, when the page would show something else',
    responses: { 200: 'A stream of events', 503: 'Too many streams' },
    handle: ({ service, streams }) => {
      if (streams.isFull) return problem(503, 'too many streams of events are open', { 'retry-after': '30' })
      return streams.open((listener) =>
        service.bell.listen(() => listener({ id: undefined, kind: 'change', data: {} })),
      )
    },
  },
  {
    method: 'GET',
    path: '/login',
    access: 'anyone',
    summary: 'Makes a browser ask for the token, as the password; any user name does',
    responses: { 303: 'To the page', 401: 'The token is missing or wrong', 429: 'Too often' },
    handle: (request) => (request.isSignedIn ? goTo('/') : refuseLogin(request, true)),
  },
  {
    method: 'GET',
    path: '/style.css',
    access: 'anyone',
    summary: 'The style of the page',
    responses: { 200: 'CSS' },
    handle: () => asset(STYLE, 'text/css; charset=utf-8'),
  },
  {
    method: 'GET',
    path: '/page.js',
    access: 'anyone',
    summary: 'The script of the page, which it does without',
    responses: { 200: 'JavaScript' },
    handle: () => asset(SCRIPT, 'text/javascript; charset=utf-8'),
  },
]

async function showList(request: ApiRequest): Promise<Response> {
  const { service, http, now } = request
  const status = ROW_STATUSES.find((one) => one === http.req.query('status'))
  const filter = (http.req.query('q') ?? '').slice(0, LONGEST_FILTER_LENGTH)
  return await showPage(request, 'Mirrors', (formToken) =>
    renderList({ views: service.views(), now: now(), filter, status, formToken }),
  )
}

async function showMirror(request: ApiRequest): Promise<Response> {
  const { service, param, now } = request
  const view = service.view(param)
  if (view === undefined) return problem(404, 'there is no such mirror')
  const line = service.lastLine(param)
  const log = service.live.lines(param)
  return await showPage(request, param, (formToken) =>
    renderMirror({ view, line, log, now: now(), formToken }),
  )
}

/** Buttons are for those who are signed in, and bound to this browser. */
async function showPage(
  { http, isSignedIn, now }: ApiRequest,
  title: string,
  render: (formToken: string | undefined) => Html,
): Promise<Response> {
  const session = readSession(http.req.header('cookie'))
  const text = await renderLayout({
    title: `${title} · Kalandra`,
    now: exactTime(now()),
    isSignedIn,
    version: VERSION,
    main: render(isSignedIn ? session.formToken : undefined),
  })
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8' })
  if (isSignedIn && session.isNew) headers.set('set-cookie', session.cookie)
  return new Response(String(text), { headers })
}

async function act(request: ApiRequest): Promise<Response> {
  const { http, service } = request
  const form = new URLSearchParams(await http.req.text())
  if (!isOwnForm(http.req.header('cookie'), form.get('form') ?? undefined)) {
    return problem(403, 'this form is not of this browser: load the page again')
  }
  const button = (['sync', 'pause', 'resume'] as const).find((name) => form.has(name))
  if (button === undefined) return problem(400, 'the form has no button')
  const name = form.get(button) ?? ''
  if (!service.has(name)) return problem(404, 'there is no such mirror')
  if (button === 'pause') service.pause(name)
  if (button === 'resume') service.resume(name)
  if (button === 'sync') {
    const refusal = refuseRound(request)
    if (refusal !== undefined) return refusal
    if (service.pausedBy(name) !== undefined) return problem(409, 'it is paused')
    service.syncOne(name, false)
  }
  const back = form.get('back') ?? ''
  return goTo(service.has(back) ? `/page/mirrors/${back}` : '/')
}

function goTo(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path } })
}

function asset(text: string, type: string): Response {
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'public, max-age=300' } })
}
