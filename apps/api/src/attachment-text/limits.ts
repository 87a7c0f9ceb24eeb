/** What the text of one file may cost. Of a longer one the beginning is kept; one that takes more memory or time is given up. */
export const TEXT_LIMITS = {
  pages: 300,
  characters: 500_000,
  unpackedBytes: 50 * 1024 * 1024,
  seconds: 20,
  /** After so long a file is left as far as it was read: a slow machine finds the first pages at least. */
  enoughSeconds: 15,
  /** Of the process that reads, all in; without a file it takes 50 to 70 MB. */
  residentBytes: 384 * 1024 * 1024,
} as const;
