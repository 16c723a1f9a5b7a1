import ts from 'typescript'
import { expressionMutations } from './expressions.ts'
import { type Mutant, type Mutation, named } from './mutant.ts'
import { statementMutations } from './statements.ts'

/** A source file as the mutator reads it. */
export const parse = (file: string, text: string): ts.SourceFile => ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)

/** All mutants of a source file, in the order of their places. Types are no code and have none. */
export function mutantsOf(source: ts.SourceFile): Mutant[] {
  const mutations: Mutation[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return
    mutations.push(...statementMutations(node, source), ...expressionMutations(node, source))
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  return named(source.fileName, source, mutations)
}
