import { defineTexts } from '../texts/texts.ts'

/** Work attributes in the panel of the week. */
export const useAttributeTexts = defineTexts(
  {
    missing: 'This must be filled in',
    number: 'Write a number',
    list: 'This is no longer in the list',
    account: 'This account cannot be used',
    noAccount: 'No open account is called so',
    notSaved: (issue?: string) =>
      `Not saved${issue === undefined ? '' : ` on ${issue}`}: a work attribute is missing or wrong`,
  },
  {
    missing: 'Das muss ausgefüllt sein',
    number: 'Schreiben Sie eine Zahl',
    list: 'Das steht nicht mehr in der Liste',
    account: 'Dieses Konto ist nicht zu verwenden',
    noAccount: 'So heißt kein offenes Konto',
    notSaved: (issue) =>
      `Nicht gespeichert${issue === undefined ? '' : ` auf ${issue}`}: Ein Buchungsattribut fehlt oder stimmt nicht`,
  },
)
