"""A table for Pipelines/benchmark.yaml, the same for every Python: no library, no floating-point draws."""

HEADER = ("id,issue_date,amount,rate,income,dti,fico,balance,util,score,open_acc,delta,term,home,grade,state,city,"
          "employer,notes,target\n")
NOTES = ["", "paid", '"rent, then own"', '"said ""yes"""', '"two\nlines"', '"two\r\nlines"', "M\u00fcller & S\u00f6hne"]


class Numbers:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        z = (z ^ z >> 27) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
        return (z ^ z >> 31) % bound


def table(rows):
    """The bytes of a table: the first rows of a longer one are those of a shorter one."""
    numbers = Numbers(20261123)
    below = numbers.below

    def decimal(bound):
        draw = below(bound)
        return f"{draw // 100}.{draw % 100:02}"

    def sparse(text):
        draw = below(60)
        return ["", "NA", "?"][draw] if draw < 3 else text

    lines = [HEADER]
    for row in range(rows):
        lines.append(",".join([
            str(row), f"20{15 + below(10)}-{1 + below(12):02}-{1 + below(28):02}", decimal(4_000_000), decimal(3000),
            sparse(f"{below(10**9)}e-{below(5)}"), sparse(decimal(6000)), sparse(str(600 + below(250))), sparse(decimal(10**7)),
            sparse(decimal(12000)), sparse(f"-{decimal(500)}"), sparse(str(below(40))), f"{'-' * below(2)}{decimal(99999)}",
            sparse(["36", "60"][below(2)]), sparse(["rent", "own", "mortgage", "other"][below(4)]), "ABCDEFG"[below(7)],
            sparse(f"S{below(50):02}"), f"City {below(1 + below(1000)):04}", sparse(f"Employer {below(1 + below(50000))}"),
            NOTES[below(len(NOTES))], str(below(2))]) + "\n")
    return "".join(lines).encode()
