import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findHolder, type LockHolder, lockFolder } from './folder-lock.ts'

let folder: string
const lockFile = () => join(folder, 'hourbook.lock')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourbook-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A lock file of this very process, to be falsified. */
function ownHolder(): LockHolder {
  const lock = lockFolder(folder)
  lock.release()
  return lock.holder
}

describe('a folder lock', () => {
  it('refuses a second opener with the pid and address of the first', () => {
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid}`)
    lock.announce('http://127.0.0.1:8440')
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({
        code: 'unavailable',
        message: expect.stringContaining('at http://127.0.0.1:8440'),
        details: { pid: process.pid, address: 'http://127.0.0.1:8440' },
      }),
    )
    expect(findHolder(folder)).toEqual(lock.holder)
    lock.release()
    expect(findHolder(folder)).toBeUndefined()
    expect(readdirSync(folder)).toEqual([])
  })

  it('keeps its secret from other users, and makes a new one each time', () => {
    const first = ownHolder()
    const lock = lockFolder(folder)
    expect(lock.holder.secret).not.toBe(first.secret)
    expect(lock.holder.secret.length).toBeGreaterThanOrEqual(32)
    lock.release()
  })

  it.each<[string, (own: LockHolder) => string]>([
    ['a process that is gone', (own) => JSON.stringify({ ...own, pid: 2 ** 22 + 1 })],
    [
      'a later process with the same number',
      (own) => JSON.stringify({ ...own, processStart: 'x' }),
    ],
    ['garbage', () => 'garbage'],
    ['an empty file', () => ''],
    ['half a file', (own) => JSON.stringify(own).slice(0, 40)],
    ['another shape', () => '{"pid": "1"}'],
    ['null', () => 'null'],
  ])('takes over from %s', (_, content) => {
    writeFileSync(lockFile(), content(ownHolder()))
    expect(findHolder(folder)).toBeUndefined()
    const lock = lockFolder(folder)
    expect(findHolder(folder)).toEqual(lock.holder)
    expect(() => lockFolder(folder)).toThrow(/in use/)
    expect(readdirSync(folder)).toEqual(['hourbook.lock'])
    lock.release()
  })

  it('takes over from a process that died while it took over itself', () => {
    const dead = (own: LockHolder) => JSON.stringify({ ...own, pid: 2 ** 22 + 1 })
    const [first, second] = [ownHolder(), ownHolder()]
    writeFileSync(lockFile(), dead(first))
    const lock = lockFolder(folder)
    const taken = readFileSync(lockFile(), 'utf8')
    lock.release()
    expect(taken).toContain(lock.holder.secret)

    writeFileSync(lockFile(), dead(first))
    writeFileSync(`${lockFile()}.after-${idOf(first)}`, dead(second))
    const heir = lockFolder(folder)
    expect(findHolder(folder)).toEqual(heir.holder)
    expect(readdirSync(folder)).toEqual(['hourbook.lock'])
    heir.release()
  })

  it('refuses while a living process is in the middle of taking over', () => {
    const [first, second] = [ownHolder(), ownHolder()]
    writeFileSync(lockFile(), JSON.stringify({ ...first, pid: 2 ** 22 + 1 }))
    writeFileSync(`${lockFile()}.after-${idOf(first)}`, JSON.stringify(second))
    expect(() => lockFolder(folder)).toThrow(`in use by process ${process.pid}`)
  })

  it('believes another machine while its lock is fresh, and only then', () => {
    const own = ownHolder()
    writeFileSync(lockFile(), JSON.stringify({ ...own, host: `not-${hostname()}`, pid: 1 }))
    expect(() => lockFolder(folder)).toThrow(/in use by process 1/)
    const old = new Date(Date.now() - 60_000)
    utimesSync(lockFile(), old, old)
    lockFolder(folder).release()
  })

  it('does not remove a lock that is another process by now', () => {
    const lock = lockFolder(folder)
    const other = JSON.stringify({ ...lock.holder, secret: 'another' })
    writeFileSync(lockFile(), other)
    lock.release()
    expect(readFileSync(lockFile(), 'utf8')).toBe(other)
  })

  it('goes to exactly one of many processes, round after round of killed holders', async () => {
    writeFileSync(lockFile(), JSON.stringify({ ...ownHolder(), pid: 2 ** 22 + 1 }))
    const racers = await Promise.all(Array.from({ length: 6 }, () => aRacer()))
    try {
      while (racers.length > 1) {
        const answers = await Promise.all(racers.map((racer) => racer.race('http://racer')))
        const winners = racers.filter((_, at) => answers[at] === 'won')
        expect(winners, answers.join(', ')).toHaveLength(1)
        const [winner] = winners
        expect(findHolder(folder)).toMatchObject({ pid: winner!.pid, address: 'http://racer' })
        const losers = answers.filter((answer) => answer !== 'won')
        expect(losers).toEqual(losers.map(() => `lost to ${winner!.pid}`))
        racers.splice(racers.indexOf(winner!), 1)
        await winner!.kill()
      }
    } finally {
      await Promise.all(racers.map((racer) => racer.kill()))
    }
  })
})

/** Names a claim to a holder's succession as the lock does. */
function idOf(holder: LockHolder): string {
  return createHash('sha256').update(holder.secret).digest('hex').slice(0, 32)
}

async function aRacer() {
  const script = fileURLToPath(new URL('../../test/lock-racer.ts', import.meta.url))
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ['--import', 'tsx', script, folder],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  expect(await next()).toBe('ready')
  return {
    pid: child.pid,
    race(address: string) {
      child.stdin.write(`${address}\n`)
      return next()
    },
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
