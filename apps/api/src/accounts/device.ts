const BROWSERS: [RegExp, string][] = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']];
const SYSTEMS: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS/, 'macOS'], [/Linux/, 'Linux']];
const PROGRAM = 'Programme';

const nameIn = (names: [RegExp, string][], userAgent: string) => names.find(([pattern]) => pattern.test(userAgent))?.[1];

/** "Firefox, Android": enough to recognise one's own device, not enough to tell people apart. */
export function describeDevice(userAgent: string): string {
  return [nameIn(BROWSERS, userAgent) ?? PROGRAM, nameIn(SYSTEMS, userAgent)].filter((part) => part !== undefined).join(', ');
}

/** The same in a sentence: "Firefox sur Android", "a program". */
export function deviceInWords(device: string, language: 'fr' | 'en'): string {
  const [browser, system] = device.split(', ');
  const name = browser === PROGRAM ? { fr: 'un programme', en: 'a program' }[language] : browser;
  return system ? `${name} ${language === 'fr' ? 'sur' : 'on'} ${system}` : String(name);
}
