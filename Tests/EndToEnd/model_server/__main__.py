"""Runs the scripted model server by itself, or for tests in another process.

    python3 -m model_server --directory DIR --workspace DIR [--listen PORT]... [--listen-path PATH]

Prints one JSON object when it accepts connections: `ports`, `path`, `certificate`, `journal`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
from pathlib import Path

from .authority import Authority
from .hosts import World
from .journal import Journal
from .listener import Application, Listener, listen_on_loopback, listen_on_path
from .names import NameServer
from .scenario import Scenario, Step


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="model_server", description="A scripted model server on this machine.")
    parser.add_argument("--directory", type=Path, required=True, help="where certificate, journal and bodies go")
    parser.add_argument("--workspace", type=Path, required=True, help="the agent's workspace, for tool calls")
    parser.add_argument("--listen", type=int, action="append", default=[], help="a port of 127.0.0.1; 0 chooses one")
    parser.add_argument("--listen-path", type=Path, help="a Unix socket to listen on as well")
    parser.add_argument("--names", type=int, metavar="PORT", help="answer every name with 127.0.0.1 on this UDP port")
    parser.add_argument("--side-status", type=int, default=404, help="what hosts without a script answer")
    parser.add_argument("--refuse-upgrade", action="store_true", help="answer 426 to WebSockets")
    parser.add_argument(
        "--step", type=json.loads, action="append", default=[], metavar="JSON",
        help='before the task: {"read": FILE} or {"run": COMMAND}; may be repeated',
    )
    parser.add_argument("--compress", action="store_true", help="gzip streamed answers where accepted")
    return parser.parse_args()


async def _main(options: argparse.Namespace) -> None:
    authority = Authority(options.directory)
    journal = Journal(options.directory)
    scenario = Scenario(options.workspace, tuple(Step(**step) for step in options.step))
    world = World(scenario, options.side_status, options.refuse_upgrade, options.compress)
    listener = Listener(authority, journal, Application(world.respond, world.websocket))
    sockets = [listen_on_loopback(port) for port in options.listen]
    ports = [listening.getsockname()[1] for listening in sockets]
    if options.listen_path:
        sockets.append(listen_on_path(options.listen_path))
    if options.names is not None:
        await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: NameServer(journal), local_addr=("127.0.0.1", options.names)
        )
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    serving = [asyncio.create_task(listener.serve(listening)) for listening in sockets]
    print(json.dumps({
        "ports": ports, "path": str(options.listen_path or ""),
        "certificate": str(authority.certificate_file), "journal": str(journal.file),
    }), flush=True)
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait([waiting, *serving], return_when=asyncio.FIRST_COMPLETED)
    for task in serving:
        if task.done():
            task.result()  # an accept loop that died says why
        task.cancel()
    journal.close()


if __name__ == "__main__":
    asyncio.run(_main(_arguments()))
