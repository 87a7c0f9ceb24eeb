/** What the text of one file may cost. Of a longer one the beginning is kept; one that takes more memory or time is given up. */
export const TEXT_LIMITS = {
  pages: 300,
  characters: 500_000,
  unpackedBytes: 50 * 1024 * 1024,
  seconds: 20,
  /** Of the process that reads, all in; without a file it takes 60 to 90 MB. */
  residentBytes: 512 * 1024 * 1024,
} as const;
