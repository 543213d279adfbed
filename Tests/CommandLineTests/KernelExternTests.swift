import EBPFKernel
import EBPFObjectFile
import EBPFTestSupport
import Foundation
import Testing

/// What C programs declare `__kconfig` and `__ksym`, in the real kernel.
@Suite(
    .liveKernel, .enabled("C can be compiled for eBPF here") { hasClang },
    .enabled("the kernel shows its types") { KernelTypes.areReadable })
struct KernelExternTests {
    private static func load(_ source: String) async throws -> KernelObject {
        let workspace = try Workspace()
        let path = try workspace.file("externs.bpf.c", source)
        let object = "\(workspace.path)/externs.o"
        let built = await Session.run("build", path, "-o", object)
        try #require(built.exitCode == 0, "\(built.errors)")
        return try KernelHost().load(ObjectFile(contentsOf: object).specs())
    }

    private static let head = """
        #include "vmlinux.h"
        #include <bpf/bpf_helpers.h>
        char LICENSE[] SEC("license") = "GPL";

        """

    /// The lines of the configuration as `zcat` prints them.
    private static func configuration() throws -> [String: String] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/zcat")
        process.arguments = ["/proc/config.gz"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
        }
        return values
    }

    @Test(
        .enabled("the kernel shows its configuration (CONFIG_IKCONFIG_PROC)") {
            FileManager.default.fileExists(atPath: "/proc/config.gz")
        })
    func `variables of the configuration have the kernel's values`() async throws {
        let object = try await Self.load(
            Self.head + """
                extern int CONFIG_HZ __kconfig;
                extern bool CONFIG_BPF_SYSCALL __kconfig;
                extern enum libbpf_tristate CONFIG_BPF_JIT __kconfig;
                extern char CONFIG_NET __kconfig;
                extern char CONFIG_DEFAULT_HOSTNAME[16] __kconfig;
                extern int CONFIG_NO_SUCH_OPTION __kconfig __weak;
                extern int LINUX_KERNEL_VERSION __kconfig;
                extern bool LINUX_HAS_BPF_COOKIE __kconfig;
                extern bool LINUX_HAS_SYSCALL_WRAPPER __kconfig;
                extern int LINUX_NOTHING __kconfig __weak;
                u64 seen[8];
                SEC("socket") int read(struct __sk_buff *skb) {
                    seen[0] = CONFIG_HZ; seen[1] = CONFIG_BPF_SYSCALL; seen[2] = CONFIG_BPF_JIT;
                    seen[3] = CONFIG_NET; seen[4] = LINUX_KERNEL_VERSION;
                    seen[5] = LINUX_HAS_BPF_COOKIE + 2 * LINUX_HAS_SYSCALL_WRAPPER;
                    seen[6] = CONFIG_NO_SUCH_OPTION + LINUX_NOTHING;
                    return CONFIG_DEFAULT_HOSTNAME[0];
                }
                """)
        let program = try #require(object.programs["read"])
        let kernel = try Self.configuration()
        let result = try program.run(packet: [UInt8](repeating: 0, count: 64))
        let host = try #require(kernel["CONFIG_DEFAULT_HOSTNAME"])
        #expect(result.returned == UInt32(Array(host.utf8)[1]))
        let data = try #require(object.maps.first { $0.key.hasSuffix(".bss") }?.value)
        let bytes = try #require(try data.value(of: [0, 0, 0, 0]))
        let seen = (0..<8).map { index in
            (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[8 * index + $1]) << UInt64(8 * $1) }
        }
        #expect("\(seen[0])" == kernel["CONFIG_HZ"])
        #expect(seen[1] == (kernel["CONFIG_BPF_SYSCALL"] == "y" ? 1 : 0))
        #expect(seen[2] == (kernel["CONFIG_BPF_JIT"] == "y" ? 1 : 0))
        #expect(seen[3] == UInt64(UInt8(ascii: "y")))
        let version = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
            .split(separator: ".").prefix(2).compactMap { UInt64($0) }
        #expect(seen[4] >> 16 == version[0] && seen[4] >> 8 & 0xff == version[1])
        #expect(seen[5] & 1 == 1, "bpf_get_attach_cookie is there since 5.15")
        #expect(seen[6] == 0)
    }

    @Test func `a kernel function is called, and a weak one that is not there is not`() async throws
    {
        let object = try await Self.load(
            Self.head + """
                void bpf_no_such_function_at_all(int number) __ksym __weak;
                SEC("syscall") int call(void *context) {
                    struct task_struct *task = bpf_task_from_pid((s32)bpf_get_current_pid_tgid());
                    if (bpf_no_such_function_at_all)
                        bpf_no_such_function_at_all(1);
                    if (!task)
                        return 1;
                    bpf_task_release(task);
                    return 7;
                }
                """)
        let program = try #require(object.programs["call"])
        #expect(try program.run(context: []).returned == 7)
    }

    static let wrong: [(source: String, message: String)] = [
        (
            "extern int CONFIG_HZZ __kconfig; SEC(\"socket\") int p(void *c) { return CONFIG_HZZ; }",
            "configuration variable CONFIG_HZZ: "
        ),
        (
            "extern bool CONFIG_HZ __kconfig; SEC(\"socket\") int p(void *c) { return CONFIG_HZ; }",
            "configuration variable CONFIG_HZ: its value "
        ),
        (
            "extern int LINUX_VERSION __kconfig; "
                + "SEC(\"socket\") int p(void *c) { return LINUX_VERSION; }",
            "configuration variable LINUX_VERSION: loaders know CONFIG_… and "
        ),
        (
            "void bpf_task_releas(struct task_struct *t) __ksym; "
                + "SEC(\"syscall\") int p(void *c) { bpf_task_releas(0); return 0; }",
            "program p, kernel symbol bpf_task_releas: neither the kernel nor a module has such a "
                + "function; did you mean \"bpf_task_release\"?; declare it __weak to do without"
        ),
        (
            "extern const void vfs_reed __ksym; "
                + "SEC(\"socket\") int p(void *c) { return (long)&vfs_reed; }",
            "program p, kernel symbol vfs_reed: /proc/kallsyms does not list it; did you mean"
        ),
    ]

    @Test(arguments: wrong.indices)
    func `what the kernel lacks is named`(_ row: Int) async throws {
        let (source, message) = Self.wrong[row]
        let failure = await #expect(throws: LoadFailure.self) {
            _ = try await Self.load(Self.head + source)
        }
        #expect("\(try #require(failure))".hasPrefix(message))
    }

    @Test func `a symbol without a type is an address`() async throws {
        let object = try await Self.load(
            Self.head + """
                extern const void vfs_read __ksym;
                extern const void no_such_symbol_at_all __ksym __weak;
                SEC("socket") int low(void *c) { return (u64)&vfs_read; }
                SEC("socket") int high(void *c) { return (u64)&vfs_read >> 32; }
                SEC("socket") int none(void *c) { return &no_such_symbol_at_all ? 1 : 2; }
                """)
        let line = try #require(
            try SystemCalls.linux.text(of: "/proc/kallsyms")
                .split(separator: "\n").first { $0.hasSuffix(" vfs_read") })
        let address = try #require(UInt64(line.prefix(16), radix: 16))
        let packet = [UInt8](repeating: 0, count: 64)
        func run(_ name: String) throws -> UInt32 {
            try #require(object.programs[name]).run(packet: packet).returned
        }
        #expect(try run("low") == UInt32(truncatingIfNeeded: address))
        #expect(try run("high") == UInt32(truncatingIfNeeded: address >> 32))
        #expect(try run("none") == 2)
    }
}
