/** The service of an issuer, apart from the library: it loads a web server and a database. */
export {
  parseServiceConfig,
  readServiceConfig,
  type SecretSource,
  type ServiceConfig,
} from '../config.ts'
export { initService, type RunningService, type StartDeps, serve, startService } from '../main.ts'
export { StartError, type StartFault } from '../start-error.ts'
export { StoreError, type StoreFault } from '../store/store-error.ts'
