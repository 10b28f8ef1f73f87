namespace Jobs.Tests.Infra;

/// <summary>
/// Compares with a file of <c>Expected/</c>. After a deliberate change, copy the file that the failure names over it.
/// </summary>
internal static class Snapshot
{
    public static void Matches(string file, string actual)
    {
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Expected", file));
        if (Lines(expected).SequenceEqual(Lines(actual))) return;

        var path = Path.Combine(AppContext.BaseDirectory, "Expected", file + ".actual");
        File.WriteAllText(path, actual);
        Assert.Fail(
            $"Expected/{file} differs: {FirstDifference(Lines(expected), Lines(actual))} All of what is: {path}");
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static string FirstDifference(string[] expected, string[] actual)
    {
        var line = Enumerable.Range(0, Math.Max(expected.Length, actual.Length))
            .First(i => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i));
        return $"line {line + 1} should be '{expected.ElementAtOrDefault(line)}' and is " +
            $"'{actual.ElementAtOrDefault(line)}'.";
    }
}
