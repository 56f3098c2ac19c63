"""Reads one YAML file safely, and remembers where everything stands in it.

Only true, false and whole numbers are typed: `no`, `10:05` and dates stay the text an author wrote. Aliases, merge
keys, tags, duplicate keys and empty values are refused; a large file is refused before it is parsed (a merge-key bomb
of 1.8 MB costs an ordinary loader 27 s).
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.pure.content.problem import Problem

LARGEST = 256 * 1024
DEEPEST = 40
MOST = 10_000
"""Values in one file; the longest module that was ever written has some 2,500."""
LONGEST_LIST = 200
"""Faults of one file that are told; more is somebody's mistake of another kind, and costs a second to say."""

Path = tuple[str | int, ...]
Spot = tuple[int, int]


class _Loader(yaml.CSafeLoader):
    """Knows true, false and whole numbers; everything else is text."""


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:0|-?[1-9][0-9]{0,14})$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])


@dataclass
class Read:
    """What a file says. `spots`: where each value stands; `keys`: where its key stands; lines and columns from 1.

    `readable`: it is YAML, and `value` is what it says, although some of it may be refused.
    """

    value: Any = None
    spots: dict[Path, Spot] = field(default_factory=dict)
    keys: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readable: bool = False

    def spot(self, path: Path, *, key: bool = False) -> Spot:
        """Where a value (or its key) stands; where it is missing, the nearest thing that holds it."""
        places = self.keys if key else self.spots
        while path and path not in places and path not in self.spots:
            path = path[:-1]
        return places.get(path) or self.spots.get(path) or (1, 1)


def read(data: bytes, name: str) -> Read:
    """The value of a file and every fault of its writing; never raises."""
    result = Read()
    if len(data) > LARGEST:
        result.problems.append(Problem(name, 1, 1, "", f"the file is larger than {LARGEST // 1024} kB; split it"))
        return result
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        line = data[: why.start].count(b"\n") + 1
        result.problems.append(Problem(name, line, 1, "", "this is not UTF-8; save the file as UTF-8"))
        return result
    try:
        if not _is_plain(text, name, result):
            return result
        node = _Loader(text).get_single_node()
        if node is not None:
            _walk(node, (), name, result)
            result.value = _value(node)
        result.readable = True
    except yaml.reader.ReaderError as why:
        line = text.encode()[: why.position].count(b"\n") + 1
        result.problems.append(
            Problem(name, line, 1, "", "an invisible sign that YAML does not allow; write the line again")
        )
    except yaml.MarkedYAMLError as why:
        mark = why.problem_mark or why.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        result.problems.append(Problem(name, line, column, "", _plain(why)))
    except (yaml.YAMLError, ValueError) as why:
        result.problems.append(Problem(name, 1, 1, "", f"this is not YAML: {str(why).partition(chr(10))[0]}"))
    return result


def _is_plain(text: str, name: str, result: Read) -> bool:
    """Whether it may be composed at all: neither anchors nor tags, and not too deep. Raises YAMLError."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        mark, said = event.start_mark, ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            said = "anchors and aliases (& and *) are not allowed; write the text again"
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            said = "tags (!) are not allowed; quote the text"
        elif depth > DEEPEST:
            said = f"more than {DEEPEST} levels deep"
        elif count > MOST:
            said = f"more than {MOST} values; split the file"
        if said and mark is not None:
            result.problems.append(Problem(name, mark.line + 1, mark.column + 1, "", said))
        if depth > DEEPEST or count > MOST or len(result.problems) > LONGEST_LIST:
            return False
    return not result.problems


def _walk(node: yaml.Node, path: Path, name: str, result: Read) -> None:
    result.spots[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for rank, item in enumerate(node.value):
            _walk(item, (*path, rank), name, result)
            if _is_empty(item):
                result.problems.append(
                    Problem(name, *result.spots[(*path, rank)], dotted(path), "an empty line of a list")
                )
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            spot = (key.start_mark.line + 1, key.start_mark.column + 1)
            if said := _fault(key, value, path, node, result):
                result.problems.append(Problem(name, *spot, dotted(path), said))
            if isinstance(key, yaml.ScalarNode) and (*path, key.value) not in result.keys:
                result.keys[(*path, key.value)] = spot
                _walk(value, (*path, key.value), name, result)


def _fault(key: yaml.Node, value: yaml.Node, path: Path, around: yaml.MappingNode, result: Read) -> str:
    if not isinstance(key, yaml.ScalarNode):
        return "a key is one word"
    if key.value == "<<":
        return "merge keys (<<) are not allowed; write the lines again"
    if (*path, key.value) in result.keys:
        return f'"{key.value}" stands here twice; it is already on line {result.keys[(*path, key.value)][0]}'
    if _is_empty(value) and around.flow_style:
        return f'"{key.value}" stands alone: a comma has cut the text before it; put quotes around the whole text'
    if _is_empty(value):
        return f'"{key.value}" is empty; write its value, or take the line away'
    return ""


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and str(node.tag).endswith(":null")


def dotted(path: Path) -> str:
    """`steps[3].choices` from ("steps", 3, "choices")."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _value(node: yaml.Node) -> Any:
    """What a node says: maps with text for keys, lists, text, true, false, whole numbers, None."""
    if isinstance(node, yaml.MappingNode):
        said: dict[str, Any] = {}
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value not in said:
                said[key.value] = _value(value)
        return said
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    match str(node.tag).rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return node.value == "true"
        case "int":
            return int(node.value)
    # block scalars end in a newline that nobody meant
    return str(node.value).rstrip("\n")


def _plain(why: yaml.MarkedYAMLError) -> str:
    problem = why.problem or "this is not YAML"
    hint = ""
    if "mapping values are not allowed" in problem or "expected" in problem:
        hint = "; a text with : , { } [ ] # or ? needs quotes around it"
    return f"{problem}{hint}"
