import { renderMarkdown } from '@passerelle/text/markdown';

/** The message as it will be shown: the server's own renderer, which lets no HTML through. */
export default function Preview({ body, language }: { body: string; language: 'fr' | 'en' }) {
  return <div className="txt" lang={language} dangerouslySetInnerHTML={{ __html: renderMarkdown(body, { language }) }} />;
}
