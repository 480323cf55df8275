import { closed, oneOf, PROOF_FORMS } from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'

const File = Type.String({ minLength: 1, maxLength: 1024, pattern: '^[^\\x00]+$' })
const Variable = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$' })
const file = Type.Object({ file: File }, closed)
const variable = Type.Object({ variable: Variable }, closed)
/** Where a secret is read from: a file that only its owner may read, or an environment variable. */
const SecretSource = Type.Unsafe<Static<typeof file> | Static<typeof variable>>({
  type: 'object',
  properties: { file: File, variable: Variable },
  ...closed,
  minProperties: 1,
  maxProperties: 1,
})
export type SecretSource = Static<typeof SecretSource>

/**
 * The settings of the service. `keyFile` is the manufacturer's: there is no setting, and no route,
 * for the key of an assurance body.
 */
export const ServiceConfig = Type.Object(
  {
    $comment: Type.Optional(Type.String({ maxLength: 2000 })),
    dataDir: File,
    keyFile: File,
    passphrase: Type.Optional(SecretSource),
    policyFile: File,
    methodFiles: Type.Optional(Type.Array(File, { maxItems: 64 })),
    rulebookFiles: Type.Optional(Type.Array(File, { maxItems: 256 })),
    token: Type.Optional(SecretSource),
    publicBaseUrl: Type.String({
      pattern: '^https://[a-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$',
      maxLength: 256,
    }),
    host: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9.:-]+$', maxLength: 253 })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65535 })),
    allowRemote: Type.Optional(Type.Boolean()),
    statusListValiditySeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 31_622_400 })),
    proofForm: Type.Optional(oneOf(PROOF_FORMS)),
    demo: Type.Optional(Type.Boolean()),
  },
  { ...closed, title: 'ServiceConfig' },
)
export type ServiceConfig = Static<typeof ServiceConfig>
