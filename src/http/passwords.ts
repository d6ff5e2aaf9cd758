import { hash, verify } from '@node-rs/argon2'

/** 19 MiB, two passes, one lane: OWASP's recommendation for argon2id, this library's default kind. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The hash of a password nobody has: names that are not known take as long as those that are. */
let nobodys: Promise<string> | undefined

/** Hashes a password with argon2id; salt and cost are part of the text. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** Whether this is the password of the hash. */
export async function verifyPassword(
  known: string | undefined,
  password: string,
): Promise<boolean> {
  nobodys ??= hashPassword('nobody has this one')
  const isRight = await verify(known ?? (await nobodys), password)
  return known !== undefined && isRight
}
