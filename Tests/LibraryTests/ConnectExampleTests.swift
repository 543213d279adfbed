import EBPF
import EBPFCompilation
import EBPFTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The examples about connections, in both languages.
@Suite struct ConnectExampleTests {
    /// An example in one of its languages, and the names of its programs there.
    struct Source: CustomTestStringConvertible, Sendable {
        let path: String
        let programs: [String]

        var testDescription: String { path }

        static let latency = [
            Source(path: "ConnectLatency/connect-latency.bpf.c", programs: ["on_state_change"]),
            Source(path: "ConnectLatency/connect-latency.swift", programs: ["onStateChange"]),
        ]
        static let redirect = [
            Source(
                path: "ConnectRedirect/connect-redirect.bpf.c",
                programs: ["redirect_connection", "name_service"]),
            Source(
                path: "ConnectRedirect/connect-redirect.swift",
                programs: ["redirectConnection", "nameService"]),
        ]

        func specs() async throws -> ObjectSpecs {
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Examples/\(path)").standardizedFileURL.path
            let object =
                path.hasSuffix(".swift")
                ? try await SwiftCompiler.ofThisPackage().compile([file])
                : try await CCompiler().compile(.file(file))
            return try ObjectFile(object.bytes, name: path).specs()
        }
    }

    // MARK: Latency

    private static let (established, synSent, closed): (Int32, Int32, Int32) = (1, 2, 7)

    @Test(arguments: Source.latency)
    func `connections are counted by the time they take`(_ source: Source) async throws {
        let host = UserSpaceHost(UserSpaceHost.Options(clock: .virtual()))
        let object = try Host.userSpace(host).load(try await source.specs())
        let program = try object.program(source.programs[0], as: TracepointProgram.self)
        // Microseconds, and the state in which the connection ends up.
        let connections: [(UInt64, Int32)] = [
            (0, Self.established), (1, Self.established), (5, Self.established),
            (7, Self.established), (300, Self.established), (1 << 40, Self.established),
            (9, Self.closed),
        ]
        for (number, (microseconds, end)) in connections.enumerated() {
            let start = UInt64(number + 1) << 60
            host.options.clock.set(nanoseconds: start)
            _ = try program.run(context: Self.change(number, from: Self.closed, to: Self.synSent))
            host.options.clock.set(nanoseconds: start + microseconds * 1000)
            _ = try program.run(context: Self.change(number, from: Self.synSent, to: end))
        }
        #expect(try Self.histogram(object) == [0: 2, 2: 2, 8: 1, 31: 1])
        #expect(try object.variable("failed", as: UInt64.self).value == 1)
    }

    @Test(arguments: Source.latency)
    func `the connections of a process are measured live`(_ source: Source) async throws {
        var specs = try await source.specs()
        let host = try TestHost.kernel.make()
        let child = try ChildGroup("latency")
        let process = UInt32(try child.run("echo $$").split(separator: "\n").first ?? "")
        try specs.variables["process"]?.set(try #require(process))
        let object = try host.load(specs)
        let links = try object.attach()
        let listener = try Listener()
        #expect(try child.run("exec 3<>/dev/tcp/127.0.0.1/\(listener.port)").contains("\n0\n"))
        listener.stopListening()
        _ = try child.run("exec 4<>/dev/tcp/127.0.0.1/\(listener.port)")
        #expect(try Self.histogram(object).values.reduce(0, +) == 1)
        #expect(try object.variable("failed", as: UInt64.self).value == 1)
        try links.detach()
    }

    private static func histogram(_ object: LoadedObject) throws -> [Int: UInt64] {
        let map = try object.map("histogram", as: ArrayMap<UInt64>.self)
        let counts = try (0..<map.count).map { ($0, try map[$0]) }
        return Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 })
    }

    /// What the tracepoint records of a TCP socket.
    private static func change(_ socket: Int, from old: Int32, to new: Int32) -> [UInt8] {
        func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
            (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        let ports: UInt32 = 0
        let (family, tcp): (UInt16, UInt16) = (2, 6)
        return bytes(UInt64(0)) + bytes(UInt64(socket)) + bytes(old) + bytes(new)
            + bytes(ports) + bytes(family) + bytes(tcp) + [UInt8](repeating: 0, count: 40)
    }

    // MARK: Redirection

    @Test(arguments: Source.redirect)
    func `a connection to a service is sent to its server`(_ source: Source) async throws {
        let object = try Host.userSpace.load(try await source.specs())
        try Self.addServer(to: object, port: 8080)
        let redirect = try object.program(
            source.programs[0], as: CgroupSocketAddressProgram.self)
        let name = try object.program(source.programs[1], as: CgroupSocketAddressProgram.self)
        let service = Self.context([192, 0, 2, 1], port: 80)
        let server = try redirect.run(context: service)
        #expect(server.returned == 1)
        #expect(server.context == Self.context([127, 0, 0, 1], port: 8080))
        #expect(try name.run(context: server.context).context == service)
        let other = Self.context([192, 0, 2, 2], port: 80)
        #expect(try redirect.run(context: other).context == other)
        #expect(try object.variable("redirected", as: UInt64.self).value == 1)
    }

    @Test(arguments: Source.redirect)
    func `a process is redirected without noticing it`(_ source: Source) async throws {
        let specs = try await source.specs()
        let host = try TestHost.kernel.make()
        try withNetworkNamespace {
            let object = try host.load(specs)
            let child = try ChildGroup("redirect")
            let listener = try Listener()
            try Self.addServer(to: object, port: listener.port)
            let connect = """
                python3 -c 'import socket; \
                print(socket.create_connection(("192.0.2.1", 80), 5).getpeername())'
                """
            #expect(try child.run(connect).contains("unreachable"))
            let (redirect, name) = (
                try object.program(source.programs[0], as: CgroupSocketAddressProgram.self),
                try object.program(source.programs[1], as: CgroupSocketAddressProgram.self)
            )
            let connections = try redirect.attach(toControlGroup: child.path)
            let names = try name.attach(toControlGroup: child.path)
            #expect(try child.run(connect).contains("('192.0.2.1', 80)"))
            #expect(try object.variable("redirected", as: UInt64.self).value == 1)
            try connections.detach()
            try names.detach()
            #expect(try child.run(connect).contains("unreachable"))
        }
    }

    /// The service 192.0.2.1, port 80, is at a port of this host.
    private static func addServer(to object: LoadedObject, port: UInt16) throws {
        try object.maps["servers"]?.update(
            [192, 0, 2, 1, 80, 0, 0, 0],
            [127, 0, 0, 1, UInt8(port & 0xff), UInt8(port >> 8), 0, 0])
    }

    /// The context of connect(2) to an address of IPv4 (`struct bpf_sock_addr`).
    private static func context(_ address: [UInt8], port: UInt16) -> [UInt8] {
        var context = [UInt8](repeating: 0, count: 72)
        context[0] = 2
        context.replaceSubrange(4..<8, with: address)
        context.replaceSubrange(24..<26, with: [UInt8(port >> 8), UInt8(port & 0xff)])
        return context
    }
}

/// A TCP server on the loopback interface of the calling thread's namespace.
private final class Listener {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard server >= 0 else { throw SetupFailure("socket: \(errno)") }
        var address = sockaddr_in()
        address.sin_family = UInt16(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(server, pointer, size) | listen(server, 8)
                    | getsockname(server, pointer, &size)
            }
        }
        guard status == 0 else { throw SetupFailure("a server: \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
        descriptor = server
    }

    /// From now on connections are refused.
    func stopListening() { shutdown(descriptor, Int32(SHUT_RD)) }

    deinit { close(descriptor) }
}
