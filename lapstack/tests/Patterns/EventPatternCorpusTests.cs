using Lapstack.Patterns;

namespace Lapstack.Tests.Patterns;

public sealed class EventPatternCorpusTests
{
    private const string File = "ruler.jsonl";

    public static TheoryData<string> Ids => Vectors.Ids(File);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Pattern_gives_the_verdict_of_the_service(string id)
    {
        var vector = Vectors.Find(File, id);
        var pattern = vector.TryGetProperty("pattern_raw", out var raw)
            ? raw.GetString()!
            : vector.GetProperty("pattern").GetRawText();
        if (!vector.GetProperty("valid").GetBoolean())
        {
            var refused = Assert.Throws<EventPatternException>(() => EventPattern.Parse(pattern));
            Assert.StartsWith("Event pattern is not valid. Reason: ", refused.Message, StringComparison.Ordinal);
            return;
        }
        Assert.Equal(
            vector.GetProperty("matches").GetBoolean(),
            EventPattern.Parse(pattern).Matches(vector.GetProperty("event")));
    }
}
