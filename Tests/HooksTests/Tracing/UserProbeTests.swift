import EBPFBytecode
import EBPFHooks
import EBPFKernel
import EBPFTestSupport
import Glibc
import Synchronization
import Testing

/// Held by who counts calls of `a64l` and `l64a` in this process, and by others while they call
/// them.
let libraryCalls = Mutex(())

/// Probes at functions of the C library that nobody else calls, in this process only.
@Suite(.liveKernel) struct UserProbeTests {
    /// Calls `a64l` and `l64a` of the C library.
    private func callLibrary() {
        _ = unsafe l64a(a64l("ab"))
    }

    @Test(arguments: [ProbeMoment.entry, .exit])
    func `a program runs at a function as long as it is attached`(moment: ProbeMoment) throws {
        try libraryCalls.withLock { _ in
            let counter = try RunCounter()
            let program = try counter.program("uprobe")
            let link = try program.attachUserProbe(
                .function("a64l"), in: "libc", options: .init(at: moment, process: 0))
            callLibrary()
            #expect(try counter.count == 1)
            callLibrary()
            #expect(try counter.count == 2)
            try link.detach()
            callLibrary()
            #expect(try counter.count == 2)
        }
    }

    @Test func `the program can ask for the cookie of its probe`() throws {
        try libraryCalls.withLock { _ in
            let counter = try RunCounter()
            let program = try counter.program(
                "uprobe", action: "r1 = r6\ncall 174\n*(u64 *)(r7 + 8) = r0")
            let link = try program.attachUserProbe(
                .function("a64l"), in: "c", options: .init(process: 0, cookie: 77))
            callLibrary()
            #expect(try counter[1] == 77)
            try link.detach()
        }
    }

    @Test func `one link sees all functions that match a pattern`() throws {
        try libraryCalls.withLock { _ in
            let counter = try RunCounter()
            let program = try counter.program("uprobe.multi")
            let link = try program.attachUserProbes(
                .matching("?64?"), in: "libc.so.6", options: .init(process: 0))
            callLibrary()
            #expect(try counter.count == 2)
            try link.detach()
            callLibrary()
            #expect(try counter.count == 2)
        }
    }

    @Test func `a session runs at entry and return`() throws {
        try libraryCalls.withLock { _ in
            let counter = try RunCounter()
            let program = try counter.program("uprobe.session")
            let link = try program.attachUserProbes(
                .functions(["a64l"]), in: "libc", options: .init(process: 0))
            callLibrary()
            #expect(try counter.count == 2)
            try link.detach()
        }
    }

    @Test func `functions are found where readelf sees them`() throws {
        let file = try ExecutableFile("/lib/x86_64-linux-gnu/libc.so.6")
        let malloc = try file.function(named: "malloc")
        // In the C library code is loaded where it is in the file.
        #expect(malloc.size > 0)
        let old = try file.function(named: "memcpy@GLIBC_2.2.5")
        let new = try file.function(named: "memcpy")
        #expect(old.version == "GLIBC_2.2.5")
        #expect(new.version == "GLIBC_2.14")
    }

    @Test(arguments: [
        ("mallok", "libc", "did you mean malloc?"),
        ("malloc@NO_1", "libc", "malloc has no such version"),
        ("malloc", "libcc", "did you mean lib"),
        ("malloc", "/usr/bin/envv", "did you mean /usr/bin/env?"),
        ("malloc", "/etc/passwd", "it is not an ELF file"),
    ])
    func `what does not exist is met by something that does`(
        function: String, binary: String, hint: String
    ) throws {
        let program = try LiveKernel.program(.kprobe, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            _ = try program.attachUserProbe(.function(function), in: binary)
        }
        #expect(error.description.contains(hint), "\(error)")
    }

    @Test func `a process that is gone is said to be gone`() throws {
        let program = try LiveKernel.program(.kprobe, "r0 = 0\nexit")
        let error = try #require(throws: KernelError.self) {
            let noProcess: Int32 = 4_194_304
            _ = try program.attachUserProbe(
                .function("malloc"), in: "libc", options: .init(process: noProcess))
        }
        #expect(error.errno == .noProcess)
        #expect(error.reason == "process 4194304 is gone")
    }

    @Test(arguments: [
        ("a*c", "abc", true), ("a*c", "ac", true), ("a?c", "ac", false), ("*", "", true),
        ("tcp_*_v?", "tcp_close_v4", true), ("*a*b", "xaxbxb", true), ("a", "ab", false),
    ])
    func `patterns match as in a shell`(pattern: String, name: String, matches: Bool) {
        #expect(NamePattern(pattern).matches(name) == matches)
    }
}
