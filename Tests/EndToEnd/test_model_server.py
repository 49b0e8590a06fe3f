"""The scripted server as a witness: what it writes down is what was sent, in every protocol it speaks."""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
import ssl
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, Request, TextMessage
from wsproto.extensions import PerMessageDeflate

from model_server.scenario import FINAL_TEXT
from sample import Place
from server_process import ServerProcess

QUESTION = json.dumps({"model": "m", "messages": [{"role": "user", "content": "x" * 70_000}], "stream": True}).encode()
PATIENCE = 10  # seconds


@pytest.fixture
def server(place: Place, tmp_path: Path):
    with ServerProcess(tmp_path / "server", place.workspace) as running:
        yield running


def connect(server: ServerProcess, host: str, *protocols: str) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=str(server.certificate))
    if protocols:
        context.set_alpn_protocols(list(protocols))
    plain = socket.create_connection(("127.0.0.1", server.ports[0]), timeout=PATIENCE)
    return context.wrap_socket(plain, server_hostname=host)


def the_request(server: ServerProcess) -> dict:
    requests = server.requests()
    assert len(requests) == 1
    return requests[0]


def test_a_streamed_answer_over_http1_and_its_record(server: ServerProcess) -> None:
    client = http.client.HTTPConnection("api.anthropic.com")
    client.sock = connect(server, "api.anthropic.com")
    client.request("POST", "/v1/messages?beta=true", QUESTION, {"x-api-key": "k", "Accept-Encoding": "gzip"})
    answer = client.getresponse().read().decode()
    client.close()
    assert "event: message_start" in answer and "event: message_stop" in answer
    record = the_request(server)
    assert (record["serverName"], record["host"], record["alpn"]) == ("api.anthropic.com", "api.anthropic.com", None)
    assert (record["method"], record["path"], record["target"]) == ("POST", "/v1/messages", "/v1/messages?beta=true")
    assert record["bodyBytes"] == len(QUESTION)
    assert record["bodySHA256"] == hashlib.sha256(QUESTION).hexdigest()
    assert Path(record["bodyFile"]).read_bytes() == QUESTION
    assert ["x-api-key", "k"] in record["headers"]


def test_a_chunked_body_is_recorded_without_its_framing(server: ServerProcess) -> None:
    client = http.client.HTTPConnection("telemetry.example")
    client.sock = connect(server, "telemetry.example")
    client.request("POST", "/events", iter([b"first ", b"second"]), encode_chunked=True)
    assert client.getresponse().status == 404
    client.close()
    record = the_request(server)
    assert Path(record["bodyFile"]).read_bytes() == b"first second"
    assert record["wireBodyBytes"] > record["bodyBytes"] == 12


def test_http2_with_a_body_over_the_window(server: ServerProcess) -> None:
    stream = connect(server, "api.openai.com", "h2", "http/1.1")
    assert stream.selected_alpn_protocol() == "h2"
    machine = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    machine.initiate_connection()
    head = {":method": "POST", ":scheme": "https", ":authority": "api.openai.com", ":path": "/v1/chat/completions"}
    machine.send_headers(1, list(head.items()))
    answer, left, ended = b"", QUESTION, False
    while not ended:
        while left and (room := min(machine.local_flow_control_window(1), machine.max_outbound_frame_size)) > 0:
            machine.send_data(1, left[:room], end_stream=len(left) <= room)
            left = left[room:]
        stream.sendall(machine.data_to_send())
        for event in machine.receive_data(stream.recv(65536)):
            if isinstance(event, h2.events.DataReceived):
                answer += event.data
                machine.acknowledge_received_data(event.flow_controlled_length, 1)
            ended = ended or isinstance(event, h2.events.StreamEnded)
    stream.close()
    assert answer.endswith(b"data: [DONE]\n\n")
    record = the_request(server)
    assert (record["version"], record["bodyBytes"]) == ("2", len(QUESTION))


def test_websocket_messages_are_inflated_and_recorded(server: ServerProcess) -> None:
    stream = connect(server, "api.openai.com")
    machine = WSConnection(ConnectionType.CLIENT)
    stream.sendall(machine.send(Request("api.openai.com", "/v1/responses", extensions=[PerMessageDeflate()])))
    question = json.dumps({"type": "response.create", "input": [{"role": "user", "content": "y" * 60_000}]})
    answers, part = [], ""
    while not any(answer["type"] == "response.completed" for answer in answers):
        machine.receive_data(stream.recv(65536))
        for event in machine.events():
            if isinstance(event, AcceptConnection):
                assert event.extensions and event.extensions[0].name == "permessage-deflate"
                stream.sendall(machine.send(TextMessage(data=question)))
            elif isinstance(event, TextMessage):
                part += event.data
                if event.message_finished:
                    answers.append(json.loads(part))
                    part = ""
    stream.close()
    assert FINAL_TEXT in json.dumps(answers[-1])
    message = next(line for line in server.journal() if line["kind"] == "message")
    assert Path(message["bodyFile"]).read_text() == question


def test_plain_http_and_unknown_hosts(server: ServerProcess) -> None:
    client = http.client.HTTPConnection("127.0.0.1", server.ports[0], timeout=PATIENCE)
    client.request("GET", "/api/tags", headers={"host": "ollama.example:11434"})
    assert json.loads(client.getresponse().read())["models"]
    client.close()
    record = the_request(server)
    assert not record["encrypted"]
    assert (record["host"], record["authority"]) == ("ollama.example", "ollama.example:11434")
