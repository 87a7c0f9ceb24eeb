/** What a new password must have at least; long beats complicated. Apart from the schemas, which the pages do without. */
export const PASSWORD_MIN = 12;
