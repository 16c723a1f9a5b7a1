import { createHash } from 'node:crypto'
import ts from 'typescript'

/** One mechanical change to a source file, before it has a name. */
export interface Mutation {
  /** What is replaced: an expression by another, a statement by nothing, the statements of a block by the same in another order. */
  readonly shape: 'expression' | 'statement' | 'block'
  readonly node: ts.Node
  /** Where a reader looks for it; default: `node`. */
  readonly place?: ts.Node
  /** What is done, in a word or two: `false`, `not awaited`, `swapped`. */
  readonly kind: string
  /** What stands there instead; for a statement nothing. */
  readonly replacement: string
}

/** A mutation with its name and its place. */
export interface Mutant extends Mutation {
  /** Stays the same as long as function and text do: `oracle/judge.ts judge: negated "a === b"`. */
  readonly id: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** What changes, on one line. */
  readonly diff: string
  /** Whether it stands outside of functions, so that it is there when its module loads or not at all. */
  readonly outside: boolean
}

const LONGEST = 72

/** Gives the mutations of one file their names. What is the same twice in one function is numbered. */
export function named(file: string, source: ts.SourceFile, mutations: readonly Mutation[]): Mutant[] {
  const seen = new Map<string, number>()
  return mutations.map((mutation) => {
    const place = mutation.place ?? mutation.node
    const text = oneLine(place.getText(source))
    const plain = `${file} ${ownerOf(place)}: ${mutation.kind} "${short(text)}"`
    const count = (seen.get(plain) ?? 0) + 1
    seen.set(plain, count)
    const { line, character } = source.getLineAndCharacterOfPosition(place.getStart(source))
    const after = mutation.shape === 'expression' ? oneLine(mutation.replacement) : mutation.kind
    return { ...mutation, id: count === 1 ? plain : `${plain} (${String(count)})`, file, line: line + 1, column: character + 1, diff: `${text} => ${after}`, outside: ts.findAncestor(place, isDeferred) === undefined }
  })
}

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/** A function, or a field of a class, which is evaluated with each object. */
const isDeferred = (node: ts.Node): boolean => ts.isFunctionLike(node) || ts.isPropertyDeclaration(node)

/** The beginning of a long text, and a digest of all of it. */
function short(text: string): string {
  if (text.length <= LONGEST) return text
  return `${text.slice(0, LONGEST - 12)}… ${createHash('sha256').update(text).digest('hex').slice(0, 6)}`
}

/** The names around a node, outermost first: class and method, function, constant or property. */
function ownerOf(node: ts.Node): string {
  const names: string[] = []
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    const name = nameOf(at)
    if (name !== undefined) names.unshift(name)
  }
  return names.length === 0 ? 'module' : names.slice(-3).join('.')
}

function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) return node.name?.text
  if (ts.isMethodDeclaration(node) || ts.isGetAccessor(node) || ts.isPropertyDeclaration(node)) return node.name.getText()
  const initialized = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)
  if (initialized && holdsFunction(node.initializer)) return node.name.getText()
  return undefined
}

const holdsFunction = (node: ts.Node | undefined): boolean => {
  if (node === undefined) return false
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isObjectLiteralExpression(node)
}
