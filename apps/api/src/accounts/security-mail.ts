import { frenchTypography } from '@passerelle/text';

export type SecurityChange = 'totp-added' | 'totp-removed' | 'passkey-added' | 'passkey-removed' | 'codes-renewed' | 'access-closed' | 'password-changed';

const WORDS: Record<SecurityChange, Record<'fr' | 'en', [subject: string, sentence: string]>> = {
  'totp-added': {
    fr: ['Un second facteur protège votre compte', "Une application d'authentification vient d'être associée à votre compte. Elle sera demandée à chaque connexion."],
    en: ['A second factor protects your account', 'An authenticator application has just been linked to your account. It will be asked for at each sign-in.'],
  },
  'totp-removed': {
    fr: ["L'application d'authentification est retirée", "L'application d'authentification de votre compte vient d'être retirée."],
    en: ['The authenticator application was removed', 'The authenticator application of your account has just been removed.'],
  },
  'passkey-added': {
    fr: ["Une clé d'accès ouvre votre compte", "Une clé d'accès vient d'être ajoutée à votre compte. Elle permet de s'y connecter."],
    en: ['A passkey opens your account', 'A passkey has just been added to your account. It can be used to sign in.'],
  },
  'passkey-removed': {
    fr: ["Une clé d'accès est retirée", "Une clé d'accès de votre compte vient d'être retirée. Elle ne permet plus de s'y connecter."],
    en: ['A passkey was removed', 'A passkey of your account has just been removed. It can no longer be used to sign in.'],
  },
  'codes-renewed': {
    fr: ['Vos codes de secours sont renouvelés', "Les codes de secours de votre compte viennent d'être renouvelés. Les anciens ne servent plus."],
    en: ['Your recovery codes were renewed', 'The recovery codes of your account have just been renewed. The former ones no longer serve.'],
  },
  'password-changed': {
    fr: ['Votre mot de passe est changé', "Le mot de passe de votre compte vient d'être changé. Les autres sessions ouvertes sont closes."],
    en: ['Your password was changed', 'The password of your account has just been changed. The other open sessions have ended.'],
  },
  'access-closed': {
    fr: ['Votre compte est refermé', "Vous avez indiqué qu'une connexion n'était pas la vôtre : toutes les sessions sont fermées et le mot de passe ne sert plus. Demandez un lien de connexion, puis choisissez un nouveau mot de passe sous « Moi, Sécurité »."],
    en: ['Your account is closed off', 'You said that a sign-in was not yours: all sessions have ended and the password no longer serves. Please ask for a sign-in link, then choose a new password under "Me, Security".'],
  },
};
const OTHERWISE = {
  fr: "Si ce n'était pas vous, ouvrez cette page, déconnectez-vous partout et prévenez le secrétariat sans attendre :",
  en: 'If this was not you, please open this page, sign out everywhere and tell the secretariat at once:',
};

/** Tells somebody that the proofs of who they are have changed, in their language. @param page where sessions are ended. */
export function securityMail(change: SecurityChange, language: 'fr' | 'en', page: string): { subject: string; text: string } {
  const [subject, sentence] = WORDS[change][language];
  const body = [language === 'fr' ? 'Bonjour,' : 'Good day,', sentence, ...(change === 'access-closed' ? [] : [OTHERWISE[language]])].join('\n\n');
  return { subject: language === 'fr' ? frenchTypography(subject) : subject, text: `${language === 'fr' ? frenchTypography(body) : body}\n\n${page}\n\nPasserelle\n` };
}
