import EBPFExecution
import EBPFProgram
import EBPFTestSupport
import EBPFTesting
import Testing

@testable import Surroundings

/// What programs see besides maps is what the test says, and the same in every form.
@Suite struct SurroundingsTests {
    private static let source = "Tests/KernelPrograms/Surroundings/Surroundings.swift"

    @Test(arguments: Form.all)
    func `variables and settings are the world's own`(_ form: Form) async throws {
        let form = try await form.world(Self.source)
        var (first, second) = (TestWorld(form), TestWorld(form))
        first.set(step, to: 5)
        first.run(count, packet: .tcpSYN(port: 80))
        second.set(counted, to: 1)
        second.run(count, packet: .tcpSYN(port: 80))
        #expect(first.value(of: counted) == 106)
        #expect(first.value(of: step) == 5)
        #expect(second.value(of: counted) == 5)
    }

    @Test(.liveKernel, .enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
    func `variables and settings reach the kernel`() async throws {
        var world = TestWorld(.kernel(try await KernelProgram.specs(Self.source)))
        world.set(step, to: 5)
        world.run(count, packet: .tcpSYN(port: 80))
        #expect(world.value(of: counted) == 106)
    }

    @Test(arguments: Form.all)
    func `the process, the time and chance are those of the world`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source), seed: 7)
        world.process = ProcessIdentity(
            process: 4711, thread: 4712, user: 1000, group: 100, command: "shell")
        world.time = 5_000
        world.processor = 2
        #expect(world.run(look, record: Record(common: 0, number: 80, text: 0)) == 80)
        let found = world.value(of: seen)
        #expect([found.process, found.thread, found.user, found.group] == [4711, 4712, 1000, 100])
        #expect(found.time == 5_000)
        #expect(found.processor == 2)
        #expect("\(world.value(of: command))" == "shell")
        #expect(world.printed == ["4711 calls 80 at 0x1388"])
        var other = TestWorld(.native, seed: 7)
        other.run(look, record: Record(common: 0, number: 80, text: 0))
        #expect(other.value(of: seen).random == found.random)
    }

    @Test(arguments: Form.all)
    func `the memory of the process is what the test puts there`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        let text = world.userString("/usr/bin/true")
        #expect(world.run(readPath, record: Record(common: 0, number: 0, text: text)) == 1)
        #expect("\(world.value(of: path))" == "/usr/bin/true")
        #expect(world.run(readPath, record: Record(common: 0, number: 0, text: 16)) == 0)
    }

    @Test(arguments: Form.all)
    func `programs of other kinds get their contexts`(_ form: Form) async throws {
        Self.checkContexts(try await form.world(Self.source))
    }

    @Test(.liveKernel, .enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
    func `programs of other kinds get their contexts in the kernel`() async throws {
        Self.checkContexts(.kernel(try await KernelProgram.specs(Self.source)))
    }

    private static func checkContexts(_ form: TestWorld.Form) {
        var world = TestWorld(form)
        #expect(world.run(add, arguments: [40, 2]) == 42)
        var record = Step(by: 21)
        #expect(world.run(double, record: &record) == 5)
        #expect(record.by == 42)
        #expect(world.run(mark, packet: .tcpSYN(port: 80)) == .drop)
        #expect(world.run(mark, packet: .udp(port: 53)) == .pass)
        #expect(world.run(mark, packet: .tcpSYN(from: "2001:db8::1", port: 80)) == .next)
        #expect(world.run(admit, packet: .udp(port: 53)) == .allow)
        #expect(world.run(admit, packet: .icmpEcho()) == .deny)
        world.map(balances)[1] = Balance(lock: SpinLock(), padding: 0, amount: 5)
        #expect(world.run(deposit, packet: .udp(port: 53)) == .pass)
        #expect(world.map(balances)[1]?.amount == 15)
        #expect(world.run(enlarge, packet: .udp(port: 53)) == .transmit)
        #expect(world.packet.count >= 46)
    }

    @Test(arguments: Form.all)
    func `contexts and packets are what programs left`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        var packet = TestPacket.udp(port: 53)
        packet.origin.priority = 1000
        world.run(mark, packet: packet)
        #expect(world.context[8] == 7)
        #expect(Array(world.context[52..<54]) == [0x12, 4])
        world.run(enlarge, packet: packet)
        #expect(world.packet == [4, 3, 2, 1] + packet.bytes)
        #expect(world.metadata == [0x0d, 0x0c, 0x0b, 0x0a])
        #expect(world.run(filter, packet: packet) == 64)
        #expect(world.run(filter, packet: .ethernet(type: .arp, [])) == 0)
    }

    @Test(arguments: Form.all)
    func `timers are called when their time has come`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        #expect(world.run(begin, packet: .udp(port: 53)) == .pass)
        #expect(world.advance(by: .nanoseconds(999)) == 0)
        #expect(world.map(sessions)[1]?.fired == 0)
        #expect(world.advance(by: .nanoseconds(1)) == 1)
        #expect(world.map(sessions)[1]?.fired == 1)
        #expect(world.time == 1_000)
    }

    private static let texts = "Tests/KernelPrograms/Surroundings/Texts.swift"

    @Test(arguments: Form.all)
    func `texts are compared and printed`(_ form: Form) async throws {
        let form = try await form.world(Self.texts)
        let rows: [(command: String, path: String, found: Int32)] = [
            ("shell", "/etc/resolv.conf", 1 + 4 + 8 + 16 + 256),
            ("shell", "/etc/hosts", 1 + 4 + 32 + 128 + 256),
            ("shells", "/usr/lib/some.conf", 2 + 8 + 64),
            ("", "", 2 + 64),
        ]
        var world = TestWorld(form)
        for row in rows {
            world.process.command = row.command
            let path = world.userString(row.path)
            let found = world.run(
                judgeTexts, record: Call(common: 0, number: 0, path: path))
            #expect(found == row.found, "\(row)")
        }
        #expect(world.map(seenNames)["shell"] == 2)
        #expect(world.printed.first == "shell in /etc/resolv.conf: 16 false")
        #expect(world.printed.last == " in : 0 true")
    }

    @Test(arguments: Form.all)
    func `addresses are printed`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.texts))
        world.run(printAddresses, packet: .udp(from: "192.0.2.1", to: "192.0.2.9", port: 53))
        world.run(printAddresses, packet: .udp(from: "2001:db8::1", to: "2001:db8::2", port: 53))
        #expect(
            world.printed == [
                "192.0.2.1 to 192.0.2.9", "2001:0db8:0000:0000:0000:0000:0000:0001",
            ])
    }

    @Test(.liveKernel, .enabled("a Swift toolchain is here") { KernelProgram.isCompilable })
    func `programs that compare and print texts load in the kernel`() async throws {
        var world = TestWorld(.kernel(try await KernelProgram.specs(Self.texts)))
        #expect(world.run(printAddresses, packet: .udp(port: 53)) == .pass)
    }
}
