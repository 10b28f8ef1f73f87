using System.Text.Json;
using Jobs.Core.Runs;
using Jobs.Core.Verdicts;

namespace Jobs.Tests.EndToEnd;

[Collection(LaptopCollection.Name)]
public sealed class UploadTests(RunningLaptop stack)
{
    [Fact]
    public async Task Csv_uploaded_becomes_a_run_with_its_result_and_a_place_in_the_history()
    {
        await using var file = File.OpenRead(RunningLaptop.Sample("gdp.csv"));
        var id = await stack.UploadAsync("csv-import", "incoming/gdp.csv", file);

        var reading = await stack.EndOfAsync(id);

        Assert.Equal(RunState.Succeeded, reading.Run.State);
        Assert.Equal(1, reading.Run.Launch);
        Assert.Equal("upload incoming/*.csv", reading.Run.Trigger);
        var lines = File.ReadLines(RunningLaptop.Sample("gdp.csv")).Count();
        Assert.Equal(
            lines - 1, JsonDocument.Parse(reading.Worker!.ResultJson!).RootElement.GetProperty("rows").GetInt64());
        Assert.Contains(id, (await stack.HistoryAsync("csv-import")).Select(one => one.Run.Id));
        Assert.Empty(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task Broken_csv_fails_at_once_and_one_email_says_where()
    {
        await using var file = File.OpenRead(RunningLaptop.Sample("broken.csv"));
        var id = await stack.UploadAsync("csv-import", "incoming/broken.csv", file);

        var reading = await stack.EndOfAsync(id);

        Assert.Equal(RunState.Failed, reading.Run.State);
        Assert.Equal(VerdictClass.JobFailed, reading.Run.Verdict!.Class);
        Assert.Equal(1, reading.Run.Launch);
        Assert.Contains("ine ", reading.Run.Verdict.Sentence, StringComparison.Ordinal);
        var letter = Assert.Single(await stack.MailAsync(id.ToString()));
        Assert.Contains("admin@example.com", letter, StringComparison.Ordinal);
        var attempt = Assert.Single(await stack.Laptop.Runs.AttemptsAsync(id, CancellationToken.None));
        Assert.Contains("stopCode", attempt.Ecs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photo_uploaded_gets_its_camera_and_size_into_the_result()
    {
        var photo = Directory.EnumerateFiles(RunningLaptop.Sample("photos"), "*.jpg").Order().First();
        await using var file = File.OpenRead(photo);
        var id = await stack.UploadAsync("photo-catalog", "photos/" + Path.GetFileName(photo), file);

        var reading = await stack.EndOfAsync(id);

        Assert.Equal(RunState.Succeeded, reading.Run.State);
        Assert.Contains("orientation", reading.Worker!.ResultJson, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Empty_photo_fails_with_a_sentence_of_its_own()
    {
        var id = await stack.UploadAsync("photo-catalog", "photos/empty.jpg", "");

        var reading = await stack.EndOfAsync(id);

        Assert.Equal(RunState.Failed, reading.Run.State);
        Assert.Contains("empty", reading.Run.Verdict!.Sentence, StringComparison.OrdinalIgnoreCase);
    }

    public static TheoryData<string> Keys => new(
        "incoming/two words.csv",
        "incoming/a+b.csv",
        "incoming/100%25 sure%.csv",
        "incoming/año/数据/📈.csv",
        "incoming/it's \"quoted\" & <tagged>.csv",
        "incoming/" + new string('k', 1_024 - "incoming/.csv".Length) + ".csv");

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Key_of_any_kind_is_read_as_it_was_written(string key)
    {
        var id = await stack.UploadAsync("csv-import", key, "name,value\na,1\nb,2\n");

        var reading = await stack.EndOfAsync(id);

        Assert.Equal(RunState.Succeeded, reading.Run.State);
        Assert.Equal(key, Upload.TryParse(await stack.Laptop.Runs.ReadInputAsync(id, CancellationToken.None))!.Key);
    }

    [Fact]
    public async Task Object_overwritten_at_once_gives_each_version_its_own_run_and_content()
    {
        var first = await stack.UploadAsync("csv-import", "incoming/twice.csv", "a\n1\n");
        var second = await stack.UploadAsync("csv-import", "incoming/twice.csv", "a\n1\n2\n");

        var runs = await Task.WhenAll(stack.EndOfAsync(first), stack.EndOfAsync(second));

        Assert.Equal(
            [1, 2],
            runs.Select(run => JsonDocument.Parse(run.Worker!.ResultJson!).RootElement.GetProperty("rows").GetInt64()));
    }

    [Fact]
    public async Task Object_under_another_prefix_starts_nothing()
    {
        await stack.UploadAsync("csv-import", "elsewhere/gdp.csv", "a\n1\n");
        var id = await stack.UploadAsync("csv-import", "incoming/after-elsewhere.csv", "a\n1\n");

        await stack.EndOfAsync(id);

        Assert.DoesNotContain(
            await stack.HopsAsync(),
            hop =>
                hop.Contains("elsewhere/", StringComparison.Ordinal) && hop.Contains("run", StringComparison.Ordinal));
    }
}
