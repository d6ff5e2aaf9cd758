import type { DraftIssue } from './issue-drafts.ts'
import type { DemoPerson } from './people.ts'
import type { Random } from './random.ts'

/** Kinds of work; a worklog may have none. */
export type DemoCategory =
  | 'Development'
  | 'Meeting'
  | 'Support'
  | 'Design'
  | 'Testing'
  | 'Consulting'
  | 'Administration'

const usual: Readonly<Record<DemoCategory, readonly string[]>> = {
  Development: [
    'First version works locally, tests still to come',
    'Review comments worked in',
    'Pairing on the difficult part',
    'Refactored before the change, no behaviour touched',
    'Found the cause, fix is in review',
    'Rebased and merged',
    'Spike: two options compared, the simpler one wins',
    'Query plan looked at, index added',
    'Feature behind a flag, off by default',
  ],
  Meeting: [
    'Daily',
    'Sprint planning',
    'Retrospective',
    'Refinement with the team',
    'Weekly with the customer',
    'One-to-one',
    'Demo and feedback',
    'Estimation round',
  ],
  Support: [
    'Call with the customer, solved while on the phone',
    'Logs read, asked for more details',
    'Restarted and watched for an hour',
    'Answered three tickets',
    'Workaround sent, root cause goes to the platform team',
    'Certificate renewed',
  ],
  Design: [
    'Wireframes, second round',
    'Icons and empty states',
    'Usability test with four people',
    'Colours checked for contrast',
    'Prototype for the workshop',
  ],
  Testing: [
    'Regression test, two findings',
    'Test cases written down',
    'Retest after the fix, fine now',
    'Automated the happy path',
    'Tested on old devices',
  ],
  Consulting: [
    'Workshop prepared',
    'Workshop with key users',
    'Requirements written up and sent',
    'Offer for the next phase',
    'Acceptance protocol signed',
    'On site',
  ],
  Administration: ['Mails and planning', 'Monthly report', 'Budget', 'Interviews', 'Equipment'],
}

const local: Readonly<Record<string, readonly string[]>> = {
  DE: ['Rückfragen geklärt', 'Änderungen für München übernommen', 'Größe der Anhänge geprüft'],
  BR: ['Correção da tradução', 'Reunião com o cliente', 'Ajuste de configuração'],
  JP: ['不具合の調査と修正', 'レビュー対応', '画面レイアウトの調整', '顧客との打ち合わせ'],
  GB: ['Chased the numbers — now they add up', 'Café Brontë order replayed, naïve rounding fixed'],
}

const emoji = [
  '🎉 shipped',
  'Fixed the flaky test 🤞',
  '🐛 squashed',
  'Ship it 🚀',
  '☕ and code review',
]

const severalLines = [
  'Done:\n- form and validation\n- error texts\nOpen:\n- help page',
  'Asked the customer:\n1. who may see the prices\n2. how long to keep the data',
  'Steps\n\n* reproduced on staging\n* bisected to the March release\n* reverted',
  'Morning: analysis\nAfternoon: fix and tests',
]

/** What somebody writes beside a row: mostly one line, often the usual, sometimes nothing. */
export function commentFor(
  random: Random,
  person: DemoPerson,
  issue: DraftIssue,
  category: DemoCategory,
): string {
  return random.weighted<() => string>([
    [() => '', 12],
    [() => random.pick(usual[category]), 56],
    [() => `${issue.summary}: ${lowerFirst(random.pick(usual[category]))}`, 16],
    [() => random.pick(local[person.country] ?? usual[category]), 8],
    [() => random.pick(severalLines), 5],
    [() => random.pick(emoji), 3],
  ])()
}

/** Texts a spreadsheet would take for formulas: exports must defuse them. */
export const formulaComments = [
  '=SUM(B2:B9) in the sheet was wrong, corrected',
  '-15% on the size of the page after lazy loading',
] as const

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
