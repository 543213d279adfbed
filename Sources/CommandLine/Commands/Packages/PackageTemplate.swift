/// The files of a new package.
struct PackageTemplate {
    let name: String
    let kind: InitCommand.Kind
    /// A copy of swift-ebpf on this machine.
    let package: String?

    /// Paths and texts, in the order in which they are read best.
    var files: [(path: String, text: String)] {
        [
            ("Package.swift", manifest),
            ("Sources/\(name)Program/\(name)Program.swift", kind == .xdp ? packets : starts),
            ("Sources/\(name.lowercased())/main.swift", kind == .xdp ? packetTool : startTool),
            ("Tests/\(name)Tests/\(name)Tests.swift", kind == .xdp ? packetTests : startTests),
            (".gitignore", ".build/\n"),
        ]
    }

    private var dependency: String {
        package.map { ".package(name: \"swift-ebpf\", path: \"\($0)\")" }
            ?? ".package(url: \"https://github.com/swift-ebpf/swift-ebpf.git\", branch: \"main\")"
    }

    private var manifest: String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "\(name)",
            platforms: [.macOS(.v15)],
            dependencies: [
                \(dependency)
            ],
            targets: [
                // The kernel's side: compiled for BPF by the plug-in.
                .target(
                    name: "\(name)Program",
                    dependencies: [.product(name: "EBPFProgram", package: "swift-ebpf")]),
                // The application's side: the plug-in writes the type `\(name)`.
                .executableTarget(
                    name: "\(name.lowercased())",
                    dependencies: ["\(name)Program", .product(name: "EBPF", package: "swift-ebpf")],
                    plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
                .testTarget(
                    name: "\(name)Tests",
                    dependencies: [
                        "\(name)Program", .product(name: "EBPF", package: "swift-ebpf"),
                        .product(name: "EBPFTesting", package: "swift-ebpf"),
                    ],
                    plugins: [.plugin(name: "CompileEBPF", package: "swift-ebpf")]),
            ],
            swiftLanguageModes: [.v6]
        )

        """
    }

    // MARK: Packets

    private var packets: String {
        """
        import EBPFProgram

        /// How many packets of each kind came, by the type of their Ethernet frame.
        let packets = HashMap<UInt16, UInt64>(maxEntries: 256)

        /// Counts every packet, and lets it go on.
        @section("xdp") @used
        func count(_ packet: XDPContext) -> XDPAction {
            guard let ethernet = packet.header(Ethernet.self) else { return .pass }
            packets[ethernet.value.type.value, default: 0] += 1
            return .pass
        }

        """
    }

    private var packetTool: String {
        """
        import EBPF
        import Foundation

        // Counts the packets of an interface for ten seconds; takes root:
        //     sudo .build/debug/\(name.lowercased()) eth0
        do {
            let interface = CommandLine.arguments.dropFirst().first ?? "lo"
            let program = try \(name).load(on: .kernel)
            let link = try program.count.attach(to: .name(interface))
            try await Task.sleep(for: .seconds(10))
            try link.detach()
            for (type, count) in try program.packets.entries() {
                print("0x" + String(type, radix: 16), count)
            }
        } catch {
            FileHandle.standardError.write(Data("\(name.lowercased()): \\(error)\\n".utf8))
            exit(1)
        }

        """
    }

    private var packetTests: String {
        """
        import EBPFProgram
        import EBPFTesting
        import Testing

        @testable import \(name)Program

        @Test func `packets are counted by their types`() throws {
            // No root and no kernel: first the function itself, then what the kernel would run.
            for form in [TestWorld.Form.native, .machine(try \(name).specs())] {
                var world = TestWorld(form)
                #expect(world.run(count, packet: .udp(from: "192.0.2.1", port: 53)) == .pass)
                #expect(world.map(packets)[0x0800] == 1)
            }
        }

        """
    }

    // MARK: Starts of programs

    private var starts: String {
        """
        import EBPFProgram

        /// What the application is told of every program that starts; both sides use this type.
        public struct Start: BitwiseCopyable {
            public var process: UInt32
            public var user: UInt32
            public var command: FixedString<16>
        }

        /// Only this process, if it is set before loading; 0 watches all.
        let process = Config<UInt32>(0)
        let starts = RingBuffer<Start>(byteCount: 256 * 1024)
        /// How many found no room.
        let lost = Global<UInt64>(0)

        @section("tracepoint/syscalls/sys_enter_execve") @used
        func onExecve(_ context: TracepointContext<UInt64>) -> Int32 {
            guard process.value == 0 || process.value == Process.id else { return 0 }
            guard let start = starts.reserve() else {
                lost.atomicAdd(1)
                return 0
            }
            start.event.process = Process.id
            start.event.user = Process.user
            start.event.command.readCurrentCommand()
            start.submit()
            return 0
        }

        """
    }

    private var startTool: String {
        """
        import EBPF
        import Foundation
        import \(name)Program

        // Tells of every program that starts, or of those that one process starts; takes root:
        //     sudo .build/debug/\(name.lowercased()) [PROCESS]
        do {
            var configuration = \(name).Configuration()
            configuration.process = CommandLine.arguments.dropFirst().first.flatMap { UInt32($0) }
            let program = try \(name).load(on: .kernel, configuration: configuration)
            let link = try program.onExecve.attach()
            for try await start in program.starts.events {
                print(start.process, start.user, start.command)
                fflush(nil)
            }
            try link.detach()
        } catch {
            FileHandle.standardError.write(Data("\(name.lowercased()): \\(error)\\n".utf8))
            exit(1)
        }

        """
    }

    private var startTests: String {
        """
        import EBPFProgram
        import EBPFTesting
        import Testing

        @testable import \(name)Program

        @Test func `a start is told`() throws {
            // No root and no kernel: first the function itself, then what the kernel would run.
            for form in [TestWorld.Form.native, .machine(try \(name).specs())] {
                var world = TestWorld(form)
                world.process = ProcessIdentity(process: 77, user: 1000, command: "make")
                world.run(onExecve, record: 0)
                #expect(world.events(starts).map(\\.user) == [1000])
            }
        }

        """
    }
}
