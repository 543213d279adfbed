public import EBPFBytecode
import Synchronization

/// Counts which helpers the programs of a host call, and how often.
public final class HelperCounter: Sendable {
    private let counts = Mutex<[Int: Int]>([:])

    /// Nothing counted yet.
    public init() {}

    /// How often a helper was called.
    public func count(of helper: HelperID) -> Int {
        counts.withLock { $0[Int(helper.rawValue)] ?? 0 }
    }

    /// All that were called, and how often.
    public var all: [HelperID: Int] {
        counts.withLock { counts in
            counts.reduce(into: [:]) { result, entry in
                if let id = HelperID(rawValue: UInt32(entry.key)) { result[id] = entry.value }
            }
        }
    }

    fileprivate func increment(_ helper: Int) {
        counts.withLock { $0[helper, default: 0] += 1 }
    }
}

extension HelperTable {
    /// The same helpers; each call is counted.
    func counted(by counter: HelperCounter) -> HelperTable {
        var table = self
        for number in 1..<helperCount {
            let body = table[number]
            table[number] = { (call) throws(Fault) in
                counter.increment(number)
                return try body(call)
            }
        }
        return table
    }
}

extension UserSpaceHost {
    /// A host that counts the calls of helpers; tail calls are no calls, they do not come back.
    public convenience init(_ options: Options = Options(), counting counter: HelperCounter) {
        self.init(options, helpers: .standard.counted(by: counter))
    }
}
