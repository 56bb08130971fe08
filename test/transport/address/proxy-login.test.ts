import { expect, it } from 'vitest'
import { listProxyPasswords } from '../../../src/transport/address/proxy-login.ts'

it('finds the passwords of all proxies, as they stand there, decoded, and in the header that is sent', () => {
  const env = {
    https_proxy: 'http://me:p%40ss@proxy.example:3128',
    HTTP_PROXY: 'you:secret@proxy.example',
    All_Proxy: 'http://user@proxy.example',
    no_proxy: 'http://no:body@proxy.example',
    OTHER: 'http://other:other@proxy.example',
  }
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  expect(listProxyPasswords(env).toSorted()).toEqual(
    ['p%40ss', 'p@ss', base64('me:p@ss'), 'secret', base64('you:secret')].toSorted(),
  )
  expect(listProxyPasswords({ http_proxy: 'http://me:50%@proxy' })).toContain('50%')
  expect(listProxyPasswords({})).toEqual([])
})
