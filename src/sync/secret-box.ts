import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError } from '../domain/errors.ts'
import type { SealedSecret } from '../domain/jira-link.ts'

/** Seals secrets before they are stored. `purpose` ties a sealed text to its place. */
export type SecretBox = {
  seal(secret: string, purpose: string): SealedSecret
  /** Throws `unavailable` where the key is another one, or the text belongs elsewhere. */
  open(sealed: SealedSecret, purpose: string): string
}

/** AES-256-GCM; any text makes a key, a long random one makes a good one. */
export function makeSecretBox(key: string): SecretBox {
  const bytes = createHash('sha256').update(key).digest()
  return {
    seal(secret, purpose) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`
    },
    open(sealed, purpose) {
      try {
        const [version, text = ''] = sealed.split('.')
        if (version !== 'v1') throw new Error('unknown version')
        const box = Buffer.from(text, 'base64url')
        const decipher = createDecipheriv('aes-256-gcm', bytes, box.subarray(0, 12))
          .setAAD(Buffer.from(purpose))
          .setAuthTag(box.subarray(12, 28))
        return decipher.update(box.subarray(28), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        throw new DomainError(
          'unavailable',
          'A stored secret cannot be opened: HOURBOOK_SECRET_KEY or the key file is not the one it was sealed with',
        )
      }
    },
  }
}

/** The key of a data folder, made on first need and readable by its owner alone. */
export function readOrMakeKey(dataFolder: string): string {
  const path = join(dataFolder, 'secret.key')
  const known = readKey(path)
  if (known !== undefined) return known
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  try {
    // A link fails where the name exists: of two processes the first one's key stands.
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readKey(path)!
}

function readKey(path: string): string | undefined {
  try {
    const key = readFileSync(path, 'utf8').trim()
    if (key.length >= 32) return key
    throw new DomainError('unavailable', `${path} holds no key`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
