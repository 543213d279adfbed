"""The table of the commonest rejections: what we call them, and the kernel's own words."""

import collections
import json
import re
import subprocess

# How many rows the table has, and how many of the kernel's messages a row quotes.
ROWS = 40
QUOTES = 2

# What says how a function is verified, or what its loading cost, but not what is wrong.
NOISE = ("verification time", "stack depth", "processed ", "func#", "Func#", "func '", "Validating",
         "; ", "from ", "caller", "callee", "Caller passes", "R0=", "cur state", "old state", "frame")


def words(verdict):
    """The kernel's reason, without the notes around it."""
    lines = [line.strip() for line in verdict.get("error", "").splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith(NOISE)
            and "size cannot be determined" not in line and "doesn't return scalar" not in line]
    told = told or [line for line in lines if "doesn't return scalar" in line] or lines[:1]
    return "; ".join(told[:2]).replace(",;", ",") if told else ""


def pattern(text):
    """The reason without the numbers, and the kinds of pointers, that differ from program to program."""
    text = re.sub(r"'\w+_or_null_?'", "'or_null'", text)
    text = re.sub(r"-?\b(0x[0-9a-f]+|\d+)\b", "N", text)
    return re.sub(r"\b[Rr]\d+\b", "R", text)


def pages(ebpf):
    """Our catalogue by code."""
    done = subprocess.run([ebpf, "explain", "--json"], capture_output=True, text=True, check=True)
    return {page["code"]: page for page in json.loads(done.stdout)}


def table(rows, catalogue):
    """The document, as text."""
    counts = collections.Counter()
    quotes = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for row in rows:
        if row["ours"]["verdict"] != "rejected" or row["kernel"]["verdict"] != "rejected":
            continue
        code = row["ours"]["rejection"]["code"]
        text = words(row["kernel"])
        counts[code] += 1
        quotes[code][pattern(text)][text] += 1
    lines = [HEAD.format(programs=sum(counts.values()), rows=ROWS),
             "| code | programs | we say | Linux 6.18 says |", "|---|--:|---|---|"]
    for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:ROWS]:
        page = catalogue[code]
        groups = sorted(quotes[code].values(), key=lambda group: -sum(group.values()))
        theirs = [group.most_common(1)[0][0] for group in groups[:QUOTES]]
        cells = "<br>".join(f"`{shortened(text)}`" for text in theirs)
        lines.append(f"| {page['number']} `{code}` | {count} | {page['title']} | {cells} |")
    return "\n".join(lines) + "\n"


def shortened(text):
    """A quotation in a cell of a table."""
    text = text.replace("|", "\\|").replace("`", "'")
    return text if len(text) <= 110 else text[:109] + "…"


HEAD = """# The commonest rejections

What Linux's verifier refuses most often, in its words and in ours. The kernel's message is what one searches for;
`ebpf explain CODE` says why there is such a rule, what to do in C and in Swift, and shows a program that is refused
beside one that is accepted. `ebpf explain` alone lists all codes.

Counted over {programs} programs that both verifiers refuse: the kernel's own selftests of 6.1 and 6.12, and the
objects of `libbpf-tools`. So it is the mistakes that people make on purpose, to see whether they are found; the
{rows} commonest are here. Written by `Scripts/verdicts --rejections`.
"""
