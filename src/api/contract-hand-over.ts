import { Type } from '@sinclair/typebox'
import { closed } from './contract-common.ts'

const settings = {
  customFields: Type.Array(Type.String({ pattern: '^customfield_[0-9]{1,18}$' }), {
    maxItems: 100,
    uniqueItems: true,
    description: 'Custom fields of Jira that go with every worklog, in this order',
  }),
  showsStartTime: Type.Boolean({ description: 'Whether `work_date_time` follows the date' }),
  keepsTombstones: Type.Boolean({
    description:
      'Whether deleted worklogs that were answered for are told once more, with no hours',
  }),
}

export const HandOverSettings = closed(
  { ...settings, version: Type.Integer() },
  { $id: 'HandOverSettings' },
)

export const HandOverSettingsChange = Type.Partial(closed(settings), {
  $id: 'HandOverSettingsChange',
  additionalProperties: false,
  minProperties: 1,
  examples: [{ customFields: ['customfield_10084'] }],
})
