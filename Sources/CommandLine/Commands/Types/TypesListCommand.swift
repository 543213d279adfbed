import ArgumentParser
import EBPFKernel
import EBPFTypeFormat

/// `ebpf btf list`: the type information in the kernel.
struct TypesListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the type information in the kernel.",
        aliases: ["ls"])

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let all = try SystemCalls.linux.eachObject(.types) { descriptor throws(KernelError) in
            TypesRow(try TypesObject(owning: descriptor))
        }
        let users = try TypeUsers()
        guard !json else {
            return Terminal.say(JSONValue.array(all.map { self.json($0, users) }).indented)
        }
        var table = TextTable(.right, .left, .right, .left)
        table.add("id", "name", "size", "used by")
        for types in all {
            table.add(
                "\(types.id)", types.name.isEmpty ? "–" : types.name, "\(types.byteCount) B",
                users.text(of: types.id))
        }
        Terminal.say(table.lines(indent: 0).joined(separator: "\n"))
    }

    private func json(_ types: TypesRow, _ users: TypeUsers) -> JSONValue {
        func list(_ ids: [UInt32]?) -> JSONValue {
            .array((ids ?? []).map { .integer(Int128($0)) })
        }
        return .object([
            .init("id", .integer(Int128(types.id))), .init("name", .string(types.name)),
            .init("size", .integer(Int128(types.byteCount))),
            .init("kernel", .boolean(types.isKernel)),
            .init("programs", list(users.programs[types.id])),
            .init("maps", list(users.maps[types.id])),
        ])
    }
}

/// What the list says about one object.
private struct TypesRow {
    let id: UInt32
    let name: String
    let byteCount: Int
    let isKernel: Bool

    init(_ types: borrowing TypesObject) {
        (id, name) = (types.id, types.name)
        (byteCount, isKernel) = (types.byteCount, types.isKernel)
    }
}

/// Which programs and maps were loaded with which types.
private struct TypeUsers {
    var programs: [UInt32: [UInt32]] = [:]
    var maps: [UInt32: [UInt32]] = [:]

    init() throws {
        for program in try KernelProgram.all() {
            let info: ProgramInfo = try program.descriptor.info("asking about \(program)")
            if info.typesID != 0 { programs[info.typesID, default: []].append(program.id) }
        }
        for map in try KernelMap.all() where map.shape.typesID != 0 {
            maps[map.shape.typesID, default: []].append(map.shape.id)
        }
    }

    func text(of id: UInt32) -> String {
        func list(_ kind: String, _ ids: [UInt32]?) -> String? {
            guard let ids else { return nil }
            return "\(ids.count == 1 ? kind : kind + "s") "
                + ids.map { "\($0)" }.joined(separator: ", ")
        }
        return [list("program", programs[id]), list("map", maps[id])].compactMap(\.self)
            .joined(separator: "; ")
    }
}
