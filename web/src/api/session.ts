import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { ClaimBody, LinkBody, SessionBody, SignInBody } from '../../../src/api/contract.ts'
import { takePreferences } from '../preferences/preferences.ts'
import { call, listenForStranger, setCsrfToken } from './client.ts'
import { queryClient } from './queries.ts'

const key = ['session'] as const

/** Who is signed in, and how one can sign in. */
export const sessionQuery = queryOptions({
  queryKey: key,
  queryFn: async () => keep(await call<SessionBody>('GET', '/session')),
  staleTime: 5 * 60_000,
})

export type Me = NonNullable<SessionBody['me']>

// The session has ended elsewhere: what is on the screen stays, the way in appears over it.
listenForStranger(() => void queryClient.invalidateQueries({ queryKey: key }))

function keep(session: SessionBody): SessionBody {
  setCsrfToken(session.csrfToken)
  if (session.me && session.preferences) takePreferences(session.me.person.id, session.preferences)
  return session
}

export function useSession() {
  return useQuery(sessionQuery)
}

/** Whoever is signed in; only for screens behind the sign-in. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(sessionQuery)
  if (!data.me) throw new Error('nobody is signed in')
  return data.me
}

function enter(session: SessionBody): void {
  queryClient.clear()
  queryClient.setQueryData(key, keep(session))
}

export async function signIn(body: SignInBody): Promise<void> {
  enter(await call<SessionBody>('POST', '/session', { body }))
}

export async function claimLink(body: ClaimBody): Promise<void> {
  enter(await call<SessionBody>('POST', '/session/claim', { body }))
}

export async function readLink(secret: string): Promise<LinkBody> {
  return call<LinkBody>('POST', '/session/link', { body: { secret } })
}

export async function signOut(): Promise<void> {
  await call('DELETE', '/session')
  queryClient.clear()
  await queryClient.fetchQuery(sessionQuery)
}
