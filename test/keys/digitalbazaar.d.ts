/// <reference path="../../keys/digitalbazaar.d.ts" />

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createSignCryptosuite(): DigitalBazaarCryptosuite
  export function createVerifyCryptosuite(): DigitalBazaarCryptosuite
}
