/** The one script, which the page does without: takes the page anew when the server says that something changed. */
export const SCRIPT = `'use strict'
const source = new EventSource('/page/events')
let isAsking = false
let isStale = false
let notBefore = 0
let timer
function renewIn(ms) {
  timer ??= setTimeout(() => { timer = undefined; renew() }, ms)
}
async function renew() {
  const active = document.activeElement
  const began = performance.now()
  if (began < notBefore) return renewIn(notBefore - began)
  if (isAsking || document.hidden || (active && /^(INPUT|SELECT)$/.test(active.tagName))) {
    isStale = true
    return
  }
  isAsking = true
  isStale = false
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    if (!answer.ok) return
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const active = document.activeElement
    const key = active && active.name ? active.tagName + '[name="' + active.name + '"]' + (active.value ? '[value="' + CSS.escape(active.value) + '"]' : '') : ''
    const href = active && active.tagName === 'A' ? 'a[href="' + active.getAttribute('href') + '"]' : ''
    for (const part of ['main', 'footer']) document.querySelector(part).replaceWith(next.querySelector(part))
    const again = document.querySelector('main ' + (key || href || 'main'))
    if ((key || href) && again) again.focus({ preventScroll: true })
    // What changed meanwhile is not on it.
    if (isStale) renewIn(0)
  } catch {
    isStale = true
  } finally {
    isAsking = false
    // A page of thousands of rows costs both sides more than one of ten.
    notBefore = performance.now() + 20 * (performance.now() - began)
  }
}
source.addEventListener('change', renew)
// Nobody told what changed between the page and the stream, or while the stream was down.
source.addEventListener('open', renew)
source.addEventListener('done', () => source.close())
document.addEventListener('visibilitychange', () => { if (isStale) renew() })
document.addEventListener('focusout', () => { if (isStale) setTimeout(renew, 0) })
setInterval(renew, 60000)
`
