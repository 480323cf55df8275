/** One text for a (stage, material); a key holds no slash. */
export function siteKey(stage: string, material: string | undefined): string {
  return material === undefined ? stage : `${stage}/${material}`
}
