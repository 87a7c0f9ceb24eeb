import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { AUDIT_ACT_WORDS, AUDIT_ACTS, AUDIT_DETAIL_WORDS, AUDIT_SUBJECT_WORDS, auditActIn, auditDetailIn } from '@passerelle/contract';
import ts from 'typescript';

const SRC = join(dirname(fileURLToPath(import.meta.url)), '../src');
const SHAPE = /^[a-z-]+\.[a-z-]+$/;

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? filesOf(join(folder, entry.name)) : entry.name.endsWith('.ts') ? [join(folder, entry.name)] : []));

/** Texts that look like an act where one is named: a property or a variable `act`, or an argument of a function that takes one. Of a text with places, the beginning. */
function actsIn(source: string): { act: string; whole: boolean }[] {
  const found: { act: string; whole: boolean }[] = [];
  const take = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && SHAPE.test(node.text)) found.push({ act: node.text, whole: true });
    else if (ts.isTemplateExpression(node) && /^[a-z-]+\.[a-z-]*$/.test(node.head.text)) found.push({ act: node.head.text, whole: false });
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(take);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'act') take(node.initializer);
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'act' && node.initializer) take(node.initializer);
    if (ts.isCallExpression(node) && /(^|\.)(change|noteRule)$/.test(node.expression.getText())) node.arguments.forEach(take);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return found;
}

const unworded = (source: string) => actsIn(source).filter(({ act, whole }) => (whole ? !Object.hasOwn(AUDIT_ACT_WORDS, act) : !AUDIT_ACTS.some((one) => one.startsWith(act))));

describe('the acts of the record', () => {
  const used = filesOf(SRC).flatMap((file) => actsIn(readFileSync(file, 'utf8')));

  it('all have their words in both languages', () => {
    expect(used.length).toBeGreaterThan(40);
    expect(filesOf(SRC).flatMap((file) => unworded(readFileSync(file, 'utf8')))).toEqual([]);
    for (const words of [AUDIT_ACT_WORDS, AUDIT_SUBJECT_WORDS, AUDIT_DETAIL_WORDS]) expect(Object.entries(words).filter(([, { fr, en }]) => fr.trim() === '' || en.trim() === '')).toEqual([]);
    expect(AUDIT_ACTS.map((act) => AUDIT_ACT_WORDS[act].fr).filter((word, index, all) => all.indexOf(word) !== index)).toEqual([]);
  });

  it.each(["recordAudit(tx, actor, { act: 'ballot.closed', subjectKind: 'space', subjectId: id })", "noteRule(tx, actor, rule, 'ballot.closed', {})", 'recordAudit(tx, actor, { act: `ballot.${state}`, ...rest })', "const act = open ? 'ballot.opened' : 'role.changed'"])(
    'are missed when one is new: %s', (source) => {
      expect(unworded(source)).toHaveLength(1);
    });

  it('are none that nobody writes any more', () => {
    expect(AUDIT_ACTS.filter((act) => !used.some((one) => (one.whole ? one.act === act : act.startsWith(one.act))))).toEqual([]);
  });

  it('are shown with their small facts in words, and as they are where this version knows none', () => {
    expect(auditDetailIn('fr', { was: 'member', role: 'moderator', fields: ['access', 'theme'], space: null, unknown: 3 })).toEqual([
      { key: 'was', name: 'Auparavant', value: 'Membre' }, { key: 'role', name: 'Rôle', value: 'Modération' }, { key: 'fields', name: 'Champs', value: 'access, theme' }, { key: 'unknown', name: 'unknown', value: '3' },
    ]);
    expect([auditActIn('en', 'role.changed'), auditActIn('fr', 'toString')]).toEqual(['Role changed', 'toString']);
  });
});
