"""The real agents: how each is started for one task without a person, and what it is allowed to know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from install_agents import cache_directory

TASK = "Read README.md, run the shell command that you think of first, then write hello.txt with a greeting."


@dataclass(frozen=True)
class Agent:
    """One agent as the tests start it.

    `key_hosts` are the hosts of the vendor that issued the key: nobody else may see it. `model_host` is the one of
    them that must have seen it.
    """

    name: str
    arguments: tuple[str, ...]
    key_variable: str
    key: str
    model_host: str
    key_hosts: tuple[str, ...]
    program: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    vendor: str = ""
    """By whom the model is served, where that is not the agent's own."""

    @property
    def label(self) -> str:
        """What tells it from the others."""
        return f"{self.name}-{self.vendor}" if self.vendor else self.name

    @property
    def directory(self) -> Path:
        """The virtual environment that the agent lives in."""
        return cache_directory() / self.name

    @property
    def command(self) -> list[str]:
        """The whole command line."""
        return [str(self._program_path()), *self.arguments]

    @property
    def skipped(self) -> str | None:
        """Why the agent cannot be run here, if it cannot."""
        reason = cache_directory() / f"{self.name}.skipped"
        if reason.is_file():
            return f"{self.name} could not be installed: {reason.read_text()}"
        if not (self.directory / "installed-from").is_file():
            return f"{self.name} is not installed: run Tests/EndToEnd/install_agents.sh"
        return None

    def _program_path(self) -> Path:
        inside = list(self.directory.glob(self.program))
        return inside[0] if inside else self.directory / self.program

    def read_paths(self) -> list[Path]:
        """What an agent must be able to read to start: its environment and the Python beneath it."""
        python = self.directory / "bin" / "python3"
        base = python.resolve().parent.parent
        return [self.directory] if base == Path("/usr") else [self.directory, base]


AIDER_SHELL_COMMAND = "env | sort > agent-environment.txt"

AGENTS = (
    Agent(
        name="claude-code",
        program="lib/python3*/site-packages/claude_agent_sdk/_bundled/claude",
        arguments=("-p", TASK, "--dangerously-skip-permissions", "--output-format", "json"),
        key_variable="ANTHROPIC_API_KEY",
        key="sk-ant-api03-REALKEYOFTHETESTxClaude" + "a1B2c3D4e5" * 6 + "AA",
        model_host="api.anthropic.com",
        key_hosts=("api.anthropic.com",),
    ),
    Agent(
        name="codex",
        program="lib/python3*/site-packages/codex_cli_bin/bin/codex",
        arguments=("exec", "--dangerously-bypass-approvals-and-sandbox", "--json", TASK),
        key_variable="CODEX_API_KEY",
        key="sk-proj-REALKEYOFTHETESTxCodex" + "f6G7h8I9j0" * 6,
        model_host="api.openai.com",
        key_hosts=("api.openai.com",),
    ),
    Agent(
        name="mistral-vibe",
        program="bin/vibe",
        arguments=("-p", TASK, "--auto-approve", "--trust", "--output", "json"),
        key_variable="MISTRAL_API_KEY",
        key="REALKEYOFTHETESTxVibeK1L2M3N4O5P",
        model_host="api.mistral.ai",
        key_hosts=("api.mistral.ai", "chat.mistral.ai", "console.mistral.ai"),
    ),
    Agent(
        name="aider",
        program="bin/aider",
        # Aider asks before it runs a command that the model names, also with --yes-always; its test command runs.
        arguments=(
            "--message", f"{TASK} See README.md.", "--yes-always", "--no-pretty", "--model", "gpt-4o",
            "--test-cmd", AIDER_SHELL_COMMAND, "--auto-test",
        ),
        key_variable="OPENAI_API_KEY",
        key="sk-proj-REALKEYOFTHETESTxAider" + "q1R2s3T4u5" * 6,
        model_host="api.openai.com",
        key_hosts=("api.openai.com",),
    ),
    Agent(
        name="mini-swe-agent",
        program="bin/mini",
        arguments=("--task", TASK, "--model", "openai/gpt-4o", "--yolo", "--exit-immediately"),
        key_variable="OPENAI_API_KEY",
        key="sk-proj-REALKEYOFTHETESTxMini" + "v6W7x8Y9z0" * 6,
        model_host="api.openai.com",
        key_hosts=("api.openai.com",),
        environment={"MSWEA_CONFIGURED": "true", "MSWEA_COST_TRACKING": "ignore_errors"},
    ),
)

CLAUDE_CODE_AT_BEDROCK = replace(
    AGENTS[0],
    vendor="bedrock",
    key_variable="AWS_BEARER_TOKEN_BEDROCK",
    key="ABSKQmVkcm9ja0FQSUtleS" + "d4E5f6G7h8" * 10 + "NzY1NA",
    model_host="bedrock-runtime.us-east-1.amazonaws.com",
    key_hosts=("bedrock-runtime.us-east-1.amazonaws.com", "bedrock.us-east-1.amazonaws.com"),
    environment={"CLAUDE_CODE_USE_BEDROCK": "1", "AWS_REGION": "us-east-1"},
)
"""As large organisations run it."""
