public import EBPFBytecode
import EBPFKernel

/// Events from programs in a ring for each CPU (`BPF_MAP_TYPE_PERF_EVENT_ARRAY`, Linux 4.3).
///
/// Events of one CPU come in order, those of several in none. Programs can send once the rings are
/// open: reading opens them, or, before a program is attached, ``open(_:)``.
public struct PerfEventArray<Event: BitwiseCopyable>: EventMap {
    /// The kinds of maps that can be opened so.
    public static var mapTypes: [MapType] { [.perfEventArray] }
    /// The map, checked.
    public let binding: MapBinding

    /// Takes over a map that has been checked.
    public init(_ binding: MapBinding) { self.binding = binding }

    /// Opens a ring for each CPU, unless they are open: from now on no event is lost unseen.
    ///
    /// - Throws: ``EventError``.
    public func open(_ options: PerfEventOptions = PerfEventOptions()) throws(EventError) {
        _ = try asEventError { () throws(KernelError) in try map.eventReader(options) }
    }
}

/// How the rings of perf events are made.
public struct PerfEventOptions: Hashable, Sendable {
    /// The size of each CPU's ring in pages, a power of two.
    public var pagesPerCPU: Int
    /// How many events of a CPU wake a waiting reader; more cost less and come later. User space
    /// always wakes after one.
    public var eventsPerWakeUp: UInt32

    /// Options; as they are, every event wakes the reader.
    public init(pagesPerCPU: Int = 16, eventsPerWakeUp: UInt32 = 1) {
        self.pagesPerCPU = pagesPerCPU
        self.eventsPerWakeUp = eventsPerWakeUp
    }

    var kernelOptions: KernelPerfBuffer.Options {
        KernelPerfBuffer.Options(pagesPerCPU: pagesPerCPU, wakeUp: .events(eventsPerWakeUp))
    }
}
