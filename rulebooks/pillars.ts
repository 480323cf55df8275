/** The three pillars of an ESG score. */
export const PILLARS = ['environment', 'social', 'governance'] as const
export type Pillar = (typeof PILLARS)[number]

/** The stage that stands for the battery itself; its one subject has share 10000. */
export const PRODUCT_STAGE = 'product'
