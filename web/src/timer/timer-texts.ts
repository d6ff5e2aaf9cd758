import { defineTexts } from '../texts/texts.ts'

/** The timer in the header. */
export const useTimerTexts = defineTexts(
  {
    label: (issue: string) => `Timer on ${issue}`,
    stop: (issue: string) => `Stop the timer on ${issue} and log its time`,
    discard: 'Discard the timer',
    start: (issue: string) => `Start timer on ${issue}`,
    long: 'It has run for more than 10 hours. Was it forgotten?',
    logged: (hours: string, issue: string) => `Logged ${hours} on ${issue}`,
    comment: 'What was done',
    stopAndLog: 'Stop and log',
  },
  {
    label: (issue) => `Uhr auf ${issue}`,
    stop: (issue) => `Uhr auf ${issue} anhalten und buchen`,
    discard: 'Uhr verwerfen',
    start: (issue) => `Uhr auf ${issue} starten`,
    long: 'Sie läuft seit mehr als 10 Stunden. Wurde sie vergessen?',
    logged: (hours, issue) => `${hours} auf ${issue} gebucht`,
    comment: 'Was getan wurde',
    stopAndLog: 'Anhalten und buchen',
  },
)
