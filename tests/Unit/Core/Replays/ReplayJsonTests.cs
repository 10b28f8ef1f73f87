using System.Text.Json;
using Jobs.Core.Ids;
using Jobs.Core.Replays;

namespace Jobs.Tests.Unit.Core.Replays;

public sealed class ReplayJsonTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 5, 9, 0, 0, TimeSpan.FromHours(1));

    public static TheoryData<ReplaySource, string> Sources() => new()
    {
        { new ReplaySource.Prefix("incoming/Übung \"1\"/"), """{"prefix":"incoming/Übung \"1\"/"}""" },
        {
            new ReplaySource.Window(new ScheduleKey("report", "hourly"), From, From.AddHours(1)),
            """{"schedule":"report/hourly","from":"2026-01-05T08:00:00Z","to":"2026-01-05T09:00:00Z"}"""
        },
        {
            new ReplaySource.Failed("csv-import", From, From.AddMilliseconds(1_500)),
            """{"failed":{"job":"csv-import","from":"2026-01-05T08:00:00Z","to":"2026-01-05T08:00:01.5Z"}}"""
        },
        {
            new ReplaySource.Failed(null, From, From.AddHours(1)),
            """{"failed":{"from":"2026-01-05T08:00:00Z","to":"2026-01-05T09:00:00Z"}}"""
        },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void What_is_written_is_read_as_it_was(ReplaySource source, string json)
    {
        var written = ReplayJson.Write(source);
        using var document = JsonDocument.Parse(written);

        Assert.Equal((json, source), (written, ReplayJson.Read(document.RootElement)));
    }
}
