import { type FormsFactory, wishKey } from './forms.ts'
import { KeptForms } from './kept-forms.ts'

/**
 * As deployed, K9 (a reconstruction; confidence low: no details were published).
 *
 * Who would have written it: whoever saw in a profile that laying a household out anew costs more than looking it up, and that
 * people often come again for one more copy. It looked right because a form belongs to the person who asked for it, so that nobody
 * can get another's; and because it goes after a while. But until then it is what it was, whatever the register has become. The
 * person is the right one and all that is compared at the end is: only the data are old.
 */
export const byResident: FormsFactory = ({ keptMs }) => {
  const forms = new KeptForms(keptMs)
  return {
    formOf: ({ resident, wish }, nowMs, layOut) =>
      forms.get(`${resident} ${wishKey(wish)}`, nowMs, layOut),
  }
}
