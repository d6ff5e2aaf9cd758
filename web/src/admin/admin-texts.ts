import { defineTexts } from '../texts/texts.ts'

/** What stands around every screen of the administration. */
export const useAdminTexts = defineTexts(
  {
    title: 'Administration',
    sections: 'Sections of the administration',
    tokens: 'Tokens',
    scripts: 'Connect your script',
    connections: 'Connections',
    people: 'People',
    audit: 'Audit log',
    forbiddenTitle: 'Only administrators work here',
    forbiddenHint:
      'Ask an administrator of this site: under People they can give you the role administrator.',
    loadMore: 'Show more',
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'The browser did not let us copy: select the text and copy it by hand',
    person: 'Person',
    noPerson: 'Nobody is called that',
  },
  {
    title: 'Verwaltung',
    sections: 'Bereiche der Verwaltung',
    tokens: 'Token',
    scripts: 'Skript anschließen',
    connections: 'Verbindungen',
    people: 'Personen',
    audit: 'Protokoll',
    forbiddenTitle: 'Hier arbeitet nur die Verwaltung',
    forbiddenHint:
      'Fragen Sie eine Administratorin oder einen Administrator dieser Site: Unter Personen lässt sich Ihnen die Rolle geben.',
    loadMore: 'Mehr zeigen',
    copy: 'Kopieren',
    copied: 'Kopiert',
    notCopied: 'Der Browser lässt das Kopieren nicht zu: Markieren und kopieren Sie von Hand',
    person: 'Person',
    noPerson: 'So heißt niemand',
  },
)
