import { describe, expect, it } from 'vitest'
import { type Environment, readConfig } from './config.ts'
import { maskedUrl, settings } from './config-settings.ts'
import { DomainError } from './domain/errors.ts'

function problemsOf(environment: Environment, flags = {}): string[] {
  try {
    readConfig(environment, flags)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid')
      return (error.details.problems ?? []).map((one) => one.field)
    throw error
  }
  return []
}

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8_440,
      databaseUrl: undefined,
      logLevel: 'info',
      trustedProxies: [],
      requestsPerMinute: 60_000,
      shutdownSeconds: 20,
    })
    expect(readConfig({}).dataFolder).toBe(`${process.cwd()}/data`)
  })

  it('takes an empty variable for one that is not set', () => {
    const names = settings.map((one) => one.variable)
    expect(readConfig(Object.fromEntries(names.map((name) => [name, ' '])))).toEqual(readConfig({}))
  })

  it('puts flags over the environment, one by one', () => {
    const environment = { HOURBOOK_HOST: '0.0.0.0', HOURBOOK_PORT: '1', HOURBOOK_DATA: '/a' }
    expect(readConfig(environment, { port: '2' })).toMatchObject({
      host: '0.0.0.0',
      port: 2,
      dataFolder: '/a',
    })
    expect(readConfig(environment, { host: '::1', data: '/b' })).toMatchObject({
      host: '::1',
      port: 1,
      dataFolder: '/b',
    })
  })

  it('names every problem at once, by variable or flag', () => {
    const wrong = {
      DATABASE_URL: 'mysql://x',
      HOURBOOK_PUBLIC_URL: 'example.org',
      HOURBOOK_LOG: 'loud',
      HOURBOOK_SITE_TIME_ZONE: 'Berlin',
      HOURBOOK_TRUSTED_PROXIES: '10.0.0.0/8, everybody',
      HOURBOOK_DATABASE_POOL: '1',
      HOURBOOK_REQUESTS_PER_MINUTE: '-1',
      HOURBOOK_SHUTDOWN_SECONDS: '1.5',
    }
    expect(problemsOf(wrong, { port: '65536' }).sort()).toEqual(
      [...Object.keys(wrong), '--port'].sort(),
    )
  })

  it.each(['-1', '1e3', '0x10', '12 34', 'NaN', '99999'])('refuses %j as a port', (port) => {
    expect(problemsOf({ HOURBOOK_PORT: port })).toEqual(['HOURBOOK_PORT'])
  })

  it.each([
    ['http://', false],
    ['https://hours.example.org/base/', true],
  ])('judges the public URL %s', (url, isRight) => {
    expect(problemsOf({ HOURBOOK_PUBLIC_URL: url }).length).toBe(isRight ? 0 : 1)
  })

  it('leaves no slash at the end of the public URL', () => {
    const { publicUrl } = readConfig({ HOURBOOK_PUBLIC_URL: 'https://a.example.org/x//' })
    expect(publicUrl).toBe('https://a.example.org/x')
  })

  it.each(['10.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', 'loopback', 'uniquelocal'])(
    'trusts the proxy %s',
    (proxy) => {
      expect(problemsOf({ HOURBOOK_TRUSTED_PROXIES: `127.0.0.1,${proxy}` })).toEqual([])
    },
  )

  it.each(['10.0.0.0/33', '10.0.0', 'proxy.example.org', '::1/129', '10.0.0.0/8/8', '1.2.3.4/'])(
    'refuses %s for a proxy',
    (proxy) => {
      expect(problemsOf({ HOURBOOK_TRUSTED_PROXIES: proxy })).toEqual(['HOURBOOK_TRUSTED_PROXIES'])
    },
  )

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true)
  })
})

describe('settings', () => {
  it('shows no secret', () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://hour:s3cret-word@db.example.org/hours?sslpassword=s3cret-word',
      HOURBOOK_SECRET_KEY: 's3cret-word-of-length',
    })
    const shown = settings.map((one) => one.show(config)).join('\n')
    expect(shown).not.toContain('s3cret-word')
    expect(shown).toContain('db.example.org/hours')
  })

  it('shows something for every part of the configuration', () => {
    const { jira, tracker, ...rest } = readConfig({})
    const parts = [rest, jira, tracker].flatMap((part) => Object.keys(part))
    expect(settings.length).toBe(parts.length)
  })
})

describe('maskedUrl', () => {
  it.each([
    ['postgres://a:b@h:5432/d', 'postgres://a:***@h:5432/d'],
    ['postgres://a@h/d', 'postgres://a@h/d'],
    ['postgres://h/d?user=a&password=b', 'postgres://h/d?user=a&password=***'],
    ['postgres://a:b@/d?host=/run', '***'],
  ])('masks %s', (url, expected) => {
    expect(maskedUrl(url)).toBe(expected)
  })
})
