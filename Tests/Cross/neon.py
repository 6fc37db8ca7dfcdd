#!/usr/bin/env python3
"""The ARM half of the scanner on any machine: compiled for 64-bit ARM, and its NEON index run in an emulator.

  Tests/Cross/run.sh

Every C file of the scanner is compiled for aarch64 with warnings as errors. Then `dlp_index_neon` goes through
texts made of commas, quotes, line ends, letters, NULs and bytes above 127, cut into pieces at random places with
the state carried on, and must leave the same positions, state and facts as `dlp_index_portable` does. Needs the
clang and lld that come with Swift, and `unicorn` and `pyelftools` from PyPI, which run.sh installs.
"""
import pathlib, random, shutil, subprocess, sys, tempfile

from elftools.elf.elffile import ELFFile
from unicorn import UC_ARCH_ARM64, UC_MODE_ARM, Uc, UcError
from unicorn.arm64_const import (UC_ARM64_REG_CPACR_EL1, UC_ARM64_REG_LR, UC_ARM64_REG_SP, UC_ARM64_REG_X0)

SCANNER = pathlib.Path(__file__).resolve().parents[2] / "Sources/CDLPrepScan"
STACK, STATE, INFO, BYTES, POSITIONS, END = 0x7000000, 0x8000000, 0x8001000, 0x9000000, 0xA000000, 0xB000000
STATE_SIZE, INFO_SIZE, ROOM = 24, 40, 1 << 20


def compiled(folder):
    """Compiles everything for ARM and links the two indexes, at the address 0x400000."""
    clang = shutil.which("clang") or sys.exit("note: the ARM check is skipped: there is no clang")
    stubs = folder / "gnu"
    stubs.mkdir()
    (stubs / "stubs-32.h").touch()  # this machine's C headers ask for it when they are read for another one
    include = next(p for p in pathlib.Path("/usr/include").glob("*-linux-gnu") if (p / "bits").exists())
    for source in sorted(SCANNER.glob("*.c")):
        subprocess.run([clang, "--target=aarch64-unknown-linux-gnu", "-O2", "-Wall", "-Wextra", "-Werror", "-fno-pic",
                        f"-I{folder}", f"-I{SCANNER}/include", f"-I{include}", "-c", source,
                        "-o", folder / f"{source.stem}.o"], check=True)
    lld = pathlib.Path(clang).resolve().parent / "ld.lld"
    subprocess.run([lld, "-static", "--image-base=0x400000", "-e", "dlp_index_neon", folder / "index_neon.o",
                    folder / "index_portable.o", "-o", folder / "scanner"], check=True)
    return folder / "scanner"


class Machine:
    """An ARM processor with the two functions in its memory."""

    def __init__(self, path):
        self.cpu = Uc(UC_ARCH_ARM64, UC_MODE_ARM)
        self.cpu.reg_write(UC_ARM64_REG_CPACR_EL1, 3 << 20)  # switches the vector unit on
        with open(path, "rb") as file:
            elf = ELFFile(file)
            self.cpu.mem_map(0x400000, 1 << 20)
            for segment in elf.iter_segments("PT_LOAD"):
                self.cpu.mem_write(segment["p_vaddr"], segment.data())
            self.symbols = {s.name: s["st_value"] for s in elf.get_section_by_name(".symtab").iter_symbols()}
        for start in (STACK, STATE, BYTES, POSITIONS, END):
            self.cpu.mem_map(start, 4 * ROOM)

    def index(self, name, pieces):
        """All positions, and state and facts at the end, of a text in pieces."""
        self.cpu.mem_write(STATE, bytes(STATE_SIZE))
        self.cpu.mem_write(INFO, bytes(INFO_SIZE))
        positions = b""
        for piece in pieces:
            # What lies behind a piece may be anything: quotes here, which would show.
            self.cpu.mem_write(BYTES, piece + b'"' * 128)
            for i, argument in enumerate((BYTES, len(piece), 44, 34, STATE, POSITIONS, INFO)):
                self.cpu.reg_write(UC_ARM64_REG_X0 + i, argument)
            self.cpu.reg_write(UC_ARM64_REG_SP, STACK + 2 * ROOM)
            self.cpu.reg_write(UC_ARM64_REG_LR, END)
            self.cpu.emu_start(self.symbols[name], END)
            count = self.cpu.reg_read(UC_ARM64_REG_X0)
            positions += bytes(self.cpu.mem_read(POSITIONS, 4 * count))
        return positions, bytes(self.cpu.mem_read(STATE, STATE_SIZE)), bytes(self.cpu.mem_read(INFO, INFO_SIZE))


def texts(draw):
    """Texts of all lengths around the width of a vector, and longer ones."""
    kinds = [b'a,"\n', b'a,\n\r', b'ab,"\r\n\0', bytes(range(256)), b'"', b'\r', b',']
    for length in list(range(200)) + [draw.randrange(200, 5000) for _ in range(400)]:
        yield bytes(draw.choices(draw.choice(kinds), k=length))
    for width in (1, 3, 15, 63, 64, 65):
        yield b"".join(b'"' + b"x" * width + b'",\r\n' for _ in range(100))


def cut(draw, text):
    """The text in one piece, or in several."""
    places = sorted(draw.randrange(len(text) + 1) for _ in range(draw.choice([0, 0, 1, 3, 9])))
    return [text[a:b] for a, b in zip([0, *places], [*places, len(text)])]


def main():
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(compiled(pathlib.Path(folder)))
    draw = random.Random(1)
    number = places = 0
    for text in texts(draw):
        pieces = cut(draw, text)
        try:
            neon, portable = (machine.index(f"dlp_index_{kind}", pieces) for kind in ("neon", "portable"))
        except UcError as error:
            sys.exit(f"the emulator stopped at {[len(p) for p in pieces]}: {error}")
        if neon != portable:
            sys.exit(f"NEON and the portable index differ on {pieces}")
        number += 1
        places += len(neon[0]) // 4
    print(f"ARM: all C files compile; NEON and the portable index agree on {number} texts, {places} positions")


main()
