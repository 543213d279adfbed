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
