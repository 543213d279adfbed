/// A map of elements without keys, which come out in an order of its own.
public protocol QueueMap: ProgramMap, ~Copyable {
    /// What is stored.
    associatedtype Element: BitwiseCopyable
}

extension QueueMap where Self: ~Copyable {
    /// Puts an element in; returns whether there was room (`bpf_map_push_elem`).
    ///
    /// - Parameter replacing: make room by removing the oldest one (`BPF_EXIST`).
    @inline(__always) @discardableResult
    public func push(_ element: Element, replacing: Bool = false) -> Bool {
        var element = element
        return Helpers.mapPushElem(address, &element, replacing ? 2 : 0) == 0
    }

    /// Takes the next element out; `nil` if there is none (`bpf_map_pop_elem`).
    @inline(__always)
    public func pop() -> Element? {
        filled { Helpers.mapPopElem(address, $0) }
    }

    /// A copy of the next element, which stays; `nil` if there is none (`bpf_map_peek_elem`).
    @inline(__always)
    public func peek() -> Element? {
        filled { Helpers.mapPeekElem(address, $0) }
    }
}

/// A value that the kernel fills in; `nil` if the call failed.
@inline(__always) @usableFromInline
func filled<Value: BitwiseCopyable>(_ fill: (UnsafeMutableRawPointer) -> Int) -> Value? {
    withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { room in
        let place = room.baseAddress.unsafelyUnwrapped
        return fill(place) == 0 ? place.pointee : nil
    }
}
