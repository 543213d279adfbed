/// What a user reads of the error that a body throws; "no error" if it throws none.
public func errorText<Result: ~Copyable>(of body: () throws -> Result) -> String {
    do {
        _ = try body()
        return "no error"
    } catch { return "\(error)" }
}
