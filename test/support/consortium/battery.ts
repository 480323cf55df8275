/** The id of the battery model that product attestations are about. */
export const MODEL_ID = 'https://id.packmaker.example/01/09506000134352'

/** The id of the one battery the default passport is about. */
export const BATTERY_ID = `${MODEL_ID}/21/7F3KQ2ZD9X`

/** The id of its passport. */
export const PASSPORT_ID = 'https://packmaker.example/passports/4jv2q7yrhx6gd3ktbn5wmczf8e'

/** The least product data a passport may have. */
export const PRODUCT = {
  manufacturerInformation: {
    legalName: 'Pack Maker SE (fictional)',
    postalAddress: { streetAddress: 'Musterallee 1', locality: 'Musterstadt', country: 'DE' },
  },
  modelIdentifier: 'PM-80-NMC',
} as const
