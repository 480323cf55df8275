import type {
  BinaryExpression,
  CallExpression,
  Expression,
  Node,
  PrefixUnaryExpression,
} from 'typescript/unstable/ast'
import { SyntaxKind } from 'typescript/unstable/ast'
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isDoStatement,
  isElementAccessExpression,
  isExpressionStatement,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateExpression,
  isTypeOfExpression,
  isWhileStatement,
} from 'typescript/unstable/ast/is'
import { changedPatterns } from './changed-patterns.ts'

/** What may stand instead of a piece of source. */
export interface Change {
  readonly kind: string
  readonly on: Node
  readonly becomes: string
}

const OPERATORS: ReadonlyMap<SyntaxKind, readonly string[]> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [SyntaxKind.LessThanToken, ['<=', '>=']],
  [SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [SyntaxKind.AmpersandAmpersandToken, ['||']],
  [SyntaxKind.BarBarToken, ['&&']],
  [SyntaxKind.PlusToken, ['-']],
  [SyntaxKind.MinusToken, ['+']],
  [SyntaxKind.AsteriskToken, ['/']],
  [SyntaxKind.SlashToken, ['*']],
  [SyntaxKind.PercentToken, ['*']],
  [SyntaxKind.AmpersandToken, ['|']],
  [SyntaxKind.BarToken, ['&']],
  [SyntaxKind.LessThanLessThanToken, ['>>']],
  [SyntaxKind.GreaterThanGreaterThanToken, ['<<']],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken, ['<<']],
  [SyntaxKind.PlusEqualsToken, ['-=']],
  [SyntaxKind.MinusEqualsToken, ['+=']],
  [SyntaxKind.AsteriskEqualsToken, ['/=']],
  [SyntaxKind.BarEqualsToken, ['&=']],
])

const ONE_SIDE: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
])

const OTHER_METHOD: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['min', 'max'],
  ['max', 'min'],
  ['toLowerCase', 'toUpperCase'],
  ['toUpperCase', 'toLowerCase'],
])

const LEFT_OUT: ReadonlySet<string> = new Set([
  'filter',
  'reverse',
  'slice',
  'sort',
  'subarray',
  'toReversed',
  'toSorted',
  'trim',
  'trimEnd',
  'trimStart',
])

/** What may stand instead of a node; what its children may become is asked of them. */
export function changesOf(node: Node, textOf: (node: Node) => string): readonly Change[] {
  if (isBinaryExpression(node)) return ofBinary(node)
  if (isCallExpression(node)) return [...ofMethod(node), ...ofOptional(node)]
  if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) return ofOptional(node)
  if (isIfStatement(node)) return bothWays(node.expression)
  if (isConditionalExpression(node)) return bothWays(node.condition)
  if (isWhileStatement(node) || isDoStatement(node))
    return [change('condition', node.expression, 'false')]
  if (isForStatement(node) && node.condition !== undefined) {
    return [change('condition', node.condition, 'false')]
  }
  if (isBlock(node)) return node.statements.length === 0 ? [] : [change('block', node, '{}')]
  if (isExpressionStatement(node)) return ofStatement(node.expression)
  if (isArrowFunction(node)) {
    return isBlock(node.body) || textOf(node.body) === 'undefined'
      ? []
      : [change('function', node, '() => undefined')]
  }
  if (isArrayLiteralExpression(node)) {
    return [change('array', node, node.elements.length === 0 ? "['mutated']" : '[]')]
  }
  if (isObjectLiteralExpression(node)) {
    return node.properties.length === 0 ? [] : [change('object', node, '{}')]
  }
  if (node.kind === SyntaxKind.TrueKeyword) return [change('boolean', node, 'false')]
  if (node.kind === SyntaxKind.FalseKeyword) return [change('boolean', node, 'true')]
  if (isPrefixUnaryExpression(node)) return ofPrefix(node)
  if (isPostfixUnaryExpression(node)) {
    const other = node.operator === SyntaxKind.PlusPlusToken ? '--' : '++'
    return [change('update', node, `${textOf(node.operand)}${other}`)]
  }
  if (isRegularExpressionLiteral(node)) {
    return changedPatterns(textOf(node)).map((becomes) => change('pattern', node, becomes))
  }
  if (
    isStringLiteral(node) ||
    isNoSubstitutionTemplateLiteral(node) ||
    isTemplateExpression(node)
  ) {
    return ofText(node)
  }
  return []

  function change(kind: string, on: Node, becomes: string): Change {
    return { kind, on, becomes }
  }

  function bothWays(condition: Expression): readonly Change[] {
    return ['true', 'false'].map((becomes) => change('condition', condition, becomes))
  }

  function ofBinary(binary: BinaryExpression): readonly Change[] {
    const { left, right, operatorToken } = binary
    const { kind } = operatorToken
    const isText = [left, right].some((side) => /^['`]/.test(textOf(side)))
    const swapped = isText && kind === SyntaxKind.PlusToken ? [] : (OPERATORS.get(kind) ?? [])
    return [
      ...swapped.map((operator) =>
        change('operator', binary, `${textOf(left)} ${operator} ${textOf(right)}`),
      ),
      ...(ONE_SIDE.has(kind)
        ? [change('left side', binary, textOf(left)), change('right side', binary, textOf(right))]
        : []),
    ]
  }

  function ofMethod(call: CallExpression): readonly Change[] {
    const { expression } = call
    if (!isPropertyAccessExpression(expression)) return []
    const name = textOf(expression.name)
    const called = textOf(expression.expression)
    if (LEFT_OUT.has(name)) return [change('method', call, called)]
    const other = OTHER_METHOD.get(name)
    if (other === undefined) return []
    const after = textOf(call).slice(textOf(expression).length)
    const dot = expression.questionDotToken === undefined ? '.' : '?.'
    return [change('method', call, `${called}${dot}${other}${after}`)]
  }

  function ofOptional(chain: Node & { questionDotToken?: Node | undefined; expression: Node }) {
    if (chain.questionDotToken === undefined) return []
    const head = textOf(chain.expression)
    const rest = textOf(chain)
      .slice(head.length)
      .replace(/^\s*\?\.(?=[[(])/, '')
      .replace(/^\s*\?\./, '.')
    return [change('optional', chain, `${head}${rest}`)]
  }

  function ofStatement(expression: Expression): readonly Change[] {
    return expression.kind === SyntaxKind.PostfixUnaryExpression ||
      textOf(expression).startsWith('super(')
      ? []
      : [change('statement', expression, 'undefined')]
  }

  function ofPrefix(prefix: PrefixUnaryExpression) {
    const operand = textOf(prefix.operand)
    if (prefix.operator === SyntaxKind.ExclamationToken) return [change('not', prefix, operand)]
    if (prefix.operator === SyntaxKind.MinusToken) return [change('sign', prefix, operand)]
    if (prefix.operator === SyntaxKind.PlusPlusToken)
      return [change('update', prefix, `--${operand}`)]
    if (prefix.operator === SyntaxKind.MinusMinusToken)
      return [change('update', prefix, `++${operand}`)]
    return []
  }

  /** A text with white space, or the one word a finding found, is wording; it may say what it likes. */
  function ofText(text: Node): readonly Change[] {
    const content = textOf(text).slice(1, -1)
    const { parent } = text
    if (/\s/.test(content.replace(/\$\{[^}]*\}/g, ''))) return []
    if (/^[a-z]+$/.test(content) && isOfFinding(text)) return []
    if (isName(text) || parent.kind === SyntaxKind.TaggedTemplateExpression) return []
    if (isBinaryExpression(parent) && [parent.left, parent.right].some(isTypeOfExpression))
      return []
    return [change('text', text, content === '' ? "'mutated'" : "''")]
  }
}

/** The name of a property, which is no expression. */
function isName(node: Node): boolean {
  const { parent } = node
  return (
    ('name' in parent && parent.name === node) ||
    ('propertyName' in parent && parent.propertyName === node)
  )
}

/** What a finding tells people: `found: 'nothing'`. */
function isOfFinding({ parent }: Node): boolean {
  return (
    isPropertyAssignment(parent) &&
    isIdentifier(parent.name) &&
    ['detail', 'expected', 'found', 'remedy'].includes(parent.name.text)
  )
}
