"""Reading delimited text: its encoding and its delimiter are found, not asked for. Plain standard library."""

import csv
import io

DELIMITERS = ";,\t|"
LOOKED_AT = 5_000  # characters of a line, to tell its delimiter
csv.field_size_limit(100_000)


def utf_16(data):
    """The name of the UTF-16 in which a text is written; blank when it is another encoding.

    Without its mark it shows by its zeros: half of the bytes of Latin letters, all on the same side.

    >>> utf_16("Área;12".encode("utf-16")), utf_16("Área;12".encode("utf-16-be")), utf_16("Área;12".encode())
    ('utf-16', 'utf-16-be', '')
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:4096]
    first, second = (head[side::2].count(0) for side in (0, 1))
    mostly = len(head) * 0.4
    if second >= mostly and not first:
        return "utf-16-le"
    return "utf-16-be" if first >= mostly and not second else ""


def decoded(data):
    """Text from UTF-8 (with or without mark), UTF-16, or the Windows code page that Spanish Excel writes."""
    if wide := utf_16(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # A few bytes have no letter in cp1252; latin-1 reads every byte.
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")


def rows_of(data):
    """The text's rows as lists of strings."""
    text = decoded(data)
    declared = None
    if text[:4].lower() == "sep=" and len(text) > 5:
        declared = text[4]
        text = text.partition("\n")[2] if "\n" in text else text.partition("\r")[2]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows = list(csv.reader(io.StringIO(text, newline="\n"), delimiter=declared or delimiter_of(text)))
    # The line that declared the delimiter is a line of the file: cells keep the numbers that the person sees.
    return [[], *rows] if declared else rows


def delimiter_of(text):
    """The delimiter that splits most lines into the same number of parts.

    >>> delimiter_of("Área;Mujeres\\nColón;1,5\\n"), delimiter_of("a,b\\n1,2\\n"), delimiter_of("a\\tb\\n1\\t2,5\\n")
    (';', ',', '\\t')
    """
    lines = [line[:LOOKED_AT] for line in text[: 200 * LOOKED_AT].split("\n")[:200] if line.strip()]

    def score(delimiter):
        counts = [len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines]
        several = [count for count in counts if count > 1]
        if not several:
            return (0, 0)
        usual = max(set(several), key=lambda count: (several.count(count), count))
        return (several.count(usual) * (usual - 1), usual)

    return max(DELIMITERS, key=score)
