import type { Activity } from '@battery-passport/contexts'
import { PRODUCT_STAGE } from './pillars.ts'
import type { Indicator } from './rulebook.ts'

/**
 * Whether an indicator is asked of a subject with this activity. One with `materials` is asked for
 * those only, so never in a stage without materials.
 */
export function appliesTo(indicator: Indicator, { stage, material }: Activity): boolean {
  if ((indicator.level === 'product') !== (stage === PRODUCT_STAGE)) return false
  if (!indicator.stages.includes(stage)) return false
  return (
    indicator.materials === undefined ||
    (material !== undefined && indicator.materials.includes(material))
  )
}
