#!/usr/bin/env python3
"""Writes a CSV of mixed types of about the given size: `generate.py FILE [megabytes]`. The same size gives the same file."""
import random
import sys

HEADER = "id,at,name,city,amount,quantity,active,ratio,comment\n"
CITIES = ["Zürich", "Lagos", "São Paulo", "Reykjavík", "New York", "東京", "Oslo", "Nairobi"]
BLOCK_ROWS = 20_000


def block(chance, first):
    """Rows as text. Ids and times grow, names are nearly unique, comments have quotes, separators and line breaks, some fields are empty."""
    rows = []
    for id in range(first, first + BLOCK_ROWS):
        comment = chance.choice(["", "plain words", '"with, a comma"', '"a ""quoted"" word"', '"two\nlines"'])
        amount = "" if chance.random() < 0.02 else f"{chance.uniform(-1000, 100000):.2f}"
        rows.append(
            f"{id},2026-{id // 86400 % 12 + 1:02}-{id // 7 % 28 + 1:02}T{id // 3600 % 24:02}:{id // 60 % 60:02}:{id % 60:02}Z,"
            f"customer-{chance.randrange(10_000_000):07},{chance.choice(CITIES)},{amount},{chance.randrange(500)},"
            f"{'true' if id % 3 else 'false'},{chance.random():.6e},{comment}\n")
    return "".join(rows)


def generate(path, megabytes):
    """Returns the number of rows without the header."""
    chance = random.Random(1)
    rows = written = 0
    with open(path, "wb") as file:
        written += file.write(HEADER.encode())
        while written < megabytes * 1_000_000:
            written += file.write(block(chance, rows + 1).encode())
            rows += BLOCK_ROWS
    return rows


if __name__ == "__main__":
    print(generate(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000), "rows")
