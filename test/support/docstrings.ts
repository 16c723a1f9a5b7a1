import ts from 'typescript'

/** Where an exported thing without a docstring stands: `contract/era.ts: eraOf`. */
export type Undocumented = string

/**
 * The functions, classes and constants that can be imported from `entries` and have no docstring where they are declared.
 * Types are left to their reader: where they need a word, their fields carry it. A constant that shares its name with a type
 * is a schema; a docstring on either stands for both.
 *
 * @param entries absolute paths of modules; what they re-export counts as theirs
 * @param root folder the answers are relative to
 */
export function undocumentedExports(entries: readonly string[], root: string): Undocumented[] {
  const program = ts.createProgram([...entries], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    noLib: true,
    types: [],
  })
  const checker = program.getTypeChecker()
  const found = new Set<Undocumented>()
  for (const entry of entries) {
    const file = program.getSourceFile(entry)
    const module = file && checker.getSymbolAtLocation(file)
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      const declarations = target.declarations ?? []
      const value = declarations.find(isValue)
      if (value === undefined || declarations.some(hasDocstring)) continue
      const path = value.getSourceFile().fileName
      if (path.startsWith(root) && !path.includes('node_modules')) found.add(`${path.slice(root.length)}: ${target.name}`)
    }
  }
  return [...found].sort()
}

function isValue(node: ts.Declaration): boolean {
  return ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isVariableDeclaration(node)
}

function hasDocstring(node: ts.Declaration): boolean {
  return ts.getJSDocCommentsAndTags(node).some((part) => ts.isJSDoc(part))
}
