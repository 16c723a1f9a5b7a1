import { type FormsFactory, wishKey } from './forms.ts'
import { KeptForms } from './kept-forms.ts'

/**
 * Repaired, K9: the key says which versions of whose records the form was made of, so that a form of anything older is never found.
 * It could be kept for ever; the limit is for the memory it takes.
 */
export const byVersion: FormsFactory = ({ keptMs }) => {
  const forms = new KeptForms(keptMs)
  return {
    formOf: ({ resident, wish, people }, nowMs, layOut) =>
      forms.get(`${resident} ${wishKey(wish)} ${people.map(({ id, version }) => `${id}@${String(version)}`).join(' ')}`, nowMs, layOut),
  }
}
