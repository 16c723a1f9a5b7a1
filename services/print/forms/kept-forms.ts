import type { Form } from './forms.ts'

/** Forms by a key, each for so long. */
export class KeptForms {
  private readonly kept = new Map<string, { readonly form: Form; readonly untilMs: number }>()

  constructor(private readonly keptMs: number) {}

  /** The form kept under the key, or the one that is laid out now and kept from now on. */
  get(key: string, nowMs: number, layOut: () => Form): Form {
    this.forget(nowMs)
    const known = this.kept.get(key)
    if (known !== undefined) return known.form
    const form = layOut()
    this.kept.set(key, { form, untilMs: nowMs + this.keptMs })
    return form
  }

  private forget(nowMs: number): void {
    for (const [key, { untilMs }] of this.kept) if (untilMs <= nowMs) this.kept.delete(key)
  }
}
