/** Tells whoever waits for it that a node or kiosk has crashed. */
export class CrashBell {
  private readonly waiting = new Map<string, (() => void)[]>()

  /** Resolves when `name` crashes next. */
  next(name: string): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.set(name, [...(this.waiting.get(name) ?? []), resolve])
    })
  }

  ring(name: string): void {
    for (const tell of this.waiting.get(name) ?? []) tell()
    this.waiting.delete(name)
  }
}
