# Every site of the tests has its port for itself, however many start at the same moment and whatever else asks for ports.

import contextlib
import errno
import socket

import pytest

from running_site import at_once, reserved_port


def test_a_reserved_port_is_given_to_nobody():
    with contextlib.ExitStack() as held:
        keepers = [held.enter_context(keeper) for keeper in at_once(8, lambda _: reserved_port())]
        ports = {keeper.getsockname()[1] for keeper in keepers}
        assert len(ports) == 8
        for _ in range(500):
            other = held.enter_context(reserved_port())
            assert other.getsockname()[1] not in ports
        with socket.socket() as stranger, pytest.raises(OSError) as refusal:
            stranger.bind(keepers[0].getsockname())
        assert refusal.value.errno == errno.EADDRINUSE


def test_a_server_listens_on_its_reserved_port_again_and_again():
    with reserved_port() as keeper:
        for _ in range(3):
            with socket.create_server(keeper.getsockname()) as server, socket.create_connection(keeper.getsockname()) as client:
                server.accept()[0].close()
                assert client.recv(1) == b""
