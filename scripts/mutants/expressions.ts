import ts from 'typescript'
import type { Mutation } from './mutant.ts'
import { isPortCall } from './port-calls.ts'

/** What stands in the place of an expression, with the word for it. */
type Change = readonly [kind: string, replacement: string]

const { SyntaxKind } = ts

/** `<` at its boundary, and `===` turned round. */
const OTHER_OPERATOR: Readonly<Partial<Record<ts.SyntaxKind, readonly [kind: string, operator: string]>>> = {
  [SyntaxKind.LessThanToken]: ['boundary', '<='],
  [SyntaxKind.LessThanEqualsToken]: ['boundary', '<'],
  [SyntaxKind.GreaterThanToken]: ['boundary', '>='],
  [SyntaxKind.GreaterThanEqualsToken]: ['boundary', '>'],
  [SyntaxKind.EqualsEqualsEqualsToken]: ['negated', '!=='],
  [SyntaxKind.ExclamationEqualsEqualsToken]: ['negated', '==='],
  [SyntaxKind.PlusToken]: ['minus', '-'],
  [SyntaxKind.MinusToken]: ['plus', '+'],
  [SyntaxKind.PlusEqualsToken]: ['minus', '-='],
  [SyntaxKind.MinusEqualsToken]: ['plus', '+='],
  [SyntaxKind.QuestionQuestionEqualsToken]: ['overwritten', '='],
}
const COMPARISONS = new Set([
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.InKeyword,
  SyntaxKind.InstanceOfKeyword,
])
const LOGICAL = new Set([SyntaxKind.AmpersandAmpersandToken, SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken])

/** Methods that are mistaken for each other. */
const OTHER_METHOD: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  find: 'findLast',
  findLast: 'find',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
}
/** Methods that give back, changed, what they are called on. */
const LEFT_OUT = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'slice', 'trim'])

/** Every change to one expression, that within it apart. */
export function expressionMutations(node: ts.Node, source: ts.SourceFile): Mutation[] {
  const changes = [...operatorChanges(node, source), ...conditionChanges(node), ...portChanges(node, source), ...callChanges(node, source), ...keyChanges(node, source)]
  const distinct = new Map(changes.map(([kind, replacement]) => [replacement, kind]))
  return [...distinct].map(([replacement, kind]) => ({ shape: 'expression', node, kind, replacement }))
}

function operatorChanges(node: ts.Node, source: ts.SourceFile): Change[] {
  if (ts.isPrefixUnaryExpression(node)) {
    if (node.operator === SyntaxKind.ExclamationToken) return [['bare', node.operand.getText(source)]]
    if (node.operator === SyntaxKind.MinusToken) return [['plus', node.operand.getText(source)]]
  }
  if (ts.isPostfixUnaryExpression(node)) {
    const back = node.operator === SyntaxKind.PlusPlusToken ? '--' : '++'
    return [['other way', node.operand.getText(source) + back]]
  }
  if (node.kind === SyntaxKind.TrueKeyword) return [['false', 'false']]
  if (node.kind === SyntaxKind.FalseKeyword) return [['true', 'true']]
  return ts.isBinaryExpression(node) ? binaryChanges(node, source) : []
}

function binaryChanges({ left, operatorToken, right }: ts.BinaryExpression, source: ts.SourceFile): Change[] {
  const operator = operatorToken.kind
  const [one, other] = [left.getText(source), right.getText(source)]
  const turned = OTHER_OPERATOR[operator]
  const changes: Change[] = turned === undefined ? [] : [[turned[0], `${one} ${turned[1]} ${other}`]]
  if (COMPARISONS.has(operator)) changes.push(['true', 'true'], ['false', 'false'])
  if (LOGICAL.has(operator)) changes.push(['only left', one], ['only right', other])
  return changes
}

/** What decides is decided. Of a comparison this is said with its operator, also where it is turned round. */
function conditionChanges(node: ts.Node): Change[] {
  const { parent } = node
  if (ts.isPrefixUnaryExpression(node) && isComparison(node.operand)) return []
  const decides =
    ((ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) && parent.expression === node) ||
    ((ts.isConditionalExpression(parent) || ts.isForStatement(parent)) && parent.condition === node)
  return decides ? [['true', 'true'], ['false', 'false']] : []
}

function isComparison(node: ts.Node): boolean {
  return ts.isParenthesizedExpression(node) ? isComparison(node.expression) : ts.isBinaryExpression(node) && COMPARISONS.has(node.operatorToken.kind)
}

/** A statement of nothing but the call is dropped as a statement. */
function portChanges(node: ts.Node, source: ts.SourceFile): Change[] {
  const stands = ts.isExpressionStatement(node.parent)
  if (ts.isAwaitExpression(node)) {
    const dropped: Change[] = stands ? [] : [['dropped', 'undefined']]
    return [...dropped, ['not awaited', node.expression.getText(source)]]
  }
  if (!ts.isCallExpression(node) || !isPortCall(node) || ts.isAwaitExpression(node.parent) || stands) return []
  return [['dropped', 'undefined']]
}

function callChanges(node: ts.Node, source: ts.SourceFile): Change[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return []
  const { expression: on, name, questionDotToken } = node.expression
  if (questionDotToken !== undefined || isPortCall(node)) return []
  const changes: Change[] = []
  const other = OTHER_METHOD[name.text]
  const after = source.text.slice(name.end, node.end)
  if (other !== undefined) changes.push([other, `${source.text.slice(node.getStart(source), name.getStart(source))}${other}${after}`])
  if (LEFT_OUT.has(name.text)) changes.push([`without ${name.text}`, on.getText(source)])
  return changes
}

/** A template without a space in it is a key and not a message; it loses one of its fields. */
function keyChanges(node: ts.Node, source: ts.SourceFile): Change[] {
  if (!ts.isTemplateExpression(node)) return []
  if (/\s/.test(node.head.text + node.templateSpans.map(({ literal }) => literal.text).join(''))) return []
  const start = node.getStart(source)
  const text = node.getText(source)
  return node.templateSpans.map(({ expression }): Change => {
    const from = source.text.lastIndexOf('${', expression.getStart(source)) - start
    const to = source.text.indexOf('}', expression.end) + 1 - start
    return [`widened by ${expression.getText(source)}`, text.slice(0, from) + text.slice(to)]
  })
}
