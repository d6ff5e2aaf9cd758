import { createHash, randomBytes } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readdirSync,
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
const claimName = /^hourbook\.lock\.after-[0-9a-f]{32}$/
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
  while (!createLock(path, holder) && !succeed(folder, path, holder)) {
    // Somebody took or released the folder between our looks; look again.
  }
  const beat = setInterval(() => touch(path), beatMs)
  beat.unref()
  return {
    get holder() {
      return holder
    },
    announce(address) {
      holder = { ...holder, address }
      replaceLock(path, holder)
    },
    release() {
      clearInterval(beat)
      if (readLock(path)?.holder?.secret === holder.secret) rmSync(path, { force: true })
    },
  }
}

/** The living process that holds the folder, if there is one. */
export function findHolder(folder: string): LockHolder | undefined {
  const path = join(folder, fileName)
  const holder = readLock(path)?.holder
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

/**
 * Takes over from a holder that is gone. Removing its file and making our own would be two steps,
 * between which a third process could step in; so the right to succeed it is a file of its own,
 * named after it, that only one process can create. Who dies between that and putting its own lock
 * in place is succeeded in the same way, so the last in the chain is the one who counts.
 */
function succeed(folder: string, path: string, holder: LockHolder): boolean {
  const root = readLock(path)
  if (!root) return false
  let last = root
  for (let next = readLock(claimPath(path, last)); next; next = readLock(claimPath(path, last)))
    last = next
  if (last.holder && isHeld(last.path, last.holder)) throw heldBy(folder, last.holder)
  const claim = claimPath(path, last)
  if (!createLock(claim, holder)) return false
  // Claims are cleared away once their owner's lock is in place: ours is void if that was before.
  if (readLock(path)?.id !== root.id) {
    rmSync(claim, { force: true })
    return false
  }
  replaceLock(path, holder)
  for (const name of readdirSync(folder))
    if (claimName.test(name)) rmSync(join(folder, name), { force: true })
  return true
}

function claimPath(path: string, predecessor: FoundLock): string {
  return `${path}.after-${predecessor.id}`
}

function replaceLock(path: string, holder: LockHolder): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 })
  renameSync(draft, path)
}

/** A lock file as it lies there; without a holder where it is garbage. */
type FoundLock = { readonly path: string; readonly id: string; readonly holder?: LockHolder }

function readLock(path: string): FoundLock | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const holder = parseHolder(text)
  const id = createHash('sha256')
    .update(holder?.secret ?? text)
    .digest('hex')
    .slice(0, 32)
  return holder ? { path, id, holder } : { path, id }
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    const { pid, processStart: start, host, secret } = JSON.parse(text) as Partial<LockHolder>
    const isWhole = [start, host, secret].every((value) => typeof value === 'string')
    return isWhole && Number.isInteger(pid) ? (JSON.parse(text) as LockHolder) : undefined
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
