using System.Text.RegularExpressions;

namespace Jobs.Local.Synthesis;

/// <summary>
/// What a build or a synthesis that failed printed, for the person who mends it: each line once, and no stack traces.
/// </summary>
internal static partial class FailureText
{
    public static string Of(string printed)
    {
        var lines = printed.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())
            .Where(line => !Frame().IsMatch(line))
            .Select(line => Thrown().Replace(line, ""))
            .ToList();
        var errors = lines.Where(line => CompilerError().IsMatch(line)).ToList();
        // MSBuild says each error where it happens, and again at its end.
        return string.Join('\n', (errors.Count > 0 ? errors : lines).Where(line => line.Length > 0).Distinct());
    }

    /// <summary>
    /// A line of a .NET or Node.js trace, what stands between two of .NET's, and the shell's word of it.
    /// </summary>
    [GeneratedRegex(@"^\s+(?:at .+|--- End of .+ ---)$|^Aborted(?: \(core dumped\))?$")]
    private static partial Regex Frame();

    /// <summary>What .NET and jsii put before the message of an exception.</summary>
    [GeneratedRegex(@"^(?:Unhandled exception\. )?(?: ---> )?(?:[A-Z]\w*\.)+\w*(?:Exception|Error): (?:Error: )?")]
    private static partial Regex Thrown();

    [GeneratedRegex(@":? error [A-Z]+\d+\s*:")]
    private static partial Regex CompilerError();
}
