import { call } from '../api/client.ts'
import { isServerAway, onConnection } from '../api/connection.ts'
import { AwayError, reasonOf } from '../api/problem.ts'
import { notify } from '../parts/notices.tsx'
import {
  type PreferencesChange,
  sendPreferencesWith,
  settlePreferences,
  unsentPreferences,
} from './preferences.ts'

let sending: Promise<void> = Promise.resolve()

/** Changes go to the server one after the other; while it is away they wait in the browser. */
export function keepPreferencesOnServer(): void {
  sendPreferencesWith((change) => {
    sending = sending.then(() => send(change))
  })
  onConnection(() => {
    const change = unsentPreferences()
    if (!isServerAway() && Object.keys(change).length > 0)
      sending = sending.then(() => send(change))
  })
}

async function send(change: PreferencesChange): Promise<void> {
  try {
    await call('PATCH', '/preferences', { body: change })
  } catch (error) {
    if (error instanceof AwayError) return
    notify({ kind: 'bad', text: reasonOf(error) })
  }
  settlePreferences(change)
}
