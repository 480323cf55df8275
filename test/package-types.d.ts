declare module '@digitalbazaar/credentials-context'
declare module '@digitalbazaar/data-integrity-context'
declare module '@digitalbazaar/multikey-context'
declare module 'did-context'
