using Jobs.Cli.Reading;

namespace Jobs.Page.Reading;

/// <summary>How far the log of a run was read, as an address has it: <c>TASK TOKEN TASK TOKEN</c>.</summary>
internal static class LogPlace
{
    public static void Apply(string text, LogReader reader)
    {
        foreach (var pair in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2))
        {
            if (pair is [var task, var token]) reader.Places[task] = token;
        }
    }

    public static string Of(LogReader reader) =>
        string.Join(' ', reader.Places.Select(place => $"{place.Key} {place.Value}"));
}
