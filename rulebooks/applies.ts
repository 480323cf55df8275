import type { Activity } from '@battery-passport/contexts'
import type { Indicator } from './rulebook.ts'

/**
 * Whether an indicator is asked of a subject with this activity. One with `materials` is asked for
 * those only, so never in a stage without materials. Product-level indicators stand in the stage
 * `product` alone, and no others do (a load rule), so the level need not be asked.
 */
export function appliesTo(indicator: Indicator, { stage, material }: Activity): boolean {
  if (!indicator.stages.includes(stage)) return false
  return (
    indicator.materials === undefined ||
    (material !== undefined && indicator.materials.includes(material))
  )
}
