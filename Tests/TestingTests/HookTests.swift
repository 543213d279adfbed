import EBPFExecution
import EBPFProgram
import EBPFTestSupport
import EBPFTesting
import Testing

@testable import Surroundings

/// Programs that a kernel calls at its hooks get what the test says, in every form.
@Suite struct HookTests {
    private static let source = "Tests/KernelPrograms/Surroundings/Hooks.swift"

    @Test(arguments: Form.all)
    func `programs of control groups get typed contexts`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        #expect(world.run(redirect, context: .connect(to: "169.254.169.254", port: 1)) == .deny)
        #expect(
            world.run(redirect, context: .connect(to: "10.0.0.1", port: 1, protocol: .udp))
                == .deny)
        #expect(world.run(redirect, context: .connect(to: "10.0.0.1", port: 80)) == .allow)
        #expect(Array(world.context.dropFirst(4).prefix(4)) == [127, 0, 0, 1])
        #expect(Array(world.context.dropFirst(24).prefix(4)) == [0x1f, 0x90, 0, 0])
        #expect(world.run(redirect, context: .connect(to: "10.0.0.1", port: 22)) == .allow)
        #expect(Array(world.context.dropFirst(4).prefix(4)) == [10, 0, 0, 1])
        #expect(world.run(openDevice, context: .device(major: 1, minor: 3)) == .allow)
        #expect(world.run(openDevice, context: .device(major: 1, minor: 5)) == .deny)
        #expect(world.run(openDevice, context: .device(major: 1, minor: 3, rights: 4)) == .deny)
        #expect(world.run(changeSetting, context: .setting(isWrite: true)) == .deny)
        #expect(world.run(changeSetting, context: .setting(isWrite: false)) == .allow)
        #expect(world.run(makeSocket, context: .socket(family: 10, protocol: .udp)) == .deny)
        #expect(world.run(makeSocket, context: .socket(protocol: .udp)) == .allow)
    }

    @Test(arguments: Form.all)
    func `programs of sockets and samples get typed contexts`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        let event = TestContext<SocketEvent>.event(
            12, to: "198.51.100.7", port: 443, roundTrip: 250)
        #expect(world.run(follow, context: event) == 1)
        #expect(world.value(of: measured) == 250)
        #expect(world.run(follow, context: .event(10, arguments: [3, 8])) == 0)
        #expect(world.value(of: measured) == 8)
        #expect(
            world.run(findSocket, context: .lookup(to: "10.0.0.1", port: 7, remotePort: 5555))
                == .drop)
        #expect(world.run(findSocket, context: .lookup(to: "10.0.0.1", port: 7)) == .pass)
        #expect(world.run(sampled, context: .sample(period: 4000)) == 4000)
    }

    @Test(arguments: Form.all)
    func `programs see the data that their context points to`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        #expect(world.run(judgeMessage, context: .message(Array("GET /".utf8))) == .drop)
        #expect(world.run(judgeMessage, context: .message(Array("GET".utf8))) == .pass)
        #expect(
            world.run(judgeMessage, context: .message(Array("GET /".utf8), localPort: 1)) == .pass)
        #expect(
            world.run(changeOption, context: .option(level: 6, name: 1, value: [7, 0, 0, 0, 9]))
                == .allow)
        #expect(world.packet == [8, 0, 0, 0, 9])
        #expect(Array(world.context[32..<36]) == [4, 0, 0, 0])
        #expect(world.run(changeOption, context: .option(level: 1, name: 1)) == .deny)
        let query: [UInt8] = [0x9c, 0x40, 0, 53, 0, 9, 0, 0, 1]
        #expect(world.run(chooseSocket, context: .arrival(query, hash: 7)) == .pass)
        #expect(world.run(chooseSocket, context: .arrival(query, hash: 8)) == .drop)
        #expect(world.run(chooseSocket, context: .arrival([1, 2], hash: 7)) == .drop)
        var buffer = KernelObject()
        for (length, verdict) in [(1000, NetfilterVerdict.accept), (1001, .drop)] {
            buffer.set("sk_buff.len", to: UInt32(length))
            let packet = world.pointer(to: buffer, as: EBPFProgram.Packet.self)
            #expect(world.run(judgePacket, context: .hook(packet: packet)) == verdict)
        }
    }

    @Test(arguments: Form.all)
    func `objects of the kernel are those of the test`(_ form: Form) async throws {
        var world = TestWorld(try await form.world(Self.source))
        var parent = KernelObject()
        parent.set("task_struct.tgid", to: Int32(1))
        var task = KernelObject()
        task.set("task_struct.tgid", to: Int32(4711))
        task.set("task_struct.comm", text: "shell")
        task.set("task_struct.real_parent", to: world.pointer(to: parent, as: Task.self))
        world.setTask(task)
        var socket = KernelObject()
        socket.set("sock.__sk_common.skc_dport", to: UInt16(443).bigEndian)
        let place = world.pointer(to: socket, as: Sock.self)
        let call = TestContext<RegistersContext>.call(arguments: [place.address, 40], returning: 2)
        #expect(world.run(onConnect, context: call) == 42)
        let found = world.value(of: family)
        #expect([found.own, found.parent] == [4711, 1])
        #expect("\(found.command)" == "shell")
        #expect(found.hasCookie == 0)
        #expect(found.port == 443)
    }

    @Test func `what a program does not read cannot be set`() async throws {
        guard KernelProgram.isCompilable else { return }
        let world = TestWorld(.machine(try await KernelProgram.specs(Self.source)))
        var task = KernelObject()
        task.set("task_struct.start_time", to: UInt64(5))
        withKnownIssue { world.setTask(task) }
    }
}
