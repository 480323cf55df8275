/**
 * A fictional Catena-X battery pass of version 6.1.0 as text, small but with every kind of value.
 * Each replacement swaps one piece of the text, so that numbers stay as they are written.
 */
export function catenaXPass(...replacements: readonly (readonly [string, string])[]): string {
  let text = TEXT
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`the battery pass does not contain ${from}`)
    text = text.replace(from, () => to)
  }
  return text
}

const TEXT = `{
  "specVersion": "urn:io.catenax.battery.battery_pass:6.1.0",
  "metadata": { "version": "1.0.0", "status": "draft", "economicOperatorId": "BPNL000000000001" },
  "identification": {
    "category": "EV",
    "chemistry": "Nickel Cobalt Manganese (NCM)",
    "idDmc": "4711",
    "identification": {
      "type": { "manufacturerPartId": "CP-80", "nameAtManufacturer": "Cellion Pack 80" },
      "batch": [{ "key": "batchId", "value": "B-17" }],
      "serial": [
        { "key": "partInstanceId", "value": "S-0001" },
        { "key": "van", "value": "V-0001" }
      ],
      "codes": []
    }
  },
  "operation": {
    "intoServiceDate": "2026-11-01",
    "manufacturer": {
      "manufacturer": "BPNL000000000001",
      "facility": [{ "facility": "BPNA000000000001" }],
      "manufacturingDate": "2026-10-02"
    }
  },
  "characteristics": {
    "physicalDimension": {
      "weight": { "value": 452500.0, "unit": "unit:gram" },
      "height": { "value": 140.5, "unit": "unit:millimetre" }
    },
    "warranty": { "lifeValue": 96, "lifeUnit": "unit:month" }
  },
  "materials": {
    "active": {
      "nickel": { "critical": true, "recycled": 6.10, "location": "cathode", "documentation": [] }
    },
    "hazardous": {
      "lead": {
        "concentration": 3, "materialUnit": "unit:partPerMillion", "critical": false,
        "impactOfSubstances": [
          { "contentType": "URL", "header": "Lead", "content": "https://cellion.example/lead" }
        ]
      },
      "other": [
        {
          "materialIdentification": [
            { "type": "CAS", "id": "21324-40-3", "name": "lithium hexafluorophosphate" }
          ],
          "concentration": 1.9, "materialUnit": "unit:percent", "critical": false,
          "location": "electrolyte", "documentation": []
        }
      ]
    },
    "composition": [
      {
        "id": [{ "type": "IUPAC", "id": "graphite", "name": "graphite" }],
        "concentration": 17.25, "unit": "unit:percent", "critical": true,
        "renewable": 0.0, "recycled": 0, "location": "anode", "documentation": []
      }
    ]
  },
  "sustainability": {
    "status": "original",
    "documents": {
      "wastePrevention": [
        { "contentType": "PDF", "header": "Use it longer", "content": "https://cellion.example/waste" }
      ]
    },
    "carbonFootprint": [
      {
        "lifecycle": "main product production", "type": "Climate Change Total",
        "unit": "kg CO2 / kWh", "value": 0.0300, "performanceClass": "B"
      },
      {
        "lifecycle": "distribution", "type": "Climate Change Total",
        "unit": "kg CO2 / kWh", "value": 1.5e-3, "performanceClass": "B"
      }
    ]
  },
  "conformity": { "declarationOfConformityId": "DoC-17" },
  "safety": { "usableExtinguishAgent": [{ "media": "water", "fireClass": "B" }] },
  "performance": {
    "rated": {
      "voltage": { "min": 240, "nominal": 350.40, "max": 403.2, "temperature": 20.0 },
      "capacity": { "value": 210.0, "thresholdExhaustion": 80.0 },
      "power": { "value": 150000.0 },
      "temperature": { "lower": -30.0, "upper": 60.0 },
      "lifetime": { "cycleLifeTesting": { "cycles": 1500, "appliedChargeRate": 0.5 } }
    },
    "dynamic": { "stateOfCharge": { "value": 50.0, "time": "2026-11-01T08:00:00Z" } }
  }
}
`
