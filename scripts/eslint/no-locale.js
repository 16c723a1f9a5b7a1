/**
 * Bans what reads the machine's language, collation or time zone: `localeCompare`, `toLocale…`, and the accessors of a
 * `Date` in local time. Node brings its own ICU data, other ones with each version; a token has to mean the same on all.
 */
const LANGUAGE = /^(?:localeCompare|toLocale\w+)$/
const TIME_ZONE = /^(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes)$|^(?:getTimezoneOffset|toDateString|toTimeString)$/

/** @type {import('eslint').Rule.RuleModule} */
export const noLocale = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      language: '{{name}} depends on ICU, which differs between Node versions. Compare code units, or write the rule out.',
      timeZone: '{{name}} depends on the machine\'s time zone. Use its UTC counterpart.',
    },
  },
  create(context) {
    const check = (node, key, computed) => {
      const name = nameOf(key, computed)
      if (name === undefined) return
      if (LANGUAGE.test(name)) context.report({ node, messageId: 'language', data: { name } })
      else if (TIME_ZONE.test(name)) context.report({ node, messageId: 'timeZone', data: { name } })
    }
    return {
      MemberExpression: (node) => check(node, node.property, node.computed),
      'ObjectPattern > Property': (node) => check(node, node.key, node.computed),
    }
  },
}

function nameOf(key, computed) {
  if (!computed && key.type === 'Identifier') return key.name
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined
}
