using System.Globalization;
using Lapstack.Schedules;

namespace Lapstack.Tests.Schedules;

public sealed class ScheduleCorpusTests
{
    private const string File = "cron.jsonl";

    public static TheoryData<string> Ids => Vectors.Ids(File);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Expression_fires_as_documented(string id)
    {
        var vector = Vectors.Find(File, id);
        var expression = vector.GetProperty("expression").GetString()!;
        if (!vector.GetProperty("valid").GetBoolean())
        {
            Assert.Throws<ScheduleException>(() => Schedule.Parse(expression));
            return;
        }
        var schedule = Schedule.Parse(expression);
        var expected = vector.GetProperty("next").EnumerateArray().Select(next => Utc(next.GetString()!)).ToList();
        var isExhausted = vector.GetProperty("tags").EnumerateArray().Any(tag => tag.GetString() == "exhausted");
        Assert.Equal(
            expected,
            Firings(schedule, Utc(vector.GetProperty("from").GetString()!))
                .Take(isExhausted ? int.MaxValue : expected.Count));
    }

    private static IEnumerable<DateTimeOffset> Firings(Schedule schedule, DateTimeOffset from)
    {
        for (var next = schedule.NextAfter(from); next is not null; next = schedule.NextAfter(next.Value))
        {
            yield return next.Value;
        }
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
