using System.Globalization;

namespace Lapstack;

/// <summary>This process may have fewer files open than a stack needs.</summary>
public sealed class OpenFileLimitException(long limit) : IOException(string.Create(
    CultureInfo.InvariantCulture,
    $"This process may have {limit} files open, and a stack needs {Least}. "
    + $"Raise the limit (`ulimit -n 4096`), then start again."))
{
    /// <summary>Files, connections and pipes of a stack at work, with a reserve for uploads.</summary>
    public const int Least = 512;

    public long Limit { get; } = limit;
}
