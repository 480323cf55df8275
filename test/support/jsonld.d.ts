/** What the tests use of jsonld.js, which ships no types. */
declare module 'jsonld' {
  interface Options {
    readonly safe: boolean
    readonly documentLoader: (url: string) => Promise<unknown>
  }
  const jsonld: {
    expand(document: unknown, options: Options): Promise<unknown[]>
    toRDF(document: unknown, options: Options & { readonly format: string }): Promise<string>
  }
  // biome-ignore lint/style/noDefaultExport: that is how jsonld.js exports itself
  export default jsonld
}
