import type { FastifyInstance } from 'fastify'
import { changePreferences, findPreferences } from '../domain/preferences.ts'
import { Preferences, PreferencesChange, type PreferencesChangeBody, ref } from './contract.ts'
import { type ApiNeeds, actorOf } from './needs.ts'
import { answer, operation } from './operation.ts'

export function registerPreferences(
  scope: FastifyInstance,
  { store }: Pick<ApiNeeds, 'store'>,
): void {
  scope.get(
    '/preferences',
    {
      config: { access: 'read' },
      schema: operation({
        id: 'getPreferences',
        tag: 'People',
        summary: 'How you want the application to look',
        description: 'Your own, on whatever machine. What was never chosen is the usual.',
        answers: { 200: answer('Your preferences', ref(Preferences)) },
      }),
    },
    async (request) => findPreferences(store, actorOf(request)),
  )

  scope.patch<{ Body: PreferencesChangeBody }>(
    '/preferences',
    {
      config: { access: 'write' },
      schema: operation({
        id: 'changePreferences',
        tag: 'People',
        summary: 'Change how you want the application to look',
        description: 'Only what is named changes; of hidden columns, those of the tables named.',
        body: ref(PreferencesChange),
        answers: { 200: answer('As they are now', ref(Preferences)) },
      }),
    },
    async (request) => changePreferences(store, actorOf(request), request.body),
  )
}
