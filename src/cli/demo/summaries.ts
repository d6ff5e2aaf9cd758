import type { Random } from './random.ts'

/** Issue types of the sample company. */
export type DemoIssueType = 'Story' | 'Task' | 'Bug' | 'Epic' | 'Sub-task'

const patterns: Readonly<Record<'Story' | 'Task' | 'Bug' | 'Sub-task', readonly string[]>> = {
  Story: [
    'Filter the # by branch',
    'Export the # as a spreadsheet',
    'Show changes in the # as they happen',
    'Keyboard shortcuts for the #',
    'Let planners share the #',
    'Undo in the #',
    'Archive old entries of the #',
    'Mail a weekly summary of the #',
    'Translate the # into Portuguese',
    'Permissions for the #',
  ],
  Task: [
    'Clean up the #',
    'Document the #',
    'Load test of the #',
    'Upgrade libraries of the #',
    'Move the # to the new server',
    'Agree on the design of the #',
    'Acceptance test of the #',
    'Monitoring for the #',
    'Review access to the #',
  ],
  Bug: [
    'Wrong total in the #',
    'The # is empty after login',
    'Slow answers of the #',
    'Dates off by one in the #',
    'Umlauts are broken in the #',
    'The # forgets its settings',
    'Error 500 when saving the #',
    'Time zone ignored in the #',
    'Duplicate rows in the #',
  ],
  'Sub-task': ['Screens: ', 'Server side: ', 'Tests: ', 'Texts: ', 'Roll-out: '],
}

/** Makes summaries for the subjects of one project, each only once while words last. */
export function makeSummaries(random: Random, subjects: readonly string[]) {
  const used = new Set<string>()
  const unused = (draw: () => string): string => {
    let text = draw()
    for (let tries = 0; tries < 20 && used.has(text); tries += 1) text = draw()
    const base = text
    for (let part = 2; used.has(text); part += 1) text = `${base} (${part})`
    used.add(text)
    return text
  }
  return {
    of: (type: 'Story' | 'Task' | 'Bug') =>
      unused(() => random.pick(patterns[type]).replace('#', random.pick(subjects))),
    under: (parent: string) => unused(() => random.pick(patterns['Sub-task']) + parent),
  }
}
