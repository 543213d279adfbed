"""Real exchanges over real sockets: what the hosts of the captures do."""
import http.server
import random
import socket
import socketserver
import struct
import threading
import time


class Page(http.server.BaseHTTPRequestHandler):
    """Serves /N: N bytes of text."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        count = int(self.path[1:] or 0)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(count))
        self.end_headers()
        text = b"The quick brown fox jumps over the lazy dog.\n"
        self.wfile.write((text * (count // len(text) + 1))[:count])

    def log_message(self, *_):
        pass


class WebServer(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    address_family = socket.AF_INET6  # and IPv4, by mapped addresses
    request_queue_size = 64

    def server_bind(self):  # without looking up the host's name
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "server", self.server_address[1]


def in_background(function, *arguments):
    threading.Thread(target=function, args=arguments, daemon=True).start()


def serve_web(port):
    in_background(WebServer(("::", port), Page).serve_forever)


def answer_dns(port=53):
    """Answers every question for an address with 192.0.2.80."""
    server = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    server.bind(("::", port))

    def loop():
        while True:
            question, client = server.recvfrom(512)
            header = question[:2] + b"\x81\x80" + struct.pack(">HHHH", 1, 1, 0, 0)
            answer = struct.pack(">HHHIH4B", 0xC00C, 1, 1, 300, 4, 192, 0, 2, 80)
            server.sendto(header + question[12:] + answer, client)

    in_background(loop)


def echo_datagrams(port):
    server = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    server.bind(("::", port))

    def loop():
        while True:
            data, client = server.recvfrom(2048)
            server.sendto(data, client)

    in_background(loop)


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def get(address, size, port=80, source=None, source_port=0, timeout=5):
    """Fetches a page of a size; returns what came, or None when the connection failed."""
    with socket.socket(family(address), socket.SOCK_STREAM) as client:
        client.settimeout(timeout)
        if source or source_port:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            client.bind((source or ("::" if ":" in address else "0.0.0.0"), source_port))
        try:
            client.connect((address, port))
            request = f"GET /{size} HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n"
            client.sendall(request.encode())
            received = b""
            while piece := client.recv(65536):
                received += piece
            return received
        except OSError:
            return None


def ask_dns(address, name, source=None):
    with socket.socket(family(address), socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        if source:
            client.bind((source, 0))
        labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
        header = struct.pack(">HHHHHH", random.randrange(65536), 0x0100, 1, 0, 0, 0)
        client.sendto(header + labels + b"\0" + struct.pack(">HH", 1, 1), (address, 53))
        return client.recv(512)


def exchange(address, data, port, source_port=0):
    """Sends a datagram; returns the answer, or None when there was none."""
    with socket.socket(family(address), socket.SOCK_DGRAM) as client:
        client.settimeout(1)
        client.bind(("::" if ":" in address else "0.0.0.0", source_port))
        try:
            client.connect((address, port))
            client.send(data)
            return client.recv(2048)
        except OSError:
            return None


def ping(address, count, source=None):
    """Sends echo requests, each when the one before was answered."""
    version6 = ":" in address
    protocol = socket.IPPROTO_ICMPV6 if version6 else socket.IPPROTO_ICMP
    with socket.socket(family(address), socket.SOCK_DGRAM, protocol) as client:
        client.settimeout(2)
        if source:
            client.bind((source, 0))
        for number in range(count):
            kind = 128 if version6 else 8
            client.sendto(struct.pack(">BBHHH", kind, 0, 0, 0, number) + bytes(48), (address, 0))
            client.recv(2048)


def join_groups(group4="239.1.2.3", group6="ff05::1:3"):
    """Joins groups, which hosts report by IGMP and MLD; the sockets keep the memberships."""
    four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    four.setsockopt(
        socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
        socket.inet_aton(group4) + struct.pack("=4si", bytes(4), socket.if_nametoindex("eth0")))
    six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    six.setsockopt(
        socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
        socket.inet_pton(socket.AF_INET6, group6)
        + struct.pack("=i", socket.if_nametoindex("eth0")))
    return four, six


def search_devices(count):
    """SSDP's search, which nobody here answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.setsockopt(
            socket.IPPROTO_IP, socket.IP_MULTICAST_IF,
            struct.pack("=4s4si", bytes(4), bytes(4), socket.if_nametoindex("eth0")))
        for _ in range(count):
            client.sendto(
                b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n"
                b'MAN: "ssdp:discover"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n',
                ("239.255.255.250", 1900))
            time.sleep(0.02)


def idle(_):
    """Stays until the parent ends the process."""
    while True:
        time.sleep(60)
