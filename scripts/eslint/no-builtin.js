/**
 * Bans Node's own modules, which hold files, sockets, timers and random sources. Types may be imported: they are gone at
 * run time.
 *
 * Options: `allow` maps a module to the names that may be imported from it, as `{ 'node:crypto': ['createHash'] }`.
 */
import { isBuiltin } from 'node:module'

/** @type {import('eslint').Rule.RuleModule} */
export const noBuiltin = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: { allow: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } } },
        additionalProperties: false,
      },
    ],
    messages: { builtin: '{{module}} may not be imported here. Reach it through a port of the world.' },
  },
  create(context) {
    const { allow = {} } = context.options[0] ?? {}
    const check = (node) => {
      const module = node.source?.value
      if (typeof module !== 'string' || !isBuiltin(module) || isTypeOnly(node)) return
      const allowed = allow[module] ?? []
      const isAllowed = node.type === 'ImportDeclaration' && node.specifiers.length > 0 &&
        node.specifiers.every((specifier) => allowed.includes(specifier.imported?.name) || specifier.importKind === 'type')
      if (!isAllowed) context.report({ node, messageId: 'builtin', data: { module } })
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    }
  },
}

function isTypeOnly(node) {
  return node.importKind === 'type' || node.exportKind === 'type'
}
