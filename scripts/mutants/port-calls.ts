import ts from 'typescript'

/** Properties of a `World` (`world/ports.ts`), and the transaction a counter is given. */
const PORTS = new Set(['clock', 'random', 'ids', 'files', 'engine', 'queue', 'database', 'network', 'crypto', 'log', 'history', 'journal', 'cash', 'printer', 'tx'])

/** Whether it is a call of a port: `world.files.write(…)`, or `files.write(…)` where the port was taken out of its world. */
export function isPortCall(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const on = node.expression.expression
  const port = ts.isPropertyAccessExpression(on) ? on.name : on
  return ts.isIdentifier(port) && PORTS.has(port.text)
}

/** Whether somebody outside is called in it: a port, or something waited for. What functions in it do later does not count. */
export function callsOut(node: ts.Node): boolean {
  if (isPortCall(node) || ts.isAwaitExpression(node)) return true
  if (ts.isFunctionLike(node)) return false
  return ts.forEachChild(node, (child) => callsOut(child) || undefined) ?? false
}
