/** The words of exports, each by what English calls it. */
const english = {
  project: 'Project',
  issuetype: 'Issue Type',
  key: 'Key',
  summary: 'Summary',
  priority: 'Priority',
  parent: 'Parent',
  workcreated: 'Work Created',
  worklogid: 'Worklog Id',
  datestarted: 'Date Started',
  displayname: 'Display Name',
  emailaddress: 'Email Address',
  accountid: 'Account Id',
  timespent: 'Time Spent',
  descriptionstatus: 'Work Description',
  originalestimate: 'Original Estimate',
  remainingestimate: 'Est. Time Remaining',
  variance: 'Variance',
  originalremaining: 'Original Estimate Remaining',
  progress: 'Progress',
  total: 'Total',
  user: 'User',
}

export type Words = Readonly<Record<keyof typeof english, string>>

/** What an export is written in: its words, months, and how numbers look. */
export type Language = {
  readonly words: Words
  /** January first. */
  readonly months: readonly string[]
  readonly numbers: '1,234.5' | '1.234,5' | '1234,5'
}

/** Whose thousands are parted by blanks, which readers of CSV take for the end of a number. */
const ungrouped = ['fr', 'ru']

const others: Readonly<Record<string, Words>> = {
  de: {
    project: 'Projekt',
    issuetype: 'Vorgangstyp',
    key: 'Schlüssel',
    summary: 'Zusammenfassung',
    priority: 'Priorität',
    parent: 'Übergeordnet',
    workcreated: 'Eintrag erstellt',
    worklogid: 'Eintrags-ID',
    datestarted: 'Startdatum',
    displayname: 'Anzeigename',
    emailaddress: 'E-Mail-Adresse',
    accountid: 'Konto-ID',
    timespent: 'Zeitaufwand',
    descriptionstatus: 'Arbeitsbeschreibung',
    originalestimate: 'Ursprüngliche Schätzung',
    remainingestimate: 'Verbleibende Schätzung',
    variance: 'Abweichung',
    originalremaining: 'Rest der ursprünglichen Schätzung',
    progress: 'Fortschritt',
    total: 'Gesamt',
    user: 'Benutzer',
  },
  es: {
    project: 'Proyecto',
    issuetype: 'Tipo de incidencia',
    key: 'Clave',
    summary: 'Resumen',
    priority: 'Prioridad',
    parent: 'Principal',
    workcreated: 'Registro creado',
    worklogid: 'ID del registro',
    datestarted: 'Fecha de inicio',
    displayname: 'Nombre',
    emailaddress: 'Correo electrónico',
    accountid: 'ID de la cuenta',
    timespent: 'Tiempo dedicado',
    descriptionstatus: 'Descripción del trabajo',
    originalestimate: 'Estimación original',
    remainingestimate: 'Tiempo restante estimado',
    variance: 'Desviación',
    originalremaining: 'Resto de la estimación original',
    progress: 'Progreso',
    total: 'Total',
    user: 'Usuario',
  },
  fr: {
    project: 'Projet',
    issuetype: 'Type de ticket',
    key: 'Clé',
    summary: 'Résumé',
    priority: 'Priorité',
    parent: 'Parent',
    workcreated: 'Saisie créée',
    worklogid: 'ID de la saisie',
    datestarted: 'Date de début',
    displayname: 'Nom',
    emailaddress: 'Adresse e-mail',
    accountid: 'ID du compte',
    timespent: 'Temps passé',
    descriptionstatus: 'Description du travail',
    originalestimate: 'Estimation initiale',
    remainingestimate: 'Temps restant estimé',
    variance: 'Écart',
    originalremaining: "Reste de l'estimation initiale",
    progress: 'Avancement',
    total: 'Total',
    user: 'Utilisateur',
  },
  pt: {
    project: 'Projeto',
    issuetype: 'Tipo de item',
    key: 'Chave',
    summary: 'Resumo',
    priority: 'Prioridade',
    parent: 'Pai',
    workcreated: 'Registro criado',
    worklogid: 'ID do registro',
    datestarted: 'Data de início',
    displayname: 'Nome',
    emailaddress: 'Endereço de e-mail',
    accountid: 'ID da conta',
    timespent: 'Tempo gasto',
    descriptionstatus: 'Descrição do trabalho',
    originalestimate: 'Estimativa original',
    remainingestimate: 'Tempo restante estimado',
    variance: 'Variação',
    originalremaining: 'Restante da estimativa original',
    progress: 'Progresso',
    total: 'Total',
    user: 'Usuário',
  },
  ru: {
    project: 'Проект',
    issuetype: 'Тип задачи',
    key: 'Ключ',
    summary: 'Тема',
    priority: 'Приоритет',
    parent: 'Родитель',
    workcreated: 'Запись создана',
    worklogid: 'ID записи',
    datestarted: 'Дата начала',
    displayname: 'Имя',
    emailaddress: 'Электронная почта',
    accountid: 'ID учётной записи',
    timespent: 'Затраченное время',
    descriptionstatus: 'Описание работы',
    originalestimate: 'Исходная оценка',
    remainingestimate: 'Оставшееся время',
    variance: 'Отклонение',
    originalremaining: 'Остаток исходной оценки',
    progress: 'Прогресс',
    total: 'Итого',
    user: 'Пользователь',
  },
}

/**
 * A language as far as the original has it, else English (contract 5.2).
 */
export function languageOf(locale: string | null): Language {
  const tag = locale?.slice(0, 2).toLowerCase() ?? 'en'
  const words = Object.hasOwn(others, tag) ? others[tag] : undefined
  if (!words) return { words: english, months: monthsOf('en'), numbers: '1,234.5' }
  return { words, months: monthsOf(tag), numbers: ungrouped.includes(tag) ? '1234,5' : '1.234,5' }
}

/** `Mar`, `Mär`, `mars`: short, without a point. */
function monthsOf(tag: string): readonly string[] {
  const { format } = new Intl.DateTimeFormat(tag, { month: 'short', timeZone: 'UTC' })
  return Array.from({ length: 12 }, (_, month) =>
    format(Date.UTC(2024, month, 15)).replace(/\.$/, ''),
  )
}
