"""A small network for captures: hosts in namespaces of their own, joined by a switch in Python.

Each host is a process that leaves for a new network namespace and hands the other end of its
network card (a TAP device) to the switch. Nothing has a name outside, so nothing is left behind
when the processes end, however they end. The switch copies every frame that it receives to a
mirror port, where the capture is made, then delivers it, late or never if so arranged.
"""
import ctypes
import fcntl
import heapq
import os
import select
import signal
import socket
import struct
import subprocess
import time

CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
PR_SET_PDEATHSIG = 1
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
libc = ctypes.CDLL(None, use_errno=True)


def check(result, what):
    if result < 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def leave(flags):
    """Moves this process into new namespaces."""
    check(libc.unshare(flags), "unshare")


def die_with_parent():
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


def write_setting(path, value):
    with open("/proc/sys/net/" + path, "w") as file:
        file.write(str(value))


class Host:
    """A process in its own namespaces with one card, eth0."""

    def __init__(self, name, mac, addresses, routes=(), vlan=None, delay=0.0):
        self.name, self.mac, self.vlan, self.delay = name, mac, vlan, delay
        self.addresses, self.routes = addresses, routes
        self.pid, self.card, self.link = None, None, None

    def start(self, body):
        """Runs `body(link)` on the host once all hosts stand; `link` is a socket to the parent."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                die_with_parent()
                ours.close()
                self._set_up(theirs)
                if theirs.recv(2) == b"go":
                    body(theirs)
                status = 0
            except BaseException as error:  # a child must never run on into the parent's code
                print(f"{self.name}: {error!r}", flush=True)
            finally:
                os._exit(status)
        theirs.close()
        self.link = ours
        _, descriptors, _, _ = socket.recv_fds(ours, 5, 1)
        if not descriptors:
            raise RuntimeError(f"host {self.name} could not be set up")
        self.card = descriptors[0]

    def _set_up(self, link):
        leave(CLONE_NEWNET | CLONE_NEWNS)
        card = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(card, TUNSETIFF, struct.pack("16sH22x", b"eth0", IFF_TAP | IFF_NO_PI))
        write_setting("ipv4/ping_group_range", "0 2147483647")
        write_setting("ipv6/conf/eth0/accept_ra", 0)
        write_setting("ipv6/conf/eth0/router_solicitations", 0)
        ip("link", "set", "lo", "up")
        ip("link", "set", "eth0", "address", self.mac)
        ip("link", "set", "eth0", "up")
        for address in self.addresses:
            ip("address", "add", address, "dev", "eth0", *(["nodad"] if ":" in address else []))
        for route in self.routes:
            ip("route", "add", route, "dev", "eth0")
        socket.send_fds(link, [b"ready"], [card])

    def go(self):
        self.link.send(b"go")

    def wait(self):
        _, status = os.waitpid(self.pid, 0)
        if status != 0:
            raise RuntimeError(f"host {self.name} failed")

    def kill(self):
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


class Switch:
    """Moves frames between hosts, in this process, which must be in a namespace of its own."""

    def __init__(self, hosts, loses=lambda frame: False):
        self.hosts, self.loses = hosts, loses
        self.by_mac = {bytes.fromhex(host.mac.replace(":", "")): host for host in hosts}
        self.late, self.count = [], 0
        ip("link", "add", "mirror", "type", "veth", "peer", "name", "watched")
        for card in ("mirror", "watched"):
            write_setting(f"ipv6/conf/{card}/disable_ipv6", 1)
            ip("link", "set", card, "mtu", "1600")
            ip("link", "set", card, "up")
        self.mirror = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self.mirror.bind(("mirror", 0))

    def run_until(self, host, limit):
        """Works until a host is done."""
        deadline = time.monotonic() + limit
        cards = {other.card: other for other in self.hosts}
        while time.monotonic() < deadline:
            pause = max(0.0, min(0.05, self.late[0][0] - time.monotonic())) if self.late else 0.05
            ready, _, _ = select.select([*cards, host.link], [], [], pause)
            if host.link in ready:
                return
            for card in ready:
                self._receive(os.read(card, 2048), cards[card])
            while self.late and self.late[0][0] <= time.monotonic():
                _, _, target, frame = heapq.heappop(self.late)
                os.write(target.card, frame)
        raise TimeoutError(f"host {host.name} took more than {limit} s")

    def _receive(self, frame, origin):
        tag = struct.pack(">HH", 0x8100, origin.vlan) if origin.vlan else b""
        self.mirror.send(frame[:12] + tag + frame[12:])
        if self.loses(frame):
            return
        known = self.by_mac.get(frame[:6])
        for target in [known] if known else self.hosts:
            if target is not origin and target.vlan == origin.vlan:
                self.count += 1
                due = time.monotonic() + target.delay
                heapq.heappush(self.late, (due, self.count, target, frame))


class Recorder:
    """A capture program at the mirror port."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            preexec_fn=die_with_parent)
        for line in self.process.stderr:  # both tcpdump and dumpcap say when they are there
            if "listening on" in line or line.startswith("File:"):
                time.sleep(0.3)
                return
        raise RuntimeError(f"{command[0]} did not start")

    def stop(self):
        time.sleep(0.5)
        self.process.send_signal(signal.SIGINT)
        self.process.communicate(timeout=10)


def run(hosts, leader, recorder_command, loses=lambda frame: False, limit=60):
    """Starts hosts, given as pairs of host and body, until the leader's body returns."""
    recorder = None
    try:
        for host, body in hosts:
            host.start(body)
        switch = Switch([host for host, _ in hosts], loses)
        recorder = Recorder(recorder_command)
        for host, _ in hosts:
            host.go()
        switch.run_until(leader, limit)
        leader.wait()
        leader.pid = None
        recorder.stop()
        recorder = None
    finally:
        for host, _ in hosts:
            host.kill()
        if recorder:
            recorder.process.kill()
