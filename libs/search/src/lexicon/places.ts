export const DEMONYMS: Readonly<Record<string, string>> = {};
export const REGIONS: readonly { names: string; countries?: readonly string[]; cities?: readonly string[] }[] = [];
export const PLACE_VARIANTS: Readonly<Record<string, string>> = {};
