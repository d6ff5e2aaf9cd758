import { defineTexts } from '../texts/texts.ts'

/** How long people shall work, and on which days they do not. */
export const useSchedulesTexts = defineTexts(
  {
    lead: 'How long people shall work on each day of the week. Changed hours hold for the past as well: for new hours from a day on, add another schedule and let people follow it from then.',
    table: 'Schedules',
    name: 'Name',
    week: 'Week',
    isDefault: 'Usual one',
    followers: (count: number, text: string) => (count === 1 ? '1 person' : `${text} people`),
    followersOf: (name: string) => `Who follows ${name}`,
    add: 'Add schedule',
    person: 'Person',
    from: 'From',
    fromHint: 'Without a day: from today, or from the beginning for whoever never had another.',
    follow: 'Let them follow it',
    followed: (name: string) => `${name} follows it`,
    nobody: 'Nobody follows it today.',
    usualHint: 'Whoever chose nothing else follows it.',
  },
  {
    lead: 'Wie lange an jedem Wochentag gearbeitet werden soll. Geänderte Stunden gelten auch für Vergangenes: Für neue Stunden ab einem Tag legen Sie eine weitere Arbeitszeit an, der man ab dann folgt.',
    table: 'Arbeitszeiten',
    name: 'Name',
    week: 'Woche',
    isDefault: 'Die übliche',
    followers: (count, text) => (count === 1 ? '1 Person' : `${text} Personen`),
    followersOf: (name) => `Wer ${name} folgt`,
    add: 'Arbeitszeit anlegen',
    person: 'Person',
    from: 'Ab',
    fromHint: 'Ohne Tag: ab heute, oder von Anfang an für alle, die noch nie etwas anderes hatten.',
    follow: 'Folgen lassen',
    followed: (name) => `${name} folgt ihr`,
    nobody: 'Heute folgt ihr niemand.',
    usualHint: 'Wer nichts anderes gewählt hat, folgt ihr.',
  },
)
