using System.Text;
using System.Text.RegularExpressions;

namespace Jobs.Worker.Csv;

/// <summary>The first line <c>sep=;</c>, by which a file names its separator to Excel.</summary>
internal static partial class SeparatorLine
{
    /// <summary>The beginning of a file with that line as the reader takes it: without quotes, in lower case.</summary>
    public static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> head)
    {
        var text = Encoding.Latin1.GetString(head.Span);
        return Line().Match(text) is { Success: true } line
            ? Encoding.Latin1.GetBytes($"sep={line.Groups["separator"].Value}{text[line.Length..]}")
            : head;
    }

    [GeneratedRegex("""^(?<quote>"?)sep=(?<separator>[\t\x20-\x7E-[\w"]])\k<quote>(?=\r|\n|\z)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
