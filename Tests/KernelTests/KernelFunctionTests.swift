import EBPFBytecode
@testable import EBPFKernel
import EBPFTestSupport
import EBPFTypeFormat
import Testing

/// The table of kernel functions, compared with the kernel that the tests run on.
@Suite(.liveKernel, .enabled("the kernel is of the tables' release") { RunningRelease.isTables })
struct KernelFunctionTests {
    private static let features = KernelFeatures.shared

    @Test func `every function of the kernel has a row`() throws {
        for name in try #require(Self.features.kernelFunctions()) {
            let row = try #require(KernelFunction(name: name), "\(name)")
            #expect(row.exists(in: .vocabulary), "\(name)")
        }
    }

    private static let places: [(ProgramType, AttachType?)] =
        ProgramType.allCases.dropFirst().map { ($0, nil) } + [
            (.tracing, .traceIterator), (.kprobe, .traceKprobeSession),
            (.kprobe, .traceUprobeSession),
        ]

    /// Offers each function to the verifier in programs of each type that this kernel loads.
    @Test func `each function may be called by whom the table says`() throws {
        let names = try #require(Self.features.kernelFunctions())
        for (type, place) in Self.places where Self.features.programType(type) == .yes {
            guard let target = ProbeTarget(type, at: place, types: { Self.features.kernelTypes })
            else { continue }
            for name in names {
                let row = try #require(KernelFunction(name: name))
                let call = try FunctionCall(name, Self.features)
                guard let answer = call.isAllowed(in: type, at: place) else { continue }
                #expect(
                    answer.isAllowed
                        == type.mayCall(row, attachedAt: target.attachType ?? .cgroupInetIngress),
                    "\(type.name): \(name): \(answer.log)")
                // Sleeping is asked only of programs that may call at all.
                guard answer.isAllowed, !Self.sleepable.contains(type) else { continue }
                #expect(answer.sleeps == row.flags.contains(.maySleep), "\(type.name): \(name)")
            }
        }
    }

    private static let sleepable: Set<ProgramType> = [.syscall]

    /// What the verifier says to null, and to pointers that it does not trust.
    @Test func `functions ask of pointers what the table says`() throws {
        for name in try #require(Self.features.kernelFunctions()) {
            let row = try #require(KernelFunction(name: name))
            let call = try FunctionCall(name, Self.features)
            guard let type = call.caller else { continue }
            let null = call.log(in: type, with: .nothing)
            if null.contains("Possibly NULL pointer passed to trusted arg") {
                #expect(row.refusesNull, "\(name)")
            } else if call.startsWithStructure {
                #expect(!row.refusesNull, "\(name)")
            }
            let untrusted = call.log(in: type, with: .untrustedPointers)
            if untrusted.contains("must be referenced or trusted") {
                #expect(row.trustsArguments, "\(name)")
            } else if untrusted.contains("must be a rcu pointer") {
                #expect(row.flags.contains(.requiresRCU) && !row.trustsArguments, "\(name)")
            }
        }
    }

    /// What the verifier writes of the result, where a call without any argument is right.
    @Test func `results are what the table says`() throws {
        var seen = 0
        for name in try #require(Self.features.kernelFunctions()) {
            let row = try #require(KernelFunction(name: name))
            let call = try FunctionCall(name, Self.features)
            guard let type = call.caller else { continue }
            let log = call.log(in: type, with: .nothing, thenFailing: true)
            guard let line = log.split(separator: "\n").first(where: { $0.contains("; R0=") })
            else { continue }
            seen += 1
            #expect(
                line.contains("_or_null") == row.flags.contains(.mayReturnNull), "\(line)")
            #expect(line.contains("ref_obj_id") == row.flags.contains(.acquires), "\(line)")
        }
        #expect(seen > 20)
    }
}

/// The release of the kernel that the tests run on.
enum RunningRelease {
    /// Whether it is the one that the tables are of, and marks its functions.
    static var isTables: Bool {
        let code = VersionCode(system: .linux).number
        let release = KernelVersion(UInt8(code >> 16 & 0xff), UInt8(code >> 8 & 0xff))
        return release == .vocabulary && KernelFeatures.shared.kernelFunctions() != nil
    }
}
