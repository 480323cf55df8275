/**
 * Why the bands of a quantity lie where they lie, where they rest on a figure anybody can look up.
 * Bands that are not named here are steps the project chose.
 */
export const BAND_REASONS: Readonly<Record<string, string>> = {
  'ghg.intensity-ratio':
    '100 % is what a site without data of its own would be given. Equal to it earns less than half, because measuring alone lowers nothing.',
  'ghg.cell-energy':
    'Degen, Winter, Bendig and Tübke (Nature Energy 8, 2023) find 20 to 38 kWh/kWh for lithium-ion cells made today; Davidsson Kurland (Environmental Research Communications 2, 2020) 50 to 65 for two earlier large plants.',
  'ghg.reduction':
    'An absolute fall of 4.2 % a year is the usual pace of a target in line with 1.5 °C: about 15 % after four years, 30 % after seven.',
  'ghg.product-footprint':
    'Making a battery emits some 55 to 80 kg for each kilowatt-hour of capacity (the order of Llamas-Orozco and others, PNAS Nexus 2, 2023, and of the Argonne GREET model); 60 full cycles a year over a warranty of eight years, the figures of the draft European rules for passenger cars, deliver 480 kWh from it: 0.11 to 0.17.',
  'hr.injury-rate':
    'The members of the International Council on Mining and Metals report between two and three recordable injuries for each million hours in recent years; those with lost time are fewer.',
  'fl.excessive-hours':
    'Sixty hours a week, overtime included, is the limit of SA8000; the gate is at one worker-week in five.',
  'cd.recycled-lithium': 'Article 8 asks for 6 % from 18 August 2031 and 12 % from 18 August 2036.',
  'cd.recycled-nickel': 'Article 8 asks for 6 % from 18 August 2031 and 15 % from 18 August 2036.',
  'cd.recycled-cobalt': 'Article 8 asks for 16 % from 18 August 2031 and 26 % from 18 August 2036.',
  'cd.recycling-efficiency':
    'Annex XII asks for 65 % by the end of 2025 and 70 % by the end of 2030.',
  'cd.lithium-recovery': 'Annex XII asks for 50 % by the end of 2027 and 80 % by the end of 2031.',
  'cd.capacity-retention':
    'Commercial warranties promise about 70 to 80 % at the end of life; better cells keep 90 % after a thousand cycles.',
}
