import { Inject, Injectable } from '@nestjs/common';
import { enqueueMail, ENV, type Env, MailQueue, type Sql } from '../platform/index.js';
import { answerMail, decisionMail, noticeMail, undoMail } from './decision-mail.js';

interface LetterRow extends Record<string, unknown> {
  email: string; language: 'fr' | 'en'; number: string; name_fr: string; name_en: string; facts: string; measure: string; ends_at: string | null; definitive: boolean; remedy: string; appeal_until: string; answer: string | null; confidential: boolean;
}

/** Mails of moderation to the author, left with the decision in one commit. */
@Injectable()
export class ModerationLetters {
  constructor(
    private readonly mails: MailQueue,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** What was kept is no letter. */
  async ofDecision(tx: Sql, decision: string): Promise<void> {
    const row = await this.row(tx, decision);
    if (!row || row.measure === 'keep') return;
    // Nothing of what happens in a confidential space leaves by mail.
    if (row.confidential) return enqueueMail(tx, { to: row.email, ...noticeMail({ ...row, link: this.link }) });
    await enqueueMail(tx, {
      to: row.email, ...decisionMail({ language: row.language, link: this.link, number: row.number, rule: { fr: row.name_fr, en: row.name_en }, facts: row.facts, measure: row.measure, endsAt: row.ends_at, definitive: row.definitive, remedy: row.remedy, appealUntil: row.appeal_until }),
    });
  }

  /** Whoever has had a letter learns that it holds no more. */
  async ofUndo(tx: Sql, decision: string): Promise<void> {
    const row = await this.row(tx, decision);
    if (!row || row.measure === 'keep') return;
    const { language, number } = row;
    await enqueueMail(tx, { to: row.email, ...(row.confidential ? noticeMail({ ...row, link: this.link }) : undoMail({ language, link: this.link, number })) });
  }

  async ofAnswer(tx: Sql, decision: string): Promise<void> {
    const row = await this.row(tx, decision);
    if (!row?.answer) return;
    const { language, number, answer } = row;
    await enqueueMail(tx, { to: row.email, ...(row.confidential ? noticeMail({ ...row, link: this.link }) : answerMail({ language, link: this.link, number, answer })) });
  }

  /** After the commit. */
  soon(): void {
    this.mails.soon();
  }

  private get link(): string {
    return `${this.env.publicUrl}/moderation/decisions`;
  }

  private row(tx: Sql, decision: string): Promise<LetterRow | undefined> {
    return tx.row<LetterRow>(
      `SELECT a.email, a.interface_language AS language, c.year || '-' || lpad(c.number::text, 3, '0') AS number, r.name_fr, r.name_en, d.facts, d.measure, d.ends_at, d.definitive, d.remedy, d.appeal_until, p.answer, EXISTS (SELECT 1 FROM space s WHERE s.id = c.space_id AND s.access = 'confidential') AS confidential
       FROM moderation_decision d JOIN moderation_case c ON c.id = d.case_id JOIN moderation_rule_version r ON r.rule_id = d.rule_id AND r.version = d.rule_version JOIN account a ON a.person_id = d.author_person_id AND a.disabled_at IS NULL LEFT JOIN moderation_appeal p ON p.decision_id = d.id
       WHERE d.id = $1`, [decision]);
  }
}
