// Lines of comma-separated values (RFC 4180). Spreadsheet programs run a cell that begins like a formula, and the cells hold what strangers
// sent: names of files and programs. Such a cell gets an apostrophe before it, which these programs do not show.

/// A line of a file for spreadsheet programs.
public enum CSVLine {
    /// Tells spreadsheet programs that UTF-8 follows; the beginning of the file.
    public static let byteOrderMark = "\u{FEFF}"

    /// The cells in quotation marks, with the end of the line.
    public static func format(_ cells: [String]) -> String {
        cells.map { "\"" + harmless($0).replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
    }

    private static func harmless(_ cell: String) -> String {
        guard let first = cell.unicodeScalars.first, startsFormulas.contains(first) else { return cell }
        return "'" + cell
    }

    /// The signs of OWASP's page "CSV Injection", with the wide forms that East Asian versions take as well.
    private static let startsFormulas: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
}
