import { defineTexts } from '../texts/texts.ts'

/** How scripts written for other products work here. */
export const useScriptsTexts = defineTexts(
  {
    lead: 'A script keeps working when only the beginning of its address changes. Choose what it was written for, give it a token, try it here.',
    api: 'The script was written for',
    today: 'Today',
    tomorrow: 'Tomorrow',
    sends: 'The token travels as',
    token: 'Token',
    tokenHint: 'Stays in this page until you leave it. Never sent anywhere but here.',
    make: 'Make one for this script',
    tokenName: (api: string) => `Script: ${api}`,
    curl: 'Try it from a shell',
    copyCurl: 'Copy the curl line',
    copyUrl: 'Copy the new address',
    placeholder: 'TOKEN',
    test: 'Test',
    works: (status: string, ms: string) => `Works: ${status} after ${ms} ms`,
    refused: (status: string) => `Refused: ${status}`,
    needsToken: 'Give a token first',
    answered: 'The answer begins',
    noAnswer: 'The answer is empty',
    keepUser:
      'Basic authentication works as well: any user name, with the token in place of the password.',
    everything:
      'This token sees every worklog of everybody. Limit it to the network of the ERP system.',
    switchedOn: 'Only for tokens of administrators, and only while it is switched on:',
    isOn: 'ActivityTimeline’s API is on',
    value:
      'The script cannot be changed? Adopt the value it sends today under Tokens; then only its address changes.',
  },
  {
    lead: 'Ein Skript läuft weiter, wenn sich nur der Anfang seiner Adresse ändert. Wählen Sie, wofür es geschrieben ist, geben Sie ihm ein Token, und probieren Sie es hier.',
    api: 'Das Skript ist geschrieben für',
    today: 'Heute',
    tomorrow: 'Künftig',
    sends: 'Das Token reist als',
    token: 'Token',
    tokenHint: 'Bleibt auf dieser Seite, bis Sie sie verlassen. Geht nur an diesen Server.',
    make: 'Eins für dieses Skript anlegen',
    tokenName: (api) => `Skript: ${api}`,
    curl: 'In einer Shell probieren',
    copyCurl: 'Die curl-Zeile kopieren',
    copyUrl: 'Die neue Adresse kopieren',
    placeholder: 'TOKEN',
    test: 'Prüfen',
    works: (status, ms) => `Geht: ${status} nach ${ms} ms`,
    refused: (status) => `Abgewiesen: ${status}`,
    needsToken: 'Geben Sie zuerst ein Token an',
    answered: 'Die Antwort beginnt mit',
    noAnswer: 'Die Antwort ist leer',
    keepUser: 'Basic geht ebenso: irgendein Benutzername, das Token an der Stelle des Passworts.',
    everything:
      'Dieses Token sieht jede Buchung von jedem. Beschränken Sie es auf das Netz des ERP-Systems.',
    switchedOn: 'Nur mit Token von Administratoren, und nur solange es eingeschaltet ist:',
    isOn: 'ActivityTimelines API ist an',
    value:
      'Das Skript lässt sich nicht ändern? Übernehmen Sie unter Token den Wert, den es heute sendet; dann ändert sich nur die Adresse.',
  },
)
