import EBPF
import EBPFTestSupport
import Testing

/// Global variables are live on both hosts.
@Suite struct VariableTests {
    private static let source = """
        __u16 port = 53;
        __u64 total;
        const volatile __u32 limit = 7;

        """

    @Test(arguments: TestHost.allCases)
    func `a variable is read and set while the object is loaded`(_ host: TestHost) async throws {
        var specs = try await TestHost.specs(Self.source)
        try specs.variables["limit"]?.set(UInt32(9))
        let object = try host.make().load(specs)
        let port = try object.variable("port", as: UInt16.self)
        #expect(try port.value == 53)
        try port.set(8080)
        #expect(try port.value == 8080)
        #expect(try object.variable("port", as: UInt16.self).value == 8080)
        let total = try object.variable("total", as: UInt64.self)
        try total.set(.max)
        #expect(try total.value == .max)
        let limit = try object.variable("limit", as: UInt32.self)
        #expect(limit.isConstant && !port.isConstant)
        #expect(try limit.value == 9)
        let error = #expect(throws: KernelError.self) { try limit.set(1) }
        #expect(
            error?.description
                == "setting variable limit: EPERM: it is constant once loaded; set it in "
                + "specs.variables before loading")
    }
}
