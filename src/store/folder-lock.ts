import { randomBytes } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DomainError } from '../domain/errors.ts'

/** What the lock file of a data folder says about the process that holds it. */
export type LockHolder = {
  readonly pid: number
  /** Tells a process from a later one with the same number, where the system says so. */
  readonly processStart: string
  readonly host: string
  /** Base URL of the server, once it listens; the local command line talks to it. */
  readonly address: string | null
  /** Lets the command line of the same user in; never leaves this machine. */
  readonly secret: string
}

export type FolderLock = {
  readonly holder: LockHolder
  /** Writes the server's address into the lock file. */
  announce(address: string): void
  release(): void
}

const fileName = 'hourbook.lock'
const beatMs = 5_000
const foreignStaleMs = 30_000

/**
 * Takes the data folder for this process alone. Throws `unavailable` with the holder in its
 * details while another living process has it; a lock whose process is gone is taken over.
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, fileName)
  let holder: LockHolder = {
    pid: process.pid,
    processStart: processStart(process.pid),
    host: hostname(),
    address: null,
    secret: randomBytes(24).toString('base64url'),
  }
  for (let attempt = 0; !createLock(path, holder); attempt += 1) {
    const other = readLock(path)
    if (other && (isHeld(path, other) || attempt > 10)) throw heldBy(folder, other)
    if (other) removeStale(path, other)
  }
  const beat = setInterval(() => touch(path), beatMs)
  beat.unref()
  return {
    get holder() {
      return holder
    },
    announce(address) {
      holder = { ...holder, address }
      const draft = `${path}.${process.pid}`
      writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
      renameSync(draft, path)
    },
    release() {
      clearInterval(beat)
      if (readLock(path)?.secret === holder.secret) rmSync(path, { force: true })
    },
  }
}

/** The living process that holds the folder, if there is one. */
export function findHolder(folder: string): LockHolder | undefined {
  const path = join(folder, fileName)
  const holder = readLock(path)
  return holder && isHeld(path, holder) ? holder : undefined
}

function heldBy(folder: string, holder: LockHolder): DomainError {
  const where = holder.address ? ` at ${holder.address}` : ''
  return new DomainError(
    'unavailable',
    `The data folder ${folder} is in use by process ${holder.pid}${where}`,
    { pid: holder.pid, address: holder.address },
  )
}

/** A link either appears whole or fails because the name exists: no half-written lock is ever seen. */
function createLock(path: string, holder: LockHolder): boolean {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function removeStale(path: string, stale: LockHolder): void {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const moved = readLock(aside)
  // Somebody took over between our look and our rename: give the lock back.
  if (moved && moved.secret !== stale.secret) {
    try {
      linkSync(aside, path)
    } catch {
      // A third process holds it by now; the next attempt will see whose it is.
    }
  }
  rmSync(aside, { force: true })
}

function readLock(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder
  } catch {
    return undefined
  }
}

function isHeld(path: string, holder: LockHolder): boolean {
  if (holder.host !== hostname()) return Date.now() - modifiedAt(path) < foreignStaleMs
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.processStart === processStart(holder.pid)
}

function modifiedAt(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // The folder was taken away under us; the database will say so louder.
  }
}

/** Boot id and start tick of a process on Linux; empty elsewhere, where only its number counts. */
function processStart(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${boot}/${afterName[19] ?? ''}`
  } catch {
    return ''
  }
}
