import { defineTexts } from '../texts/texts.ts'

/** Signing in, and choosing a password. */
export const useEnteringTexts = defineTexts(
  {
    title: (site: string) => `Sign in to ${site}`,
    name: 'Username or e-mail',
    password: 'Password',
    signIn: 'Sign in',
    signOnWith: (name: string) => `Continue with ${name}`,
    or: 'or',
    forgot: 'Forgotten the password? An administrator can give you a link for a new one.',
    firstStart:
      'Nobody can sign in yet. The server printed a link when it started: open it to choose the administrator’s password.',
    'sign-on-expired': 'That took too long. Try again.',
    'sign-on-unknown': 'Nobody here has your e-mail address. Ask an administrator to add you.',
    'sign-on-refused': 'You were not let in. Try again, or use a password.',
    welcome: (name: string) => `Welcome, ${name}`,
    welcomeFirst: 'Choose the administrator’s password. You will be signed in at once.',
    welcomeReset: 'Choose a new password. You will be signed out everywhere else.',
    signInAs: (name: string) => `You sign in as ${name}`,
    newPassword: 'New password',
    passwordHint: 'At least 10 characters. A sentence is easiest to remember.',
    setPassword: 'Set password and sign in',
    badLink: 'This link does not work any more',
    badLinkHint: 'It has been used or is too old. Ask an administrator for a new one.',
    badLinkFirst: 'Restart the server: as long as nobody can sign in, it prints a new one.',
    toSignIn: 'To the sign-in',
  },
  {
    title: (site) => `Bei ${site} anmelden`,
    name: 'Benutzername oder E-Mail',
    password: 'Passwort',
    signIn: 'Anmelden',
    signOnWith: (name) => `Weiter mit ${name}`,
    or: 'oder',
    forgot: 'Passwort vergessen? Die Verwaltung gibt Ihnen einen Link für ein neues.',
    firstStart:
      'Noch kann sich niemand anmelden. Der Server hat beim Start einen Link ausgegeben: Öffnen Sie ihn, um das Passwort der Verwaltung zu wählen.',
    'sign-on-expired': 'Das hat zu lange gedauert. Versuchen Sie es noch einmal.',
    'sign-on-unknown':
      'Niemand hier hat Ihre E-Mail-Adresse. Bitten Sie die Verwaltung, Sie aufzunehmen.',
    'sign-on-refused':
      'Sie wurden nicht eingelassen. Versuchen Sie es noch einmal, oder nehmen Sie ein Passwort.',
    welcome: (name) => `Willkommen, ${name}`,
    welcomeFirst: 'Wählen Sie das Passwort der Verwaltung. Sie werden gleich angemeldet.',
    welcomeReset: 'Wählen Sie ein neues Passwort. Überall sonst werden Sie abgemeldet.',
    signInAs: (name) => `Sie melden sich als ${name} an`,
    newPassword: 'Neues Passwort',
    passwordHint: 'Mindestens 10 Zeichen. Ein Satz merkt sich am leichtesten.',
    setPassword: 'Passwort setzen und anmelden',
    badLink: 'Dieser Link gilt nicht mehr',
    badLinkHint: 'Er ist verbraucht oder zu alt. Bitten Sie die Verwaltung um einen neuen.',
    badLinkFirst:
      'Starten Sie den Server neu: Solange sich niemand anmelden kann, gibt er einen neuen aus.',
    toSignIn: 'Zur Anmeldung',
  },
)
