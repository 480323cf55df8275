#!/usr/bin/env python3
"""Recomputes the score of a battery passport from its documents, without any code of the project.

    score.py RULEBOOKS PRESENTATION...

RULEBOOKS is a folder with rulebooks and methods as JSON (searched in depth); a PRESENTATION holds
the passport first and its attestations after it. Prints one score object a line. Signatures,
accreditations and status lists are not looked at: this checks the arithmetic, and nothing else.

Written from the rules of scoring, on fractions, one pass of the tree per figure, so that it shares
neither code nor shortcuts with the evaluation it is compared with.
"""

import base64
import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

WHOLE = 10000
LEVELS = ["none", "limited", "reasonable"]
PILLARS = ["environment", "social", "governance"]
STATUSES = ["illustrative", "preliminary", "deprecated", "active"]


# --- documents -----------------------------------------------------------------------------------


def canonical(value):
    """JCS (RFC 8785) of a JSON value without fractional numbers."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def digest_multibase(document):
    """SHA-256 multihash in base58btc of the canonical form."""
    data = b"\x12\x20" + hashlib.sha256(canonical(document).encode()).digest()
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return "z" + text


def unwrapped(credential):
    """The credential itself, or the claims of one that is enveloped as a JWT."""
    if credential.get("type") != "EnvelopedVerifiableCredential":
        return credential
    claims = credential["id"].split(",", 1)[1].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))


def read_documents(folder):
    found = {}
    for path in sorted(Path(folder).rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(document, dict) and ("indicators" in document or "chemistries" in document):
            found[digest_multibase(document)] = document
    return found


# --- one answer ----------------------------------------------------------------------------------


def at_least(level, required):
    return LEVELS.index(level) >= LEVELS.index(required)


class Leaf:
    """What one indicator is worth for one subject: between `low` and `high`, or out of the count."""

    def __init__(self, low=0, high=WHOLE, known=False, level=None, gate="may", out=False):
        self.low, self.high, self.known, self.level = low, high, known, level
        self.gate, self.out = gate, out


def leaf_of(indicator, statement):
    """Step 1. `statement` is the subject of an attestation, or None."""
    if statement is None:
        return Leaf()
    answers = [r for r in statement["results"] if r["indicator"] == indicator["id"]]
    if len(answers) != 1 or answers[0]["answer"] == "not-assessed":
        return Leaf()
    answer = answers[0]
    if indicator["id"] in statement["engagement"].get("qualifiedIndicators", []):
        return Leaf()
    level = answer["assuranceLevel"]
    if not at_least(level, indicator["minimumAssurance"]):
        return Leaf()
    if indicator["evidenceRequired"] and not answer.get("evidenceIds"):
        return Leaf()
    if answer["answer"] == "not-applicable":
        if answer["condition"] in indicator["notApplicableWhen"]:
            return Leaf(out=True, level=level)
        return Leaf()
    if answer["answer"] == "equivalent":
        for known in indicator.get("equivalences", []):
            if known["standard"] == answer["standard"] and answer["edition"] in known["editions"]:
                if at_least(level, known["minimumLevel"]):
                    return Leaf(known["points"], known["points"], True, level, "open")
        return Leaf()
    if indicator["kind"] == "quantity":
        return quantity_leaf(indicator, answer, level)
    worth = indicator["points"].get(answer["value"])
    if worth is None:
        return Leaf()
    gate = "open"
    if "gate" in indicator and answer["value"] in indicator["gate"]["when"]:
        gate = "holds"
    return Leaf(worth, worth, True, level, gate)


def quantity_leaf(indicator, answer, level):
    if answer.get("unit") != indicator["unit"]:
        return Leaf()
    value, margin = Fraction(answer["value"]), Fraction(answer.get("uncertainty", "0"))
    if margin < 0:
        return Leaf()
    first, last = value - margin, value + margin
    touched, start = [], None
    for band in indicator["points"]:
        end = Fraction(band["below"]) if "below" in band else None
        # The band is [start, end): does [first, last] meet it?
        if (start is None or last >= start) and (end is None or first < end):
            touched.append(band["points"])
        start = end
    gate = "open"
    if "gate" in indicator:
        threshold = Fraction(indicator["gate"]["when"]["atLeast"])
        if first >= threshold:
            gate = "holds"
        elif last >= threshold:
            gate = "may"
    return Leaf(min(touched), max(touched), True, level, gate)


# --- the tree of one rulebook --------------------------------------------------------------------


class Subject:
    def __init__(self, share, statement):
        self.share, self.statement = share, statement
        boundary = statement["boundary"] if statement else {"kind": "whole"}
        self.covered = boundary["coveredShare"] if boundary["kind"] == "partial" else WHOLE
        self.leaves = {}

    def gate(self, indicator):
        state = self.leaves[indicator["id"]].gate
        if self.leaves[indicator["id"]].out:
            state = "may"
        return "may" if state == "open" and self.covered < WHOLE else state


def asked(indicator, stage, material):
    if stage not in indicator["stages"]:
        return False
    return "materials" not in indicator or material in indicator["materials"]


class RulebookTree:
    def __init__(self, rulebook, stages, rows, attestations, de_minimis):
        self.rulebook, self.stages, self.de_minimis = rulebook, stages, de_minimis
        self.subjects = {}
        for stage, materials in stages:
            for material, _ in materials:
                if stage == "product":
                    placed = [Subject(WHOLE, find(attestations, rulebook, "Battery", None, stage, None))]
                else:
                    placed = [
                        Subject(
                            row["share"],
                            find(attestations, rulebook, "Facility", row["facility"], stage, material),
                        )
                        for row in rows
                        if row["stage"] == stage and row.get("material") == material
                    ]
                for subject in placed:
                    for indicator in self.here(stage, material, None):
                        subject.leaves[indicator["id"]] = leaf_of(indicator, subject.statement)
                self.subjects[stage, material] = placed

    def here(self, stage, material, pillar):
        return [
            indicator
            for indicator in self.rulebook["indicators"]
            if asked(indicator, stage, material) and pillar in (None, indicator["pillar"])
        ]

    def gates(self):
        """Each gated indicator's state over the product: 'open', 'may' or 'holds'."""
        states = {}
        for (stage, material), subjects in self.subjects.items():
            for indicator in self.here(stage, material, None):
                if "gate" not in indicator:
                    continue
                seen = [subject.gate(indicator) for subject in subjects]
                if indicator["gate"]["level"] == "product":
                    if WHOLE - sum(subject.share for subject in subjects) > self.de_minimis:
                        seen.append("may")
                seen.append(states.get(indicator["id"], "open"))
                states[indicator["id"]] = max(seen, key=["open", "may", "holds"].index)
        return states

    def walk(self, pillar, figure):
        """Steps 2 and 3 for one figure, between 0 and 1; None if the tree has no indicators."""
        total, weights = Fraction(0), 0
        for stage, materials in self.stages:
            in_stage, in_weights = Fraction(0), 0
            for material, weight in materials:
                if self.here(stage, material, pillar):
                    in_stage += weight * self.pair(stage, material, pillar, figure)
                    in_weights += weight
            if in_weights:
                stage_weight = self.rulebook["stageWeights"].get(stage, 0)
                total += stage_weight * in_stage / in_weights
                weights += stage_weight
        if not weights:
            return None
        result = total / weights
        return self.cap(result, figure, self.product_caps())

    def product_caps(self):
        states = self.gates()
        return [
            (indicator["gate"]["cap"], states[indicator["id"]])
            for indicator in self.rulebook["indicators"]
            if indicator.get("gate", {}).get("level") == "product" and indicator["id"] in states
        ]

    def pair(self, stage, material, pillar, figure):
        indicators = self.here(stage, material, pillar)
        total, left = Fraction(0), WHOLE
        for subject in self.subjects[stage, material]:
            caps = [
                (indicator["gate"]["cap"], subject.gate(indicator))
                for indicator in self.here(stage, material, None)
                if indicator.get("gate", {}).get("level") == "facility"
            ]
            worth = figure.facility(indicators, subject)
            worth = (subject.covered * worth + (WHOLE - subject.covered) * figure.unknown) / WHOLE
            total += subject.share * self.cap(worth, figure, caps)
            left -= subject.share
        return (total + left * figure.unknown) / WHOLE

    @staticmethod
    def cap(worth, figure, caps):
        for cap, state in caps:
            if state in figure.capped_by:
                worth = min(worth, Fraction(cap, WHOLE))
        return worth


def find(attestations, rulebook, kind, facility, stage, material):
    for subject in attestations:
        if subject["type"] != kind or subject["rulebook"]["key"] != rulebook["key"]:
            continue
        if kind == "Facility" and subject["id"] != facility:
            continue
        for activity in subject["activities"]:
            if activity["stage"] == stage and activity.get("material") == material:
                return subject
    return None


# --- the figures ---------------------------------------------------------------------------------


class Figure:
    """A share of the tree: `leaf` gives 0 to 1, and not-applicable answers leave the count."""

    unknown = Fraction(0)
    capped_by = ()

    def __init__(self, leaf):
        self.leaf = leaf

    def facility(self, indicators, subject):
        inside = [i for i in indicators if not subject.leaves[i["id"]].out]
        if not inside:
            return self.unknown
        weight = sum(i["weight"] for i in inside)
        return sum(i["weight"] * self.leaf(i, subject.leaves[i["id"]]) for i in inside) / Fraction(weight)


class Low(Figure):
    capped_by = ("holds", "may")


class High(Figure):
    unknown = Fraction(1)
    capped_by = ("holds",)


class Aside(Figure):
    """Not-applicable answers, kept in the count."""

    def facility(self, indicators, subject):
        weight = sum(i["weight"] for i in indicators)
        out = sum(i["weight"] for i in indicators if subject.leaves[i["id"]].out)
        return Fraction(out, weight)


def at_level(*levels):
    return Figure(lambda _, leaf: Fraction(leaf.known and leaf.level in levels))


LOW = Low(lambda _, leaf: Fraction(leaf.low, WHOLE))
HIGH = High(lambda _, leaf: Fraction(leaf.high, WHOLE))
COVERAGE = Figure(lambda _, leaf: Fraction(leaf.known))
REASONABLE = at_level("reasonable")
ASSURED = at_level("reasonable", "limited")
ASIDE = Aside(None)
MET = Figure(
    lambda i, leaf: Fraction(i["tier"] == "baseline" and leaf.known and leaf.low == leaf.high == WHOLE)
)
NOT_MET = Figure(lambda i, leaf: Fraction(i["tier"] == "baseline" and leaf.known and leaf.high < WHOLE))


def down(share):
    return (share * WHOLE).__floor__()


def up(share):
    return (share * WHOLE).__ceil__()


# --- the score -----------------------------------------------------------------------------------


def esg(trees, method, figure):
    """Step 4: the pillars, and the whole over them."""
    pillars, total, weights = {}, Fraction(0), 0
    for pillar in PILLARS:
        cells, cell_weights = Fraction(0), 0
        for entry, tree in zip(method["rulebooks"], trees):
            worth = tree.walk(pillar, figure)
            if worth is None:
                continue
            inside = sum(i["weight"] for i in tree.rulebook["indicators"] if i["pillar"] == pillar)
            cells += entry["weight"] * inside * worth
            cell_weights += entry["weight"] * inside
        if cell_weights:
            pillars[pillar] = cells / cell_weights
            total += method["pillars"][pillar] * pillars[pillar]
            weights += method["pillars"][pillar]
        else:
            pillars[pillar] = figure.unknown
    return total / weights, pillars


def mix(figure_of):
    covered, assured = down(figure_of(COVERAGE)), down(figure_of(ASSURED))
    reasonable = down(figure_of(REASONABLE))
    return {"reasonable": reasonable, "limited": assured - reasonable, "none": covered - assured}


def grade_of(method, value, not_met):
    grades = [band["grade"] for band in method["gradeBands"]]
    place = max(i for i, band in enumerate(method["gradeBands"]) if band["from"] <= value)
    if not_met > 0 and "gradeCapIfBaselineNotMet" in method:
        place = min(place, grades.index(method["gradeCapIfBaselineNotMet"]))
    return grades[place]


def share_assurance(rows, custody):
    """The lowest level at which the rows are attested; a row is covered if all five are equal."""
    lowest = "reasonable"
    for row in rows:
        levels = [c["assuranceLevel"] for c in custody if row in c["supplyChain"]] + ["none"]
        lowest = min(lowest, max(levels, key=LEVELS.index), key=LEVELS.index)
    return lowest


def score(passport, attestations, custody, documents):
    battery = passport["credentialSubject"]
    method = documents[battery["score"]["method"]["digestMultibase"]]
    rulebooks = [documents[entry["digestMultibase"]] for entry in method["rulebooks"]]
    stages = [
        (s["key"], [(None, 1)] if s["materials"] == "none" else [(m["key"], m["weight"]) for m in s["materials"]])
        for s in method["chemistries"][battery["chemistry"]]["stages"]
    ] + [("product", [(None, 1)])]
    rows = battery["supplyChain"]
    trees = [RulebookTree(r, stages, rows, attestations, method["deMinimis"]) for r in rulebooks]

    figures = {figure: esg(trees, method, figure) for figure in (LOW, HIGH)}
    whole = lambda figure: esg(trees, method, figure)[0]
    low, high = figures[LOW][0], figures[HIGH][0]
    statuses = [rulebook["status"] for rulebook in rulebooks]
    lines = []
    for entry, tree in zip(method["rulebooks"], trees):
        of = lambda figure, tree=tree: tree.walk(None, figure)
        states = tree.gates()
        lines.append(
            {
                "key": entry["key"],
                "version": entry["version"],
                "digestMultibase": entry["digestMultibase"],
                "value": down(of(LOW)),
                "upper": up(of(HIGH)),
                "coverage": down(of(COVERAGE)),
                "notApplicable": down(of(ASIDE)),
                "assuranceMix": mix(of),
                "capped": sorted(i for i, state in states.items() if state == "holds"),
                "mayBeCapped": sorted(i for i, state in states.items() if state == "may"),
            }
        )
    return {
        "method": {
            "key": method["key"],
            "version": method["version"],
            "digestMultibase": digest_multibase(method),
        },
        "scope": {
            "granularity": battery["granularity"],
            "category": battery["category"],
            "chemistry": battery["chemistry"],
            "periodFrom": min(a["period"]["from"] for a in attestations),
            "periodUntil": max(a["period"]["until"] for a in attestations),
            "rulebookStatus": next(status for status in STATUSES if status in statuses),
        },
        "value": down(low),
        "upper": up(high),
        "grade": grade_of(method, down(low), whole(NOT_MET)),
        "coverage": down(whole(COVERAGE)),
        "notApplicable": down(whole(ASIDE)),
        "shareAssurance": share_assurance(rows, custody),
        "assuranceMix": mix(whole),
        "baseline": {"met": down(whole(MET)), "notMet": down(whole(NOT_MET))},
        "pillars": {
            pillar: {"value": down(figures[LOW][1][pillar]), "upper": up(figures[HIGH][1][pillar])}
            for pillar in PILLARS
        },
        "rulebooks": lines,
    }


def main(folder, *presentations):
    documents = read_documents(folder)
    for path in presentations:
        presentation = json.loads(Path(path).read_text(encoding="utf-8"))
        credentials = [unwrapped(c) for c in presentation["verifiableCredential"]]
        of_type = lambda name: [c["credentialSubject"] for c in credentials if name in c["type"]]
        passport = credentials[0]
        referenced = {reference["id"] for reference in passport["credentialSubject"]["attestations"]}
        attestations = [
            c["credentialSubject"]
            for c in credentials
            if "RulebookAttestation" in c["type"] and c["id"] in referenced
        ]
        result = score(passport, attestations, of_type("CustodyAttestation"), documents)
        print(json.dumps(result, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
