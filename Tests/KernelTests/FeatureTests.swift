import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import EBPFTypeFormat
import Foundation
import Testing

/// Questions to the kernel that the tests run on.
@Suite(.liveKernel) struct FeatureTests {
    private static let features = KernelFeatures.shared

    /// The table of helpers was observed on this kernel by other means.
    @Test func `each helper is there for the programs that may call it`() {
        for type in ProgramType.allCases.dropFirst() where Self.features.programType(type) == .yes {
            // What a structure's functions may call is up to its owner.
            guard type != .structOperations,
                let place = ProbeTarget(type, types: { Self.features.kernelTypes })
            else { continue }
            // Errors are injected only into kernels that are built for it.
            for helper in Helper.all where helper.id != .overrideReturn {
                let answer = Self.features.helper(helper.id, in: type)
                guard answer.reason == nil else { continue }
                let expected = type.mayCall(helper.id, attachedAt: place.attachType)
                #expect((answer == .yes) == expected, "\(type.name): \(helper.name) \(answer)")
            }
        }
    }

    @Test(arguments: [
        ProgramType.socketFilter, .xdp, .schedulerClassifier, .kprobe, .tracepoint, .tracing,
        .structOperations, .syscall, .netfilter, .cgroupSocketAddress,
    ])
    func `what loads here is found`(_ type: ProgramType) {
        #expect(Self.features.programType(type) == .yes)
    }

    @Test func `what no kernel has is not there`() {
        #expect(Self.features.programType(.unspecified) == .no)
        #expect(Self.features.mapType(.unspecified) == .no)
        #expect(Self.features.mapFlag(.overwriteOldest) != .unknown(""))
        #expect(Self.features.kernelFunction("no_such_function_at_all") == .no)
    }

    @Test func `nothing stays`() throws {
        let features = KernelFeatures()
        _ = features.programType(.xdp)
        for kind in LinkFeature.allCases { _ = features.link(kind) }
        for ability in KernelAbility.allCases { _ = features.ability(ability) }
        let names = try KernelProgram.all().map(\.name)
        #expect(!names.contains("probe"))
    }

    static let bpftool = ["/usr/sbin/bpftool", "/sbin/bpftool", "/usr/bin/bpftool"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// bpftool gives typed programs no target, so that it cannot load them; its yes is sure.
    @Test(.enabled("bpftool is installed") { bpftool != nil })
    func `what bpftool finds is found`() throws {
        let report = try Self.bpftoolReport()
        for type in ProgramType.allCases.dropFirst() {
            guard let found = report.programs["have_\(type.name)_prog_type"] else { continue }
            let answer = Self.features.programType(type)
            if found { #expect(answer == .yes, "\(type.name)") }
            if answer == .no { #expect(!found, "\(type.name)") }
        }
        for type in MapType.allCases.dropFirst() {
            guard let found = report.maps["have_\(type.name)_map_type"] else { continue }
            #expect((Self.features.mapType(type) == .yes) == found, "\(type.name)")
        }
    }

    private static func bpftoolReport() throws -> (programs: [String: Bool], maps: [String: Bool]) {
        let process = Process()
        process.executableURL = URL(filePath: try #require(bpftool))
        process.arguments = ["--json", "feature", "probe", "kernel"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let report = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let programs = try #require(report["program_types"] as? [String: Bool])
        return (programs, try #require(report["map_types"] as? [String: Bool]))
    }
}

/// Questions to kernels that are not at hand.
@Suite struct StrangeKernelTests {
    private func kernel(
        _ files: [String: String] = [:], _ errno: Int
    ) -> KernelFeatures {
        KernelFeatures(system: FakeSystem(files: files) { _ in -errno }.calls)
    }

    @Test func `a kernel that knows nothing says no`() {
        let features = kernel([:], 22)
        #expect(features.programType(.xdp) == .no)
        #expect(features.mapType(.ringBuffer) == .no)
        #expect(features.mapFlag(.mappable) == .no)
        #expect(features.typeFormat(.floats) == .no)
        #expect(features.ability(.tokens) == .no)
        #expect(features.attachType(.cgroupInetIngress) == .no)
    }

    @Test func `who may not ask learns why, and asks again`() {
        let status = ["/proc/self/status": "CapEff:\t0000000000000000\nSeccomp:\t0\n"]
        let features = kernel(status, 1)
        let reason =
            "EPERM: this process lacks CAP_BPF (or CAP_SYS_ADMIN) and CAP_NET_ADMIN "
            + "(or CAP_SYS_ADMIN)"
        #expect(features.programType(.xdp) == .unknown(reason))
        #expect(features.programType(.xdp).word == "unknown")
    }

    @Test func `without types of the kernel, typed programs cannot be tried`() {
        let reason = "the kernel shows no types to try it with"
        #expect(kernel([:], 22).programType(.tracing) == .unknown(reason))
        #expect(kernel([:], 22).kernelFunction("bpf_dynptr_size") == .unknown(reason))
        #expect(kernel([:], 22).kernelFunctions() == nil)
    }

    @Test func `a sure answer is asked for once`() {
        let calls = CallCounter()
        let features = KernelFeatures(
            system: SystemCalls { call, _ in
                guard call == .bpf else { return call == .close ? 0 : -2 }
                calls.count()
                return 50
            })
        #expect(features.mapType(.hash) == .yes)
        #expect(features.mapType(.hash) == .yes)
        #expect(calls.total == 1)
    }
}
