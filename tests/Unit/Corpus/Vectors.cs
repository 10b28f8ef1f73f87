using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Jobs.Tests.Unit.Corpus;

/// <summary>Reads the test vectors that lie beside this file: one JSON object a line.</summary>
internal static class Vectors
{
    public static IEnumerable<JsonElement> Read(string file, [CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(RootOf(here), "Corpus", file)).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>The ids of the vectors, for a theory: a failure then names its vector.</summary>
    public static TheoryData<string> Ids(string file) => [.. Read(file).Select(vector => vector.GetProperty("id").GetString()!)];

    public static JsonElement Find(string file, string id) => Read(file).Single(vector => vector.GetProperty("id").GetString() == id);

    private static string RootOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(Path.Combine(folder, "Corpus")) ? folder : RootOf(folder);
    }
}
