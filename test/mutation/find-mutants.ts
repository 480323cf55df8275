import type { Node, SourceFile } from 'typescript/unstable/ast'
import { SyntaxKind } from 'typescript/unstable/ast'
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isNonNullExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSourceFile,
} from 'typescript/unstable/ast/is'
import { changesOf } from './changes.ts'
import type { Anchor, Mutant } from './mutant.ts'

/** Every mutant of a file, in the order in which they stand there. */
export function findMutants(file: string, source: SourceFile): readonly Mutant[] {
  const found: Mutant[] = []
  const known = new Set<string>()
  const startOf = (node: Node) => node.getStart(source)
  const textOf = (node: Node) => source.text.slice(startOf(node), node.end)

  function visit(node: Node): void {
    if (isSkipped(node) || isAssignedTo(node)) return
    for (const { kind, on, becomes } of changesOf(node, textOf)) {
      const start = startOf(on)
      const was = textOf(on)
      const anchor = anchorOf(on, startOf)
      const key = `${start} ${on.end} ${becomes}`
      if (was === becomes || known.has(key)) continue
      known.add(key)
      const { line, column } = placeOf(source.text, start)
      const lines = linesAround(source.text, start, on.end, becomes)
      found.push({ file, kind, line, column, was, becomes, lines, start, end: on.end, anchor })
    }
    node.forEachChild((child) => {
      visit(child)
    })
  }
  visit(source)
  return found
}

/** Where statements begin: before a switched expression there, a line end does not end a statement. */
export function statementStarts(source: SourceFile): readonly number[] {
  const starts: number[] = []
  function visit(node: Node): void {
    if (isExpressionStatement(node) && isInList(node)) starts.push(node.getStart(source))
    node.forEachChild((child) => {
      visit(child)
    })
  }
  visit(source)
  return starts
}

function isInList({ parent }: Node): boolean {
  return (
    isBlock(parent) ||
    isSourceFile(parent) ||
    parent.kind === SyntaxKind.CaseClause ||
    parent.kind === SyntaxKind.DefaultClause
  )
}

/** Types, what is imported and exported by name, and what a class extends do nothing when they run. */
function isSkipped({ kind }: Node): boolean {
  return (
    (kind >= SyntaxKind.FirstTypeNode && kind <= SyntaxKind.LastTypeNode) ||
    kind === SyntaxKind.ImportDeclaration ||
    kind === SyntaxKind.ExportDeclaration ||
    kind === SyntaxKind.InterfaceDeclaration ||
    kind === SyntaxKind.TypeAliasDeclaration ||
    kind === SyntaxKind.HeritageClause
  )
}

/** What stands for names before `=`, as in `[first] = list`, is no value. */
function isAssignedTo(node: Node): boolean {
  const { parent } = node
  return (
    (isArrayLiteralExpression(node) || isObjectLiteralExpression(node)) &&
    isBinaryExpression(parent) &&
    parent.operatorToken.kind === SyntaxKind.EqualsToken &&
    parent.left === node
  )
}

/**
 * A chain of calls and accesses is switched as a whole: an inner part in brackets would lose what
 * it is called on, and a `?.` in it would no longer leave out the rest.
 */
function anchorOf(node: Node, startOf: (node: Node) => number): Anchor {
  if (isBlock(node)) return { form: 'block', start: startOf(node), end: node.end }
  let anchor = node
  while (isHeadOfChain(anchor)) anchor = anchor.parent
  return { form: 'expression', start: startOf(anchor), end: anchor.end }
}

function isHeadOfChain(node: Node): boolean {
  const { parent } = node
  if (isArrowFunction(node) || isBinaryExpression(node)) return false
  return (
    (isPropertyAccessExpression(parent) ||
      isElementAccessExpression(parent) ||
      isCallExpression(parent) ||
      isNonNullExpression(parent)) &&
    parent.expression === node
  )
}

/** The lines from the one in which something begins to the one in which it ends. */
function linesAround(text: string, start: number, end: number, becomes: string): Mutant['lines'] {
  const head = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  const lineEnd = text.indexOf('\n', end)
  const tail = text.slice(end, lineEnd === -1 ? undefined : lineEnd)
  return { was: head + text.slice(start, end) + tail, becomes: head + becomes + tail }
}

function placeOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position)
  return {
    line: before.split('\n').length,
    column: position - before.lastIndexOf('\n'),
  }
}
