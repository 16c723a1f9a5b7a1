import ts from 'typescript'
import type { Mutant } from './mutant.ts'

/** A mutant with the number by which it is switched on. */
export interface Numbered {
  readonly number: number
  readonly mutant: Mutant
}

/**
 * A source file with all its mutants compiled in, each behind a switch: `a < b` becomes
 * `(__mutant__(7)?(a <= b):__mutant__(8)?(true):(a < b))`. So one load of the tests is enough for all of them. Each loop
 * calls `__tick__` besides, which ends what a mutant has made endless.
 */
export function withSwitches(source: ts.SourceFile, mutants: readonly Numbered[]): string {
  return new Writer(source, mutants).write()
}

class Writer {
  private readonly byNode = new Map<ts.Node, Numbered[]>()
  private readonly touched = new Set<ts.Node>()
  private readonly loopBodies = new Set<ts.Node>()

  constructor(
    private readonly source: ts.SourceFile,
    mutants: readonly Numbered[],
  ) {
    for (const numbered of mutants) {
      const { node } = numbered.mutant
      const present = this.byNode.get(node)
      if (present === undefined) this.byNode.set(node, [numbered])
      else present.push(numbered)
      this.touch(node)
    }
    this.findLoops(source)
  }

  write(): string {
    return this.source.text.slice(0, this.source.getStart()) + this.emit(this.source)
  }

  private touch(node: ts.Node): void {
    for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) this.touched.add(at)
  }

  private findLoops(node: ts.Node): void {
    if (ts.isIterationStatement(node, false)) {
      this.loopBodies.add(node.statement)
      this.touch(node.statement)
    }
    ts.forEachChild(node, (child) => {
      this.findLoops(child)
    })
  }

  private emit(node: ts.Node): string {
    const { text } = this.source
    if (!this.touched.has(node)) return node.getText(this.source)
    let out = ''
    let at = node.getStart(this.source)
    ts.forEachChild(node, (child) => {
      const start = child.getStart(this.source)
      if (start < at) throw new RangeError(`${this.source.fileName}: nodes out of order at ${String(start)}`)
      out += text.slice(at, start) + this.emit(child)
      at = child.end
    })
    return this.wrapped(node, out + text.slice(at, node.end))
  }

  private wrapped(node: ts.Node, out: string): string {
    const mutants = this.byNode.get(node) ?? []
    const tick = this.loopBodies.has(node) ? '__tick__();' : ''
    if (ts.isBlock(node)) return block(out, mutants, tick)
    if (ts.isStatement(node)) return statement(node, out, mutants, tick)
    const choices = mutants.map(({ number, mutant }) => `__mutant__(${String(number)})?(${mutant.replacement}):`)
    return choices.length === 0 ? out : `(${choices.join('')}(${out}))`
  }
}

function block(out: string, mutants: readonly Numbered[], tick: string): string {
  const inner = out.slice(1, -1)
  const orders = mutants.map(({ number, mutant }) => `if(__mutant__(${String(number)})){${mutant.replacement}}else`)
  return orders.length === 0 ? `{${tick}${inner}}` : `{${tick}${orders.join(' ')}{${inner}}}`
}

/** Lines here end without a semicolon, so what begins with a parenthesis brings one along. */
function statement(node: ts.Statement, out: string, mutants: readonly Numbered[], tick: string): string {
  const guarded = mutants.reduce((inner, { number }) => `if(!__mutant__(${String(number)})){${inner}}`, out)
  if (inList(node)) return ts.isExpressionStatement(node) ? `;${guarded}` : guarded
  const alone = ts.isIfStatement(node) && mutants.length === 0 && tick === ''
  return alone ? guarded : `{${tick}${guarded}}`
}

const inList = ({ parent }: ts.Node): boolean => ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)
