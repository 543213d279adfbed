import EBPFBytecode
import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Foundation
import Testing

/// `ebpf map` on maps that the tests create, named by their numbers.
@Suite(.liveKernel) struct MapCommandTests {
    private static func map(
        _ type: MapType, key: UInt32, value: UInt32, entries: UInt32 = 8
    ) throws -> KernelMap {
        try LiveKernel.map(type, key: key, value: value, entries: entries, name: "command_test")
    }

    /// Runs `ebpf map COMMAND id:N …`.
    private static func run(
        _ command: String, _ map: KernelMap, _ rest: String...
    ) async -> Session {
        await Session.run(["map", command, "id:\(map.shape.id)"] + rest)
    }

    @Test func `what is updated is looked up, dumped and deleted`() async throws {
        let map = try Self.map(.hash, key: 4, value: 8)
        #expect(await Self.run("update", map, "80", "12").exitCode == 0)
        #expect(await Self.run("update", map, "443", "0x10").exitCode == 0)
        #expect(await Self.run("lookup", map, "80").output == "12\n")
        let dump = await Self.run("dump", map)
        #expect(dump.output == "command_test (hash, 2 entries)\n    80   12\n    443  16\n")
        #expect(await Self.run("delete", map, "80").exitCode == 0)
        let missing = await Self.run("lookup", map, "80")
        #expect(missing.exitCode == 1)
        #expect(missing.errors == "ebpf: map command_test has no key 80\n")
        #expect(try map.value(of: [80, 0, 0, 0]) == nil)
    }

    @Test func `keys are shown one after the other`() async throws {
        let map = try Self.map(.hash, key: 4, value: 4)
        #expect(await Self.run("next", map).errors == "ebpf: map command_test has no keys\n")
        for key in ["80", "443"] { _ = await Self.run("update", map, key, "1") }
        let first = await Self.run("next", map).output.dropLast()
        let second = await Self.run("next", map, String(first)).output.dropLast()
        #expect(Set([first, second]) == ["80", "443"])
        let last = await Self.run("next", map, String(second))
        #expect(last.exitCode == 1)
        #expect(last.errors == "ebpf: map command_test has no key after \(second)\n")
        #expect(await Self.run("next", map, "--json").output == "\(first)\n")
        let hex = await Self.run("next", map, "--hex").output.dropLast()
        #expect(hex == (first == "80" ? "50000000" : "bb010000"))
        #expect(await Self.run("next", map, String(hex), "--hex").output != hex + "\n")
    }

    @Test func `bytes in hex need no types`() async throws {
        let map = try Self.map(.hash, key: 6, value: 2)
        #expect(await Self.run("update", map, "0a:0b:0c:0d:0e:0f", "0102", "--hex").exitCode == 0)
        #expect(try map.value(of: [10, 11, 12, 13, 14, 15]) == [1, 2])
        let short = await Self.run("update", map, "0a0b", "0102", "--hex")
        #expect(short.errors == "ebpf: the key has 2 bytes, but map command_test takes 6\n")
        #expect(short.exitCode == 2)
    }

    @Test func `of a per-CPU map every CPU gets the value, and the sum is shown`() async throws {
        let map = try Self.map(.perCPUArray, key: 4, value: 8)
        #expect(await Self.run("update", map, "3", "5").exitCode == 0)
        let shown = await Self.run("lookup", map, "3").output
        #expect(shown == "\(5 * map.valuesPerKey)\n")
    }

    @Test func `new and existing keys can be told apart`() async throws {
        let map = try Self.map(.hash, key: 4, value: 4)
        #expect(await Self.run("update", map, "1", "1", "--only-existing").exitCode == 2)
        #expect(await Self.run("update", map, "1", "1", "--only-new").exitCode == 0)
        #expect(await Self.run("update", map, "1", "2", "--only-new").exitCode == 2)
        #expect(try map.value(of: [1, 0, 0, 0]) == [1, 0, 0, 0])
    }

    @Test func `a queue is pushed to, peeked at and popped`() async throws {
        let map = try Self.map(.queue, key: 0, value: 4)
        for value in ["7", "8"] {
            #expect(await Self.run("push", map, value).exitCode == 0)
        }
        #expect(await Self.run("peek", map).output == "7\n")
        #expect(await Self.run("pop", map).output == "7\n")
        #expect(await Self.run("pop", map).output == "8\n")
        #expect(await Self.run("pop", map).errors == "ebpf: map command_test is empty\n")
        let dump = await Self.run("dump", map)
        #expect(dump.errors.contains("`ebpf map peek` shows the next value"))
    }

    @Test func `a frozen map is not changed`() async throws {
        let map = try Self.map(.array, key: 4, value: 4)
        #expect(await Self.run("freeze", map).exitCode == 0)
        #expect(await Self.run("update", map, "0", "1").exitCode == 2)
    }

    @Test func `a program goes into a prog array by its number`() async throws {
        let map = try Self.map(.programArray, key: 4, value: 4)
        let program = try LiveKernel.program(.socketFilter, "r0 = 0\nexit")
        #expect(await Self.run("update", map, "2", "\(program.id)").exitCode == 0)
        #expect(await Self.run("lookup", map, "2").output == "\(program.id)\n")
    }

    @Test func `the list and the details name the map`() async throws {
        let map = try Self.map(.lruHash, key: 4, value: 16, entries: 100)
        let list = await Session.run("map", "list")
        let row = list.output.split(separator: "\n").first { $0.contains("\(map.shape.id) ") }
        #expect(row?.contains("lru_hash") == true)
        let json = await Self.run("show", map, "--json").json
        #expect(json["type"] as? String == "lru_hash")
        #expect(json["valueSize"] as? Int == 16)
        #expect(json["maxEntries"] as? Int == 100)
    }

    @Test func `memory, freezing and pins are told`() async throws {
        let map = try Self.map(.array, key: 4, value: 8)
        try map.freeze()
        let shown = await Self.run("show", map)
        #expect(shown.output.contains("frozen   yes: applications cannot change it"))
        #expect(shown.output.contains("memory   "))
        let json = await Self.run("show", map, "--json").json
        #expect(json["frozen"] as? Bool == true)
        #expect((json["lockedBytes"] as? Int ?? 0) > 0)
        #expect(json["pins"] as? [String] == [])
    }

    @Test(arguments: [
        (["hash", "--key", "4", "--value", "4"], "it has no room: say with --entries"),
        (["hash", "--value", "4", "--entries", "1"], "say with --key how many bytes a key has"),
        (["array", "--key", "8", "--value", "4", "--entries", "1"], "are indices: --key 4"),
        (["queue", "--key", "4", "--value", "4", "--entries", "1"], "leave --key out"),
        (["ringbuf", "--entries", "5"], "a power of two and of whole pages"),
        (["hash_of_maps", "--key", "4", "--value", "4", "--entries", "1"], "needs --inner"),
    ])
    func `a map that cannot be says what it lacks`(
        _ options: [String], _ reason: String
    ) async {
        let session = await Session.run(
            ["map", "create", "/sys/fs/bpf/ebpf_test_never", "--type"] + options)
        #expect(session.exitCode == 2)
        #expect(session.errors.contains(reason), "\(session.errors)")
    }

    @Test func `a watcher sees what is there at first`() async throws {
        let map = try Self.map(.hash, key: 4, value: 4)
        try map.update([9, 0, 0, 0], [1, 0, 0, 0])
        let watch = await Self.run("watch", map, "--count", "1", "--json")
        #expect(watch.json["change"] as? String == "added")
        #expect(watch.json["key"] as? Int == 9)
    }

    @Test func `a map that does not exist is said so`() async {
        let session = await Session.run("map", "dump", "id:4294967290")
        #expect(session.errors.hasPrefix("ebpf: there is no map 4294967290"))
        #expect(session.exitCode == 2)
    }
}
