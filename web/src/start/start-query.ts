import { queryOptions } from '@tanstack/react-query'
import type {
  FirstStartBody,
  PersonBody,
  ProjectBody,
  SampleBody,
} from '../../../src/api/contract.ts'
import { call } from '../api/client.ts'

/** What a new site still needs; asked for by administrators only. */
export const firstStartQuery = queryOptions({
  queryKey: ['first-start'],
  queryFn: () => call<FirstStartBody>('GET', '/first-start'),
  refetchInterval: ({ state }) =>
    state.data?.steps.some(({ isDone }) => !isDone) ? 15_000 : false,
})

export function fillSample(): Promise<SampleBody> {
  return call('POST', '/first-start/sample')
}

export type FirstPerson = { readonly displayName: string; readonly email?: string }

export type FirstWork = {
  readonly name: string
  readonly key: string
  readonly issue: string
  readonly people: readonly FirstPerson[]
}

export type Begun = {
  readonly project: ProjectBody
  readonly added: number
  /** Who could not be added, and why. */
  readonly refused: readonly { readonly name: string; readonly error: unknown }[]
}

/** Makes the project with its issue, then the people: one who is refused does not stop the others. */
export async function beginWithoutJira({ name, key, issue, people }: FirstWork): Promise<Begun> {
  const project = await call<ProjectBody>('POST', '/projects', { body: { key, name } })
  await call('POST', '/issues', { body: { project: key, summary: issue } })
  const refused: Begun['refused'][number][] = []
  for (const body of people)
    await call<PersonBody>('POST', '/people', { body }).catch((error: unknown) => {
      refused.push({ name: body.displayName, error })
    })
  return { project, added: people.length - refused.length, refused }
}
