/** The file can't be read any more, as when it was saved anew after it was chosen. */
export class Unreadable extends Error {}

/** The bytes of a file as base64. @throws Unreadable */
export function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ''));
    reader.onerror = () => reject(new Unreadable());
    reader.readAsDataURL(file);
  });
}
