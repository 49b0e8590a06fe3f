"""The task that every scripted model plays: read the README, run a command, write a file, say so.

A test may give other steps to begin with: files to read and commands to run.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READ_TOOLS = ("Read", "read_file", "read")
WRITE_TOOLS = ("Write", "write_file", "write")
SHELL_TOOLS = ("Bash", "bash", "exec_command", "shell")
PLACEHOLDER = re.compile(r"REDACTED_[a-z0-9_]+")
PATH_ARGUMENTS = ("file_path", "path", "filename")
COMMAND_ARGUMENTS = ("command", "cmd")
SUBMISSION = "COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"
"""What mini-swe-agent waits for in a command's output; it ends on nothing else."""

FINAL_TEXT = "I read README.md, ran the command and wrote hello.txt."
COMMIT_MESSAGE = "feat: Add hello.txt"


@dataclass(frozen=True)
class Call:
    """One tool call: `arguments` is an object, or the text of a free-form tool."""

    tool: str
    arguments: dict[str, Any] | str


@dataclass(frozen=True)
class Reply:
    """What the model says in one turn: a text, and a tool call unless it is done."""

    text: str
    call: Call | None = None


@dataclass(frozen=True)
class Step:
    """One thing more to do before the file is written: a file of the workspace to read, a command to run, or a file to
    write with every placeholder in it that the conversation has, but for those `without` is a part of.
    """

    read: str = ""
    run: str = ""
    repeat: str = ""
    without: str = ""


@dataclass(frozen=True)
class Scenario:
    """One scripted task. It keeps no state: the turn follows from the conversation that a request carries."""

    workspace: Path
    steps: tuple[Step, ...] = ()
    command: str = "env | sort > agent-environment.txt"
    file: str = "hello.txt"
    content: str = "hello from the scripted model\n"

    def reply(self, turn: int, tools: dict[str, dict[str, Any]], conversation: str) -> Reply:
        """What to say after `turn` tool results.

        `tools` maps the names of the offered tools to the schemas of their arguments; `conversation` is the
        request's text, in which the wishes of some agents stand.
        """
        if not tools:
            return self._reply_without_tools(conversation)
        if turn < len(self.steps):
            seen = list(dict.fromkeys(PLACEHOLDER.findall(conversation)))
            said = f"Step {turn + 1}: {', '.join(seen)}." if seen else f"Step {turn + 1}."
            return Reply(said, self._call(self.steps[turn], tools, seen))
        turn -= len(self.steps)
        if turn == 0:
            return Reply("I will read the README first.", self._read(tools, "README.md"))
        if turn == 1:
            return Reply("Now the command.", self._shell(tools, self.command))
        if turn == 2:
            return Reply("Now the file.", self._write(tools))
        if turn == 3 and SUBMISSION in conversation:
            return Reply(FINAL_TEXT, self._shell(tools, f"echo {SUBMISSION}"))
        return Reply(FINAL_TEXT)

    def _reply_without_tools(self, conversation: str) -> Reply:
        if "SEARCH/REPLACE" in conversation:
            fence = "```"
            block = f"{self.file}\n{fence}\n<<<<<<< SEARCH\n=======\n{self.content}>>>>>>> REPLACE\n{fence}\n"
            return Reply(f"I read README.md. Here is the file.\n\n{block}")
        if "commit message" in conversation.lower():
            return Reply(COMMIT_MESSAGE)
        return Reply(FINAL_TEXT)

    def _call(self, step: Step, tools: dict[str, dict[str, Any]], seen: list[str]) -> Call:
        if step.repeat:
            wanted = [placeholder for placeholder in seen if not step.without or step.without not in placeholder]
            return self._write_lines(tools, step.repeat, wanted)
        return self._read(tools, step.read) if step.read else self._shell(tools, step.run)

    def _read(self, tools: dict[str, dict[str, Any]], file: str) -> Call:
        for name in READ_TOOLS:
            if name in tools:
                return Call(name, {_argument(tools[name], PATH_ARGUMENTS): str(self.workspace / file)})
        return self._shell(tools, f"cat {file}")

    def _write_lines(self, tools: dict[str, dict[str, Any]], file: str, lines: list[str]) -> Call:
        for name in WRITE_TOOLS:
            if name in tools:
                place = _argument(tools[name], PATH_ARGUMENTS)
                text = "".join(f"{line}\n" for line in lines)
                return Call(name, {place: str(self.workspace / file), "content": text})
        quoted = " ".join(f"'{line}'" for line in lines)
        return self._shell(tools, f"printf '%s\\n' {quoted} > {file}")

    def _write(self, tools: dict[str, dict[str, Any]]) -> Call:
        for name in WRITE_TOOLS:
            if name in tools:
                place = _argument(tools[name], PATH_ARGUMENTS)
                return Call(name, {place: str(self.workspace / self.file), "content": self.content})
        return self._shell(tools, self.write_command)

    @property
    def write_command(self) -> str:
        """The shell command that writes the file."""
        return f"printf '%s\\n' {json.dumps(self.content.strip())} > {self.file}"

    def _shell(self, tools: dict[str, dict[str, Any]], command: str) -> Call:
        for name in SHELL_TOOLS:
            if name in tools:
                return Call(name, {_argument(tools[name], COMMAND_ARGUMENTS): command})
        raise ValueError(f"no shell tool among those offered: {sorted(tools)}")


def _argument(schema: dict[str, Any], names: tuple[str, ...]) -> str:
    """The name that this schema has for an argument."""
    properties = schema.get("properties", {})
    for name in names:
        if name in properties:
            return name
    raise ValueError(f"none of {names} in {sorted(properties)}")
