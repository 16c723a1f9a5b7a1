import ts from 'typescript'
import type { Mutation } from './mutant.ts'
import { callsOut } from './port-calls.ts'

/** A statement that is left out, and a call to a port that changes places with the statement after it. */
export function statementMutations(node: ts.Node, source: ts.SourceFile): Mutation[] {
  const dropped: Mutation[] = isDropped(node) ? [{ shape: 'statement', node, kind: 'dropped', replacement: '' }] : []
  return ts.isBlock(node) ? [...dropped, ...swaps(node, source)] : dropped
}

/** What is worth leaving out. A choice is left out with its condition, and a function's last answer would never be missed quietly. */
function isDropped(node: ts.Node): boolean {
  if (standsAlone(node)) return false
  if (ts.isExpressionStatement(node)) return node.expression.kind !== ts.SyntaxKind.SuperKeyword && !isSuperCall(node.expression) && !ts.isSourceFile(node.parent)
  if (ts.isReturnStatement(node)) return !isLastOfFunction(node)
  return ts.isThrowStatement(node) || ts.isBreakOrContinueStatement(node) || ts.isForOfStatement(node) || ts.isWhileStatement(node)
}

/** All there is in a branch or a loop: a condition that is false, or the loop left out, says the same. */
function standsAlone(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isBlock(parent) && parent.statements.length > 1) return false
  const body = ts.isBlock(parent) ? parent : node
  const around = body.parent
  return (ts.isIfStatement(around) && around.thenStatement === body && around.elseStatement === undefined) || (ts.isForOfStatement(around) && around.statement === body)
}

const isSuperCall = (node: ts.Expression): boolean => ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword

function isLastOfFunction(node: ts.ReturnStatement): boolean {
  const { parent } = node
  return ts.isBlock(parent) && ts.isFunctionLike(parent.parent) && parent.statements.at(-1) === node
}

function swaps(block: ts.Block, source: ts.SourceFile): Mutation[] {
  const { statements } = block
  return statements.slice(0, -1).flatMap((one, at): Mutation[] => {
    const other = statements[at + 1]
    if (other === undefined || !mayChangePlaces(one, other)) return []
    const order = statements.map((each) => (each === one ? other : each === other ? one : each))
    const replacement = order.map((each) => each.getText(source)).join('\n;')
    return [{ shape: 'block', node: block, place: one, kind: 'swapped with the next', replacement }]
  })
}

/**
 * Not where one uses a name that the other declares, nor where one ends the function: then the other would be dropped. A
 * constant that needs nobody outside is the same a moment sooner.
 */
function mayChangePlaces(one: ts.Statement, other: ts.Statement): boolean {
  if (!callsOut(one) && !callsOut(other)) return false
  if ([one, other].some((each) => ts.isVariableStatement(each) && !callsOut(each))) return false
  if ([one, other].some((each) => ts.isReturnStatement(each) || ts.isThrowStatement(each) || ts.isBreakOrContinueStatement(each) || containsSuper(each))) return false
  return !usesAny(other, declaredBy(one)) && !usesAny(one, declaredBy(other))
}

function containsSuper(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.SuperKeyword || (ts.forEachChild(node, (child) => containsSuper(child) || undefined) ?? false)
}

function declaredBy(statement: ts.Statement): ReadonlySet<string> {
  if (ts.isFunctionDeclaration(statement)) return new Set(statement.name === undefined ? [] : [statement.name.text])
  if (!ts.isVariableStatement(statement)) return new Set()
  const names = new Set<string>()
  const visit = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text)
    else for (const element of name.elements) if (ts.isBindingElement(element)) visit(element.name)
  }
  for (const { name } of statement.declarationList.declarations) visit(name)
  return names
}

function usesAny(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
  if (ts.isIdentifier(node)) return names.has(node.text)
  return ts.forEachChild(node, (child) => usesAny(child, names) || undefined) ?? false
}
