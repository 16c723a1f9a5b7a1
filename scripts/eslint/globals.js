/**
 * Every use, as a value, of a global that the file has not declared itself. It goes by scope and not by spelling: a port
 * that was destructured into a local `crypto` is no global, and `const D = Date` is one.
 *
 * @param {import('eslint').SourceCode} sourceCode
 * @returns {{ name: string, identifier: import('estree').Identifier }[]}
 */
export function globalUses(sourceCode) {
  const scope = sourceCode.scopeManager?.globalScope
  if (!scope) return []
  const undeclared = scope.variables.filter((variable) => variable.defs.length === 0)
  const references = new Set([...scope.through, ...undeclared.flatMap((variable) => variable.references)])
  return [...references]
    .filter((reference) => !('isValueReference' in reference) || reference.isValueReference)
    .map((reference) => ({ name: reference.identifier.name, identifier: reference.identifier }))
}

/**
 * The member of `identifier` that is used, if it can be told: `now` for `Date.now`. `undefined` for `Date[x]`, for
 * `const { now } = Date` and for anything else.
 *
 * @param {import('estree').Identifier & { parent: import('estree').Node }} identifier
 */
export function memberUsed(identifier) {
  const { parent } = identifier
  if (parent.type !== 'MemberExpression' || parent.object !== identifier) return undefined
  if (!parent.computed) return parent.property.type === 'Identifier' ? parent.property.name : undefined
  return parent.property.type === 'Literal' && typeof parent.property.value === 'string' ? parent.property.value : undefined
}
