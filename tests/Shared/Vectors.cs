using System.Text.Json;

namespace Jobs.Tests;

/// <summary>Reads the test vectors that the build puts beside the tests: one JSON object a line.</summary>
internal static class Vectors
{
    public static IEnumerable<JsonElement> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", file))
            .Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>The ids of the vectors, for a theory: a failure then names its vector.</summary>
    public static TheoryData<string> Ids(string file) =>
        [.. Read(file).Select(vector => vector.GetProperty("id").GetString()!)];

    public static JsonElement Find(string file, string id) =>
        Read(file).Single(vector => vector.GetProperty("id").GetString() == id);
}
