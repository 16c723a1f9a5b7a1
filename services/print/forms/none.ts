import type { FormsFactory } from './forms.ts'

/** No form is kept: each is laid out when it is asked for. */
export const noForms: FormsFactory = () => ({ formOf: (_order, _nowMs, layOut) => layOut() })
