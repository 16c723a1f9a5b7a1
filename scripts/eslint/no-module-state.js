/**
 * Bans state that lives in a module. A node is a factory over its ports: what outlives one call lives in what the factory
 * made, so that a crash, which calls the factory anew, loses it as a real crash would, and two nodes in one process share
 * nothing. Four things give module state away:
 *
 * 1. `let` or `var` at the top, and a static field that is not readonly;
 * 2. a collection made at the top (`new Map()`, `[]`, `{}`), unless its type is read-only or it is `as const`;
 * 3. a value at the top that some line of the file writes into;
 * 4. a function called on the spot, whose variables live on in what it gave back.
 *
 * Options: `allowMemo` lets a WeakMap through. What it remembers about an object is worked out of that object, so that it saves
 * time and changes no answer; behind the ports not even that is allowed, for nobody checks that it is so.
 */
const COLLECTIONS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'Uint8Array', 'Int32Array', 'Float64Array'])
const READ_ONLY_TYPES = new Set(['ReadonlyMap', 'ReadonlySet', 'ReadonlyArray', 'Readonly'])
const WRITERS = new Set(
  'push pop shift unshift splice sort reverse fill copyWithin set add delete clear next'.split(' '),
)

/** @type {import('eslint').Rule.RuleModule} */
export const noModuleState = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { allowMemo: { type: 'boolean' } }, additionalProperties: false }],
    messages: {
      variable: '"{{name}}" can change while the module lives on. Keep state in what the factory makes.',
      collection: '"{{name}}" can be written to while the module lives on. Make it in the factory, or give it a Readonly type.',
      written: 'This writes into "{{name}}", which lives as long as the module. Keep state in what the factory makes.',
      called: '"{{name}}" comes from a function called on the spot, whose variables outlive every call. Write the value out.',
    },
  },
  create(context) {
    const { allowMemo = false } = context.options[0] ?? {}
    const report = (node, messageId, name) => context.report({ node, messageId, data: { name } })

    const checkConstant = (declarator) => {
      const name = context.sourceCode.getText(declarator.id).split(':')[0]
      const value = withoutTypes(declarator.init)
      if (allowMemo && value?.type === 'NewExpression' && value.callee.name === 'WeakMap') return
      if (isCollection(value) && !isReadOnly(declarator)) report(declarator, 'collection', name)
      if (isCalledOnTheSpot(value)) report(declarator, 'called', name)
      for (const variable of context.sourceCode.getDeclaredVariables(declarator)) {
        for (const { identifier } of variable.references) {
          if (isWrittenInto(identifier)) report(identifier, 'written', variable.name)
        }
      }
    }

    return {
      VariableDeclaration(node) {
        if (!isAtTop(node) || node.declare) return
        for (const declarator of node.declarations) {
          if (node.kind === 'const') checkConstant(declarator)
          else report(declarator, 'variable', context.sourceCode.getText(declarator.id).split(':')[0])
        }
      },
      'PropertyDefinition[static=true]'(node) {
        const name = context.sourceCode.getText(node.key)
        if (!node.readonly) report(node, 'variable', name)
        else if (isCollection(withoutTypes(node.value)) && !hasReadOnlyType(node.typeAnnotation)) {
          report(node, 'collection', name)
        }
      },
    }
  },
}

function isAtTop({ parent }) {
  return parent.type === 'Program' || (parent.type === 'ExportNamedDeclaration' && parent.parent.type === 'Program')
}

/** The value beneath `x as T`, `x satisfies T` and `x!`. */
function withoutTypes(node) {
  const wrappers = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']
  return node && wrappers.includes(node.type) ? withoutTypes(node.expression) : node
}

function isCollection(node) {
  if (!node) return false
  if (node.type === 'NewExpression') return node.callee.type === 'Identifier' && COLLECTIONS.has(node.callee.name)
  // A filled literal is a table; only an empty one says by itself that something will be put there.
  if (node.type === 'ArrayExpression') return node.elements.length === 0
  return node.type === 'ObjectExpression' && node.properties.length === 0
}

function isReadOnly({ id, init }) {
  if (hasReadOnlyType(id.typeAnnotation)) return true
  return init.type === 'TSAsExpression' && isReadOnlyType(init.typeAnnotation)
}

function hasReadOnlyType(annotation) {
  return annotation ? isReadOnlyType(annotation.typeAnnotation) : false
}

function isReadOnlyType(type) {
  if (type.type === 'TSTypeOperator') return type.operator === 'readonly'
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false
  return READ_ONLY_TYPES.has(type.typeName.name) || type.typeName.name === 'const'
}

function isCalledOnTheSpot(node) {
  return node?.type === 'CallExpression' && ['ArrowFunctionExpression', 'FunctionExpression'].includes(node.callee.type)
}

/** Whether `identifier` is the root of something assigned, counted up, deleted or changed by a method. */
function isWrittenInto(identifier) {
  let node = identifier
  let lastMember
  while (node.parent.type === 'MemberExpression' && node.parent.object === node) {
    node = node.parent
    lastMember = node.property.type === 'Identifier' && !node.computed ? node.property.name : undefined
  }
  if (node === identifier) return false
  const { parent } = node
  if (parent.type === 'AssignmentExpression') return parent.left === node
  if (parent.type === 'UpdateExpression') return true
  if (parent.type === 'UnaryExpression') return parent.operator === 'delete'
  return parent.type === 'CallExpression' && parent.callee === node && WRITERS.has(lastMember)
}
