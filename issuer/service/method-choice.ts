import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { IssueRequest } from '../issue-request.ts'
import { ServiceError } from './service-error.ts'

/**
 * The method a passport is scored by: the one that is asked for, or the only one there is.
 *
 * @throws {ServiceError} METHOD_UNKNOWN
 */
export function chooseMethod(
  asked: IssueRequest['method'],
  methods: readonly LoadedMethod[],
): LoadedMethod {
  const fitting =
    asked === undefined
      ? methods
      : methods.filter(
          ({ method: { key, version } }) => key === asked.key && version === asked.version,
        )
  const [only] = fitting
  if (only !== undefined && fitting.length === 1) return only
  const known = methods.map(({ method: { key, version } }) => `${key} ${version}`).join(', ')
  throw new ServiceError('METHOD_UNKNOWN', 'The request does not name a method of this service.', {
    faults: [
      {
        pointer: '/method',
        expected: `one of ${known}`,
        found: asked === undefined ? 'nothing' : `${asked.key} ${asked.version}`,
        remedy: 'Name one of the methods the policy of this service accepts.',
      },
    ],
  })
}
