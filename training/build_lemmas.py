"""Write ``ingest/language/lemmas.json``: the verbs that are known, and forms that no rule gets right.

    python -m training.build_lemmas --corpora DIR --rolesets FILE

Verbs: the verb lemmas of EWT's and GUM's training parts and of PropBank's rolesets. Forms: the
irregular verbs of ``irregular_verbs.txt``, and the forms seen at least twice in those treebanks whose
commonest lemma differs from the rules'. A form → lemma pair is a fact about English.
"""

import argparse
import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

from ingest.language import lemmas
from training.data import read_conllu

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--rolesets", type=Path, required=True, help="CSV with a lemmas column: abandon-v …")
    parser.add_argument("--out", type=Path, default=Path("ingest/language/lemmas.json"))
    args = parser.parse_args()
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    verbs: Counter[str] = Counter()
    for name in ("ewt_train", "gum_train"):
        for sentence in read_conllu(args.corpora / f"{name}.conllu.xz"):
            for word, lemma, upos, xpos in zip(
                sentence.words, sentence.lemmas, sentence.upos, sentence.xpos, strict=True
            ):
                if upos in ("VERB", "AUX", "NOUN", "ADJ", "ADV") and word.replace("'", "").isalpha():
                    seen[xpos, word.lower()][lemma.lower()] += 1
                if upos == "VERB" and lemma.isalpha() and lemma.islower():
                    verbs[lemma] += 1
    known = {verb for verb, count in verbs.items() if count > 1}
    with args.rolesets.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            known |= {x[:-2] for x in row["lemmas"].split() if x.endswith("-v") and x[:-2].isalpha()}
    irregular = {}
    for line in (HERE / "irregular_verbs.txt").read_text(encoding="utf-8").splitlines():
        base, *forms = line.split()
        known.add(base)
        irregular |= dict.fromkeys(forms, base)
    table: dict[str, object] = {"verbs": sorted(known), "irregular": irregular, "forms": {}}
    args.out.write_text(json.dumps(table), encoding="utf-8")
    lemmas.table.cache_clear()
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for (xpos, form), counted in sorted(seen.items()):
        lemma, count = counted.most_common(1)[0]
        if form not in irregular and count >= 2 and lemmas.by_rule(form, xpos) != lemma:
            forms[xpos][form] = lemma
    table["forms"] = forms
    args.out.write_text(json.dumps(table, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print(len(known), "verbs,", len(irregular), "irregular forms,", {x: len(f) for x, f in forms.items()})


if __name__ == "__main__":
    main()
