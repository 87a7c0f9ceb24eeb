import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const API = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SINKS = ['rows', 'row', 'run', 'query'];
/** Where texts are handed on, not made; the last one puts the keys of rows that the demonstration's code writes where columns stand. */
const HANDED_ON = ['src/platform/database/database.ts', 'src/platform/jobs/jobs.ts', 'src/demo/insert-rows.ts'];
/** What comes out of these may stand in a statement: the driver's own quoting. */
const QUOTING = ['escapeLiteral', 'escapeIdentifier'];
/** Methods that only arrange what they are called on and given. */
const ARRANGING = ['join', 'filter', 'slice', 'concat', 'trim', 'toString', 'replace', 'replaceAll', 'split', 'flat', 'sort', 'reverse', 'repeat'];

/** The server's sources as a program, with files that exist in memory only. */
export function programOf(extra: Record<string, string> = {}): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(join(API, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined });
  if (!config) throw new Error('No tsconfig.json');
  const host = ts.createCompilerHost(config.options);
  const { readFile, fileExists, getSourceFile } = host;
  const added = new Map(Object.entries(extra).map(([name, text]) => [join(API, name), text]));
  host.fileExists = (path) => added.has(path) || fileExists(path);
  host.readFile = (path) => added.get(path) ?? readFile(path);
  host.getSourceFile = (path, options, ...rest) => {
    const text = added.get(path);
    return text === undefined ? getSourceFile(path, options, ...rest) : ts.createSourceFile(path, text, options, true);
  };
  return ts.createProgram([...config.fileNames.filter((name) => name.startsWith(join(API, 'src/'))), ...added.keys()], config.options, host);
}

/**
 * Follows the text of each statement back to where it is written. What may stand in it is source code alone: literals, constants made of them,
 * functions that put such pieces together, choices from closed sets (unions of literals). Anything else is a place where a value could get into
 * the text instead of a parameter. @returns those places, as `file:line: code`.
 */
export class SqlSources {
  private readonly checker: ts.TypeChecker;
  private readonly files: ts.SourceFile[];
  private readonly calls = new Map<ts.Node, ts.CallExpression[]>();
  private readonly seen = new Map<ts.Node, boolean>();
  private readonly faults = new Set<string>();
  /** Statements that were followed. */
  statements = 0;

  constructor(program: ts.Program) {
    this.checker = program.getTypeChecker();
    this.files = program.getSourceFiles().filter(({ fileName, isDeclarationFile }) => !isDeclarationFile && fileName.startsWith(join(API, 'src/')));
    for (const file of this.files) this.eachCall(file, (call) => this.note(call));
  }

  find(): string[] {
    for (const file of this.files) {
      if (HANDED_ON.includes(relative(API, file.fileName))) continue;
      this.eachCall(file, (call) => {
        const [text] = call.arguments;
        if (!text || !ts.isPropertyAccessExpression(call.expression) || !SINKS.includes(call.expression.name.text) || !this.takesSql(call)) return;
        this.statements += 1;
        this.follow(text);
      });
    }
    return [...this.faults].sort();
  }

  private eachCall(node: ts.Node, visit: (call: ts.CallExpression) => void): void {
    if (ts.isCallExpression(node)) visit(node);
    ts.forEachChild(node, (child) => this.eachCall(child, visit));
  }

  private note(call: ts.CallExpression): void {
    const declaration = this.functionOf(call);
    if (declaration) this.calls.set(declaration, [...(this.calls.get(declaration) ?? []), call]);
  }

  private functionOf(call: ts.CallExpression): ts.SignatureDeclaration | undefined {
    const declaration = this.checker.getResolvedSignature(call)?.declaration;
    return declaration && !ts.isJSDocSignature(declaration) ? declaration : undefined;
  }

  /** A method of that name whose first argument is a text: those of `Sql`, of the driver, of migrations. */
  private takesSql(call: ts.CallExpression): boolean {
    const [first] = this.checker.getResolvedSignature(call)?.getParameters() ?? [];
    return first !== undefined && /^(text|query|queryTextOrConfig|config|queryConfig|queryStream|sql|statement)$/.test(first.name);
  }

  private refuse(node: ts.Node): boolean {
    const file = node.getSourceFile();
    this.faults.add(`${relative(API, file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.getText().replace(/\s+/g, ' ').slice(0, 80)}`);
    return false;
  }

  /** Whether the node is made of source code alone; what isn't is noted. */
  private follow(node: ts.Node): boolean {
    const known = this.seen.get(node);
    if (known !== undefined) return known;
    this.seen.set(node, true);
    const pure = this.isClosed(node) || this.look(node);
    this.seen.set(node, pure);
    return pure;
  }

  private all(nodes: readonly ts.Node[]): boolean {
    return nodes.map((node) => this.follow(node)).every(Boolean);
  }

  /** One of a set of texts that the source names. */
  private isClosed(node: ts.Node): boolean {
    if (!ts.isExpression(node)) return false;
    const type = this.checker.getTypeAtLocation(node);
    const parts = type.isUnion() ? type.types : [type];
    return parts.every((part) => (part.flags & (ts.TypeFlags.StringLiteral | ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.BooleanLiteral)) !== 0);
  }

  private look(node: ts.Node): boolean {
    if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || ts.isRegularExpressionLiteral(node)) return true;
    if (ts.isTemplateExpression(node)) return this.all(node.templateSpans.map((span) => span.expression));
    if (ts.isConditionalExpression(node)) return this.all([node.whenTrue, node.whenFalse]);
    if (ts.isBinaryExpression(node)) return this.all([node.left, node.right]);
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) return this.follow(node.expression);
    if (ts.isArrayLiteralExpression(node)) return this.all(node.elements);
    if (ts.isObjectLiteralExpression(node)) return this.all(node.properties.filter((property) => !ts.isMethodDeclaration(property)));
    if (ts.isPropertyAssignment(node)) return this.follow(node.initializer);
    if (ts.isArrowFunction(node) || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isFunctionExpression(node)) return this.all(returnsOf(node));
    if (ts.isElementAccessExpression(node)) return this.follow(node.expression);
    if (ts.isCallExpression(node)) return this.lookAtCall(node);
    if (ts.isIdentifier(node)) return this.lookAtSymbol(this.checker.getSymbolAtLocation(node), node);
    if (ts.isShorthandPropertyAssignment(node)) return this.lookAtSymbol(this.checker.getShorthandAssignmentValueSymbol(node), node);
    if (ts.isPropertyAccessExpression(node)) return this.lookAtProperty(node);
    return this.refuse(node);
  }

  private lookAtCall(call: ts.CallExpression): boolean {
    const { expression } = call;
    const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
    if (QUOTING.includes(name)) return true;
    const declaration = this.functionOf(call);
    const isOurs = declaration && this.files.includes(declaration.getSourceFile()) && 'body' in declaration && declaration.body;
    if (isOurs) return this.follow(declaration);
    if (ts.isPropertyAccessExpression(expression) && /^Object\.(keys|values|entries)$/.test(expression.getText())) return this.all(call.arguments);
    if (expression.getText() === 'Array.from') return this.all(call.arguments.slice(1));
    if (name === 'String') return this.all(call.arguments);
    if (!ts.isPropertyAccessExpression(expression)) return this.refuse(call);
    if (['map', 'flatMap'].includes(name)) return this.all([expression.expression, ...call.arguments]);
    if (ARRANGING.includes(name)) return this.all([expression.expression, ...(name === 'filter' || name === 'sort' ? [] : call.arguments)]);
    return this.refuse(call);
  }

  /** Where only the type names the property, the whole that it is taken from must be pure. */
  private lookAtProperty(node: ts.PropertyAccessExpression): boolean {
    const symbol = this.checker.getSymbolAtLocation(node.name);
    const declaration = symbol?.valueDeclaration;
    return !declaration || ts.isPropertySignature(declaration) || ts.isMappedTypeNode(declaration.parent) ? this.follow(node.expression) : this.lookAtSymbol(symbol, node);
  }

  private lookAtSymbol(found: ts.Symbol | undefined, node: ts.Node): boolean {
    const symbol = found && found.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(found) : found;
    const declaration = symbol?.valueDeclaration ?? symbol?.declarations?.[0];
    if (!declaration || declaration.getSourceFile().isDeclarationFile) return this.refuse(node);
    return this.lookAtDeclaration(declaration, node);
  }

  private lookAtDeclaration(declaration: ts.Declaration, node: ts.Node): boolean {
    if (ts.isVariableDeclaration(declaration)) return this.lookAtVariable(declaration, node);
    if (ts.isBindingElement(declaration)) return this.lookAtPart(declaration, node);
    if (ts.isParameter(declaration)) return this.lookAtParameter(declaration, node);
    if (ts.isPropertyAssignment(declaration) || ts.isShorthandPropertyAssignment(declaration)) return this.follow(declaration);
    if (ts.isPropertyDeclaration(declaration) && declaration.initializer && declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword)) return this.follow(declaration.initializer);
    if (ts.isFunctionDeclaration(declaration)) return this.follow(declaration);
    return this.refuse(node);
  }

  private lookAtVariable(declaration: ts.VariableDeclaration, node: ts.Node): boolean {
    const list = declaration.parent;
    if (!ts.isVariableDeclarationList(list) || !(list.flags & ts.NodeFlags.Const)) return this.refuse(node);
    if (declaration.initializer) return this.follow(declaration.initializer);
    return ts.isForOfStatement(list.parent) ? this.follow(list.parent.expression) : this.refuse(node);
  }

  /** A part that was taken out of a whole: the whole must be pure, or what callers give for it. */
  private lookAtPart(element: ts.BindingElement, node: ts.Node): boolean {
    let root: ts.Node = element;
    while (ts.isBindingElement(root) || ts.isObjectBindingPattern(root) || ts.isArrayBindingPattern(root)) root = root.parent;
    if (ts.isVariableDeclaration(root)) return this.lookAtVariable(root, node);
    if (!ts.isParameter(root)) return this.refuse(node);
    const key = (element.propertyName ?? element.name).getText();
    const isProperty = ts.isObjectBindingPattern(element.parent) && element.parent.parent === root;
    return this.lookAtArguments(root, node, (argument) => {
      if (!isProperty || !ts.isObjectLiteralExpression(argument)) return this.follow(argument);
      const given = argument.properties.find((property) => property.name?.getText() === key);
      return given ? this.follow(given) : element.initializer ? this.follow(element.initializer) : this.all(argument.properties.filter(ts.isSpreadAssignment));
    });
  }

  private lookAtParameter(parameter: ts.ParameterDeclaration, node: ts.Node): boolean {
    return this.lookAtArguments(parameter, node, (argument) => this.follow(argument));
  }

  /** What every caller gives. A function that is given to an arranging method gets the elements of what that is called on. */
  private lookAtArguments(parameter: ts.ParameterDeclaration, node: ts.Node, each: (argument: ts.Expression) => boolean): boolean {
    const owner = parameter.parent;
    const index = owner.parameters.indexOf(parameter);
    // Its second is the place in the list.
    if (index === 1 && ts.isCallExpression(owner.parent) && /(\.map|\.flatMap|^Array\.from)$/.test(owner.parent.expression.getText())) return true;
    const receiver = index === 0 && ts.isCallExpression(owner.parent) && ts.isPropertyAccessExpression(owner.parent.expression) ? owner.parent.expression.expression : undefined;
    if (receiver) return this.follow(receiver);
    const calls = this.calls.get(owner) ?? [];
    if (calls.length === 0) return this.refuse(node);
    return calls.map((call) => {
      const argument = call.arguments[index];
      return argument ? each(argument) : !parameter.initializer || this.follow(parameter.initializer);
    }).every(Boolean);
  }
}

function returnsOf(owner: ts.ArrowFunction | ts.FunctionDeclaration | ts.MethodDeclaration | ts.FunctionExpression): ts.Expression[] {
  if (!owner.body) return [];
  if (!ts.isBlock(owner.body)) return [owner.body];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(owner.body, visit);
  return found;
}
