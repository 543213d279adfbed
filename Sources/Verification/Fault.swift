import EBPFObjectFile

/// Why a walk ends: what is wrong at the instruction that is looked at.
struct Fault: Error, Hashable {
    /// What kind of fault it is.
    var code: Rejection.Code
    /// What is wrong, in one sentence without its end.
    var message: String
    /// Where, if not at the instruction that is looked at.
    var slot: Int?
    /// What to change, if something more helpful can be said than for every fault of the kind.
    var suggestion: String?

    init(_ code: Rejection.Code, _ message: String, slot: Int? = nil, suggestion: String? = nil) {
        self.code = code
        self.message = message
        self.slot = slot
        self.suggestion = suggestion
    }
}
