import EBPFKernel
import Foundation
import Testing

/// `ebpf btf` on the running kernel's types and on objects.
@Suite(.enabled("the kernel shows its types") { KernelTypes.areReadable })
struct TypesCommandTests {
    @Test func `a type of the kernel is shown with its size`() async {
        let session = await Session.run("btf", "show", "vmlinux", "list_head")
        #expect(session.output.contains("16 bytes"))
        #expect(session.output.contains("struct list_head *next;"))
    }

    @Test func `the raw dump is bpftool's`() async throws {
        let workspace = try Workspace()
        let object = try workspace.file(
            "point.bpf.c",
            "struct point { int x, y; }; struct point origin; "
                + "__attribute__((section(\"xdp\"))) int pass(void *c) { return origin.x; }")
        let built = await Session.run("build", object, "-o", "\(workspace.path)/point.o")
        #expect(built.exitCode == 0)
        let session = await Session.run("btf", "dump", "\(workspace.path)/point.o")
        #expect(session.output.contains("STRUCT 'point' size=8 vlen=2"))
    }

    @Test func `an object that wants what the kernel lacks is told so`() async throws {
        let workspace = try Workspace()
        let object = try workspace.file(
            "read.bpf.c",
            """
            struct task_struct { int no_such_member; } __attribute__((preserve_access_index));
            __attribute__((section("raw_tp/sys_enter"))) int read(struct task_struct *task) {
                return task->no_such_member;
            }
            """)
        let session = await Session.run("btf", "check", object)
        #expect(session.output.contains("1 missing"))
        #expect(session.output.contains("no_such_member"))
        let json = await Session.run("btf", "check", object, "--json").output
        #expect(json.contains("\"result\": \"missing\""))
    }

    /// Asks for members (through pointers, arrays and anonymous unions), types and enumerators, and
    /// for what no kernel has.
    private static let questions = """
        #include <vmlinux.h>
        #include <bpf/bpf_helpers.h>
        #include <bpf/bpf_core_read.h>
        char LICENSE[] SEC("license") = "GPL";
        long answers[9];
        struct no_such_struct { int member; } __attribute__((preserve_access_index));
        SEC("raw_tp/sys_enter") int ask(struct bpf_raw_tracepoint_args *arguments)
        {
            struct task_struct *task = (void *)bpf_get_current_task();
            struct sk_buff *packet = (void *)arguments->args[0];
            struct no_such_struct *none = (void *)task;
            answers[0] = BPF_CORE_READ(task, group_leader, tgid);
            answers[1] = BPF_CORE_READ(task, comm[3]);
            answers[2] = BPF_CORE_READ(packet, dev, mtu);
            answers[3] = BPF_CORE_READ_BITFIELD_PROBED(packet, pkt_type);
            answers[4] = bpf_core_type_exists(struct bpf_map);
            answers[5] = bpf_core_type_size(struct file);
            answers[6] = bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_RINGBUF);
            answers[7] = bpf_core_type_matches(struct list_head);
            answers[8] = bpf_core_field_exists(none->member);
            return 0;
        }
        """

    /// What `ebpf btf check` says about each relocation of an object.
    private static func answers(_ object: String, _ types: String) async throws -> [[String:
        String]]
    {
        let session = await Session.run("btf", "check", object, "--btf", types, "--all", "--json")
        let reports = try JSONSerialization.jsonObject(with: Data(session.output.utf8))
        let report = try #require((reports as? [[String: Any]])?.first)
        let relocations = try #require(report["relocations"] as? [[String: Any]])
        return relocations.map { relocation in
            relocation.filter { $0.key != "message" }.mapValues { "\($0)" }
        }
    }

    @Test(.enabled("clang is here") { hasClang })
    func `the few types that an object needs give it the same answers`() async throws {
        let workspace = try Workspace()
        let source = try workspace.file("ask.bpf.c", Self.questions)
        let (object, small) = ("\(workspace.path)/ask.bpf.o", "\(workspace.path)/small.btf")
        #expect(await Session.run("build", source, "-o", object).exitCode == 0)
        let session = await Session.run("btf", "minimize", object, "-o", small)
        #expect(session.exitCode == 0, "\(session.errors)")
        #expect(session.errors.contains(" types, "))
        let whole = try await Self.answers(object, "vmlinux")
        #expect(whole.count >= 9)
        #expect(try await Self.answers(object, small) == whole)
        let size = try Data(contentsOf: URL(filePath: small)).count
        #expect(size < 8192)
        // What nobody asked for is gone, sizes stay.
        let shown = await Session.run("btf", "show", small, "sk_buff").output
        #expect(shown.contains("dev") && !shown.contains("nfct"))
    }

    @Test func `types of the kernel are written in Swift`() async throws {
        let workspace = try Workspace()
        let file = "\(workspace.path)/Types.swift"
        let session = await Session.run("btf", "swift", "list_head", "path", "-o", file)
        #expect(session.exitCode == 0 && session.output.isEmpty)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.contains("/// `struct list_head`, 16 bytes.\npublic struct list_head:"))
        #expect(text.contains("public var next: Address<list_head>"))
        #expect(text.contains("public var dentry: Address<dentry>"))
        let unknown = await Session.run("btf", "swift", "task_strukt")
        #expect(
            unknown.errors
                == "ebpf: vmlinux: there is no type \"task_strukt\"; did you mean "
                + "\"task_struct\"?\n")
    }

    @Test func `an unknown type is an error`() async {
        let session = await Session.run("btf", "show", "vmlinux", "no_such_type_at_all")
        #expect(session.exitCode == 2)
        #expect(session.errors.contains("there is no type \"no_such_type_at_all\""))
    }

    @Test func `a similar name is suggested`() async {
        let session = await Session.run("btf", "show", "vmlinux", "task_strct")
        #expect(
            session.errors
                == "ebpf: vmlinux: there is no type \"task_strct\"; did you mean "
                + "\"task_struct\"?\n")
    }

    @Test func `a header of chosen types has what they need and nothing else`() async {
        let session = await Session.run(
            "btf", "dump", "vmlinux", "--format", "c", "--type", "list_head")
        #expect(session.output.contains("struct list_head {\n\tstruct list_head *next;"))
        #expect(!session.output.contains("task_struct"))
        let raw = await Session.run("btf", "dump", "vmlinux", "--type", "list_head")
        #expect(raw.output.contains("STRUCT 'list_head' size=16 vlen=2"))
        let unknown = await Session.run("btf", "dump", "vmlinux", "--type", "list_haed")
        #expect(unknown.errors.contains("did you mean \"list_head\"?"))
        #expect(unknown.exitCode == 2)
    }

    @Test func `directories among files of types are passed over`() async throws {
        let workspace = try Workspace()
        let object = try workspace.file(
            "pass.bpf.c", "__attribute__((section(\"xdp\"))) int pass(void *c) { return 2; }")
        let folder = "\(workspace.path)/types"
        try FileManager.default.createDirectory(
            atPath: "\(folder)/sub", withIntermediateDirectories: true)
        let empty = await Session.run("btf", "check", object, "--btf", folder)
        #expect(
            empty.errors == "ebpf: \(folder): there are no files of types in the directory\n")
    }
}
